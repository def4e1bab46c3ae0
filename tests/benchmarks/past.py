"""The large file as on a day a year back, after 50,000 changes; and the card with the longest timeline."""

from __future__ import annotations

import random
import shutil
import statistics
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_crm.i18n import language
from desktop_crm.services import customers, past, timeline
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records
from desktop_crm.storage.unit_of_work import Connection
from tests.benchmarks.large import ACTIVITIES, CUSTOMERS, DEALS, FOLDER, TODAY
from tests.benchmarks.timing import Result, bounded, once

MADE = "2024-01-01T00:00:00.000000Z"
_DAYS, _ENTRIES, _LINES = 250, 50_000, 1_250  # working days of a year; changes in it; lines of each kind on the card
LONGEST = 5
COPY = "past.crm"


def changed(large: Path) -> Path:
    """A copy of the large file that was made long ago, with a year of work since: 50,000 entries of the journal."""
    copy = FOLDER / COPY
    shutil.copyfile(large, copy)
    with closing(driver.connect(str(copy))) as raw:
        raw.execute("UPDATE works SET at = ?", (MADE,))
        raw.commit()
    chance = random.Random(11)
    with closing(open_book(copy)) as book:
        for _ in range(_DAYS):
            with book.work("A day's work") as work:
                _day(work.connection, chance)
        with book.read() as connection:
            entries = connection.exec_driver_sql(
                "SELECT count(*) FROM journal j JOIN works w ON w.id = j.work_id WHERE w.at > ?", (MADE,)).scalar_one()
        if entries < _ENTRIES:
            raise AssertionError(f"only {entries} changes")
        _long(book)
    return copy


def _day(connection: Connection, chance: random.Random) -> None:
    """200 changes: customers come, deals come and move on, money comes, calls are made, tasks done, few things go."""
    today = TODAY
    for number in range(8):
        records.add(connection, "customers", {"name": f"New {number}", "kind": "company", "state": "lead",
                                              "created_on": today})
    for number in range(52):
        records.add(connection, "activities", {
            "name": f"talked about {number}", "kind": "call", "state": "held", "on_date": today,
            "customer_id": chance.randrange(LONGEST + 1, CUSTOMERS)})
    for number in range(12):
        deal = records.add(connection, "deals", {
            "name": f"Deal {number}", "customer_id": chance.randrange(1, CUSTOMERS), "pipeline_id": 1, "stage_id": 1,
            "status": "open", "amount": 5000, "currency": "MYR", "created_on": today, "stage_on": today})
        records.add(connection, "deal_lines", {"deal_id": deal, "product_id": 1, "price": 5000})
        records.add(connection, "stage_moves", {"deal_id": deal, "to_stage_id": 1, "on_date": today})
    for number in range(20):  # as a user does it: what the search reads is written with it
        records.save(connection, "customers", chance.randrange(LONGEST + 1, CUSTOMERS), {"city": f"Town {number}"})
    for statement, many, most in (
            ("UPDATE deals SET stage_id = 2 + stage_id % 3, stage_on = '2026-01-01' WHERE id = ?", 30, DEALS),
            ("UPDATE customers SET heat = iif(heat = 'hot', 'cold', 'hot') WHERE id = ?", 20, CUSTOMERS),
            ("UPDATE tasks SET done_on = '2026-01-01' WHERE id = ?", 20, 20_000),
            ("UPDATE activities SET outcome = 'well' || id WHERE id = ?", 14, ACTIVITIES),
            ("DELETE FROM payments WHERE id = ?", 2, 100_000), ("DELETE FROM tasks WHERE id = ?", 2, 20_000)):
        for _ in range(many):
            connection.exec_driver_sql(statement, (chance.randrange(LONGEST + 1, most),))


def _long(book: Book) -> None:
    """Give one customer 5,000 lines: what was done, a deal's moves, payments, changes."""
    today = TODAY
    days = [today - timedelta(number // 4) for number in range(_LINES)]
    with book.work("Much", bulk=True) as work:
        deal = records.add(work.connection, "deals", {
            "name": "Hotel", "customer_id": LONGEST, "pipeline_id": 1, "stage_id": 1, "status": "open",
            "amount": 5000, "currency": "MYR", "created_on": today, "stage_on": today})
        records.add_many(work.connection, "activities", [
            {"name": f"talked {day}", "kind": "call", "state": "held", "on_date": day, "customer_id": LONGEST}
            for day in days])
        records.add_many(work.connection, "stage_moves", [
            {"deal_id": deal, "to_stage_id": 1 + number % 3, "from_stage_id": 2, "on_date": day}
            for number, day in enumerate(days)])
        records.add_many(work.connection, "payments", [
            {"customer_id": LONGEST, "deal_id": deal, "amount": 100, "currency": "MYR", "received_on": day}
            for day in days])
    for number in range(_LINES):
        with book.work("Edit") as work:
            work.connection.exec_driver_sql("UPDATE customers SET notes = ? WHERE id = ?", (f"{number}", LONGEST))


def first_rows(book: Book) -> Result:
    """From the wish to see a day a year back to the first page of its list; closing it comes after."""
    day = book.today() - timedelta(365)

    def show() -> float:
        began = time.perf_counter()
        with closing(past.opened(book, day)) as then:
            shown = customers.rows(then, customers.list_ids(then)[:128])
            took = time.perf_counter() - began
            if len(shown) != 128 or shown[0].name.startswith("New"):
                raise AssertionError("that is not the list of a year back")
        return took

    show()
    return bounded("as on a date a year back, first rows", statistics.median(show() for _ in range(3)), 3)


def card(book: Book) -> Result:
    """The card and the first lines of a timeline of 5,000."""
    words = language("en")
    whole = timeline.timeline_of(book, words, LONGEST, limit=10_000)
    if len(whole) < 4 * _LINES:
        raise AssertionError(f"only {len(whole)} lines")

    def show() -> None:
        customers.card(book, LONGEST)
        timeline.timeline_of(book, words, LONGEST)

    show()
    return bounded("card with a timeline of 5,000", statistics.median(once(show) for _ in range(9)), 0.1)


def all_results(large: Path) -> list[Result]:
    """Both figures, on a copy of the large file."""
    try:
        with closing(open_book(changed(large), reading=True)) as book:
            return [first_rows(book), card(book)]
    finally:
        (FOLDER / COPY).unlink(missing_ok=True)
