"""Any sequence of acts, all undone, leaves the file as it was; all redone, as it became."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import (
    activities,
    business,
    contacts,
    customers,
    deals,
    payments,
    pipelines,
    products,
    safety,
    sellers,
    tasks,
)
from desktop_crm.services.book import Book
from tests.books import TODAY, dump, new_book, redo_all, searched, undo_all

NAMES = st.sampled_from(
    ["Aminah", "小明科技有限公司", "முருகன் ஸ்டோர்ஸ்", "श्रेष्ठ ट्रेडर्स", "=2+5", "<b>x</b>", "O'Brien \"Q\""])
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


def picked(book: Book, kind: str, number: int) -> int | None:
    """The id of one of the rows of a table; None where it has none."""
    ids = [row[0] for row in dump(book)[kind]]
    return ids[number % len(ids)] if ids else None


def on_one(kind: str, act: Callable[[Book, int, Any], object]) -> Callable[[Book, int, Any], object]:
    """An act on some existing record of a kind; nothing where there is none."""
    def run(book: Book, number: int, value: Any) -> object:
        found = picked(book, kind, number)
        return act(book, found, value) if found is not None else None
    return run


ACTS: list[Callable[[Book, int, Any], object]] = [
    lambda book, n, v: customers.add(book, {"name": v[0], "created_on": v[1]}, phones=["012-345 678" + str(n % 10)],
                                     tags=["VIP"] if n % 2 else []),
    on_one("customers", lambda book, key, v: customers.edit(
        book, key, {"name": v[0], "notes": v[0], "state": "customer"})),
    on_one("customers", lambda book, key, v: customers.set_tags(book, [key], ["VIP", "Old"])),
    on_one("customers", lambda book, key, v: customers.set_channels(book, key, [("email", "", "a@b.my", 0)])),
    on_one("customers", lambda book, key, v: customers.delete(book, [key])),
    lambda book, n, v: customers.edit_many(book, [row[0] for row in dump(book)["customers"]], {"region": v[0]}),
    lambda book, n, v: contacts.add(
        book, {"name": v[0], "customer_id": picked(book, "customers", n)}, emails=["x@y.my"]),
    lambda book, n, v: deals.add(book, {"name": v[0], "customer_id": picked(book, "customers", n), "amount": n},
                                 [DealLine(picked(book, "products", n), "Tile", n % 7000, n)]),
    on_one("deals", lambda book, key, v: deals.move(
        book, [key], deals.all_pipelines(book)[0].stages[len(v[0]) % 7].id, on=v[1], note=v[0])),
    on_one("deals", lambda book, key, v: deals.edit(
        book, key, {"expected_on": v[1]}, lines=[DealLine(None, v[0], 500, 3)])),
    on_one("deals", lambda book, key, v: deals.delete(book, [key])),
    lambda book, n, v: tasks.add(book, {"name": v[0], "due_on": v[1], "customer_id": picked(book, "customers", n)}),
    on_one("tasks", lambda book, key, v: tasks.finish(book, [key])),
    on_one("tasks", lambda book, key, v: tasks.reschedule(book, [key], v[1])),
    lambda book, n, v: activities.log(book, {"name": v[0], "customer_id": picked(book, "customers", n)}),
    lambda book, n, v: payments.add(book, {"amount": n, "due_on": v[1], "deal_id": picked(book, "deals", n)}),
    on_one("payments", lambda book, key, v: payments.receive(book, [key])),
    lambda book, n, v: products.add(book, {"name": v[0], "price": n}),
    on_one("products", lambda book, key, v: products.delete(book, [key])),
    lambda book, n, v: sellers.add(book, {"name": v[0]}),
    on_one("sellers", lambda book, key, v: sellers.delete(book, [key])),
    lambda book, n, v: pipelines.add_stage(book, 1, {"name": v[0], "probability": n % 101}),
    lambda book, n, v: business.set_business(book, {"name": v[0]}),
]
STEPS = st.lists(st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 9999), st.tuples(NAMES, DAYS)), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, back=st.integers(0, 5))
def test_all_undone_is_the_start_and_all_redone_is_the_end(steps: list[tuple[int, int, tuple[str, date]]],
                                                          back: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = new_book(Path(folder) / "shop.crm")
        start, start_index = dump(book), searched(book)
        for which, number, value in steps:
            try:
                ACTS[which](book, number, value)
            except CrmError:
                continue  # the rules refused it, and it must have left nothing
        end, end_index = dump(book), searched(book)
        for _ in range(min(back, undo_all(book))):
            book.redo()
        undo_all(book)
        assert dump(book) == start
        assert searched(book) == start_index
        redo_all(book)
        assert dump(book) == end
        assert searched(book) == end_index
        assert safety.check(book) == []
        book.close()
