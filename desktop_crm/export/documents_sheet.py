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
from desktop_crm.export.paper import Paper, rgb
from desktop_crm.export.typeset import Piece
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Report

LEADING = 1.42   # of the size: marks above and below Tamil and Devanagari need the room
_RISE = 0.76     # of a line's height: where its letters stand
_PIXELS = 24_000_000
_MARK, _SLOPE = 118.0, (0.8192, 0.5736)  # the largest letters of the mark; 35° upwards


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

    def __init__(self, document: Document, language: Language, title: str, customer: str, mark: str = "") -> None:
        heads = Report("", title, document.seller.title, document.currency, language.code, None, None,
                       subtitle=customer)
        super().__init__(heads, language)
        self.currency, self.country, self.say = document.currency, document.country, language.say
        self.logo = read_logo(document.logo) if document.logo else None
        self._logo_at: tuple[float, float, float, float] | None = None
        self._mark = mark

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

    def place_logo(self, x: float, y: float, width: float, height: float) -> None:
        """Let the logo stand on the first page: its place from the top left, and its size, in points."""
        self._logo_at = (x, y, width, height)

    def _running(self) -> str:
        """What the paper is comes first: it is not cut where the seller's name is long."""
        return f"{self.report.title} · {self.report.business}"

    def _stamp(self, number: int) -> None:
        if self.logo is not None and self._logo_at is not None and number == 1:
            x, y, width, height = self._logo_at
            left = self.width - x - width if self._mirrored else x
            self._canvas.drawImage(self.logo.picture, left, self.height - y - height, width, height, mask="auto")
        if self._mark:
            self._across()

    def _across(self) -> None:
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
        self._canvas.setFillAlpha(0.16)
        self._canvas.setStrokeAlpha(0.16)
        self._canvas.addLiteral(f"BT {tone} rg {tone} RG {along} {up} {-up} {along} {x:.2f} {y:.2f} Tm "
                                f"{piece.operators} ET")
        self._canvas.restoreState()


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
