"""Saving one record, and bringing 100,000 in."""

from __future__ import annotations

import csv
import gc
import statistics
import subprocess
import sys
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.sales import Sale
from desktop_crm.domain.values import fold
from desktop_crm.services import customers, sales, starting
from desktop_crm.storage import database
from tests.benchmarks.large import CUSTOMERS, FOLDER, name
from tests.benchmarks.timing import Result, bounded, once, p95

SAVES = 300


def save(large: Path) -> list[Result]:
    """An edit of one customer, and a quick sale, in the large file against one raw row with the same pragmas."""
    raw = _raw(FOLDER / "floor.db")
    raw.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)")
    from desktop_crm.services.book import open_book

    book = open_book(large)
    gc.freeze()  # as the window does once it stands: its own objects are not looked through between saves
    floors, ours, sold = [], [], []
    for number in range(SAVES):
        floors.append(once(lambda: _commit(raw, number)))  # noqa: B023 (called at once)
        ours.append(once(lambda: customers.edit(book, 1 + number * 300, {"notes": f"note {number}"})))  # noqa: B023
        sold.append(once(lambda: sales.sell(book, _sale(number))))  # noqa: B023
    gc.unfreeze()
    for _ in range(2 * SAVES):
        book.undo()
    book.close()
    raw.close()
    low, high, sale = (statistics.median(times) for times in (floors, ours, sold))
    return [Result("save one record", low, high, high / low, 10, high / low <= 10),
            bounded("save one record, p95", p95(ours), 0.005),
            Result("quick sale, payment and receipt", low, sale, sale / low, 15, sale / low <= 15),
            bounded("quick sale, p95", p95(sold), 0.008)]


def _sale(number: int) -> Sale:
    """Two items sold to a customer, partly on account, with a receipt."""
    lines = (DealLine(1 + number % 60, "Product", 2000, 1500), DealLine(None, "Delivery", 1000, 500))
    return Sale(1 + number * 300, lines=lines, paid=2000, seller_id=1, receipt=True)


def _raw(path: Path) -> driver.Connection:
    path.unlink(missing_ok=True)
    connection = driver.connect(str(path), isolation_level=None)
    for pragma in (*database.PRAGMAS, *database.WRITING):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _commit(raw: driver.Connection, number: int) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO t(name) VALUES(?)", (f"note {number}",))
    raw.execute("COMMIT")


def bring_in() -> list[Result]:
    """100,000 customers from CSV, each in a process of its own so that memory is told apart."""
    source = FOLDER / "customers.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("Name", "City", "Region", "Phone", "Email", "Created"))
        writer.writerows(
            (name(n), f"City {n % 300}", f"Region {n % 14}", f"01{n % 9}-{n % 900 + 100} {n % 9000 + 1000}",
             f"c{n}@example.com", f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(CUSTOMERS))
    floors, ours, peaks = [], [], []
    for _ in range(3):
        floors.append(once(lambda: _floor_import(source)))
        seconds, peak = _own_import(source)
        ours.append(seconds)
        peaks.append(peak)
    low, high = statistics.median(floors), statistics.median(ours)
    memory = max(peaks)
    return [Result("import 100,000 customers", low, high, high / low, 8, high / low <= 8),
            Result("import, memory", None, memory, None, 400, memory <= 400, "MB")]


def _floor_import(source: Path) -> None:
    raw = _raw(FOLDER / "floor.db")
    raw.execute("CREATE TABLE c(id INTEGER PRIMARY KEY, name TEXT, city TEXT, region TEXT, phone TEXT, email TEXT, "
                "day TEXT, fold TEXT, more TEXT)")
    raw.execute("CREATE VIRTUAL TABLE s USING fts5(fold, more, content='', contentless_delete=1, prefix='1 2 3', "
                "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'\")")
    with source.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany("INSERT INTO c(name, city, region, phone, email, day, fold, more) VALUES(?,?,?,?,?,?,?,?)",
                    ((*row, fold(row[0]), f"{row[1]} {row[3]} {row[4]}") for row in rows))
    raw.execute("INSERT INTO s(rowid, fold, more) SELECT id, fold, more FROM c")
    raw.execute("COMMIT")
    raw.close()


_OWN = """
import sys, time
from pathlib import Path
from desktop_crm.services import importing
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
start = time.perf_counter()
result = importing.run(book, Path(sys.argv[2]), "customers")
taken = time.perf_counter() - start
with open("/proc/self/status") as status:  # what getrusage tells begins at the peak of who started this process
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(taken, peak / 1024)
assert result.created == 100_000, result
book.close()
"""


def _own_import(source: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of our import, program start not counted."""
    target = FOLDER / "import.crm"
    for old in FOLDER.glob("*import.crm*"):
        old.unlink()
    starting.create(target).close()
    said = subprocess.run([sys.executable, "-c", _OWN, str(target), str(source)], capture_output=True, text=True,
                          check=True)
    seconds, peak = said.stdout.split()
    return float(seconds), float(peak)
