"""Every list out as a table and back in: in the same file nothing changes, in a new one all is equal."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import Cancelled, FileRefused, InvalidInput
from desktop_crm.domain.importing.shapes import recognised
from desktop_crm.export import lists
from desktop_crm.readers.table import parse
from desktop_crm.services import (
    activities,
    addresses,
    channels,
    contacts,
    custom_fields,
    customers,
    deals,
    importing,
    listing,
    outgoing,
    payments,
    products,
    sellers,
    tasks,
)
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import dump, new_book

_OWN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("வண்டி எண்", "text", ()), ("Deposit", "money", ()), ("Delivered on", "date", ()), ("Stage", "choice", ("A", "B")),
    ("Installed", "yes_no", ()))


def fields(book: Book) -> list[int]:
    return [custom_fields.add(book, "deals", *item) for item in _OWN]


@pytest.fixture
def book(tmp_path: Path, unkept: None) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    mei = sellers.add(made, {"name": "林美玲", "team": "=1+1", "region": "Ipoh"})
    sellers.add(made, {"name": "Left", "active": False})
    stone = products.add(made, {"name": "கல் <b>", "line": "Stone", "price": 12050, "cost": -5})
    products.add(made, {"name": "Gone", "active": False})
    people = [customers.add(made, {"name": name}) for name in ("أحمد للتجارة", "Tan", "Tan", "陳怡君")]
    customers.edit(made, people[1], {"external_id": "T-1"})
    wong = contacts.add(made, {"name": "Wong", "customer_id": people[2]})
    own = fields(made)
    pipes = deals.all_pipelines(made)
    quick = pipes[1].stages[0]
    deal = [
        deals.add(made, {"name": "出售, \"石\"", "customer_id": people[2], "seller_id": mei, "amount": 120050,
                         "expected_on": date(2026, 12, 24), "notes": "one,\ntwo"},
                  own=dict(zip(own, ("=cmd()", -50, "2026-11-30", "B", True), strict=True))),
        deals.add(made, {"name": "-Return", "customer_id": people[0], "amount": -24100, "external_id": "R-9"},
                  lines=[DealLine(stone, "", -2000, 12050)]),
        deals.add(made, {"name": "+ nobody's", "stage_id": quick.id}, own={own[4]: False}),
        deals.add(made, {"name": "Two", "customer_id": people[3], "amount": 300},
                  lines=[DealLine(stone, "", 1500, 100), DealLine(None, "Cutting, \"all\"", -1001, None, 7)]),
        deals.add(made, {"name": "Two", "customer_id": people[1], "amount": 12345}),
    ]
    won = next(stage for stage in pipes[0].stages if stage.kind == "won")
    lost = next(stage for stage in pipes[0].stages if stage.kind == "lost")
    deals.move(made, [deal[4]], quick.id)  # out of a pipeline, which its log goes on to name
    deals.move(made, [deal[1]], won.id)
    deals.move(made, [deal[3]], lost.id, note="Too dear")
    with made.work("Other currencies") as work:
        records.save(work.connection, "deals", deal[4], {"currency": "KWD"})
        records.save(work.connection, "deals", deal[2], {"currency": "JPY", "amount": 9})
    tasks.add(made, {"name": "@call, ரவி", "kind": "call", "due_on": date(2026, 11, 30), "due_time": "09:05",
                     "minutes": 45, "important": True, "customer_id": people[2], "contact_id": wong,
                     "deal_id": deal[4], "seller_id": mei, "notes": "-x", "remind_minutes": 60})
    tasks.add(made, {"name": "Long over", "due_on": date(2026, 1, 30), "due_time": "09:05", "remind_minutes": 60})
    done = tasks.add(made, {"name": "打電話", "customer_id": people[0]})
    tasks.finish(made, [done])
    payments.add(made, {"name": "", "amount": 5000, "customer_id": people[2], "deal_id": deal[3],
                        "received_on": date(2026, 11, 20), "method": "cash", "seller_id": mei})
    payments.add(made, {"name": "Refund", "amount": -1234, "due_on": date(2026, 12, 1)})
    activities.log(made, {"name": "رد", "kind": "call", "direction": "in", "customer_id": people[2],
                          "on_date": date(2026, 11, 20), "state": "not_held",
                          "at": datetime(2026, 11, 20, 3, 4, 5, 678, tzinfo=UTC), "minutes": 3, "outcome": "-ok"})
    yield made
    made.close()


def source(book: Book, kind: str) -> outgoing.Outgoing:
    return outgoing.Outgoing(book, kind, outgoing.ids(book, kind))


def plain(book: Book, kind: str) -> list[dict[str, Any]]:
    """The rows without what belongs to the file alone, and without what is said not to come along."""
    own = {"id", "uid", "external_id"}
    return sorted(({key: value for key, value in row.items() if key not in own} for row in listing.rows(book, kind)),
                  key=repr)


def belongs(book: Book) -> dict[str, list[Any]]:
    """Of each deal and task whose it is, and each deal's lines, by what tells records apart outside of the file."""
    def known(table: str) -> str:
        return f"coalesce({table}.external_id, {table}.uid)"

    with book.read() as connection:
        return {kind: sorted(map(tuple, connection.exec_driver_sql(text)), key=repr) for kind, text in {
            **{kind: f"SELECT {known('t')}, {known('c')} FROM {kind} t JOIN customers c ON c.id = t.customer_id"
               for kind in ("contacts", "deals", "tasks", "payments", "activities")},
            "of deals": f"SELECT {known('t')}, {known('d')} FROM tasks t JOIN deals d ON d.id = t.deal_id",
            "lines": f"SELECT {known('d')}, {known('p')}, l.name, l.quantity, l.price, l.cost, l.position "
                     "FROM deal_lines l JOIN deals d "
                     "ON d.id = l.deal_id LEFT JOIN products p ON p.id = l.product_id",
            "log": f"SELECT {known('d')}, b.name, a.name, m.on_date, m.at, m.amount, s.name FROM stage_moves m "
                   "JOIN deals d ON d.id = m.deal_id JOIN stages a ON a.id = m.to_stage_id "
                   "LEFT JOIN stages b ON b.id = m.from_stage_id LEFT JOIN sellers s ON s.id = m.seller_id",
            "rings": f"SELECT {known('t')}, t.remind_minutes, t.ring_at FROM tasks t",
        }.items()}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_messengers_and_further_addresses_come_in_again(tmp_path: Path, suffix: str) -> None:
    """Also where nobody has a phone, so that a WhatsApp number is not taken for one."""
    book, other = new_book(tmp_path / "shop.crm"), new_book(tmp_path / "other.crm")
    try:
        tan = customers.add(book, {"name": "Tan", "address": "1, Jalan Satu", "city": "Ipoh", "country": "MY"})
        for kind, value in (("whatsapp", "+60123456789"), ("line", "@tan"), ("line", "=tan 2"), ("facebook", "tan.my")):
            channels.add(book, tan, kind, value)
        addresses.add(book, tan, {"label": "Gudang", "street": "2, Jalan Dua\nTaman", "city": "Melaka",
                                  "region": "Melaka", "postcode": "01234", "country": "SG"})
        addresses.add(book, tan, {"street": "-3"})
        person = contacts.add(book, {"name": "Ali", "customer_id": tan})
        with book.work("Address") as work:
            records.add(work.connection, "addresses", {"contact_id": person, "street": "4, Jalan Empat",
                                                       "city": "Muar"})
        for kind in ("customers", "contacts"):
            lists.write(source(book, kind), tmp_path / f"{kind}{suffix}")
            table = parse(tmp_path / f"{kind}{suffix}")
            assert importing.run(book, table, kind).changes is None, kind
            assert importing.run(other, table, kind).problems == ()
            found = [[{key: row[key] for key in ("name", "channels", "addresses")} for row in listing.rows(one, kind)]
                     for one in (book, other)]
            assert found[0] == found[1] and found[0][0]["channels" if kind == "customers" else "name"]
        assert [(place["street"], place["city"]) for place in listing.rows(other, "contacts")[0]["addresses"]] == [
            ("4, Jalan Empat", "Muar")]
    finally:
        book.close()
        other.close()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_list_comes_in_again_without_loss(book: Book, tmp_path: Path, suffix: str) -> None:
    other = new_book(tmp_path / "other.crm")
    try:
        custom_fields.add(other, "customers", "So that the ids are others")
        fields(other)
        before = dump(book)
        for kind in ("sellers", "products", "customers", "contacts", "deals", "tasks", "payments", "activities"):
            path = tmp_path / f"{kind}{suffix}"
            lists.write(source(book, kind), path)
            table = parse(path)
            assert recognised(table.columns) is None, "it is nobody else's export"
            again = importing.run(book, table, kind)
            assert (again.created, again.updated, again.problems, again.changes) == (0, 0, (), None), kind
            made = importing.run(other, table, kind)
            assert (made.created, made.problems, made.also_updated) == (source(book, kind).count, (), {}), kind
            assert plain(other, kind) == plain(book, kind)
            assert importing.run(other, table, kind).changes is None, kind
        assert dump(book) == before
        assert belongs(other) == belongs(book)
    finally:
        other.close()


