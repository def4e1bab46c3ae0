"""Progress in steady time: how many open deals are no longer in their stage than won deals were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Standing:
    """An open deal and how it stands: since how many whole days in which stage; None if that day is not known."""

    deal: int
    stage: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Usual:
    """How long won deals stood in a stage: the median of `stays` finished stays, in days."""

    stage: str
    days: float
    stays: int


@dataclass(frozen=True, slots=True)
class Adherence:
    """The open deals that can be judged, those among them that are `late`, and how many can not be (`apart`).

    `late` is in ascending id; `usual` has the open stages that won deals have passed, in their order.
    """

    judged: int = 0
    late: tuple[int, ...] = ()
    apart: int = 0
    usual: tuple[Usual, ...] = ()

    @property
    def thousandths(self) -> int | None:
        """Deals whose age in stage ≤ the median of won deals there ÷ open deals (DEFINITIONS.md), half up.

        One that can not be judged, because its day of entry is not known or no won deal has been in its stage, counts
        as open alone. None where none at all can be judged.
        """
        on_time, opened = self.judged - len(self.late), self.judged + self.apart
        return (2000 * on_time + opened) // (2 * opened) if self.judged else None

    @property
    def share(self) -> float | None:
        """The adherence as a share of one."""
        return None if self.thousandths is None else self.thousandths / 1000


def median(stays: Mapping[int, int]) -> float:
    """The median of lengths that are given as days → how many; StopIteration where there are none."""
    lengths = sorted(stays)
    ends = list(accumulate(stays[days] for days in lengths))
    low, high = (next(days for days, end in zip(lengths, ends, strict=True) if end > place)
                 for place in ((ends[-1] - 1) // 2, ends[-1] // 2))
    return (low + high) / 2


def judge(deals: Iterable[Standing], stays: Mapping[int, Mapping[int, int]], names: Mapping[int, str]) -> Adherence:
    """The adherence of open deals; `stays` of won deals as days → how many, by stage, `names` of the open stages."""
    usual = {stage: median(stays[stage]) for stage in names if stays.get(stage)}
    late: list[int] = []
    judged = apart = 0
    for deal in deals:
        if deal.days is None or deal.stage not in usual:
            apart += 1
            continue
        judged += 1
        if deal.days > usual[deal.stage]:
            late.append(deal.deal)
    return Adherence(judged, tuple(sorted(late)), apart, tuple(
        Usual(names[stage], days, sum(stays[stage].values())) for stage, days in usual.items()))
