"""Restore drills on real files, and copies that are damaged in every way: refused or told, none overwritten."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.errors import FileLost, FileRefused, NothingToUndo
from desktop_crm.services import customers, deals, safety
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup
from tests.books import NOON, dump, new_book

pytestmark = pytest.mark.usefixtures("home")

HOUR = timedelta(hours=1)


def _work(book: Book, chance: random.Random) -> None:
    """Some acts as they come: customers and deals added, edited, deleted, undone and redone."""
    for _ in range(chance.randrange(3, 12)):
        ids = customers.list_ids(book)
        act = chance.choice(("add", "add", "deal", "edit", "delete", "undo", "redo"))
        try:
            if act == "add" or not ids:
                customers.add(book, {"name": f"Customer {chance.random()}"}, phones=["012-345 6789"], tags=["VIP"])
            elif act == "deal":
                deals.add(book, {"name": "Deal", "customer_id": chance.choice(ids), "amount": chance.randrange(10**6)})
            elif act == "edit":
                customers.edit(book, chance.choice(ids), {"city": f"City {chance.random()}"})
            elif act == "delete":
                customers.delete(book, [chance.choice(ids)])
            elif act == "undo":
                book.undo()
            else:
                book.redo()
        except NothingToUndo:
            continue


def _drill(path: Path, seed: int) -> None:
    """Work, back up, work on, lose the file or not, restore: the dump is the one of the backup, and goes on."""
    chance = random.Random(seed)
    with closing(new_book(path)) as book:
        _work(book, chance)
        made = safety.keep(book, "hour")
        assert made is not None
        then = dump(book)
        _work(book, chance)
        now = dump(book)
        told = safety.preview(book, Path(made.path))
        assert told.readable and told.gained == 0
        assert told.lost or then == now
    lost = chance.random() < 0.3
    if lost:
        path.unlink()
    kept = safety.restore(path, Path(made.path))
    with closing(open_book(path)) as book:
        assert dump(book) == then
        assert safety.check(book) == []
        _work(book, chance)
    assert (kept is None) == lost
    if kept is not None:
        with closing(open_book(kept, reading=True)) as book:
            assert dump(book) == now


@pytest.mark.parametrize("seed", range(5))
def test_restore_drill(tmp_path: Path, seed: int) -> None:
    _drill(tmp_path / "shop.crm", seed)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 150))
def test_restore_drill_many_times(tmp_path: Path, seed: int) -> None:
    _drill(tmp_path / "shop.crm", seed)


Damage = Callable[[bytes, random.Random], bytes]


def _bit(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1:]


def _page(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) // 4096) * 4096
    return content[:place] + chance.randbytes(4096) + content[place + 4096:]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[:chance.randrange(1, len(content))]


def _empty(content: bytes, chance: random.Random) -> bytes:
    return b""


def _other(content: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"PK\x03\x04", b"%PDF-1.7", b"name,phone\n", b"\x89PNG", b"SQLite format 3\x00")) * 300


KINDS: tuple[Damage, ...] = (_bit, _page, _cut, _empty, _other)


def _ruined(path: Path, seed: int) -> None:
    """Damage the file, then its newest backup, and see what becomes of them."""
    chance, spoil = random.Random(seed), KINDS[seed % len(KINDS)]
    new_book(path).close()
    older = _backed_up(path, chance, NOON)
    newest = _backed_up(path, chance, NOON + HOUR)
    second, first = (Path(item.path) for item in safety.backups(path))
    _file_spoilt(path, spoil(path.read_bytes(), chance), second)
    assert _restored(path, second, newest) is not None
    for item in safety.backups(path):  # what was taken of a file in which one bit of a text was another
        if item.number > 2:
            Path(item.path).unlink()
    spoilt = spoil(second.read_bytes(), chance)
    second.write_bytes(spoilt)
    with pytest.raises(FileRefused):
        safety.restore(path, second)
    assert second.read_bytes() == spoilt
    offer = safety.offered(path)
    assert offer is not None and Path(offer.path) == first, "a damaged backup is never offered"
    _restored(path, first, older)


def _backed_up(path: Path, chance: random.Random, now: datetime) -> dict[str, Any]:
    with closing(open_book(path, clock=lambda: now)) as book:
        customers.add(book, {"name": f"As of {now}"})
        _work(book, chance)
        assert safety.keep(book, "hour") is not None
        return dump(book)


def _file_spoilt(path: Path, spoilt: bytes, newest: Path) -> None:
    """A damaged file is refused and its newest backup offered; or it opens, and the backups before stay as they are."""
    before = {item.path: item.sha256 for item in safety.backups(path)}
    path.write_bytes(spoilt)
    try:
        book = open_book(path, clock=lambda: NOON + 2 * HOUR)
    except FileLost:
        offer = safety.offered(path)
        assert offer is not None and Path(offer.path) == newest
        assert path.read_bytes() == spoilt, "a damaged file is left as it is"
        assert [item.name for item in path.parent.glob("shop*")] == [path.name]
    else:
        with closing(book):
            try:
                safety.back_up(book)
                safety.thin(book)
            except FileLost:
                assert [item.path for item in safety.backups(path)] == list(before)
    assert {name: backup.sha256(Path(name)) for name in before} == before


def _restored(path: Path, source: Path, then: dict[str, Any]) -> Path | None:
    kept = safety.restore(path, source)
    with closing(open_book(path, reading=True)) as book:
        assert dump(book) == then
    return kept


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_copy(tmp_path: Path, seed: int) -> None:
    _ruined(tmp_path / "shop.crm", seed)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_a_damaged_copy_many_times(tmp_path: Path, seed: int) -> None:
    _ruined(tmp_path / "shop.crm", seed)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A file with three acts after its backup."""
    path = tmp_path / "shop.crm"
    with closing(new_book(path)) as book:
        customers.add(book, {"name": "Aminah"})
        made = safety.keep(book, "hour")
        assert made is not None
        customers.add(book, {"name": "Ali"})
        deals.add(book, {"name": "Roof"})
        customers.delete(book, [1])
    yield path, Path(made.path)


