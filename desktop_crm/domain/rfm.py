"""RFM: how lately, how often and for how much customers bought, as scores of 1 to 5 and groups (DEFINITIONS.md).

Each score is `1 + floor(5 · strictly worse / n)` over the buyers of the window, so that ties share one. Where more than
40 % share one value, and under 50 buyers, fixed cut-offs take its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import plain_digits

SEGMENTS = {
    "champions": N_("Champions"), "loyal": N_("Loyal"), "new": N_("New buyers"), "promising": N_("Promising"),
    "cannot_lose": N_("Can't lose"), "at_risk": N_("At risk"), "attention": N_("Need attention"),
    "hibernating": N_("Hibernating"), "lost": N_("Lost buyers"), "no_purchase": N_("No purchase lately"),
}
"""The groups, the best first; the last are buyers from before the window."""
BASES = {"purchases": N_("Purchases"), "payments": N_("Payments received")}
"""What counts as buying: won deals by their day, net of returns; or money that came in."""
MONTHS = 12
MOST_MONTHS = 120
FEWEST = 50
_SHARED = 0.4
Thresholds = tuple[float, ...]
"""From which values on a score is 2, 3, 4, 5, ascending."""


class Bought(NamedTuple):
    """What one customer bought: the day of their last purchase (None: not known), orders and their sum in the window.

    `amount` is minor units of the business's currency, net of returns. Without orders they are a buyer of before.
    """

    last_on: date | None
    orders: int
    amount: int


class Rfm(NamedTuple):
    """Days since the last purchase, orders and their sum in the window; the scores, and the group's code.

    The scores are None for buyers from before the window.
    """

    days: int | None
    orders: int
    amount: int
    r: int | None
    f: int | None
    m: int | None
    segment: str

    @property
    def code(self) -> str:
        """The three scores as people write them: "554"; "" without any."""
        return "" if self.r is None else f"{self.r}{self.f}{self.m}"


@dataclass(frozen=True, slots=True)
class Cuts:
    """The fixed cut-offs of the scores 5, 4, 3 and 2: days at most, orders at least, parts of the median at least."""

    recency: tuple[float, ...] = (30, 60, 90, 180)
    frequency: tuple[float, ...] = (8, 5, 3, 2)
    monetary: tuple[float, ...] = (4, 2, 1, 0.5)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a business scores its buyers: the months of the window, what counts as buying, the fixed cut-offs."""

    months: int = MONTHS
    base: str = "purchases"
    cuts: Cuts = Cuts()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Ranking(Mapping[int, Rfm]):
    """The buyers of a file as they stood at the end of the day `on`, by customer id.

    `fixed` names the scores (r, f, m) that the fixed cut-offs gave.
    """

    on: date
    plan: Plan
    fixed: frozenset[str]
    of: Mapping[int, Rfm]

    def __getitem__(self, customer: int) -> Rfm:
        return self.of[customer]

    def __iter__(self) -> Iterator[int]:
        return iter(self.of)

    def __len__(self) -> int:
        return len(self.of)


