"""The process is killed in the middle of a merge: the customers are one, or they are two; nothing hangs between."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from desktop_crm.services import customers, deals, safety
from desktop_crm.services.book import open_book
from desktop_crm.storage import records
from tests.books import new_book
from tests.killing import killed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

MERGES = """
import sys; from pathlib import Path
from desktop_crm.services import customers, merging
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
print("begin", flush=True)
for number in range(10_000):
    ids = customers.list_ids(book, sort="id")
    if len(ids) < 2 or number % 4 == 3:
        book.undo()
        print("apart", flush=True)
    else:
        merging.merge(book, ids[0], ids[1:2])
        print("one", flush=True)
"""
PEOPLE, EACH = 12, 120


def _merges(path: Path, seed: int, times: int) -> None:
    book = new_book(path)
    with book.work("Fill", bulk=True) as work:
        people = records.add_many(work.connection, "customers", [{"name": f"Tan {n}"} for n in range(PEOPLE)])
        records.add_many(work.connection, "activities", [
            {"name": f"said {n}", "customer_id": key} for key in people for n in range(EACH)])
        records.add_many(work.connection, "channels", [
            {"customer_id": key, "kind": "phone", "value": f"012-345 {key:04}", "normal": f"+60123450{key:03}"}
            for key in people])
    for key in people:
        deals.add(book, {"name": f"Deal {key}", "customer_id": key})
    book.close()
    chance = random.Random(seed)
    for _ in range(times):
        killed(MERGES, path, chance.uniform(0, 0.3))
        book = open_book(path)
        assert safety.check(book) == []
        with book.read() as connection:
            left = connection.exec_driver_sql(
                "SELECT c.id, (SELECT count(*) FROM activities a WHERE a.customer_id = c.id), (SELECT count(*) FROM "
                "deals d WHERE d.customer_id = c.id), (SELECT count(*) FROM channels h WHERE h.customer_id = c.id) "
                "FROM customers c ORDER BY c.id").all()
        assert [row[0] for row in left] == [people[0], *people[PEOPLE - len(left) + 1:]]
        merged = PEOPLE - len(left) + 1
        assert left[0][1:] == (EACH * merged, merged, merged), "a merge was half saved"
        assert all(row[1:] == (EACH, 1, 1) for row in left[1:])
        book.close()
    book = open_book(path)
    while len(customers.list_ids(book)) < PEOPLE:
        book.undo()
    book.close()


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_merging(tmp_path: Path, seed: int) -> None:
    _merges(tmp_path / "shop.crm", seed, 10)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 120))
def test_killed_while_merging_many_times(tmp_path: Path, seed: int) -> None:
    _merges(tmp_path / "shop.crm", seed, 10)
