"""Lists in the shapes of other programs and of one's own: out, and in again with nothing said by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.export_profiles import Profile
from desktop_crm.domain.export_shapes import KNOWN
from desktop_crm.domain.importing.shapes import recognised
from desktop_crm.domain.sales import Sale
from desktop_crm.export import lists
from desktop_crm.i18n import language
from desktop_crm.readers import RawTable
from desktop_crm.readers.table import parse
from desktop_crm.services import (
    business,
    channels,
    contacts,
    custom_fields,
    customers,
    deals,
    export_profiles,
    importing,
    listing,
    outgoing,
    outgoing_lists,
    products,
    receipts,
    sales,
    sellers,
)
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import dump, new_book

_KNOWN = [item for item in export_profiles.known() if item.code != "ledger"]


def people(book: Book) -> None:
    """Two companies and a person, their people with one to five ways to be reached, and three deals."""
    mei = sellers.add(book, {"name": "林美玲"})
    tan = customers.add(book, {"name": "Tan & Sons", "kind": "company", "seller_id": mei, "city": "Ipoh",
                               "region": "Perak", "address": "12, Jalan \"Besar\"\nTaman", "postcode": "01200",
                               "country": "MY", "website": "https://tan.my", "industry": "Retail", "employees": 12,
                               "founded": 1987, "notes": "one,\ntwo; =3", "tax_number": "C123"},
                        emails=["a@tan.my"], phones=["+60 12 345 6789"])
    old = customers.add(book, {"name": "-Left ரவி", "kind": "person", "parent_id": tan}, phones=["03-1234 5678"])
    customers.set_tags(book, [tan, old], ["VIP", "wholesale"])
    wong = contacts.add(book, {"name": "Wong Ah Kow", "customer_id": tan, "role": "Boss", "birthday": "1980-02-29",
                               "notes": "@home"}, emails=["w@tan.my"], phones=["+60 16 777 8888"])
    contacts.add(book, {"name": "陳怡君", "customer_id": old, "birthday": "--05-12"}, phones=["+886 2 2345 6789"])
    assert wong
    ids = [deals.add(book, {"name": "Stones", "customer_id": tan, "seller_id": mei, "amount": 120050,
                            "expected_on": date(2026, 12, 24), "notes": "soon"}),
           deals.add(book, {"name": "=Roof", "customer_id": tan, "amount": 99}),
           deals.add(book, {"name": "Fence", "customer_id": old})]
    stages = {stage.kind: stage.id for stage in deals.all_pipelines(book)[0].stages}
    deals.move(book, [ids[1]], stages["won"])
    deals.move(book, [ids[2]], stages["lost"])


@pytest.fixture
def book(tmp_path: Path, unkept: None) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    people(made)
    yield made
    made.close()


def written(book: Book, profile: Profile, path: Path) -> outgoing.Outgoing:
    found = outgoing.Outgoing(book, profile.kind, outgoing.ids(book, profile.kind), profile=profile)
    lists.write(found, path)
    return found


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def said(book: Book, profile: Profile, headings: list[str]) -> list[dict[str, Any]]:
    """What the records have in the fields that an import takes these headings for."""
    mapping = importing.propose(_bare(headings), profile.kind, book)
    items = {item.key: item for item in importing.fields(profile.kind)}
    keys = {items[column.field].column or column.field for column in mapping.columns if column.field in items}
    keys = {key.removesuffix("_id") for key in keys} - {"external_id", "created_on"}
    keys |= {"name"} | ({"expected_on"} if "closed_on" in keys else set())
    keys |= {"region"} if "city" in keys and profile.kind == "customers" else set()
    keys -= {"state"}  # an empty "State" may be either
    if "company" in keys:
        keys |= {"parent", "kind"}
    return sorted(({key: sorted(value) if isinstance(value, list) else value for key, value in row.items()
                    if key in keys} for row in listing.rows(book, profile.kind)), key=repr)


def _bare(headings: list[str]) -> RawTable:
    return RawTable("", "", (), "", "", 1, tuple(headings), (), ())


@pytest.mark.parametrize("profile", _KNOWN, ids=lambda item: f"{item.kind}-{item.code}")
def test_another_program_s_shape_comes_in_again(book: Book, tmp_path: Path, profile: Profile) -> None:
    found = written(book, profile, tmp_path / "a.csv")
    bare = profile.kind == "customers" and profile.code in ("hubspot", "salesforce", "zoho")
    assert len(found.told(language("en"))) == bare, "their companies have no e-mail, which is told"
    table = parse(tmp_path / "a.csv")
    shape = next(item.shape for item in KNOWN if (item.code, item.kind) == (profile.code, profile.kind))
    seen = recognised(table.columns)
    assert seen is not None and seen.code == shape
    other = new_book(tmp_path / "other.crm")
    try:
        if profile.kind != "customers":
            customers.add(other, {"name": "Tan & Sons"})
        done = importing.run(other, table, profile.kind)
        assert (done.created, done.problems) == (found.count, ())
        assert said(other, profile, list(table.columns)) == said(book, profile, list(table.columns))
    finally:
        other.close()


def test_each_phone_stands_where_its_label_says_and_what_is_too_much_is_told(book: Book, tmp_path: Path) -> None:
    many = customers.add(book, {"name": "Many", "kind": "person"})
    for number, label in enumerate(("Mobile", "", "Kerja", "Mobile")):
        channels.add(book, many, "phone", f"03-1111 111{number}", label)
    for name in "abcd":
        channels.add(book, many, "email", f"{name}@x.my")
    outlook = export_profiles.named(book, "customers", "outlook")
    found = written(book, outlook, tmp_path / "a.csv")
    rows = read(tmp_path / "a.csv")
    row = next(row for row in rows if row["First Name"] == "Many")
    assert (row["Mobile Phone"], row["Primary Phone"], row["Business Phone"], row["Other Phone"], row["Home Phone"]) \
        == ("03-1111 1110", "03-1111 1111", "03-1111 1112", "03-1111 1113", "")
    assert found.told(language("en")) == ["1 e-mail or phone is not in it: this shape has no column for it."]
    written(book, export_profiles.named(book, "customers", "Google Contacts"), tmp_path / "g.csv")
    with (tmp_path / "g.csv").open(encoding="utf-8-sig") as file:
        head = next(csv.reader(file))
    at = head.index("Phone 3 - Label")
    assert head[at:at + 4] == ["Phone 3 - Label", "Phone 3 - Value", "Phone 4 - Label", "Phone 4 - Value"]
    assert "E-mail 4 - Value" in head


def test_the_ledgers(tmp_path: Path) -> None:
    """Hand calculation: 108.00 holds 8 % tax, 108 × 8 ÷ 108 = 8.00; only money that came and sales that were won."""
    book = new_book(tmp_path / "shop.crm")
    try:
        business.set_business(book, {"tax_lines": '[["SST", 8000]]'})
        tan = customers.add(book, {"name": "Tan", "external_id": "C-7"})
        stone = products.add(book, {"name": "Stone", "price": 10800})
        sales.sell(book, Sale(customer_id=tan, lines=(DealLine(stone, "", 1000, 10800),), receipt=True))
        deals.add(book, {"name": "Open", "customer_id": tan, "amount": 5})
        lost = next(stage for stage in deals.all_pipelines(book)[0].stages if stage.kind == "lost")
        deals.move(book, [deals.add(book, {"name": "Lost", "customer_id": tan, "amount": 7})], lost.id)
        before = dump(book)
        paid = export_profiles.named(book, "payments", "ledger")
        sold = export_profiles.named(book, "deals", "Ledger of sales")
        found = written(book, paid, tmp_path / "paid.csv")
        assert found.written == 1
        row = read(tmp_path / "paid.csv")[0]
        assert (row["Date"], row["Customer ID"], row["Customer"], row["Amount"], row["Currency"], row["Method"]) == (
            "2026-11-21", "C-7", "Tan", "108.00", "MYR", "Cash")
        assert row["Document number"] == receipts.get(book, receipts.list_ids(book)[0]).number
        found = written(book, sold, tmp_path / "sold.csv")
        assert (found.written, found.count, found.told(language("en"))) == (1, 3, [])
        row = read(tmp_path / "sold.csv")[0]
        assert (row["Invoice date"], row["Amount"], row["Tax"], row["Customer"]) == ("2026-11-21", "108.00", "8", "Tan")
        other = new_book(tmp_path / "other.crm")
        customers.add(other, {"name": "Tan", "external_id": "C-7"})
        for kind in ("payments", "deals"):
            table = parse(tmp_path / ("paid.csv" if kind == "payments" else "sold.csv"))
            assert importing.run(other, table, kind).problems == ()
        keys = ("amount", "received_on", "customer", "method", "currency")
        assert [[row[key] for key in keys] for row in listing.rows(other, "payments")] == [
            [row[key] for key in keys] for row in listing.rows(book, "payments")]
        assert [(row["amount"], row["closed_on"], row["status"]) for row in listing.rows(other, "deals")] == [
            ("108.00", "2026-11-21", "won")]
        assert importing.propose(parse(tmp_path / "paid.csv"), "payments", other).of("external_id")
        other.close()
        assert dump(book) == before
    finally:
        book.close()


def test_a_sale_without_a_day_is_not_left_out_of_a_ledger_unsaid(tmp_path: Path) -> None:
    """A list of another program may tell that a deal was won, and not when."""
    with closing(new_book(tmp_path / "shop.crm")) as book:
        (tmp_path / "deals.csv").write_text("Deal,Status,Amount,Closed on\nBench,Won,40,\nTable,Won,60,2026-11-02\n"
                                            "Chair,Open,5,\n", encoding="utf-8")
        assert importing.run(book, parse(tmp_path / "deals.csv"), "deals").problems == ()
        found = written(book, export_profiles.named(book, "deals", "ledger"), tmp_path / "sold.csv")
        assert [row["Deal"] for row in read(tmp_path / "sold.csv")] == ["Table"]
        assert found.told(language("en")) == ["1 won deal without a day is not in it."]


@pytest.mark.parametrize("kind", ["customers", "contacts", "deals"])
def test_only_an_id_that_somebody_gave_leaves_for_another_program(book: Book, tmp_path: Path, kind: str) -> None:
    """Another program would take our own for one of its own."""
    with book.work("known elsewhere") as work:
        records.save(work.connection, kind, 2, {"external_id": "D-7"})
    found = written(book, export_profiles.named(book, kind, "hubspot"), tmp_path / "a.csv")
    assert [row["Record ID"] for row in read(tmp_path / "a.csv")] == ["D-7" if one == 2 else "" for one in found.ids]


@pytest.mark.parametrize(("amount", "currency", "said"), [
    (120050, "MYR", 1200.5), (-120000, "MYR", -1200), (9, "JPY", 9), (12345, "KWD", 12.345),
    (10**15 - 1, "MYR", 9999999999999.99), (10**15 + 1, "MYR", "10000000000000.01"),
    (-10**15, "MYR", "-10000000000000.00")])
def test_money_is_a_number_as_long_as_a_number_holds_it(amount: int, currency: str, said: object) -> None:
    """A spreadsheet's number has fifteen digits that can be trusted."""
    found = outgoing_lists.major(amount, currency)
    assert str(found) == str(said)


