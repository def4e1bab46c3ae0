"""Every column of every kind goes out in a list and comes into another file again, or is named here with the reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.export import lists
from desktop_crm.i18n import language
from desktop_crm.readers.table import parse
from desktop_crm.services import custom_fields, deals, importing, outgoing
from desktop_crm.services.book import Book
from desktop_crm.storage import folding, records
from desktop_crm.storage.tables import metadata
from desktop_crm.storage.unit_of_work import Connection
from tests.books import dump, new_book

ORDER = ("sellers", "products", "customers", "contacts", "deals", "tasks", "payments", "activities")
OF_THE_FILE = {"id": "a file's own number", "uid": "a file's own; it comes as the external id",
               "external_id": "compared as what tells a record apart: it, else the uid"}
NOT_CARRIED = {
    ("customers", "score"): "points by the score rules of the file that it is in, counted there",
    ("customers", "heat_scored"): "whether these rules have set the heat",
    ("sellers", "pin"): "a secret of the file",
}
WITH_THEM = {"addresses", "affiliations", "channels", "consents", "customer_tags", "deal_lines", "stage_moves",
             "state_moves"}
"""What belongs to records and goes along in their rows."""
NOT_WITH_THEM = {
    "attachments": "files lie beside the business file; cards carry the photos",
    "checklist_marks": "they are of the checklists of the file",
    "distinctions": "that two customers are not the same is of the file: elsewhere others look alike",
    "receipts": "numbered papers: a number is given once, by the file that gave it",
    "cash_counts": "of the till and not of a record", "targets": "of the reports and not of a record",
    "assignment_rules": "rules of the file",
}
"""What is linked to records and stays in the file."""


def fill(book: Book) -> None:
    """Records with something in every column."""
    field = custom_fields.add(book, "customers", "Code", "text", ())
    own = {kind: custom_fields.add(book, kind, "Code", "text", ()) for kind in ("contacts", "deals")}
    pipes = deals.all_pipelines(book)
    with book.work("Fill") as work:
        connection = work.connection

        def add(table: str, **values: Any) -> int:
            return records.add(connection, table, values)

        source = records.find(connection, "choices", kind="source")[0]["id"]
        reason = records.find(connection, "choices", kind="lost_reason")[0]["id"]
        campaign = add("campaigns", name="Hari Raya", currency="MYR")
        add("sellers", name="林美玲")
        mei = add("sellers", name="林美玲", team="North", region="Ipoh", active=False, external_id="S-1")
        stone = add("products", name="கல்", line="Stone", price=12050, cost=900, currency="MYR", active=False,
                    external_id="P-1")
        tan = add("customers", name="Tan", state="customer")
        other = add("customers", name="Tan", state="customer", external_id="C-2")
        whole = add(
            "customers", external_id="C-3", kind="person", name="陳怡君", sort_name="Chen", call_name="怡君",
            parent_id=other, state="lead", lead_state="contacted", heat="hot", source_id=source, industry="Tiles",
            region="Perak", seller_id=mei, address="1, Jalan Satu\nTaman", city="Ipoh", postcode="01234",
            country="MY", zone="Asia/Kathmandu", website="https://a.example", founded=1999, employees=12, notes="=1",
            created_on="2026-01-02", starred=True, credit_limit=120050, promised_on="2026-12-01", language="zh_TW",
            invoice_title="怡君", tax_number="12345678", registration="R-7", birthday="--05-12", pinned_note="Pays",
            preferences="Tea", prefers="whatsapp", call_from="09:00", call_until="17:30", no_marketing=True,
            verified_on="2026-11-01", campaign_id=campaign, custom=own_rules.stored({field: "K-1"}))
        wong = add("contacts", external_id="W-1", name="Wong", customer_id=tan, role="Boss", notes="-x",
                   created_on="2026-02-03", birthday="1980-05-12", custom=own_rules.stored({own["contacts"]: "K-2"}))
        with_people(connection, whole, wong, tan, other)
        with_deals(connection, pipes, own["deals"], mei, stone, tan, other, wong, source, reason)
    assert outgoing.ids(book, "deals")


def with_people(connection: Connection, customer: int, contact: int, tan: int, other: int) -> None:
    """What hangs on a customer and a contact."""
    for word in ("VIP", "Slow"):
        tag = records.add(connection, "tags", {"name": word})
        records.add(connection, "customer_tags", {"customer_id": customer, "tag_id": tag})
    for owner in ({"customer_id": customer}, {"contact_id": contact}):
        for position, (kind, label, value, normal) in enumerate((
                ("phone", "Work", "+60 12-345 6789", "+60123456789"), ("phone", None, "+60198765432", "+60198765432"),
                ("email", None, "a@b.example", "a@b.example"), ("whatsapp", "Shop", "+60198765432", "+60198765432"),
                ("web", "Shop", "https://a.example", "https://a.example"),
                ("web", None, "www.b.example/C", "https://www.b.example/C"))):
            records.add(connection, "channels", {
                **owner, "kind": kind, "label": label, "value": value, "normal": normal, "position": position,
                "preferred": position in (1, 4)})
        for given, gone in (("2026-01-05", "2026-03-01"), ("2026-04-01", None), (None, None)):
            records.add(connection, "consents", {**owner, "purpose": "marketing", "basis": "consent", "on_date": given,
                                                 "source": "form, \"paper\"", "withdrawn_on": gone})
        for position in range(5):
            records.add(connection, "addresses", {
                **owner, "label": f"No. {position}" if position < 4 else None,
                "street": f"{position}, Jalan Dua\nTaman", "city": "Melaka",
                "region": "Melaka", "postcode": "01234", "country": "SG", "position": position})
        records.add(connection, "addresses", {**owner, "label": "Store", "position": 5})
        records.add(connection, "addresses", {**owner, "label": "Home", "street": "-3", "position": 6})
        records.add(connection, "addresses", {**owner, "label": "Work", "street": "-3", "position": 7})
    for company, role in ((customer, "Partner"), (other, None)):
        records.add(connection, "affiliations", {"contact_id": contact, "customer_id": company, "role": role})
    for field, before, after in (("state", None, "lead"), ("lead_state", "new", "contacted")):
        records.add(connection, "state_moves", {"customer_id": customer, "field": field, "before": before,
                                                "after": after, "on_date": "2026-01-02",
                                                "at": "2026-01-02T04:00:00.000001Z"})


def with_deals(connection: Connection, pipes: Any, field: int, seller: int, product: int, customer: int, other: int,
               contact: int, source: int, reason: int) -> None:
    """A sale on account, what came back of it, a lost deal; a task, payments and an activity of them."""
    pipeline = pipes[0]
    first = pipeline.stages[0]
    won, lost = (next(stage for stage in pipeline.stages if stage.kind == kind) for kind in ("won", "lost"))

    def deal(stage: Any, **values: Any) -> int:
        made = records.add(connection, "deals", {
            "pipeline_id": pipeline.id, "stage_id": stage.id, "status": stage.kind, "currency": "MYR",
            "customer_id": customer, "seller_id": seller, "created_on": "2026-11-01", "stage_on": "2026-11-03",
            "closed_on": None if stage.kind == "open" else "2026-11-03", **values})
        for before, after, day in ((None, first, "2026-11-01"), (first, stage, "2026-11-03")):
            records.add(connection, "stage_moves", {
                "deal_id": made, "from_stage_id": before and before.id, "to_stage_id": after.id, "on_date": day,
                "at": f"{day}T04:00:00.000000Z", "amount": 5000, "seller_id": seller})
        return made

    back = deal(won, name="Back", amount=-2500)  # the sale that it is of comes after it
    sale = deal(won, name="Sale", amount=5000, on_account=True, expected_on="2026-11-30", source_id=source, notes="a")
    records.save(connection, "deals", back, {"return_of_id": sale, "on_account": True})
    deal(lost, name="Lost", amount=700, external_id="D-3", currency="KWD", lost_reason_id=reason, lost_note="Too dear",
         customer_id=other, custom=own_rules.stored({field: "K-3"}))
    deal(first, name="Open")
    for position, (item, name) in enumerate(((product, None), (None, "Cutting"))):
        records.add(connection, "deal_lines", {"deal_id": sale, "product_id": item, "name": name, "quantity": 1500,
                                               "price": 100, "cost": 7, "position": position})
    records.add(connection, "tasks", {
        "external_id": "T-1", "name": "@call", "kind": "visit", "due_on": "2026-11-30", "due_time": "09:05",
        "minutes": 45, "important": True, "urgent": True, "customer_id": customer, "contact_id": contact,
        "deal_id": sale, "seller_id": seller, "notes": "-x", "created_on": "2026-11-02", "remind_minutes": 60,
        "ring_at": "2026-11-30T00:05:00.000000Z"})
    for name, ring in (("Put off", "2026-11-29T01:02:03.000000Z"), ("Answered", None),
                       ("Rings now", "2026-11-20T01:00:00.000000Z")):
        records.add(connection, "tasks", {"name": name, "due_on": "2026-11-30", "due_time": "09:05",
                                          "remind_minutes": 60, "ring_at": ring})
    records.add(connection, "tasks", {"name": "Done", "done_on": "2026-11-04",
                                      "done_at": "2026-11-04T03:04:05.000678Z"})
    for more in ({"received_on": "2026-11-04", "method": "cash", "taking": "T-7", "name": "Part", "on_account": True},
                 {"due_on": "2026-12-01", "state": "held", "method": "cheque", "taking": "T-7", "on_account": True},
                 {"due_on": "2026-12-02", "received_on": "2026-12-02", "state": "cleared", "external_id": "M-1"}):
        records.add(connection, "payments", {"customer_id": customer, "deal_id": sale, "seller_id": seller,
                                             "amount": 1250, "currency": "MYR", **more})
    records.add(connection, "activities", {
        "external_id": "A-1", "name": "رد", "kind": "call", "direction": "in", "state": "not_held",
        "on_date": "2026-11-20", "at": "2026-11-20T03:04:05.000678Z", "minutes": 3, "outcome": "-ok",
        "customer_id": customer, "contact_id": contact, "deal_id": sale, "seller_id": seller})


def linked() -> set[str]:
    """The tables that have a link to one of the lists' kinds and are no such kind."""
    return {table.name for table in metadata.sorted_tables if table.name not in ORDER
            for key in table.foreign_keys if key.column.table.name in ORDER}


