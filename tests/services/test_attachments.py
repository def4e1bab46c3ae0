"""Documents: attached as one act, named safely, shown without being run, renamed, taken off and brought back."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.domain.attachments import renamed, runs, safe_name
from desktop_crm.domain.errors import FileRefused, InvalidInput, NotFound
from desktop_crm.i18n import language
from desktop_crm.services import attachments, contacts, customers, deals, history, merging, timeline
from desktop_crm.services.book import Book
from desktop_crm.storage import attachments as storage
from desktop_crm.storage import opened
from tests.books import TODAY, dump, new_book, redo_all, undo_all


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Ali", "state": "customer"})
    yield made
    made.close()


def given(folder: Path, name: str, data: bytes = b"words") -> Path:
    place = folder / name
    place.write_bytes(data)
    return place


def attach(book: Book, *sources: Path, table: str = "customers", owner: int = 1) -> attachments.Attached:
    taken = attachments.gather(book, sources)
    made = attachments.attach(book, table, owner, taken.files)
    return attachments.Attached(made.ids, taken.problems + made.problems)


@pytest.mark.parametrize(("name", "safe"), [
    ("contract.pdf", "contract.pdf"), ("合同 2026.pdf", "合同 2026.pdf"), ("ஒப்பந்தம்.pdf", "ஒப்பந்தம்.pdf"),
    ("عقد.pdf", "عقد.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Windows\\win.ini", "win.ini"),
    ("photo\u202egnp.exe", "photognp.exe"), ("a\nb\x00\x1b[31m.txt", "a b[31m.txt"), ("a:b?*.txt", "a_b__.txt"),
    ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("com1.log", "_com1.log"), ("console.txt", "console.txt"),
    (" .. ", ""), ("\u202e", ""), ("report.pdf. . ", "report.pdf"), (".hidden", "hidden"), ("\ud800x.txt", "x.txt"),
])
def test_names_are_fit_to_be_shown_and_written(name: str, safe: str, tmp_path: Path) -> None:
    assert safe_name(name) == safe
    if safe:
        given(tmp_path, safe)


@pytest.mark.parametrize("name", ["a" * 300 + ".pdf", "அ" * 300 + ".pdf", "合" * 300, "x." + "y" * 300])
def test_a_long_name_keeps_its_suffix(name: str, tmp_path: Path) -> None:
    safe = safe_name(name)
    assert 60 < len(safe.encode()) <= 200 and safe.endswith(".pdf") == name.endswith(".pdf")
    given(tmp_path, safe)


def test_what_would_run() -> None:
    assert all(runs(name) for name in ("a.exe", "photo.jpg.EXE", "a.lnk", "b.desktop", "c.xlsm", "d.html", "e.sh"))
    assert not any(runs(name) for name in ("a.pdf", "b.jpg", "c.xlsx", "exe", "d.txt"))
    assert runs("invoice", b"MZ\x90\x00") and runs("invoice.pdf", b"\x7fELF\x02") and runs("x.txt", b"#!/bin/sh")


def test_attached_as_one_act_and_listed_with_those_of_people_and_deals(book: Book, tmp_path: Path) -> None:
    siti = contacts.add(book, {"name": "Siti", "customer_id": 1})
    order = deals.add(book, {"name": "Order", "customer_id": 1, "amount": 100})
    before = dump(book)
    made = attach(book, given(tmp_path, "one.pdf", b"1"), given(tmp_path, "two.pdf", b"22"))
    attach(book, given(tmp_path, "passport.jpg", b"333"), table="contacts", owner=siti)
    attach(book, given(tmp_path, "plan.png", b"4444"), table="deals", owner=order)
    assert len(made.ids) == 2 and made.problems == ()
    found = attachments.documents(book, "customers", 1)
    assert [(item.name, item.size, item.table, item.owner) for item in found] == [
        ("plan.png", 4, "deals", "Order"), ("passport.jpg", 3, "contacts", "Siti"),
        ("two.pdf", 2, "customers", "Ali"), ("one.pdf", 1, "customers", "Ali")]
    assert (found[1].media_type, found[1].on_date, found[1].missing) == ("image/jpeg", TODAY, False)
    words = language("en")
    lines = timeline.timeline_of(book, words, 1, ("document",))
    assert [(item.title, item.text) for item in lines][:2] == [("plan.png", "4 bytes · Order"),
                                                               ("passport.jpg", "3 bytes · Siti")]
    assert {item.kind for item in timeline.timeline_of(book, words, 1)} >= {"document"}
    after = dump(book)
    for _ in range(3):
        book.undo()
    assert dump(book) == before
    redo_all(book)
    assert dump(book) == after


def test_what_cannot_be_attached_keeps_nothing_else_back(book: Book, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_MB", 1)  # so that "100 MB" are 100 bytes
    good, folder = given(tmp_path, "good.txt"), tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe")
    made = attach(book, good, given(tmp_path, "empty.txt", b""), tmp_path / "gone.txt", folder, tmp_path / "pipe",
                  given(tmp_path, "large.txt", b"x" * 101), good)
    assert len(made.ids) == 1
    assert [str(problem).split(".")[0] for problem in made.problems] == [
        "“empty", "“gone", "“folder” is a folder", "“pipe” is no file that can be attached", "“large", "“good"]
    assert "101 MB; 100 MB can be attached" in str(made.problems[4])
    assert "attached here already" in str(made.problems[5])
    assert attach(book, good).ids == ()
    with pytest.raises(NotFound):
        attachments.attach(book, "customers", 99, attachments.gather(book, [good]).files)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may read everything is not refused")
def test_an_unreadable_file_is_told(book: Book, tmp_path: Path) -> None:
    locked = given(tmp_path, "locked.txt")
    locked.chmod(0)
    [problem] = attach(book, locked).problems
    assert isinstance(problem, FileRefused) and "could not be read" in str(problem)


def test_shown_as_a_private_copy_that_cannot_be_changed_or_run(book: Book, tmp_path: Path) -> None:
    [one, two, three] = attach(book, given(tmp_path, "list.txt"), given(tmp_path, "run.exe", b"MZ program"),
                               given(tmp_path, "scan", b"\x7fELF")).ids
    shown = attachments.to_show(book, one)
    assert (shown.name, shown.read_bytes()) == ("list.txt", b"words")
    assert stat.S_IMODE(shown.stat().st_mode) == 0o400
    for program in (two, three):
        with pytest.raises(InvalidInput, match="can run on this computer"):
            attachments.to_show(book, program)
    assert attachments.save_copy(book, two, tmp_path / "mine.exe").read_bytes() == b"MZ program"
    opened.clear()
    assert not shown.exists() and attachments.document(book, one).missing is False


def test_missing_content_is_said_and_nothing_breaks(book: Book, tmp_path: Path) -> None:
    [one] = attach(book, given(tmp_path, "list.txt")).ids
    storage.folder(book.path).rename(tmp_path / "left behind")
    [item] = attachments.documents(book, "customers", 1)
    assert item.missing
    for act in (lambda: attachments.to_show(book, one), lambda: attachments.save_copy(book, one, tmp_path)):
        with pytest.raises(NotFound, match="Copy the folder from a backup"):
            act()
    (tmp_path / "left behind").rename(storage.folder(book.path))
    assert not attachments.document(book, one).missing


def test_renamed_and_taken_off_and_brought_back(book: Book, tmp_path: Path) -> None:
    assert [renamed("a.pdf", typed) for typed in ("b", "b.txt", "../c", " ")] == ["b.pdf", "b.txt", "c.pdf", ""]
    [one] = attach(book, given(tmp_path, "list.txt")).ids
    attachments.rename(book, one, "Price list 2026")
    assert attachments.document(book, one).name == "Price list 2026.txt"
    told = [change.sentence for change in history.changes(book, language("en"), "customers", 1)]
    assert told[0] == "Document: list.txt → Price list 2026.txt" and len(told) == 2, told
    with pytest.raises(InvalidInput, match="needs a name"):
        attachments.rename(book, one, " / ")
    attachments.delete(book, [one])
    assert attachments.documents(book, "customers", 1) == []
    book.undo()
    assert attachments.to_show(book, one).read_bytes() == b"words"
    assert undo_all(book) == 3


def test_merged_customers_keep_all_documents(book: Book, tmp_path: Path) -> None:
    other = customers.add(book, {"name": "Ali bin Ahmad", "state": "customer"})
    attach(book, given(tmp_path, "one.pdf", b"1"))
    attach(book, given(tmp_path, "two.pdf", b"2"), owner=other)
    merging.merge(book, 1, [other])
    assert [item.name for item in attachments.documents(book, "customers", 1)] == ["two.pdf", "one.pdf"]
    book.undo()
    assert [item.name for item in attachments.documents(book, "customers", other)] == ["two.pdf"]
