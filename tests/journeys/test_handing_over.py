"""Leads and sellers in the real window, by keys: taken from the pool, handed over with the paper, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.app import Session
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import access, customers, deals, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui.sales.paper_panel import PaperPanel
from tests.books import dump, new_file
from tests.journeys.conftest import Keys


@pytest.fixture
def book(session: Session, rest: Callable[[], None], tmp_path: Path) -> Book:
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    made = session.window.book
    assert made is not None
    aminah, ben = (sellers.add(made, {"name": name}) for name in ("Aminah", "Ben"))
    lim = customers.add(made, {"name": "Kedai Lim", "seller_id": aminah})
    customers.add(made, {"name": "陈美玲", "seller_id": aminah})
    deals.add(made, {"name": "Sofa", "customer_id": lim, "seller_id": aminah, "amount": 150_000})
    customers.add(made, {"name": "nobody's"})
    access.work_as(made, ben)
    rest()
    return made


def owned(book: Book, seller: int) -> list[str]:
    rows = customers.rows(book, customers.list_ids(book, CustomerFilter(sellers=(seller,))))
    return sorted(row.name for row in rows)


def test_the_selected_customers_are_handed_over_printed_and_taken_back(session: Session, book: Book,
                                                                       press: Keys) -> None:
    before, page = dump(book), session.window.page("customers")
    page.table.setFocus()  # type: ignore[attr-defined]
    press("Ctrl+A", "Ctrl+K", "text:Hand the selected", "Return")
    panel: Any = session.window.stack.currentWidget()
    assert panel.form.editor("to").hasFocus() and panel.model.rowCount() == 3
    press("Down", "Down")
    assert panel.going.text() == "To be handed over: 3 customers, 1 open deal"
    press("Tab", "Tab", "Tab", "Tab", "text:Be kind.", "Ctrl+Return")
    paper: Any = session.window.stack.currentWidget()
    assert isinstance(paper, PaperPanel) and paper.title.text().startswith("Hand-over to Ben")
    assert owned(book, 2) == ["Kedai Lim", "nobody's", "陈美玲"] and deals.card(book, 1).row.seller == "Ben"
    press("Escape")
    assert session.window.stack.currentWidget() is page
    press("Ctrl+Z")
    assert dump(book) == before


def test_a_lead_is_taken_from_the_pool(session: Session, book: Book, press: Keys) -> None:
    before = dump(book)
    press("Ctrl+K", "text:Leads: the pool", "Return")
    panel: Any = session.window.stack.currentWidget()
    press("T")
    assert owned(book, 2) == ["nobody's"] and panel.section().table.model_.rowCount() == 0
    press("Ctrl+Z")
    assert dump(book) == before
    press("T", "Escape")
    assert owned(book, 2) == ["nobody's"] and "leads" not in session.window.panels.open
