"""The one value that screen, PDF, Excel, CSV and JSON all print: no writer computes a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Cell = str | int | float | date | None
"""One value of a table. Money is integer minor units; rates (0..1) and days are unrounded floats."""


class ValueType(StrEnum):
    """How a value is written: the writer formats by this and by nothing else."""

    TEXT = "text"
    MONEY = "money"      # integer minor units of the report's currency
    COUNT = "count"      # whole number
    NUMBER = "number"    # float
    RATE = "rate"        # 0..1, shown as a percentage
    DAYS = "days"        # number of days, unrounded
    DATE = "date"        # local calendar day
    TIME = "time"        # text 'HH:MM'

    @property
    def numeric(self) -> bool:
        """Whether values of this type are aligned right and may be summed."""
        return self not in (ValueType.TEXT, ValueType.DATE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: stable key, translated title, type; `weight` shares out spare width.

    A `bare` title stands as it is, also where amounts would have their currency's sign beside it.
    """

    key: str
    title: str
    type: ValueType = ValueType.TEXT
    weight: float = 1.0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, in order; `totals` has a value (or None) per column, or is absent.

    `kind` and `ids` name the records behind the rows (`customers`, `deals`, …), one id a row, when
    a row is one record; both are empty otherwise. `filters` has, one a row, the domain filter that
    lists the records behind the row (None: none), or is empty.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    kind: str = ""
    ids: tuple[int, ...] = ()
    note: str = ""
    filters: tuple[object | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its formula in words and the domain filter that lists the rows behind it.

    `note` is a short comparison ("usual 3"); `tone` is "", "good", "warn" or "bad" and is always
    also said by the note. `share` (0..1 and above) is progress that may be drawn as a bar; the note says it too.
    """

    key: str
    title: str
    value: Cell
    type: ValueType
    formula: str
    filter: object | None = None
    note: str = ""
    tone: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle of a chart, in points from the top left; `fill` is a design token."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "accent"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line of a chart, in points from the top left; `stroke` is a design token."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = "line"
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a chart at a baseline point; `anchor` is start, middle or end; `fill` a design token."""

    x: float
    y: float
    text: str
    size: float = 9.0
    anchor: str = "start"
    fill: str = "dim"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart of `width` × `height` points and the table that says the same in words."""

    title: str
    width: float
    height: float
    shapes: tuple[Rect | Line | Text, ...]
    table: Table
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A short list of sentences under a heading ("Needs you"), each with the filter of its rows."""

    key: str
    title: str
    items: tuple[tuple[str, object | None, str], ...]  # sentence, filter, tone
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report: everything a reader sees, and nothing left to compute.

    `start` and `end` are the half-open period of local days (None: open); `language` is the code of
    the words in it; `business` heads the paper.
    """

    name: str
    title: str
    business: str
    currency: str
    language: str
    start: date | None
    end: date | None
    subtitle: str = ""
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    chart: Chart | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    printed: str = field(default="", compare=False)  # "Printed …", set by the caller; no clock in here
