from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.reports.report import Cell, Column, Figure, Table, ValueType
from desktop_crm.ui.reports.cells import Written, figure_text, sorted_rows

cells = st.none() | st.integers(-10**12, 10**12) | st.dates() | st.text(max_size=8)


def test_unknown_values_stand_last_either_way() -> None:
    rows = [(None,), (2.5,), (10,), (1,)]
    assert sorted_rows(rows, 0, False) == [3, 1, 2, 0]
    assert sorted_rows(rows, 0, True) == [2, 1, 3, 0]


def test_words_stand_as_people_sort_them() -> None:
    rows = [("Shop 10",), ("shop 9",), ("Élan",), ("eland",)]
    assert [rows[place][0] for place in sorted_rows(rows, 0, False)] == ["Élan", "eland", "shop 9", "Shop 10"]


@given(st.lists(st.tuples(cells), max_size=30), st.booleans())
def test_each_row_keeps_a_place(rows: list[tuple[Cell]], descending: bool) -> None:
    assert sorted(sorted_rows(rows, 0, descending)) == list(range(len(rows)))


def test_a_figure_shows_decimals_only_where_there_are_any() -> None:
    def text(value: Cell, kind: ValueType, currency: str = "MYR") -> str:
        return figure_text(Figure("key", "Title", value, kind, ""), currency)

    assert text(1248000, ValueType.MONEY) == "RM 12,480"
    assert text(1248050, ValueType.MONEY) == "RM 12,480.50"
    assert text(1248, ValueType.MONEY, "JPY").endswith("1,248")
    assert text(0.6315, ValueType.RATE) == "63.2 %"
    assert text(None, ValueType.DAYS) == "—"


def test_a_table_is_written_as_a_reader_sees_it() -> None:
    table = Table("t", "T", (Column("name", "Name"), Column("won", "Won", ValueType.MONEY),
                             Column("at", "At", ValueType.TIME), Column("day", "Day", ValueType.DATE)),
                  (("Aminah", 123456, "09:30", date(2026, 11, 21)), (None, 9, None, None)),
                  totals=("Total", 123465, None, None))
    written = Written(table, "MYR")
    assert written.titles == ["Name", "Won (RM)", "At", "Day"]
    assert [written.text(0, column) for column in range(4)] == ["Aminah", "1,234.56", "09:30", "21 Nov 2026"]
    assert written.text(1, 0) == "—"
    assert [written.total(column) for column in range(4)] == ["Total", "1,234.65", "", ""]
    assert [written.at_end(column) for column in range(4)] == [False, True, False, False]
    assert "1,234.56" in written.widest(1)
