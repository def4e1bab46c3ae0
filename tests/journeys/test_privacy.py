"""People kept too long are erased together in the real window by keys; the notice is shown from the card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop_crm.app import Session
from desktop_crm.services import business, customers
from desktop_crm.ui.persons.notice import NoticePanel
from desktop_crm.ui.persons.panel import ErasePanel
from tests.books import new_file
from tests.journeys.conftest import Keys, focus

Rest = Callable[[], None]


def test_who_is_kept_too_long_is_erased_and_who_asks_gets_the_notice(session: Session, press: Keys, rest: Rest,
                                                                     tmp_path: Path) -> None:
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    window, book = session.window, session.window.book
    assert book is not None
    for name in ("Aminah", "Ravi"):
        customers.add(book, {"name": name, "kind": "person", "created_on": date(2015, 1, 1)})
    business.set_business(book, {"keep_years": "5"})
    rest()
    press("Ctrl+K", "text:Data health", "Return")
    panel: Any = window.stack.currentWidget()
    panel.kinds.choose("retention")
    rest()
    panel.table.setFocus()
    press("Ctrl+A")
    panel.erase.click()
    rest()
    erasing = window.stack.currentWidget()
    assert isinstance(erasing, ErasePanel) and focus(session) is erasing.name
    assert erasing.title.text() == "Erase 2 people" and erasing.what.text().startswith("Aminah, Ravi")
    press("text:3", "Return")
    assert erasing.state.text() == "This is not how many they are. Nobody is erased."
    press("Backspace", "text:2", "Return")
    assert window.stack.currentWidget() is panel and "retention" not in {
        item.kind for item in panel._found.health.findings}
    assert [row.name for row in customers.rows(book, customers.list_ids(book))] == ["Erased customer 1",
                                                                                    "Erased customer 2"]
    press("Escape")
    asks = customers.add(book, {"name": "Mei Ling"})
    window.open_record("customers", asks)
    rest()
    press("Ctrl+K", "text:Privacy notice for this person", "Return")
    notice = window.stack.currentWidget()
    assert isinstance(notice, NoticePanel) and notice.paper.title.text() == "Privacy notice Mei Ling"
    press("Escape")
    assert window.stack.currentWidget() is window.page("customers")
