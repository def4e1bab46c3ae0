from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.i18n import language
from desktop_crm.services import reports
from desktop_crm.services.book import Book
from desktop_crm.ui import words
from desktop_crm.ui.reports.even_grid import EvenGrid
from desktop_crm.ui.reports.figures import FigureRow
from desktop_crm.ui.widgets.labels import ElidedLabel


def filled(qtbot: QtBot, count: int) -> tuple[QWidget, EvenGrid, list[QWidget]]:
    holder, grid = QWidget(), EvenGrid(narrowest=100, most=6, gap=10)
    qtbot.addWidget(holder)
    parts = [QWidget() for _ in range(count)]
    for part in parts:
        part.setMinimumHeight(40)
        grid.addWidget(part)
    holder.setLayout(grid)
    return holder, grid, parts


@pytest.mark.parametrize(("count", "width", "across"), [
    (5, 1000, 5), (8, 1000, 4), (13, 1000, 5), (5, 430, 3), (3, 50, 1), (1, 1000, 1)])
def test_rows_are_of_even_length(qtbot: QtBot, count: int, width: int, across: int) -> None:
    holder, grid, _ = filled(qtbot, count)
    assert grid.parentWidget() is holder
    assert grid.across(width) == across
    assert grid.heightForWidth(width) == -(-count // across) * 50 - 10


def test_cells_fill_the_width_and_mirror(qtbot: QtBot) -> None:
    holder, grid, parts = filled(qtbot, 3)
    grid.setGeometry(QRect(0, 0, 320, 40))
    assert [part.geometry().left() for part in parts] == [0, 110, 220]
    assert parts[2].geometry().right() == 319
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    grid.setGeometry(QRect(0, 0, 320, 40))
    assert [part.geometry().left() for part in parts] == [220, 110, 0]


@pytest.mark.parametrize("code", ["en", "ms", "zh_TW", "fil", "ne", "ta"])
def test_no_word_of_a_day_s_figures_is_cut(qtbot: QtBot, code: str, book: Book) -> None:
    """The titles and comparisons of the smaller figures ended in "…" where a language has longer words."""
    words.set_language(language(code))
    report = reports.build(book, "daily", language=code)
    figures = FigureRow(report.figures, report.currency)
    qtbot.addWidget(figures)
    figures.resize(1124, figures.heightForWidth(1124))
    figures.show()
    labels = [label for card in figures.cards for label in card.findChildren(ElidedLabel) if label.isVisible()]
    assert len(labels) >= 2 * len(figures.cards)
    assert [label.text() for label in labels if label.cut] == []
