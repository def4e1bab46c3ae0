"""Finding customers in the large file: every preset segment, and conditions with and/or, to the first rows."""

from __future__ import annotations

import statistics
from pathlib import Path

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.segments import PRESETS
from desktop_crm.services import customers
from desktop_crm.services.book import Book, open_book
from tests.benchmarks.timing import Result, bounded, once

_FIRST, _PAGE = 200, 128  # what the window asks for first, and what it paints of that
_ASKED = CustomerFilter(conditions=Group(True, (
    Condition("region", "is", "Region 3"), Group(False, (
        Condition("paid", "at_least", 1_000_000), Condition("last_contact", "days_ago", 60),
        Condition("name", "has", "kumar"))))))


def first_rows(book: Book, title: str, wanted: CustomerFilter) -> Result:
    """The first ids by name and their rows; the median of five after one that does not count."""
    def ask() -> None:
        customers.rows(book, customers.list_ids(book, wanted, "name", False, _FIRST)[:_PAGE])

    ask()
    return bounded(f"first rows: {title}", statistics.median(once(ask) for _ in range(5)), 0.1)


def all_results(file: Path) -> list[Result]:
    """Every figure of finding; the file is only read."""
    book = open_book(file, reading=True)
    try:
        return [*(first_rows(book, key, wanted) for key, (_, wanted) in PRESETS.items()),
                first_rows(book, "conditions", _ASKED)]
    finally:
        book.close()
