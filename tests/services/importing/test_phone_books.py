"""Exports with other columns and languages than the usual ones: each column in its own field, a fax never called."""

from __future__ import annotations

import pytest

from desktop_crm.services import importing
from desktop_crm.services.book import Book
from desktop_crm.services.importing.guessing import guess
from tests.services.importing.tables import select, table

OUTLOOK = {
    "ms": ("Nama Pertama|Nama Akhir|Syarikat|Jawatan|Jalan Perniagaan|Bandar Perniagaan|Poskod Perniagaan|"
           "Negara Perniagaan|Faks Perniagaan|Telefon Perniagaan|Telefon Rumah|Telefon Bimbit|Alamat E-mel|Jalan Rumah|"
           "Bandar Rumah|Kategori|Nota"),
    "zh-TW": ("名字|姓氏|公司|職稱|商務 - 街|商務 - 市/鎮|商務 - 郵遞區號|商務 - 國家/地區|商務傳真|商務電話|住家電話|"
              "行動電話|電子郵件地址|住家 - 街|住家 - 市/鎮|類別|附註"),
    "zh-CN": ("名|姓|单位|职务|商务地址 街道|商务地址 市/县|商务地址 邮政编码|商务地址 国家/地区|商务传真|商务电话|"
              "住宅电话|移动电话|电子邮件地址|住宅地址 街道|住宅地址 市/县|类别|附注"),
    "de": ("Vorname|Nachname|Firma|Position|Straße geschäftlich|Ort geschäftlich|Postleitzahl geschäftlich|"
           "Land/Region geschäftlich|Fax geschäftlich|Telefon geschäftlich|Telefon (privat)|Mobiltelefon|"
           "E-Mail-Adresse|Straße privat|Ort privat|Kategorien|Notizen"),
}
_CELLS = ("Siti|Ali|Maju Sdn Bhd|Buyer|12 Jalan A|Ipoh|30000|Malaysia|05-222 1112|05-222 1111|05-333 1111|"
          "012-345 6789|s@maju.my|9 Jalan B|Taiping|VIP|likes tea")
COMPANIES = {
    "bigin-companies": ("Record Id|Company Owner|Company Name|Phone|Tag|Description|Created Time|Modified Time|"
                        "Billing Street|Billing City|Billing Code|Billing Country"),
    "espocrm-accounts": ("ID|Assigned User|Name|Phone|Industry|Description|Created At|Modified At|"
                         "Billing Address Street|Billing Address City|Billing Address Postal Code|"
                         "Billing Address Country"),
    "odoo": "id|user_id|name|phone|category_id|comment|create_date|is_company|street|city|zip|country_id",
}


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlook_in_other_languages(book: Book, language: str) -> None:
    made = table(OUTLOOK[language], _CELLS)
    assert guess(made, book) == "contacts"
    result = importing.run(book, made, "contacts")
    assert (result.created, result.problems, result.aside) == (1, (), ())
    ((name, role, notes),) = select(book, "SELECT name, role, notes FROM contacts")
    assert (role, notes) == ("Buyer", "likes tea") and set(name.split()) == {"Siti", "Ali"}
    assert select(book, "SELECT name FROM customers") == [("Maju Sdn Bhd",)]
    assert select(book, "SELECT street, city, postcode, country FROM addresses ORDER BY position") == [
        ("12 Jalan A", "Ipoh", "30000", "MY"), ("9 Jalan B", "Taiping", None, None)]
    assert select(book, "SELECT value, label FROM channels WHERE kind = 'phone' ORDER BY position") == [
        ("05-222 1111", "Work"), ("05-333 1111", "Home"), ("012-345 6789", "Mobile"), ("05-222 1112", "Fax")]
    again = importing.run(book, made, "contacts")
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.parametrize("shape", COMPANIES)
def test_companies_with_their_owner_and_address(book: Book, shape: str) -> None:
    kind_of = {"odoo": "True"}.get(shape, "2026-01-03 10:00:00")
    made = table(COMPANIES[shape], f"7|Mei|Maju Sdn Bhd|05-222 1111|Retail|tea|2026-01-02 10:00:00|{kind_of}|"
                 "12 Jalan A|Ipoh|30000|Malaysia")
    assert guess(made, book) == "customers"
    result = importing.run(book, made, "customers")
    assert (result.shape, result.created, result.problems) == (shape, 1, ())
    assert select(book, "SELECT c.name, c.external_id, s.name, c.address, c.city, c.postcode, c.country, c.notes "
                        "FROM customers c JOIN sellers s ON s.id = c.seller_id") == [
        ("Maju Sdn Bhd", "7", "Mei", "12 Jalan A", "Ipoh", "30000", "MY", "tea")]


