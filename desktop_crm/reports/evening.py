"""The evening's report: of the daily one what its owner wants to know away from the shop, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.i18n import Language, language
from desktop_crm.reports.report import Cell, Column, Figure, Report, Section, Table, ValueType

_ALWAYS = ("won_amount", "received")
_FIGURES = (*_ALWAYS, "cash_counted", "credit_given", "collected", "target", "planned_tomorrow", "planned_week",
            "won", "leads")
_DONE = ("won_amount", "received", "won", "lost", "done", "overdue")
"""What of a seller's day is told, if anybody has any of it."""
_LINES, _HEAD, _LEAST, _LATE = 19, 4, 3, 4
"""Lines of tables that find room on the page, those that a table's headings take, its least rows, late acts told."""
_ACROSS, _CARDS, _CHART = 4, 3, 5
"""Figures beside each other, the lines that each row of them beyond the second takes, and those that the chart does."""


def evening(daily: Report) -> Report:
    """A daily report's key figures, chart, what needs you, takings, late acts, and sellers with their targets.

    What is empty is left out. Of more rows than the page has room for the first ones stay, and if that is not enough
    the chart goes; totals speak of all.
    """
    figures: Mapping[str, Figure] = {figure.key: figure for figure in daily.figures}
    tables: Mapping[str, Table] = {table.key: table for table in daily.tables if table.rows}
    words = language(daily.language)
    shown = tuple(figures[key] for key in _FIGURES if key in figures and (
        figures[key].value or key in _ALWAYS or figures[key].share is not None))
    late = (_late(tables["late"], daily.currency, words),) if "late" in tables else ()
    left = _LINES - sum(2 + len(section.items) for section in late) - _CARDS * max(0, (len(shown) - 1) // _ACROSS - 1)
    keys = [key for key in ("takings", "people") if key in tables]
    crowded = left < len(keys) * (_HEAD + _LEAST)
    left += _CHART if crowded else 0
    made = []
    for place, key in enumerate(keys, 1):
        table = tables[key] if key != "people" else _people(tables[key], tables.get("targets"), words)
        others = (len(keys) - place) * (_HEAD + _LEAST)
        made.append(_cut(table, max(_LEAST, left - _HEAD - others), words))
        left -= len(made[-1].rows) + _HEAD
    return replace(daily, name="evening", tables=tuple(made), notes=(), figures=shown,
                   chart=None if crowded else daily.chart,
                   sections=(*(section for section in daily.sections if section.items), *late))


def _cut(table: Table, most: int, words: Language) -> Table:
    more = len(table.rows) - most
    if more <= 0:
        return table
    return replace(table, rows=table.rows[:most], filters=table.filters[:most],
                   note=words.count(N_("and {n} more row"), N_("and {n} more rows"), more))


def _people(people: Table, targets: Table | None, words: Language) -> Table:
    """What each seller did, as far as anybody did any of it, with their target and what they have won of it."""
    places = {column.key: place for place, column in enumerate(people.columns)}
    kept = [places[key] for key in _DONE
            if key in _ALWAYS or any(row[places[key]] for row in people.rows)]
    plans = {} if targets is None else {
        _seller(wanted): row for wanted, row in zip(targets.filters, targets.rows, strict=True)}
    plan = (Column("target", words.say(N_("Target")), ValueType.MONEY),
            Column("so_far", words.say(N_("Won so far")), ValueType.MONEY),
            Column("share", words.say(N_("Of the target")), ValueType.RATE)) if plans else ()

    def line(row: tuple[Cell, ...], seller: int | None) -> tuple[Cell, ...]:
        known = plans.get(seller)
        return (row[0], *(row[place] for place in kept), *((known[1:4] if known else (None,) * 3) if plans else ()))

    totals = people.totals
    return replace(
        people, columns=(people.columns[0], *(people.columns[place] for place in kept), *plan),
        rows=tuple(line(row, _seller(wanted)) for row, wanted in zip(people.rows, people.filters, strict=True)),
        totals=None if totals is None else line(totals, None))


def _seller(wanted: object | None) -> int | None:
    """The seller whose rows a filter lists; 0 for nobody, None for the whole shop."""
    return wanted.sellers[0] if isinstance(wanted, DealFilter) and wanted.sellers else None


def _late(table: Table, currency: str, words: Language) -> Section:
    """The late acts as sentences: what, for which day, how it moved the sums, by whom."""
    items = []
    titles = {column.key: column.title for column in table.columns}
    for place, row in enumerate(table.rows[:_LATE]):
        act, day, won, received, actor = (*row, None)[:5]
        sums = {"": won} if won == received else {titles["won_amount"]: won, titles["received"]: received}
        moved = [(f"{title}: " if title else "") + words.money(int(str(amount)), currency)
                 for title, amount in sums.items() if amount]
        said = (str(act), words.day(day if isinstance(day, date) else None), *moved, str(actor or ""))
        items.append((" · ".join(part for part in said if part), table.filters[place], ""))
    more = len(table.rows) - _LATE
    if more > 0:
        items.append((words.count(N_("and {n} more act"), N_("and {n} more acts"), more), None, ""))
    return Section("late", table.title, tuple(items))
