"""Exports with the columns that programs really write beside the usual ones: nothing doubled, lost or put elsewhere."""

from __future__ import annotations

import pytest

from desktop_crm.services import importing
from desktop_crm.services.book import Book
from desktop_crm.services.importing.content import is_phone
from desktop_crm.services.importing.guessing import guess
from tests.services.importing.tables import select, table

PEOPLE = "SELECT t.name, c.name FROM contacts t LEFT JOIN customers c ON c.id = t.customer_id ORDER BY t.id"


@pytest.mark.parametrize(("cell", "expected"), [
    ("5000.50", False), ("14.5995", False), ("120.9842", False), ("0.421234", False), ("03.2222.1111", True),
    ("03.22221111", True), ("740.645.3807", True), ("012-345 6789", True)])
def test_an_amount_or_a_place_on_the_map_is_no_phone(cell: str, expected: bool) -> None:
    assert is_phone(cell) is expected


def test_a_person_with_whole_name_and_parts_is_not_named_twice(book: Book) -> None:
    made = table("Person - Name|Person - First name|Person - Last name|Person - Owner|Person - Organization|"
                 "Person - ID", "Wei Tan|Wei|Tan|Mei||5", "Siti Ali|Siti|Ali|Mei|Maju Sdn Bhd|6")
    importing.run(book, made, "contacts")
    assert select(book, PEOPLE) == [("Wei Tan", "Wei Tan"), ("Siti Ali", "Maju Sdn Bhd")]


def test_people_of_an_account_whose_id_alone_is_said(book: Book) -> None:
    """The account of that id, which keeps its name; or one that is named after the id until its own file comes."""
    people = table("ID|FIRSTNAME|LASTNAME|NAME|ACCOUNTID|MAILINGCITY|OWNERID",
                   "3|Siti|Ali|Siti Ali|001A|Ipoh|005", "4|Wei|Tan|Wei Tan|001B||005")
    importing.run(book, table("ID|NAME|BILLINGCITY|OWNERID", "001A|Maju Sdn Bhd|Ipoh|005"), "customers")
    importing.run(book, people, "contacts")
    assert select(book, PEOPLE) == [("Siti Ali", "Maju Sdn Bhd"), ("Wei Tan", "001B")]
    importing.run(book, table("ID|NAME|BILLINGCITY|OWNERID", "001B|Golden Tiles|Klang|005"), "customers")
    again = importing.run(book, people, "contacts")
    assert (again.created, again.updated, again.also_created, again.also_updated) == (0, 0, {}, {})
    assert select(book, PEOPLE) == [("Siti Ali", "Maju Sdn Bhd"), ("Wei Tan", "Golden Tiles")]
    assert select(book, "SELECT name, kind FROM customers") == [("Maju Sdn Bhd", "company"),
                                                                ("Golden Tiles", "company")]


def test_what_is_said_of_a_person_without_a_name_stays_in_the_notes(book: Book) -> None:
    importing.run(book, table("Deal Name|Amount|Stage|Account Name|Contact Name|Contact Email|Closing Date|"
                              "Created Time", "Tiles|100|New|Maju||s@maju.my|2026-12-01|2026-01-02"), "deals")
    assert select(book, "SELECT notes FROM deals") == [("Contact Email: s@maju.my",)]
    importing.run(book, table("id|name|is_company|function|parent_id/name|user_id/name",
                              "7|Siti Ali|False|Buyer|Golden Tiles|Mei"), "customers")
    assert select(book, "SELECT notes FROM customers WHERE name = 'Siti Ali'") == [("function: Buyer",)]
