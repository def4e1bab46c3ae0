"""Reading the large file: search, lists, reports."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import accounts, customers, reports, search
from desktop_crm.services.book import Book
from tests.benchmarks.large import FIRST, LAST, TODAY
from tests.benchmarks.timing import Result, bounded, once, p95, paired


def keystrokes(book: Book) -> Result:
    """Every beginning of 200 words that are in the file, as if typed letter by letter."""
    words = [f"{FIRST[n % 20]} {LAST[n // 2 % 20]}" if n % 3 else f"{LAST[n % 20]} {n * 7}" for n in range(200)]
    times = []
    for word in words:
        for end in range(1, len(word) + 1):
            times.append(_timed(book, word[:end]))
    return bounded("keystroke search, p95", p95(times), 0.015)


def _timed(book: Book, typed: str) -> float:
    start = time.perf_counter()
    search.find(book, typed)
    return time.perf_counter() - start


def lists(book: Book) -> list[Result]:
    """Ids and first page of the customers list, by name and by another column."""
    def raw(order: str) -> None:
        with book.read() as connection:
            ids = [row[0] for row in connection.exec_driver_sql(f"SELECT id FROM customers ORDER BY {order}")]
            places = ",".join(map(str, ids[:128]))
            connection.exec_driver_sql(f"SELECT * FROM customers WHERE id IN ({places})").all()

    def ours(sort: str) -> None:
        customers.rows(book, customers.list_ids(book, CustomerFilter(), sort)[:128])

    return [paired("open the list of 100,000", lambda: raw("name_sort, id"), lambda: ours("name"), 4),
            paired("sort it by another column", lambda: raw("city IS NULL, city, id"), lambda: ours("city"), 4)]


def sales(book: Book) -> Result:
    """The sales report against its figures in raw SQL, medians of three kinds of length included."""
    def raw() -> None:
        with book.read() as connection:
            run = connection.exec_driver_sql
            run("SELECT count(*), sum(status = 'won'), sum(status = 'lost'), sum(status = 'open'), "
                "sum(CASE WHEN status = 'won' THEN amount END), sum(CASE WHEN status = 'lost' THEN amount END) "
                "FROM deals").all()
            for status in ("won", "lost"):
                days = [row[0] for row in run(
                    "SELECT julianday(closed_on) - julianday(created_on) FROM deals WHERE "
                    f"status = '{status}' AND closed_on IS NOT NULL AND created_on IS NOT NULL")]
                statistics.median(days), statistics.fmean(days)

    return paired("sales report, 200,000 deals", raw, lambda: reports.build(book, "sales"), 2)


def daily(book: Book) -> Result:
    """The daily report of the last day that has everything."""
    from desktop_crm.domain.values import Period

    reports.build(book, "daily", Period.day(TODAY))
    times = [once(lambda: reports.build(book, "daily", Period.day(TODAY))) for _ in range(9)]
    return bounded("daily report", statistics.median(times), 0.1)


def balances(book: Book) -> Result:
    """What each of the 100,000 customers owes."""
    accounts.balances(book)
    return bounded("balances of 100,000 customers", statistics.median(
        [once(lambda: accounts.balances(book)) for _ in range(9)]), 0.15)


def all_results(large: Path) -> list[Result]:
    """Everything that only reads."""
    from desktop_crm.services.book import open_book

    book = open_book(large, reading=True)
    found = [keystrokes(book), *lists(book), sales(book), daily(book), balances(book)]
    book.close()
    return found
