"""The fonts of printed pages: which files, who has which letter, and how glyphs become PDF codes.

Latin stands first, then Tamil, Devanagari, Arabic and Chinese, then what the system has. A letter
that no font has prints as the box of the first font; it can still be copied out of the PDF.
"""

from __future__ import annotations

import os
import sys
import threading
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.i18n import Language

_PRIVATE = 0xF0000  # the first code of Unicode's private plane: no font file maps it

_SYSTEM = {
    "linux": ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
              "/usr/share/fonts/google-droid-sans-fonts/DroidSansFallbackFull.ttf",
              "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
              "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
              "/usr/share/fonts/truetype/arphic/uming.ttc",
              "/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf",
              "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf",
              "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
              "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf"),
    "darwin": ("/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
               "/Library/Fonts/Arial Unicode.ttf",
               "/System/Library/Fonts/STHeiti Light.ttc",
               "/System/Library/Fonts/Supplemental/Songti.ttc",
               "/System/Library/Fonts/Supplemental/Thonburi.ttc",
               "/System/Library/Fonts/Apple Symbols.ttf"),
    "win32": ("msjh.ttc", "mingliu.ttc", "msyh.ttc", "simsun.ttc", "malgun.ttf", "segoeui.ttf",
              "LeelawUI.ttf", "Nirmala.ttc", "Nirmala.ttf", "seguisym.ttf", "seguiemj.ttf"),
}
_BY_CODE_POINT = ("NotoSans-", "NotoSans[", "Droid", "msjh", "mingliu", "msyh", "simsun", "malgun",
                  "wqy", "uming", "STHeiti", "Songti")  # a letter is a glyph; marks aside, no shaping


class Typeface(TTFont):  # type: ignore[misc]  # reportlab is untyped
    """One font file that can also print shaped glyphs, each with the letters it stands for.

    HarfBuzz names glyphs, reportlab characters: `code` lends every pair of glyph and letters a
    private character, and the PDF's ToUnicode table turns that back into the letters.
    """

    def __init__(self, path: Path) -> None:
        self.latin = path.name.startswith(("NotoSans-", "NotoSans["))
        super().__init__(path.stem, str(path), asciiReadable=self.latin)
        self.hb = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
        self.scale = 1000 / float(self.face.unitsPerEm)  # the font's units to thousandths of the size
        self.by_code_point = path.name.startswith(_BY_CODE_POINT)
        self._letters: dict[int, str] = {}
        self._codes: dict[tuple[int, str], int] = {}
        self._next = count(_PRIVATE)

    def code(self, glyph: int, letters: str) -> int:
        """The private character that prints `glyph` and is copied as `letters` (may be empty)."""
        found = self._codes.get((glyph, letters))
        if found is not None:
            return found
        code = next(self._next)  # atomic, as is setdefault: two exports may run at a time
        self.face.charToGlyph[code] = glyph
        self.face.charWidths[code] = self.hb.get_glyph_h_advance(glyph) * self.scale
        self._letters[code] = letters
        return self._codes.setdefault((glyph, letters), code)

    def addObjects(self, doc: Any) -> None:
        """Write the font's subsets into the PDF, with ToUnicode tables that know the shaped glyphs."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            table = doc.idToObject[fonts[name].ToUnicode.name]
            table.content = self._to_unicode(subset)

    def _to_unicode(self, subset: list[int]) -> str:
        lines = []
        for start in range(0, len(subset), 100):  # a block holds a hundred at most
            block = subset[start:start + 100]
            lines.append(f"{len(block)} beginbfchar")
            for place, code in enumerate(block, start):
                letters = self._letters.get(code, chr(code))
                lines.append(f"<{place:02X}> <{letters.encode('utf-16-be').hex().upper()}>")
            lines.append("endbfchar")
        return _CMAP.format(last=len(subset) - 1, blocks="\n".join(lines))


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <{last:02X}>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Family:
    """One design: a regular file, a bold one where there is one, read when first needed."""

    def __init__(self, regular: Path, bold: Path | None = None) -> None:
        self._files = (regular, bold or regular)
        self._lock = threading.Lock()
        self._faces: dict[Path, Typeface | None] = {}
        self._map: dict[int, int] | None = None  # the regular font's characters, once read
        self.own_bold = bold is not None

    def typeface(self, bold: bool = False) -> Typeface | None:
        """The font of that weight (the regular one where there is no bold), or None if it cannot be read."""
        path = self._files[bold]
        with self._lock:
            if path not in self._faces:
                self._faces[path] = _read(path)
            return self._faces[path]

    def has(self, character: str) -> bool:
        """Whether the family has the character."""
        if self._map is None:
            face = self.typeface()
            self._map = face.face.charToGlyph if face is not None else {}
        return ord(character) in self._map


def _read(path: Path) -> Typeface | None:
    """The font in the file; None for what reportlab cannot embed, such as CFF outlines."""
    try:
        return Typeface(path)
    except (TTFError, OSError):
        return None


class Fontset:
    """Families in the order of preference; finds who has a letter."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.families = _families(files)
        self._homes: dict[str, Family | None] = {}

    @cached_property
    def first(self) -> Family:
        """The family of Latin text and of the box that stands for a letter without a font.

        Raises FileRefused where no font can be read at all.
        """
        for family in self.families:
            if family.typeface() is not None:
                return family
        raise FileRefused(N_("The program's own fonts are missing, so nothing was printed. "
                             "Install the program again."))

    def home(self, character: str) -> Family | None:
        """The first family that has the character, or None."""
        if character not in self._homes:
            self._homes[character] = next((family for family in self.families if family.has(character)), None)
        return self._homes[character]


