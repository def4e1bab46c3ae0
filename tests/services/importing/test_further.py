"""What else rows say of people: messengers, further addresses, consents, refusals, language; and what is left aside."""

from __future__ import annotations

import pytest

from desktop_crm.domain.importing import fields, headings
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.books import TODAY, dump
from tests.services.importing.tables import select, table

SQL_PLACES = "SELECT label, street, city, region, postcode, country FROM addresses ORDER BY id"
SQL_CONSENTS = "SELECT purpose, basis, source, on_date, withdrawn_on FROM consents ORDER BY id"


def test_messengers_are_ways_of_their_own(book: Book) -> None:
    made = table("Name|Phone|WhatsApp|LINE ID|Viber|Telegram|WeChat|Facebook Page",
                 "Ali|012-345 6789|013-222 3333|@ali|014 444 5555|t.me/ali|ali_wx; ali_shop|facebook.com/ali")
    before = dump(book)
    assert importing.run(book, made, "customers").problems == ()
    assert select(book, "SELECT kind, value, normal FROM channels ORDER BY position") == [
        ("phone", "012-345 6789", "+60123456789"), ("whatsapp", "013-222 3333", "+60132223333"),
        ("line", "@ali", "@ali"), ("viber", "014 444 5555", "+60144445555"), ("telegram", "t.me/ali", "ali"),
        ("wechat", "ali_wx", "ali_wx"), ("wechat", "ali_shop", "ali_shop"), ("facebook", "facebook.com/ali", "ali")]
    assert importing.run(book, made, "customers").updated == 0, "the same file again brings nothing"
    book.undo()
    assert dump(book) == before


def test_the_only_number_is_a_phone_whatever_messenger_is_on_it(book: Book) -> None:
    importing.run(book, table("Nama|WhatsApp", "Ali|013-222 3333"), "customers")
    assert select(book, "SELECT kind, label FROM channels") == [("phone", "WhatsApp")]


def test_shipping_addresses_of_accounts(book: Book) -> None:
    made = table("Account Name|Billing Street|Billing City|Billing Zip/Postal Code|Billing Country|Shipping Street|"
                 "Shipping City|Shipping State/Province|Shipping Zip/Postal Code|Shipping Country",
                 "Maju Sdn Bhd|12 Jalan A|Ipoh|30000|Malaysia|Lot 5|Klang|Selangor|41000|Malaysia", "Kedai B|||||||||")
    assert importing.run(book, made, "customers").problems == ()
    assert select(book, "SELECT address, city, postcode FROM customers ORDER BY id") == [
        ("12 Jalan A", "Ipoh", "30000"), (None, None, None)]
    assert select(book, SQL_PLACES) == [("Delivery", "Lot 5", "Klang", "Selangor", "41000", "MY")]
    assert importing.run(book, made, "customers").updated == 0


def test_numbered_addresses_of_google_each_with_its_label(book: Book) -> None:
    made = table("First Name|Last Name|Labels|Organization Name|Phone 1 - Value|Address 1 - Label|Address 1 - Street|"
                 "Address 1 - City|Address 2 - Label|Address 2 - Street|Address 2 - City|Address 4 - Street",
                 "Siti|Ali|VIP|Maju|012-345 6789|Work|12 Jalan A|Ipoh|Weekend|Lot 5|Kota Tinggi|Far away")
    assert importing.run(book, made, "contacts").problems == ()
    assert select(book, SQL_PLACES) == [(None, "12 Jalan A", "Ipoh", None, None, None),
                                        ("Weekend", "Lot 5", "Kota Tinggi", None, None, None)]
    assert "Far away" in select(book, "SELECT notes FROM contacts")[0][0]


def test_home_and_other_addresses_of_outlook(book: Book) -> None:
    made = table("First Name|Last Name|E-mail Address|Mobile Phone|Business City|Home Street|Home City|Other City",
                 "Siti|Ali|s@maju.my|012-345 6789|Ipoh|12 Jalan A|Klang|Muar")
    importing.run(book, made, "customers")
    assert select(book, "SELECT city FROM customers") == [("Ipoh",)]
    assert select(book, SQL_PLACES) == [("Home", "12 Jalan A", "Klang", None, None, None),
                                        ("Other", None, "Muar", None, None, None)]


