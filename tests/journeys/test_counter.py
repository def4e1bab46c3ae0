"""The sales counter in the real window, by keys: ten sales in a row, a part payment, a return, a receipt; undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop_crm.app import Session
from desktop_crm.domain.deals import DealFilter
from desktop_crm.services import accounts, customers, deals, products, receipts
from desktop_crm.services.book import Book
from tests.books import dump, new_file
from tests.journeys.conftest import Keys


@pytest.fixture
def book(session: Session, rest: Callable[[], None], tmp_path: Path) -> Book:
    """A shop with one customer and one product, open in the window."""
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    made = session.window.book
    assert made is not None
    customers.add(made, {"name": "Aminah Runcit", "state": "customer"}, phones=["012-345 6789"])
    products.add(made, {"name": "Rice 5 kg", "price": 2590})
    rest()
    return made


def test_ten_sales_in_a_row_from_any_room(session: Session, book: Book, press: Keys) -> None:
    before = dump(book)
    press("Ctrl+4", "F4")
    for number in range(10):
        press(f"text:{number + 1}.50", "Return")
    assert deals.totals(book, DealFilter(statuses=("won",))).amount == sum(
        (number + 1) * 100 + 50 for number in range(10))
    press("Escape")
    assert session.window.stack.currentWidget() is session.window.page("reports")
    for _ in range(10):
        press("Ctrl+Z")
    assert dump(book) == before


def test_a_part_payment_a_payment_and_a_return(session: Session, book: Book, press: Keys) -> None:
    before = dump(book)
    press("F4", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    assert session.window.focusWidget() is session.window.stack.currentWidget().customer  # type: ignore[attr-defined]
    press("text:6789", "Return", "text:100")
    sheet = session.window.stack.currentWidget()
    sheet.payment.mode.chips["part"].click()  # type: ignore[union-attr]
    sheet.payment.paid.setFocus()  # type: ignore[union-attr]
    press("text:40", "Return")
    assert accounts.balance(book, 1).owed == 6_000
    press("Escape", "Ctrl+1", "Ctrl+R")
    press("Return")  # the form begins with what is owed
    assert accounts.balance(book, 1).owed == 0
    session.window.act("return:1")
    press("text:25", "Return")
    assert deals.totals(book, DealFilter(statuses=("won",))).amount == 7_500
    for _ in range(3):
        press("Ctrl+Z")
    assert dump(book) == before


def test_a_receipt_by_its_button_is_voided_by_undo(session: Session, book: Book, press: Keys, tmp_path: Path,
                                                   rest: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    press("F4", "text:rice", "Return", "text:2", "Return", "Return", "Return")
    session.window.stack.currentWidget().outcome.receipt.click()  # type: ignore[union-attr]
    rest()
    shown: Any = session.window.stack.currentWidget()
    assert (tmp_path / "shop receipts" / "Receipt 000001.pdf").stat().st_size > 1000
    assert (shown.title.text(), shown.view._pages.count) == ("Receipt 000001", 1)
    shown.pdf.click()
    assert len(opened) == 1
    press("Ctrl+Z", "Ctrl+Z")
    assert [receipts.get(book, key).voided for key in receipts.list_ids(book)] == [True]
    assert deals.list_ids(book) == []
    press("Escape", "text:5", "Return")  # Escape leads back to the counter, and its total has the keyboard
    session.window.stack.currentWidget().outcome.receipt.click()  # type: ignore[union-attr]
    rest()
    assert [receipts.get(book, key).number for key in receipts.list_ids(book)] == ["000002", "000001"]