def whole(book: Book) -> dict[str, list[dict[str, Any]]]:
    """Every compared column of every row by table; links as what tells records apart outside of the file."""
    with book.read() as connection:
        return {name: sorted((_row(connection, name, row) for row in records.find(connection, name)), key=repr)
                for name in (*ORDER, *sorted(WITH_THEM))}


def _row(connection: Connection, name: str, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"": row["external_id"] or row["uid"]} if "external_id" in row else {}
    folded = folding.columns(name)  # made of the others
    for column in records.table(name).columns:
        if column.name in OF_THE_FILE or column.name in folded or (name, column.name) in NOT_CARRIED:
            continue
        value = row[column.name]
        for key in column.foreign_keys if value is not None else ():
            other = records.get(connection, key.column.table.name, value)
            value = other.get("external_id") or (other["uid"] if "external_id" in other else other["name"])
        if column.name == "custom" and value:
            value = {records.get(connection, "custom_fields", int(one))["name"]: said
                     for one, said in own_rules.read(value).items()}
        found[column.name] = value
    return found


@pytest.fixture
def books(tmp_path: Path, unkept: None) -> Iterator[tuple[Book, Book]]:
    made = new_book(tmp_path / "shop.crm"), new_book(tmp_path / "other.crm")
    fill(made[0])
    custom_fields.add(made[1], "customers", "So that the ids are others")
    for kind in ("customers", "contacts", "deals"):
        custom_fields.add(made[1], kind, "Code", "text", ())
    yield made
    for book in made:
        book.close()


