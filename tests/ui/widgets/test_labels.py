from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.ui import fonts, theme, words
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Heading, KeyHint, Label, draw_line, runs_right_to_left, tip

HOSTILE = "<img src='x'><b>Aminah</b> & Sons"


@pytest.mark.parametrize("kind", [Label, Dim, Heading, KeyHint, Badge])
def test_a_name_is_never_taken_for_html(qtbot: QtBot, kind: type[Label]) -> None:
    label = kind(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_a_tooltip_shows_markup_literally() -> None:
    assert tip("Aminah & Sons") == "Aminah & Sons"
    assert tip(HOSTILE) == "<qt>&lt;img src=&#x27;x&#x27;&gt;&lt;b&gt;Aminah&lt;/b&gt; &amp; Sons</qt>"


def test_a_long_name_is_cut_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("Kinabalu Resort & Spa")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.cut
    assert label.toolTip() == "Kinabalu Resort & Spa"
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert label.accessibleName() == "Kinabalu Resort & Spa"


def ink(widget: QWidget) -> tuple[int, int]:
    """The first and the last column that hold something else than the ground."""
    image: QImage = widget.grab().toImage()
    ground = image.pixel(image.width() - 1, 0)
    columns = [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(image.height()))]
    return columns[0], columns[-1]


def test_a_label_starts_where_the_language_starts(qtbot: QtBot) -> None:
    label = ElidedLabel("Aminah")
    qtbot.addWidget(label)
    label.resize(300, 24)
    assert ink(label)[0] < 5
    words.set_language(i18n.language("ar"))
    assert ink(label)[1] > 290


def test_tones_are_the_tokens(qtbot: QtBot) -> None:
    label = Label("late", tone="bad")
    qtbot.addWidget(label)
    label.show()
    assert label.palette().color(label.foregroundRole()) == theme.color("bad")


@pytest.mark.parametrize(("text", "right"), [("Aminah", False), ("شركة", True), ("+886 2", False), ("12 شركة", True)])
def test_a_text_has_the_direction_of_its_first_letter(text: str, right: bool) -> None:
    assert runs_right_to_left(text) is right


@pytest.mark.parametrize("at_right", [False, True])
def test_all_scripts_stand_on_one_line(qapp: QApplication, at_right: bool) -> None:
    def lowest(text: str) -> int:
        image = QImage(200, 36, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setFont(fonts.font())
        draw_line(painter, QRect(0, 0, 200, 36), text, at_right)
        painter.end()
        inked = [y for y in range(36) if any(image.pixelColor(x, y).lightness() < 150 for x in range(200))]
        return inked[-1]

    assert {lowest(text) for text in ("PIN", "ப", "PIN ப", "24")} == {lowest("H")}
