"""A report as JSON: the shape that the command line prints, without a field that depends on the clock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_crm.export.cells import exact, sound
from desktop_crm.reports.report import Cell, Column, Figure, Report, Table

Json = dict[str, Any]


def as_json(report: Report) -> Json:
    """The report as plain values; the top level's columns, rows and totals are the first table's.

    Money is a decimal string in major units, rates (0..1) and days are unrounded, dates are ISO and
    `to` is exclusive; totals are null where the table has none.
    """
    tables = [_table(table, report.currency) for table in report.tables]
    first = tables[0] if tables else {"columns": [], "rows": [], "totals": None}
    return {
        "name": report.name,
        "title": sound(report.title),
        "from": report.start.isoformat() if report.start else None,
        "to": report.end.isoformat() if report.end else None,
        "currency": report.currency,
        "columns": first["columns"],
        "rows": first["rows"],
        "totals": first["totals"],
        "figures": [_figure(figure, report.currency) for figure in report.figures],
        "tables": tables,
    }


def write_json(report: Report, path: Path) -> None:
    """Write `as_json` as UTF-8, letters as they are."""
    text = json.dumps(as_json(report), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _table(table: Table, currency: str) -> Json:
    return {
        "key": table.key,
        "title": sound(table.title),
        "columns": [{"key": column.key, "title": sound(column.title), "type": column.type.value}
                    for column in table.columns],
        "rows": [_row(row, table.columns, currency) for row in table.rows],
        "totals": None if table.totals is None else _row(table.totals, table.columns, currency),
    }


def _row(row: Sequence[Cell], columns: Sequence[Column], currency: str) -> list[Any]:
    return [exact(value, column.type, currency) for value, column in zip(row, columns, strict=True)]


def _figure(figure: Figure, currency: str) -> Json:
    return {
        "key": figure.key,
        "title": sound(figure.title),
        "value": exact(figure.value, figure.type, currency),
        "type": figure.type.value,
        "formula": sound(figure.formula),
        "note": sound(figure.note),
        "tone": figure.tone,
    }
