"""Whether two names are one: legal forms, titles and particles set aside, typing errors forgiven, siblings told apart.

A name is read script by script, so that “陳小明 Chan Siu Ming” meets “Chan Siu Ming”. What people vary is made equal
(Mohd and Muhammad, Laxmi and Lakshmi); what parts two people is not: the given names of a family, a branch's number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from desktop_crm.domain.values import fold, squash_spaces

OTHER = 0.6
"""A likeness below this says that the names are of two."""

_LEGAL = frozenset({
    "sdn", "bhd", "berhad", "pte", "pvt", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc",
    "llp", "plt", "plc", "gmbh", "opc", "co", "प्रा", "लि", "प्राइभेट", "प्राइवेट", "लिमिटेड", "தனியார்",
    "பிரைவேட்", "லிமிடெட்", "லிட்", "شركة", "المحدودة",
})
_LEGAL_HAN = ("股份有限公司", "有限責任公司", "有限责任公司", "有限公司", "企業社", "企业社", "公司", "株式会社")
_PHRASES = re.compile(r"\btan sri\b|\bprivate limited\b|\([ms]\)|ذ\.م\.م\.?")
_INITIAL = re.compile(r"([\u0b80-\u0bff])[\u0b80-\u0bff]{0,3}\.")  # Tamil spells an initial as it is said: எஸ்.
_TITLES = frozenset({
    "dato", "datuk", "datin", "tun", "puan", "encik", "cik", "tuan", "haji", "hajah", "hajjah", "hj", "hjh", "mr",
    "mrs", "ms", "miss", "mdm", "madam", "dr", "prof", "ir", "ts", "ustaz", "ustazah", "shri", "shree", "smt",
    "thiru", "tmt", "ji", "श्री", "श्रीमती", "सुश्री", "डा", "जी", "திரு", "திருமதி", "செல்வி", "டாக்டர்", "and",
    "dan",
})
_TITLES_HAN = ("先生", "小姐", "女士", "太太", "老闆", "老板", "經理", "经理", "董")
_CHILD_OF = re.compile(r"(?<!\S)(?:a\s*/\s*[lp]|[sd]\s*/\s*o|anak (?:lelaki|perempuan))(?!\S)")
_PARTICLES = frozenset({"bin", "binti", "bte", "bt", "binte", "ibni"})
_SAME = {variant: word for word, variants in {
    "muhammad": "mohd md mohamed mohammad muhamad mohamad muhd mhd muhammed mohammed", "lakshmi": "laxmi luxmi",
    "nur": "noor nor", "abdul": "abd abdull", "ahmad": "ahmed", "yusuf": "yusof yusoff yousef", "husain":
    "hussain hussein hussin", "aisyah": "aisha aishah", "maria": "ma", "enterprise": "ent", "trading": "trdg trd",
    "services": "svc svcs service", "लक्ष्मी": "लछमी"}.items() for variant in variants.split()}
_LIGHT = frozenset({"muhammad", "nur", "nurul", "siti", "abdul", "ahmad", "wan", "nik", "sri", "seri", "maria"})
"""First names so common that they part or join nobody."""


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name in one script: the given part, and what follows bin, binti, a/l (empty without it)."""

    script: str
    given: tuple[str, ...]
    father: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words, in their order."""
        return self.given + self.father

    @property
    def key(self) -> str:
        """What two writings of one name have in common whatever the order of their words."""
        if self.script == "han":
            return " ".join(("".join(sorted(self.given[0])), *self.given[1:]))
        return " ".join(sorted(self.words))


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Name, ...]:
    """The name in each script that it is written in; nothing if it has no letters."""
    folded = squash_spaces(fold(text))
    whole = _PHRASES.sub(" ", _INITIAL.sub(r"\1 ", folded))
    words = _words(_CHILD_OF.sub(" bin ", whole)) or _words(folded)
    scripts: dict[str, list[str]] = {}
    for word in words:
        for script, part in _parts(word):
            scripts.setdefault(script, []).append(part)
    numbers = scripts.pop("", [])
    if numbers and not scripts:
        return (Name("latin", tuple(numbers)),)
    return tuple(_name(script, parts, numbers) for script, parts in scripts.items())


def _words(text: str) -> list[str]:
    """The words between spaces and marks; an apostrophe parts nothing (Dato', D'Cruz)."""
    text = text.replace("'", "").replace("’", "")
    if text.isascii():
        return re.findall(r"[a-z0-9]+", text)
    return "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in text).split()


def _parts(word: str) -> list[tuple[str, str]]:
    """A word cut where its script changes; digits belong to no script."""
    if word.isascii() and (word.isalpha() or word.isdigit()):
        return [("" if word[0].isdigit() else "latin", word)]
    found: list[tuple[str, str]] = []
    for letter in word:
        script = _script(letter)
        if found and script in (found[-1][0], None):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((script or "latin", letter))
    return found


_RANGES = ((0x370, "latin"), (0x600, "other"), (0x780, "arabic"), (0x900, "other"), (0x980, "devanagari"),
           (0xB80, "other"), (0xC00, "tamil"), (0x3040, "other"), (0xA000, "han"), (0xF900, "other"), (0xFB00, "han"),
           (0x20000, "other"))


def _script(letter: str) -> str | None:
    """The script of a letter; "" for a digit, None for a mark, which belongs to the letter before it."""
    kind = unicodedata.category(letter)
    if kind[0] == "M":
        return None
    if kind[0] == "N":
        return ""
    return next((script for end, script in _RANGES if ord(letter) < end), "han")


def _name(script: str, words: list[str], numbers: list[str]) -> Name:
    if script == "han":
        return Name("han", (_bare_han("".join(words)), *numbers))
    same = [_SAME.get(word, word) for word in words]
    cut = next((place for place, word in enumerate(same) if word in _PARTICLES and place), len(same))
    given, father = _bare(same[:cut]), _bare(same[cut + 1:])
    return Name(script, (*given, *numbers), father) if given else Name(script, (*father, *numbers))


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    """The words without legal forms and titles; as they are if nothing else is there."""
    kept = tuple(word for word in words if word not in _LEGAL and word not in _TITLES and word not in _PARTICLES)
    return kept or tuple(words)


def _bare_han(text: str) -> str:
    for ending in (*_LEGAL_HAN, *_TITLES_HAN):
        if len(text) - len(ending) >= 2:
            text = text.removesuffix(ending)
    return text


def likeness(one: Sequence[Name], other: Sequence[Name]) -> float | None:
    """How alike two names are, 0 to 1, by the script in which they agree best; None if they share no script."""
    best: float | None = None
    for mine in one:
        for yours in other:
            if mine.script == yours.script and (best is None or best < 1):
                best = max(best or 0.0, _alike(mine, yours))
    return best


def _alike(one: Name, other: Name) -> float:
    if one == other:
        return 1.0
    if one.script == "han":
        return _alike_han(one, other)
    if one.father and other.father:
        given, father = _compared(one.given, other.given), _compared(one.father, other.father)
        if min(given, father) < OTHER:
            return min(given, father)
        sizes = _size((*one.given, *other.given)), _size((*one.father, *other.father))
        return (given * sizes[0] + father * sizes[1]) / sum(sizes)
    return _compared(one.words, other.words)


def _alike_han(one: Name, other: Name) -> float:
    """Chinese names: brothers share two characters of three, so that only long ones may have a wrong one."""
    mine, yours = one.given[0], other.given[0]
    if one.given[1:] != other.given[1:]:
        return 0.5
    short = min(len(mine), len(yours))
    if mine == yours:
        return 1.0
    if short >= 3 and sorted(mine) == sorted(yours):
        return 0.95
    if short >= 5 and OSA.distance(mine, yours) == 1:
        return 0.9
    if short >= 4 and (mine in yours or yours in mine):
        return 0.8 + 0.2 * short / max(len(mine), len(yours))
    return 0.5 * OSA.normalized_similarity(mine, yours)


def _compared(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two lists of words are, in any order."""
    mine, yours, same = [], list(other), 0.0
    for word in one:
        if word in yours:
            yours.remove(word)
            same += _weight(word)
        else:
            mine.append(word)
    if not mine and not yours:
        return 1.0
    if mine and yours and len(mine) != len(yours) and (joined := _joined(mine, yours)):
        return (same + joined * _size(mine)) / (same + _size(mine))
    alike, doubt = _paired(mine, yours) if mine and yours else (0.0, 0.0)
    return _verdict(one, other, same + alike, doubt, mine, yours)


