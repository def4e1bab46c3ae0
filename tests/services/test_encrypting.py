"""Encrypting a file: nothing of it can be read on the disk any more, and nothing in it is another than before."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm import paths
from desktop_crm.domain.errors import Cancelled, FileBusy, FileLost, FileRefused, InvalidInput, PasswordNeeded
from desktop_crm.services import customers, deals, encrypting, erasing, past, safety
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup, encryption, recoding
from tests.books import dump, new_book, searched, second_place, undo_all

CANARY = "Kenari Zarqa"
FIRST, SECOND = "correct horse", "battery staple"
pytestmark = pytest.mark.usefixtures("home", "quick_keys")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": CANARY, "notes": f"{CANARY} buys tiles"})
    yield made
    made.close()


def _readable(folder: Path) -> list[str]:
    """The files below a folder in which the canary can be read."""
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes())


def _encrypt(book: Book, password: str | None = FIRST, now: str = "") -> Book:
    """Encrypt an open file as the window does; gives it open again."""
    staged = encrypting.stage(book, password, now)
    book.close()
    encrypting.swap(staged)
    assert encrypting.recode_copies(staged).problems == ()
    return open_book(staged.path, key=staged.key)


def test_nothing_of_it_can_be_read_on_the_disk(book: Book, tmp_path: Path) -> None:
    second = second_place(book.path, tmp_path / "stick")
    safety.keep(book, "start")
    safety.keep_second(book, second)
    left = paths.cache() / "past" / "left.crm"  # by a program that was killed while it looked at a past day
    left.parent.mkdir()
    left.write_text(CANARY)
    before, found = dump(book), searched(book)
    assert len(_readable(tmp_path)) >= 3  # the file or its log, and both backups: the canary can be found
    with closing(_encrypt(book)) as locked:
        assert not left.exists()
        assert dump(locked) == before and searched(locked) == found and safety.check(locked) == []
        customers.add(locked, {"name": f"{CANARY} Two"})
        assert safety.keep(locked, "hour") is not None
        safety.keep_second(locked, second)
        with closing(past.opened(locked, locked.today())) as then:
            assert len(customers.rows(then, [1, 2])) == 2
            customers.add(locked, {"name": f"{CANARY} Three"})
            assert locked.path.with_name("shop.crm-wal").stat().st_size > 0
            assert len(list(paths.cache().rglob("*.crm"))) == 1
            assert _readable(tmp_path) == []
        assert [item.verified for item in safety.backups(locked.path, second)] == [True, True]
    assert _readable(tmp_path) == []


def test_history_and_undo_stay(book: Book) -> None:
    customers.edit(book, 1, {"name": "Other"})
    with closing(_encrypt(book)) as locked:
        locked.undo()
        assert customers.rows(locked, [1])[0].name == CANARY
        locked.redo()
        assert undo_all(locked) == 2
        assert dump(locked)["customers"] == []


def test_the_password_is_changed_and_taken_away(book: Book) -> None:
    safety.keep(book, "start")
    before = dump(book)
    locked = _encrypt(book)
    with pytest.raises(InvalidInput, match="not the present password"):
        encrypting.stage(locked, SECOND, "wrong one")
    with pytest.raises(InvalidInput, match="at least 8"):
        encrypting.stage(locked, "short", FIRST)
    again = _encrypt(locked, SECOND, FIRST)
    assert again.key != locked.key and dump(again) == before
    with pytest.raises(PasswordNeeded):
        encrypting.unlock(_only_backup(), FIRST)
    assert encrypting.unlock(_only_backup(), SECOND) == again.key
    plain = _encrypt(again, None, SECOND)
    with closing(plain):
        assert plain.key is None and dump(plain) == before
        assert encrypting.unlock(_only_backup(), "any") is None
    assert encryption._held == {}


def _only_backup() -> Path:
    (found,) = paths.backups().glob("*.crm")
    return found


def test_the_manifest_tells_no_money(book: Book) -> None:
    deals.add(book, {"name": "Tiles", "customer_id": 1, "amount": 12_345})
    safety.keep(book, "start")
    manifest = _only_backup().with_name(_only_backup().name + ".json")
    assert json.loads(manifest.read_text())["sums"]
    with closing(_encrypt(book)):
        told = json.loads(manifest.read_text())
    assert told["sums"] == {} and told["counts"]["customers"] == 1 and told["verified"]
    assert told["sha256"] == safety.backups(book.path)[0].sha256


def test_what_was_saved_meanwhile_is_not_lost(book: Book) -> None:
    staged = encrypting.stage(book, FIRST)
    customers.add(book, {"name": "Late"})
    book.close()
    with pytest.raises(FileBusy, match="Something was saved"):
        encrypting.swap(staged)
    assert not staged.part.exists()
    with closing(open_book(book.path)) as plain:
        assert len(dump(plain)["customers"]) == 2


def test_nobody_saves_while_it_is_laid_ready(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def asked() -> bool:
        if not seen:
            seen.append(True)
            with pytest.raises(FileBusy):
                _in_thread(lambda: customers.add(book, {"name": "Late"}))
        return False

    monkeypatch.setattr("desktop_crm.storage.recoding._INSTRUCTIONS", 100)
    encrypting.discard(encrypting.stage(book, FIRST, stop=asked))
    assert seen and [item.name for item in book.path.parent.glob("*.part*")] == []


def _in_thread(act: Callable[[], object]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(act).result()


def test_it_can_be_stopped(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.storage.recoding._INSTRUCTIONS", 100)
    with pytest.raises(Cancelled):
        encrypting.stage(book, FIRST, stop=lambda: True)
    assert [item.name for item in book.path.parent.glob("*.part*")] == []
    customers.add(book, {"name": "Goes on"})


_READER = """
import sys, sqlcipher3.dbapi2 as driver
raw = driver.connect(sys.argv[1], isolation_level=None)
raw.execute("BEGIN")
raw.execute("SELECT count(*) FROM works").fetchall()
print("reads", flush=True)
sys.stdin.readline()
raw.execute("COMMIT")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_who_else_may_open_it_still_may(book: Book, mode: int) -> None:
    safety.keep(book, "start")
    copy = _only_backup()
    for path in (book.path, copy):
        path.chmod(mode)
    noted = copy.stat().st_mtime_ns
    for password, now in ((FIRST, ""), (SECOND, FIRST), (None, SECOND)):
        book = _encrypt(book, password, now)
        assert [stat.S_IMODE(path.stat().st_mode) for path in (book.path, copy)] == [mode, mode]
        assert copy.stat().st_mtime_ns == noted, "a file manager still says when the backup was made"
    book.close()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_leads_to_the_encrypted_file(book: Book, tmp_path: Path) -> None:
    book.close()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    real, link = elsewhere / "real.crm", book.path
    link.rename(real)
    link.symlink_to(real)
    encrypting.change(link, FIRST)
    assert link.is_symlink() and encrypting.needs_password(real) and _readable(tmp_path) == []
    with encrypting.holding(encrypting.unlock(link, FIRST)):
        encrypting.change(link, None, FIRST)
    assert link.is_symlink() and _readable(elsewhere) == ["real.crm"]
    assert sorted(file.name for file in elsewhere.iterdir()) == [".real.crm.lock", "real.crm"]  # the lock of the file


