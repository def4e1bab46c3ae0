"""Charts as rectangles, lines and texts in points: bars over time, and bars of groups; each with its table.

The datum meant (today) is in the accent, the others in its muted tone; tokens only, no colours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop_crm.reports.report import Cell, Chart, Column, Line, Rect, Table, Text, ValueType

WIDTH = 560.0
_HEIGHT, _FOOT, _HEAD = 150.0, 16.0, 10.0  # of a chart over time: all, its labels, the space above
_ROW, _LABEL, _VALUE = 22.0, 150.0, 96.0   # of a chart of groups: a row, the room of its label and of its value
_LETTERS = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the label under or before it, its value, the value in words, and its full name for the table."""

    label: str
    value: int | float
    said: str
    name: str = ""
    meant: bool = False


def _table(title: str, bars: Sequence[Bar], heads: tuple[str, str], kind: ValueType) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple((bar.name or bar.label, bar.value) for bar in bars)
    return Table("chart", title, (Column("label", heads[0], weight=2.0), Column("value", heads[1], kind)), rows)


def over_time(title: str, bars: Sequence[Bar], heads: tuple[str, str], kind: ValueType, note: str = "",
              slots: int = 0, needed: Sequence[float] = ()) -> Chart:
    """Bars side by side from the left, room for `slots` of them; a bar without a label has no mark below.

    `heads` are the titles of the table's columns (what a bar is of, what it shows), `kind` the values' type. `needed`
    has one value a slot, from the first on, and is drawn as a dashed line over the bars.
    """
    step = WIDTH / max(slots, len(bars), 1)
    width = min(step * 0.66, 40.0)
    top, low = max([0, *(bar.value for bar in bars), *needed]), min([0, *(bar.value for bar in bars)])
    scale = (_HEIGHT - _FOOT - _HEAD) / ((top - low) or 1)
    ground = _HEAD + top * scale if top > low else _HEIGHT - _FOOT
    shapes: list[Rect | Line | Text] = [Line(0, ground, WIDTH, ground)]
    for place, bar in enumerate(bars):
        x = place * step + (step - width) / 2
        if bar.value:
            height = abs(bar.value) * scale
            shapes.append(Rect(x, ground - height if bar.value > 0 else ground, width, height,
                               "accent" if bar.meant else "accent_muted", f"{bar.name or bar.label}: {bar.said}"))
        if bar.label:
            shapes.append(Text(x + width / 2, _HEIGHT - 4, bar.label, anchor="middle",
                               fill="text" if bar.meant else "dim", bold=bar.meant))
    for place, (before, after) in enumerate(pairwise(needed)):
        shapes.append(Line((place + 0.5) * step, ground - before * scale, (place + 1.5) * step, ground - after * scale,
                           "warn", 1.2, dashed=True))
    return Chart(title, WIDTH, _HEIGHT, tuple(shapes), _table(title, bars, heads, kind), note)


def of_groups(title: str, bars: Sequence[Bar], heads: tuple[str, str], kind: ValueType, note: str = "") -> Chart:
    """Bars one below the other, the label before and the value behind each; `heads` and `kind` as above."""
    top, low = max([0, *(bar.value for bar in bars)]), min([0, *(bar.value for bar in bars)])
    scale = (WIDTH - _LABEL - _VALUE) / ((top - low) or 1)
    ground = _LABEL - low * scale
    height = max(1, len(bars)) * _ROW + 4
    shapes: list[Rect | Line | Text] = [Line(ground, 0, ground, height)]
    for place, bar in enumerate(bars):
        y, length = place * _ROW + 4, abs(bar.value) * scale
        shapes.append(Text(_LABEL - 8, y + 11, shortened(bar.label), anchor="end", fill="text"))
        if bar.value:
            shapes.append(Rect(ground if bar.value > 0 else ground - length, y, length, _ROW - 7,
                               "accent", f"{bar.name or bar.label}: {bar.said}"))
        shapes.append(Text(ground + max(0.0, bar.value * scale) + 6, y + 11, bar.said))
    return Chart(title, WIDTH, height, tuple(shapes), _table(title, bars, heads, kind), note)


def shortened(label: str, letters: int = _LETTERS) -> str:
    """A label that fits into so many Latin letters' room (a Chinese one takes two), else cut with an ellipsis."""
    room = float(letters)
    for place, letter in enumerate(label):
        room -= 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return label[:place - 1].rstrip() + "…"
    return label