# --- own profiles ---------------------------------------------------------------------------------------------------

def own(book: Book, **changes: Any) -> Profile:
    field = custom_fields.add(book, "deals", "Deposit", "money")
    usual = Profile("For the office", "deals", (
        ("amount", "Jumlah"), ("name", "Perkara"), ("expected_on", "Bila"), (f"own:{field}", "Wang; muka"),
        ("lost_note", "Empty")), "semicolon", ",", "local")
    return replace(usual, **changes)


def test_an_own_profile_picks_orders_heads_and_writes(book: Book, tmp_path: Path) -> None:
    key = export_profiles.add(book, own(book))
    profile = export_profiles.named(book, "deals", "for the OFFICE")
    assert profile.id == key
    written(book, profile, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfJumlah;Perkara;Bila;\"Wang; muka\";Empty\r\n1200,50;Stones;24/12/2026;;\r\n")
    assert b"0,99;'=Roof;;;" in text, "nothing is a formula"
    written(book, profile, tmp_path / "a.xlsx")
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "a.xlsx").active
    head, first, *_ = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert head == ["Jumlah", "Perkara", "Bila", "Wang; muka", "Empty"] and first[:2] == [1200.5, "Stones"]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_all_columns_with_other_signs_come_in_again(book: Book, tmp_path: Path) -> None:
    profile = Profile("Everything", "deals", (), "tab", ",", "local")
    deals.edit(book, 1, {}, lines=[DealLine(None, "Cutting", 1500, 80033)])
    written(book, profile, tmp_path / "a.csv")
    before = dump(book)
    done = importing.run(book, parse(tmp_path / "a.csv"), "deals")
    assert (done.problems, done.changes) == ((), None) and dump(book) == before


