"""The pages of one PDF: a cursor that runs down, text and lines in the design's colours, heads and feet.

Distances are points from the top left; a right-to-left language mirrors every page. Pages are kept
as operators until the last one is known, for each foot says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop_crm.domain.errors import N_
from desktop_crm.export.cells import sound
from desktop_crm.export.fonts import fontset
from desktop_crm.export.typeset import Piece, Typesetter
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Report

A4 = (595.28, 841.89)
MARGIN = 42.0
FOOT = 40.0
SMALL, BASE, LARGE = 8.0, 9.0, 19.0

COLOURS = {
    "window": "F6F7F8", "panel": "FFFFFF", "sunk": "EEF0F2", "line": "E1E4E8", "text": "1B2126",
    "dim": "56606A", "faint": "5F6972", "neutral": "56606A", "accent": "0B7A75", "accent_hover": "09655F",
    "accent_soft": "E8F4F3", "accent_muted": "A3CBC9", "on_accent": "FFFFFF", "input_border": "7C868E",
    "good": "256B29", "good_soft": "E6F3E7", "warn": "855800", "warn_soft": "FFF3D6",
    "bad": "B3261E", "bad_soft": "FBE9E7",
}
"""The design's light tokens: paper is white whatever the window is."""

rl_config.useA85 = 0  # binary streams are a fifth smaller and quicker written; no reader minds

_BEZIER = 0.4477  # of a radius: where a quarter circle's control points stand, from its corner


def rgb(token: str) -> str:
    """The three numbers of a design token, named with spaces, hyphens or underscores."""
    value = COLOURS[token.replace(" ", "_").replace("-", "_")]
    return " ".join(f"{int(value[place:place + 2], 16) / 255:.3f}" for place in (0, 2, 4))


