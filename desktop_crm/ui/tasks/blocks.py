"""Where a day's tasks stand in the hour column: pure arithmetic, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_crm.domain.tasks import TaskRow, clashes

FIRST_HOUR, LAST_HOUR = 8, 20
_DAY = 24 * 60
_SHOWN = 30
"""A block is drawn at least half an hour high, or its name would not fit."""


@dataclass(frozen=True, slots=True)
class Block:
    """A task in the column: minutes of the day [start, end), lane `lane` of `lanes` side by side."""

    task: TaskRow
    start: int
    end: int
    lane: int
    lanes: int
    clash: bool


def hours(tasks: Sequence[TaskRow]) -> tuple[int, int]:
    """The hours [first, last) that the column shows: 8 to 20, and as far as the tasks reach."""
    slots = [task.slot for task in tasks if task.slot is not None]
    first = min([FIRST_HOUR, *(start // 60 for start, _ in slots)])
    last = max([LAST_HOUR, *(-(-min(_DAY, max(end, start + _SHOWN)) // 60) for start, end in slots)])
    return first, last


def lay_out(tasks: Sequence[TaskRow]) -> list[Block]:
    """The timed tasks as blocks; those that overlap stand side by side, each as wide as its group allows."""
    found = clashes(tasks)
    timed = [(*task.slot, task) for task in tasks if task.slot is not None]
    timed.sort(key=lambda entry: (entry[0], -entry[1], entry[2].id))
    blocks: list[Block] = []
    group: list[tuple[int, int, TaskRow, int]] = []
    ends: list[int] = []
    for start, until, task in timed:
        end = min(_DAY, max(until, start + _SHOWN))
        if ends and start >= max(ends):
            blocks += _group(group, len(ends), found)
            group, ends = [], []
        lane = next((number for number, busy in enumerate(ends) if busy <= start), len(ends))
        ends[lane:lane + 1] = [end]
        group.append((start, end, task, lane))
    return blocks + _group(group, len(ends), found)


def _group(group: list[tuple[int, int, TaskRow, int]], lanes: int, found: dict[int, str]) -> list[Block]:
    return [Block(task, start, end, lane, lanes, task.id in found) for start, end, task, lane in group]
