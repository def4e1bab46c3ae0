"""What a lead is worth: points by rules that the user writes, and the heat that follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain import conditions
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

MOST = 999
"""The most points that one rule may give or take."""
_FOLLOWING = frozenset({"heat", "score"})

FIELDS = (
    Field("name", N_("Name"), required=True, most=200),
    Field("filter", N_("Which leads"), required=True, most=100_000),
    Field("points", N_("Points"), FieldType.INTEGER, required=True, least=-MOST, most=MOST),
)


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """So many points (below zero too) for each lead that passes a filter; `filter` is as it is stored."""

    id: int
    name: str
    filter: str
    points: int
    position: int


@dataclass(frozen=True, slots=True)
class Score:
    """A lead's points today, and the rules that give them; `stored` is what the file says (None: never scored).

    `heat` is the one that is written, `by_score` the one that would follow from the points; `scored` says whether the
    written one follows from them. `rules` says whether there are any.
    """

    total: int
    parts: tuple[ScoreRule, ...]
    stored: int | None
    heat: str | None
    by_score: str
    scored: bool
    rules: bool

    @property
    def older(self) -> bool:
        """Whether the points in the file are not those of today."""
        return self.rules and self.stored != self.total


@dataclass(frozen=True, slots=True)
class LeadScore:
    """One lead of the list of scores: its points today, those in the file (None: never scored), and its heat."""

    id: int
    name: str
    total: int
    stored: int | None
    heat: str | None


def heat_of(points: int, warm: int, hot: int) -> str:
    """The heat that follows from points: hot and warm from their thresholds on, else cold."""
    return "hot" if points >= hot else "warm" if points >= warm else "cold"


def for_scoring(wanted: CustomerFilter) -> bool:
    """Whether a rule may use a filter: not one that asks for the heat, which follows from the score itself."""
    asked = conditions.conditions(wanted.conditions) if wanted.conditions else ()
    return not wanted.heats and not any(condition.field in _FOLLOWING for condition in asked)


SUGGESTED: tuple[tuple[str, int, CustomerFilter | str], ...] = (
    (N_("Came by referral"), 25, "referral"),
    (N_("Walked in"), 15, "walk_in"),
    (N_("Asked on the website"), 10, "website"),
    (N_("Met at an exhibition"), 10, "exhibition"),
    (N_("Has an open deal"), 25, CustomerFilter(open_deals=True)),
    (N_("Marked with a star"), 15, CustomerFilter(starred=True)),
    (N_("No next step is planned"), -5, CustomerFilter(no_next_step=True)),
    (N_("Nobody spoke to them for 14 days"), -10, CustomerFilter(untouched_days=14)),
    (N_("Nobody spoke to them for 60 days"), -15, CustomerFilter(untouched_days=60)),
)
"""The rules to begin with, on request: a name, its points, and its filter or the code of a source."""
