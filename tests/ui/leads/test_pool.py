"""The pool, the hand-over and its form in the leads' panel, by keys, on a small real file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.domain.assignment import Proposal
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import NotFound
from desktop_crm.services import access, assignment, business, customers, deals, pool, sellers, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.settings import Settings
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.leads.giving import HandOverPanel
from desktop_crm.ui.leads.handover import HandOverSection
from desktop_crm.ui.leads.panel import LeadsPanel
from desktop_crm.ui.leads.pool import PoolSection
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.sales.papers import Paper
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import NOON, TODAY, Clock, new_book


class Room:
    """The panel of leads with what the window gives it; `wishes` are what it asked of the window."""

    def __init__(self, book: Book, qtbot: QtBot, log: Path) -> None:
        self.book, self.jobs, self.bar = book, Jobs(), MessageBar()
        self.messages = Messages(self.bar, log)
        self.feed = Feed(book)
        self.panel = LeadsPanel(book, self.jobs, self.messages, Settings())
        self.wishes: list[str] = []
        self.panel.act_wanted.connect(self.wishes.append)
        self.feed.changed.connect(self.panel.reload)
        self.window = QMainWindow()
        whole = QWidget()
        whole.setLayout(column(self.bar, self.panel, gap=0))
        self.window.setCentralWidget(whole)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 694)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.jobs.wait_all()
            QCoreApplication.processEvents()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", clock=clock)
    aminah, _ = (sellers.add(made, {"name": name}) for name in ("Aminah", "Ben"))
    clock.now = NOON - timedelta(days=40)
    for name, region in (("Kedai Lim", "Johor"), ("Ong", "Perak"), ("陈美玲", "Johor")):
        customers.add(made, {"name": name, "region": region})
    customers.add(made, {"name": "idle", "seller_id": aminah})
    clock.now = NOON
    yield made
    made.close()


@pytest.fixture
def room(book: Book, qtbot: QtBot, tmp_path: Path) -> Room:
    return Room(book, qtbot, tmp_path / "log.txt")


def pool_of(room: Room) -> PoolSection:
    room.panel.show_section("pool")
    room.settle()
    section = room.panel.section("pool")
    assert isinstance(section, PoolSection)
    return section


def names(table: object) -> list[str]:
    model = table.model_  # type: ignore[attr-defined]
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def owner(book: Book, name: str) -> object:
    key = customers.list_ids(book, CustomerFilter(search=name))[0]
    return customers.rows(book, [key])[0].seller


def test_t_takes_a_lead_for_who_works_and_undo_gives_it_back(room: Room) -> None:
    section = pool_of(room)
    assert names(section.table) == ["陈美玲", "Ong", "Kedai Lim"] and section.count.text() == "3"
    QTest.keyClick(section.table, Qt.Key.Key_T)
    room.settle()
    assert "F9" in room.bar.text() and owner(room.book, "陈美玲") is None  # nobody works yet
    access.work_as(room.book, sellers.all_sellers(room.book)[1].id)
    QTest.keyClick(section.table, Qt.Key.Key_T)
    room.settle()
    assert owner(room.book, "陈美玲") == "Ben" and names(section.table) == ["Ong", "Kedai Lim"]
    room.bar._action.click()
    room.settle()
    assert owner(room.book, "陈美玲") is None and len(names(section.table)) == 3


def test_leads_are_given_beside_the_window_and_a_held_key_acts_once(
        room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    section = pool_of(room)
    access.work_as(room.book, sellers.all_sellers(room.book)[1].id)
    threads: list[threading.Thread] = []
    taken = pool.take

    def take(book: Book, ids: list[int]) -> Changes:
        threads.append(threading.current_thread())
        return taken(book, ids)

    monkeypatch.setattr(pool, "take", take)
    section.table.selectAll()
    QTest.keyClick(section.table, Qt.Key.Key_T)
    QTest.keyClick(section.table, Qt.Key.Key_T)  # while the first is under way
    room.settle()
    assert len(threads) == 1 and threads[0] is not threading.main_thread() and names(section.table) == []
    room.bar._action.click()
    room.settle()
    assert len(names(section.table)) == 3
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier, "t", True)
    QCoreApplication.sendEvent(section.table, held)
    room.settle()
    assert len(threads) == 1


def test_rules_are_looked_at_before_they_assign_and_escape_leads_back(room: Room) -> None:
    section = pool_of(room)
    assert not section.assign.isVisible()
    south = CustomerFilter(regions=("Johor",))
    assignment.add(room.book, {"name": "South", "filter": south, "seller_id": 2, "most": 9})
    room.settle()
    QTest.keyClick(section.table, Qt.Key.Key_A)
    room.settle()
    shown = [[str(section.preview.model_.index(row, part).data()) for part in range(3)] for row in range(3)]
    assert shown == [["陈美玲", "Ben", "South → Ben; has 0 of 9 open leads"],
                     ["Ong", "stays in the pool", "No rule fits; it stays in the pool"],
                     ["Kedai Lim", "Ben", "South → Ben; has 1 of 9 open leads"]]
    assert section.do.accessibleName() == "Assign 2 leads" and "1 stays in the pool" in section.preview_title.text()
    QTest.keyClick(room.panel, Qt.Key.Key_Escape)
    assert section.stack.currentIndex() == 0 and owner(room.book, "Kedai Lim") is None
    QTest.keyClick(section.table, Qt.Key.Key_A)
    assert section.preview_title.text() == "Looking who gets whom…" and not section.do.isEnabled()
    QTest.keyClick(room.panel, Qt.Key.Key_Return)
    assert section.stack.currentIndex() == 1, "nothing is assigned that was not looked at"
    room.settle()
    section.do.click()
    room.settle()
    assert (owner(room.book, "Kedai Lim"), owner(room.book, "陈美玲")) == ("Ben", "Ben")
    assert names(section.table) == ["Ong"]


def test_idle_leads_go_back_with_a_click_where_the_business_has_said_when(room: Room) -> None:
    section = pool_of(room)
    assert section.settings.isVisible() and not section.idle.isVisible()
    section.settings.click()
    assert room.wishes == ["settings"]
    business.set_business(room.book, {"pool_days": "30"})
    room.settle()
    assert section.idle_title.text() == "1 lead that nobody has touched for 30 days" and names(section.idle) == ["idle"]
    QTest.keyClick(section.idle, Qt.Key.Key_R)
    room.settle()
    assert owner(room.book, "idle") is None and "idle" in names(section.table)
    assert str(section.table.model_.index(names(section.table).index("idle"), 5).data()) == "Aminah"  # had it last
    room.bar._action.click()
    room.settle()
    assert owner(room.book, "idle") == "Aminah"


def test_who_is_late_is_handed_over_with_a_paper(room: Room, qtbot: QtBot) -> None:
    room.panel.show_section("handover")
    section = room.panel.section("handover")
    assert isinstance(section, HandOverSection)
    room.settle()
    assert section.table.model_.rowCount() == 0 and section.empty.isVisible()
    key = customers.list_ids(room.book, CustomerFilter(search="idle"))[0]
    tasks.add(room.book, {"name": "Call", "customer_id": key, "due_on": TODAY - timedelta(days=3), "seller_id": 1})
    deal = deals.add(room.book, {"name": "Sofa", "customer_id": key, "seller_id": 1})
    room.settle()
    row = [str(section.table.model_.index(0, part).data()) for part in range(5)]
    assert row == ["idle", "3 days late", "1 task overdue since 18 Nov 2026", "Aminah", "Ben: 0 open"]
    QTest.keyClick(section.table, Qt.Key.Key_H)
    assert room.wishes == [f"handover:{key}>2"]
    panel, papers = HandOverPanel(room.book, room.jobs, room.messages), list[Paper]()
    qtbot.addWidget(panel)
    panel.paper_made.connect(papers.append)
    panel.begin([key], 2)
    room.settle()
    assert panel.going.text() == "To be handed over: 1 customer, 1 open deal, 1 open task"
    panel.parts.ticks["tasks"].setChecked(False)
    room.settle()
    assert panel.going.text() == "To be handed over: 1 customer, 1 open deal"
    panel.form.editor("note").setPlainText("Be kind.")
    panel.form.submit()
    room.settle()
    assert (owner(room.book, "idle"), deals.card(room.book, deal).row.seller) == ("Ben", "Ben")
    paper, _ = papers[0].make()
    assert (paper.note, paper.givers, [task.keeper for task in paper.customers[0].tasks]) == (
        "Be kind.", ("Aminah",), ["Aminah"])
    assert papers[0].file == "Hand-over to Ben 2026-11-21.pdf"
    panel.begin([key], 2)
    room.settle()
    panel.parts.ticks["tasks"].setChecked(False)
    room.settle()
    assert panel.going.text() == "Nothing would change."
    panel.form.submit()
    room.settle()
    assert len(papers) == 1 and "nothing to hand over" in panel.form._why.text()
    room.bar._action.click()
    room.settle()
    assert owner(room.book, "idle") == "Aminah"


def test_a_file_for_reading_offers_nothing(book: Book, qtbot: QtBot, tmp_path: Path) -> None:
    beside = open_book(book.path, reading=True, clock=Clock())
    room = Room(beside, qtbot, tmp_path / "log.txt")
    section = pool_of(room)
    assert not section.take.isEnabled() and len(names(section.table)) == 3
    QTest.keyClick(section.table, Qt.Key.Key_T)
    assert len(names(section.table)) == 3
    beside.close()


def test_who_gets_whom_is_worked_out_beside_the_window(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    section = pool_of(room)
    assignment.add(room.book, {"name": "All", "filter": CustomerFilter(), "seller_id": 2})
    room.settle()
    threads, plan = list[threading.Thread](), assignment.preview

    def preview(book: Book, ids: list[int]) -> list[Proposal]:
        threads.append(threading.current_thread())
        return plan(book, ids)

    monkeypatch.setattr(assignment, "preview", preview)
    QTest.keyClick(section.table, Qt.Key.Key_A)
    room.settle()
    assert threads and threading.main_thread() not in threads and section.preview.model_.rowCount() == 3
    section._look()
    QTest.keyClick(room.panel, Qt.Key.Key_Escape)
    room.settle()
    assert section.stack.currentIndex() == 0, "who left the look is not brought back to it"

    def refused(*_: object) -> list[Proposal]:
        raise NotFound("The record is no longer in the file. Nothing was changed.")

    monkeypatch.setattr(assignment, "preview", refused)
    QTest.keyClick(section.table, Qt.Key.Key_A)
    room.settle()
    assert section.stack.currentIndex() == 0 and "no longer in the file" in room.bar.text()
