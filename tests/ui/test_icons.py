from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from desktop_crm import paths
from desktop_crm.ui import icons, theme

WANTED = [
    "customers", "deals", "tasks", "reports", "search", "undo", "redo", "plus", "phone", "mail", "message",
    "calendar", "clock", "flag", "file", "pdf", "sheet", "print", "download", "upload", "import", "money",
    "edit", "trash", "check", "close", "chevron-left", "chevron-right", "chevron-down", "chevron-up",
    "filter", "columns", "sort", "star", "person", "company", "building", "note", "meeting", "visit", "link",
    "warning", "info", "more", "drag", "settings", "sun", "moon", "help", "backup", "won", "lost", "tag",
    "list", "board",
]


def inked(image: QImage, color: str) -> bool:
    """Whether there is ink and all of it has `color`; blending may round by one step."""
    wanted = QColor(color)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    ink = [pixel for pixel in pixels if pixel.alpha() == 255]
    return bool(ink) and all(abs(pixel.red() - wanted.red()) <= 1 and abs(pixel.green() - wanted.green()) <= 1
                             and abs(pixel.blue() - wanted.blue()) <= 1 for pixel in ink)


@pytest.mark.parametrize("name", icons.names())
def test_each_icon_is_drawn_in_the_tokens_colour(qapp: QApplication, name: str) -> None:
    assert inked(icons.pixmap(name, 64, "bad").toImage(), theme.LIGHT.bad)


def test_the_family_is_complete() -> None:
    assert set(WANTED) <= set(icons.names())


@pytest.mark.parametrize("name", icons.names())
def test_the_family_looks_alike(name: str) -> None:
    source = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 16 16"' in source
    assert 'stroke-width="1.6"' in source
    assert 'stroke="currentColor"' in source
    assert not re.search(r"#[0-9a-fA-F]{3,6}", source)


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    icon = icons.icon("plus")
    assert inked(icon.pixmap(QSize(32, 32), 1.0).toImage(), theme.LIGHT.text)
    theme.apply(qapp, "dark")
    assert inked(icon.pixmap(QSize(32, 32), 1.0).toImage(), theme.DARK.text)
    theme.apply(qapp, "light")


def test_a_disabled_icon_is_faint(qapp: QApplication) -> None:
    picture = icons.icon("plus").pixmap(QSize(32, 32), 1.0, QIcon.Mode.Disabled)
    assert inked(picture.toImage(), theme.LIGHT.input_border)


def test_a_sharp_screen_gets_more_pixels(qapp: QApplication) -> None:
    picture = icons.pixmap("plus", 16, dpr=2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)
    assert picture.deviceIndependentSize().toSize() == QSize(16, 16)


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.icon("unicorn")
