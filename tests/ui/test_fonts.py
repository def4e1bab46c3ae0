from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from desktop_crm import paths
from desktop_crm.ui import fonts


def test_common_text_has_thirteen_pixels_or_the_systems_more(qapp: QApplication) -> None:
    assert qapp.font().pixelSize() >= fonts.BASE
    assert fonts.scale() == qapp.font().pixelSize() / fonts.BASE


def test_figures_are_tabular() -> None:
    metrics = QFontMetrics(fonts.font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")
    assert QFont.Tag("tnum") in fonts.font().featureTags()


def test_strong_text_is_wider_than_common_text() -> None:
    text = "Aminah Runcit Enterprise"
    assert QFontMetrics(fonts.font(strong=True)).horizontalAdvance(text) > \
        QFontMetrics(fonts.font()).horizontalAdvance(text)


@pytest.mark.parametrize("sample", ["A", "क", "க", "ع"])
def test_the_programs_own_fonts_know_the_scripts(qapp: QApplication, sample: str) -> None:
    assert any(QRawFont(str(file), 13).supportsCharacter(ord(sample)) for file in paths.fonts())


def test_ideographs_are_bold_where_latin_is_semi_bold() -> None:
    assert fonts.strong_for("小明科技").weight() == QFont.Weight.Bold
    assert fonts.strong_for("Aminah").weight() >= QFont.Weight.DemiBold


def test_a_font_may_be_altered_without_harm() -> None:
    fonts.font().setPixelSize(99)
    assert fonts.font().pixelSize() != 99
