"""How a figure is taken: ours and its raw floor in turn, in one run, and the medians of both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: seconds (megabytes where `unit` says so), and the ratio or bound to reach."""

    operation: str
    floor_s: float | None
    ours_s: float
    ratio: float | None
    target: float
    met: bool
    unit: str = "s"

    def plain(self) -> dict[str, object]:
        """As it is written to out/bench.json."""
        return asdict(self)


def once(act: Callable[[], object]) -> float:
    """Seconds that `act` takes, its garbage of before collected first."""
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def paired(operation: str, floor: Callable[[], object], ours: Callable[[], object], target: float,
           runs: int = 5) -> Result:
    """Floor and ours in turn, `runs` times after one of each that does not count; the ratio of their medians."""
    once(floor), once(ours)
    floors, own = [], []
    for _ in range(runs):
        floors.append(once(floor))
        own.append(once(ours))
    low, high = statistics.median(floors), statistics.median(own)
    return Result(operation, low, high, high / low, target, high / low <= target)


def bounded(operation: str, seconds: float, target: float) -> Result:
    """A figure with a bound in seconds and no floor."""
    return Result(operation, None, seconds, None, target, seconds <= target)


def p95(times: list[float]) -> float:
    """The 95th percentile of some times."""
    return sorted(times)[int(len(times) * 0.95)]