def test_a_file_with_its_log_keeps_both_aside(two: tuple[Path, Path]) -> None:
    """A machine that stopped leaves a log beside the file: what it holds is not thrown away."""
    path, source = two
    path.with_name("shop.crm-wal").write_bytes(b"log")
    kept = safety.restore(path, source)
    assert kept is not None and kept.with_name(kept.name + "-wal").read_bytes() == b"log"
    assert not path.with_name("shop.crm-wal").exists()


def test_two_restores_in_a_second_keep_both_files(two: tuple[Path, Path]) -> None:
    path, source = two
    kept = {safety.restore(path, source), safety.restore(path, source)}
    assert len(kept) == 2 and all(item is not None and item.exists() for item in kept)


def test_what_goes_wrong_at_the_last_step_leaves_the_file(two: tuple[Path, Path],
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    path, source = two
    before = path.read_bytes()
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == path:
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileRefused, match="could not be restored"):
        safety.restore(path, source)
    assert path.read_bytes() == before
    assert not [item for item in path.parent.iterdir() if item.name.endswith(".part") or "before" in item.name]


def test_a_disk_without_second_names_moves_the_file(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path, source = two

    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    before = path.read_bytes()
    kept = safety.restore(path, source)
    assert kept is not None and kept.read_bytes() == before and path.read_bytes() == source.read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_nothing_is_restored_in_the_place_of_a_device_or_a_pipe(two: tuple[Path, Path]) -> None:
    file, copy = two
    pipe = file.with_name("pipe.crm")
    os.mkfifo(pipe)
    before = sorted(file.parent.iterdir())
    with pytest.raises(FileRefused, match="could not be restored"):
        safety.restore(pipe, copy)
    assert pipe.is_fifo()
    assert sorted(file.parent.iterdir()) == before
