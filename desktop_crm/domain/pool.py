"""The lead pool: open leads that nobody has, and those that somebody has and lets lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CLOSED = ("converted", "unqualified")
"""The states of a lead in which nothing is to be done with it any more; every other one is open."""
SELLER = "seller"
"""The field in the log of states where a lead went from one seller to another; before and after are then their ids."""


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One open lead: whose it is, and the day on which something last happened with it (None: not known).

    `former` is who had it last, of a lead that nobody has.
    """

    id: int
    name: str
    lead_state: str | None
    heat: str | None
    source: str | None
    region: str | None
    seller_id: int | None
    seller: str | None
    former: str | None
    touched_on: date | None
    created_on: date | None

    def days(self, today: date) -> int | None:
        """For how many days nothing has happened with it; None if that is not known."""
        return None if self.touched_on is None else (today - self.touched_on).days
