"""Several kinds out of one sheet: made once, linked, seen before, undone; words that mean something; rows; updates."""

from __future__ import annotations

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from desktop_crm.services.importing import meanings, picking, remembered
from tests.books import dump
from tests.services.importing.tables import select, table

PEOPLE = table(
    "Person - Name|Person - Phone|Person - Email|Organization - Name|Organization - Address|Deal - Title|Deal - Value|"
    "Deal - Stage",
    "Siti binti Ali|012-345 6789|siti@maju.my|Maju Sdn Bhd|12 Jalan Ipoh|Tiles|1,200.00|Qualified",
    "Lim Ah Kow|019-876 5432|lim@maju.my|Maju Sdn Bhd||Paint|300|Closed Won",
    "Ravi a/l Kumar|016-111 2222|ravi@x.my|||Roof|50|")


@pytest.mark.parametrize("kind", ["contacts", "customers", "deals"])
def test_company_person_and_deal_of_a_row_are_made_once_and_linked(book: Book, kind: str) -> None:
    before = dump(book)
    shown = importing.preview(book, PEOPLE, importing.propose(PEOPLE, kind, book), kind)
    result = importing.run(book, PEOPLE, kind)
    assert (shown.created, dict(shown.also_created)) == (result.created, dict(result.also_created))
    assert result.problems == ()
    assert select(book, "SELECT t.name, c.name FROM contacts t LEFT JOIN customers c ON c.id = t.customer_id "
                        "WHERE c.name LIKE 'Maju%' ORDER BY t.id") == [
        ("Siti binti Ali", "Maju Sdn Bhd"), ("Lim Ah Kow", "Maju Sdn Bhd")]
    assert select(book, "SELECT count(*), max(address) FROM customers WHERE name = 'Maju Sdn Bhd'") == [
        (1, "12 Jalan Ipoh")]
    assert select(book, "SELECT d.name, d.amount, d.status, c.name FROM deals d LEFT JOIN customers c "
                        "ON c.id = d.customer_id WHERE d.name <> 'Roof' ORDER BY d.id") == [
        ("Tiles", 120000, "open", "Maju Sdn Bhd"), ("Paint", 30000, "won", "Maju Sdn Bhd")]
    assert select(book, "SELECT c.name, c.kind FROM deals d JOIN customers c ON c.id = d.customer_id "
                        "WHERE d.name = 'Roof'") == [("Ravi a/l Kumar", "person")]
    again = importing.run(book, PEOPLE, kind)
    assert (again.created, again.updated, again.also_created, again.also_updated) == (0, 0, {}, {})
    book.undo()
    assert dump(book) == before


def test_the_preview_of_a_row_has_all_its_records(book: Book) -> None:
    shown = importing.preview(book, PEOPLE, importing.propose(PEOPLE, "contacts", book), "contacts", rows=0)
    assert (len(shown.rows), shown.rows[0].action) == (3, "create")
    assert shown.rows[0].values["customers.address"] == "12 Jalan Ipoh"
    assert shown.rows[1].values["deals.name"] == "Paint"


def test_what_two_rows_say_of_one_company_is_told_where_it_differs(book: Book) -> None:
    made = table("Name|Company|Company Website", "Ali|Maju|maju.my", "Abu|Maju|other.my", "Siti||lost.my")
    result = importing.run(book, made, "contacts")
    assert [(problem.row, problem.column) for problem in result.problems] == [(3, "Company Website")]
    assert select(book, "SELECT name, website FROM customers") == [("Maju", "maju.my")]
    assert select(book, "SELECT notes FROM contacts WHERE name = 'Siti'") == [("Company Website: lost.my",)]


def test_a_lead_of_a_person_without_a_company_is_the_persons(book: Book) -> None:
    made = table("Record ID|First Name|Last Name|Email|Lead Status|Create Date|Associated Company",
                 "7|Aminah|Yusof|a@x.my|OPEN|2026-01-02|", "8|Bala|Raj|b@x.my|NEW|2026-01-02|Bala Trading")
    result = importing.run(book, made, "contacts")
    assert (result.created, dict(result.also_created), result.shape) == (2, {"customers": 2}, "hubspot-contacts")
    assert select(book, "SELECT name, kind, state, lead_state FROM customers ORDER BY id") == [
        ("Aminah Yusof", "person", "lead", "new"), ("Bala Trading", "company", "lead", "new")]


