"""The sheets of a paper for customers: text that flows down, a logo, a mark across what is void."""

from __future__ import annotations

import struct
from datetime import date
from io import BytesIO
from typing import NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo

from desktop_crm.domain.documents import Document
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.handover import HandOver
from desktop_crm.domain.privacy import Notice
from desktop_crm.export.drawn import Box, Drawn, Mark, Picture, Stroke, Text
from desktop_crm.export.paper import Paper, rgb
from desktop_crm.export.typeset import Piece
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Report

LEADING = 1.42   # of the size: marks above and below Tamil and Devanagari need the room
_RISE = 0.76     # of a line's height: where its letters stand
_PIXELS = 24_000_000
_MARK, _SLOPE = 118.0, (0.8192, 0.5736)  # the largest letters of the mark; 35° upwards
_PALE = 0.16


class Logo(NamedTuple):
    """A picture that was read whole, and its size in pixels."""

    picture: ImageReader
    width: int
    height: int

    def within(self, width: float, height: float) -> tuple[float, float]:
        """The size in points at which it fits into a frame, its proportions kept."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


class Sheet(Paper):
    """Upright A4 in the making, with the words of one document."""

    def __init__(self, document: Document | HandOver | Notice, language: Language, title: str, customer: str,
                 mark: str = "") -> None:
        heads = Report("", title, document.seller.title, document.currency, language.code, None, None,
                       subtitle=customer)
        super().__init__(heads, language)
        self.currency, self.country, self.say = document.currency, document.country, language.say
        self.logo = read_logo(document.logo) if document.logo else None
        self._logo_at: tuple[float, float, float, float] | None = None
        self._mark = mark
        self._marks: list[Mark] = []
        self._drawn: list[list[Mark]] = []

    def money(self, minor: int | None, symbol: bool = True) -> str:
        """An amount of the document in the language's form."""
        return self.language.money(minor, self.currency, symbol=symbol)

    def day(self, day: date) -> str:
        """A day of the paper, in full, with the years of its country beside."""
        return self.language.day_with_calendar(day, self.country, "long")

    def text(self, x: float, top: float, width: float, text: str, size: float, *, bold: bool = False,
             colour: str = "text", align: str = "start", most: int = 6) -> float:
        """Set a text over up to `most` lines of `width` points below `top`; where the next thing may begin."""
        return self.set(x, top, self.type.wrap(text, width, size, bold, most), size, colour, align)

    def set(self, x: float, top: float, pieces: list[Piece], size: float, colour: str = "text",
            align: str = "start") -> float:
        """Set finished lines below `top`; where the next thing may begin."""
        for piece in pieces:
            self.put(x, top + size * LEADING * _RISE, piece, colour, align)
            top += size * LEADING
        return top

    def flow(self, text: str, size: float, colour: str = "text") -> None:
        """Set a text of any length from the cursor down, over as many pages as it takes."""
        for piece in self.type.wrap(text, self.inner, size, most=1 + len(text)):
            self.need(size * LEADING)
            self.top = self.set(self.left, self.top, [piece], size, colour)

    def drawn(self, logo: bytes) -> Drawn:
        """The paper with its end, as PDF and as the same marks for another painter."""
        data = self.finish()
        return Drawn(data, self.width, self.height, tuple(map(tuple, self._drawn)), logo)

    def put(self, x: float, baseline: float, piece: Piece, colour: str = "text", align: str = "start") -> None:
        """Set a piece of text at a baseline: `x` is its start, middle or end, as `align` says."""
        super().put(x, baseline, piece, colour, align)
        left = x - piece.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
        self._marks.append(Text(self._left_of(left, piece.width), baseline, piece.width, piece.text, piece.size,
                                piece.bold, colour))

    def rule(self, y: float, colour: str = "line", width: float = 0.6) -> None:
        """A horizontal line between the margins."""
        super().rule(y, colour, width)
        self._marks.append(Stroke(self.left, y, self.right, y, colour, width))

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dashed: bool) -> None:
        """A straight line, dashed or not."""
        super().line(x1, y1, x2, y2, colour, width, dashed)
        self._marks.append(Stroke(self._left_of(x1), y1, self._left_of(x2), y2, colour, width, dashed))

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle."""
        super().box(x, y, width, height, fill)
        self._marks.append(Box(self._left_of(x, width), y, width, height, fill))

    def _keep(self) -> None:
        super()._keep()
        self._drawn.append(self._marks)
        self._marks = []

    def _left_of(self, x: float, width: float = 0.0) -> float:
        """The left side of what begins at `x`, where the page is mirrored too."""
        return self.width - x - width if self._mirrored else x

    def place_logo(self, x: float, y: float, width: float, height: float) -> None:
        """Let the logo stand on the first page: its place from the top left, and its size, in points."""
        self._logo_at = (x, y, width, height)

    def _running(self) -> str:
        """What the paper is comes first: it is not cut where the seller's name is long."""
        return f"{self.report.title} · {self.report.business}"

    def _stamp(self, number: int) -> None:
        self._drawn[number - 1] += self._marks  # the foot, which is set when all pages are known
        self._marks = []
        if self.logo is not None and self._logo_at is not None and number == 1:
            x, y, width, height = self._logo_at
            left = self._left_of(x, width)
            self._canvas.drawImage(self.logo.picture, left, self.height - y - height, width, height, mask="auto")
            self._drawn[0].append(Picture(left, y, width, height))
        if self._mark:
            self._drawn[number - 1].append(self._across())

    def _across(self) -> Text:
        """The mark, upwards across the page and so pale that everything under it can be read."""
        size = _MARK
        piece = self.type.piece(self._mark, size, True)
        longest = 0.9 * min(self.width, self.height)
        if piece.width > longest:
            size *= longest / piece.width
            piece = self.type.piece(self._mark, size, True)
        along, up = _SLOPE
        x = self.width / 2 - along * piece.width / 2 + up * size * 0.35
        y = self.height / 2 - up * piece.width / 2 - along * size * 0.35
        tone = rgb("bad")
        self._canvas.saveState()
        self._canvas.setFillAlpha(_PALE)
        self._canvas.setStrokeAlpha(_PALE)
        self._canvas.addLiteral(f"BT {tone} rg {tone} RG {along} {up} {-up} {along} {x:.2f} {y:.2f} Tm "
                                f"{piece.operators} ET")
        self._canvas.restoreState()
        return Text(x, self.height - y, piece.width, piece.text, size, True, "bad", _SLOPE, _PALE)


def read_logo(data: bytes) -> Logo:
    """The picture in a PNG or JPEG file; InvalidInput for any other, a damaged or an enormous one."""
    width, height = _pixels(data)
    if not 0 < width * height <= _PIXELS:
        raise _refused()
    try:
        picture = ImageReader(BytesIO(data))
        picture.getRGBData()  # reads it to its end: half a file is found out here
    except (OSError, ValueError, SyntaxError) as error:
        raise _refused() from error
    return Logo(picture, width, height)


def _pixels(data: bytes) -> tuple[int, int]:
    """The size that the file's head tells, before anything is unpacked."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data.startswith(b"\xff\xd8"):
        try:
            width, height, *_ = readJPEGInfo(BytesIO(data))
        except (PDFError, struct.error) as error:
            raise _refused() from error
        return width, height
    raise _refused()


def _refused() -> InvalidInput:
    return InvalidInput(N_("The logo cannot be printed. Choose a whole PNG or JPEG picture of up to 24 million "
                           "pixels. Nothing was printed."), "logo")
