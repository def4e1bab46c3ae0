"""The panel of the data's health: findings by kind, the preview of a repair, the handful by keys, and its undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_crm.domain.changes import Changes
from desktop_crm.services import business, consents, contacts, customers, data_health
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records
from desktop_crm.ui.health.panel import TODAY, HealthPanel
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.segments import SegmentList
from tests.books import Clock, dump
from tests.ui.rooms import PanelRoom

OLD = date(2025, 6, 1)


class Room(PanelRoom[HealthPanel]):
    """The panel, its findings and its keys."""

    def __init__(self, book: Book, folder: Path, qtbot: QtBot) -> None:
        super().__init__(book, folder, qtbot, HealthPanel)
        self.opened: list[tuple[str, int]] = []
        self.panel.record_wanted.connect(lambda kind, record: self.opened.append((kind, record)))

    def choose(self, key: str) -> None:
        self.panel.kinds.choose(key)
        self.rest()

    def rows(self) -> list[tuple[str, ...]]:
        table = self.panel.table
        model = table.paged()
        return [tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
                for row in range(model.rowCount())]

    def click(self, button: Any) -> None:
        button.click()
        self.rest()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.panel.table, key)
        self.rest()

    @property
    def said(self) -> str:
        return self.bar.findChildren(Label)[0].text()


@pytest.fixture
def room(book: Book, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Room]]:
    rooms: list[Room] = []

    def make() -> Room:
        rooms.append(Room(book, tmp_path, qtbot))
        return rooms[-1]

    yield make
    for item in rooms:
        item.jobs.close()


def old(book: Book, name: str) -> int:
    """A customer whom nobody has touched for long."""
    with book.work("plant") as work:
        return records.add(work.connection, "customers", {"name": name, "state": "customer", "created_on": OLD,
                                                          "kind": "person"})


def test_an_empty_file_says_so(room: Callable[[], Room]) -> None:
    made = room()
    assert made.panel.stack.currentWidget() is made.panel.well
    assert made.panel.well.findChildren(Label)[0].text() == "Nothing to examine yet"
    assert not made.panel.scores.isVisible()


def test_a_repair_is_shown_before_done_at_once_and_undone(book: Book, room: Callable[[], Room]) -> None:
    customers.add(book, {"name": "KEDAI RUNCIT"})
    customers.add(book, {"name": "BALA KUMAR", "kind": "person"})
    made = room()
    made.choose("name_caps")
    assert made.rows() == [("KEDAI RUNCIT", "KEDAI RUNCIT", "Kedai Runcit"), ("BALA KUMAR", "BALA KUMAR", "Bala Kumar")]
    assert made.panel.all.accessibleName() == "Write as names are (2)"
    before = dump(book)
    made.click(made.panel.all)
    assert made.said == "2 records repaired."
    assert {row.name for row in customers.rows(book, [1, 2])} == {"Kedai Runcit", "Bala Kumar"}
    assert "name_caps" not in keys(made.panel.kinds)
    made.bar.findChild(type(made.panel.some)).click()
    made.rest()
    assert {key: rows for key, rows in dump(book).items() if key != "health_scores"} == {
        key: rows for key, rows in before.items() if key != "health_scores"}
    assert "name_caps" in keys(made.panel.kinds)


def keys(kinds: SegmentList) -> list[str]:
    model = kinds.model()
    return [key for row in range(model.rowCount()) if (key := model.index(row, 0).data(Qt.ItemDataRole.UserRole))]


def test_only_the_selected_and_what_needs_a_person(book: Book, room: Callable[[], Room]) -> None:
    for name in ("ALI  BABA", "SITI AMINAH"):
        customers.add(book, {"name": name, "kind": "person"})
    with book.work("plant") as work:
        for owner, value in ((1, "ali@"), (2, "<siti@kedai.my>")):
            records.add(work.connection, "channels", {"customer_id": owner, "kind": "email", "value": value})
    made = room()
    made.choose("name_caps")
    made.panel.table.select(2)
    made.click(made.panel.some)
    assert [row.name for row in customers.rows(book, [1, 2])] == ["ALI  BABA", "Siti Aminah"]
    made.choose("email_format")
    assert [row[2] for row in made.rows()] == ["—", "siti@kedai.my"]
    made.click(made.panel.all)
    assert made.said == "1 record repaired. 1 needs a person."
    why = "None of these can be put right by itself: open each of them."
    assert not made.panel.all.isEnabled() and not made.panel.some.isEnabled()
    assert made.panel.all.toolTip() == why and made.panel.why.text().endswith(why)


def test_the_handful_by_keys(book: Book, room: Callable[[], Room]) -> None:
    for number in range(6):
        old(book, f"Old {number}")
    made = room()
    assert made.panel.kinds.current_key() == TODAY
    assert [row[0] for row in made.rows()] == [f"Old {number}" for number in range(5)]
    made.key(Qt.Key.Key_Return)
    assert made.said == "1 customer verified."
    assert [row[0] for row in made.rows()] == [f"Old {number}" for number in range(1, 5)]
    made.key(Qt.Key.Key_Down)
    made.key(Qt.Key.Key_E)
    assert made.opened == [("customers", 3)]
    for _ in range(4):
        made.key(Qt.Key.Key_Return)
    assert made.panel.stack.currentWidget() is made.panel.well
    assert made.panel.well.findChildren(Label)[0].text() == "Done for today"
    assert data_health.examine(book).of("stale") == (6,)


def test_what_has_no_repair_offers_to_open_it(book: Book, room: Callable[[], Room]) -> None:
    with book.work("plant") as work:
        records.add(work.connection, "deals", {"name": "Rice", "pipeline_id": 1, "stage_id": 1, "currency": "MYR",
                                               "amount": 1250})
    made = room()
    made.choose("deal_no_customer")
    assert made.rows() == [("Rice", "RM 12.50")]
    assert not made.panel.all.isVisible() and not made.panel.some.isVisible()
    made.click(made.panel.look)
    made.key(Qt.Key.Key_Return)
    assert made.opened == [("deals", 1)] * 2


def test_the_score_is_noted_and_a_gain_leads_to_who_lacks_it(book: Book, room: Callable[[], Room]) -> None:
    customers.add(book, {"name": "Aminah", "kind": "person"}, phones=["012-345 6789"])
    made = room()
    assert made.panel.scores.value.text() == "37.5 %"  # 30 of 80
    assert [(score.completeness, score.findings) for score in data_health.scores(book)] == [(375, 0)]
    made.click(made.panel.scores.gains[0])
    assert made.panel.kinds.current_key() == "missing_seller"
    assert made.rows() == [("Aminah", "37.5 % complete")]


def test_hidden_it_waits_until_it_is_seen(book: Book, room: Callable[[], Room]) -> None:
    customers.add(book, {"name": "Aminah", "kind": "person"})
    made = room()
    made.panel.hide()
    customers.add(book, {"name": "BALA KUMAR", "kind": "person"})
    made.rest()
    assert "name_caps" not in keys(made.panel.kinds)
    made.panel.reload(Changes(0, "", {}, 1, {"health_scores": None}))
    made.panel.show()
    made.rest()
    assert "name_caps" in keys(made.panel.kinds)


def test_a_file_open_for_reading_offers_no_repair(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    customers.add(book, {"name": "KEDAI RUNCIT"})
    path = book.path
    book.close()
    reading = open_book(path, reading=True, clock=Clock())
    made = Room(reading, tmp_path, qtbot)
    made.choose("name_caps")
    assert made.rows()[0][2] == "Kedai Runcit" and not made.panel.all.isEnabled()
    assert data_health.scores(reading) == []
    made.jobs.close()
    reading.close()


def test_people_kept_too_long_are_kept_for_a_reason_or_erased(book: Book, room: Callable[[], Room]) -> None:
    business.set_business(book, {"keep_years": "1"})
    one, two = old(book, "Aminah"), old(book, "Ravi")
    contact = contacts.add(book, {"name": "Ali", "created_on": OLD})
    made = room()
    wished: list[str] = []
    made.panel.act_wanted.connect(wished.append)
    assert not made.panel.erase.isVisible() and not made.panel.reason.isVisible()
    made.choose("retention")
    assert made.rows() == [("Aminah", "last touched 1 Jun 2025", "—"), ("Ravi", "last touched 1 Jun 2025", "—")]
    assert made.panel.all.accessibleName() == "Keep another year (2)" and made.panel.erase.isVisible()
    made.click(made.panel.erase)
    made.panel.table.selectAll()
    made.click(made.panel.erase)
    made.choose("contact_retention")
    made.click(made.panel.erase)
    assert wished == [f"erase:{one}", f"erase:{one},{two}", f"erase:contacts/{contact}"]
    made.choose("retention")
    made.panel.table.select(two)
    made.panel.reason.setText("Warranty until 2028")
    made.click(made.panel.some)
    assert made.said == "1 person is kept for another year." and made.panel.reason.text() == ""
    assert [row[0] for row in made.rows()] == ["Aminah"]
    assert consents.of(book, two)[0].source == "Warranty until 2028"
    made.bar.findChild(type(made.panel.some)).click()
    made.rest()
    assert [row[0] for row in made.rows()] == ["Aminah", "Ravi"] and consents.of(book, two) == []


def test_a_repair_that_ends_after_the_panel_was_left_is_still_told(book: Book, room: Callable[[], Room],
                                                                   qtbot: QtBot, tmp_path: Path) -> None:
    business.set_business(book, {"keep_years": "1"})
    old(book, "Aminah")
    made = room()
    panel = HealthPanel(book, made.jobs, Messages(made.bar, tmp_path / "log"))
    panel.show()
    made.rest()
    panel.kinds.choose("retention")
    made.rest()
    panel.all.click()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as raised:
        made.rest()
    assert not raised and made.said == "1 person is kept for another year."
