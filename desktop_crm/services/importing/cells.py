"""A cell as text, the way a person would write it."""

from __future__ import annotations

from datetime import date, datetime, time

from desktop_crm.readers import Value

NOTHING = frozenset({
    "", "-", "--", "—", "–", "n/a", "na", "#n/a", "null", "(null)", "none", "nil", "nan", "tba", "tbd", "?",
})
"""What people write into a date, number or choice that they do not know; in a name it is a name."""


def text_of(cell: Value) -> str:
    """The text of a cell less outer whitespace; whole numbers of a sheet without a point."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
