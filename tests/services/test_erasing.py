"""A person is erased: no trace in any file of ours, every past sum as it was, and a killed program goes on."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import FileBusy, FileRefused, InvalidInput, NotFound, NothingToUndo
from desktop_crm.export import plain
from desktop_crm.services import (
    accounts,
    attachments,
    checklists,
    custom_fields,
    customers,
    erasing,
    history,
    past,
    reports,
    safety,
    search,
    segments,
)
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup, erasures
from tests.books import NOON, Clock, dump, new_book, second_place, undo_all
from tests.canaries import CANARIES, NAME, OF_LEADS, found_in, plant, plant_lead

pytestmark = pytest.mark.usefixtures("home")


def told(book: Book) -> dict[str, Any]:
    """What the reports of the past say, and who owes what."""
    made: dict[str, Any] = {name: plain.as_json(reports.build(book, name, None, cut))
            for name, cut in (("sales", ""), ("sales", "seller"), ("sales", "month"), ("daily", ""))}
    made |= {f"by {cut}": plain.as_json(reports.build(book, "sales", None, cut)) for cut in ("industry", "source")}
    return made | {"owed": [(item.customer_id, item.owed) for item in accounts.debtors(book)]}


def test_nothing_of_twenty_six_canaries_is_left(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    assert {word for word, _ in found_in(tmp_path)} == set(CANARIES), "a canary was not planted"
    safety.back_up(book)
    second = second_place(book.path, tmp_path / "stick")
    safety.keep_second(book, second)
    before, said = dump(book), told(book)
    seen = erasing.preview(book, one)
    assert (seen.name, seen.title, len(seen.backups), seen.files) == (NAME, "Erased customer 1", 2, 2)
    outcome = erasing.erase(book, one)
    assert outcome.problems == () and outcome.backups == 2 and outcome.mentions == 3  # a note, a segment, a setting
    assert told(book) == said
    assert found_in(tmp_path) == set()
    assert safety.check(book) == []
    for item in safety.backups(book.path, second):
        assert backup.verify(Path(item.path), 99).sha256 == item.sha256
    after = dump(book)
    for name in ("customers", "deals", "deal_lines", "payments", "receipts", "activities"):
        assert len(after[name]) == len(before[name])
    assert customers.rows(book, [one])[0].name == "Erased customer 1"
    assert customers.card(book, 1).values["notes"] == "Brother of Erased customer 1, likes tea"


def test_nothing_is_left_of_own_fields_requests_rules_and_documents(tmp_path: Path) -> None:
    """Nor in what the past reads from the journal, or in the copies that were opened."""
    with closing(new_book(tmp_path / "shop.crm", now=NOON.replace(year=2090))) as book:
        one = plant(book)
        plant_lead(book, one)
        assert {word for word, _ in found_in(tmp_path)} == {*CANARIES, *OF_LEADS}, "a canary was not planted"
        safety.back_up(book)
        with closing(past.opened(book, book.today())) as then:
            assert customers.rows(then, [one])[0].name == NAME
        said = told(book)
        outcome = erasing.erase(book, one)
        assert outcome.problems == () and outcome.backups == 1 and told(book) == said
        assert found_in(tmp_path) == set()
        assert safety.check(book) == []
        assert not custom_fields.values(book, "customers", one)
        assert checklists.standing(book, one)["marketing"].done == 0
        with closing(past.opened(book, book.today())) as then:
            assert customers.rows(then, [one])[0].name == "Erased customer 1"
            assert found_in(tmp_path) == set()


def test_what_is_not_theirs_stays(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    erasing.erase(book, one)
    folder = tmp_path / "shop.files"
    assert [path.read_bytes() for path in folder.iterdir()] == [b"a leaflet"]
    assert [item.name for item in attachments.of(book, "customers", [1])[1]] == ["leaflet.txt"]
    assert [path.name for path in (tmp_path / "shop receipts").iterdir()] == ["Receipt 000002.pdf"]
    values = customers.card(book, one).values
    assert (values["state"], values["no_marketing"], values["industry"]) == ("inactive", True, "Tea")
    assert search.find(book, "Ravi") and not search.find(book, "Qbxname")


def test_undo_ends_and_the_history_goes_on(book: Book) -> None:
    one = plant(book)
    erasing.erase(book, one)
    with pytest.raises(NothingToUndo):
        book.undo()
    with pytest.raises(NothingToUndo):
        book.redo()
    later = customers.add(book, {"name": "Chong"})
    assert undo_all(book) == 1 and later not in customers.list_ids(book)
    acts = history.acts(book, book.language)
    assert acts[-1].label == "Add Chong" and acts[-2].label == "Erase a person"
    assert history.changes(book, book.language, "customers", one)[0].sentence == (
        "Name: — → Erased customer 1")
    with book.read() as connection:
        numbers = connection.exec_driver_sql("SELECT id FROM journal ORDER BY id DESC LIMIT 2").scalars().all()
        guarded = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name LIKE 'journal_keep_%'")
        assert numbers[0] > numbers[1] and guarded.scalar_one() == 2


def test_who_was_deleted_before_is_erased_too(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    customers.delete(book, [one])
    said = told(book)
    erasing.erase(book, one)
    assert found_in(tmp_path) == set() and told(book) == said and safety.check(book) == []


def test_a_contact_goes_and_the_company_stays(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    outcome = erasing.erase(book, 1, "contacts")
    assert outcome.goes == {"channels": 1, "contacts": 1} and outcome.stays == {"activities": 1}
    assert {word for word, _ in found_in(tmp_path)} == set(CANARIES) - {"Qbxcontact", "Qbxrole", "Qbxsaid"}
    assert customers.rows(book, [one])[0].name == NAME
    assert safety.check(book) == []


def test_twice_is_told(book: Book) -> None:
    one = plant(book)
    erasing.erase(book, one)
    for wanted in (one, 999):
        with pytest.raises(NotFound):
            erasing.erase(book, wanted)
    other = customers.add(book, {"name": "Second"})
    assert erasing.erase(book, other).title == "Erased customer 2"


def test_a_word_of_others_stays(book: Book) -> None:
    """A name of one word may be a word of any sentence, and a family shares its phone."""
    rose = customers.add(book, {"name": "Rose"}, phones=["03-4444 5555"])
    other = customers.add(book, {"name": "Ali", "notes": "wants one rose. Rose, red."}, phones=["03-4444 5555"])
    erasing.erase(book, rose)
    card = customers.card(book, other)
    assert card.values["notes"] == "wants one rose. Rose, red." and card.channels[0].value == "03-4444 5555"


def test_a_restored_backup_is_erased_again(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    kept = tmp_path / "kept.crm"
    safety.back_up(book, kept)
    erasing.erase(book, one)
    title = customers.rows(book, [one])[0].name
    book.close()
    safety.restore(book.path, kept)
    kept.unlink()
    with closing(open_book(book.path)) as again:
        assert customers.rows(again, [one])[0].name == title
    assert {word for word, _ in found_in(tmp_path)} == set()


def test_a_file_put_back_by_hand_is_erased_when_it_is_opened(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    book.close()
    older = (tmp_path / "shop.crm").read_bytes()
    with closing(open_book(book.path, clock=Clock(NOON))) as again:
        erasing.erase(again, one)
    book.path.write_bytes(older)
    open_book(book.path).close()
    assert found_in(tmp_path) == set()


def test_a_backup_that_cannot_be_rewritten_is_named_and_tried_again(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    made = Path(safety.back_up(book).path)
    whole = made.read_bytes()
    made.write_bytes(whole[:5000] + b"x" + whole[5001:])
    outcome = erasing.erase(book, one)
    assert len(outcome.problems) == 1 and made.name in str(outcome.problems[0])
    assert [item.state for item in erasures.known()] == ["pending"]
    made.write_bytes(whole)
    book.close()
    open_book(book.path).close()
    assert [item.state for item in erasures.known()] == ["done"] and found_in(tmp_path) == set()


def test_a_file_kept_by_a_restore_is_rewritten(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    made = Path(safety.back_up(book).path)
    book.close()
    safety.restore(book.path, made)
    with closing(open_book(book.path)) as again:
        assert erasing.erase(again, one).backups == 2
    assert found_in(tmp_path) == set()


def test_a_file_for_reading_only_is_refused(book: Book) -> None:
    one = plant(book)
    book.close()
    with closing(open_book(book.path, reading=True)) as again, pytest.raises(FileRefused):
        erasing.erase(again, one)
    assert not erasures.ledger().exists()


def test_what_is_refused_is_not_done_later(book: Book) -> None:
    """While an import is being saved nothing is erased, now or at the next start."""
    one = plant(book)
    begun, over = threading.Event(), threading.Event()

    def busy() -> None:
        with book.work("Import"):
            begun.set()
            over.wait(20)

    other = threading.Thread(target=busy)
    other.start()
    assert begun.wait(20)
    with pytest.raises(FileBusy):
        erasing.erase(book, one)
    over.set()
    other.join()
    assert erasures.known() == [] and customers.rows(book, [one])[0].name == NAME


def test_stopped_it_goes_on_at_the_next_start(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    safety.back_up(book)
    outcome = erasing.erase(book, one, stop=lambda: True)
    assert "when the file is opened again" in str(outcome.problems[0]) and outcome.backups == 0
    assert {place for _, place in found_in(tmp_path)} == {Path(safety.backups(book.path)[0].path).name}
    book.close()
    open_book(book.path).close()
    assert found_in(tmp_path) == set() and erasures.pending(book.path) == []


def test_words_in_every_way_of_writing(book: Book) -> None:
    """Numbers however they are grouped, names over two lines, Chinese without spaces, JSON inside JSON."""
    one = customers.add(book, {"name": "Lim Qbx Wei", "sort_name": "雪鳶黎"}, phones=["+60 12-987 0412"])
    notes = "Ask LIM  Qbx\nWei, (6012) 9870412; 找雪鳶黎談. 601298704123"
    other = customers.add(book, {"name": "Ravi", "notes": notes})
    segments.save(book, "雪鳶黎", CustomerFilter(search="雪鳶黎"))
    segments.save(book, "Other", CustomerFilter(search="雪鳶黎"), segments.saved(book)[0].id)
    erasing.erase(book, one)
    assert customers.card(book, other).values["notes"] == (
        "Ask Erased customer 1, (Erased customer 1; 找Erased customer 1談. 601298704123")
    assert segments.saved(book)[0].filter.search == "Erased customer 1"
    with book.read() as connection:
        remembered = connection.exec_driver_sql("SELECT before || after FROM journal WHERE op = 'U'").scalars().all()
    assert not any("96ea" in text or "雪" in text for text in remembered)


def test_the_ledger_names_nobody(book: Book) -> None:
    one = plant(book)
    erasing.erase(book, one)
    entry = json.loads(erasures.ledger().read_text(encoding="utf-8"))[0]
    assert entry["hashes"] == entry["papers"] == [] and entry["state"] == "done"
    assert set(entry) == {"uid", "kind", "number", "title", "file", "on", "state", "hashes", "papers"}


@pytest.mark.parametrize("format_", ["v1", "v2", "v3"])
def test_an_older_format_is_rewritten_as_it_is(tmp_path: Path, format_: str) -> None:
    """Backups of older formats stay what they are; only the person goes."""
    import sqlcipher3.dbapi2 as driver

    from desktop_crm.domain.erasures import Erasure
    from desktop_crm.storage import rewriting

    copy = tmp_path / "old.crm"
    shutil.copyfile(Path(__file__).parents[1] / "old_files" / f"{format_}.crm", copy)
    raw = driver.connect(str(copy))
    uid, name = raw.execute("SELECT uid, name FROM customers ORDER BY length(name) DESC LIMIT 1").fetchone()
    version, sums = raw.execute("PRAGMA user_version").fetchone()[0], backup.measured(raw)[1]
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    raw.close()
    assert name.encode() in copy.read_bytes()
    assert rewriting.rewrite(copy, Erasure(uid, "customers", 1, "Erased customer 1", "", "2026-11-21"))
    assert name.encode() not in copy.read_bytes()
    raw = driver.connect(str(copy))
    assert raw.execute("PRAGMA user_version").fetchone()[0] == version and backup.measured(raw)[1] == sums
    assert raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall() == triggers
    raw.close()


def test_several_are_erased_one_after_the_other(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    two, three = (customers.add(book, {"name": f"Qbother {number}"}) for number in (2, 3))
    safety.back_up(book)
    before = dump(book)
    seen = erasing.preview_all(book, [one, two])
    assert seen.name.split("\n") == [NAME, "Qbother 2"] and seen.title == "Erased customer 1 …"
    assert seen.goes["contacts"] == 1 and len(seen.backups) == 1 and dump(book) == before
    steps: list[tuple[int, int]] = []
    with pytest.raises(InvalidInput):
        erasing.erase_all(book, [])
    done = erasing.erase_all(book, [one, two, one, 999], step=lambda *at: steps.append(at))
    assert (done.title, done.backups, steps) == ("Erased customer 1 …", 1, [(0, 3), (1, 3), (2, 3)])
    assert [type(problem) for problem in done.problems] == [NotFound]
    assert [row.name for row in customers.rows(book, [one, two, three])] == ["Erased customer 1", "Erased customer 2",
                                                                             "Qbother 3"]
    assert found_in(tmp_path) == set()
    with pytest.raises(NotFound):
        erasing.erase_all(book, [999, three])
    stopped = erasing.erase_all(book, [three, customers.add(book, {"name": "Last"})], stop=lambda: True)
    assert "1 of them were not erased" in book.language.error(stopped.problems[-1])
