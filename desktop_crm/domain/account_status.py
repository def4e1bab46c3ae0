"""How a customer stands: how active they are, where they are as a buyer, and whether they buy more than before.

Everything is computed from what is in the file; nothing of it is written down. The lapse length (DEFINITIONS.md,
indicator 9) is a setting of the business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.segments import LAPSE_DAYS
from desktop_crm.domain.values import plain_digits

ACTIVITY = {"active": N_("In touch"), "quiet": N_("Quiet"), "dormant": N_("Dormant"), "none": N_("No contact yet")}
"""By the last held contact or purchase: within half the lapse length, within all of it, longer ago, never."""
STAGES = {"never": N_("Never bought"), "first": N_("First purchase"), "repeat": N_("Repeat buyer"),
          "lapsed": N_("Lapsed")}
"""As a buyer: no purchase, one within the lapse length, several with the last in it, none in it any more."""
SETTING = "lapse_days"
MOST_DAYS = 3650


def lapse_days(settings: Mapping[str, str]) -> int:
    """After how many days without a purchase a buyer has lapsed, out of a file's settings."""
    return int(settings.get(SETTING) or LAPSE_DAYS)


def checked_lapse(text: str) -> str:
    """A lapse length as it is saved; InvalidInput for what is no number of days, or no time to lapse in."""
    days = plain_digits(text).strip()
    if not days.isdecimal() or not 2 <= int(days[:9]) <= MOST_DAYS:
        raise InvalidInput(N_("“{value}” is not a number of days from {least} to {most}."), SETTING, value=text,
                           least=2, most=MOST_DAYS)
    return str(int(days))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a customer's standing follows from; money in minor units of the business's currency, returns taken off.

    `revenue` is of the last 365 days, `before` of the 365 days before them.
    """

    last_contact: date | None
    last_purchase: date | None
    purchases: int
    revenue: int
    before: int


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """How one customer stands on a day, with what it follows from; `lapse` in days."""

    facts: Facts
    activity: str
    stage: str
    lapse: int

    @property
    def growth(self) -> float | None:
        """The share by which revenue grew against the year before, below zero it fell; None without revenue then."""
        return growth(self.facts.revenue, self.facts.before)


def activity(facts: Facts, today: date, lapse: int) -> str:
    """How active a customer is: a code of ACTIVITY."""
    last = max((day for day in (facts.last_contact, facts.last_purchase) if day is not None), default=None)
    if last is None:
        return "none"
    days = (today - last).days
    return "active" if days < lapse // 2 else "quiet" if days < lapse else "dormant"


def stage(facts: Facts, today: date, lapse: int) -> str:
    """Where a customer is as a buyer: a code of STAGES."""
    if not facts.purchases:
        return "never"
    if facts.last_purchase is None or (today - facts.last_purchase).days >= lapse:
        return "lapsed"
    return "first" if facts.purchases == 1 else "repeat"


def growth(now: int, before: int) -> float | None:
    """(now − before) / before; None where before is not above zero (DEFINITIONS.md, Growth)."""
    return (now - before) / before if before > 0 else None
