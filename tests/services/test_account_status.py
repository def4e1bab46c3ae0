"""How customers stand, by hand: active, quiet, dormant; first purchase, repeat, lapsed; revenue against before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.domain.account_status import growth
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.segments import PRESETS
from desktop_crm.services import account_status, customers, rfm
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import TODAY, bought, new_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = new_book(tmp_path / "shop.crm")
    with book.work("plant") as work:
        for number in range(1, 8):
            records.add(work.connection, "customers", {"name": f"Shop {number}", "state": "customer"})
    yield book
    book.close()


def spoke(book: Book, customer: int, days: int, state: str = "held") -> None:
    with book.work("plant") as work:
        records.add(work.connection, "activities", {"name": "Call", "customer_id": customer, "state": state,
                                                    "on_date": TODAY - timedelta(days=days)})


def test_activity_and_stage_step_at_the_lapse_length(book: Book) -> None:
    bought(book, 1, (89, 100))
    bought(book, 2, (90, 100), (400, 100))
    bought(book, 3, (179, 100))
    bought(book, 4, (180, 100), (300, 100))
    bought(book, 5, (200, 100), (10, -50))  # a return is no purchase
    spoke(book, 5, 3)
    spoke(book, 6, 100)
    spoke(book, 7, 2, "not_held")  # nobody was spoken to
    said = {number: (account_status.status(book, number).activity, account_status.status(book, number).stage)
            for number in range(1, 8)}
    assert said == {1: ("active", "first"), 2: ("quiet", "repeat"), 3: ("quiet", "first"), 4: ("dormant", "lapsed"),
                    5: ("active", "lapsed"), 6: ("quiet", "never"), 7: ("none", "never")}
    rows = {row.id: (row.activity, row.buyer_stage) for row in customers.rows(book, range(1, 8))}
    assert rows == said
    assert [customers.count(book, PRESETS[key][1]) for key in ("first", "repeat", "lapsed", "never_bought")] == [
        2, 1, 2, 2]
    rfm.choose(book, {"lapse_days": "100"})
    assert account_status.status(book, 2).stage == "repeat" and account_status.status(book, 3).stage == "lapsed"
    assert customers.count(book, PRESETS["lapsed"][1]) == 3
    customers.edit_many(book, [4], {"state": "inactive"})
    assert customers.count(book, PRESETS["lapsed"][1]) == 2


def test_revenue_is_compared_with_the_year_before(book: Book) -> None:
    bought(book, 1, (0, 3000), (364, 3000), (365, 4000), (729, 1000), (730, 9999), (5, -500))
    bought(book, 2, (10, 700))
    one = account_status.status(book, 1)
    assert (one.facts.revenue, one.facts.before, one.growth) == (5500, 5000, 0.1)
    row = customers.rows(book, [1])[0]
    assert (row.revenue, row.revenue_before) == (5500, 5000)
    assert account_status.status(book, 2).growth is None and growth(0, 500) == -1
    assert rfm.ranking(book)[1].orders == 2  # 21 November of last year is not in the 12 months


def test_returns_other_currencies_and_days_to_come_are_no_purchases_of_the_year(book: Book) -> None:
    bought(book, 1, (10, 3000), (5, -500))
    bought(book, 1, (3, 7000), currency="USD")
    bought(book, 1, (-3, 900))
    bought(book, 2, (10, 100), (400, -100))
    one = account_status.status(book, 1)
    assert (one.facts.purchases, one.facts.revenue, one.facts.before) == (3, 2500, 0)
    assert account_status.status(book, 2).growth is None, "there is no growth from a year below zero"
    row = customers.rows(book, [1])[0]
    assert (row.revenue, row.revenue_before) == (2500, 0)


def test_the_list_sorts_by_it_best_first_or_last(book: Book) -> None:
    bought(book, 1, (5, 100))
    bought(book, 2, (100, 900), (120, 900))
    bought(book, 3, (300, 500))
    spoke(book, 4, 50)
    order = {key: customers.list_ids(book, CustomerFilter(), key) for key in (
        "activity", "buyer_stage", "revenue", "rfm", "rfm_group")}
    assert order == {"activity": [3, 2, 4, 1, 5, 6, 7], "buyer_stage": [4, 5, 6, 7, 1, 2, 3],
                     "revenue": [1, 3, 2, 4, 5, 6, 7], "rfm": [3, 2, 1, 4, 5, 6, 7],
                     "rfm_group": [1, 2, 3, 4, 5, 6, 7]}
    # R, F, M of 1: 5 days, 1 order, 100 of a median of 500; of 2: 100 days, 2 orders, 1800; of 3: 300 days, 1, 500.
    found = rfm.ranking(book)
    assert [(found[key].code, found[key].segment) for key in (1, 2, 3)] == [
        ("511", "new"), ("224", "attention"), ("113", "lost")]