def _families(files: Iterable[Path]) -> list[Family]:
    known = list(files)
    bold = {path.stem.removesuffix("-Bold"): path for path in known if path.stem.endswith("-Bold")}
    return [Family(path, bold.get(path.stem.removesuffix("-Regular")))
            for path in known if not path.stem.endswith("-Bold")]


def system_files() -> list[Path]:
    """TrueType fonts that this system is known to bring, for the scripts that ours lack."""
    names = _SYSTEM.get(sys.platform, _SYSTEM["linux"])
    folder = Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts") if sys.platform == "win32" else Path("/")
    return [path for path in (folder / name for name in names) if path.is_file()]


@lru_cache(maxsize=1)
def fontset() -> Fontset:
    """Our fonts and the system's, shared by all documents of the process."""
    return Fontset([*paths.fonts(), *system_files()])


_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr",
    "GURMUKHI": "Guru", "HANGUL": "Hang", "HEBREW": "Hebr", "HIRAGANA": "Hira", "KANNADA": "Knda",
    "KATAKANA": "Kana", "KHMER": "Khmr", "LAO": "Laoo", "LATIN": "Latn", "MALAYALAM": "Mlym",
    "MONGOLIAN": "Mong", "MYANMAR": "Mymr", "ORIYA": "Orya", "SINHALA": "Sinh", "TAMIL": "Taml",
    "TELUGU": "Telu", "THAANA": "Thaa", "THAI": "Thai", "TIBETAN": "Tibt",
}  # the first word of a letter's Unicode name: its script by ISO 15924


def scripts(characters: Iterable[str], language: Language) -> list[str]:
    """The names of the characters' scripts in the language ("Thai", "Hebrew"), sorted; others are symbols."""
    words = {unicodedata.name(character, "").split(" ")[0] for character in characters}
    codes = {_SCRIPTS.get(word, "Zsym") for word in words}
    return sorted(str(language.locale.scripts.get(code, code)) for code in codes)


def invisible(character: str) -> bool:
    """Whether a character has no ink of its own, so that no font needs to have it."""
    code = ord(character)
    return (unicodedata.category(character) == "Cf" or 0xFE00 <= code <= 0xFE0F
            or 0xE0100 <= code <= 0xE01EF or code == 0x034F)


def missing_scripts(text: str, language: Language) -> list[str]:
    """The names of the scripts in `text` that no font at hand can print, sorted; empty if all can be."""
    known = fontset()
    lost = {character for character in text
            if not (character.isspace() or invisible(character) or known.home(character))}
    return scripts(lost, language) if lost else []
