"""The process is killed while leads are converted and handed over: each is a lead still, or all that it becomes."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from desktop_crm.services import safety, sellers
from desktop_crm.services.book import open_book
from tests.books import dump, new_book, undo_all
from tests.killing import killed
from tests.services.importing.tables import select
from tests.services.test_conversion import lead

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

CONVERTS = """
import sys; from pathlib import Path
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import conversion, customers, handover
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
print("begin", flush=True)
for turn in range(10_000):
    left = customers.list_ids(book, CustomerFilter(states=("lead",)), sort="id")
    if not left or turn % 4 == 3:
        book.undo()
        continue
    conversion.convert(book, left[0], conversion.Plan(f"Company {left[0]}", role="Owner", deal="Tiles", amount=100))
    every = customers.list_ids(book)
    to = 2 if customers.card(book, every[0]).values["seller_id"] == 1 else 1
    handover.hand_over(book, handover.Plan(tuple(every), to))
"""
LEADS = 12


def _converts(path: Path, seed: int, times: int) -> None:
    book = new_book(path)
    empty = dump(book)
    owner, _ = [sellers.add(book, {"name": name}) for name in ("Aminah", "Ben")]
    ids = [lead(book, f"Lead {number}", seller_id=owner) for number in range(LEADS)]
    book.close()
    chance = random.Random(seed)
    for _ in range(times):
        killed(CONVERTS, path, chance.uniform(0, 0.4))
        book = open_book(path)
        assert safety.check(book) == []
        found = select(book, """
            SELECT c.state, c.lead_state, c.name LIKE 'Company %', (SELECT count(*) FROM channels w WHERE
            w.customer_id = c.id), (SELECT count(*) FROM contacts p JOIN channels w ON w.contact_id = p.id WHERE
            p.customer_id = c.id), (SELECT count(*) FROM deals d WHERE d.customer_id = c.id), (SELECT count(*) FROM
            tasks t WHERE t.customer_id = c.id AND t.contact_id IS NOT NULL), (SELECT count(*) FROM state_moves m
            WHERE m.customer_id = c.id AND m.field = 'state') FROM customers c ORDER BY c.id""")
        assert len(found) == len(ids)
        assert set(found) <= {("lead", "new", 0, 2, 0, 0, 0, 1), ("customer", "converted", 1, 0, 2, 1, 1, 2)}
        assert len(select(book, "SELECT DISTINCT seller_id FROM customers")) == 1, "a hand-over is half there"
        book.close()
    book = open_book(path)
    undo_all(book)
    assert dump(book) == empty
    book.close()


def test_killed_while_converting(tmp_path: Path) -> None:
    _converts(tmp_path / "shop.crm", 0, 4)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 105))
def test_killed_while_converting_many_times(tmp_path: Path, seed: int) -> None:
    _converts(tmp_path / "shop.crm", seed, 10)
