"""Text set in one document: measured pieces of PDF operators, shortened or wrapped to a width.

A piece is made once for a text, size and weight, and placed as often as needed.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Any, NamedTuple

from desktop_crm.export.fonts import Fontset, Typeface
from desktop_crm.export.shaping import Run, Shaper, base_direction, clean

_MOST_PIECES = 20_000
_BOLDEN = 0.025  # stroke of a made-up bold, by the size
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = "\u3001\u3002\u300d\u300f\u3011\u300b\u3009\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09"
_SIGNED = f"[^\\s\\d{_CJK}]{{1,4}} [−-]?\\d[^\\s{_CJK}]*"  # an amount stays with its currency's sign
_WORDS = re.compile(
    f"\\n|[^\\S\\n]+|(?<!\\S){_SIGNED}|(?![{_CLOSING}])[{_CJK}][{_CLOSING}]*|[^\\s{_CJK}]+|[{_CLOSING}]+")
_JOINERS = "\u200c\u200d\u094d\u0bcd"  # the next letter belongs to the one before


class Piece(NamedTuple):
    """One line of text: its PDF operators at the current point, its width in points, and what they set."""

    operators: str
    width: float
    text: str = ""
    size: float = 0.0
    bold: bool = False


class Typesetter:
    """Sets text for one PDF document."""

    def __init__(self, document: Any, fonts: Fontset, language: str) -> None:
        self._document = document
        self._fonts = fonts
        self._shaper = Shaper(fonts, language)
        self._pieces: dict[tuple[str, float, bool], Piece] = {}
        self._ascii = [self._ascii_font(bold) for bold in (False, True)]

    @property
    def missing(self) -> set[str]:
        """The letters set so far that no font has; they stand as boxes."""
        return self._shaper.missing

    def piece(self, text: str, size: float, bold: bool = False) -> Piece:
        """The text on one line, line breaks as spaces."""
        key = (text, size, bold)
        piece = self._pieces.get(key)
        if piece is None:
            if len(self._pieces) >= _MOST_PIECES:
                self._pieces.clear()
            piece = self._pieces[key] = self._set(text, size, bold)
        return piece

    def fit(self, text: str, width: float, size: float, bold: bool = False) -> Piece:
        """The text on one line, its end cut to "…" where it is wider than `width` points."""
        piece = self.piece(text, size, bold) if len(text) <= _letters_in(width, size) else None
        if piece is not None and piece.width <= width:
            return piece
        return self._set(self._start(clean(text), width, size, bold, "…") + "…", size, bold)

    def wrap(self, text: str, width: float, size: float, bold: bool = False, most: int = 3) -> list[Piece]:
        """The text on up to `most` lines of `width` points, broken between words; the rest is "…"."""
        lines: list[Piece] = []
        rest = text[:_letters_in(width * most, size)].strip()
        cut = len(rest) < len(text.strip())
        direction = base_direction(clean(text))
        while len(lines) < most - 1:
            piece, rest = self._full_line(rest, width, size, bold, direction)
            lines.append(piece)
            if not rest and not cut:
                return lines
        return [*lines, self.fit(rest + "…" if cut else rest, width, size, bold)]

    def _full_line(self, text: str, width: float, size: float, bold: bool, direction: str) -> tuple[Piece, str]:
        """The first line of the text, and the text after it.

        Words that are shaped together may be a little wider than each alone: then fewer are taken.
        """
        room = width
        while True:
            line, rest = self._line(text, room, size, bold)
            piece = self._set(line, size, bold, direction)
            if piece.width <= width + 0.1 or room < width / 2:
                return piece, rest
            room -= piece.width - width + 0.1

    def _line(self, text: str, width: float, size: float, bold: bool) -> tuple[str, str]:
        """The words that fill a line, and the text after them."""
        used, end, room = 0.0, 0, width + 0.01
        for match in _WORDS.finditer(text):
            word = match.group()
            if word == "\n":
                return text[:match.start()].rstrip(), text[match.end():].lstrip(" ")
            used += self.piece(word, size, bold).width
            if used > room and not word.isspace():
                if not text[:end].strip() and " " in word:  # an amount that is wider than the line
                    end = match.start() + word.index(" ")
                break
            end = match.end()
        if not text[:end].strip() and text:  # one word is wider than the line
            start = len(text) - len(text.lstrip())
            end = start + max(1, len(self._start(text[start:], width, size, bold, "")))
            while end < len(text) and _inside_letter(text, end):  # not even one letter had room
                end += 1
        return text[:end].rstrip(), text[end:].lstrip()

    def _start(self, text: str, width: float, size: float, bold: bool, tail: str) -> str:
        """The longest beginning of `text` that fits with `tail` behind it, cut between letters."""
        low, high = 0, min(len(text), _letters_in(width, size))
        while low < high:
            middle = (low + high + 1) // 2
            if self._set(text[:middle] + tail, size, bold).width <= width:
                low = middle
            else:
                high = middle - 1
        while 0 < low < len(text) and _inside_letter(text, low):
            low -= 1
        return text[:low].rstrip() if tail else text[:low]

    def _set(self, text: str, size: float, bold: bool, direction: str | None = None) -> Piece:
        if text.isascii() and text.isprintable():
            font, widths = self._ascii[bold]
            data = text.encode("ascii")
            if font and data:
                width = sum(map(widths.__getitem__, data)) * size
                return Piece(f"{font} {size:g} Tf <{data.hex()}> Tj", width, text, size, bold)
        line = clean(text)
        runs = self._shaper.runs(line, bold, direction or base_direction(line))
        operators = " ".join(self._operators(run, size) for run in runs)
        return Piece(operators, sum(run.advance for run in runs) * size / 1000, line, size, bold)

    def _ascii_font(self, bold: bool) -> tuple[str, list[float]]:
        """The first font's name and widths of ASCII; no name where it would need a made-up bold."""
        family = self._fonts.first
        face = family.typeface(bold)
        if face is None or not face.latin or (bold and not family.own_bold):
            return "", []
        face.splitString(" ", self._document)
        widths = [face.face.charWidths.get(code, face.face.defaultWidth) / 1000 for code in range(128)]
        return face.getSubsetInternalName(0, self._document), widths

    def _operators(self, run: Run, size: float) -> str:
        shown = self._glyphs(run, size) if run.glyphs is not None else self._characters(run, size)
        return f"2 Tr {size * _BOLDEN:.2f} w {shown} 0 Tr" if run.bolden else shown

    def _characters(self, run: Run, size: float) -> str:
        return " ".join(f"{self._font(run.face, subset)} {size:g} Tf <{data.hex()}> Tj"
                        for subset, data in run.face.splitString(run.text, self._document))

    def _glyphs(self, run: Run, size: float) -> str:
        """Show glyphs where HarfBuzz placed them: pushed by TJ numbers, lifted by the text rise."""
        glyphs = run.glyphs or ()
        data = run.face.splitString("".join(chr(glyph.code) for glyph in glyphs), self._document)
        codes = [(subset, byte) for subset, part in data for byte in part]
        parts, font = [], -1
        placed = zip(codes, glyphs, strict=True)
        for (subset, up), group in groupby(placed, lambda pair: (pair[0][0], pair[1].up)):
            shown = " ".join(_pushed(code[1], glyph, run.face) for code, glyph in group)
            rise = f"{up * size / 1000:.3f} Ts " if up else ""
            choose = f"{self._font(run.face, subset)} {size:g} Tf " if subset != font else ""
            parts.append(f"{choose}{rise}[{shown}] TJ{' 0 Ts' if up else ''}")
            font = subset
        if run.leftward:  # readers turn such text round themselves, by the letters of its glyphs
            return " ".join(parts)
        letters = run.text.encode("utf-16-be").hex()
        return f"/Span <</ActualText <feff{letters}>>> BDC {' '.join(parts)} EMC"

    def _font(self, face: Typeface, subset: int) -> str:
        return str(face.getSubsetInternalName(subset, self._document))


def _pushed(byte: int, glyph: Any, face: Typeface) -> str:
    """A glyph between the numbers that move it to its place and the pen to the next one."""
    before = f"{-glyph.right:.0f} " if round(glyph.right) else ""
    behind = face.face.charWidths[glyph.code] + glyph.right - glyph.advance
    return f"{before}<{byte:02x}>" + (f" {behind:.0f}" if round(behind) else "")


def _letters_in(width: float, size: float) -> int:
    """More letters than a line of `width` points can hold, marks included."""
    return 64 + int(width / size * 8)


def _inside_letter(text: str, place: int) -> bool:
    """Whether a cut at `place` would part a letter from its marks or a conjunct in two."""
    category = unicodedata.category(text[place])
    return category[0] == "M" or category == "Cf" or text[place - 1] in _JOINERS