def test_a_full_disk_is_told_as_one(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise driver.DatabaseError("database disk image is malformed")  # measured: SQLite's words without a journal

    monkeypatch.setattr(recoding, "_exported", full)
    with pytest.raises(FileRefused, match="malformed"):
        encrypting.stage(book, FIRST)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=4096))
    with pytest.raises(FileRefused, match=os.strerror(errno.ENOSPC)):
        encrypting.stage(book, FIRST)
    assert [file.name for file in book.path.parent.glob(f"*{recoding.PART}*")] == []


def test_a_reader_in_another_program_keeps_its_file(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.storage.recoding._PATIENCE", 1)
    staged = encrypting.stage(book, FIRST)
    with subprocess.Popen([sys.executable, "-c", _READER, str(book.path)], text=True, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as reader:
        assert reader.stdin is not None and reader.stdout is not None
        assert reader.stdout.readline() == "reads\n"
        book.close()
        with pytest.raises(FileBusy, match="open in another program"):
            encrypting.swap(staged)
        reader.communicate("\n")
    with closing(open_book(book.path)) as plain:
        assert safety.check(plain) == []


def test_a_backup_that_was_left_behind_follows_later(book: Book, tmp_path: Path) -> None:
    stick, away = second_place(book.path, tmp_path / "stick"), tmp_path / "away"
    safety.keep(book, "start")
    safety.keep_second(book, stick)
    stick.rename(away)
    staged = encrypting.stage(book, FIRST)
    book.close()
    encrypting.swap(staged)
    outcome = encrypting.recode_copies(staged)
    assert outcome.copies == 1 and ["is away" in str(error) for error in outcome.problems] == [True]
    away.rename(stick)
    assert _readable(stick) != []
    with closing(open_book(staged.path, key=staged.key)) as locked:
        safety.keep(locked, "start")
        assert _readable(stick) == []
        (there,) = stick.glob("*.crm")
        assert safety.preview(locked, there).lost == 0


def test_a_backup_is_restored_also_under_a_password_of_before(book: Book, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.crm"
    locked = _encrypt(book)
    old = locked.key
    safety.back_up(locked, elsewhere)
    customers.add(locked, {"name": "Later"})
    again = _encrypt(locked, SECOND, FIRST)
    with pytest.raises(PasswordNeeded):
        safety.stage(again.path, elsewhere)
    assert safety.preview(again, elsewhere).lost == 1  # the file goes on from it: nothing of it has to be read
    again.close()
    assert not safety.preview_of(again.path, elsewhere).readable, "neither can be read, and that is told"
    key = encrypting.unlock(elsewhere, FIRST)
    assert key == old
    with encrypting.holding(key):
        safety.restore(again.path, elsewhere)
    with closing(open_book(again.path, key=key)) as restored:
        assert len(dump(restored)["customers"]) == 1


def test_a_damaged_file_is_told_from_a_wrong_password(book: Book) -> None:
    safety.keep(book, "start")
    locked = _encrypt(book)
    path = locked.path
    locked.close()
    whole = bytearray(path.read_bytes())
    whole[200] ^= 1
    path.write_bytes(whole)
    with pytest.raises(PasswordNeeded):
        encrypting.unlock(path, "wrong password")
    with pytest.raises(FileLost, match="damaged"):
        encrypting.unlock(path, FIRST)
    offered = safety.offered(path)
    assert offered is not None and Path(offered.path) == _only_backup()
    waiting = replace(offered, verified=False)
    assert backup.confirm(waiting) == waiting, "what nobody can read is neither whole nor damaged"
    whole = bytearray(_only_backup().read_bytes())
    whole[200] ^= 1
    _only_backup().write_bytes(whole)
    assert safety.offered(path) is None, "its check sum tells, also without the password"


def test_a_person_is_erased_from_an_encrypted_file_and_its_backups(book: Book, tmp_path: Path) -> None:
    with closing(_encrypt(book)) as locked:
        safety.keep(locked, "start")
        outcome = erasing.erase(locked, 1)
        assert outcome.backups == 1 and outcome.problems == ()
        assert safety.check(locked) == []
        with encrypting.holding(locked.key), encryption.at_rest(_only_backup()) as raw:
            assert raw.execute("SELECT count(*) FROM customers WHERE name = ?", (CANARY,)).fetchone() == (0,)


def test_a_copy_under_a_password_of_before_does_not_hold_up_the_next_one(
        book: Book, caplog: pytest.LogCaptureFixture) -> None:
    locked = _encrypt(book)
    safety.keep(locked, "start")
    copy = _only_backup()
    away = {path: path.read_bytes() for path in copy.parent.iterdir() if path.name.startswith(copy.name)}
    again = _encrypt(locked, SECOND, FIRST)
    for path, content in away.items():  # a stick that was away comes back
        path.write_bytes(content)
    assert safety.keep(again, "hour") is None and caplog.messages == [], "nor is it a failure"
    outcome = erasing.erase(again, 1)
    assert len(outcome.problems) == 1 and "could not be rewritten" in str(outcome.problems[0])
    staged = encrypting.stage(again, None, SECOND)
    encrypting.discard(staged)
    with encrypting.holding(encrypting.unlock(copy, FIRST)), pytest.raises(FileRefused, match="not finished yet"):
        encrypting.stage(again, None, SECOND)  # now it can be read: the person goes first
    again.close()


# --- what is not written anew, and what is not taken ------------------------------------------------------------------

def test_a_new_file_that_holds_another_thing_is_not_taken(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    real = recoding._exported
    for spoilt, what in (("PRAGMA user_version = 3", "format"), ("DROP TRIGGER customers_journal_insert", "schema"),
                         ("UPDATE works SET uid = 'x' WHERE id = (SELECT max(id) FROM works)", "rows, money")):
        def other(raw: Any, part: Path, key: encryption.Key | None, spoilt: str = spoilt) -> None:
            real(raw, part, key)
            with closing(encryption.keyed(part, key)) as made:
                made.execute(spoilt)

        monkeypatch.setattr(recoding, "_exported", other)
        with pytest.raises(FileRefused, match=f"{what}. It is as it was"):
            encrypting.stage(book, FIRST)
    assert [file.name for file in book.path.parent.glob(f"*{recoding.PART}*")] == []


def test_a_new_file_with_a_broken_index_is_not_taken(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are all there: only its structure tells."""
    real = recoding._exported

    def broken(raw: Any, part: Path, key: encryption.Key | None) -> None:
        real(raw, part, key)
        with closing(encryption.keyed(part, key)) as made:
            page, = made.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal_deleted'").fetchone()
        whole = bytearray(part.read_bytes())
        whole[(page - 1) * encryption.PAGE + 100] ^= 1
        part.write_bytes(whole)

    monkeypatch.setattr(recoding, "_exported", broken)
    with pytest.raises(FileRefused, match="could not be written anew"):
        encrypting.stage(book, FIRST)


def test_what_is_laid_ready_outlives_a_backup_meanwhile(book: Book) -> None:
    staged = encrypting.stage(book, FIRST)
    assert safety.keep(book, "hour") is not None and staged.part.exists()
    encrypting.discard(staged)


def test_a_damaged_backup_is_told_and_left_as_it_is(book: Book) -> None:
    safety.keep(book, "start")
    copy = _only_backup()
    copy.write_bytes(copy.read_bytes() + bytes(4096))
    damaged = copy.read_bytes()
    staged = encrypting.stage(book, FIRST)
    book.close()
    encrypting.swap(staged)
    problem, = encrypting.recode_copies(staged).problems
    assert "check sum differs" in str(problem) and copy.read_bytes() == damaged


def test_backups_of_others_and_one_that_is_worked_in_stay_as_they_are(book: Book, tmp_path: Path) -> None:
    other = new_book(tmp_path / "other.crm")
    safety.keep(other, "start")
    other.close()
    other.path.unlink()  # whose a backup is cannot be told by its name then
    foreign = _only_backup()
    safety.keep(book, "start")
    own, = (place for place in paths.backups().glob("*.crm") if place != foreign)
    before = {place: place.read_bytes() for place in (foreign, own)}
    staged = encrypting.stage(book, FIRST)
    book.close()
    encrypting.swap(staged)
    with closing(open_book(own, reading=True)):
        assert encrypting.recode_copies(staged) == encrypting.Outcome(0, ())
    assert {place: place.read_bytes() for place in before} == before
    assert encrypting.recode_copies(staged).copies == 1
    assert foreign.read_bytes() == before[foreign] and encrypting.needs_password(own)


def test_the_log_beside_a_file_that_a_restore_has_kept_goes_along(book: Book) -> None:
    kept = book.path.with_name("shop-before-restore-1.crm")
    log = book.path.with_name("shop.crm-wal")
    assert CANARY.encode() in log.read_bytes()
    shutil.copyfile(book.path, kept)
    shutil.copyfile(log, kept.with_name(f"{kept.name}-wal"))
    with closing(_encrypt(book)) as locked:
        assert _readable(book.path.parent) == []
        with closing(open_book(kept, reading=True)) as before:
            assert dump(before)["customers"] == dump(locked)["customers"] != []


def test_what_cannot_be_read_is_not_told_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no file"):
        encrypting.unlock(tmp_path / "gone.crm", FIRST)
    with pytest.raises(FileRefused, match="cannot be read"):
        encrypting.unlock(tmp_path, FIRST)  # a folder
