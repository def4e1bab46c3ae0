"""Columns → fields: by heading, by content, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.readers import RawTable
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from desktop_crm.services.importing.mapping import BY_CELLS, BY_HAND, BY_HEADING
from tests.services.importing.tables import select, table


def proposed(book: Book, made: RawTable, kind: str) -> dict[str, str]:
    """Field by heading, of the columns that are imported."""
    return {column.column: column.field for column in importing.propose(made, kind, book).columns if column.field}


@pytest.mark.parametrize(("kind", "made", "expected"), [
    ("customers", table("account|sector|year_established|revenue|employees|office_location|subsidiary_of",
                        "Acme|retail|1996|11.5|28|United States|", "Beta|retail|1999|2.5|49|Kenya|Acme"),
     {"account": "name", "sector": "industry", "year_established": "founded", "employees": "employees",
      "office_location": "country", "subsidiary_of": "parent"}),
    ("customers", table("Nom|Email|Téléphone|Entreprise|Statut", "Jean|j@e.fr|06 12 34 56 78|Société|Nouveau"),
     {"Nom": "name", "Email": "emails", "Téléphone": "phones", "Entreprise": "company", "Statut": "state"}),
    ("customers", table("Name|Tags|Customer|City|State", "Hydra|Retailer|True|Los Angeles|California"),
     {"Name": "name", "Tags": "tags", "City": "city", "State": "region"}),
    ("customers", table("Company|Location", "Acme|Ipoh", "Beta|Johor Bahru"), {"Company": "name", "Location": "city"}),
    ("contacts", table("First Name|Middle Name|Last Name|Organization Name|E-mail 1 - Value|Phone 1 - Value|Labels",
                       "Siti|binti|Ali|Kedai Ali|s@a.my|012-345 6789|* x"),
     {"First Name": "first_name", "Middle Name": "middle_name", "Last Name": "last_name",
      "Organization Name": "customer", "E-mail 1 - Value": "emails", "Phone 1 - Value": "phones",
      "Labels": "customers.tags"}),
    ("deals", table("商機名稱|客戶名稱|金額|階段|成交日期|業務", "門市|大同|1,200|成交|2026/11/1|小王"),
     {"商機名稱": "name", "客戶名稱": "customer", "金額": "amount",
      "階段": "stage", "成交日期": "closed", "業務": "seller"}),
    ("payments", table("Pelanggan|Jumlah (RM)|Tarikh bayaran|Kaedah", "Ali|12.50|1/11/2026|Tunai"),
     {"Pelanggan": "customer", "Jumlah (RM)": "amount", "Tarikh bayaran": "received", "Kaedah": "method"}),
    ("sellers", table("sales_agent|manager|regional_office", "Anna|Dustin|Central"),
     {"sales_agent": "name", "manager": "team", "regional_office": "region"}),
])
def test_headings_are_known(book: Book, kind: str, made: RawTable, expected: dict[str, str]) -> None:
    assert proposed(book, made, kind) == expected


def test_cells_speak_where_the_heading_does_not(book: Book) -> None:
    made = table("A|B|C|D", "Aminah binti Ali|012-345 6789|a@b.my|7", "Raj Kumar|019-876 5432|r@k.my|9")
    mapping = importing.propose(made, "customers", book)
    assert [(column.field, column.reason) for column in mapping.columns] == [
        ("name", BY_CELLS), ("phones", BY_CELLS), ("emails", BY_CELLS), ("", "")]


def test_an_id_that_repeats_names_no_row(book: Book) -> None:
    assert "external_id" not in proposed(book, table("id|name", "1|A", "1|B", "2|C"), "customers").values()
    assert proposed(book, table("id|name", "1|A", "3|B", "2|C"), "customers")["id"] == "external_id"


def test_formats_are_decided_by_the_whole_column(book: Book) -> None:
    made = table("name|created|amount", "A|03/04/2026|1.234", "B|04/13/2026|12,50")
    by_name = {column.column: column for column in importing.propose(made, "deals", book).columns}
    assert (by_name["created"].order, by_name["amount"].decimal) == ("MDY", ",")
    assert by_name["name"].reason == BY_HEADING


def test_mapping_by_hand(book: Book) -> None:
    made = table("Shop|Alias|Rep", "A|B|C")
    mapping = importing.change(book, made, importing.propose(made, "customers", book), [("alias", "Name"), ("Rep", "")])
    assert [(column.field, column.reason) for column in mapping.columns] == [("", ""), ("name", BY_HAND), ("", "")]


def test_an_order_set_by_hand_is_kept(book: Book) -> None:
    made = table("name|created", "A|03/04/2026")
    mapping = importing.propose(made, "deals", book)
    by_hand = mapping.changed([replace(mapping.columns[1], order="MDY")])
    importing.run(book, made, "deals", mapping=by_hand)
    assert select(book, "SELECT created_on FROM deals") == [("2026-03-04",)]


@pytest.mark.parametrize(("named", "field"), [
    ("created_on", "created"), ("Created on", "created"), ("email", "emails"), ("Pelanggan", "name"),
    ("customer", "name"), ("seller_id", "seller"),
])
def test_a_field_may_be_named_in_several_ways(book: Book, named: str, field: str) -> None:
    made = table("X", "A")
    assert importing.change(book, made, importing.propose(made, "customers", book), [("X", named)]).mapped == {field}


@pytest.mark.parametrize(("override", "words"), [
    (("Nope", "name"), "The columns are: Shop, Rep"), (("Shop", "wing"), "The fields are: name, "),
])
def test_what_there_is_not_lists_the_choices(book: Book, override: tuple[str, str], words: str) -> None:
    made = table("Shop|Rep", "A|C")
    with pytest.raises(InvalidInput, match=words):
        importing.run(book, made, "customers", overrides=[override])


def test_a_match_that_cannot_tell_records_apart_is_refused(book: Book) -> None:
    with pytest.raises(InvalidInput, match="external_id, name, emails, phones"):
        importing.run(book, table("Shop", "A"), "customers", match="city")


def test_without_a_name_there_is_nothing_to_import(book: Book) -> None:
    with pytest.raises(InvalidInput, match="Amount"):
        importing.run(book, table("date|id", "2026-01-01|1"), "payments")


def test_every_field_has_a_title(book: Book) -> None:
    for kind in importing.KINDS:
        keys = [item.key for item in importing.fields(kind)]
        assert len(keys) == len(set(keys)) and all(item.title for item in importing.fields(kind))
