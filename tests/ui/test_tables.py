from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui import theme
from desktop_crm.ui.models import ColumnSpec, PagedModel, RowGroup
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import EmptyState


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    state: str


COLUMNS: tuple[ColumnSpec[Person], ...] = (
    ColumnSpec("tick", "", lambda row: "", kind="check", checked=lambda row: False, sortable=False),
    ColumnSpec("name", "Name", lambda row: row.name, bold=True, width=200, stretch=True),
    ColumnSpec("state", "State", lambda row: row.state, kind="badge", tone=lambda row: "good", width=90),
    ColumnSpec("paid", "Paid", lambda row: f"{row.id}.00", kind="money", align="end", width=110),
)


def fetch(ids: Sequence[int]) -> list[Person]:
    return [Person(key, f"Name {key}", "Customer") for key in ids]


@pytest.fixture
def model(qapp: QApplication) -> PagedModel[Person]:
    model = PagedModel(COLUMNS, fetch)
    model.set_ids(range(1, 301))
    return model


@pytest.fixture
def table(qtbot: QtBot, model: PagedModel[Person]) -> RecordTable:
    table = RecordTable("Customers")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.set_paged(model)
    table.show()
    return table


def test_rows_have_one_height_and_nothing_is_measured(table: RecordTable) -> None:
    assert table.rowHeight(0) == table.rowHeight(299) == theme.px(36)
    assert table.verticalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Fixed
    assert table.horizontalHeader().sectionResizeMode(1) == QHeaderView.ResizeMode.Interactive


def test_a_hundred_thousand_rows_ask_for_one_screen(qtbot: QtBot) -> None:
    asked: list[int] = []

    def counted(ids: Sequence[int]) -> list[Person]:
        asked.append(len(ids))
        return fetch(ids)

    table = RecordTable("Customers")
    qtbot.addWidget(table)
    model = PagedModel(COLUMNS, counted)
    table.set_paged(model)
    model.set_ids(range(1, 100_001))
    table.show()
    table.grab()
    assert sum(asked) == 128


