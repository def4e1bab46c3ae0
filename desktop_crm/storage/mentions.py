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
_SHORTEST = 3
_PHONE = 7  # digits from which on a number is somebody's


@dataclass(frozen=True, slots=True)
class Words:
    """What names a person, and nobody else.

    `strong` words are looked for everywhere: full names, numbers, e-mail addresses. `weak` ones, names of one word, may
    be a word of any sentence: they are looked for in labels, settings and segments. `parts` of names in segments alone.
    """

    strong: frozenset[str]
    weak: frozenset[str]
    parts: frozenset[str]

    def pattern(self, weak: bool = False, parts: bool = False) -> re.Pattern[str] | None:
        """What finds them in a text; None if there is nothing to look for."""
        found = self.strong | (self.weak if weak else frozenset()) | (self.parts if parts else frozenset())
        wanted = sorted(found, key=lambda word: (-len(word), word))
        return re.compile("|".join(_shape(word) for word in wanted), re.IGNORECASE) if wanted else None


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


def _shape(word: str) -> str:
    """A word as a whole one; a phone number however it is grouped, white space however it is set."""
    if _NUMBER.fullmatch(word) and len(digits(word)) >= _PHONE:
        return r"(?<!\d)\+?" + r"[\s().\-/]*".join(digits(word)) + r"(?!\d)"
    inside = r"\s+".join(re.escape(part) for part in word.split(" "))
    return inside if _CJK.search(word) else rf"(?<!\w){inside}(?!\w)"


def cleaned(value: str, pattern: re.Pattern[str] | None, by: str) -> str:
    """A text with what the pattern finds replaced; inside JSON, every string of it."""
    if pattern is None:
        return value
    if value[:1] in "{[":
        try:
            return dumped(replaced(json.loads(value), lambda text: pattern.sub(by, text)), like=value)
        except ValueError:
            pass  # a text that only begins like JSON
    return pattern.sub(by, value)


def plain(value: str) -> str:
    """A text as it reads: of JSON, its strings."""
    if value[:1] in "{[":
        try:
            return "\n".join(strings(json.loads(value)))
        except ValueError:
            return value
    return value


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
