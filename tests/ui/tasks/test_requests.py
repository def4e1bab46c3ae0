"""Requests on top of Today: the countdown, the first call by click and by key, where they give way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services import activities, business, customers, requests
from desktop_crm.services.book import Book
from desktop_crm.ui.tasks.requests import RequestsStrip
from tests.books import Clock
from tests.ui.tasks.conftest import Shown


@pytest.fixture
def strip(empty: Shown, clock: Clock) -> RequestsStrip:
    """Five minutes apart: Ali, Ming; the clock then stands two minutes after the second."""
    book = empty.page.book
    source = business.choices(book, "sources")[0].id
    customers.add(book, {"name": "Ali", "source_id": source})
    clock.now += timedelta(minutes=5)
    customers.add(book, {"name": "Ming"})
    clock.now += timedelta(minutes=2)
    empty.settle()
    return empty.page.requests


def said(strip: RequestsStrip) -> list[str]:
    return [f"{line._name.text()}: {line.badge.text()}" for line in strip.lines if line.isVisible()]


def tones(strip: RequestsStrip) -> list[object]:
    return [line.badge.property("tone") for line in strip.lines if line.isVisible()]


def test_none_without_requests(empty: Shown) -> None:
    assert empty.page.requests.isHidden()


def test_the_countdown_goes_on_without_reading(strip: RequestsStrip, clock: Clock,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "unanswered", None)  # whoever reads now fails
    assert said(strip) == ["Ming: 13 min left", "Ali: 8 min left"] and tones(strip) == ["accent", "accent"]
    clock.now += timedelta(minutes=4)
    strip.tick()
    assert said(strip) == ["Ming: 9 min left", "Ali: 4 min left"] and tones(strip) == ["accent", "warn"]
    clock.now += timedelta(minutes=16)
    strip.tick()
    assert said(strip) == ["Ming: 7 min over", "Ali: 12 min over"] and tones(strip) == ["bad", "bad"]
    clock.now += timedelta(hours=3)
    strip.tick()
    assert said(strip) == ["Ming: 3 h over", "Ali: 3 h over"]
    clock.now += timedelta(days=2)
    strip.tick()
    assert said(strip)[1] == "Ali: 2 days over"


def test_a_click_logs_the_first_call_and_undo_brings_the_request_back(empty: Shown, strip: RequestsStrip) -> None:
    QTest.mouseClick(strip.lines[1].call_button, Qt.MouseButton.LeftButton)
    empty.settle()
    assert said(strip) == ["Ming: 13 min left"] and empty.bar.text() == "Log Call with Ali"
    empty.bar._action.click()
    empty.settle()
    assert len(said(strip)) == 2


def test_one_key_logs_the_call_to_the_newest(empty: Shown, strip: RequestsStrip, bare: Book) -> None:
    act = next(act for act in empty.page.acts() if act.key == "request_call")
    assert act.keys == "Ctrl+L"
    act.run()
    empty.settle()
    assert [row.customer for row in activities.rows(bare, activities.list_ids(bare))] == ["Ming"]


def test_open_leads_to_the_customer(empty: Shown, strip: RequestsStrip) -> None:
    strip.lines[0].open_button.click()
    assert empty.wishes == [("customers", strip.first())]


def test_more_than_three_are_a_number_that_lists_them(empty: Shown, strip: RequestsStrip) -> None:
    wished: list[tuple[object, str]] = []
    empty.page.rows_wanted.connect(lambda *wish: wished.append(wish))
    for number in range(3):
        customers.add(empty.page.book, {"name": f"c{number}"})
    empty.settle()
    assert strip.accessibleName() == "5 requests wait for an answer"
    assert strip.more_button.isVisible() and len(said(strip)) == 3
    strip.more_button.click()
    wanted, title = wished[0]
    assert isinstance(wanted, CustomerFilter) and len(wanted.ids) == 5 and title == "Requests that wait for an answer"


def test_they_stand_in_today_only(empty: Shown, strip: RequestsStrip) -> None:
    empty.page.header.all_chip.click()
    empty.settle()
    assert strip.isHidden()
    empty.page.header.today_chip.click()
    empty.settle()
    assert strip.isVisible()
    empty.page.show_rows(TaskFilter(kinds=("call",)), "Calls")
    empty.settle()
    assert strip.isHidden()


def test_switched_off_they_are_gone(empty: Shown, strip: RequestsStrip) -> None:
    business.set_business(empty.page.book, {"answer_minutes": "0"})
    empty.settle()
    assert strip.isHidden()


def test_what_stands_before_the_countdowns_stands_in_columns(strip: RequestsStrip, clock: Clock) -> None:
    clock.now += timedelta(minutes=9)  # "4 min left", "1 min over": words of two widths
    strip.tick()
    QApplication.processEvents()
    lines = [line for line in strip.lines if line.isVisible()]
    assert len({line.badge.text() for line in lines}) == 2
    assert len({line._source.x() for line in lines}) == len({line.badge.width() for line in lines}) == 1