def _joined(mine: list[str], yours: list[str]) -> float:
    """How alike the words are that were only parted otherwise (Wei Ming, Weiming; siuming.chan); 0 if they are not."""
    one, other = "".join(mine), "".join(yours)
    if one == other:
        return 1.0
    few, many = (one, yours) if len(mine) < len(yours) else (other, mine)
    for word in sorted(many, key=len, reverse=True):
        few = few.replace(word, "", 1)
    if not few and len(one) == len(other):
        return 0.97
    return 0.93 if min(len(one), len(other)) >= 7 and OSA.distance(one, other) <= 1 else 0.0


def _paired(mine: list[str], yours: list[str]) -> tuple[float, float]:
    """The common size of the words that are one but for a slip, which leave the lists, and how much is doubtful."""
    best = [(sure, one, other) for one in mine for other in yours if (sure := _slip(one, other))]
    alike = doubt = 0.0
    for sure, one, other in sorted(best, reverse=True):
        if one in mine and other in yours:
            mine.remove(one)
            yours.remove(other)
            size = (_weight(one) + _weight(other)) / 2
            alike += sure * size
            doubt += size if sure == _DOUBTFUL else 0.0
    return alike, doubt


_DOUBTFUL = 0.5


@lru_cache(maxsize=65536)
def _slip(one: str, other: str) -> float:
    """How surely one word is the other with a slip of the hand: 1 less the slips by letter, 0.5 in doubt, else 0."""
    if one[0].isdigit() or other[0].isdigit():
        return 0.0
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 0.9 if long.startswith(short) else 0.0
    slips = OSA.distance(short, long, score_cutoff=2)
    if slips == 1:
        return _one_slip(short, long)
    return 1 - 1.4 / len(long) if slips == 2 and len(short) >= 8 else 0.0


