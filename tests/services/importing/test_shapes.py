"""The exports of well-known programs: recognised by their headings, every column in its field with no hand on it."""

from __future__ import annotations

import pytest

from desktop_crm.domain.importing import shapes
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from desktop_crm.services.importing.guessing import guess
from tests.books import dump
from tests.services.importing.tables import select, table

SHEETS = {
    "google": ("contacts", "First Name|Middle Name|Last Name|Phonetic First Name|Name Prefix|Nickname|File As|"
               "Organization Name|Organization Title|Birthday|Notes|Photo|Labels|E-mail 1 - Label|E-mail 1 - Value|"
               "E-mail 2 - Label|E-mail 2 - Value|Phone 1 - Label|Phone 1 - Value|Address 1 - Formatted|"
               "Address 1 - Street|Address 1 - City|Address 1 - Postal Code|Address 1 - Country|Website 1 - Value",
               "Siti|binti|Ali|||Ti||Maju Sdn Bhd|Buyer|--05-12|likes tea||VIP ::: * myContacts|* Work|s@maju.my|"
               "Home|siti@x.my ::: ti@x.my|Mobile|012-345 6789|12 Jalan A, Ipoh|12 Jalan A|Ipoh|30000|Malaysia|"
               "maju.my"),
    "google-old": ("contacts", "Name|Given Name|Additional Name|Family Name|Yomi Name|Birthday|Notes|Group Membership|"
                   "E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value|Organization 1 - Name|"
                   "Organization 1 - Title", "Siti binti Ali|Siti|binti|Ali||1990-05-12|likes tea|VIP ::: * myContacts|"
                   "* Work|s@maju.my|Mobile|012-345 6789|Maju Sdn Bhd|Buyer"),
    "outlook": ("contacts", "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|"
                "Business Street|Business City|Business Postal Code|Business Country/Region|Business Phone|Home Phone|"
                "Mobile Phone|E-mail Address|E-mail Type|E-mail Display Name|E-mail 2 Address|Birthday|Categories|"
                "Notes|Priority|Private|Sensitivity", "|Siti|binti|Ali||Maju Sdn Bhd|Sales|Buyer|12 Jalan A|Ipoh|30000|"
                "Malaysia|05-222 1111||012-345 6789|s@maju.my|SMTP|Siti|siti@x.my|12/5/1990|VIP|likes tea|Normal|"
                "False|Normal"),
    "apple": ("contacts", "First name|Last name|Phonetic first name|Organization|Job title|Email (home)|Email (work)|"
              "Phone (iPhone)|Phone (main)|Birthday|Note", "Siti binti|Ali||Maju Sdn Bhd|Buyer|siti@x.my|s@maju.my|"
              "012-345 6789||1990-05-12|likes tea"),
    "salesforce-contacts": ("contacts", "Salutation|First Name|Last Name|Title|Account Name|Mailing Street|"
                            "Mailing City|Mailing Zip/Postal Code|Mailing Country|Phone|Mobile|Email|Contact Owner",
                            "Ms|Siti binti|Ali|Buyer|Maju Sdn Bhd|12 Jalan A|Ipoh|30000|Malaysia|05-222 1111|"
                            "012-345 6789|s@maju.my|Mei"),
    "zoho-contacts": ("contacts", "Record Id|Contact Owner|Lead Source|First Name|Last Name|Account Name|Title|Email|"
                      "Mobile|Tag|Mailing Street|Mailing City|Created Time|Modified Time", "zcrm_1|Mei|Trade Show|"
                      "Siti binti|Ali|Maju Sdn Bhd|Buyer|s@maju.my|012-345 6789|VIP|12 Jalan A|Ipoh|"
                      "2026-01-02 10:00:00|2026-01-03 10:00:00"),
    "hubspot-contacts": ("contacts", "Record ID|First Name|Last Name|Email|Mobile Phone Number|Job Title|Lead Status|"
                         "Lifecycle Stage|Contact owner|Create Date|Associated Company", "7|Siti binti|Ali|s@maju.my|"
                         "012-345 6789|Buyer|In Progress|Lead|Mei|2026-01-02 10:00|Maju Sdn Bhd"),
    "bigin-contacts": ("contacts", "Record Id|Contact Owner|First Name|Last Name|Company Name|Title|Email|Mobile|"
                       "Created Time|Modified Time|Tag", "bigin_1|Mei|Siti binti|Ali|Maju Sdn Bhd|Buyer|s@maju.my|"
                       "012-345 6789|2026-01-02 10:00:00|2026-01-02 10:00:00|VIP"),
    "espocrm": ("contacts", "salutationName|firstName|lastName|title|accountName|emailAddress|phoneNumber|"
                "addressStreet|addressCity|assignedUserName|createdAt|modifiedAt", "Ms.|Siti binti|Ali|Buyer|"
                "Maju Sdn Bhd|s@maju.my|012-345 6789|12 Jalan A|Ipoh|Mei|2026-01-02 10:00:00|2026-01-02 10:00:00"),
    "monica": ("contacts", "first_name|last_name|nickname|description|job|company|email|phone|birthdate|is_starred|"
               "is_dead|food_preferences", "Siti binti|Ali|Ti|likes tea|Buyer|Maju Sdn Bhd|s@maju.my|012-345 6789|"
               "1990-05-12|0|0|no pork"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_people_with_their_company(book: Book, name: str) -> None:
    kind, headings, cells = SHEETS[name]
    made = table(headings, cells)
    shape = shapes.recognised(made.columns)
    assert shape is not None and shape.code == name.removesuffix("-old")
    assert shapes.recognised([heading.upper().replace(" ", "_") for heading in made.columns]) == shape
    assert guess(made, book) == kind
    before = dump(book)
    result = importing.run(book, made, kind)
    assert (result.created, result.problems) == (1, ())
    assert select(book, "SELECT t.name, t.role, c.name FROM contacts t JOIN customers c ON c.id = t.customer_id") == [
        ("Siti binti Ali", "Buyer", "Maju Sdn Bhd")]
    ways = select(book, "SELECT kind, normal FROM channels WHERE contact_id IS NOT NULL")
    assert {("email", "s@maju.my"), ("phone", "+60123456789")} <= set(ways)
    again = importing.run(book, made, kind)
    assert (again.created, again.updated, again.also_created, again.also_updated) == (0, 0, {}, {})
    book.undo()
    assert dump(book) == before


def test_a_phone_book_keeps_labels_birthday_tags_and_what_has_no_field(book: Book) -> None:
    importing.run(book, table(*SHEETS["google"][1:]), "contacts")
    assert select(book, "SELECT kind, value, label FROM channels ORDER BY id") == [
        ("phone", "012-345 6789", "Mobile"), ("email", "s@maju.my", "Work"), ("email", "siti@x.my", "Home"),
        ("email", "ti@x.my", "Home")]
    ((birthday, notes),) = select(book, "SELECT birthday, notes FROM contacts")
    assert birthday == "--05-12"
    assert set(notes.splitlines()) == {"Nickname: Ti", "Website 1 - Value: maju.my", "likes tea"}
    assert select(book, "SELECT street, city, postcode, country FROM addresses") == [
        ("12 Jalan A", "Ipoh", "30000", "MY")]
    assert [row[0] for row in select(book, "SELECT name FROM tags ORDER BY id")] == ["VIP", "myContacts"]


COMPANIES = {
    "pipedrive-organizations": "Organization - Name|Organization - Address|Organization - Owner|Organization - ID",
    "hubspot-companies": "Company name|City|Company owner|Record ID|Industry|Create Date",
    "zoho-accounts": "Account Name|Billing Street|Account Owner|Record Id|Industry|Created Time",
    "salesforce-accounts": "Account Name|Billing Street|Account Owner|Account ID|Industry|Billing City",
}


@pytest.mark.parametrize("name", COMPANIES)
def test_companies(book: Book, name: str) -> None:
    cells = {"Industry": "Retail", "Create Date": "2026-01-02", "Created Time": "2026-01-02 10:00:00",
             "Billing City": "Ipoh"}
    headings = COMPANIES[name].split("|")
    first = ["Maju Sdn Bhd", "Ipoh", "Mei", "A1"]
    made = table(COMPANIES[name], "|".join(first + [cells[heading] for heading in headings[4:]]))
    result = importing.run(book, made, guess(made, book))
    assert (result.shape, result.created, result.problems) == (name, 1, ())
    assert select(book, "SELECT c.name, c.external_id, s.name FROM customers c JOIN sellers s ON s.id = c.seller_id"
                  ) == [("Maju Sdn Bhd", "A1", "Mei")]


DEALS = {
    "pipedrive-deals": "Deal - Title|Deal - Value|Deal - Stage|Organization - Name|Person - Name|Deal - Owner",
    "hubspot-deals": "Deal Name|Amount|Deal Stage|Associated Company|Associated Contact|Deal owner|Record ID|"
                     "Close Date",
    "salesforce-opportunities": "Opportunity Name|Amount|Stage|Account Name|Contact Name|Opportunity Owner|"
                                "Opportunity ID|Close Date",
    "zoho-deals": "Deal Name|Amount|Stage|Account Name|Contact Name|Deal Owner|Record Id|Closing Date",
    "bigin": "Deal Name|Amount|Stage|Company Name|Contact Name|Deal Owner|Record Id|Closing Date|Sub-Pipeline",
    "odoo-crm": "Opportunity|Expected Revenue|Stage|Customer|Contact Name|Salesperson|External ID|Expected Closing",
}


@pytest.mark.parametrize("name", DEALS)
def test_deals_with_their_company_and_person(book: Book, name: str) -> None:
    cells = ["Tiles", "1200.50", "Closed Won", "Maju Sdn Bhd", "Siti binti Ali", "Mei", "D1", "2026-01-02", "Usual"]
    made = table(DEALS[name], "|".join(cells[:len(DEALS[name].split("|"))]))
    assert guess(made, book) == "deals"
    result = importing.run(book, made, "deals")
    assert (result.shape, result.created, result.problems) == (name, 1, ())
    assert select(book, "SELECT d.name, d.amount, d.status, c.name, s.name FROM deals d JOIN customers c "
                        "ON c.id = d.customer_id JOIN sellers s ON s.id = d.seller_id") == [
        ("Tiles", 120050, "won", "Maju Sdn Bhd", "Mei")]
    assert select(book, "SELECT t.name, c.name FROM contacts t JOIN customers c ON c.id = t.customer_id") == [
        ("Siti binti Ali", "Maju Sdn Bhd")]


@pytest.mark.parametrize(("name", "headings"), [
    ("salesforce-leads", "Lead ID|First Name|Last Name|Company|Email|Lead Source|Lead Status|Rating"),
    ("zoho-leads", "Record Id|First Name|Last Name|Company|Email|Lead Source|Lead Status|Lead Owner|Created Time"),
])
def test_leads(book: Book, name: str, headings: str) -> None:
    cells = ["L1", "Siti binti", "Ali", "Maju Sdn Bhd", "s@maju.my", "Web", "Contacted", "Mei", "2026-01-02 10:00:00"]
    made = table(headings, "|".join([*cells[:7], *(["Hot"] if name.startswith("sales") else cells[7:])]))
    result = importing.run(book, made, guess(made, book))
    assert (result.shape, result.created, result.problems) == (name, 1, ())
    assert select(book, "SELECT c.name, c.state, c.lead_state, c.external_id, p.name FROM customers c "
                        "JOIN customers p ON p.id = c.parent_id") == [
        ("Siti binti Ali", "lead", "contacted", "L1", "Maju Sdn Bhd")]


@pytest.mark.parametrize("headings", [
    "Name|Phone|E-mail|City", "Customer|Amount|Date", "Nama|Telefon|Alamat", "Tarikh|Jumlah|Pelanggan",
    "Name|Price|SKU", "Company|Industry|Website", "opportunity_id|sales_agent|product|account|deal_stage"])
def test_an_ordinary_list_is_of_no_known_program(headings: str) -> None:
    assert shapes.recognised(headings.split("|")) is None
