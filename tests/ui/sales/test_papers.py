"""Papers: looked at, printed, written; a receipt beside the file, the others where the user says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QSizeF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.domain.sales import Sale
from desktop_crm.export.drawn import Text
from desktop_crm.i18n import language
from desktop_crm.services import business, deals, owner, receipts, sales
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.access.gate import Gate
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.sales.desk import Desk
from desktop_crm.ui.sales.paper_panel import PaperPanel
from desktop_crm.ui.sales.paper_sheets import Fitted, PaperSheets
from desktop_crm.ui.sales.papers import file_name
from desktop_crm.ui.sheets import printing
from desktop_crm.ui.widgets.states import MessageBar


class Counter:
    """A desk whose panels stand alone, with the files that it opened."""

    def __init__(self, book: Book, folder: Path, window: QWidget, opened: list[str]) -> None:
        self.jobs, self.bar, self.opened, self.window = Jobs(), MessageBar(window), opened, window
        self.settings = Settings()
        self.panel: Any = None
        self.desk = Desk(book, self.jobs, Messages(self.bar, folder / "log"), self.settings, self._open,
                         lambda kind, record: None)
        self._book = book

    def _open(self, key: str, make: Callable[[Book], QWidget]) -> QWidget:
        if self.panel is None:
            self.panel = make(self._book)
            self.panel.setParent(self.window)
            self.panel.resize(1100, 700)
            self.panel.show()
        return cast(QWidget, self.panel)

    def act(self, what: str, of: str) -> PaperPanel:
        self.desk.act(what, of)
        return self.settled()

    def settled(self) -> PaperPanel:
        for _ in range(2):
            self.jobs.wait_all()
            QApplication.processEvents()
        return cast(PaperPanel, self.panel)


@pytest.fixture
def counter(book: Book, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    business.set_business(book, {"name": "Kedai Bukit"})
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.show()
    made = Counter(book, tmp_path, window, opened)
    yield made
    made.jobs.close()


def said(path: str | Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def printed(panel: PaperPanel, counter: Counter, path: Path, size: QPageSize | None = None) -> PdfReader:
    """What a printer that is a PDF file gets."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    wanted = size or panel._page_size(panel._sheets)  # type: ignore[arg-type]
    if wanted is not None:
        printer.setPageSize(wanted)
    panel._send(printer)
    counter.settled()
    return PdfReader(path)


def test_a_receipt_is_numbered_written_beside_the_file_and_shown(counter: Counter, book: Book, tmp_path: Path) -> None:
    sold = sales.sell(book, Sale(customer_id=1, total=4120, paid=5000))
    for _ in range(2):  # once more is the same number
        panel = counter.act("receipt", str(sold.taking))
    path = tmp_path / "shop receipts" / "Receipt 000001.pdf"
    assert panel._sheets is not None and panel.title.text() == "Receipt 000001" and counter.opened == []
    assert "000001" in said(path) and "41.20" in said(path) and "Aminah Runcit" in said(path)
    assert len(receipts.list_ids(book)) == 1 and "Written: Receipt 000001.pdf" in counter.bar.text()
    panel.pdf.click()
    assert counter.opened == [str(path)]


def test_a_receipt_that_is_asked_for_at_the_counter_says_the_change(counter: Counter, book: Book,
                                                                    tmp_path: Path) -> None:
    sold = sales.sell(book, Sale(total=4120, paid=5000))
    counter.desk.show_receipt(str(sold.taking), sold.change)
    panel = counter.settled()
    text = said(tmp_path / "shop receipts" / "Receipt 000001.pdf")
    assert "Cash given RM 50.00" in text and "Change RM 8.80" in text and "Paid now RM 41.20" in text
    on_paper = " ".join(" ".join(page.extract_text().split()) for page in
                        printed(panel, counter, tmp_path / "paper.pdf").pages)
    assert "Cash given" in on_paper and "8.80" in on_paper


