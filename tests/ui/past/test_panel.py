"""The past as a panel: a day asked for in words, its lists and cards for looking only, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_crm import paths
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import Period
from desktop_crm.services import activities, attachments, customers, deals, erasing, reports, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import unit_of_work
from desktop_crm.storage.shapes import INSTANT
from desktop_crm.ui.customers.page import CustomersPage
from desktop_crm.ui.deals.page import DealsPage
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.page import Page
from desktop_crm.ui.past.panel import PastPanel
from desktop_crm.ui.reports import exporting
from desktop_crm.ui.reports.page import ReportsPage
from desktop_crm.ui.tasks.page import TasksPage
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import NOON, TODAY, Clock, dump, new_book


class Room:
    """A panel over a book, with the window's jobs, messages, feed and customers page around it."""

    def __init__(self, book: Book, folder: Path, qtbot: QtBot) -> None:
        self.book, self.jobs, self.bar = book, Jobs(), MessageBar()
        self.messages = Messages(self.bar, folder / "log")
        self.twin = CustomersPage(book, self.jobs, self.messages)
        self.twin.start()
        self.panel = PastPanel(book, self.jobs, self.messages, self._page,
                               lambda key: self.twin if key == "customers" else None)
        for widget in (self.bar, self.twin, self.panel):
            qtbot.addWidget(widget)
        self.closed = 0
        self.panel.closed.connect(self._close)
        self._feed = Feed(book)
        self._feed.changed.connect(self.panel.reload)
        self.panel.resize(1200, 650)
        self.panel.show()
        self.rest()

    def _page(self, key: str, book: Book, jobs: Jobs) -> Page:
        kinds = {"customers": CustomersPage, "deals": DealsPage, "tasks": TasksPage, "reports": ReportsPage}
        return kinds[key](book, jobs, self.messages)

    def _close(self) -> None:
        self.closed += 1

    def rest(self) -> None:
        for _ in range(6):
            QCoreApplication.processEvents()
            self.jobs.wait_all()
            self.panel.wait()

    def type(self, text: str) -> None:
        self.panel.bar.field.setText(text)
        QTest.keyClick(self.panel.bar.field, Qt.Key.Key_Return)
        self.rest()

    @property
    def page(self) -> Any:
        return self.panel.stack.currentWidget()

    def names(self) -> list[str]:
        return [self.page.model.record(row).name for row in range(self.page.model.rowCount())]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[Room]:
    """Two customers and a deal on 21 November; five weeks later one is renamed, one gone, and a third there."""
    clock = Clock()
    monkeypatch.setattr(unit_of_work, "_now", lambda: clock().strftime(INSTANT))
    book = new_book(tmp_path / "shop.crm", clock=clock)
    one = customers.add(book, {"name": "Aminah", "state": "customer"})
    gone = customers.add(book, {"name": "Ravi", "state": "lead"})
    deals.add(book, {"name": "Tiles", "customer_id": one, "amount": 5000})
    activities.log(book, {"kind": "call", "name": "Asked for tiles", "customer_id": one})
    task = tasks.add(book, {"name": "Bring the tiles", "customer_id": one, "due_on": TODAY})
    attachments.add(book, "tasks", task, "order.pdf", b"%PDF")
    clock.now = NOON + timedelta(35)
    tasks.finish(book, [task])
    attachments.delete(book, [1])
    customers.edit(book, one, {"name": "Aminah Enterprise"})
    customers.delete(book, [gone])
    customers.add(book, {"name": "Siti", "state": "lead"})
    activities.log(book, {"kind": "note", "name": "Moved house", "customer_id": one})
    made = Room(book, tmp_path, qtbot)
    yield made
    made.panel.release()
    made.jobs.close()
    assert not list((paths.cache() / "past").glob("*"))
    book.close()


def test_a_day_is_asked_for_and_its_list_and_card_are_shown(room: Room) -> None:
    panel = room.panel
    assert panel.bar.title.text() == "As on which day?" and "21 November 2026" in panel.ask.accessibleName()
    panel.begin("customers")
    room.type("5 weeks ago")
    assert panel.bar.title.text() == "As on Saturday, 21 November 2026 – reading only"
    assert room.names() == ["Aminah", "Ravi"] and room.page.table.hasFocus() is room.page.isActiveWindow()
    card = room.page.card
    assert card.customer == 1 and card.head.name.value() == "Aminah" and card.log.isHidden()
    said = [room.page.card.sections.view.model().index(row, 0).data()
            for row in range(card.sections.view.model().rowCount())]
    assert not any("Moved house" in str(text) for text in said)
    room.type("yesterday")
    assert room.names() == ["Aminah", "Ravi"] and len(list((paths.cache() / "past").glob("*.crm"))) == 1


def test_the_filter_and_the_record_of_today_are_taken_along(room: Room) -> None:
    room.twin.show_rows(CustomerFilter(states=("lead", "customer"), search="a"), "")
    room.rest()
    room.twin.table.select(1)
    room.type("yesterday")
    assert room.page.wanted == room.twin.wanted and room.page.card.customer == 1
    room.twin.show_rows(CustomerFilter(states=("lead",)), "")
    room.rest()
    room.type("21 November")
    assert room.names() == ["Ravi"] and room.page.card.customer == 2, "Siti was not there yet"


