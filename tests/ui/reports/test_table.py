from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_crm.domain.deals import DealFilter
from desktop_crm.reports.report import Column, Table, ValueType
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports.cells import Written
from desktop_crm.ui.reports.table_card import TableCard
from desktop_crm.ui.reports.table_model import ReportTableModel
from desktop_crm.ui.widgets.states import MessageBar

COLUMNS = (Column("seller", "Seller", weight=2), Column("won", "Won", ValueType.COUNT),
           Column("amount", "Won amount", ValueType.MONEY))
ROWS = (("Mei Ling", 2, 830000), ("Ahmad", 10, 418000), ("<b>Me</b>\t=1+1", None, 0))
WON = DealFilter(statuses=("won",))
SELLERS = Table("sellers", "By seller", COLUMNS, ROWS, totals=("Total", 12, 1248000), filters=(WON, None, WON))


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def card(table: Table, jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> TableCard:
    bar = MessageBar()
    made = TableCard(Written(table, "MYR"), jobs, Messages(bar, tmp_path / "log"))
    qtbot.addWidget(bar)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def shown(made: TableCard, column: int = 0) -> list[str]:
    return [made.model.index(row, column).data() for row in range(made.model.rowCount())]


def click_head(made: TableCard, column: int, qtbot: QtBot) -> None:
    header = made.view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ReportTableModel(Written(SELLERS, "MYR"))
    qtmodeltester.check(model, force_py=True)
    model.set_order([2, 0, 1], 1, True)
    qtmodeltester.check(model, force_py=True)


def test_a_click_on_a_head_sorts_by_value_and_another_turns_it_over(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(SELLERS, jobs, qtbot, tmp_path)
    click_head(made, 1, qtbot)
    assert shown(made, 1) == ["10", "2", "—"]
    click_head(made, 1, qtbot)
    assert shown(made, 1) == ["2", "10", "—"]
    click_head(made, 0, qtbot)
    assert shown(made) == ["<b>Me</b>\t=1+1", "Ahmad", "Mei Ling"]
    assert made.model.written.total(1) == "12"


def test_a_sorted_row_still_leads_to_its_own_rows(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(SELLERS, jobs, qtbot, tmp_path)
    made.sort(0, True)
    assert shown(made)[0] == "Mei Ling"
    made.view.setFocus()
    made.view.setCurrentIndex(made.model.index(0, 0))
    with qtbot.waitSignal(made.rows_wanted) as asked:
        qtbot.keyClick(made.view, Qt.Key.Key_Return)
    assert asked.args == [WON, "By seller: Mei Ling"]
    made.view.select_place(1)
    with qtbot.assertNotEmitted(made.rows_wanted):
        qtbot.keyClick(made.view, Qt.Key.Key_Return)


def test_a_row_that_is_a_record_opens_it_on_a_double_click(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(Table("deals", "Deals", COLUMNS, ROWS, kind="deals", ids=(7, 8, 9)), jobs, qtbot, tmp_path)
    place = made.view.visualRect(made.model.index(1, 0)).center()
    with qtbot.waitSignal(made.record_wanted) as asked:
        qtbot.mouseClick(made.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(made.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["deals", 8]


def test_copy_gives_rows_as_tsv_and_the_totals_with_all_of_them(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(SELLERS, jobs, qtbot, tmp_path)
    made.view.selectRow(0)
    qtbot.keyClick(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Mei Ling\t2\t8,300.00"
    qtbot.keyClick(made.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    lines = made.view.copy().split("\n")
    assert lines[2:] == ["<b>Me</b> =1+1\t—\t0.00", "Total\t12\t12,480.00"]


def test_few_rows_are_all_in_sight_and_columns_fill_the_width(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(SELLERS, jobs, qtbot, tmp_path)
    header = made.view.horizontalHeader()
    assert made.view.height() == header.height() + 3 * theme.px(36)
    assert sum(header.sectionSize(column) for column in range(3)) == made.view.viewport().width()


def test_the_last_row_of_a_card_has_no_line_above_the_border(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    """Two lines stood four pixels apart; above totals, and where rows scroll, the line stays."""
    line = theme.color("line").name()

    def ruled(made: TableCard, row: int) -> bool:
        image = made.view.viewport().grab().toImage()
        return image.pixelColor(image.width() // 2, (row + 1) * theme.px(36) - 1).name() == line

    bare = card(replace(SELLERS, totals=None), jobs, qtbot, tmp_path)
    assert [ruled(bare, row) for row in range(3)] == [True, True, False]
    summed = card(replace(SELLERS, totals=("Total", 1, 2)), jobs, qtbot, tmp_path)
    assert [ruled(summed, row) for row in range(3)] == [True, True, True]


def test_a_hundred_thousand_rows_sort_beside_the_window(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    many = tuple((f"Name {row}", row % 7, row) for row in range(100_000))
    made = card(Table("many", "Many", COLUMNS, many, totals=("Total", 1, 2)), jobs, qtbot, tmp_path)
    assert not made.view.findChildren(type(made))
    made.view.select_place(50)
    made.sort(2, True)
    assert shown(made)[0] == "Name 0"
    jobs.wait_all()
    assert made.model.place(0) == 99_999
    assert made.model.place(made.view.currentIndex().row()) == 50


def test_a_reader_stands_where_they_stood(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(SELLERS, jobs, qtbot, tmp_path)
    made.sort(1, True)
    made.view.select_place(0)
    again = card(SELLERS, jobs, qtbot, tmp_path)
    again.restore(made.state())
    assert again.state() == made.state()
    assert shown(again) == shown(made)
