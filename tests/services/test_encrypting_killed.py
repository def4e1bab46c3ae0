"""The process is killed while a file is encrypted, gets another password or is decrypted: it opens with the old or the
new one, whole, and its backups follow at the next start."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_crm.domain.errors import PasswordNeeded
from desktop_crm.services import customers, encrypting, safety
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup, encryption
from tests.books import dump, new_book
from tests.killing import killed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

CANARY = "Kenari Zarqa"
WAYS = {"encrypt": (None, "correct horse"), "change": ("correct horse", "battery staple"),
        "decrypt": ("battery staple", None)}
CHANGES = """
import sys; from pathlib import Path
from desktop_crm.services import encrypting
from desktop_crm.storage import encryption
encryption.ROUNDS = 2
path, old, new = Path(sys.argv[1]), {old!r}, {new!r}
print("begin", flush=True)
with encrypting.holding(encrypting.unlock(path, old or "")):
    encrypting.change(path, new, old or "")
"""
TIMES = 2


@dataclass(frozen=True)
class Shop:
    """A folder with a file, its backups and the program's home, as it was before; a change there takes `seconds`."""

    folder: Path
    before: Path
    rows: dict[str, list[tuple[object, ...]]]
    seconds: float

    @property
    def path(self) -> Path:
        return self.folder / "shop.crm"


@pytest.fixture(params=list(WAYS), scope="module")
def way(request: pytest.FixtureRequest) -> tuple[str | None, str | None]:
    return WAYS[request.param]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, way: tuple[str | None, str | None]) -> Iterator[Shop]:
    place = tmp_path_factory.mktemp("killed")
    folder = place / "shop"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_CRM_HOME", str(folder / "home"))
        patch.setattr(encryption, "ROUNDS", 2)
        with closing(new_book(folder / "shop.crm")) as book:
            customers.add(book, {"name": CANARY})
            rows = dump(book)
            for _ in range(2):
                safety.back_up(book)
        old, new = way
        if old is not None:
            encrypting.change(folder / "shop.crm", old)
        shutil.copytree(folder, place / "before")
        start = time.perf_counter()
        with encrypting.holding(encrypting.unlock(folder / "shop.crm", old or "")):
            encrypting.change(folder / "shop.crm", new, old or "")
        yield Shop(folder, place / "before", rows, time.perf_counter() - start)


def _open(path: Path, passwords: tuple[str | None, ...]) -> Book:
    """The file, opened by the one of the passwords that opens it."""
    for password in passwords:
        try:
            return open_book(path, key=encrypting.unlock(path, password or ""))
        except PasswordNeeded:
            continue
    raise AssertionError("neither password opens the file")


def _killed(shop: Shop, way: tuple[str | None, str | None], part: float) -> None:
    shutil.rmtree(shop.folder)
    shutil.copytree(shop.before, shop.folder)
    killed(CHANGES.format(old=way[0], new=way[1]), shop.path, shop.seconds * part)
    with closing(_open(shop.path, way)) as book:
        assert safety.check(book) == [] and dump(book) == shop.rows
        safety.keep(book, "start")
        assert not list(shop.folder.rglob("*.recoding.part"))
        for item in safety.backups(shop.path):
            assert backup.unchanged(item), "each backup is as its manifest says"
            with closing(_open(Path(item.path), way)) as copy:
                assert dump(copy) == shop.rows
        if book.key is not None and way[0] is None:
            assert not [file for file in shop.folder.rglob("*") if file.is_file()
                        and CANARY.encode() in file.read_bytes()]
    assert encryption._held == {}


def test_the_old_or_the_new_password_opens_it(shop: Shop, way: tuple[str | None, str | None]) -> None:
    chance = random.Random(125)
    for number in range(TIMES):
        _killed(shop, way, (number + chance.random()) / TIMES)


@pytest.mark.campaign
def test_the_old_or_the_new_password_opens_it_many_times(shop: Shop, way: tuple[str | None, str | None]) -> None:
    chance = random.Random()
    for _ in range(30):
        _killed(shop, way, chance.random() * 1.2)
