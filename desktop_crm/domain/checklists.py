"""What has to be known of a lead before it counts as qualified: two lists of items, each ticked with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field

LISTS = {"marketing": N_("Marketing qualified"), "sales": N_("Sales qualified")}
FIELDS = (Field("name", N_("Name"), required=True, most=200),)
USUAL = {
    "marketing": (N_("Fits what we sell"), N_("Contact details are right"), N_("Shows real interest")),
    "sales": (N_("Enough budget"), N_("Authority to decide"), N_("Need"), N_("Time of the purchase")),
}
"""The items to begin with, on request, by list."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know, with its place in its list."""

    id: int
    list: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An item of a lead's list: since which day it is known and who said so, both empty while it is not."""

    item: Item
    on_date: date | None = None
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One list as it stands for one lead."""

    list: str
    marks: tuple[Mark, ...]

    @property
    def done(self) -> int:
        """How many items are ticked."""
        return sum(mark.on_date is not None for mark in self.marks)

    @property
    def complete(self) -> bool:
        """Whether there are items and all are ticked."""
        return bool(self.marks) and self.done == len(self.marks)

    @property
    def reached_on(self) -> date | None:
        """The day on which the last item was ticked, None while one is open."""
        return max((mark.on_date for mark in self.marks if mark.on_date), default=None) if self.complete else None
