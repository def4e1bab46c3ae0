"""A report's values as the window writes them, and in what order a column's values stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_crm.domain.values import minor_digits, sort_key
from desktop_crm.export.cells import shown, titled
from desktop_crm.reports.report import Cell, Figure, Table, ValueType
from desktop_crm.ui.words import current

__all__ = ["column_titles", "figure_text", "sorted_rows"]


def figure_text(figure: Figure, currency: str) -> str:
    """The value of a card: money with its sign, the decimals only where there are any."""
    if figure.type is ValueType.MONEY and isinstance(figure.value, int):
        whole = figure.value % 10 ** minor_digits(currency) == 0
        return current().money(figure.value, currency, short=whole)
    return shown(figure.value, figure.type, currency, current(), symbol=True)


def column_titles(table: Table, currency: str) -> list[str]:
    """The titles over a table's columns; money says its currency."""
    return [titled(column, currency, current()) for column in table.columns]


def sorted_rows(rows: Sequence[Sequence[Cell]], column: int, descending: bool) -> list[int]:
    """The places of `rows` in the order of a column's values; unknown ones last either way, ties as they stood."""
    known = [place for place, row in enumerate(rows) if row[column] is not None]
    unknown = [place for place, row in enumerate(rows) if row[column] is None]
    known.sort(key=lambda place: _key(rows[place][column]), reverse=descending)
    return known + unknown


def _key(cell: Cell) -> tuple[int, float, str]:
    """Numbers before days before words, each in its own order."""
    if isinstance(cell, (int, float)):
        return (0, cell, "")
    if isinstance(cell, date):
        return (1, cell.toordinal(), "")
    return (2, 0, sort_key(str(cell)))