def test_a_page_that_was_just_made_is_painted_once(qtbot: QtBot, model: PagedModel[Person]) -> None:
    window, painted = QStackedWidget(), []
    window.addWidget(QWidget())
    window.resize(700, 400)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    page, table = QWidget(), RecordTable("Customers")
    page.setLayout(column(table))
    table.set_paged(model)

    class Paints(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched is table.viewport():
                painted.append(event)
            return False

    paints = Paints()
    table.viewport().installEventFilter(paints)
    window.addWidget(page)
    window.setCurrentWidget(page)
    table.show_now()
    QApplication.processEvents()
    assert len(painted) == 1


def test_rows_grow_with_the_text_and_no_row_is_visited(qapp: QApplication, table: RecordTable) -> None:
    theme.apply(qapp, "light", percent=150)
    assert table.rowHeight(299) == theme.px(36) > 36
    assert table.verticalHeader().minimumSectionSize() == 1
    theme.apply(qapp, "light")
    assert table.rowHeight(299) == theme.px(36)


def test_the_stretching_column_takes_the_spare_width(table: RecordTable) -> None:
    assert sum(table.columnWidth(number) for number in range(4)) == table.viewport().width()


def test_keys_move_open_and_ask_to_delete(table: RecordTable, qtbot: QtBot) -> None:
    table.select(1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_ids() == [2]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.selected_ids() == [300]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [300]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(table.delete_requested) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert asked.args == [[1, 2]]


def test_shift_end_extends_the_selection(table: RecordTable, qtbot: QtBot) -> None:
    table.select(298)
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == [298, 299, 300]


def test_typing_searches_nothing(table: RecordTable, qtbot: QtBot) -> None:
    table.select(1)
    qtbot.keyClicks(table, "Name 9")
    assert table.selected_ids() == [1]


def test_a_double_click_opens(table: RecordTable, qtbot: QtBot, model: PagedModel[Person]) -> None:
    place = table.visualRect(model.index(2, 1)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [3]


def test_rows_are_copied_as_tab_separated_text_in_the_columns_order(table: RecordTable, qtbot: QtBot) -> None:
    table.horizontalHeader().moveSection(3, 1)
    table.setColumnHidden(0, True)
    table.select(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1.00\tName 1\tCustomer\n2.00\tName 2\tCustomer"


def test_a_header_click_asks_to_sort_and_again_the_other_way(table: RecordTable, qtbot: QtBot,
                                                             model: PagedModel[Person]) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    with qtbot.waitSignal(model.sort_requested) as first:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(model.sort_requested) as second:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (first.args, second.args) == (["name", False], ["name", True])


def test_the_state_of_the_columns_comes_back(table: RecordTable, model: PagedModel[Person], qtbot: QtBot) -> None:
    table.horizontalHeader().moveSection(3, 1)
    table.setColumnWidth(2, 140)
    table.columns_menu().actions()[1].trigger()
    model.mark_sorted("paid", True)
    state = table.save_state()
    other = RecordTable("Customers")
    qtbot.addWidget(other)
    other.resize(700, 400)
    other.set_paged(PagedModel(COLUMNS, fetch))
    other.restore_state({**state, "columns": [*state["columns"], {"key": "unknown", "width": 5}]})
    assert [column["key"] for column in other.save_state()["columns"]] == ["tick", "paid", "name", "state"]
    assert other.isColumnHidden(2)
    assert other.paged().sort_state() == ("paid", True)
    other.columns_menu().actions()[1].trigger()
    assert other.columnWidth(2) == 140


def test_a_selection_survives_a_new_order(table: RecordTable, model: PagedModel[Person], qtbot: QtBot) -> None:
    table.select(5)
    with qtbot.assertNotEmitted(table.selected):
        model.set_ids(range(300, 0, -1))
    assert table.selected_ids() == [5]
    assert table.current_id() == 5


def test_a_selection_that_is_gone_is_told(table: RecordTable, model: PagedModel[Person], qtbot: QtBot) -> None:
    table.select(5)
    with qtbot.waitSignal(table.selected) as told:
        model.set_ids([1, 2])
    assert told.args == [[]]


def test_headings_span_the_list_and_are_never_selected(table: RecordTable, model: PagedModel[Person],
                                                          qtbot: QtBot) -> None:
    model.set_groups([RowGroup("Overdue", (3, 4)), RowGroup("Today", (9,))])
    assert table.columnSpan(0, 0) == 4
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.selected_ids() == [3]
    table.selectAll()
    assert table.selected_ids() == [3, 4, 9]


def test_a_click_on_a_box_and_the_space_bar_ask_for_a_tick(table: RecordTable, model: PagedModel[Person],
                                                           qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.check_requested) as clicked:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(model.index(1, 0)).center())
    table.select(4)
    with qtbot.waitSignal(model.check_requested) as pressed:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert (clicked.args, pressed.args) == ([2, True], [4, True])


def test_the_menu_is_asked_for_the_selected_rows(table: RecordTable, qtbot: QtBot) -> None:
    table.select(7)
    with qtbot.waitSignal(table.context_menu_requested) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(50, 60))
        QApplication.sendEvent(table.viewport(), event)
    assert asked.args == [[7], QPoint(50, 60)]


def test_an_empty_list_says_so(table: RecordTable, model: PagedModel[Person]) -> None:
    empty = EmptyState("customers", "No customers yet")
    table.set_empty(empty)
    assert empty.isHidden()
    model.set_ids([])
    assert not empty.isHidden()
    model.set_ids([1])
    assert empty.isHidden()


def test_it_has_a_name_for_screen_readers(table: RecordTable) -> None:
    assert table.accessibleName() == "Customers"


def wide(qtbot: QtBot, width: int) -> RecordTable:
    """A list whose columns want 800 pixels, of which "note" can give 120 and "name" 60."""
    more: tuple[ColumnSpec[Person], ...] = (
        ColumnSpec("note", "Note", lambda row: "n", width=220, least=100),
        ColumnSpec("owes", "Owes", lambda row: "1.00", kind="money", align="end", width=100, hidden=True))
    columns = (replace(COLUMNS[1], least=140), *COLUMNS[2:], *more)
    table = RecordTable("Customers")
    qtbot.addWidget(table)
    table.set_paged(PagedModel(columns, fetch))
    table.resize(width, 300)
    table.show()
    return table


def widths(table: RecordTable) -> list[int]:
    return [table.columnWidth(number) for number in range(5)]


def test_columns_of_words_give_way_before_the_list_scrolls_sideways(qtbot: QtBot) -> None:
    table = wide(qtbot, 630)
    assert widths(table)[:4] == [210, 90, 110, 220]
    table.show_column("owes")  # 90 too many: a third of them from the name's 60, the others from the note's 120
    assert widths(table) == [170, 90, 110, 160, 100]
    assert not table.horizontalScrollBar().isVisible()
    table.resize(500, 300)
    assert widths(table) == [140, 90, 110, 100, 100], "no narrower; numbers and badges not at all"
    table.resize(900, 300)
    assert widths(table) == [380, 90, 110, 220, 100]


def test_a_width_chosen_by_hand_stays_and_is_remembered(qtbot: QtBot) -> None:
    table = wide(qtbot, 630)
    table.setColumnWidth(3, 200)
    table.show_column("owes")
    assert widths(table) == [140, 90, 110, 200, 100]
    table.resize(640, 300)
    other = wide(qtbot, 630)
    other.restore_state(table.save_state())
    assert widths(other)[1:] == [90, 110, 200, 100]


def test_a_heading_is_read_whole_where_there_is_room_for_it(qtbot: QtBot) -> None:
    long = "What each of them has cost us"
    table = RecordTable("Campaigns")
    qtbot.addWidget(table)
    table.set_paged(PagedModel((
        ColumnSpec("name", "Name", lambda row: row.name, width=150, least=100, stretch=True),
        ColumnSpec("cost", long, lambda row: "1.00", kind="money", align="end", width=60)), fetch))
    text = table.horizontalHeader().fontMetrics().horizontalAdvance(long)
    table.resize(600, 300)
    table.show()
    whole = table.columnWidth(1)
    assert text < whole < text + 60 and table.columnWidth(0) == table.viewport().width() - whole
    table.resize(230, 300)
    assert table.columnWidth(0) == 150 and 60 < table.columnWidth(1) < whole, "what is left, and no more"
    table.horizontalHeader().resizeSection(1, 90)
    table.resize(600, 300)
    assert table.columnWidth(1) == 90, "that was chosen by hand"


def test_a_width_that_was_given_away_is_not_remembered(qtbot: QtBot) -> None:
    table = wide(qtbot, 500)
    assert widths(table)[3] < 220
    other = wide(qtbot, 900)
    other.restore_state(table.save_state())
    assert widths(other)[3] == 220


def test_columns_that_stretch_share_what_is_left(qtbot: QtBot, model: PagedModel[Person]) -> None:
    columns = (*COLUMNS, ColumnSpec("step", "Next step", lambda row: "", width=100, stretch=True))
    table = RecordTable("Customers")
    qtbot.addWidget(table)
    table.resize(837, 300)
    table.set_paged(PagedModel(columns, fetch))
    table.show()
    assert [table.columnWidth(number) for number in range(5)] == [36, 351, 90, 110, 250]  # 301 are left: 151 and 150
    table.setColumnWidth(4, 120)
    table.resize(838, 300)
    assert [table.columnWidth(number) for number in range(5)] == [36, 482, 90, 110, 120]


def test_the_keyboard_begins_on_a_record_not_on_a_heading(qtbot: QtBot, table: RecordTable,
                                                          model: PagedModel[Person]) -> None:
    table.clearFocus()
    model.set_groups([RowGroup("Overdue", [5, 6]), RowGroup("Today", [7])])
    assert not table.currentIndex().isValid()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.current_id() == 5
    assert table.selected_ids() == []


def test_a_step_goes_to_the_next_record_over_headings(table: RecordTable, model: PagedModel[Person]) -> None:
    model.set_groups([RowGroup("Overdue", (3, 4)), RowGroup("Today", (9,))])
    table.select(4)
    table.step(1)
    assert table.selected_ids() == [9]
    table.step(1)  # nothing comes after the last one
    assert table.selected_ids() == [9]
    table.step(-1)
    table.step(-1)
    table.step(-1)  # only a heading stands before the first one
    assert table.selected_ids() == [3]
    model.set_ids([])
    table.step(1)
    assert table.selected_ids() == []