def test_the_cost_of_a_single_line_goes_along(tmp_path: Path) -> None:
    """Product, quantity and price have columns that other programs read; a cost has none."""
    book, other = new_book(tmp_path / "shop.crm"), new_book(tmp_path / "other.crm")
    try:
        stone = products.add(book, {"name": "Stone", "price": 500})
        deals.add(book, {"name": "Wall"}, lines=[DealLine(stone, "", 1000, 500, 300)])
        for kind in ("products", "deals"):
            lists.write(source(book, kind), tmp_path / f"{kind}.csv")
            assert importing.run(other, parse(tmp_path / f"{kind}.csv"), kind).problems == ()
        line, = belongs(other)["lines"]
        assert line[5] == 300 and [line] == belongs(book)["lines"]
    finally:
        book.close()
        other.close()


def test_a_list_that_was_corrected_finds_its_records_again(book: Book, tmp_path: Path) -> None:
    """Names changed in the sheet, in a file whose language is another: no deal twice, no customer of another deal."""
    lists.write(source(book, "deals"), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    name, amount = head.index("Name"), head.index("Amount")
    for row in rows:
        row[name], row[amount] = f"New {row[name]}", "7.50"
    with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *reversed(rows)])
    before = dump(book)
    owners = belongs(book)["deals"]
    done = importing.run(book, parse(tmp_path / "b.csv"), "deals")
    assert (done.created, done.updated, done.also_created, done.also_updated) == (0, 5, {}, {})
    found = {row["external_id"]: row for row in listing.rows(book, "deals")}
    assert len(found) == 2 and found["R-9"]["name"] == "New '-Return" and found["R-9"]["amount"] == "7.50"
    assert {row["external_id"] for row in found.values()} == {None, "R-9"}, "its own id is written nowhere"
    assert belongs(book)["deals"] == owners
    book.undo()
    assert dump(book) == before