class Paper:
    """Pages in the making. `top` is where the next thing goes, in points from the page's top."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language = report, language
        self._canvas = Canvas("", invariant=1, lang=language.code)
        self.type = Typesetter(self._canvas._doc, fontset(), language.code)
        self._mirrored = language.right_to_left
        self._pages: list[str] = []
        self._now: list[str] = []
        self._describe()
        self._lay(*A4)

    def begin(self, landscape: bool) -> None:
        """Fix which way the sheets lie and print the head of the first page."""
        self._lay(*(A4[::-1] if landscape else A4))
        self._title()

    def _lay(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.left, self.right, self.bottom = MARGIN, width - MARGIN, height - FOOT - 14
        self.top = self._start = MARGIN
        self._canvas.setPageSize((width, height))

    @property
    def inner(self) -> float:
        """The width between the margins, in points."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """The height left on this page, in points."""
        return self.bottom - self.top

    @property
    def number(self) -> int:
        """Which page the cursor is on, from 1."""
        return len(self._pages) + 1

    def need(self, height: float) -> None:
        """Begin a new page unless `height` points are left on this one."""
        if self.room < height and self.top > self._start:
            self.turn()

    def turn(self) -> None:
        """End this page and begin the next one under a small head."""
        self._keep()
        head, shown = self._running(), self.type.fit(self.report.subtitle, self.inner / 2, SMALL)
        self.put(self.left, MARGIN - 4, self.type.fit(head, self.inner - shown.width - 16, SMALL), "dim")
        self.put(self.right, MARGIN - 4, shown, "dim", "end")
        self.rule(MARGIN + 4)
        self.top = self._start = MARGIN + 16

    def _running(self) -> str:
        """What heads every page after the first."""
        return " · ".join(filter(None, (self.report.business, self.report.title)))

    def put(self, x: float, baseline: float, piece: Piece, colour: str = "text", align: str = "start") -> None:
        """Set a piece of text at a baseline: `x` is its start, middle or end, as `align` says."""
        tone = rgb(colour)
        self._now.append(f"BT {tone} rg {tone} RG {self.at(x, baseline, piece, align)} ET")

    def at(self, x: float, baseline: float, piece: Piece, align: str = "start") -> str:
        """The operators that set a piece inside a text object, in the colour that holds there."""
        if self._mirrored:
            x = self.width - x - (piece.width if align == "start" else piece.width / 2 if align == "middle" else 0)
        elif align != "start":
            x -= piece.width if align == "end" else piece.width / 2
        return f"1 0 0 1 {x:.2f} {self.height - baseline:.2f} Tm {piece.operators}"

    def draw(self, operators: str) -> None:
        """Add finished operators to the page."""
        self._now.append(operators)

    def rule(self, y: float, colour: str = "line", width: float = 0.6) -> None:
        """A horizontal line between the margins."""
        self._now.append(self.hairline(y, colour, width))

    def hairline(self, y: float, colour: str = "line", width: float = 0.6) -> str:
        """The operators of a horizontal line between the margins."""
        y = self.height - y
        return f"{rgb(colour)} RG {width:g} w {self.left:.2f} {y:.2f} m {self.right:.2f} {y:.2f} l S"

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dashed: bool) -> None:
        """A straight line, dashed or not."""
        if self._mirrored:
            x1, x2 = self.width - x1, self.width - x2
        dash = "[3 2.5] 0 d " if dashed else ""
        self._now.append(f"{rgb(colour)} RG {width:g} w {dash}{x1:.2f} {self.height - y1:.2f} m "
                         f"{x2:.2f} {self.height - y2:.2f} l S{' [] 0 d' if dashed else ''}")

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle."""
        if self._mirrored:
            x = self.width - x - width
        self._now.append(f"{rgb(fill)} rg {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def card(self, x: float, y: float, width: float, height: float, radius: float = 5.0) -> None:
        """A white panel with round corners and a hairline around."""
        if self._mirrored:
            x = self.width - x - width
        outline = _rounded(x, self.height - y - height, width, height, radius)
        self._now.append(f"{rgb('panel')} rg {rgb('line')} RG 0.8 w {outline} B")

    @contextmanager
    def unmirrored(self, x: float, width: float) -> Iterator[float]:
        """A strip of `width` points at `x` in which x runs to the right in every language: its left side."""
        mirrored, self._mirrored = self._mirrored, False
        try:
            yield self.width - x - width if mirrored else x
        finally:
            self._mirrored = mirrored

    def finish(self) -> bytes:
        """The whole PDF, with a foot on each page that says which of how many it is."""
        self._keep()
        for number, operators in enumerate(self._pages, 1):
            self._foot(number, len(self._pages))
            self._canvas.addLiteral("\n".join([operators, *self._now]))
            self._now.clear()
            self._stamp(number)
            self._canvas.showPage()
        return bytes(self._canvas.getpdfdata())

    def _stamp(self, number: int) -> None:
        """What goes over the finished page `number`: nothing, but a letterhead's paper has a logo or a mark."""

    def _keep(self) -> None:
        self._pages.append("\n".join(self._now))
        self._now.clear()

    def _describe(self) -> None:
        self._canvas.setTitle(sound(self.report.title))
        self._canvas.setAuthor(sound(self.report.business))
        self._canvas.setSubject(sound(self.report.subtitle))
        self._canvas.setCreator("Desktop CRM")

    def _title(self) -> None:
        """The head of the first page: the business, the report, its period."""
        report, y = self.report, MARGIN + 2
        if report.business:
            self.put(self.left, y, self.type.fit(report.business, self.inner, BASE, True), "accent")
            y += 8
        for piece in self.type.wrap(report.title, self.inner, LARGE, True, most=2):
            y += LARGE * 1.15
            self.put(self.left, y, piece)
        if report.subtitle:
            y += 17
            self.put(self.left, y, self.type.fit(report.subtitle, self.inner, 10), "dim")
        self.top = self._start = y + 18

    def _foot(self, number: int, pages: int) -> None:
        y = self.height - FOOT + 6
        text = self.language.say(N_("Page {page} of {pages}"), page=self.language.number(number),
                                 pages=self.language.number(pages))
        place = self.type.piece(text, SMALL)
        if self.report.printed:
            said = self.type.fit(self.report.printed, self.inner - place.width - 16, SMALL)
            self.put(self.left, y, said, "dim")
        self.put(self.right, y, place, "dim", "end")


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rectangle with round corners; `x`, `y` are its lower left, in PDF's own direction."""
    right, top, bend = x + width, y + height, radius * _BEZIER
    corners = (
        (right - radius, y, right - bend, y, right, y + bend, right, y + radius),
        (right, top - radius, right, top - bend, right - bend, top, right - radius, top),
        (x + radius, top, x + bend, top, x, top - bend, x, top - radius),
        (x, y + radius, x, y + bend, x + bend, y, x + radius, y),
    )
    sides = " ".join("{:.2f} {:.2f} l {:.2f} {:.2f} {:.2f} {:.2f} {:.2f} {:.2f} c".format(*corner)
                     for corner in corners)
    return f"{x + radius:.2f} {y:.2f} m {sides} h"