def test_the_roll_is_chosen_once_and_remembered(counter: Counter, book: Book, tmp_path: Path) -> None:
    first, second = (sales.sell(book, Sale(customer_id=1, total=total)) for total in (4120, 500))
    panel = counter.act("receipt", str(first.taking))
    path = tmp_path / "shop receipts" / "Receipt 000001.pdf"
    assert panel.kind.value() == "a4" and panel._sheets is not None
    assert round(panel._sheets.width) == 595
    panel.kind.choose("roll")
    counter.settled()
    assert (counter.settings.receipt_paper, round(panel._sheets.width)) == ("roll", 227)
    assert round(float(PdfReader(path).pages[0].mediabox.width)) == 227
    counter.panel = None
    panel = counter.act("receipt", str(second.taking))
    assert panel.kind.value() == "roll" and panel._sheets is not None and round(panel._sheets.width) == 227
    page = printed(panel, counter, tmp_path / "paper.pdf").pages[0]
    assert round(float(page.mediabox.width)) == 227 and "5.00" in page.extract_text()


def test_a_roll_on_another_printers_paper_keeps_its_width_or_less(counter: Counter, book: Book,
                                                                  tmp_path: Path) -> None:
    sold = sales.sell(book, Sale(customer_id=1, total=4120))
    counter.settings.receipt_paper = "roll"
    panel = counter.act("receipt", str(sold.taking))
    narrow = QPageSize(QSizeF(58, 40), QPageSize.Unit.Millimeter, "58 mm", QPageSize.SizeMatchPolicy.ExactMatch)
    pages = printed(panel, counter, tmp_path / "narrow.pdf", narrow).pages
    assert len(pages) > 1  # a strip that is longer than the paper goes on on the next piece
    whole = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "000001" in whole and "Thank you!" in whole
    assert Fitted(panel._sheets, 1000, 1000, endless=True)._fit == 1.0  # type: ignore[arg-type]


def test_a_voided_receipt_says_so_while_it_is_shown(counter: Counter, book: Book, tmp_path: Path) -> None:
    sold = sales.sell(book, Sale(customer_id=1, total=4120))
    panel = counter.act("receipt", str(sold.taking))
    book.subscribe(panel.reload)
    book.undo()
    counter.settled()
    assert "VOID" in said(tmp_path / "shop receipts" / "Receipt 000001.pdf")
    assert isinstance(panel._sheets, PaperSheets)
    assert any(getattr(mark, "text", "") == "VOID" for mark in panel._sheets._pages[0])


def test_a_quotation_is_shown_and_goes_where_the_user_says(counter: Counter, book: Book, tmp_path: Path) -> None:
    deal = deals.add(book, {"name": "Kitchen: phase 1/2", "customer_id": 2, "amount": 90_000})
    panel = counter.act("quotation", str(deal))
    assert panel._sheets is not None and panel.kind.isHidden()
    panel.pdf.click()
    dialog = counter.window.findChild(QFileDialog)
    assert dialog is not None and Path(dialog.selectedFiles()[0]).name == "Quotation Kitchen phase 1 2.pdf"
    dialog.fileSelected.emit(str(tmp_path / "offer.pdf"))
    counter.settled()
    assert "900.00" in said(tmp_path / "offer.pdf") and "Written: offer.pdf" in counter.bar.text()
    dialog.close()


def test_a_statement_is_shown_printed_and_saved(counter: Counter, book: Book, tmp_path: Path) -> None:
    sales.sell(book, Sale(customer_id=1, total=4120, paid=0))
    panel = counter.act("statement", "1")
    reader = printed(panel, counter, tmp_path / "paper.pdf", QPageSize(QPageSize.PageSizeId.Letter))
    assert "41.20" in reader.pages[0].extract_text() and len(reader.pages) == 1  # A4 made smaller for Letter
    panel.pdf.click()
    dialog = counter.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "account.pdf"))
    counter.settled()
    assert "41.20" in said(tmp_path / "account.pdf")
    dialog.close()


