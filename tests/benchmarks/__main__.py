"""`make bench`: every figure against its raw floor in the same run; prints a table, writes out/bench.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import cleaning, finding, large, opening, past, reading, safety, saving, writing
from tests.benchmarks.timing import Result


def main(wanted: list[str]) -> int:
    """Run the groups that are named (opening, saving, importing, reading, writing, safety, cleaning, finding, past).

    Without a name, all.
    """
    file = large.file()
    groups: dict[str, Callable[[], list[Result]]] = {
        "opening": lambda: opening.all_results(file),
        "saving": lambda: saving.save(file),
        "importing": saving.bring_in,
        "reading": lambda: reading.all_results(file),
        "writing": writing.all_results,
        "safety": lambda: safety.all_results(file),
        "cleaning": lambda: cleaning.all_results(file),
        "finding": lambda: finding.all_results(file),
        "past": lambda: past.all_results(file),
    }
    results: list[Result] = []
    for name, run in groups.items():
        if not wanted or name in wanted:
            results += run()
    print(f"{'operation':<36}{'floor':>10}{'ours':>10}{'ratio':>8}{'target':>9}")
    for result in results:
        floor = "–" if result.floor_s is None else f"{result.floor_s * 1000:.1f} ms"
        ours = f"{result.ours_s:.0f} MB" if result.unit == "MB" else f"{result.ours_s * 1000:.1f} ms"
        ratio = "–" if result.ratio is None else f"{result.ratio:.2f}"
        target = f"{result.target:g} ×" if result.ratio is not None else (
            f"{result.target:g} MB" if result.unit == "MB" else f"{result.target * 1000:g} ms")
        print(f"{result.operation:<36}{floor:>10}{ours:>10}{ratio:>8}{target:>9}  {'' if result.met else 'not met'}")
    Path("out").mkdir(exist_ok=True)
    Path("out/bench.json").write_text(json.dumps([result.plain() for result in results], indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
