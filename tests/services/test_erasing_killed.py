"""The process is killed in the middle of an erasure, and again as it goes on: nothing of it happened, or all of it."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.services import customers, erasing, safety
from desktop_crm.services.book import open_book
from desktop_crm.storage import backup, erasures
from tests.books import NOON, Clock, new_book
from tests.canaries import CANARIES, NAME, found_in, plant
from tests.killing import killed
from tests.services.test_erasing import told

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

ERASES = """
import sys; from pathlib import Path
from desktop_crm.services import erasing
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
print("begin", flush=True)
erasing.erase(book, 2)
"""
GOES_ON = """
import sys; from pathlib import Path
from desktop_crm.services.book import open_book
print("begin", flush=True)
open_book(Path(sys.argv[1]))
"""
BACKUPS, TIMES = 2, 10


@dataclass(frozen=True)
class Shop:
    """A folder with a file, its backups and the program's home, as it was before; an erasure there takes `seconds`."""

    folder: Path
    before: Path
    told: dict[str, Any]
    seconds: float

    @property
    def path(self) -> Path:
        return self.folder / "shop.crm"

    def put_back(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    place = tmp_path_factory.mktemp("killed")
    folder = place / "shop"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_CRM_HOME", str(folder / "home"))
        with closing(new_book(folder / "shop.crm")) as book:
            assert plant(book) == 2
            said = told(book)
            for _ in range(BACKUPS):
                safety.back_up(book)
        shutil.copytree(folder, place / "before")
        with closing(open_book(folder / "shop.crm")) as book:
            start = time.perf_counter()
            erasing.erase(book, 2)
            seconds = time.perf_counter() - start
        yield Shop(folder, place / "before", said, seconds)


def _killed(shop: Shop, part: float, again: float) -> None:
    """Kill an erasure after a part of its time, and what goes on with it likewise; then open the file."""
    shop.put_back()
    killed(ERASES, shop.path, shop.seconds * part)
    killed(GOES_ON, shop.path, shop.seconds * again)
    with closing(open_book(shop.path, clock=Clock(NOON))) as book:
        assert safety.check(book) == [] and told(book) == shop.told
        name = customers.rows(book, [2])[0].name
        for item in safety.backups(shop.path):
            assert backup.verify(Path(item.path), 99).verified
    hits = found_in(shop.folder)
    if not erasures.known():
        assert name == NAME and {word for word, _ in hits} == set(CANARIES)
        return
    assert name == "Erased customer 1" and hits == set()
    assert [item.state for item in erasures.known()] == ["done"] and len(safety.backups(shop.path)) == BACKUPS


@pytest.mark.parametrize("number", range(TIMES))
def test_killed_while_erasing(shop: Shop, number: int) -> None:
    chance = random.Random(number)
    _killed(shop, (number + chance.random()) / TIMES, chance.random())


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 200))
def test_killed_while_erasing_many_times(shop: Shop, seed: int) -> None:
    chance = random.Random(seed)
    _killed(shop, chance.uniform(0, 1.2), chance.uniform(0, 1.2))
