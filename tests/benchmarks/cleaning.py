"""Cleaning the large file: one about to be saved, the scan of all customers, and what the scan takes of memory."""

from __future__ import annotations

import resource
import statistics
import sys
from pathlib import Path

from desktop_crm.services import duplicates
from desktop_crm.services.book import Book, open_book
from tests.benchmarks.large import name
from tests.benchmarks.timing import Result, bounded, once

_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


def entry(book: Book) -> Result:
    """Whom a customer looks like who is being entered, with a phone and a registration number."""
    def ask(number: int) -> None:
        duplicates.like(book, {"name": name(number), "registration": f"2020010{number:05}"},
                        [f"01{number % 9}-{number % 900 + 100} {number % 9000 + 1000}"])

    ask(0)
    return bounded("possible duplicates on entry", statistics.median(once(lambda number=number: ask(number))
                                                                     for number in range(1, 40_000, 4_001)), 0.03)


def scan(book: Book) -> list[Result]:
    """All 100,000 customers compared by what they have in common."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken = once(lambda: duplicates.scan(book))
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / _MEGABYTE
    return [bounded("scan of the file for duplicates", taken, 60),
            Result("memory of the scan", None, more, None, 400, more <= 400, "MB")]


def all_results(file: Path) -> list[Result]:
    """Every figure of cleaning; the file is only read."""
    book = open_book(file, reading=True)
    try:
        return [entry(book), *scan(book)]
    finally:
        book.close()
