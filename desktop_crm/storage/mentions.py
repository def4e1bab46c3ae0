"""The words that name a person, and how they are taken out of a text, plain or JSON, wherever it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from desktop_crm.domain.values import digits

_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_NUMBER = re.compile(r"\+?[\d\s().\-/]+")
_GROUPING = str.maketrans("", "", " ().-/\u00a0\t\n")
_SHORTEST = 3
_PHONE = 7  # digits from which on a number is somebody's


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds words in texts: `keys`, a part of each word, and `numbers`, digits alone, say quickly where none can be."""

    shape: re.Pattern[str]
    keys: tuple[str, ...]
    numbers: tuple[str, ...]

    def may(self, text: str) -> bool:
        """Whether a text, or many in one, may have what is looked for; half a microsecond for a row."""
        folded = text.casefold()
        if "\\u" in folded or any(key in folded for key in self.keys):
            return True
        run = text.translate(_GROUPING) if self.numbers else ""
        return any(number in run for number in self.numbers)

    def found(self, text: str) -> bool:
        """Whether it stands in a text."""
        return self.shape.search(text) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """What names a person, and nobody else.

    `strong` words are looked for everywhere: full names, numbers, e-mail addresses. `weak` ones, names of one word, may
    be a word of any sentence: they are looked for in labels, settings and segments. `parts` of names in segments alone.
    """

    strong: frozenset[str]
    weak: frozenset[str]
    parts: frozenset[str]

    def finder(self, weak: bool = False, parts: bool = False) -> Finder | None:
        """What finds them in a text; None if there is nothing to look for."""
        found = self.strong | (self.weak if weak else frozenset()) | (self.parts if parts else frozenset())
        wanted = sorted(found, key=lambda word: (-len(word), word))
        if not wanted:
            return None
        shape = re.compile("|".join(_shape(word) for word in wanted), re.IGNORECASE)
        plain_words = [word for word in wanted if not _is_number(word)]
        return Finder(shape, tuple({_key(word) for word in plain_words}),
                      tuple({digits(word) for word in wanted if _is_number(word)}))


def words(identity: Iterable[str], taken: Callable[[str], bool]) -> Words:
    """The words out of a person's names, numbers and addresses; those that name others too (`taken`) are left out."""
    strong: set[str] = set()
    weak: set[str] = set()
    parts: set[str] = set()
    for word in {" ".join(text.split()) for text in identity}:
        parts |= {part for part in word.split(" ")[:8] if len(part) > _SHORTEST and part.isalpha() and not taken(part)}
        if (len(word) < _SHORTEST and not (_CJK.search(word) and len(word) > 1)) or taken(word):
            continue
        (strong if _telling(word) else weak).add(word)
    return Words(frozenset(strong), frozenset(weak), frozenset(parts))


def _telling(word: str) -> bool:
    """Whether a word can hardly mean anything else: an address, a number, several words, three Chinese letters."""
    return " " in word or "@" in word or len(digits(word)) >= _PHONE or len(_CJK.findall(word)) >= _SHORTEST


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None and len(digits(word)) >= _PHONE


def _key(word: str) -> str:
    """The longest part of a word that stands in every way to write it."""
    return max(re.split(r"[\W_]+", word.casefold()), key=len) or word.casefold()


def _shape(word: str) -> str:
    """A word as a whole one; a phone number however it is grouped, white space however it is set."""
    if _is_number(word):
        return r"(?<!\d)\+?" + r"[\s().\-/]*".join(digits(word)) + r"(?!\d)"
    inside = r"\s+".join(re.escape(part) for part in word.split(" "))
    return inside if _CJK.search(word) else rf"(?<!\w){inside}(?!\w)"


def cleaned(value: str, finder: Finder | None, by: str) -> str:
    """A text with what is found replaced; inside JSON, every string of it, and of JSON inside that."""
    if finder is None or not finder.may(value):
        return value
    before = _from_json(value)
    if before is None:
        return finder.shape.sub(by, value)
    made = replaced(before, lambda text: cleaned(text, finder, by))
    return value if made == before else dumped(made, like=value)


def plain(value: str) -> str:
    """A text as it reads: of JSON, its strings."""
    found = _from_json(value)
    return value if found is None else "\n".join(plain(text) for text in strings(found))


def _from_json(value: str) -> Any:
    """The object or list that a text is in JSON; None for any other, also one that only begins like JSON."""
    if value[:1] not in ("{", "["):
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None


def replaced(value: Any, by: Callable[[str], str]) -> Any:
    """A JSON value with each of its strings, keys aside, as `by` gives it."""
    if isinstance(value, str):
        return by(value)
    if isinstance(value, list):
        return [replaced(item, by) for item in value]
    return {key: replaced(item, by) for key, item in value.items()} if isinstance(value, dict) else value


def strings(value: Any) -> list[str]:
    """Every string of a JSON value, keys aside."""
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in strings(item)]


def dumped(value: Any, like: str) -> str:
    """JSON, with letters beyond ASCII as the text that it takes the place of has them."""
    return json.dumps(value, ensure_ascii=like.isascii())
