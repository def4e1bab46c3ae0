"""Customers and contacts: persons and companies, families, states, ways to reach them."""

from __future__ import annotations

from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.services.importing.tables import cells, select, table


def test_a_person_of_a_company_belongs_to_it(book: Book) -> None:
    made = table("First Name|Last Name|Company|Status|Email", "Alice|Johnson|Acme|NEW|a@x.com",
                 "Bob|Smith||Closed - Converted|", "||Beta|Working - Contacted|", "明|王|大同|warm|")
    result = importing.run(book, made, "customers")
    assert (result.created, result.also_created) == (4, {"customers": 2})
    assert select(book, "SELECT c.name, c.kind, c.state, c.lead_state, c.heat, p.name FROM customers c LEFT JOIN "
                        "customers p ON p.id = c.parent_id ORDER BY c.id") == [
        ("Alice Johnson", "person", "lead", "new", None, "Acme"), ("Bob Smith", "person", "customer", None, None, None),
        ("Beta", "company", "lead", "contacted", None, None), ("王明", "person", "customer", None, "warm", "大同"),
        ("Acme", "company", "customer", None, None, None), ("大同", "company", "customer", None, None, None)]


def test_a_parent_may_come_later_and_not_go_in_a_circle(book: Book) -> None:
    made = table("account|subsidiary_of", "Child|Mother", "Mother|Child", "Own|Own", "Far|Nowhere")
    result = importing.run(book, made, "customers")
    assert select(book, "SELECT c.name, p.name FROM customers c LEFT JOIN customers p ON p.id = c.parent_id "
                        "ORDER BY c.id") == [
        ("Child", "Mother"), ("Mother", None), ("Own", None), ("Far", "Nowhere"), ("Nowhere", None)]
    assert [(problem.row, problem.column) for problem in result.problems] == [
        (3, "subsidiary_of"), (4, "subsidiary_of")]


def test_ids_ascend_in_the_files_order(book: Book) -> None:
    importing.run(book, table("name|parent company", "C|Z", "A|Y", "B|"), "customers")
    assert [row[0] for row in select(book, "SELECT name FROM customers ORDER BY id")][:3] == ["C", "A", "B"]


def test_any_number_of_emails_and_phones(book: Book) -> None:
    made = table("name|email_work|email_home|phone|Whatsapp Number",
                 "Ali|a@x.my; b@x.my|c@x.my|012-345 6789|+60123456789",
                 "Abu|not one||03-2282 1234 / 019-876 5432|12")
    result = importing.run(book, made, "contacts")
    assert select(book, "SELECT contact_id, kind, value, normal, position FROM channels ORDER BY id") == [
        (1, "phone", "012-345 6789", "+60123456789", 0), (1, "email", "a@x.my", "a@x.my", 1),
        (1, "email", "b@x.my", "b@x.my", 2), (1, "email", "c@x.my", "c@x.my", 3),
        (1, "whatsapp", "+60123456789", "+60123456789", 4),
        (2, "phone", "03-2282 1234", "+60322821234", 0), (2, "phone", "019-876 5432", "+60198765432", 1)]
    assert [(problem.row, problem.column) for problem in result.problems] == [(3, "email_work"), (3, "Whatsapp Number")]


def test_a_second_file_adds_ways_and_tags_and_takes_none(book: Book) -> None:
    importing.run(book, table("name|phone|tags", "Ali|012-345 6789|VIP, new"), "customers")
    result = importing.run(book, table("name|phone|tags|city", "Ali|019-876 5432|VIP;old|"), "customers")
    assert (result.updated, result.also_created) == (1, {"tags": 1})
    assert select(book, "SELECT value FROM channels ORDER BY position") == [("012-345 6789",), ("019-876 5432",)]
    assert select(book, "SELECT t.name FROM customer_tags c JOIN tags t ON t.id = c.tag_id ORDER BY c.id") == [
        ("VIP",), ("new",), ("old",)]


def test_a_contacts_company_is_found_or_made(book: Book) -> None:
    importing.run(book, table("name", "Kedai Ali"), "customers")
    result = importing.run(book, table("name|company", "Siti|KedaiAli", "Raj|Maju Jaya", "Wei|"), "contacts")
    assert (result.created, result.also_created) == (3, {"customers": 1})
    assert select(book, "SELECT t.name, c.name FROM contacts t LEFT JOIN customers c ON c.id = t.customer_id "
                        "ORDER BY t.id") == [("Siti", "Kedai Ali"), ("Raj", "Maju Jaya"), ("Wei", None)]


def test_cells_of_a_workbook(book: Book) -> None:
    made = cells(("Name", "Postcode", "Founded", "Is a company", "Created"), (5.0, 50450.0, 1996.0, True, 45631.0),
                 ("Ali", "01000", None, False, None))
    importing.run(book, made, "customers")
    assert select(book, "SELECT name, postcode, founded, kind, created_on FROM customers ORDER BY id") == [
        ("5", "50450", 1996, "company", "2024-12-05"), ("Ali", "01000", None, "person", None)]


def test_sources_by_word_and_new_ones(book: Book) -> None:
    result = importing.run(book, table("name|source", "A|ORGANIC_SEARCH", "B|Website", "C|Pasar malam"), "customers")
    assert result.also_created == {"sources": 1}
    assert [row[0] for row in select(book, "SELECT h.name FROM customers c JOIN choices h ON h.id = c.source_id "
                                           "ORDER BY c.id")] == ["Website", "Website", "Pasar malam"]
