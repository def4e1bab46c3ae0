"""The journal: no write outside a named act, and undo that restores every column."""

from __future__ import annotations

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import NothingToUndo
from desktop_crm.services import activities, customers, deals, history, search, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records
from desktop_crm.storage.tables import journalled, metadata
from tests.books import dump, redo_all, searched, undo_all


def test_the_database_refuses_a_write_outside_a_named_act(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    path = book.path
    book.close()
    connection = driver.connect(str(path))
    for statement in ("UPDATE customers SET name = 'x'", "DELETE FROM customers",
                      "INSERT INTO tags(uid, name) VALUES('u', 't')"):
        with pytest.raises(driver.IntegrityError, match="write_outside_a_named_piece_of_work"):
            connection.execute(statement)
    connection.close()
    again = open_book(path, reading=True)
    assert customers.rows(again, [customer])[0].name == "Aminah"
    again.close()


def test_the_journal_itself_cannot_be_changed(book: Book) -> None:
    customers.add(book, {"name": "Aminah"})
    path = book.path
    book.close()
    connection = driver.connect(str(path))
    for statement in ("UPDATE journal SET op = 'D'", "DELETE FROM journal"):
        with pytest.raises(driver.IntegrityError, match="never changed"):
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("table", journalled())
def test_every_table_has_its_three_triggers(book: Book, table: str) -> None:
    with book.read() as connection:
        found = set(connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)).scalars())
    assert {f"{table}_journal_insert", f"{table}_journal_update", f"{table}_journal_delete"} <= found


def test_every_foreign_key_has_an_index_so_that_deleting_is_not_a_scan() -> None:
    for name in journalled():
        table = metadata.tables[name]
        leading = {next(iter(index.columns)).name for index in table.indexes}
        for key in table.foreign_keys:
            if key.ondelete:
                assert key.parent.name in leading, f"{name}.{key.parent.name}"


def test_deleting_a_customer_takes_and_undo_brings_back_what_hangs_on_it(book: Book) -> None:
    customer = customers.add(book, {"name": "小明科技有限公司"}, phones=["+886 2 2771 0094"], tags=["VIP"])
    deal = deals.add(book, {"name": "Supply", "customer_id": customer}, [DealLine(None, "Tile", 2000, 4800)])
    tasks.add(book, {"name": "Call back", "customer_id": customer, "deal_id": deal})
    activities.log(book, {"name": "agreed", "kind": "call", "customer_id": customer})
    before, indexed = dump(book), searched(book)
    customers.delete(book, [customer])
    gone = dump(book)
    assert not gone["customers"] and not gone["channels"] and not gone["tasks"] and not gone["activities"]
    assert gone["deals"][0][3] is not None, "the deal stays"
    assert deals.rows(book, [deal])[0].customer is None
    book.undo()
    assert dump(book) == before
    assert searched(book) == indexed
    book.redo()
    assert dump(book) == gone


def test_a_whole_import_is_undone_and_redone_with_its_search(book: Book) -> None:
    """Above two thousand rows an index is made anew instead of followed; the small ones beside it stay right."""
    customers.add(book, {"name": "Before"}, phones=["012-345 6789"])
    before, indexed = dump(book), searched(book)
    with book.work("Import", bulk=True) as work:
        ids = records.add_many(work.connection, "customers", [{"name": f"Row {number}"} for number in range(3000)])
        records.add_many(work.connection, "channels", [
            {"customer_id": key, "kind": "phone", "value": "019", "normal": "019"} for key in ids[:5]])
        records.save(work.connection, "customers", 1, {"name": "After"})
    after, grown = dump(book), searched(book)
    assert grown["customers"] == 3001 and grown["channels"] == 6
    for _ in range(2):
        book.undo()
        assert dump(book) == before and searched(book) == indexed
        assert [hit.title for hit in search.find(book, "before")] == ["Before"]
        assert search.find(book, "after") == [] and len(search.find(book, "6789")) == 1
        book.redo()
        assert dump(book) == after and searched(book) == grown
        assert [hit.title for hit in search.find(book, "after")] == ["After"]


def test_undo_and_redo_survive_a_restart(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    customers.edit(book, customer, {"name": "Aminah Runcit", "city": "Ipoh"})
    after = dump(book)
    book.close()
    again = open_book(book.path)
    assert again.undo().message == "Edit {name}"
    assert customers.rows(again, [customer])[0].name == "Aminah"
    again.close()
    third = open_book(book.path)
    third.redo()
    assert dump(third) == after
    third.close()


def test_a_new_act_after_undo_ends_redo_but_not_the_older_undo(book: Book) -> None:
    one = customers.add(book, {"name": "One"})
    customers.add(book, {"name": "Two"})
    book.undo()
    customers.edit(book, one, {"city": "Ipoh"})
    with pytest.raises(NothingToUndo):
        book.redo()
    assert undo_all(book) == 2
    assert not dump(book)["customers"]
    assert redo_all(book) == 2
    assert customers.card(book, one).values["city"] == "Ipoh"


def test_an_act_that_changes_nothing_is_no_undo_step(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    assert customers.edit(book, customer, {"name": "Aminah"}).count == 0
    assert book.undo().message == "Add {name}"


def test_making_the_file_cannot_be_undone(book: Book) -> None:
    with pytest.raises(NothingToUndo):
        book.undo()


def test_history_reads_as_sentences(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"}, phones=["012-345 6789"])
    customers.edit(book, customer, {"heat": "hot"})
    sales = deals.all_pipelines(book)[0]
    deal = deals.add(book, {"name": "Supply", "customer_id": customer})
    deals.move(book, [deal], sales.stages[5].id)
    assert [change.sentence for change in history.changes(book, book.language, "deals", deal)] == [
        "Stage: New → Won", "Closed on: — → 21 Nov 2026", "Created"]
    sentences = [change.sentence for change in history.changes(book, book.language, "customers", customer)]
    assert "Heat: — → Hot" in sentences and "Added: 012-345 6789" in sentences
    assert "State: Lead → Customer" in sentences, "who has bought is a customer"
    labels = [act.label for act in history.acts(book, book.language)]
    assert labels[1:] == ["Add Aminah", "Edit Aminah", "Add deal Supply", "Move Supply to Won"]


def test_a_failing_act_leaves_nothing(book: Book) -> None:
    before = dump(book)
    with pytest.raises(driver.IntegrityError), book.work("Broken") as work:
        records.add(work.connection, "customers", {"name": "kept?"})
        records.add(work.connection, "stages", {"name": "no pipeline", "pipeline_id": 999})
    assert dump(book) == before
    customers.add(book, {"name": "and the next act works"})


def test_changes_name_the_rows_they_touch(book: Book) -> None:
    heard = []
    book.subscribe(heard.append)
    customer = customers.add(book, {"name": "Aminah"})
    customers.edit(book, customer, {"city": "Ipoh"})
    assert heard[1].rows == {"customers": frozenset({customer})}
    book.undo()
    assert heard[2].rows == {"customers": frozenset({customer})}
