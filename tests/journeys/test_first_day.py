"""A newcomer's first day, by keyboard alone, in the real window on a real file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_crm import settings
from desktop_crm.app import Session
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services import activities, customers, deals, tasks
from desktop_crm.services.book import open_book
from desktop_crm.ui.main_window import MainWindow
from tests.books import dump, new_book, undo_all
from tests.journeys.conftest import Keys, focus

Rest = Callable[[], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_book(tmp_path / "shop.crm").close()
    return tmp_path / "shop.crm"


def test_a_newcomer_is_greeted_and_looks_around(session: Session, qtbot: QtBot, rest: Rest, press: Keys) -> None:
    session.begin(None)
    qtbot.waitUntil(lambda: session.window.stack.currentWidget() is session.window.start_page)
    assert not session.window.actions_.get("import").isEnabled(), "without a file only files can be opened"
    session.window.start_page.first.click()
    rest()
    assert session.window.book is not None and session.window.book.path.name == "Sample business.crm"
    for number, tab in enumerate(("customers", "deals", "tasks", "reports"), 1):
        press(f"Ctrl+{number}")
        assert session.window.stack.currentWidget() is session.window.page(tab)
    assert settings.load().last_file == "" or settings.load().last_file.endswith(".crm")


def test_an_hour_of_selling_by_keyboard_and_all_of_it_undone(session: Session, path: Path, rest: Rest,
                                                            press: Keys) -> None:
    session.open(path)
    session.window.show()
    rest()
    book = session.window.book
    assert book is not None
    start = dump(book)

    press("Ctrl+1", "Ctrl+N", "text:Kedai Ah Meng", "Return")
    customer = customers.list_ids(book)[0]
    press("Ctrl+L", "text:called 12 min agreed on the price", "Return")
    logged = activities.rows(book, activities.list_ids(book))[0]
    assert (logged.kind, logged.minutes, logged.customer_id) == ("call", 12, customer)

    press("Ctrl+D", "text:Roof tiles", "Return")
    deal = deals.rows(book, deals.list_ids(book))[0]
    assert (deal.name, deal.customer_id, deal.stage) == ("Roof tiles", customer, "New")

    press("Ctrl+3", "Ctrl+N", "text:call Kedai Ah Meng tomorrow 10:00", "Return")
    task = tasks.rows(book, tasks.list_ids(book, TaskFilter(open_only=True)))[0]
    assert (task.kind, task.due_time, task.customer_id) == ("call", "10:00", customer)

    press("Ctrl+K", "text:ah meng", "Return")
    assert session.window.stack.currentWidget() is session.window.page("customers")

    end = dump(book)
    for _ in range(4):
        press("Ctrl+Z")
    assert dump(book) == start
    for _ in range(4):
        press("Ctrl+Shift+Z")
    assert dump(book) == end


def test_undo_names_the_act_and_the_status_line_says_it(session: Session, path: Path, rest: Rest, press: Keys) -> None:
    session.open(path)
    session.window.show()
    rest()
    assert not session.window.actions_.get("undo").isEnabled()
    press("Ctrl+1", "Ctrl+N", "text:Aminah", "Return")
    assert session.window.actions_.get("undo").text() == "Undo: Add Aminah"
    press("Ctrl+Z")
    assert session.window.message_bar.text() == "Undone: Add Aminah"
    assert session.window.actions_.get("redo").text() == "Redo: Add Aminah"


def test_the_window_closes_whole_and_remembers(session: Session, path: Path, rest: Rest, press: Keys) -> None:
    session.open(path)
    session.window.show()
    rest()
    press("Ctrl+1", "Ctrl+N", "text:Aminah", "Return", "Ctrl+3")
    session.window.close()
    assert not path.with_name("shop.crm-wal").exists()
    kept = settings.load()
    assert kept.last_file == str(path) and kept.window["tab"] == "tasks"
    book = open_book(path)
    assert undo_all(book) == 1, "undo survives the restart"
    book.close()


def test_a_file_that_is_open_elsewhere_is_said_and_left(session: Session, path: Path, tmp_path: Path, rest: Rest,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    other = new_book(tmp_path / "other.crm")
    code = session.failed
    session.open(tmp_path / "missing.crm")
    session.window.show()
    rest()
    assert session.window.stack.currentWidget() is session.window.start_page
    assert session.failed == 1 and code == 0
    assert "no file" in capsys.readouterr().err
    other.close()


def test_a_link_to_the_open_file_is_that_file_and_one_that_leads_to_itself_is_refused(
        session: Session, path: Path, tmp_path: Path, rest: Rest) -> None:
    session.open(path)
    rest()
    book, link, circle = session.window.book, tmp_path / "link.crm", tmp_path / "circle.crm"
    link.symlink_to(path)
    circle.symlink_to(circle)
    for other in (link, circle):
        session.open(other)
        rest()
        assert session.window.book is book
    assert "circle.crm cannot be read" in session.window.message_bar.text()


def test_an_exception_in_a_slot_is_told_and_logged_and_the_window_lives(
        session: Session, path: Path, rest: Rest, press: Keys, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    session.open(path)
    session.window.show()
    rest()

    def broken() -> None:
        raise ZeroDivisionError("a secret name")

    with qtbot.captureExceptions(), caplog.at_level(logging.ERROR):
        session._crashed(_raised(broken))
        QTimer.singleShot(0, lambda: None)
        rest()
    assert "made a mistake" in session.window.message_bar.text()
    press("Ctrl+1", "Ctrl+N", "text:Aminah", "Return")
    assert session.window.book is not None and len(dump(session.window.book)["customers"]) == 1


def _raised(act: Callable[[], None]) -> BaseException:
    try:
        act()
    except ZeroDivisionError as error:
        return error
    raise AssertionError


def test_light_dark_and_language_change_in_the_open_window(session: Session, path: Path, rest: Rest,
                                                          press: Keys) -> None:
    from desktop_crm.ui import theme

    session.open(path)
    session.window.show()
    rest()
    session.window.actions_.run("dark")
    assert theme.theme().dark
    session.window.actions_.run("light")
    assert not theme.theme().dark
    session._look("language", "ms")
    rest()
    assert session.window.book is not None and session.window.isVisible()
    press("Ctrl+1", "Ctrl+N", "text:Aminah", "Return")
    assert len(dump(session.window.book)["customers"]) == 1


def test_a_won_deal_by_keys_stands_in_the_report_of_the_day(session: Session, path: Path, rest: Rest,
                                                           press: Keys) -> None:
    session.open(path)
    session.window.show()
    rest()
    book = session.window.book
    assert book is not None
    deal = deals.add(book, {"name": "Tiles", "amount": 124_800})
    press("Ctrl+2")
    session.window.page("deals").open(deal)
    rest()
    session.window.actions_.run("deal_won")
    rest()
    assert deals.list_ids(book, DealFilter(statuses=("won",))) == [deal]
    press("Ctrl+4")
    assert focus(session) is not None
    from desktop_crm.services import reports

    figures = {figure.key: figure.value for figure in reports.build(book, "daily").figures}
    assert 124_800 in figures.values()


def test_nothing_but_the_window_ever_shows_as_a_window(session: Session, path: Path, rest: Rest, press: Keys) -> None:
    """A part that is shown before it has a parent flashes as a window of its own and takes the focus."""
    strays: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow() and not (
                    isinstance(watched, MainWindow) or watched.windowFlags() & Qt.WindowType.Popup):
                strays.append(type(watched).__name__)
            return False

    watch = Watch()
    session.application.installEventFilter(watch)
    try:
        session.open(path)
        session.window.show()
        rest()
        for number in (2, 3, 4, 1):
            press(f"Ctrl+{number}", "Ctrl+N")
        for key in ("import", "settings", "help"):
            session.window.actions_.run(key)
            rest()
    finally:
        session.application.removeEventFilter(watch)
    assert strays == []


def test_keys_of_the_window_work_while_a_line_has_the_focus(session: Session, path: Path, rest: Rest,
                                                            press: Keys) -> None:
    session.open(path)
    session.window.show()
    rest()
    press("Ctrl+1", "Ctrl+N", "text:Aminah", "Return", "Ctrl+L")
    line = focus(session)
    press("text:half a th", "Ctrl+Z")
    assert session.window.book is not None and len(dump(session.window.book)["customers"]) == 1, "typed text first"
    line.clear()
    press("Ctrl+Z")
    assert len(dump(session.window.book)["customers"]) == 0
    press("Ctrl+K")
    assert session.window.top.search.hasFocus() and session.window.finder.panel.isVisible()
    press("Esc")
    assert not session.window.finder.panel.isVisible()
