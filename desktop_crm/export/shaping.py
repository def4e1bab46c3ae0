"""Text to glyphs in visual order: cleaned, ordered by direction, split by font, shaped by HarfBuzz.

Latin and Chinese without marks need no shaping: their characters are their glyphs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz
from bidi.algorithm import get_base_level, get_display  # the Rust twin does not mirror brackets

from desktop_crm.export.fonts import Family, Fontset, Typeface, invisible

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
                            "\U00010800-\U00010fff\U0001e800-\U0001efff]")
_ORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would turn the text around them: not obeyed
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile("[\\s!-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
                    "\u2070-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\ud7a3\uf900-\ufaff"
                    "\uff00-\uffef\U00020000-\U0003ffff]*")
_AS_MARKS = {0x200C: 0xE01EE, 0x200D: 0xE01EF}  # (non-)joiners, which ordering would lose, ride as marks
_FROM_MARKS = {mark: joiner for joiner, mark in _AS_MARKS.items()}


class Glyph(NamedTuple):
    """A shaped glyph: its private character, advance and offsets in thousandths of the size."""

    code: int
    advance: float
    right: float
    up: float


class Run(NamedTuple):
    """Neighbours on the page in one font: glyphs where shaped, else `text` as it is, left to right."""

    face: Typeface
    text: str
    glyphs: tuple[Glyph, ...] | None
    bolden: bool = False
    leftward: bool = False

    @property
    def advance(self) -> float:
        """The width in thousandths of the size."""
        if self.glyphs is not None:
            return sum(glyph.advance for glyph in self.glyphs)
        widths, default = self.face.face.charWidths, self.face.face.defaultWidth
        return float(sum(widths.get(ord(character), default) for character in self.text))


def clean(text: str) -> str:
    """The text as one line that can be shown: controls as �, breaks as spaces, composed (NFC).

    Codes that would turn the order of the text around them are left out.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROLS.sub("\ufffd", _SPACES.sub(" ", _ORDERS.sub("", text)))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def base_direction(text: str) -> str:
    """'R' if the first strong letter of the cleaned text runs from right to left, else 'L'."""
    return "R" if _RIGHT_TO_LEFT.search(text) and get_base_level(text) else "L"


def visual(text: str, direction: str) -> list[tuple[str, bool]]:
    """Cut cleaned text into pieces as they stand from left to right; True: shape from right to left.

    Each piece is in reading order; brackets among right-to-left words are mirrored already.
    """
    if not _RIGHT_TO_LEFT.search(text):
        return [(text, False)]
    pieces: list[tuple[str, bool]] = []
    known = "".join(letter if unicodedata.bidirectional(letter) else "\ufffd" for letter in text)
    for character in get_display(known.translate(_AS_MARKS), base_dir=direction):
        kind = unicodedata.bidirectional(character)
        leftward = kind in ("R", "AL") or (kind == "NSM" and (not pieces or pieces[-1][1]))
        if pieces and pieces[-1][1] == leftward:
            pieces[-1] = (pieces[-1][0] + character, leftward)
        elif pieces and leftward and unicodedata.bidirectional(pieces[-1][0][-1]) == "NSM":
            pieces += _marks_to(pieces.pop(), character)
        else:
            pieces.append((character, leftward))
    return [((part[::-1] if leftward else part).translate(_FROM_MARKS), leftward)
            for part, leftward in _with_spaces(pieces)]


