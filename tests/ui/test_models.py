from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_crm.ui.models import (
    HEADING_ROLE,
    ID_ROLE,
    KIND_ROLE,
    PAGE,
    ROW_ROLE,
    TONE_ROLE,
    ColumnSpec,
    PagedModel,
    RowGroup,
)


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    late: bool = False


COLUMNS: tuple[ColumnSpec[Person], ...] = (
    ColumnSpec("done", "", lambda row: "", kind="check", checked=lambda row: row.late, sortable=False),
    ColumnSpec("name", "Name", lambda row: row.name, bold=True, tooltip=lambda row: f"Number {row.id}"),
    ColumnSpec("state", "State", lambda row: "late" if row.late else "good", kind="badge",
               tone=lambda row: "bad" if row.late else "good", note=lambda row: ("clash", "warn")),
    ColumnSpec("paid", "Paid", lambda row: f"{row.id}.00", kind="money", align="end"),
)


class Shelf:
    """Rows by id, and a note of what was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.gone: set[int] = set()
        self.names: dict[int, str] = {}

    def fetch(self, ids: Sequence[int]) -> list[Person | None]:
        self.asked.append(list(ids))
        return [None if key in self.gone else Person(key, self.names.get(key, f"P{key}"), key % 2 == 0) for key in ids]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(qapp: QApplication, shelf: Shelf) -> PagedModel[Person]:
    return PagedModel(COLUMNS, shelf.fetch)


@pytest.mark.parametrize("count", [0, 1, 300])
def test_qt_finds_no_fault(model: PagedModel[Person], qtmodeltester: ModelTester, count: int) -> None:
    model.set_ids(range(1, count + 1))
    qtmodeltester.check(model)
    model.set_ids(range(5, count + 9))
    model.refresh()


def test_qt_finds_no_fault_with_headings(model: PagedModel[Person], qtmodeltester: ModelTester) -> None:
    model.set_groups([RowGroup("Overdue", (3, 4), "bad"), RowGroup("Nothing", ()), RowGroup("Today", (1,))])
    qtmodeltester.check(model)


def test_a_hundred_thousand_rows_fetch_only_what_is_looked_at(model: PagedModel[Person], shelf: Shelf) -> None:
    model.set_ids(range(1, 100_001))
    assert model.rowCount() == 100_000
    assert shelf.asked == []
    assert model.index(50_000, 1).data() == "P50001"
    assert [len(ids) for ids in shelf.asked] == [PAGE]
    model.index(50_001, 1).data()
    assert len(shelf.asked) == 1


def test_pages_beyond_the_cache_are_fetched_again(model: PagedModel[Person], shelf: Shelf) -> None:
    model.set_ids(range(1, PAGE * 70 + 1))
    for number in range(70):
        model.record(number * PAGE)
    model.record(0)
    assert len(shelf.asked) == 71


def test_rows_and_ids_find_each_other(model: PagedModel[Person]) -> None:
    model.set_ids([7, 3, 9])
    assert model.ids() == [7, 3, 9]
    assert model.row_of(9) == 2
    assert model.row_of(8) is None
    assert (model.id_at(1), model.id_at(3), model.id_at(-1)) == (3, None, None)


def test_headings_are_no_records(model: PagedModel[Person]) -> None:
    model.set_groups([RowGroup("Overdue", (3, 4), "bad"), RowGroup("Nothing", ()), RowGroup("Today", (1,))])
    assert [model.id_at(row) for row in range(model.rowCount())] == [None, 3, 4, None, 1]
    assert model.heading_rows() == [0, 3]
    assert model.ids() == [3, 4, 1]
    assert model.index(0, 0).data(HEADING_ROLE) == "Overdue"
    assert model.index(0, 2).data(TONE_ROLE) == "bad"
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(4, 1).data() == "P1"
    assert model.ids_between(0, 4) == [3, 4, 1]


def test_refresh_reads_changed_rows_alone(model: PagedModel[Person], shelf: Shelf, qtbot: QtBot) -> None:
    model.set_ids(range(1, 1001))
    model.record(0)
    model.record(500)
    shelf.asked.clear()
    shelf.names[501] = "New name"
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh([501, 99_999])
    assert told.args[0].row() == told.args[1].row() == 500
    assert model.index(500, 1).data() == "New name"
    assert model.index(0, 1).data() == "P1"
    assert len(shelf.asked) == 1


def test_the_same_ids_again_keep_the_rows_in_place(model: PagedModel[Person], qtbot: QtBot) -> None:
    model.set_ids([1, 2, 3])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_ids([1, 2, 3])


def test_a_record_that_is_gone_is_an_empty_row(model: PagedModel[Person], shelf: Shelf) -> None:
    shelf.gone = {2}
    model.set_ids([1, 2, 3])
    assert model.index(1, 1).data() is None
    assert model.index(2, 1).data() == "P3"


def test_sorting_is_asked_of_the_owner(model: PagedModel[Person], qtbot: QtBot) -> None:
    model.set_ids([2, 1])
    with qtbot.waitSignal(model.sort_requested) as asked:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["name", True]
    assert model.ids() == [2, 1]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name ↓"
    with qtbot.assertNotEmitted(model.sort_requested):
        model.sort(0)


def test_a_tick_is_asked_of_the_owner(model: PagedModel[Person], qtbot: QtBot) -> None:
    model.set_ids([5])
    with qtbot.waitSignal(model.check_requested) as asked:
        model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert asked.args == [5, True]
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked


def test_the_roles_tell_all(model: PagedModel[Person]) -> None:
    model.set_ids([4])
    name, state, paid = (model.index(0, column) for column in (1, 2, 3))
    assert name.data(ROW_ROLE) == Person(4, "P4", True)
    assert name.data(ID_ROLE) == 4
    assert name.data(Qt.ItemDataRole.ToolTipRole) == "Number 4"
    assert (state.data(KIND_ROLE), state.data(TONE_ROLE)) == ("badge", "bad")
    assert state.data(Qt.ItemDataRole.AccessibleTextRole) == "late clash"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "done"
    assert Qt.AlignmentFlag(paid.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight


def test_few_rows_and_many_are_found_alike(model: PagedModel[Person]) -> None:
    model.set_ids(range(300, 0, -1))
    expected = [(key, 300 - key) for key in range(1, 301)]
    assert model.row_of(301) is None and model.row_of(0) is None
    assert [(key, model.row_of(key)) for key in range(1, 301)] == expected
    assert model.row_of(301) is None
    model.set_ids([7, 5])
    assert (model.row_of(5), model.row_of(7), model.row_of(300)) == (1, 0, None)
