"""The process is killed while a sheet of several kinds comes in: all of the sheet is there, or nothing of it."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from desktop_crm.services.book import open_book
from tests.books import new_book
from tests.killing import killed
from tests.services.importing.tables import select

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

ROWS = 400
SHEETS = f"""
import sys; from itertools import count; from pathlib import Path
from desktop_crm.services import importing
from desktop_crm.services.book import open_book
from tests.services.importing.tables import cells
book = open_book(Path(sys.argv[1]))
for turn in count():
    table = cells(("Person - Name", "Person - Phone", "Organization - Name", "Deal - Title", "Deal - Value"), *(
        (f"Person {{turn}}.{{row}}", f"012-{{row:07}}", f"Shop {{row % 20}}", f"Deal {{turn}}.{{row}}", "12.50")
        for row in range({ROWS})))
    print("begin", flush=True)
    importing.run(book, table, "contacts")
    print("done", flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_sheet_of_several_kinds_is_whole_or_not_there(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "shop.crm"
    new_book(path).close()
    said = killed(SHEETS, path, random.Random(seed).uniform(0.05, 1.0))
    book = open_book(path)
    ((people, phones, deals, shops),) = select(
        book, "SELECT (SELECT count(*) FROM contacts), (SELECT count(*) FROM channels), (SELECT count(*) FROM deals), "
              "(SELECT count(*) FROM customers)")
    assert people in (ROWS * said.count("done"), ROWS * (said.count("done") + 1))
    assert (phones, deals, shops) == (people, people, 20 if people else 0)
    book.close()
