from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.theme import DARK, LIGHT, Tokens
from desktop_crm.ui.widgets.labels import Label

TEXTS = ("text", "dim", "faint", "accent", "good", "warn", "bad")
PAIRS = [
    *[(text, ground) for text in TEXTS for ground in ("window", "panel")],
    *[(text, "sunk") for text in ("text", "dim", "faint")],
    *[(text, "accent_soft") for text in ("text", "dim", "accent", "bad")],
    *[(f"{tone}", f"{tone}_soft") for tone in ("good", "warn", "bad", "accent")],
    *[("text", f"{tone}_soft") for tone in ("good", "warn", "bad")],
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("accent", "good_soft"), ("accent", "warn_soft"),
]


def luminance(color: str) -> float:
    """WCAG 2.2's relative luminance of `#rrggbb`."""
    parts = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_published_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # WCAG's well-known near miss


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_is_readable_on_its_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("border", ["input_border", "accent", "bad"])
@pytest.mark.parametrize("ground", ["window", "panel", "sunk"])
def test_borders_of_fields_are_seen(tokens: Tokens, border: str, ground: str) -> None:
    assert contrast(getattr(tokens, border), getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_open_place(tokens: Tokens) -> None:
    sheet = theme.style_sheet(tokens, 1.0)
    assert "@" not in sheet
    assert "sp;" not in sheet
    assert tokens.input_border in sheet


def test_lengths_of_the_style_sheet_grow_with_the_text() -> None:
    assert "min-height: 30px" in theme.style_sheet(LIGHT, 1.0)
    assert "min-height: 45px" in theme.style_sheet(LIGHT, 1.5)


def test_the_pictures_of_the_style_sheet_are_there() -> None:
    import re
    from pathlib import Path
    for tokens in (LIGHT, DARK):
        for name in re.findall(r"url\(([^)]+)\)", theme.style_sheet(tokens, 1.0)):
            assert Path(name).is_file()


def test_dark_and_light_are_told_and_painted(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.theme().changed):
        theme.apply(qapp, "dark")
    assert theme.theme().dark
    assert theme.color("accent-soft").name().upper() == DARK.accent_soft
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    theme.apply(qapp, "light")
    assert theme.tokens() is LIGHT


def test_larger_text_scales_fonts_and_lengths(qapp: QApplication, qtbot: QtBot) -> None:
    label = Label("Aminah", strong=True)
    qtbot.addWidget(label)
    before = label.font().pixelSize()
    theme.apply(qapp, "light", percent=150)
    assert label.font().pixelSize() == round(before * 1.5)
    assert theme.px(36) == round(36 * fonts.scale())
    assert fonts.font(26).pixelSize() == round(26 * fonts.scale())
    theme.apply(qapp, "light")
    assert label.font().pixelSize() == before


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.color("purple")


def test_a_colour_that_is_changed_is_the_changers_alone(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    veil = theme.color("sunk")
    veil.setAlpha(130)
    assert theme.color("sunk").alpha() == 255 and theme.color("sunk").name() == "#eef0f2"
