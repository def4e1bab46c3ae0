"""A list leaves in the columns of a ledger, and the way from the export menu to one's own columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_crm.app import Session
from desktop_crm.domain.export_profiles import Profile
from desktop_crm.services import customers, export_profiles, importing, payments
from desktop_crm.services.book import Book
from tests.journeys.conftest import Keys


def chosen(menu: QMenu, *titles: str) -> None:
    """Choose an entry by its titles, level by level."""
    for title in titles[:-1]:
        below = next(one.menu() for one in menu.actions() if one.text() == title)
        assert isinstance(below, QMenu)
        menu = below
    next(one for one in menu.actions() if one.text() == titles[-1]).trigger()


def test_a_ledger_leaves_and_own_columns_are_made_on_the_way(session: Session, opened: Book, tmp_path: Path,
                                                             press: Keys, rest: Callable[[], None]) -> None:
    book, window = opened, session.window
    tan = customers.add(book, {"name": "Tan & Sons", "external_id": "C-7"})
    for amount, day in ((12050, date(2026, 11, 20)), (-50, None)):
        payments.add(book, {"name": "Tiles", "amount": amount, "customer_id": tan, "received_on": day,
                            "due_on": date(2026, 11, 20), "method": "cash", "external_id": f"P{amount}"})
    rest()
    window.actions_.get("other_lists").trigger()
    menu = next(one for one in window.findChildren(QMenu) if [act.text() for act in one.actions()] == [
        "Payments", "Activities", "Products", "Sellers"])
    chosen(menu, "Payments", "In the columns of", "Ledger of money received")
    menu.close()
    dialog = window.page("customers").findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(tmp_path / "ledger.csv"))
    dialog.close()
    rest()
    assert window.message_bar.text() == "Written: ledger.csv (1)"
    assert (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "Date,Document number,Customer ID,Customer,Description,Amount,Currency,Method",
        "2026-11-20,P12050,C-7,Tan & Sons,Tiles,120.50,MYR,Cash"]
    assert importing.run(book, tmp_path / "ledger.csv", "payments").changes is None

    press("Ctrl+1", "Ctrl+Shift+E")
    menu = next(one for one in window.page("customers").findChildren(QMenu) if one.isVisible())
    chosen(menu, "In the columns of", "Own columns…")
    menu.close()
    rest()
    panel = window.panels.open["settings"]
    assert panel.current_key() == "exports"
    press("Ctrl+N", "N", "a", "m", "e", "s", "Return")
    rest()
    assert export_profiles.own(book) == [Profile("names", "customers", id=1)]
    press("Escape", "Ctrl+Z")
    rest()
    assert export_profiles.own(book) == []