def _one_slip(short: str, long: str) -> float:
    """How surely two words with one slip between them are one: in short ones a letter makes another name."""
    if long in (short + "a", short + "i") and len(short) < 8:  # Farid and Farida are brother and sister
        return _DOUBTFUL
    ends = short[0] == long[0], short[-1] == long[-1]
    if len(short) >= 7 or (len(short) >= 5 and ends[0]) or (len(long) >= 5 and len(short) == 4 and all(ends)):
        return 1 - 0.7 / len(long)
    if len(short) >= 3 and (sorted(short) == sorted(long) or _single(short) == _single(long)):
        return 0.85
    return _DOUBTFUL if len(short) >= 4 else 0.0


def _single(word: str) -> str:
    """The word with every doubled letter once."""
    return "".join(letter for place, letter in enumerate(word) if not place or word[place - 1] != letter)


def _weight(word: str) -> float:
    return 0.3 * len(word) if word in _LIGHT else 1.0 * len(word)


def _size(words: Sequence[str]) -> float:
    return sum(_weight(word) for word in words)


def _verdict(one: tuple[str, ...], other: tuple[str, ...], alike: float, doubt: float, mine: list[str],
             yours: list[str]) -> float:
    """The likeness of two names by what of them is alike and what is left over on either side."""
    longer = max(_size(one), _size(other))
    share = alike / longer if longer else 0.0
    if mine and yours:  # each has a word that the other has not
        return min(share, 0.55)
    numbers = [word for word in (*mine, *yours) if word[0].isdigit()]
    if numbers:
        return 0.7  # a branch with a number, and one without
    if not mine and not yours:
        return share
    short, long = (one, other) if yours else (other, one)
    if all(word in _LIGHT or len(word) == 1 for word in (*mine, *yours)):
        return max(share, 0.9 if alike >= 4 and not doubt else share)
    known = [word for word in short if word not in _LIGHT]
    if _size(known) < 4:
        return OTHER if known else 0.55
    if len(known) == 1:  # a first name alone may be short for the whole; a family's name may not
        return 0.76 + 0.2 * share if known[0] in _first(long) and not doubt else 0.7
    return 0.8 + 0.2 * share if not doubt else min(0.8, 0.6 + 0.2 * share)


def _first(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first word that tells someone apart, with what stands before it."""
    place = next((number for number, word in enumerate(words) if word not in _LIGHT), len(words))
    return words[:place + 1]