def test_consents_and_refusals(book: Book) -> None:
    made = table("Name|Marketing consent|Legal basis|Consent date|Consent source|Unsubscribed",
                 "A|yes||2026-01-02|form|no", "B|no||||yes", "C|Service|Performance of a contract|||", "D|||||",
                 "E|opted out||2026-03-04||", "F|perhaps||||")
    result = importing.run(book, made, "customers")
    assert select(book, "SELECT name, no_marketing FROM customers ORDER BY id") == [
        ("A", 0), ("B", 1), ("C", 0), ("D", 0), ("E", 0), ("F", 0)]
    assert select(book, SQL_CONSENTS) == [
        ("marketing", "consent", "form", "2026-01-02", None), ("service", "contract", None, None, None),
        ("marketing", "consent", None, None, "2026-03-04")]
    assert [(problem.row, problem.column) for problem in result.problems] == [(7, "Marketing consent")]
    assert importing.run(book, made, "customers").updated == 0


def test_a_contact_who_opted_out_has_taken_the_consent_back(book: Book) -> None:
    made = table("Record ID|First Name|Last Name|Email|Lead Status|Create Date|Unsubscribed from all email|"
                 "Date of birth|WhatsApp Phone Number|Phone Number",
                 "7|Siti|Ali|s@maju.my|New|2026-01-02|true|1990-05-12|013-222 3333|03-1234 5678")
    assert importing.run(book, made, "contacts").problems == ()
    assert select(book, SQL_CONSENTS) == [("marketing", "consent", None, None, TODAY.isoformat())]
    assert select(book, "SELECT birthday FROM contacts") == [("1990-05-12",)]
    assert select(book, "SELECT kind FROM channels ORDER BY id") == [("phone",), ("email",), ("whatsapp",)]


def test_languages_of_papers(book: Book) -> None:
    made = table("Name|Language", "A|English", "B|ms-MY", "C|中文", "D|தமிழ்", "E|Klingon")
    result = importing.run(book, made, "customers")
    assert [row[0] for row in select(book, "SELECT language FROM customers ORDER BY id")] == [
        "en", "ms", "zh_TW", "ta", None]
    assert [problem.row for problem in result.problems] == [6]


@pytest.mark.parametrize("words", [
    "Nama|Telefon|Nombor WhatsApp|Alamat penghantaran|Jangan hubungi|Persetujuan|Tarikh persetujuan|Bahasa",
    "名稱|電話|WhatsApp 號碼|送貨地址|不要行銷|同意|同意日期|語言",
    "Pangalan|Telepono|Numero ng WhatsApp|Tirahan ng paghahatid|Walang marketing|Pahintulot|Petsa ng pahintulot|Wika",
    "नाम|फोन|WhatsApp नम्बर|डेलिभरी ठेगाना|बजार प्रचार नगर्ने|सहमति|सहमति मिति|भाषा",
    "பெயர்|தொலைபேசி|வாட்ஸ்அப்|விநியோக முகவரி|விளம்பரம் வேண்டாம்|ஒப்புதல்|ஒப்புதல் தேதி|மொழி"])
def test_headings_in_the_languages_of_the_window(book: Book, words: str) -> None:
    found = importing.propose(table(words, "A|012-345 6789|013-222 3333|Lot 5|no|yes|2026-01-02|English"), "customers",
                              book)
    assert [column.field for column in found.columns] == [
        "name", "phones", "whatsapp", "address_2", "no_marketing", "consent", "consent_on", "language"]


def test_what_is_left_aside_is_told(book: Book) -> None:
    result = importing.run(book, table("Name|Shoe size|Empty", "Ali|42|"), "customers")
    assert result.aside == ("Shoe size",)


def test_every_word_has_its_field() -> None:
    for kind in ("customers", "contacts"):
        keys = {item.key for item in fields(kind)}
        assert {key for meant in headings.known(kind).values() for _, key in meant} <= keys
