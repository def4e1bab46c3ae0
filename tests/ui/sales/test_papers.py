"""Papers on the disk: a receipt beside the file, the others where the user says; read back from the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.domain.sales import Sale
from desktop_crm.services import business, deals, receipts, sales
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.sales.desk import Desk
from desktop_crm.ui.sales.papers import file_name
from desktop_crm.ui.widgets.states import MessageBar


class Counter:
    """A desk whose panels are only noted, with the files that it opened."""

    def __init__(self, book: Book, folder: Path, window: QWidget, opened: list[str]) -> None:
        self.jobs, self.bar, self.opened, self.window = Jobs(), MessageBar(window), opened, window
        self.desk = Desk(book, self.jobs, Messages(self.bar, folder / "log"), window, lambda key, make: make(book),
                         lambda kind, record: None)

    def act(self, what: str, of: str) -> None:
        self.desk.act(what, of)
        self.jobs.wait_all()


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
    made = Counter(book, tmp_path, window, opened)
    yield made
    made.jobs.close()


def said(path: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_receipt_is_numbered_written_beside_the_file_and_opened(counter: Counter, book: Book, tmp_path: Path) -> None:
    sold = sales.sell(book, Sale(customer_id=1, total=4120, paid=5000))
    counter.act("receipt", str(sold.taking))
    counter.act("receipt", str(sold.taking))  # once more is the same number
    path = tmp_path / "shop receipts" / "Receipt 000001.pdf"
    assert counter.opened == [str(path), str(path)] and len(receipts.list_ids(book)) == 1
    assert "000001" in said(str(path)) and "41.20" in said(str(path)) and "Aminah Runcit" in said(str(path))


def test_a_quotation_goes_where_the_user_says(counter: Counter, book: Book, tmp_path: Path) -> None:
    deal = deals.add(book, {"name": "Kitchen: phase 1/2", "customer_id": 2, "amount": 90_000})
    counter.desk.act("quotation", str(deal))
    dialog = counter.window.findChild(QFileDialog)
    assert dialog is not None and Path(dialog.selectedFiles()[0]).name == "Quotation Kitchen phase 1 2.pdf"
    dialog.fileSelected.emit(str(tmp_path / "offer.pdf"))
    counter.jobs.wait_all()
    assert "900.00" in said(str(tmp_path / "offer.pdf")) and "Written: offer.pdf" in counter.bar.text()
    dialog.close()


def test_a_statement_goes_where_the_user_says(counter: Counter, book: Book, tmp_path: Path) -> None:
    sales.sell(book, Sale(customer_id=1, total=4120, paid=0))
    counter.desk.act("statement", "1")
    dialog = counter.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "account.pdf"))
    counter.jobs.wait_all()
    assert "41.20" in said(str(tmp_path / "account.pdf"))
    dialog.close()


def test_what_cannot_be_printed_is_said(counter: Counter, book: Book) -> None:
    counter.act("quotation", str(deals.add(book, {"name": "Idea"})))
    assert "nothing to offer yet" in counter.bar.text()
    counter.act("receipt", "no such money")
    assert "no money received" in counter.bar.text()


def test_a_folder_that_cannot_be_made_is_said(counter: Counter, book: Book, tmp_path: Path) -> None:
    (tmp_path / "shop receipts").write_text("in the way", encoding="utf-8")
    sold = sales.sell(book, Sale(total=100))
    counter.act("receipt", str(sold.taking))
    assert counter.opened == [] and "cannot be written" in counter.bar.text()


@pytest.mark.parametrize(("title", "name"), [
    ("Receipt A-000001", "Receipt A-000001.pdf"), ('a/b\\c:"d"?', "a b c d.pdf"), ("小" * 300, "小" * 100 + ".pdf")])
def test_names_are_names_everywhere(title: str, name: str) -> None:
    assert file_name(title) == name