def test_everything_that_is_linked_to_records_goes_along_or_is_named() -> None:
    assert linked() == WITH_THEM | NOT_WITH_THEM.keys() and not WITH_THEM & NOT_WITH_THEM.keys()


def test_the_book_says_something_in_every_column(books: tuple[Book, Book]) -> None:
    """Else a column that is added later, and forgotten in the lists, would not be missed."""
    for name, rows in whole(books[0]).items():
        usual = records.defaults(name)
        for key in rows[0]:
            assert any(row[key] not in (None, "", usual.get(key)) for row in rows), (name, key)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_column_comes_into_another_file(books: tuple[Book, Book], tmp_path: Path, suffix: str) -> None:
    book, other = books
    before = dump(book)
    for kind in ORDER:
        lists.write(outgoing.Outgoing(book, kind, outgoing.ids(book, kind)), tmp_path / f"{kind}{suffix}")
        table = parse(tmp_path / f"{kind}{suffix}")
        again = importing.run(book, table, kind)
        assert (again.created, again.updated, again.problems, again.changes) == (0, 0, (), None), kind
        shown = importing.preview(other, table, importing.propose(table, kind, other), kind, language=language("ms"))
        assert len(shown.rows) == len(table.rows), kind
        made = importing.run(other, table, kind)
        assert made.problems == (), kind
        assert importing.run(other, table, kind).changes is None, kind
    assert dump(book) == before
    ours, theirs = whole(book), whole(other)
    for name in ours:
        for here, there in zip(ours[name], theirs[name], strict=True):
            assert {key for key in here if here[key] != there[key]} == set(), name