@pytest.mark.parametrize(("written", "kept"), [
    ("Doe, John", "John Doe"), ("Tan, Wei Ming", "Tan Wei Ming"), ("王, 小明", "王小明"),
    ("Siti binti Ali", "Siti binti Ali"), ("Muthu, a/l Raman", "Muthu, a/l Raman"), ("Smith, Jr.", "Smith, Jr.")])
def test_family_names_in_front_of_a_comma(book: Book, written: str, kept: str) -> None:
    importing.run(book, table("Name;Email".replace(";", "|"), f"{written}|a@b.my", "Roe, Jane|j@b.my"), "contacts")
    assert select(book, "SELECT name FROM contacts ORDER BY id")[0] == (kept,)


STATES = table("Name|Status", "Ali|Open - Not Contacted", "Abu|Hot lead", "Siti|Kawan lama", "Lim|Kawan lama")


def test_words_are_taken_for_what_they_mean_and_remembered(book: Book) -> None:
    mapping = importing.proposed(STATES, "customers", book)
    found = {item.word: (item.meaning, item.count) for item in meanings.meanings(book, STATES, mapping, book.language)}
    assert found == {"Kawan lama": ("", 2), "Open - Not Contacted": ("new", 1), "Hot lead": ("hot", 1)}
    assert "hot" in meanings.choices(book, "customers", "state")
    before = dump(book)
    said = mapping.meaning("state", "Kawan lama", "customer")
    result = importing.run(book, STATES, "customers", mapping=said)
    assert result.problems == ()
    assert select(book, "SELECT name, state, lead_state, heat FROM customers ORDER BY id") == [
        ("Ali", "lead", "new", None), ("Abu", "customer", None, "hot"), ("Siti", "customer", None, None),
        ("Lim", "customer", None, None)]
    more = table("Status|Name", "Kawan lama|Bala", name="next.csv")
    assert remembered.kind_of(more, book) == "customers"
    assert importing.run(book, more, "customers").problems == ()
    book.undo()
    book.undo()
    assert dump(book) == before
    with pytest.raises(InvalidInput):
        importing.run(book, STATES, "customers", wishes=importing.Wishes(values=["Nothing"]))


def test_only_the_rows_that_were_picked(book: Book) -> None:
    result = importing.run(book, STATES, "customers", wishes=importing.Wishes(rows="1-2,4"))
    assert (result.read, result.created, result.parked) == (3, 3, 1)
    assert select(book, "SELECT name FROM customers ORDER BY id") == [("Ali",), ("Abu",), ("Lim",)]
    assert picking.rows_of("2, 3-9", 4) == {1, 2, 3}
    for wrong in ("0", "b", "3-1", "1,,2"):
        with pytest.raises(InvalidInput):
            picking.rows_of(wrong, 4)
    with pytest.raises(InvalidInput):
        importing.run(book, STATES, "customers", rows=())


OLD = table("ID|Name|Phone|City|Tags|Status", "C1|Ali|012-345 6789|Ipoh|a|Customer", "C2|Abu|013-111 2222|Johor|b|Hot")
NEW = table("ID|Name|Phone|City|Tags|Status", "C1|Ali|013-999 8888||c|Customer",
            "C2|Abu bin Ali|013-111 2222|Kedah|b|Hot")


def changed(book: Book, **wishes: object) -> list[tuple[str, str, str, str]]:
    found = importing.run(book, NEW, "customers", dry_run=True, wishes=importing.Wishes(**wishes))  # type: ignore[arg-type]
    return [(item.name, item.field, item.before, item.after) for item in found.differences]


def test_an_update_is_shown_field_by_field_before_it_is_done(book: Book) -> None:
    importing.run(book, OLD, "customers")
    assert changed(book) == [
        ("Ali", "phones", "012-345 6789", "012-345 6789, 013-999 8888"), ("Ali", "tags", "a", "a, c"),
        ("Abu", "city", "Johor", "Kedah"), ("Abu", "name", "Abu", "Abu bin Ali")]
    assert ("Ali", "phones", "012-345 6789", "013-999 8888") in changed(book, replaces=True)
    assert ("Ali", "city", "Ipoh", "") in changed(book, empties=True)
    assert changed(book, keep=["name", "phone", "tags"]) == [("Abu", "city", "Johor", "Kedah")]
    before = dump(book)
    result = importing.run(book, NEW, "customers", wishes=importing.Wishes(
        replaces=True, empties=True, keep=["name"]))
    assert (result.created, result.updated) == (0, 2)
    assert select(book, "SELECT name, city FROM customers ORDER BY id") == [("Ali", None), ("Abu", "Kedah")]
    assert select(book, "SELECT value FROM channels ORDER BY id") == [("013-111 2222",), ("013-999 8888",)]
    assert select(book, "SELECT t.name FROM customer_tags l JOIN tags t ON t.id = l.tag_id ORDER BY t.name") == [
        ("b",), ("c",)]
    book.undo()
    assert dump(book) == before


