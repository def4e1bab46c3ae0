"""The lead to work on now: the order by hand, who is left out, whose leads, and the reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.i18n import language
from desktop_crm.services import activities, business, customers, next_lead, requests, sellers, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import NOON, TODAY, Clock, new_book


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON - timedelta(hours=1))


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    book = new_book(tmp_path / "shop.crm", clock=clock)
    yield book
    book.close()


def old(book: Book, name: str, days: int = 30, **values: Any) -> int:
    """A lead that came so many days ago."""
    return customers.add(book, {"name": name, "created_on": TODAY - timedelta(days=days), **values})


def scored(book: Book, lead: int, points: int) -> None:
    with book.work("score") as work:
        records.save(work.connection, "customers", lead, {"score": points})


def names(book: Book, seller: int | None = None) -> list[str]:
    """Who comes, one press after the other, until nobody does."""
    passed: list[int] = []
    found = []
    while (one := next_lead.find(book, seller, passed)) is not None:
        passed.append(one.id)
        found.append(one.name)
    return found


def said(book: Book, passed: list[int]) -> str:
    one = next_lead.find(book, None, passed)
    assert one is not None
    return next_lead.why(book, language("en"), one)


def test_requests_then_steps_that_are_due_then_points_then_who_waits_longest(book: Book, clock: Clock) -> None:
    long, longer, points = old(book, "Long", 40), old(book, "Longer", 50), old(book, "Points", 20)
    scored(book, points, 70)
    due, later_due = old(book, "Due"), old(book, "Due since yesterday")
    tasks.add(book, {"name": "Call back", "customer_id": due, "due_on": TODAY - timedelta(days=3)})
    tasks.add(book, {"name": "Send prices", "customer_id": later_due, "due_on": TODAY - timedelta(days=1)})
    today = old(book, "Due today")
    tasks.add(book, {"name": "Visit", "customer_id": today, "due_on": TODAY})
    first = customers.add(book, {"name": "Asked an hour ago"})
    clock.now = NOON - timedelta(minutes=5)
    second = customers.add(book, {"name": "Asked just now"})
    clock.now = NOON
    assert names(book) == ["Asked an hour ago", "Asked just now", "Due", "Due since yesterday", "Due today", "Points",
                           "Longer", "Long"]
    order = [first, second, due, later_due, today, points, longer, long]
    assert [said(book, order[:number]) for number in range(8)] == [
        "Unanswered request, late by 45 minutes", "Unanswered request, answer within 10 minutes",
        "Next step is overdue by 3 days: Call back", "Next step is overdue by 1 day: Send prices",
        "Next step is due today: Visit", "Score 70 · waiting for 20 days", "waiting for 50 days",
        "waiting for 40 days"]


def test_left_out_is_who_was_touched_today_has_a_later_plan_or_is_no_open_lead(book: Book) -> None:
    called, tried, planned, this_evening = (old(book, name) for name in ("Called", "Tried", "Planned", "Evening"))
    activities.log(book, {"name": "Call", "kind": "call", "customer_id": called})
    activities.log(book, {"name": "Call", "kind": "call", "direction": "out", "state": "not_held",
                          "customer_id": tried})
    tasks.add(book, {"name": "Call", "customer_id": planned, "due_on": TODAY + timedelta(days=1)})
    evening = tasks.add(book, {"name": "Call", "customer_id": this_evening, "due_on": TODAY, "due_time": "18:00"})
    old(book, "Bought", state="customer")
    old(book, "No good", lead_state="unqualified")
    wrote = old(book, "Wrote to us")
    activities.log(book, {"name": "E-mail", "kind": "email", "direction": "in", "customer_id": wrote})
    undated = old(book, "Some day", 60)
    tasks.add(book, {"name": "Call", "customer_id": undated})
    assert names(book) == ["Some day", "Wrote to us"]
    tasks.edit(book, evening, {"due_time": "10:59"})
    assert names(book)[0] == "Evening"
    new = customers.add(book, {"name": "Request"})
    assert names(book)[0] == "Request"
    requests.log_first_call(book, new)
    assert "Request" not in names(book)


def test_what_counts_among_equals(book: Book, clock: Clock) -> None:
    none, nought, less = old(book, "No score", 50), old(book, "Nought", 60), old(book, "Less than nothing", 70)
    scored(book, nought, 0)
    scored(book, less, -5)
    due = old(book, "Due")
    for name, day, at in (("Later", TODAY, "10:30"), ("Whole day", TODAY, None), ("First", TODAY, None)):
        tasks.add(book, {"name": name, "customer_id": due, "due_on": day, "due_time": at})
    tasks.add(book, {"name": "Over", "customer_id": due, "due_on": TODAY - timedelta(days=9)})
    tasks.finish(book, [tasks.list_ids(book)[0]])
    with book.work("plant") as work:  # an activity of a day to come, as another program may leave it
        records.add(work.connection, "activities", {"name": "Call", "customer_id": none, "state": "held",
                                                    "on_date": TODAY + timedelta(days=5)})
    assert names(book) == ["Due", "Nought", "No score", "Less than nothing"]
    assert said(book, []) == "Next step is due today: Whole day"
    assert said(book, [due, nought]) == "waiting for 50 days"
    weak, strong = (customers.add(book, {"name": name}) for name in ("Weak", "Strong"))
    scored(book, weak, 10)
    scored(book, strong, 20)
    clock.now += timedelta(minutes=15)
    assert names(book)[:2] == ["Strong", "Weak"]
    assert said(book, []) == "Unanswered request, late by 0 minutes"


def test_a_seller_gets_their_own_leads_and_those_of_nobody(book: Book) -> None:
    ling, raj = sellers.add(book, {"name": "Ling"}), sellers.add(book, {"name": "Raj"})
    old(book, "Of Ling", seller_id=ling)
    old(book, "Of Raj", seller_id=raj)
    old(book, "Of nobody", 10)
    customers.add(book, {"name": "Request of Raj", "seller_id": raj})
    assert names(book, ling) == ["Of Ling", "Of nobody"]
    assert names(book, raj) == ["Request of Raj", "Of Raj", "Of nobody"]
    one = next_lead.find(book, ling)
    assert one is not None and one.seller == "Ling"


def test_requests_that_nobody_watches_are_leads_like_others_and_an_empty_file_has_none(book: Book) -> None:
    assert next_lead.find(book) is None
    customers.add(book, {"name": "Request"})
    assert names(book) == ["Request"] and said(book, []).startswith("Unanswered request")
    business.set_business(book, {"answer_minutes": "0"})
    assert names(book) == ["Request"] and said(book, []) == "Nobody has spoken to them yet"
