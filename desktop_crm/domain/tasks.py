"""Tasks: what is to be done, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.values import Period

GROUPS = {
    "overdue": N_("Overdue"), "today": N_("Today"), "week": N_("Next 7 days"), "later": N_("Later"),
    "undated": N_("No date"), "done": N_("Done"),
}

FIELDS = (
    Field("name", N_("Task"), required=True),
    Field("kind", N_("Kind"), FieldType.CHOICE, choices=KINDS),
    Field("due_on", N_("Due on"), FieldType.DATE),
    Field("due_time", N_("At"), FieldType.TIME),
    Field("minutes", N_("Minutes"), FieldType.INTEGER, most=100_000),
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
    """One line of the task list."""

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

    def group(self, today: date) -> str:
        """Under which heading of the Today list the task stands (a key of GROUPS)."""
        if self.done_on is not None:
            return "done"
        if self.due_on is None:
            return "undated"
        days = (self.due_on - today).days
        return "overdue" if days < 0 else "today" if days == 0 else "week" if days <= 7 else "later"
