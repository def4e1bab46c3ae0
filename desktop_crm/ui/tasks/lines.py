"""The lines of the task list: what each column says of a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_crm.domain.tasks import GROUPS, TaskRow
from desktop_crm.services import tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.models import ColumnSpec, RowGroup
from desktop_crm.ui.words import N_, current, tr, tr_count

DONE, NAME, WHO, DUE = range(4)


@dataclass(frozen=True, slots=True)
class Line:
    """A task, the present day it is seen from, the time of the task that it clashes with and of its own ring.

    The two are "" if there is none.
    """

    row: TaskRow
    today: date
    clash: str
    rings: str = ""


def fetch(book: Book, ids: Sequence[int]) -> list[Line | None]:
    """The lines of some tasks, in the order asked for; None for one that is gone."""
    today = book.today()
    rows = {row.id: row for row in tasks.rows(book, ids)}
    clashes = tasks.clashing(book, list(rows.values()))
    return [Line(rows[key], today, clashes.get(key, ""), _rings(book, rows[key].ring_at, today)) if key in rows
            else None for key in ids]


def _rings(book: Book, ring_at: datetime | None, today: date) -> str:
    """When a task rings, in few letters."""
    if ring_at is None:
        return ""
    local = book.business.local(ring_at)
    return current().clock(local) if local.date() == today else f"{day(local.date(), today)} {current().clock(local)}"


def columns() -> tuple[ColumnSpec[Line], ...]:
    """The columns, in the order of DONE, NAME, WHO, DUE."""
    return (
        ColumnSpec("done", "", lambda line: "", kind="check", checked=_done, sortable=False),
        ColumnSpec("name", tr(N_("Task")), lambda line: line.row.name, bold=True, width=160, struck=_done,
                   note=_mark, sortable=False, stretch=True),
        ColumnSpec("who", tr(N_("Customer")), who, kind="dim", width=140, sortable=False),
        ColumnSpec("due", tr(N_("Due on")), due, align="end", width=150, tone=_tone, note=_note, tooltip=_seller,
                   icon=_bell, sortable=False),
    )


def who(line: Line) -> str:
    """The customer and the deal."""
    return " · ".join(part for part in (line.row.customer, line.row.deal) if part)


def due(line: Line) -> str:
    """When it is due, as seen from today: "3 days late", "Yesterday", "15:00", "Mon 09:00"."""
    row, at = line.row, clock(line.row.due_time)
    if row.done_on is not None and row.done_on != line.today:
        return day(row.done_on, line.today)
    if row.due_on is None:
        return at
    days = (row.due_on - line.today).days
    if days == 0 or row.done_on is not None:
        return at or (tr(N_("any time")) if row.done_on is None else "")
    if days == -1:
        return tr(N_("Yesterday"))
    if days < 0:
        return tr_count(N_("{n} day late"), N_("{n} days late"), -days)
    name = tr(N_("Tomorrow")) if days == 1 else day(row.due_on, line.today)
    return f"{name} {at}".strip()


def clock(at: str | None) -> str:
    """A stored 'HH:MM' as the language writes it; "" for none."""
    return current().clock(time.fromisoformat(at)) if at else ""


def day(when: date, today: date) -> str:
    """A day in few letters: the weekday within a week, the date beyond, the year where it is another."""
    if abs((when - today).days) <= 7:
        return current().skeleton(when, "E" if when > today else "EEEdMMM")
    return current().skeleton(when, "dMMM" if when.year == today.year else "yMMMd")


def group_titles(today: date, all_done: bool) -> dict[str, str]:
    """The headings, by the keys of GROUPS; done ones are today's unless all are shown."""
    titles = {key: tr(title) for key, title in GROUPS.items()}
    titles["today"] = tr(N_("Today · {day}"), day=current().full_day(today))
    if not all_done:
        titles["done"] = tr(N_("Done today"))
    return titles


def row_groups(groups: dict[str, list[int]], today: date, all_done: bool) -> list[RowGroup]:
    """The groups as the list shows them."""
    titles = group_titles(today, all_done)
    return [RowGroup(titles[key], ids, "bad" if key == "overdue" else "") for key, ids in groups.items()]


def _done(line: Line) -> bool:
    return line.row.done_on is not None


def _tone(line: Line) -> str:
    row = line.row
    if row.done_on is not None or row.due_on is None:
        return "dim"
    return "bad" if row.due_on < line.today else ""


def _mark(line: Line) -> tuple[str, str]:
    """Importance and urgency, said in a word."""
    if line.row.done_on is not None or not (line.row.important or line.row.urgent):
        return "", ""
    return (tr(N_("important")), "accent") if line.row.important else (tr(N_("urgent")), "warn")


def _note(line: Line) -> tuple[str, str]:
    return (tr(N_("clashes with {time}"), time=clock(line.clash)), "warn") if line.clash else ("", "")


def _bell(line: Line) -> tuple[str, str]:
    return ("bell", tr(N_("rings {time}"), time=line.rings)) if line.rings else ("", "")


def _seller(line: Line) -> str:
    return " · ".join(part for part in (line.row.seller or "", _bell(line)[1]) if part)
