"""A report's values as the window writes them, and in what order a column's values stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from heapq import nlargest, nsmallest
from typing import Any

from desktop_crm.domain.values import minor_digits, sort_key
from desktop_crm.export.cells import forms, shown, titled
from desktop_crm.reports.report import Cell, Figure, Table, ValueType
from desktop_crm.ui.ordering import name_key
from desktop_crm.ui.words import current

_OUTER = 24


def figure_text(figure: Figure, currency: str) -> str:
    """The value of a card: money with its sign, the decimals only where there are any."""
    if figure.type is ValueType.MONEY and isinstance(figure.value, int):
        whole = figure.value % 10 ** minor_digits(currency) == 0
        return current().money(figure.value, currency, short=whole)
    return shown(figure.value, figure.type, currency, current(), symbol=True)


class Written:
    """A table's cells, titles and totals as a reader sees them; no Qt, so any thread may ask."""

    def __init__(self, table: Table, currency: str) -> None:
        self.table = table
        self.titles = [titled(column, currency, current()) for column in table.columns]
        self._forms = forms(currency, current())
        self._widest: dict[int, list[str]] = {}

    def text(self, place: int, column: int) -> str:
        """A cell by its place in the report's table."""
        return self._forms[self.table.columns[column].type](self.table.rows[place][column])

    def total(self, column: int) -> str:
        """The total of a column, "" where there is none."""
        totals = self.table.totals
        if totals is None or totals[column] is None:
            return ""
        return self._forms[self.table.columns[column].type](totals[column])

    def at_end(self, column: int) -> bool:
        """Whether a column's values stand at its end, as numbers do."""
        return self.table.columns[column].type.numeric and self.table.columns[column].type is not ValueType.TIME

    def widest(self, column: int) -> list[str]:
        """The cells among which the widest is: the outer ones of numbers, the longest of words."""
        if column not in self._widest:
            self._widest[column] = self._find_widest(column)
        return self._widest[column]

    def measured(self) -> Written:
        """The same, its widest cells found: for a thread beside the window's, where there are many rows."""
        for column in range(len(self.titles)):
            self.widest(column)
        return self

    def _find_widest(self, column: int) -> list[str]:
        rows, kind = self.table.rows, self.table.columns[column].type
        known = [place for place, row in enumerate(rows) if row[column] is not None]
        if kind is ValueType.DATE or len(known) <= 2 * _OUTER:
            outer = known[-2 * _OUTER:]
        elif kind.numeric:
            outer = nsmallest(_OUTER, known, lambda place: _key(rows[place][column]))
            outer += nlargest(_OUTER, known, lambda place: _key(rows[place][column]))
        else:
            outer = nlargest(_OUTER, known, lambda place: len(str(rows[place][column])))
        return [self.text(place, column) for place in outer] + ["—"] * (len(known) < len(rows))


def sorted_rows(rows: Sequence[Sequence[Cell]], column: int, descending: bool) -> list[int]:
    """The places of `rows` in the order of a column's values; unknown ones last either way, ties as they stood."""
    known = [place for place, row in enumerate(rows) if row[column] is not None]
    unknown = [place for place, row in enumerate(rows) if row[column] is None]
    name = name_key()
    known.sort(key=lambda place: _key(rows[place][column], name), reverse=descending)
    return known + unknown


def _key(cell: Cell, name: Callable[[str], Any] = sort_key) -> tuple[int, float, Any]:
    """Numbers before days before words, each in its own order; words by `name`."""
    if isinstance(cell, (int, float)):
        return (0, cell, "")
    if isinstance(cell, date):
        return (1, cell.toordinal(), "")
    return (2, 0, name(str(cell)))
