"""A receipt on an 80 mm roll: one strip as long as it needs, black alone, for a thermal printer."""

from __future__ import annotations

from desktop_crm.domain.documents import DocumentLine, Party, Receipt
from desktop_crm.domain.errors import N_
from desktop_crm.export.documents import paid_rows, quantity, receipt_title, sum_rows
from desktop_crm.export.documents_parts import pair, together
from desktop_crm.export.documents_sheet import LEADING, Sheet
from desktop_crm.export.pdf import boxes
from desktop_crm.i18n import Language

WIDTH = 226.77   # 80 mm
_LONGEST = 14_400.0  # points: what a PDF's page may measure
_MARGIN = 11.34  # 4 mm, which the print head does not reach
_TEXT, _NAME, _TITLE, _TOTAL = 8.5, 12.0, 11.0, 12.0
_LOGO = (120.0, 48.0)


class Strip(Sheet):
    """The roll: narrow, without head and foot, cut off where the text ends."""

    def __init__(self, receipt: Receipt, language: Language, height: float) -> None:
        buyer = receipt.buyer.title if receipt.buyer else ""
        super().__init__(receipt, language, f"{receipt_title(receipt, language)} {receipt.number}".strip(), buyer)
        self._lay(WIDTH, height)
        self.turned = False

    def turn(self) -> None:
        """Go on with a second strip, where the first has the length that a page may have."""
        self._keep()
        self.turned = True
        self.top = self._start

    def middle(self, text: str, size: float, *, bold: bool = False) -> None:
        """A centred text at the cursor."""
        for piece in self.type.wrap(text, self.inner, size, bold, most=8):
            self.need(size * LEADING)
            self.top = self.set(self.width / 2, self.top, [piece], size, align="middle")

    def cut(self) -> None:
        """A dashed line across."""
        self.line(self.left, self.top + 5, self.right, self.top + 5, "text", 0.7, dashed=True)
        self.top += 10

    def _lay(self, width: float, height: float) -> None:
        super()._lay(width, height)
        self.left, self.right, self.bottom = _MARGIN, width - _MARGIN, height - _MARGIN
        self.top = self._start = _MARGIN

    def _foot(self, number: int, pages: int) -> None:
        """Nothing: a strip has no pages to count."""


def strip(receipt: Receipt, language: Language) -> Strip:
    """The receipt on the roll, its page as long as the text."""
    measured = _drawn(receipt, language, _LONGEST)
    return measured if measured.turned else _drawn(receipt, language, measured.top + _MARGIN + 1)


def _drawn(receipt: Receipt, language: Language, height: float) -> Strip:
    paper = Strip(receipt, language, height)
    _head(paper, receipt)
    paper.cut()
    for line in receipt.lines:
        _line(paper, line)
    if receipt.for_what.strip():
        paper.flow(receipt.for_what.strip(), _TEXT)
    paper.cut()
    for label, value, kind in (*sum_rows(receipt.sums, paper), *paid_rows(receipt, paper)):
        size = _TOTAL if kind == "total" else _TEXT
        paper.need(3 * size * LEADING)
        paper.top = pair(paper, paper.left, paper.top, label, value, size, bold=bool(kind), ink="text", whole=True)
    _foot(paper, receipt)
    return paper


def _head(paper: Strip, receipt: Receipt) -> None:
    """Who gives the receipt, its number and day, who paid."""
    say, seller = paper.say, receipt.seller
    if paper.logo is not None:
        width, height = paper.logo.within(*_LOGO)
        paper.place_logo((paper.width - width) / 2, paper.top, width, height)
        paper.top += height + 6
    paper.middle(seller.title, _NAME, bold=True)
    for text in _under(paper, seller):
        paper.middle(text, _TEXT)
    paper.top += 6
    paper.middle(f"{receipt_title(receipt, paper.language)} {receipt.number}".strip(), _TITLE, bold=True)
    paper.middle(paper.day(receipt.on_date), _TEXT)
    if receipt.buyer is not None:
        paper.middle(receipt.buyer.title, _TEXT, bold=True)
        for text in together(paper, [f"{label} {number}".strip() for label, number in receipt.buyer.numbers],
                             paper.inner):
            paper.middle(text, _TEXT)
    if receipt.voided:
        _void(paper, say(N_("VOID")))


def _under(paper: Strip, seller: Party) -> list[str]:
    """What stands under the seller's name."""
    called = [seller.name] if seller.title != seller.name else []
    numbers = [f"{label} {number}".strip() for label, number in seller.numbers]
    return [*called, *(text for text in seller.address if text.strip()),
            *together(paper, [seller.phone, seller.email], paper.inner), *together(paper, numbers, paper.inner)]


def _void(paper: Strip, word: str) -> None:
    """The word between two heavy lines: a thermal printer has no pale red."""
    paper.top += 6
    paper.rule(paper.top, "text", 1.5)
    paper.top += 3
    paper.middle(word, 20, bold=True)
    paper.top += 2
    paper.rule(paper.top, "text", 1.5)


def _line(paper: Strip, line: DocumentLine) -> None:
    """The text, and under it what it is counted from and its amount."""
    paper.flow(line.text, _TEXT)
    amount = paper.money(line.amount, symbol=False)
    count = quantity(line.quantity, paper.language)
    if line.price is not None:
        count = f"{count} × {paper.money(line.price, symbol=False)}"
    if line.discount:
        count = f"{count} {paper.money(-line.discount, symbol=False)}"
    paper.need(2 * _TEXT * LEADING)
    paper.top = pair(paper, paper.left + 10, paper.top, count, amount, _TEXT, ink="text", whole=True) + 2


def _foot(paper: Strip, receipt: Receipt) -> None:
    """How it was paid and to whom, a note, and thanks."""
    say = paper.say
    by = say(N_("Paid out by")) if receipt.refund else say(N_("Received by"))
    for label, value in ((say(N_("Payment method")), say(receipt.method)), (by, receipt.received_by)):
        if value:
            paper.top = pair(paper, paper.left, paper.top, label, value, _TEXT, ink="text")
    paper.cut()
    if receipt.notes.strip():
        paper.flow(receipt.notes.strip(), _TEXT)
        paper.top += 6
    paper.middle(say(N_("Thank you!")), _TEXT, bold=True)
    if receipt.voided:
        _void(paper, say(N_("VOID")))
    if paper.type.missing:
        paper.flow(boxes(paper), _TEXT)