def test_people_of_pipedrive_without_a_prefix(book: Book) -> None:
    made = table("ID|Name|Label|Email - Work|Email - Home|Phone - Work|Phone - Mobile|Organization|Owner|Open deals|"
                 "Person created|Update time", "5|Siti Ali|Hot|s@maju.my|siti@x.my|05-222 1111|012-345 6789|"
                 "Maju Sdn Bhd|Mei|1|2026-01-02 10:00:00|2026-01-03 10:00:00")
    result = importing.run(book, made, guess(made, book))
    assert (result.shape, result.created) == ("pipedrive-people", 1)
    assert select(book, "SELECT t.name, t.external_id, t.created_on, s.name FROM contacts t JOIN customers c ON "
                        "c.id = t.customer_id JOIN sellers s ON s.id = c.seller_id") == [
        ("Siti Ali", "5", "2026-01-02", "Mei")]


def test_a_deal_of_pipedrive_has_its_person_and_its_currency(book: Book) -> None:
    made = table("Deal - ID|Deal - Title|Deal - Value|Deal - Currency of Value|Deal - Organization|"
                 "Deal - Contact person|Person - Phone", "5|Maju deal|1200|MYR|Maju Sdn Bhd|Siti Ali|012-345 6789")
    importing.run(book, made, "deals")
    assert select(book, "SELECT d.amount, d.currency, c.name, t.name FROM deals d JOIN customers c ON "
                        "c.id = d.customer_id JOIN contacts t ON t.customer_id = c.id") == [
        (120_000, "MYR", "Maju Sdn Bhd", "Siti Ali")]


def test_a_report_of_leads_says_company_and_account(book: Book) -> None:
    made = table("First Name|Last Name|Company / Account|Lead Status|Fax|Phone|Email Opt Out|Do Not Call",
                 "Siti|Ali|Maju Sdn Bhd|Open - Not Contacted|05-222 1112|05-222 1111|1|1")
    result = importing.run(book, made, guess(made, book))
    assert result.shape == "salesforce-leads"
    assert select(book, "SELECT no_marketing, notes FROM customers WHERE name LIKE 'Siti%'") == [(1, "Do Not Call: 1")]
    assert select(book, "SELECT value, label FROM channels ORDER BY position") == [
        ("05-222 1111", None), ("05-222 1112", "Fax")]


def test_a_phone_book_says_in_a_cell_that_a_number_is_a_fax(book: Book) -> None:
    importing.run(book, table("Name|Group Membership|Phone 1 - Type|Phone 1 - Value|Phone 2 - Type|Phone 2 - Value",
                              "Siti|VIP|Work Fax|05-222 1112|Mobile|012-345 6789"), "customers")
    assert select(book, "SELECT value FROM channels ORDER BY position") == [("012-345 6789",), ("05-222 1112",)]


def test_the_list_of_a_shop(book: Book) -> None:
    """Two addresses are two, whichever stands first; nobody is called what a column says that is no name."""
    made = table("No|Nama Pelanggan|No. Telefon|No. Faks|Alamat Rumah|Alamat Kedai|Poskod|Tarikh Lahir|Langganan SMS",
                 "1|Siti binti Ali|0123456789|052221112|12 Jalan A|9 Jalan B|30000|12.5.90|Ya")
    assert guess(made, book) == "customers"
    result = importing.run(book, made, "customers")
    assert (result.created, result.aside) == (1, ("Langganan SMS",))
    assert select(book, "SELECT name, address, birthday FROM customers") == [
        ("Siti binti Ali", "12 Jalan A", "1990-05-12")]
    assert select(book, "SELECT street FROM addresses") == [("9 Jalan B",)]


def test_a_number_in_filipino_is_called(book: Book) -> None:
    made = table("Pangalan|Numero|Tirahan", "Juan dela Cruz|0917 123 4567|12 Mabini St", "Ana Reyes|0918 123 4567|")
    importing.run(book, made, "customers")
    assert select(book, "SELECT kind, value FROM channels ORDER BY id") == [
        ("phone", "0917 123 4567"), ("phone", "0918 123 4567")]
    codes = table("Pangalan|Numero", "Juan|17", "Ana|18")
    importing.run(book, codes, "customers")
    assert select(book, "SELECT external_id FROM customers WHERE name IN ('Juan', 'Ana')") == [("17",), ("18",)]


def test_a_column_without_a_word_takes_no_place(book: Book) -> None:
    importing.run(book, table("Name|姓名|抬頭", "|王美玲|美玲商行"), "customers")
    assert select(book, "SELECT name, invoice_title FROM customers") == [("王美玲", "美玲商行")]