@pytest.mark.parametrize(("match", "key"), [
    ("registration", "2020 0100-0001"), ("phones", "+60 12 345 6789"), ("emails", "ALI@x.my"), ("name", "Ali")])
def test_a_list_meets_its_records_by_the_key_that_is_chosen(book: Book, match: str, key: str) -> None:
    first = table("Name|Phone|Email|Registration no", "Ali|012-345 6789|ali@x.my|202001000001")
    importing.run(book, first, "customers")
    headings = {"registration": "Registration no", "phones": "Phone", "emails": "Email", "name": "Name"}
    text = table("Name|City", "Ali|Ipoh") if match == "name" else table(
        f"Name|City|{headings[match]}", f"Someone|Ipoh|{key}")
    result = importing.run(book, text, "customers", match=match)
    assert (result.created, result.updated) == (0, 1)
    assert select(book, "SELECT city FROM customers") == [("Ipoh",)]


def test_a_contact_of_another_company_is_somebody_else(book: Book) -> None:
    importing.run(book, table("Name|Company", "Siti|Maju"), "contacts")
    result = importing.run(book, table("Name|Company", "Siti|Jaya", "Siti|Maju"), "contacts")
    assert (result.created, result.updated, result.skipped) == (1, 0, 1)


def test_a_given_name_and_a_surname_beside_another_name_are_the_contact_persons(book: Book) -> None:
    made = table("*ContactName|FirstName|LastName|PhoneNumber", "Maju Hardware Sdn Bhd|Raj|Kumar|05-254 1234",
                 "Seri Catering|Nurul|Huda|03-2345 6789")
    before = dump(book)
    importing.run(book, made, "customers")
    assert select(book, "SELECT c.name, c.kind, t.name FROM customers c JOIN contacts t ON t.customer_id = c.id "
                        "ORDER BY c.id") == [("Maju Hardware Sdn Bhd", "company", "Raj Kumar"),
                                             ("Seri Catering", "company", "Nurul Huda")]
    book.undo()
    assert dump(book) == before


def test_what_the_parts_of_a_name_say_beyond_the_whole_one_is_kept(book: Book) -> None:
    made = table("Full name|First name|Last name|Notes", "José dela Cruz|Jose|Dela Cruz|",
                 "Aminah|Siti Aminah|Ismail|pays late", "Lim Wei|Wei|Lim|")
    importing.run(book, made, "contacts")
    assert select(book, "SELECT name, notes FROM contacts ORDER BY id") == [
        ("José dela Cruz", None), ("Aminah", "First name: Siti Aminah\nLast name: Ismail\npays late"),
        ("Lim Wei", None)]


def test_a_name_of_other_parts_is_added_to_the_notes_that_are_there(book: Book) -> None:
    importing.run(book, table("Full name|Email|Notes", "Aminah|a@x.my|pays late"), "contacts")
    sheet = table("Full name|First name|Last name|Email", "Aminah|Siti|Ismail|a@x.my")
    for updated in (1, 0):
        assert importing.run(book, sheet, "contacts").updated == updated
        assert select(book, "SELECT name, notes FROM contacts") == [
            ("Aminah", "pays late\nFirst name: Siti\nLast name: Ismail")]


def test_places_that_say_which_address_they_are_of_make_one_address(book: Book) -> None:
    for heads in ("Default Address Address1|Default Address City|Default Address Province Code|"
                  "Default Address Country Code|Default Address Zip",
                  "POAddressLine1|POCity|PORegion|POCountry|POPostalCode"):
        importing.run(book, table(f"Name|{heads}", "Siti|12 Jalan Tun|Kota Kinabalu|SBH|MY|88000"), "customers")
        assert select(book, "SELECT address, city, region, country, postcode FROM customers") == [
            ("12 Jalan Tun", "Kota Kinabalu", "SBH", "MY", "88000")]
        book.undo()
