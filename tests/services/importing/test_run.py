"""One act: whole or not at all, undone whole, tried without writing, told row by row."""

from __future__ import annotations

import pytest

from desktop_crm.domain.errors import Cancelled, CrmError, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.readers import RawTable
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.books import dump, searched
from tests.services.importing.tables import select, table

MIXED = table("Name|Created|Employees|Seller", "Ali|31/02/2026|12|Anna", "|1/2/2026|3|Boris", "Abu|13/2/2026|many|",
              "Siti|soon|1,200|Anna")
EVERYTHING = {
    "customers": table("name|seller|source|tags|phone|company|status", "Ali|Anna|Fair|VIP|012-345 6789|Acme|New"),
    "contacts": table("name|company|email", "Siti|Maju|s@m.my"), "sellers": table("name|team", "Anna|A"),
    "products": table("name|line|price", "P|L|1.50"),
    "deals": table("id|customer|product|seller|stage|amount|lost reason", "1|Ali|Q|Boris|Waiting|9|Too dear"),
    "tasks": table("task|due|customer|done", "Call|2026-12-01 10:00|Ali|no"),
    "activities": table("text|date|type|customer", "Rang|2026-11-02 09:30|Phone call|Ali"),
    "payments": table("amount|date|customer|method", "12.50|2026-11-03|Ali|Cash"),
}


def test_a_wrong_cell_is_told_and_stops_nothing(book: Book) -> None:
    result = importing.run(book, MIXED, "customers")
    assert (result.read, result.created, result.updated, result.skipped) == (4, 3, 0, 1)
    assert [(problem.row, problem.column, problem.text(book.language)) for problem in result.problems] == [
        (2, "Created", "“31/02/2026” is not a date; the cell was not imported."),
        (3, "Name", "Name is missing; the row was left out."),
        (4, "Employees", "“many” is not a number; the cell was not imported."),
        (5, "Created", "“soon” is not a date; the cell was not imported.")]
    assert select(book, "SELECT name, created_on, employees FROM customers ORDER BY id") == [
        ("Ali", None, 12), ("Abu", "2026-02-13", None), ("Siti", None, 1200)]
    assert result.also_created == {"sellers": 1}  # Boris came with a row that was left out


def test_the_shape_of_the_command_line(book: Book) -> None:
    found = importing.run(book, MIXED, "customers").as_json(language("en"))
    assert set(found) == {"read", "created", "updated", "skipped", "also_created", "problems"}
    assert found["problems"] and set(found["problems"][0]) == {"row", "column", "message"}  # type: ignore[index]


def test_a_dry_run_writes_nothing_and_says_the_same(book: Book) -> None:
    before = dump(book)
    dry = importing.run(book, MIXED, "customers", dry_run=True)
    assert dump(book) == before
    real, said = importing.run(book, MIXED, "customers"), dry.as_json(language("en"))
    assert said == {**real.as_json(language("en")), "preview": said["preview"]}
    assert dry.preview is not None
    assert [(row.row, row.action) for row in dry.preview] == [(2, "create"), (3, "skip"), (4, "create"), (5, "create")]


def test_a_preview_shows_rows_as_they_will_be(book: Book) -> None:
    importing.run(book, table("product", "GTX Pro"), "products")
    made = table("id|product|amount|close date|stage", "7|GTXPro|1,200.5|1/2/2026|Won")
    shown = importing.preview(book, made, importing.propose(made, "deals", book), "deals", language=language("en"))
    assert dict(shown.rows[0].values) == {
        "name": "GTX Pro", "product": "GTX Pro", "amount": "RM 1,200.50", "price": "RM 1,200.50", "stage": "Won",
        "closed": "1 Feb 2026", "external_id": "7"}
    assert (shown.created, shown.updated, shown.skipped) == (1, 0, 0)


