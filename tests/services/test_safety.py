"""Check, backup and restore on real files."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from desktop_crm.domain.errors import FileBusy, FileRefused
from desktop_crm.services import attachments, customers, safety, starting
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup
from tests.books import dump


def test_a_backup_is_verified_and_says_what_it_holds(book: Book, tmp_path: Path) -> None:
    customers.add(book, {"name": "Aminah"}, phones=["012-345 6789"])
    made = safety.back_up(book, tmp_path / "copy.crm")
    assert made.counts["customers"] == 1 and made.counts["channels"] == 1
    noted = json.loads((tmp_path / "copy.crm.json").read_text(encoding="utf-8"))
    assert noted["sha256"] == made.sha256 and len(made.sha256) == 64
    copy = open_book(tmp_path / "copy.crm", reading=True)
    assert dump(copy) == dump(book)
    copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_into_a_folder_or_the_backups(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    assert Path(safety.back_up(book, folder).path).parent == folder
    made = safety.back_up(book)
    assert safety.last_backup(book) == made


def test_a_backup_never_overwrites(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "mine.crm"
    target.write_text("mine")
    with pytest.raises(FileRefused, match="exists already"):
        safety.back_up(book, target)
    assert target.read_text() == "mine"


def test_a_place_that_cannot_be_written(book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileRefused, match="No backup was made"):
        safety.back_up(book, tmp_path / "file" / "copy.crm")


def test_restore_brings_back_and_keeps_the_present_file(book: Book, tmp_path: Path) -> None:
    customers.add(book, {"name": "Aminah"})
    then = dump(book)
    safety.back_up(book, tmp_path / "copy.crm")
    customers.add(book, {"name": "Ali"})
    now, path = dump(book), book.path
    book.close()
    kept = safety.restore(path, tmp_path / "copy.crm")
    again = open_book(path, reading=True)
    assert dump(again) == then
    again.close()
    assert kept is not None
    old = open_book(kept, reading=True)
    assert dump(old) == now
    old.close()


def test_restore_is_refused_while_a_window_has_the_file(book: Book, tmp_path: Path) -> None:
    safety.back_up(book, tmp_path / "copy.crm")
    before = dump(book)
    with pytest.raises(FileBusy):
        safety.restore(book.path, tmp_path / "copy.crm")
    assert dump(book) == before


@pytest.mark.parametrize("damage", ["one bit", "cut", "empty", "other"])
def test_a_damaged_backup_is_refused_and_nothing_changed(book: Book, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "copy.crm"
    safety.back_up(book, copy)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes({"one bit": bytes(content), "cut": bytes(content[:-5000]), "empty": b"",
                      "other": b"PK" * 500}[damage])
    path = book.path
    book.close()
    before = path.read_bytes()
    with pytest.raises(FileRefused):
        safety.restore(path, copy)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*before-restore*"))


def test_restore_where_no_file_is(book: Book, tmp_path: Path) -> None:
    safety.back_up(book, tmp_path / "copy.crm")
    target = tmp_path / "new" / "shop.crm"
    assert safety.restore(target, tmp_path / "copy.crm") is None
    open_book(target, reading=True).close()


LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")


def _linked(book: Book, tmp_path: Path) -> tuple[Path, Path]:
    """The closed file in a folder of its own, and a link to it where it was."""
    book.close()
    link, real = book.path, tmp_path / "elsewhere" / "real.crm"
    real.parent.mkdir()
    link.rename(real)
    link.with_name(f".{link.name}.lock").unlink()
    link.symlink_to(real)
    return link, real


@LINKS
def test_a_restore_by_a_link_replaces_what_it_leads_to(book: Book, tmp_path: Path) -> None:
    copy = tmp_path / "copies"
    copy.mkdir()
    made = safety.back_up(book, copy)
    customers.add(book, {"name": "Aminah"})
    link, real = _linked(book, tmp_path)
    assert safety.preview_of(link, Path(made.path)).lost == 1
    kept = safety.restore(link, Path(made.path))
    assert link.is_symlink() and link.resolve() == real and kept is not None and kept.parent == real.parent
    for path, there in ((real, 0), (link, 0), (kept, 1)):
        opened = open_book(path, reading=True)
        assert len(customers.list_ids(opened)) == there
        opened.close()
    assert sorted(path.name for path in tmp_path.glob("*.crm*")) == [link.name]


@LINKS
def test_a_file_has_one_lock_and_one_place_for_documents_whatever_link_opens_it(book: Book, tmp_path: Path) -> None:
    aminah = customers.add(book, {"name": "Aminah"})
    attachments.add(book, "customers", aminah, "old.txt", b"from before")
    link, real = _linked(book, tmp_path)  # as an older version left it: with the documents beside the link
    opened = open_book(link)
    try:
        with pytest.raises(FileBusy):
            open_book(real)
        with pytest.raises(FileBusy):
            safety.restore(real, real)
        safety.back_up(opened)
        assert [safety.backups(path) != [] for path in (link, real)] == [True, True]
        [old] = attachments.of(opened, "customers", [aminah])[aminah]
        assert attachments.path(opened, old).read_bytes() == b"from before"
        assert {path.name for path in real.parent.iterdir()} >= {"real.files", ".real.crm.lock"}
        assert not link.with_suffix(".files").exists(), "what is erased would come back from there"
        assert not (tmp_path / f".{link.name}.lock").exists()
    finally:
        opened.close()


@LINKS
def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "round.crm"
    link.symlink_to(link)
    for act in (lambda: open_book(link), lambda: open_book(link, reading=True), lambda: safety.restore(link, link)):
        with pytest.raises(FileRefused):
            act()


def test_a_manifest_that_cannot_be_read_is_left_out(book: Book) -> None:
    made = safety.back_up(book)
    Path(made.path + ".json").write_text("not json")
    assert made not in backup.known(book.path)


def test_attached_files_go_with_the_backups_and_come_back(book: Book, tmp_path: Path) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    attachments.add(book, "customers", customer, "contract.pdf", b"%PDF signed")
    stick = tmp_path / "stick"
    stick.mkdir()
    made = safety.back_up(book)
    safety.keep_second(book, stick)
    (stick / f"{book.path.stem}.files" / hashlib.sha256(b"of another shop").hexdigest()).write_bytes(b"of another shop")
    [kept] = attachments.of(book, "customers", [customer])[customer]
    path = book.path
    book.close()
    for folder in (Path(made.path).parent, stick):
        copy = folder / f"{path.stem}.files" / kept.sha256
        assert copy.read_bytes() == b"%PDF signed"
        attachments_of(path).unlink()
        safety.restore(path, folder / Path(made.path).name)
        assert attachments_of(path).read_bytes() == b"%PDF signed"
    copy.write_bytes(b"changed on the stick")  # what is no longer what its name says is not brought back
    attachments_of(path).unlink()
    safety.restore(path, stick / Path(made.path).name)
    assert not list(path.with_name(f"{path.stem}.files").iterdir())


def attachments_of(path: Path) -> Path:
    [file] = path.with_name(f"{path.stem}.files").iterdir()
    return file


def test_check_finds_what_the_rules_forbid(tmp_path: Path) -> None:
    book = starting.create(tmp_path / "shop.crm")
    assert safety.check(book) == []
    with book.work("Break it") as work:
        work.connection.exec_driver_sql(
            "INSERT INTO deals(uid, name, pipeline_id, stage_id, status, currency, name_fold, more_fold) "
            "VALUES('u', 'd', 1, 1, 'won', 'MYR', 'd', '')")
    assert safety.check(book) == ["deals whose status is not their stage's: 1"]
    book.close()
