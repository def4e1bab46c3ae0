"""Requests without an answer: who they are, since when they wait, what answers them; 12:00 of 21 November 2026."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.requests import RequestRow
from desktop_crm.services import activities, business, customers, importing, requests
from desktop_crm.services.book import Book
from tests.books import NOON, TODAY, Clock


def lead(book: Book, name: str, **more: object) -> int:
    return customers.add(book, {"name": name, **more})


def waiting(book: Book) -> list[str]:
    return [row.customer for row in requests.unanswered(book, book.now())]


def test_a_new_lead_waits_from_the_minute_it_was_entered(shop: Book, clock: Clock) -> None:
    source = business.choices(shop, "sources")[0]
    lead(shop, "Aminah", source_id=source.id)
    clock.now = NOON + timedelta(minutes=12, seconds=40)
    lead(shop, "Ming")
    clock.now = NOON + timedelta(minutes=13)
    newer, row = requests.unanswered(shop, clock.now)
    assert (newer.customer, newer.minutes) == ("Ming", 0)
    assert (row.customer, row.source, row.came_at, row.minutes) == ("Aminah", source.name, NOON, 13)
    assert [row.left(15, NOON + timedelta(minutes=at)) for at in (0, 13, 15, 27)] == [15, 2, 0, -12]
    assert row.left(15, NOON - timedelta(hours=1)) == 15  # the clock was set back


def test_only_new_leads_of_the_last_seven_days(shop: Book) -> None:
    lead(shop, "today")
    lead(shop, "seventh day", created_on=TODAY - timedelta(days=6))
    lead(shop, "eighth day", created_on=TODAY - timedelta(days=7))
    lead(shop, "contacted", lead_state="contacted")
    lead(shop, "customer", state="customer")
    assert sorted(waiting(shop)) == ["seventh day", "today"]
    assert requests.count(shop, TODAY) == 2 and requests.count(shop, TODAY - timedelta(days=1)) == 2
    assert requests.count(shop, TODAY + timedelta(days=7)) == 0


@pytest.mark.parametrize(("values", "answers"), [
    ({"kind": "call"}, True), ({"kind": "message", "direction": "out"}, True), ({"kind": "visit"}, True),
    ({"kind": "call", "state": "not_held", "direction": "out"}, True),
    ({"kind": "meeting", "state": "not_held"}, False),
    ({"kind": "note"}, False), ({"kind": "message", "direction": "in"}, False),
    ({"kind": "call", "state": "planned", "direction": "out"}, False),
    ({"kind": "call", "on_date": TODAY - timedelta(days=1)}, False),
])
def test_what_answers(shop: Book, values: dict[str, object], answers: bool) -> None:
    customer = lead(shop, "Aminah")
    activities.log(shop, {"name": "x", "customer_id": customer, **values})
    assert waiting(shop) == ([] if answers else ["Aminah"])


def test_the_first_call_answers_and_undo_takes_it_back(shop: Book) -> None:
    customer = lead(shop, "Aminah")
    call = requests.log_first_call(shop, customer)
    row, = activities.rows(shop, [call])
    assert (row.kind, row.direction, row.state, row.at, row.name) == ("call", "out", "held", NOON, "First call")
    assert waiting(shop) == [] and requests.count(shop, TODAY) == 0
    shop.undo()
    assert waiting(shop) == ["Aminah"]


def test_an_answer_of_the_next_day_does_not_change_yesterdays_count(shop: Book, clock: Clock) -> None:
    customer = lead(shop, "Aminah")
    clock.now = NOON + timedelta(days=1)
    requests.log_first_call(shop, customer)
    assert requests.count(shop, TODAY) == 1 and requests.count(shop, TODAY + timedelta(days=1)) == 0


def test_imported_leads_came_at_the_start_of_their_day(shop: Book, tmp_path: Path) -> None:
    source = tmp_path / "leads.csv"
    source.write_text("Name,State,Created on\nAli,lead,2026-11-20\nOld,lead,\n", encoding="utf-8")
    importing.run(shop, source, "customers",
                  overrides=[("Name", "name"), ("State", "state"), ("Created on", "created")])
    business.set_business(shop, {"cutoff": "02:00"})
    assert requests.unanswered(shop, NOON) == [
        RequestRow(requests.unanswered(shop, NOON)[0].customer_id, "Ali", None,
                   datetime(2026, 11, 19, 18, 0, tzinfo=UTC), 34 * 60)]


def test_they_are_watched_unless_that_is_switched_off(shop: Book) -> None:
    lead(shop, "Aminah")
    assert shop.business.answer_within == 15
    business.set_business(shop, {"answer_minutes": "0"})
    assert waiting(shop) == [] and requests.count(shop, TODAY) == 0
    for wrong in ("-1", "ten", "10081"):
        with pytest.raises(InvalidInput):
            business.set_business(shop, {"answer_minutes": wrong})


def test_the_query_looks_at_the_last_days_only(shop: Book) -> None:
    from desktop_crm.storage.requests import _ROWS

    with shop.read() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {_ROWS}", {"since": "", "until": ""}).all())
    assert "customers_created" in plan and "activities_customer" in plan and "SCAN" not in plan
