"""Mailboxes whose e-mails become requests: each once, as one act, with what is attached; what cannot be is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.domain.errors import Cancelled, InvalidInput
from desktop_crm.readers import Unreadable
from desktop_crm.services import activities, attachments, customers, erasing, erasing_words, inbox, intake_files, tasks
from desktop_crm.services import intake_mails as mails
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from tests.books import dump

BEGIN = "From 1@xxx Fri Nov 20 10:00:00 +0000 2026\n"


def letter(name: str, text: str = "a fence", mark: str = "", more: str = "") -> str:
    mark = f"Message-ID: <{mark}>\n" if mark else ""
    return (f"From: {name} <{name.lower()}@x.my>\nSubject: Form\nDate: Fri, 20 Nov 2026 10:00:00 +0800\n{mark}{more}\n"
            f"{text}\n")


def box(folder: Path, *letters: str, name: str = "form.mbox") -> Path:
    path = folder / name
    path.write_bytes("\n".join(BEGIN + one for one in letters).encode("utf-8", "surrogateescape"))
    return path


def said(book: Book) -> list[tuple[str, str]]:
    return sorted((row.name, row.text) for row in inbox.rows(book, inbox.list_ids(book)))


def test_each_email_is_a_request_and_all_are_one_act(shop: Book, tmp_path: Path) -> None:
    known = customers.add(shop, {"name": "Mei"}, emails=["mei@x.my"])
    before = dump(shop)
    taken = intake_files.take_file(shop, box(tmp_path, letter("Siti", ">From Monday on", "1@x"), letter("Mei"),
                                             letter("Siti", "and a gate", "2@x")))
    siti, = taken.created
    assert taken.problems == () and set(taken.logged) == {known, siti}
    assert said(shop) == [("Mei", "Form\n\na fence"), ("Siti", "Form\n\nFrom Monday on")]
    assert len(activities.list_ids(shop)) == 3
    assert shop.undo().message == "{count} requests from {file}"
    assert dump(shop) == before


def test_many_emails_of_a_known_customer_are_one_task_to_answer(shop: Book, tmp_path: Path) -> None:
    mei = customers.add(shop, {"name": "Mei"}, emails=["mei@x.my"])
    intake_files.take_file(shop, box(tmp_path, *(letter("Mei", f"number {number}") for number in range(4))))
    assert len(activities.list_ids(shop)) == 4
    task, = tasks.rows(shop, tasks.list_ids(shop))
    assert (task.name, task.customer_id) == ("Answer the request of Mei", mei)
    tasks.finish(shop, [task.id])
    intake_files.take_file(shop, box(tmp_path, letter("Mei", "and once more")))
    assert len(tasks.list_ids(shop)) == 2  # the first one is answered


def test_none_is_taken_twice_wherever_it_lies(shop: Book, tmp_path: Path) -> None:
    siti, raj = letter("Siti", mark="1@x"), letter("Raj")
    assert len(intake_files.take_file(shop, box(tmp_path, siti, raj, siti)).created) == 2
    assert len(activities.list_ids(shop)) == 2
    assert intake_files.take_file(shop, box(tmp_path, raj)).again  # no Message-ID, and no empty line after it
    assert intake_files.take_file(shop, box(tmp_path, raj, siti)).again
    assert len(intake_files.take_file(shop, box(tmp_path, siti, letter("Mei", mark="1@x"), raj)).created) == 1
    (tmp_path / "siti.eml").write_text(siti)
    assert intake_files.take_file(shop, tmp_path / "siti.eml").again  # one Message-ID of two senders is two letters
    (tmp_path / "ali.eml").write_text(letter("Ali", mark="3@x"))
    assert intake_files.take_file(shop, tmp_path / "ali.eml").created
    assert intake_files.take_file(shop, box(tmp_path, letter("Ali", mark="3@x"))).again
    later = letter("Ali", mark="3@x").replace("10:00:00 +0800", "11:00:00 +0800")  # of one web form
    assert len(intake_files.take_file(shop, box(tmp_path, later)).logged) == 1


def test_who_wrote_is_answered_and_not_who_stands_below(shop: Book, tmp_path: Path) -> None:
    text = "a fence\n\nRegards\nSiti Aminah\nE-mail: boss@kedai.my\n"
    siti, = intake_files.take_file(shop, box(tmp_path, letter("Siti", text))).created
    assert [way.value for way in customers.card(shop, siti).channels if way.kind == "email"] == ["siti@x.my"]


def test_a_mailbox_of_apples_mail_is_a_folder(shop: Book, tmp_path: Path) -> None:
    folder = tmp_path / "Form.mbox"
    folder.mkdir()
    box(folder, letter("Siti"), name="mbox")
    assert len(intake_files.take_file(shop, folder).created) == 1
    (folder / "mbox").unlink()
    with pytest.raises(Unreadable, match="folder"):
        intake_files.take_file(shop, folder)


def test_what_is_attached_is_kept(shop: Book, tmp_path: Path) -> None:
    parts = ("--a\nContent-Type: text/plain\n\n20 chairs\n--a\nContent-Type: text/plain\n"
             "Content-Disposition: attachment; filename={0}.txt\n\n{0}\n--a--\n")
    more = "Content-Type: multipart/mixed; boundary=a\n"
    taken = intake_files.take_file(shop, box(tmp_path, letter("Siti"), letter("Raj", parts.format("plan"), "", more),
                                             letter("Mei", parts.format("wish"), "", more)))
    found = {customers.rows(shop, [key])[0].name: [one.name for one in attachments.documents(shop, "customers", key)]
             for key in taken.created}
    assert found == {"Siti": [], "Raj": ["plan.txt"], "Mei": ["wish.txt"]}


def test_what_cannot_be_taken_is_told_and_the_others_come_in(
        shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.readers.mailboxes.MOST_OF_ONE", 2000)
    path = box(tmp_path, "words alone\n", letter("Siti", "caf\udce9"), letter("Raj", "x" * 3000),
               "Subject: of nobody\n\ntext\n")
    taken = intake_files.take_file(shop, path)
    assert [shop.language.error(one) for one in taken.problems] == [
        "E-mail 1 of “form.mbox” is damaged; it was left out.",
        "E-mail 3 of “form.mbox” is too large; it was left out.",
        "E-mail 4 of “form.mbox” tells nobody's name or address; it was left out."]
    assert said(shop) == [("Siti", "Form\n\ncafé")]
    with pytest.raises(InvalidInput, match="1 e-mails"):
        intake_files.take_file(shop, box(tmp_path, "words alone\n", name="bad.mbx"))


def test_what_is_refused_whole(shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(shop)
    path = box(tmp_path, letter("Siti"), letter("Raj"), letter("Mei"))
    with pytest.raises(Cancelled):
        intake_files.take_file(shop, path, lambda: True)
    monkeypatch.setattr(mails, "MOST_MAILS", 2)
    with pytest.raises(InvalidInput, match="more than 2"):
        intake_files.take_file(shop, path)
    path.write_text("Subject: no mailbox\n")
    with pytest.raises(Unreadable):
        intake_files.take_file(shop, path)
    assert dump(shop) == before


def test_the_watched_folder_takes_mailboxes(shop: Book, tmp_path: Path) -> None:
    box(tmp_path, letter("Siti"))
    box(tmp_path, "words alone\n", name="bad.mbx")
    swept = intake_files.sweep(shop, intake_files.Folder(tmp_path), settled=True)
    assert (len(swept.taken), [name for name, _ in swept.refused]) == (1, ["bad.mbx"])
    assert (tmp_path / "Taken" / "form.mbox").exists() and (tmp_path / "Not read" / "bad.mbx").exists()
    box(tmp_path, letter("Siti"))
    assert intake_files.sweep(shop, intake_files.Folder(tmp_path), settled=True).known == 1


def test_an_erasure_tells_of_the_watched_folder(shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = tmp_path / "in"
    watched.mkdir()
    preferences = Settings()
    preferences.set_watched_folder(shop.path, str(watched))
    monkeypatch.setattr("desktop_crm.settings.load", lambda: preferences)
    box(watched, letter("Siti"))
    siti, = intake_files.take_file(shop, watched / "form.mbox").created
    assert erasing.preview(shop, siti).watched == str(watched)
    (watched / "form.mbox").unlink()
    assert erasing.preview(shop, siti).watched == ""
    (watched / "Taken").mkdir()
    box(watched / "Taken", letter("Siti"))
    done = erasing.erase(shop, siti)
    lines = erasing_words.lines(shop.language, done.title, done.goes, done.stays, 0, True, done.watched)
    assert str(watched) in lines[-1] and "Taken" in lines[-1]
