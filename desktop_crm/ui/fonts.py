"""The fonts of the window: the system's own, then the program's for scripts that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm import paths

BASE = 13
"""Pixels of common text at 100 %; a system whose own text is larger is followed."""

_GENERIC = {"", "sans", "sans serif", "sans-serif", "dejavu sans", "system"}
_SEMIBOLD = 600
IDEOGRAPHS = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
"""A letter whose fonts have no bold of their own."""

_scale = 1.0


@lru_cache(maxsize=1)
def _system() -> tuple[QFont, int]:
    """The font that the system gave before we touched it, and its size in pixels."""
    font = QFont(QApplication.font())
    return font, QFontInfo(font).pixelSize()


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    """The system's family, if it names a real one, then those of the program's own font files."""
    own, first = _own(), _system()[0].family()
    return own if first.casefold() in _GENERIC and own else (first, *own)


@lru_cache(maxsize=1)
def _own() -> tuple[str, ...]:
    """The families of the program's own font files, which PDFs are set in."""
    # A bundled Latin font knows no Tamil: Qt logs that for every text before it takes the next family.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    own: list[str] = []
    for file in paths.fonts():
        for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file))):
            if family not in own:
                own.append(family)
    return tuple(own)


@lru_cache(maxsize=1)
def _static() -> bool:
    """Whether text is written in the program's own regular and bold files, which have no semi-bold between."""
    leads = QApplication.font().families()[:1] == list(_families())[:1] != [_system()[0].family()]
    return leads and any(file.stem.endswith("-Bold") for file in paths.fonts())


def base(percent: int = 100) -> QFont:
    """The application's font at `percent` of the system's size; sets the scale of everything else."""
    global _scale
    system, pixels = _system()
    size = max(BASE, pixels) * percent / 100
    _scale = size / BASE
    font = QFont(system)
    font.setFamilies(list(_families()))
    font.setPixelSize(round(size))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def scale() -> float:
    """The factor between the design's pixels and the screen's: 1.0 where text is 13 px."""
    return _scale


def font(size: int = BASE, strong: bool = False, struck: bool = False) -> QFont:
    """The application's font at `size` design pixels, semi-bold if `strong`; safe to keep and to alter."""
    return QFont(_font(size, strong, struck, _scale, QApplication.font().key()))


@lru_cache(maxsize=64)
def _font(size: int, strong: bool, struck: bool, scale: float, _base: str) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(max(9, round(size * scale)))
    if strong and _static():
        font.setWeight(QFont.Weight.Bold)
    elif strong:
        font.setWeight(QFont.Weight.DemiBold)
        # Qt picks a variable font's named instance only where fontconfig lists it: ask for the axis itself.
        font.setVariableAxis(QFont.Tag("wght"), _SEMIBOLD)
    font.setStrikeOut(struck)
    return font


def paper(strong: bool = False) -> QFont:
    """A font of the families that PDFs are set in, whatever the window's own is; for papers that Qt paints."""
    font = QFont(QApplication.font())
    font.setFamilies([*_own(), _system()[0].family()])
    font.setFeature(QFont.Tag("tnum"), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if strong:
        font.setWeight(QFont.Weight.Bold)
    return font


def strong_for(text: str, size: int = BASE, struck: bool = False) -> QFont:
    """A semi-bold font for `text`; bold where ideographs would stay thin, as their fonts have no semi-bold."""
    if not re.search(IDEOGRAPHS, text):
        return font(size, True, struck)
    bold = font(size, False, struck)
    bold.setWeight(QFont.Weight.Bold)
    return bold


def dress(widget: QWidget, size: int = BASE, strong: bool = False, struck: bool = False) -> None:
    """Give `widget` the application's font at `size` design pixels, and again whenever the text size changes."""
    widget.setProperty("design_font", [size, strong, struck])
    widget.setFont(font(size, strong, struck))


def redress(widgets: Iterable[QWidget]) -> None:
    """Renew the fonts of all `dress`ed widgets after the text size has changed."""
    for widget in widgets:
        wish = widget.property("design_font")
        if wish:
            widget.setFont(font(int(wish[0]), bool(wish[1]), bool(wish[2])))