def test_what_a_profile_leaves_out_is_told_where_it_is_hardly_meant(book: Book, tmp_path: Path) -> None:
    deals.edit(book, 1, {}, lines=[DealLine(None, "Cutting", 1500, 80033)])
    found = written(book, own(book), tmp_path / "a.csv")
    assert found.told(language("en")) == [
        "The products of 1 deal are not in it: this shape has no columns for them."]
    stone = products.add(book, {"name": "Stone", "price": 500})
    deals.edit(book, 1, {}, lines=[DealLine(stone, "", 2000, 500)])
    plain = Profile("Lines", "deals", tuple((key, key) for key in ("name", "product", "quantity", "price")))
    assert written(book, plain, tmp_path / "d.csv").told(language("en")) == [], "one line of a product is told whole"
    assert read(tmp_path / "d.csv")[0] == {"name": "Stones", "product": "Stone", "quantity": "2", "price": "5.00"}
    deals.edit(book, 1, {}, lines=[DealLine(stone, "", 2000, 500), DealLine(None, "Cutting", 1500, 80033)])
    assert len(written(book, plain, tmp_path / "d.csv").told(language("en"))) == 1
    profile = Profile("One phone", "customers", (("name", "Name"), ("phone_2_value", "Phone")))
    found = written(book, profile, tmp_path / "b.csv")
    assert found.told(language("en")) == ["3 e-mails and phones are not in it: this shape has no columns for them."]
    assert written(book, Profile("Names", "customers", (("name", "Name"),)), tmp_path / "c.csv").told(
        language("en")) == [], "who wants names alone wants no phones"