def test_words_of_the_file_s_language_head_it_no_worse(book: Book, tmp_path: Path) -> None:
    """The headings are known whatever the language of the file that they come to."""
    other = new_book(tmp_path / "lain.crm", words="ms")
    try:
        for kind in ("sellers", "products", "customers", "contacts", "tasks", "payments"):
            lists.write(source(book, kind), tmp_path / f"{kind}.csv")
            table = parse(tmp_path / f"{kind}.csv")
            mapping = importing.propose(table, kind, other)
            assert all(column.field for column in mapping.columns), kind
    finally:
        other.close()


def test_typed_cells_and_money_with_its_code(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    lists.write(source(book, "deals"), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = {title: head.index(title) for title in ("Name", "Amount", "Currency", "Expected on", "Installed")}
    assert [(row[at["Amount"]], row[at["Currency"]]) for row in rows] == [
        (1200.5, "MYR"), (-241, "MYR"), (9, "JPY"), (3, "MYR"), (12.345, "KWD")]
    assert [row[at["Installed"]] for row in rows] == ["Yes", None, "No", None, None]
    assert rows[0][at["Expected on"]].date() == date(2026, 12, 24)
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds, "nothing is a formula"
    lists.write(source(book, "payments"), tmp_path / "b.xlsx")
    assert "Amount (RM)" in [cell.value for cell in load_workbook(tmp_path / "b.xlsx").active[1]]


def test_lines_and_logs_that_were_spoilt_in_the_sheet_are_told_and_change_nothing(book: Book, tmp_path: Path) -> None:
    lists.write(source(book, "deals"), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    lines, log = head.index("Deal lines"), head.index("Stage log")
    rows[3][lines] = rows[3][lines].replace("1.5", "lots")
    rows[0][log] = "yesterday"
    with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    before = dump(book)
    done = importing.run(book, parse(tmp_path / "b.csv"), "deals")
    assert [(problem.row, problem.column) for problem in done.problems] == [(2, "Stage log"), (6, "Deal lines")]
    assert done.changes is None and dump(book) == before


def test_lines_that_were_corrected_in_the_sheet_become_the_deal_s(book: Book, tmp_path: Path) -> None:
    lists.write(source(book, "deals"), tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "b.csv").write_text(text.replace('""quantity"": ""1.5""', '""quantity"": ""4.25""'), encoding="utf-8")
    before = dump(book)
    done = importing.run(book, parse(tmp_path / "b.csv"), "deals")
    assert (done.updated, done.problems) == (1, ())
    two = next(row["id"] for row in listing.rows(book, "deals") if row["lines"] and len(row["lines"]) == 2)
    assert [(line.name, line.quantity, line.price, line.cost) for line in deals.card(book, two).lines] == [
        ("கல் <b>", 4250, 100, None), ('Cutting, "all"', -1001, None, 7)]
    book.undo()
    assert dump(book) == before


def test_what_cannot_be_written_is_one_sentence_and_leaves_nothing(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for suffix in (".vcf", ".html", ".pdf", ".doc"):
        with pytest.raises(InvalidInput, match="let it end in"):
            lists.write(source(book, "tasks"), folder / f"a{suffix}")
    with pytest.raises(InvalidInput):
        outgoing.ids(book, "deals", "Leads")
    for suffix in outgoing.TABLES:
        (folder / f"a{suffix}").write_text("as it was")
        with pytest.raises(Cancelled):
            lists.write(source(book, "deals"), folder / f"a{suffix}", cancelled=lambda: True)
        with pytest.raises(FileRefused):
            lists.write(source(book, "deals"), tmp_path / "nowhere" / f"a{suffix}")
    assert {path.read_text() for path in folder.iterdir()} == {"as it was"} and len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("kind", outgoing.LISTS)
def test_a_list_of_nothing_is_a_head_alone(tmp_path: Path, kind: str) -> None:
    empty = new_book(tmp_path / "shop.crm")
    try:
        lists.write(source(empty, kind), tmp_path / "a.csv")
        assert len((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 1
    finally:
        empty.close()
