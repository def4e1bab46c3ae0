"""The evening's sums read short ranges of indexes, whatever else the file holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop_crm.domain.sales import Sale
from desktop_crm.domain.values import Period
from desktop_crm.services import evening, sales
from tests.books import TODAY, new_book
from tests.reports.shop import AMINAH, open_shop
from tests.storage.test_figures import plans

SMALL = ("t", "s", "sellers", "stages", "choices", "(subquery-1)", "(subquery-2)")
"""Tables of a few rows, and the rows that a range of an index has just given."""


def test_an_evening_with_all_there_is_never_reads_a_whole_table(tmp_path: Path) -> None:
    book = new_book(tmp_path / "evening.crm")
    open_shop(book)
    yesterday = TODAY - timedelta(days=1)
    evening.printed(book, "daily", yesterday)
    sales.sell(book, Sale(customer_id=1, total=500, paid=100, on=yesterday, seller_id=AMINAH))
    evening.count_cash(book, TODAY, 100)
    evening.set_target(book, Period.month(TODAY), 1_000)
    evening.set_target(book, Period.month(TODAY), 1_000, seller=AMINAH)
    found = plans(book, None, "day")
    assert any("cash_counts" in statement for statement, _ in found)
    assert any("FROM journal" in statement for statement, _ in found)
    for statement, plan in found:
        scans = [line for line in plan.splitlines() if line.startswith("SCAN") and line.split()[1] not in SMALL]
        assert scans in ([], ["SCAN CONSTANT ROW"]), f"{statement}\n{plan}"
        if "FROM journal WHERE id >" in statement:
            assert "INTEGER PRIMARY KEY" in plan, plan
        if "row_id IN" in statement:
            assert "journal_record (table_name=? AND row_id=?)" in plan, plan
    book.close()