def test_what_stays_in_the_file_is_told_in_one_sentence(books: tuple[Book, Book]) -> None:
    book = books[0]
    customer = outgoing.ids(book, "customers")[0]
    with book.work("Document") as work:
        records.add(work.connection, "attachments", {"customer_id": customer, "name": "a.pdf", "sha256": "0" * 64})
        records.add(work.connection, "receipts", {"number": 1, "on_date": "2026-11-04", "amount": 1250,
                                                  "currency": "MYR", "taking": "T-7"})
    for kind, count in (("customers", "1 record has"), ("payments", "2 records have"), ("deals", ""), ("sellers", "")):
        source = outgoing.Outgoing(book, kind, outgoing.ids(book, kind))
        source.table()
        said = " ".join(source.told(language("en")))
        assert (count in said and "stay in the file" in said) if count else said == "", kind


def test_what_was_spoilt_in_the_sheet_is_told_and_changes_nothing(books: tuple[Book, Book], tmp_path: Path) -> None:
    book = books[0]
    spoilt = {"customers": {"Consents": '[{"purpose": "all"}]', "Ways to reach": "[1]", "State log": "soon",
                            "Further addresses": "{}"},
              "contacts": {"Further companies": '[{"role": "Boss"}]'},
              "deals": {"Return of": "nobody", "On account": "maybe"},
              "payments": {"State": "lost at sea"}, "tasks": {"Rings at": "late"}}
    before = dump(book)
    for kind, cells in spoilt.items():
        lists.write(outgoing.Outgoing(book, kind, outgoing.ids(book, kind)), tmp_path / "a.csv")
        with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *rows = list(csv.reader(file))
        for heading, text in cells.items():
            rows[-1][head.index(heading)] = text
        with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        done = importing.run(book, parse(tmp_path / "b.csv"), kind)
        assert {problem.column for problem in done.problems} == cells.keys() and done.changes is None, kind
    assert dump(book) == before


def test_who_has_a_preferred_number_gets_no_second_one(books: tuple[Book, Book], tmp_path: Path) -> None:
    other = books[1]
    (tmp_path / "a.csv").write_text(
        'Name,Phone 1 - Value,Ways to reach\n'
        'Ali,012-3456789,"[{""kind"": ""phone"", ""value"": ""012-3456789"", ""preferred"": true}]"\n')
    for number in ("012-3456789", "012-3456789", "019-8765432"):
        text = (tmp_path / "a.csv").read_text().replace("012-3456789", number)
        (tmp_path / "b.csv").write_text(text)
        assert importing.run(other, parse(tmp_path / "b.csv"), "customers").problems == ()
    with other.read() as connection:
        assert [(row["value"], row["preferred"]) for row in records.find(connection, "channels")] == [
            ("012-3456789", True), ("019-8765432", False)]
