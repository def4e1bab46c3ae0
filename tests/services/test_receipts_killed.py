"""Receipt numbers without gap or repeat, however often the process is killed and acts are undone."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from desktop_crm.services import accounts, customers, safety
from desktop_crm.services.book import open_book
from tests.books import new_book
from tests.killing import killed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

SELLS = """
import sys; from pathlib import Path
from desktop_crm.domain.sales import Sale
from desktop_crm.services import customers, sales
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
customer = customers.list_ids(book)[0]
for number in range(10_000):
    sold = sales.sell(book, Sale(customer, total=1000, paid=600, receipt=True))
    print(sold.receipt, flush=True)
    if number % 5 == 4:
        book.undo()
"""


def _sells(path: Path, seed: int, times: int) -> None:
    book = new_book(path)
    customers.add(book, {"name": "Aminah"})
    book.close()
    chance, given = random.Random(seed), []
    for _ in range(times):
        given += [int(word) for word in killed(SELLS, path, chance.uniform(0, 0.2))]
    book = open_book(path)
    assert safety.check(book) == []
    with book.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT r.number, r.voided_at IS NULL, d.id IS NOT NULL FROM receipts r "
            "LEFT JOIN deals d ON d.id = r.deal_id "
            "ORDER BY r.id").all()
        paid = connection.exec_driver_sql("SELECT count(*), sum(amount) FROM payments").one()
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1)), "a number is missing or came twice"
    assert given == sorted(set(given)) and set(given) <= {row[0] for row in rows}, "a given receipt was lost"
    assert all(valid == sold for _, valid, sold in rows), "a receipt stands without its sale, or is void with it"
    valid = sum(row[1] for row in rows)
    assert tuple(paid) == (valid, 600 * valid or None)
    assert accounts.balance(book, 1).owed == 400 * valid
    book.close()


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_selling(tmp_path: Path, seed: int) -> None:
    _sells(tmp_path / "shop.crm", seed, 2)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 125))
def test_killed_while_selling_many_times(tmp_path: Path, seed: int) -> None:
    _sells(tmp_path / "shop.crm", seed, 4)
