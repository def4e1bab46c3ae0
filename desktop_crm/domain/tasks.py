"""Tasks: what is to be done, and when it is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.business import MOST_MINUTES
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.values import Period

GROUPS = {
    "overdue": N_("Overdue"), "today": N_("Today"), "week": N_("Next 7 days"), "later": N_("Later"),
    "undated": N_("No date"), "done": N_("Done"),
}

USUAL_MINUTES = 30
"""How long a task takes if nobody said."""

FIELDS = (
    Field("name", N_("Task"), required=True),
    Field("kind", N_("Kind"), FieldType.CHOICE, choices=KINDS),
    Field("due_on", N_("Due on"), FieldType.DATE),
    Field("due_time", N_("At"), FieldType.TIME),
    Field("minutes", N_("Minutes"), FieldType.INTEGER, most=100_000),
    Field("remind_minutes", N_("Reminder, minutes before"), FieldType.INTEGER, most=MOST_MINUTES),
    Field("important", N_("Important"), FieldType.YES_NO),
    Field("urgent", N_("Urgent"), FieldType.YES_NO),
    Field("done_on", N_("Done on"), FieldType.DATE),
    Field("customer_id", N_("Customer"), FieldType.LINK, link="customers"),
    Field("contact_id", N_("Contact"), FieldType.LINK, link="contacts"),
    Field("deal_id", N_("Deal"), FieldType.LINK, link="deals"),
    Field("seller_id", N_("Seller"), FieldType.LINK, link="sellers"),
    Field("notes", N_("Notes"), FieldType.LONG),
    Field("created_on", N_("Created on"), FieldType.DATE),
    Field("external_id", N_("External ID")),
)


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks a list shows. `due` and `done` are half-open periods; `open_only` leaves done ones out."""

    search: str = ""
    open_only: bool = False
    done_only: bool = False
    due: Period | None = None
    done: Period | None = None
    overdue_at: date | None = None
    sellers: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    customers: tuple[int, ...] = ()
    deals: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the task list; `ring_at` is the instant of its next ring, None if it rings no more."""

    id: int
    name: str
    kind: str
    due_on: date | None
    due_time: str | None
    minutes: int | None
    important: bool
    urgent: bool
    done_on: date | None
    customer_id: int | None
    customer: str | None
    deal_id: int | None
    deal: str | None
    seller: str | None
    seller_id: int | None = None
    ring_at: datetime | None = None

    @property
    def slot(self) -> tuple[int, int] | None:
        """The minutes of its day that it takes, [start, end); None without a time. Unsaid it lasts half an hour."""
        if self.due_time is None:
            return None
        start = int(self.due_time[:2]) * 60 + int(self.due_time[3:])
        return start, start + (self.minutes or USUAL_MINUTES)

    def group(self, today: date) -> str:
        """Under which heading of the Today list the task stands (a key of GROUPS)."""
        if self.done_on is not None:
            return "done"
        if self.due_on is None:
            return "undated"
        days = (self.due_on - today).days
        return "overdue" if days < 0 else "today" if days == 0 else "week" if days <= 7 else "later"


def clashes(tasks: Iterable[TaskRow]) -> dict[int, str]:
    """The tasks that overlap another of the same day and seller, with the time of the (first) other one.

    Tasks without a seller are one person's. Done ones and those without a time clash with none.
    """
    lanes: dict[tuple[date, int | None], list[tuple[int, int, TaskRow]]] = {}
    for task in tasks:
        if task.due_on is not None and task.slot is not None and task.done_on is None:
            lanes.setdefault((task.due_on, task.seller_id), []).append((*task.slot, task))
    found: dict[int, str] = {}
    for lane in lanes.values():
        lane.sort(key=lambda entry: (entry[0], entry[2].id))
        longest = lane[0]
        for entry in lane[1:]:
            if entry[0] < longest[1]:
                found.setdefault(longest[2].id, str(entry[2].due_time))
                found.setdefault(entry[2].id, str(longest[2].due_time))
            longest = max(longest, entry, key=lambda other: other[1])
    return found