def test_a_way_to_pay_is_kept_as_its_code(book: Book) -> None:
    typed = ("Cash", "GCash", "tunai", "bank transfer", "現金", "cash ", "GrabPay", "")
    made = table("amount|date|method", *(f"5|2026-11-03|{word}" for word in typed))
    shown = importing.preview(book, made, importing.propose(made, "payments", book), "payments",
                              language=language("ms"))
    assert [dict(row.values).get("method", "") for row in shown.rows] == [
        "Tunai", "GCash", "Tunai", "Pindahan bank", "Tunai", "Tunai", "GrabPay", ""]
    assert importing.run(book, made, "payments").problems == ()
    assert [row[0] for row in select(book, "SELECT method FROM payments ORDER BY id")] == [
        "cash", "gcash", "cash", "bank", "cash", "cash", "GrabPay", None]


@pytest.mark.parametrize("kind", importing.KINDS)
def test_each_kind_comes_again_unchanged_and_goes_by_undo(book: Book, kind: str) -> None:
    before, found = dump(book), searched(book)
    first = importing.run(book, EVERYTHING[kind], kind)
    assert (first.created, first.problems) == (1, ())
    after = dump(book)
    again = importing.run(book, EVERYTHING[kind], kind)
    assert (again.created, again.updated, again.skipped, again.also_created, again.changes) == (0, 0, 1, {}, None)
    assert dump(book) == after
    book.undo()
    assert (dump(book), searched(book)) == (before, found)
    book.redo()
    assert dump(book) == after


def test_an_import_that_changes_nothing_is_no_undo_step(book: Book) -> None:
    importing.run(book, EVERYTHING["sellers"], "sellers")
    importing.run(book, EVERYTHING["sellers"], "sellers")
    book.undo()
    with pytest.raises(NothingToUndo):
        book.undo()


def test_an_empty_cell_changes_nothing(book: Book) -> None:
    importing.run(book, table("name|city|notes", "Ali|Ipoh|good"), "customers")
    result = importing.run(book, table("name|city|notes", "Ali||better"), "customers")
    assert result.updated == 1
    assert select(book, "SELECT city, notes FROM customers") == [("Ipoh", "better")]
    book.undo()
    assert select(book, "SELECT city, notes FROM customers") == [("Ipoh", "good")]


def test_what_was_imported_is_found(book: Book) -> None:
    importing.run(book, table("name|phone", "Kedai Aminah|012-345 6789"), "customers")
    importing.run(book, table("name|notes", "Kedai Aminah|durian"), "customers")
    with book.read() as connection:
        from desktop_crm.storage import search

        assert search.hits(connection, "customers", "durian", 5) == [1]
        assert search.owners(connection, "6789", 5) == [(1, None)]


def test_cancel_keeps_nothing(book: Book) -> None:
    before, calls = dump(book), iter([False, False, True])
    rows = tuple((f"N{n}",) for n in range(9000))
    many = RawTable("x.csv", "", (), "", "", 1, ("name",), rows, tuple(range(2, 9002)))
    with pytest.raises(Cancelled):
        importing.run(book, many, "customers", cancelled=lambda: next(calls))
    assert dump(book) == before


def test_progress_ends_at_the_whole(book: Book) -> None:
    told: list[tuple[int, int]] = []
    importing.run(book, table("name", "A", "B"), "customers", progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 2) and told[-1] == (2, 2)


def test_not_one_row_is_an_error(book: Book) -> None:
    before = dump(book)
    with pytest.raises(CrmError, match="row 2, Name"):
        importing.run(book, table("Name|City", " |Ipoh", "|Johor"), "customers")
    assert dump(book) == before


def test_tasks_and_activities_keep_their_hour(book: Book) -> None:
    importing.run(book, EVERYTHING["tasks"], "tasks")
    importing.run(book, EVERYTHING["activities"], "activities")
    assert select(book, "SELECT name, due_on, due_time, done_on FROM tasks") == [("Call", "2026-12-01", "10:00", None)]
    assert select(book, "SELECT name, kind, on_date, at FROM activities") == [
        ("Rang", "call", "2026-11-02", "2026-11-02T01:30:00.000000Z")]


def test_an_instant_belongs_to_the_local_business_day(book: Book) -> None:
    importing.run(book, table("name|created", "A|2026-11-02T18:00:00Z", "B|2026-11-02 18:00"), "customers")
    assert select(book, "SELECT created_on FROM customers ORDER BY id") == [("2026-11-03",), ("2026-11-02",)]
