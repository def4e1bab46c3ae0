"""The evening's report: of the daily one what its owner wants to know away from the shop, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop_crm.domain.errors import N_
from desktop_crm.i18n import Language, language
from desktop_crm.reports.report import Figure, Report, Table

_ALWAYS = ("won_amount", "received")
_FIGURES = (*_ALWAYS, "cash_counted", "credit_given", "collected", "target", "planned_tomorrow", "planned_week",
            "won", "leads")
_TABLES = ("takings", "receivers", "targets", "people", "late")
_ROWS = 12
"""Rows of a table that find room on the page; of more, the first ones, and the total speaks of all."""


def evening(daily: Report) -> Report:
    """A daily report's key figures, chart, what needs you, takings, targets and sellers; what is empty is left out."""
    figures: Mapping[str, Figure] = {figure.key: figure for figure in daily.figures}
    tables: Mapping[str, Table] = {table.key: table for table in daily.tables if table.rows}
    words = language(daily.language)
    return replace(daily, name="evening", figures=tuple(
        figures[key] for key in _FIGURES if key in figures and (figures[key].value or key in _ALWAYS)),
        tables=tuple(_short(tables[key], words) for key in _TABLES if key in tables),
        sections=tuple(section for section in daily.sections if section.items), notes=())


def _short(table: Table, words: Language) -> Table:
    more = len(table.rows) - _ROWS
    if more <= 0:
        return table
    return replace(table, rows=table.rows[:_ROWS], filters=table.filters[:_ROWS], ids=table.ids[:_ROWS],
                   note=words.count(N_("and {n} more row"), N_("and {n} more rows"), more))