def _with_spaces(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join right-to-left words over the spaces between them, so that a name is copied as one."""
    joined: list[tuple[str, bool]] = []
    for part, leftward in pieces:
        if leftward and len(joined) > 1 and joined[-2][1] and joined[-1][0].isspace():
            space = joined.pop()[0]
            joined[-1] = (joined[-1][0] + space + part, True)
        else:
            joined.append((part, leftward))
    return joined


def _marks_to(before: tuple[str, bool], character: str) -> list[tuple[str, bool]]:
    """Give the marks at the end of the piece before to the right-to-left letter that they belong to."""
    base = before[0].rstrip("".join({mark for mark in before[0] if unicodedata.bidirectional(mark) == "NSM"}))
    kept = [(base, False)] if base else []
    return [*kept, (before[0][len(base):] + character, True)]


class Shaper:
    """Turns cleaned text into runs; collects the letters that no font has in `missing`."""

    def __init__(self, fonts: Fontset, language: str) -> None:
        self._fonts = fonts
        self._language = language
        self.missing: set[str] = set()

    def runs(self, text: str, bold: bool, direction: str) -> list[Run]:
        """The runs of a line of cleaned text from left to right, in the given base direction."""
        found: list[Run] = []
        for piece, leftward in visual(text, direction):
            parts = self._by_family(piece)
            for family, part in reversed(parts) if leftward else parts:
                found.append(self._run(family, part, bold, leftward))
        return found

    def _by_family(self, text: str) -> list[tuple[Family | None, str]]:
        """Cut text in reading order where the font or the script changes; None has the letters of no font.

        HarfBuzz shapes a run by the script it begins with: Devanagari behind Latin of the same font
        would lose its conjuncts.
        """
        parts: list[tuple[Family | None, str]] = []
        now = ""
        for character in text:
            current = parts[-1][0] if parts else None
            if current is not None and _stays(character) and current.has(character):
                family: Family | None = current
            else:
                family = self._fonts.home(character)
                if family is None and invisible(character):
                    continue
                if family is None and character.isspace():
                    family, character = current or self._fonts.first, " "
            script = _script(character)
            if parts and parts[-1][0] is family and (not script or not now or script == now):
                parts[-1] = (family, parts[-1][1] + character)
                now = script or now
            else:
                parts.append((family, character))
                now = script
        return parts

    def _run(self, family: Family | None, text: str, bold: bool, leftward: bool) -> Run:
        home = family or self._fonts.first
        face = home.typeface(bold) or home.typeface()  # where the bold file is broken
        assert face is not None  # a home has been read, else it would have no letter
        bolden = bold and not home.own_bold
        if family is None:
            self.missing.update(text)
            return Run(face, text, _boxes(face, text[::-1] if leftward else text))
        if face.by_code_point and not leftward and _PLAIN.fullmatch(text):
            return Run(face, text, None, bolden)
        return Run(face, text, self._shape(face, text, leftward), bolden, leftward)

    def _shape(self, face: Typeface, text: str, leftward: bool) -> tuple[Glyph, ...]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftward else "ltr"
        buffer.language = self._language
        uharfbuzz.shape(face.hb, buffer, {"kern": not leftward})  # kerned Arabic is copied in pieces
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        letters = _letters(text, [info.cluster for info in infos], [place.x_advance for place in places])
        code, scale = face.code, face.scale
        return tuple(Glyph(code(info.codepoint, said), place.x_advance * scale, place.x_offset * scale,
                           place.y_offset * scale)
                     for info, place, said in zip(infos, places, letters, strict=True))


def _stays(character: str) -> bool:
    """Whether a character may keep the font of its neighbour: spaces, signs, marks, digits."""
    return unicodedata.category(character)[0] != "L"


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    """The first word of a letter's Unicode name, which is its script's; "" for what goes with any script."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def _boxes(face: Typeface, text: str) -> tuple[Glyph, ...]:
    """For each letter the box that the font shows for what it lacks."""
    codes = [face.code(0, letter) for letter in text]
    return tuple(Glyph(code, face.face.charWidths[code], 0.0, 0.0) for code in codes)


def _letters(text: str, clusters: list[int], advances: list[int]) -> list[str]:
    """What each glyph is copied as: a cluster's letters at its widest glyph, nothing at the others."""
    widest: dict[int, int] = {}
    for place, cluster in enumerate(clusters):
        if cluster not in widest or advances[place] > advances[widest[cluster]]:
            widest[cluster] = place
    said = [""] * len(clusters)
    starts = sorted(widest)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        said[widest[start]] = text[start:end]
    return said
