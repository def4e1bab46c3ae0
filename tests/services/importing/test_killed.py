"""The process is killed while a sheet comes in: all of the sheet is there, or nothing of it; new rows and updates."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from desktop_crm.services import safety
from desktop_crm.services.book import open_book
from tests.books import dump, new_book, redo_all, undo_all
from tests.killing import killed
from tests.services.importing.tables import select

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

ROWS, SHOPS = 120, 20
SHEETS = f"""
import os, sys; from itertools import count; from pathlib import Path
from desktop_crm.services import importing
from desktop_crm.services.book import open_book
from tests.services.importing.tables import cells
book = open_book(Path(sys.argv[1]))
for turn in count():
    table = cells(("Person - Name", "Person - Phone", "Organization - Name", "Deal - Title", "Deal - Value"), *(
        (f"Person {{os.getpid()}}.{{turn}}.{{row}}", f"012-{{row:07}}", f"Shop {{row % {SHOPS}}}",
         f"Deal {{os.getpid()}}.{{turn}}.{{row}}", "12.50") for row in range({ROWS})))
    print("begin", flush=True)
    importing.run(book, table, "contacts")
    print("new", flush=True)
    importing.run(book, cells(("name", "city"), *(
        (f"Shop {{row}}", f"City {{os.getpid()}}.{{turn}}") for row in range({SHOPS}))), "customers")
    print("updated", flush=True)
"""


def _imports(path: Path, seed: int, times: int) -> None:
    """Kill imports on one file again and again; each time every sheet is whole, and what was told is there."""
    book = new_book(path)
    empty = dump(book)
    book.close()
    chance, sheets, updates = random.Random(seed), 0, 0
    for _ in range(times):
        said = killed(SHEETS, path, chance.uniform(0, 0.5))
        book = open_book(path)
        assert safety.check(book) == []
        ((people, phones, deals, shops, cities, acts),) = select(
            book, "SELECT (SELECT count(*) FROM contacts), (SELECT count(*) FROM channels), (SELECT count(*) FROM "
                  "deals), (SELECT count(*) FROM customers), (SELECT count(DISTINCT ifnull(city, '')) FROM customers), "
                  "(SELECT count(*) FROM works WHERE message = 'Import {file}')")
        assert people % ROWS == 0 and people // ROWS - sheets - said.count("new") in (0, 1)
        assert (phones, deals, shops) == (people, people, SHOPS if people else 0)
        assert cities == min(people, 1), "an update is half there"
        sheets = people // ROWS
        assert acts - sheets - updates - said.count("updated") in (0, 1)
        updates = acts - sheets
        book.close()
    book = open_book(path)
    after = dump(book)
    assert undo_all(book) == sheets + updates and dump(book) == empty
    redo_all(book)
    assert dump(book) == after and safety.check(book) == []
    book.close()


@pytest.mark.parametrize("seed", range(2))
def test_a_sheet_is_whole_or_not_there(tmp_path: Path, seed: int) -> None:
    _imports(tmp_path / "shop.crm", seed, 10)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_sheets_are_whole_or_not_there(tmp_path: Path, seed: int) -> None:
    _imports(tmp_path / "shop.crm", seed, 10)