def test_a_paper_of_many_is_noted_though_its_panel_was_left_meanwhile(counter: Counter, book: Book, tmp_path: Path,
                                                                      qtbot: QtBot) -> None:
    owner.save(book, "4711", False, "")
    deal = deals.add(book, {"name": "Kitchen", "customer_id": 2, "amount": 90_000})
    paper = counter.act("quotation", str(deal))._paper
    assert paper is not None
    window, messages = QMainWindow(), Messages(counter.bar, tmp_path / "log")
    qtbot.addWidget(window)
    gate = Gate(window, messages)
    gate.begin(book)
    panel = PaperPanel(counter.jobs, messages, Settings(), window)
    panel.show_paper(replace(paper, many=2))
    counter.settled()
    panel._write(replace(paper, many=2), tmp_path / "list.pdf")
    panel.deleteLater()
    QApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as raised:
        counter.settled()
    assert not raised and "Written: list.pdf" in counter.bar.text()
    assert [act.label for act in owner.noted(book, language("en"), 5)] == ["Exported: the paper of a hand-over (2)"]
    gate.stop()


def test_enter_asks_for_the_printer_and_escape_leaves(counter: Counter, book: Book, qtbot: QtBot,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    sold = sales.sell(book, Sale(total=4120))
    panel = counter.act("receipt", str(sold.taking))
    monkeypatch.setattr(printing, "printers", lambda: [])
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert counter.bar.text() == "No printer is set up on this computer."
    counter.bar._run()  # the file is offered instead
    assert len(counter.opened) == 1
    monkeypatch.setattr(printing, "printers", lambda: ["Till"])
    dialog = panel.choose_printer()
    assert dialog is not None and dialog.isVisible()
    dialog.close()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.view, Qt.Key.Key_Escape)


def test_what_cannot_be_printed_is_said(counter: Counter, book: Book) -> None:
    counter.act("quotation", str(deals.add(book, {"name": "Idea"})))
    assert "nothing to offer yet" in counter.bar.text() and counter.panel is None
    counter.act("receipt", "no such money")
    assert "no money received" in counter.bar.text() and counter.panel is None


def test_a_folder_that_cannot_be_made_is_said_and_the_receipt_shown(counter: Counter, book: Book,
                                                                    tmp_path: Path) -> None:
    (tmp_path / "shop receipts").write_text("in the way", encoding="utf-8")
    sold = sales.sell(book, Sale(total=100))
    panel = counter.act("receipt", str(sold.taking))
    assert panel._sheets is not None and "cannot be written" in counter.bar.text()


@pytest.mark.parametrize("language", ["en", "ta", "ne", "zh_TW"])
def test_the_screen_has_every_mark_where_the_pdf_has_it(counter: Counter, book: Book, language: str) -> None:
    """No text leaves the page, and each has ink within the room that the PDF measured for it."""
    business.set_business(book, {"language": language})
    sold = sales.sell(book, Sale(total=4120, paid=5000))
    panel = counter.act("receipt", str(sold.taking))
    assert isinstance(panel._sheets, PaperSheets)
    texts = [mark for mark in panel._sheets._pages[0] if isinstance(mark, Text)]
    assert all(mark.x >= 0 and mark.x + mark.width <= panel._sheets.width for mark in texts)
    picture = QImage(595, 842, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    panel._sheets.paint(painter, 0, 1.0)
    painter.end()
    for mark in texts:
        if mark.text.strip():
            area = picture.copy(round(mark.x), round(mark.baseline - mark.size), max(1, round(mark.width)),
                                max(1, round(mark.size * 1.2)))
            found = {area.pixel(x, y) for x in range(area.width()) for y in range(area.height())}
            assert len(found) > 1, mark


@pytest.mark.parametrize(("title", "name"), [
    ("Receipt A-000001", "Receipt A-000001.pdf"), ('a/b\\c:"d"?', "a b c d.pdf"), ("小" * 300, "小" * 100 + ".pdf")])
def test_names_are_names_everywhere(title: str, name: str) -> None:
    assert file_name(title) == name