def test_profiles_are_kept_changed_deleted_and_undone(book: Book) -> None:
    wanted = own(book)
    before = dump(book)
    first = export_profiles.add(book, wanted)
    second = export_profiles.add(book, replace(wanted, name="Other"))
    export_profiles.edit(book, replace(wanted, id=first, name="  Renamed  one ", dates="iso"))
    assert [(item.id, item.name, item.dates) for item in export_profiles.own(book)] == [
        (first, "Renamed one", "iso"), (second, "Other", "local")]
    export_profiles.delete(book, [first])
    assert [item.id for item in export_profiles.own(book, "deals")] == [second]
    assert export_profiles.own(book, "tasks") == []
    for _ in range(4):
        book.undo()
    assert dump(book) == before


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": " "}, "name"), ({"name": "x" * 61}, "name"), ({"kind": "stages"}, "kind"),
    ({"delimiter": "comma"}, "delimiter"), ({"delimiter": "|"}, "delimiter"), ({"dates": "roman"}, "dates"),
    ({"columns": (("name", "Name"), ("notes", "name"))}, "columns"), ({"columns": (("name", " "),)}, "columns"),
])
def test_what_cannot_be_a_profile_is_one_sentence_at_its_field(book: Book, changes: dict[str, Any],
                                                               field: str) -> None:
    before = dump(book)
    with pytest.raises(InvalidInput) as refused:
        export_profiles.add(book, replace(own(book), **changes))
    assert refused.value.at == field
    assert export_profiles.own(book) == [] and len(dump(book)["settings"]) == len(before["settings"])


def test_equal_names_are_refused_and_unknown_ones_list_all(book: Book) -> None:
    export_profiles.add(book, own(book))
    with pytest.raises(InvalidInput, match="already"):
        export_profiles.add(book, Profile("FOR the office", "deals"))
    export_profiles.add(book, Profile("For the office", "tasks"))
    with pytest.raises(InvalidInput, match="For the office, hubspot"):
        export_profiles.named(book, "deals", "nobody")
    with pytest.raises(InvalidInput, match="not there any more"):
        export_profiles.edit(book, Profile("Gone", "tasks", id=77))


def test_everything_that_is_offered_can_be_picked(book: Book, tmp_path: Path) -> None:
    """All columns that can be picked make a table that comes in again as the plain list does."""
    for kind in outgoing.LISTS:
        picked = tuple(outgoing_lists.offered(book, kind))
        assert len({heading for _, heading in picked}) == len(picked)
        plain = outgoing_lists.table(book, kind, outgoing.ids(book, kind)).tables[0]
        assert {column.key for column in plain.columns} <= {key for key, _ in picked}, kind
        if not outgoing.ids(book, kind):
            continue
        written(book, Profile("All", kind, picked), tmp_path / f"{kind}.csv")
        assert importing.run(book, parse(tmp_path / f"{kind}.csv"), kind).changes is None, kind