def window_start(on: date, months: int) -> date:
    """The day before the first one of the trailing months that end with the day `on`: the same day so long ago."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    if year < 1:
        return date.min
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(on.day, last))


def rank(bought: Mapping[int, Bought], on: date, plan: Plan = Plan()) -> Ranking:
    """Score all buyers of a file at a day (formula: DEFINITIONS.md, RFM)."""
    from statistics import median  # not when a file is opened

    inside = [one for one in bought.values() if one.orders]
    values = {"r": [-_days(one, on) for one in inside], "f": [one.orders for one in inside],
              "m": [one.amount for one in inside]}
    cuts = _fixed(plan.cuts, median(values["m"]) if inside else 0)
    fixed = frozenset(key for key, of in values.items() if len(of) < FEWEST or _shared(of))
    scales = {key: cuts[key] if key in fixed else fifths(of) for key, of in values.items()}
    groups: dict[tuple[int, int, int, bool], str] = {}
    found = {}
    for customer, one in bought.items():
        days = None if one.last_on is None else (on - one.last_on).days
        if not one.orders:
            found[customer] = Rfm(days, 0, one.amount, None, None, None, "no_purchase")
            continue
        r = 1 + bisect_right(scales["r"], -_days(one, on))
        f = 1 + bisect_right(scales["f"], one.orders)
        m = 1 + bisect_right(scales["m"], one.amount)
        key = (r, f, m, one.orders == 1)
        if key not in groups:
            groups[key] = segment(*key)
        found[customer] = Rfm(days, one.orders, one.amount, r, f, m, groups[key])
    return Ranking(on, plan, fixed, found)


def _days(one: Bought, on: date) -> int:
    assert one.last_on is not None  # who has orders in the window has the day of the last
    return (on - one.last_on).days


def _fixed(cuts: Cuts, middle: float) -> dict[str, Thresholds]:
    return {"r": tuple(-days for days in reversed(cuts.recency)), "f": tuple(reversed(cuts.frequency)),
            "m": tuple(part * middle for part in reversed(cuts.monetary))}


def _shared(values: Sequence[int]) -> bool:
    """Whether one value is that of more than 40 % of the buyers."""
    return Counter(values).most_common(1)[0][1] > _SHARED * len(values)


def fifths(values: Sequence[int]) -> Thresholds:
    """The thresholds at which `1 + floor(5 · strictly worse / n)` steps up; more is better, ties share a score."""
    ordered, count = sorted(values), len(values)
    found = []
    for step in range(1, 5):
        worse = ordered[-(-count * step // 5) - 1]  # the last value that has too few below it
        place = bisect_right(ordered, worse)
        found.append(float(ordered[place]) if place < count else float("inf"))
    return tuple(found)


def segment(r: int, f: int, m: int, once: bool) -> str:
    """The group of three scores, the first that matches; `once` says that there was exactly one order."""
    rules = (
        ("champions", r >= 4 and f >= 4 and m >= 4), ("loyal", r >= 3 and f >= 3), ("new", r >= 4 and once),
        ("promising", r >= 3), ("cannot_lose", r == 1 and f >= 4 and m >= 4), ("at_risk", f >= 3),
        ("attention", r == 2 and f == 2), ("hibernating", r == 2))
    return next((code for code, holds in rules if holds), "lost")


# The plan as the file keeps it, each part a setting; cut-offs as people type them: "30/60/90/180"


SETTINGS = ("rfm_months", "rfm_base", "rfm_recency", "rfm_frequency", "rfm_monetary")
"""The keys of the settings that a plan is read from."""


def read_plan(settings: Mapping[str, str]) -> Plan:
    """The plan out of a file's settings; what is missing has its default. InvalidInput for what cannot be."""
    cuts = Cuts()
    typed = settings.get("rfm_months") or str(MONTHS)
    months = plain_digits(typed).strip()
    if not months.isdecimal() or not 1 <= int(months[:9]) <= MOST_MONTHS:
        raise InvalidInput(N_("“{value}” is not a number of months from 1 to {most}."), "rfm_months", value=typed,
                           most=MOST_MONTHS)
    base = settings.get("rfm_base") or "purchases"
    if base not in BASES:
        raise InvalidInput(N_("“{value}” is not a choice here. Nothing was saved."), "rfm_base", value=base)
    return Plan(int(months), base, Cuts(*(
        read_cuts(settings[f"rfm_{part}"], part) if settings.get(f"rfm_{part}") else getattr(cuts, part)
        for part in ("recency", "frequency", "monetary"))))


def write_plan(plan: Plan) -> dict[str, str]:
    """A plan as settings of a file."""
    return {"rfm_months": str(plan.months), "rfm_base": plan.base,
            **{f"rfm_{part}": write_cuts(getattr(plan.cuts, part)) for part in ("recency", "frequency", "monetary")}}


def read_cuts(text: str, field: str) -> tuple[float, ...]:
    """Four cut-offs out of their text, those of the score 5 first; InvalidInput for anything else.

    `field` is recency, whose days go up, or frequency or monetary, which go down.
    """
    try:
        found = tuple(float(plain_digits(part).strip().replace(",", ".")) for part in text.split("/"))
    except ValueError:
        found = ()
    right = sorted(found, reverse=field != "recency")
    if len(set(found)) != 4 or list(found) != right or not all(0 <= value < 10**6 for value in found):
        raise InvalidInput(N_("“{value}” is not four cut-offs. Write them for the scores 5, 4, 3 and 2, like {like}."),
                           f"rfm_{field}", value=text, like=write_cuts(getattr(Cuts(), field)))
    return found


def write_cuts(cuts: Sequence[float]) -> str:
    """Cut-offs as text: "30/60/90/180"."""
    return "/".join(f"{value:g}" for value in cuts)