def test_the_deals_of_that_day(room: Room) -> None:
    room.type("yesterday")
    deals.move(room.book, [1], 2)
    room.panel.bar.chips["deals"].click()
    room.rest()
    assert isinstance(room.page, DealsPage) and room.page.book.today() == room.book.today() - timedelta(1)
    room.page.record_wanted.emit("customers", 2)
    room.rest()
    assert isinstance(room.page, CustomersPage) and room.page.card.customer == 2


def test_the_tasks_of_that_day(room: Room) -> None:
    room.type("5 weeks ago")
    room.panel.bar.chips["tasks"].click()
    room.rest()
    page = room.page
    assert isinstance(page, TasksPage) and not page.quick.isVisible()
    record = page.model.record(1)
    assert record is not None and (record.row.name, record.row.done_on) == ("Bring the tiles", None)
    before = dump(room.book)
    page.table.select(record.row.id)
    page.table.toggle_requested.emit([record.row.id])
    room.rest()
    assert "go back to today" in room.bar.text() and dump(room.book) == before
    page._open(record.row.id)
    room.rest()
    form = page.form
    assert form.isVisible() and not form.form.isEnabled() and form.documents.adder.isHidden()
    assert form.documents.title.text() == "Documents · 1", "it was taken off later"
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible() and room.closed == 0
    page.record_wanted.emit("customers", 2)
    room.rest()
    page.rows_wanted.emit(TaskFilter(done_only=True), "Done")
    room.rest()
    assert room.page is page and page.model.rowCount() == 0


def test_a_report_as_it_was_read_then(room: Room) -> None:
    room.type("5 weeks ago")
    room.panel.show_list("reports")
    room.rest()
    page = room.page
    assert isinstance(page, ReportsPage) and page.desk.isHidden()
    report = page.body.report()
    assert report is not None and (report.name, report.start) == ("daily", TODAY)
    then = {figure.key: figure.value for figure in report.figures}
    assert (then["leads"], then["due"], then["activities"]) == (1, 1, 1), "Ravi was deleted later"
    now = reports.build(room.book, "daily", Period.day(TODAY))
    assert {figure.key: figure.value for figure in now.figures}["leads"] == 0
    assert exporting.stamped(report, page.book).printed == "As on Saturday, 21 November 2026"
    acts = {action.objectName() for action in page.actions()}
    assert {"print_report", "period_back", "report:sales"} <= acts and "board" not in acts


def test_nothing_can_be_changed_there(room: Room) -> None:
    room.type("yesterday")
    before = dump(room.book)
    card = room.page.card
    card.new_customer()
    card.edit_details()
    room.page.list_acts.delete([1])
    room.page.list_acts.star()
    room.rest()
    assert card.pane is None and dump(room.book) == before
    assert "past day" in room.bar.text() or "go back to today" in room.bar.text()


@pytest.mark.parametrize(("typed", "said"), [
    ("rooms", "is not a date"), ("12 December 2027", "still to come"), ("1 January 2026", "begins on"),
    ("", "Type a day")])
def test_what_is_no_day_is_told_where_it_stands(room: Room, typed: str, said: str) -> None:
    room.type(typed)
    assert said in room.panel.bar.field.accessibleDescription() and said in room.bar.text()
    assert room.panel.then is None and room.panel.stack.currentWidget() is room.panel.ask
    room.type("yesterday")
    assert room.panel.then is not None and room.panel.bar.field.accessibleDescription() == ""


def test_making_can_be_stopped(room: Room) -> None:
    room.panel.show_typed("yesterday")
    assert room.panel.progress.isVisible()
    room.panel.ask.acted.emit()
    room.rest()
    assert room.panel.then is None and not room.panel.progress.isVisible()
    assert not list((paths.cache() / "past").glob("*.crm"))


def test_escape_leads_back(room: Room) -> None:
    QTest.keyClick(room.panel.bar.field, Qt.Key.Key_Escape)
    assert room.closed == 1
    room.panel.bar.back.click()
    assert room.closed == 2


@pytest.mark.parametrize("key", ["customers", "deals", "tasks", "reports"])
def test_escape_leads_back_from_each_list(room: Room, key: str) -> None:
    room.panel.activateWindow()
    room.type("yesterday")
    room.panel.show_list(key)
    room.rest()
    QTest.keyClick(room.panel.focusWidget(), Qt.Key.Key_Escape)
    assert room.closed == 1


def test_the_keyboard_stays_in_the_window(room: Room) -> None:
    room.panel.activateWindow()
    room.type("yesterday")
    assert room.page.card.customer is not None
    assert room.panel.isActiveWindow(), "no part of the page was a window of its own for a moment"


def test_no_deal_can_be_dropped_on_a_past_day(room: Room) -> None:
    room.type("yesterday")
    room.panel.show_list("deals")
    room.rest()
    assert not any(zone.isVisible() for zone in room.page.views.board.zones().values())


def test_an_erasure_ends_the_look_at_the_past(room: Room) -> None:
    room.type("yesterday")
    customers.edit(room.book, 1, {"city": "Ipoh"})
    room.rest()
    assert room.closed == 0
    erasing.erase(room.book, 1)
    room.rest()
    assert room.closed == 1
