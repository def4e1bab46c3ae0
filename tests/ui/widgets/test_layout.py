from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.ui import theme, words
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.layout import FlowLayout, Scroll, Turning, column, empty, row


def flow(qtbot: QtBot, width: int) -> tuple[QWidget, FlowLayout]:
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = FlowLayout(widget, gap=8)
    for _ in range(4):
        button = QPushButton()
        button.setFixedSize(100, 20)
        layout.addWidget(button)
    widget.resize(width, 100)
    widget.show()
    return widget, layout


def places(layout: FlowLayout) -> list[tuple[int, int]]:
    return [(layout.itemAt(at).geometry().x(), layout.itemAt(at).geometry().y()) for at in range(layout.count())]


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    _, layout = flow(qtbot, 316)
    assert places(layout) == [(0, 0), (108, 0), (216, 0), (0, 28)]
    assert layout.heightForWidth(316) == 48
    assert layout.heightForWidth(424) == 20
    assert layout.heightForWidth(50) == 4 * 20 + 3 * 8


def test_a_flow_mirrors(qtbot: QtBot) -> None:
    words.set_language(i18n.language("ar"))
    _, layout = flow(qtbot, 316)
    assert places(layout) == [(216, 0), (108, 0), (0, 0), (216, 28)]


def test_a_chip_wider_than_the_flow_is_held_inside(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = FlowLayout(widget)
    layout.addWidget(Chip("a"))
    layout.setGeometry(QRect(0, 0, 200, 50))
    assert layout.itemAt(0).geometry().right() < 200
    assert layout.itemAt(5) is None and layout.takeAt(5) is None


def test_emptying_takes_widgets_and_inner_layouts_out(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    box = column(QPushButton("a"), row(QPushButton("b"), None))
    widget.setLayout(box)
    empty(box)
    assert box.count() == 0
    assert all(button.isHidden() for button in widget.findChildren(QPushButton))


def test_a_scroll_lets_the_panel_shine_through_and_never_goes_sideways(qtbot: QtBot) -> None:
    part = QWidget()
    part.setMinimumHeight(900)
    panel = Panel()
    qtbot.addWidget(panel)
    scroll = Scroll(part)
    panel.setLayout(column(scroll))
    panel.resize(300, 200)
    panel.show()
    assert scroll.verticalScrollBar().maximum() == 700
    assert scroll.horizontalScrollBar().maximum() == 0
    assert panel.grab().toImage().pixelColor(50, 50) == theme.color("panel")


def test_what_turns_is_as_high_as_the_part_that_is_shown(qtbot: QtBot) -> None:
    low, high, more = QPushButton(), QPushButton(), QPushButton()
    for part, height in ((low, 20), (high, 200), (more, 40)):
        part.setFixedHeight(height)
    turning = Turning(low, high)
    qtbot.addWidget(turning)
    turning.show()
    assert (turning.current, turning.sizeHint().height(), high.isVisible()) == (low, 20, False)
    turning.turn(high)
    assert (turning.current, turning.sizeHint().height(), low.isVisible()) == (high, 200, False)
    turning.add(more)
    assert (turning.current, more.isVisible()) == (high, False)
    turning.turn(more)
    assert turning.sizeHint().height() == 40
