"""An act that is not the newest is taken back if all it changed still stands, else it is said what contradicts."""

from __future__ import annotations

import pytest

from desktop_crm.domain.errors import InvalidInput, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.services import customers, deals, history, sellers, tasks
from desktop_crm.services.book import Book
from tests.books import dump, redo_all, searched, undo_all


def newest(book: Book) -> int:
    return history.acts(book, language("en"), limit=1)[-1].id


@pytest.fixture
def aminah(book: Book) -> int:
    return customers.add(book, {"name": "Aminah", "city": "Ipoh"}, phones=["012-345 6789"])


def test_an_edit_is_taken_back_under_edits_of_other_columns(book: Book, aminah: int) -> None:
    edit = customers.edit(book, aminah, {"city": "Penang"}).work_id
    customers.edit(book, aminah, {"address": "Jalan Mawar 5"})
    rows, index = dump(book), searched(book)
    taken = book.undo_work(edit)
    card = customers.card(book, aminah).values
    assert (card["city"], card["address"]) == ("Ipoh", "Jalan Mawar 5")
    assert customers.list_ids(book, customers.CustomerFilter(search="ipoh mawar")) == [aminah]
    assert customers.list_ids(book, customers.CustomerFilter(search="penang")) == []
    assert history.label(language("en"), taken.message, taken.params) == "Take back: Edit Aminah"
    book.undo()
    assert dump(book) == rows and searched(book) == index
    book.redo()
    undo_all(book)
    redo_all(book)
    assert customers.card(book, aminah).values["city"] == "Ipoh"


def test_the_newest_act_is_simply_undone(book: Book, aminah: int) -> None:
    before = dump(book)
    book.undo_work(customers.edit(book, aminah, {"city": "Penang"}).work_id)
    assert dump(book) == before
    book.redo()
    assert customers.card(book, aminah).values["city"] == "Penang"


def test_a_change_that_was_undone_since_does_not_contradict(book: Book, aminah: int) -> None:
    edit = customers.edit(book, aminah, {"city": "Penang"}).work_id
    customers.edit(book, aminah, {"city": "Melaka"})
    with pytest.raises(InvalidInput, match=r"“Aminah” \(Customer\) was changed"):
        book.undo_work(edit)
    customers.edit(book, aminah, {"city": "Penang"})
    book.undo_work(edit)
    assert customers.card(book, aminah).values["city"] == "Ipoh"
    with pytest.raises(InvalidInput, match="was changed after that"):
        book.undo_work(edit)


def test_what_hangs_on_a_new_record_keeps_it(book: Book, aminah: int) -> None:
    made = newest(book)
    deal = deals.add(book, {"name": "Tiles", "customer_id": aminah})
    before = dump(book)
    with pytest.raises(InvalidInput, match=r"“Tiles” \(Deal\) has come to belong to it"):
        book.undo_work(made)
    assert dump(book) == before
    deals.edit(book, deal, {"customer_id": None})
    book.undo_work(made)
    assert customers.list_ids(book) == []


def test_what_was_deleted_since_contradicts(book: Book, aminah: int) -> None:
    seller = sellers.add(book, {"name": "Siti"})
    customers.edit(book, aminah, {"seller_id": seller})
    moved = customers.edit(book, aminah, {"seller_id": None}).work_id
    with book.work("Delete") as work:
        work.connection.exec_driver_sql("DELETE FROM sellers WHERE id = ?", (seller,))
    with pytest.raises(InvalidInput, match=r"“Siti” \(Seller\) was deleted"):
        book.undo_work(moved)
    task = tasks.add(book, {"name": "Call", "customer_id": aminah})
    edit = tasks.edit(book, task, {"name": "Visit"}).work_id
    tasks.delete(book, [task])
    with pytest.raises(InvalidInput, match=r"“Visit” \(Task\) was deleted"):
        book.undo_work(edit)


def test_a_deletion_is_taken_back_unless_its_place_is_taken(book: Book, aminah: int) -> None:
    customers.set_tags(book, [aminah], ["VIP"])
    with book.work("Delete") as work:
        work.connection.exec_driver_sql("DELETE FROM tags")
    deleted = newest(book)
    customers.set_tags(book, [aminah], ["VIP"])
    with pytest.raises(InvalidInput, match=r"Something else \(Tag\)"):
        book.undo_work(deleted)
    gone = customers.delete(book, [customers.add(book, {"name": "Bakar"}, phones=["019-111 2222"])]).work_id
    customers.add(book, {"name": "Cheng"})
    book.undo_work(gone)
    assert len(customers.list_ids(book)) == 3


def test_no_customer_comes_to_hang_on_itself(book: Book, aminah: int) -> None:
    other = customers.add(book, {"name": "Group"})
    customers.edit(book, aminah, {"parent_id": other})
    freed = customers.edit(book, aminah, {"parent_id": None}).work_id
    customers.edit(book, other, {"parent_id": aminah})
    before = dump(book)
    with pytest.raises(InvalidInput, match="“Aminah” would belong to itself"):
        book.undo_work(freed)
    assert dump(book) == before


def test_what_is_undone_already_is_said_to_be(book: Book, aminah: int) -> None:
    edit = customers.edit(book, aminah, {"city": "Penang"}).work_id
    book.undo()
    with pytest.raises(NothingToUndo):
        book.undo_work(edit)
