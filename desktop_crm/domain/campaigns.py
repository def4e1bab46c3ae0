"""Campaigns: what is done to win customers, what it cost and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.figures import divided

FIELDS = (
    Field("name", N_("Name"), required=True, most=200),
    Field("source_id", N_("Source"), FieldType.LINK, link="sources"),
    Field("cost", N_("Campaign cost"), FieldType.MONEY),
    Field("from_on", N_("First day"), FieldType.DATE),
    Field("until_on", N_("Last day"), FieldType.DATE),
    Field("notes", N_("Notes"), FieldType.LONG),
)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign with what came of it; amounts are minor units of `currency`, `cost` may be unknown.

    `leads` are those who came by it and are leads or were, `converted` those of them who became customers; `won` is
    the sum of the won deals of all who came by it, returns taken off; `others` what was won in other currencies.
    """

    id: int
    name: str
    source_id: int | None
    source: str | None
    cost: int | None
    currency: str
    from_on: date | None
    until_on: date | None
    notes: str | None
    leads: int = 0
    converted: int = 0
    won: int = 0
    others: tuple[tuple[str, int], ...] = ()

    @property
    def cost_per_lead(self) -> int | None:
        """Cost / leads, minor units (DEFINITIONS.md, indicator 5); None without a cost or a lead."""
        return None if self.cost is None else divided(self.cost, self.leads)

    @property
    def return_(self) -> float | None:
        """(Won − cost) / cost; None where the cost is unknown or nothing."""
        return (self.won - self.cost) / self.cost if self.cost else None

    def runs(self, day: date) -> bool:
        """Whether the day lies between its first and its last, those included; an unknown one bounds nothing."""
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)
