"""Which record a row is: by external id, else by name as written, in order, only older ones."""

from __future__ import annotations

from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.services.importing.tables import select, table


def counts(result: importing.ImportResult) -> tuple[int, int, int]:
    return result.created, result.updated, result.skipped


def test_names_are_compared_as_written(book: Book) -> None:
    made = table("name|city", "True|A", "TRUE|B", "true|C", "NULL|D", "N/A|E", "-|F")
    assert counts(importing.run(book, made, "customers")) == (6, 0, 0)
    again = table("name|city", "TRUE|Z", "NULL|D")
    assert counts(importing.run(book, again, "customers")) == (0, 1, 1)
    assert select(book, "SELECT name, city FROM customers ORDER BY id") == [
        ("True", "A"), ("TRUE", "Z"), ("true", "C"), ("NULL", "D"), ("N/A", "E"), ("-", "F")]


def test_outer_whitespace_goes_and_inner_stays(book: Book) -> None:
    importing.run(book, table("name", "  Kedai  Ali \u3000"), "customers")
    assert select(book, "SELECT name FROM customers") == [("Kedai  Ali",)]


def test_equal_candidates_pair_in_order(book: Book) -> None:
    twins = table("name|city", "Ali|Ipoh", "Ali|Johor")
    assert counts(importing.run(book, twins, "customers")) == (2, 0, 0)
    three = table("name|city", "Ali|Ipoh", "Ali|Kuantan", "Ali|Melaka")
    assert counts(importing.run(book, three, "customers")) == (1, 1, 1)
    assert select(book, "SELECT id, city FROM customers ORDER BY id") == [(1, "Ipoh"), (2, "Kuantan"), (3, "Melaka")]


def test_the_id_of_the_file_comes_first(book: Book) -> None:
    importing.run(book, table("id|name", "7|Ali", "8|Abu"), "customers")
    swapped = table("id|name", "8|Ali", "9|Abu", "7|Siti")
    assert counts(importing.run(book, swapped, "customers")) == (1, 2, 0)
    assert select(book, "SELECT external_id, name FROM customers ORDER BY id") == [
        ("7", "Siti"), ("8", "Ali"), ("9", "Abu")]


def test_an_id_is_given_to_the_record_of_that_name_that_has_none(book: Book) -> None:
    importing.run(book, table("name", "Ali"), "customers")
    assert counts(importing.run(book, table("id|name", "7|Ali"), "customers")) == (0, 1, 0)
    assert select(book, "SELECT external_id, name FROM customers") == [("7", "Ali")]


def test_by_a_chosen_field(book: Book) -> None:
    importing.run(book, table("name|email|phone", "Ali|ali@a.my|012-345 6789", "Abu|abu@a.my|"), "customers")
    renamed = table("name|email|phone", "Ali bin Abu|ALI@a.my|", "Abu||")
    assert counts(importing.run(book, renamed, "customers", match="email")) == (0, 1, 1)
    phoned = table("name|phone", "Ali B.|+60 12 345 6789")
    assert counts(importing.run(book, phoned, "customers", match="phone")) == (0, 1, 0)
    assert select(book, "SELECT name FROM customers ORDER BY id") == [("Ali B.",), ("Abu",)]
    assert select(book, "SELECT count(*) FROM channels") == [(3,)]


def test_by_name_although_there_are_ids(book: Book) -> None:
    importing.run(book, table("id|name", "7|Ali"), "customers")
    assert counts(importing.run(book, table("id|name", "9|Ali"), "customers", match="name")) == (0, 1, 0)


def test_links_by_folded_name_if_just_one_fits(book: Book) -> None:
    importing.run(book, table("product|price", "GTX Pro|10", "MG-1|1", "M.G 1|2"), "products")
    result = importing.run(book, table("name|product|amount", "a|GTXPro|5", "b|gtx pro|5", "c|mg1|5"), "deals")
    assert result.also_created == {"products": 1}
    assert select(book, "SELECT p.name FROM deal_lines l JOIN products p ON p.id = l.product_id ORDER BY l.id") == [
        ("GTX Pro",), ("GTX Pro",), ("mg1",)]


def test_a_day_is_part_of_what_a_payment_or_activity_is(book: Book) -> None:
    january = table("customer|date|amount|for", "Ali|2026-01-05|100|Rent")
    february = table("customer|date|amount|for", "Ali|2026-02-05|100|Rent")
    assert counts(importing.run(book, january, "payments")) == (1, 0, 0)
    assert counts(importing.run(book, february, "payments")) == (1, 0, 0)
    assert counts(importing.run(book, january, "payments")) == (0, 0, 1)
    assert counts(importing.run(book, table("customer|date|text", "Ali|2026-02-05|Called"), "activities")) == (1, 0, 0)
    assert counts(importing.run(book, table("customer|date|text", "Ali|2026-02-06|Called"), "activities")) == (1, 0, 0)
