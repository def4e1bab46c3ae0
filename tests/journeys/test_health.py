"""The data's health in the real window, by keys: found in the palette, one verified, names repaired, both undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop_crm.app import Session
from desktop_crm.services import customers
from desktop_crm.storage import records
from tests.books import dump, new_file
from tests.journeys.conftest import Keys


def test_verify_repair_and_undo(session: Session, rest: Callable[[], None], press: Keys, tmp_path: Path) -> None:
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    book = session.window.book
    assert book is not None
    with book.work("plant") as work:
        for name in ("Aminah", "BALA KUMAR", "陳美玲"):
            records.add(work.connection, "customers", {"name": name, "kind": "person", "state": "customer",
                                                       "created_on": date(2020, 1, 1)})
    rest()
    press("Ctrl+K", "text:data health", "Return")
    panel: Any = session.window.stack.currentWidget()
    assert panel.table.hasFocus() and panel.table.paged().rowCount() == 3
    before = {key: rows for key, rows in dump(book).items() if key != "health_scores"}
    press("Return")
    assert customers.card(book, 1).values["verified_on"] == book.today()
    assert panel.table.paged().rowCount() == 2 and panel.table.hasFocus()
    panel.kinds.setFocus()
    press("Down", "Return")
    assert panel.table.paged().record(0).after == "Bala Kumar"
    panel.all.setFocus()
    press("Return")
    assert customers.card(book, 2).values["name"] == "Bala Kumar"
    press("Ctrl+Z", "Ctrl+Z")
    assert {key: rows for key, rows in dump(book).items() if key != "health_scores"} == before
    press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert customers.card(book, 2).values["name"] == "Bala Kumar"
    panel.kinds.setFocus()
    press("Home", "Return", "E")
    assert session.window.stack.currentWidget() is session.window.page("customers")
    session.window.panels.health()
    press("Escape")
    assert "health" not in session.window.panels.open
