"""Documents of deals and tasks: kept with their customer through timeline, merging, erasing, holdings and backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.domain.errors import NotFound
from desktop_crm.i18n import language
from desktop_crm.services import (
    attachments,
    customers,
    deals,
    erasing,
    history,
    merging,
    persons,
    safety,
    tasks,
    timeline,
)
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import attachments as storage
from tests.books import TODAY, dump, new_book, redo_all


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Iterator[Book]:
    """Ali (1) with a deal and its task, and a task of his own; each of the three has a document."""
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Ali", "state": "customer"})
    deals.add(made, {"name": "Shelves", "customer_id": 1, "amount": 100_00})
    tasks.add(made, {"name": "Measure the wall", "deal_id": 1, "due_on": TODAY})
    tasks.add(made, {"name": "Bring the tea", "customer_id": 1, "due_on": TODAY})
    for table, owner, name in (("deals", 1, "plan.png"), ("tasks", 1, "wall.jpg"), ("tasks", 2, "茶单.pdf")):
        attachments.add(made, table, owner, name, name.encode())
    yield made
    made.close()


def names(book: Book, table: str, owner: int) -> list[str]:
    return [item.name for item in attachments.documents(book, table, owner)]


def places(book: Book) -> set[str]:
    return {path.read_bytes().decode() for path in storage.folder(book.path).iterdir()}


def test_each_stands_with_its_own_and_all_with_the_customer(book: Book) -> None:
    assert (names(book, "deals", 1), names(book, "tasks", 1), names(book, "tasks", 2)) == (
        ["plan.png"], ["wall.jpg"], ["茶单.pdf"])
    assert [(item.table, item.owner_id, item.owner) for item in attachments.documents(book, "customers", 1)] == [
        ("tasks", 2, "Bring the tea"), ("tasks", 1, "Measure the wall"), ("deals", 1, "Shelves")]
    lines = timeline.timeline_of(book, language("en"), 1, ("document",))
    assert [(line.title, line.text) for line in lines] == [
        ("茶单.pdf", "10 bytes · Bring the tea"), ("wall.jpg", "8 bytes · Measure the wall"),
        ("plan.png", "8 bytes · Shelves")]
    said = [change.sentence for change in history.changes(book, language("en"), "deals", 1)]
    assert said == ["Added: plan.png", "Created"]
    with pytest.raises(NotFound):
        attachments.documents(book, "tasks", 9)


def test_a_task_of_another_customer_keeps_its_documents_to_itself(book: Book) -> None:
    """Also where it hangs on this one's deal: the mason's task is on the mason's card."""
    mason = customers.add(book, {"name": "Ravi"})
    task = tasks.add(book, {"name": "Build the wall", "customer_id": mason, "deal_id": 1})
    attachments.add(book, "tasks", task, "offer.pdf", b"offer")
    assert names(book, "customers", mason) == ["offer.pdf"]
    assert "offer.pdf" not in names(book, "customers", 1)


def test_a_deleted_task_takes_its_documents_along_and_undo_brings_both_back(book: Book) -> None:
    before = dump(book)
    tasks.delete(book, [1])
    deals.delete(book, [1])
    assert names(book, "customers", 1) == ["茶单.pdf"]
    after = dump(book)
    book.undo()
    book.undo()
    assert dump(book) == before and places(book) == {"plan.png", "wall.jpg", "茶单.pdf"}
    redo_all(book)
    assert dump(book) == after


def test_merging_customers_moves_them_with_their_deals_and_tasks(book: Book) -> None:
    kept = customers.add(book, {"name": "Ali bin Abu"})
    before = dump(book)
    merging.merge(book, kept, [1])
    assert names(book, "customers", kept) == ["茶单.pdf", "wall.jpg", "plan.png"]
    book.undo()
    assert dump(book) == before and names(book, "customers", kept) == []


def test_erasing_takes_them_and_what_is_in_them_away(book: Book, tmp_path: Path) -> None:
    other = customers.add(book, {"name": "Ravi"})
    call = tasks.add(book, {"name": "Call", "customer_id": other})
    attachments.add(book, "tasks", call, "same.pdf", "茶单.pdf".encode())
    tasks.finish(book, [2])  # a finished task stays, without a name, for the figures of the past
    gone = attachments.add(book, "tasks", 2, "taken off.pdf", b"taken off")
    attachments.delete(book, [gone])
    backup = safety.back_up(book)
    erasing.erase(book, 1)
    assert places(book) == {"茶单.pdf"} and names(book, "customers", other) == ["same.pdf"]
    assert attachments.of(book, "tasks", [1, 2]) == {} and attachments.of(book, "deals", [1]) == {}
    again = open_book(Path(backup.path), reading=True)
    assert attachments.of(again, "tasks", [1, 2]) == {}
    again.close()
    assert not list(tmp_path.rglob("*taken off*"))


def test_everything_held_tells_of_them(book: Book) -> None:
    person = persons.held(book, 1)
    assert {item.name for item, place in person.files if place is not None} == {"plan.png", "wall.jpg", "茶单.pdf"}
    written = persons.data(book, person, {1: "a", 2: "b", 3: "c"})["records"]["attachments"]
    assert [(row["name"], row.get("deal"), row.get("task")) for row in written] == [
        ("plan.png", "Shelves", None), ("wall.jpg", None, "Measure the wall"), ("茶单.pdf", None, "Bring the tea")]


def test_backups_and_the_second_place_keep_them_and_a_restore_brings_them_back(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = safety.back_up(book)
    safety.keep_second(book, stick)
    path, files = book.path, storage.folder(book.path)
    book.close()
    for folder in (Path(made.path).parent, stick):
        for file in files.iterdir():
            file.unlink()
        safety.restore(path, folder / Path(made.path).name)
        assert len(list(files.iterdir())) == 3
