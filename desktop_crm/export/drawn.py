"""A paper as it was drawn: its PDF, and the same marks page by page for a screen or a printer.

Distances are points from the top left of the page, as they stand after any mirroring; colours are names of the
design's light tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Text(NamedTuple):
    """One line of text from its left end on the baseline, as wide as it was measured.

    `slope` is the cosine and sine of the angle, `alpha` how much of what is below it covers.
    """

    x: float
    baseline: float
    width: float
    text: str
    size: float
    bold: bool
    colour: str
    slope: tuple[float, float] = (1.0, 0.0)
    alpha: float = 1.0


class Box(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float
    dashed: bool = False


class Picture(NamedTuple):
    """Where the logo stands."""

    x: float
    y: float
    width: float
    height: float


Mark = Text | Box | Stroke | Picture


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished paper; every page measures `width` × `height` points."""

    pdf: bytes
    width: float
    height: float
    pages: tuple[tuple[Mark, ...], ...]
    logo: bytes = b""
