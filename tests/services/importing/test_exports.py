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


@pytest.mark.parametrize("headings", [
    "Anrede|Vorname|Weitere Vornamen|Nachname|Firma|Position|Straße geschäftlich|Ort geschäftlich|"
    "Postleitzahl geschäftlich|Straße privat|Bundesland/Kanton privat|Fax geschäftlich|Telefon geschäftlich|"
    "Mobiltelefon|E-Mail-Adresse|E-Mail-Typ|Kategorien",
    "Titre|Prénom|Deuxième prénom|Nom|Société|Fonction|Rue (bureau)|Ville (bureau)|Code postal (bureau)|"
    "Rue (domicile)|Dép/Région (domicile)|Télécopie (bureau)|Téléphone (bureau)|Tél. mobile|Adresse de messagerie|"
    "Type de messagerie|Catégories",
    "Tratamiento|Nombre|Segundo nombre|Apellidos|Compañía|Puesto|Calle del trabajo|Ciudad de trabajo|"
    "Código postal del trabajo|Calle del domicilio|Provincia o estado de residencia|Fax del trabajo|"
    "Teléfono del trabajo|Móvil|Dirección de correo electrónico|Tipo de correo electrónico|Categorías"])
def test_outlook_where_it_speaks_german_french_or_spanish(book: Book, headings: str) -> None:
    made = table(headings, "Frau|Anna|Maria|Weiß|Weiß Bau AG|Buyer|Ring 5|Köln|50667|Gartenweg 3|Bayern|0221 12|"
                 "0221 987654|0170 1234567|anna@weiss.example|SMTP|VIP")
    result = importing.run(book, made, guess(made, book))
    assert (result.shape[:8], result.created, result.problems) == ("outlook-", 1, ())
    assert select(book, PEOPLE) == [("Anna Maria Weiß", "Weiß Bau AG")]
    assert select(book, "SELECT role, notes FROM contacts") == [("Buyer", f"{made.columns[0]}: Frau")]
    assert select(book, "SELECT street, city, postcode, region, label FROM addresses ORDER BY position") == [
        ("Ring 5", "Köln", "50667", None, "Work"), ("Gartenweg 3", None, None, "Bayern", "Home")]
    assert select(book, "SELECT value, label FROM channels ORDER BY position") == [
        ("0221 987654", "Work"), ("0170 1234567", "Mobile"), ("0221 12", "Fax"), ("anna@weiss.example", None)]


def test_a_surname_is_a_name_beside_a_given_one(book: Book) -> None:
    for headings in ("Nom|Prénom|Ville", "Name|Vorname|Ort", "Apellido|Nombre|Ciudad"):
        importing.run(book, table(headings, f"Weiß|Anna|{headings[-5:]}"), "customers")
    assert {row[0] for row in select(book, "SELECT name FROM customers")} == {"Anna Weiß"}


def test_a_list_of_a_ledger(book: Book) -> None:
    """The customer is who is invoiced, the full name the person there; a cell says what each number is."""
    made = table("Customer full name|Phone numbers|Email|Full name|Bill address|Ship address|Open balance",
                 "Golden Tiles|Phone:+60 3-1234 5678 Mobile:019-888 7777 Fax:03-1234 5679|a@x.my|Lim Wei|12 Jalan A|"
                 "Lot 9|120.50")
    result = importing.run(book, made, guess(made, book))
    assert (result.shape, result.problems, result.aside) == ("quickbooks", (), ())
    assert select(book, "SELECT name, address, notes FROM customers") == [
        ("Golden Tiles", "12 Jalan A", "Open balance: 120.50")]
    assert select(book, PEOPLE) == [("Lim Wei", "Golden Tiles")]
    assert select(book, "SELECT value, label FROM channels WHERE kind = 'phone' ORDER BY position") == [
        ("+60 3-1234 5678", None), ("019-888 7777", "Mobile"), ("03-1234 5679", "Fax")]


def test_an_address_of_the_net_of_a_connection_is_the_persons(book: Book) -> None:
    made = table("First Name|Last Name|URL|Email Address|Company|Position|Connected On",
                 "Siti|Ali|https://www.linkedin.com/in/siti||Maju Sdn Bhd|Buyer|12 Nov 2025")
    importing.run(book, made, guess(made, book))
    assert select(book, "SELECT website FROM customers") == [(None,)]
    assert select(book, "SELECT role, notes FROM contacts") == [
        ("Buyer", "URL: https://www.linkedin.com/in/siti\nConnected On: 12 Nov 2025")]


def test_a_cell_that_lists_all_associated_names_the_first(book: Book) -> None:
    importing.run(book, table("Record ID|First Name|Last Name|Lead Status|Associated Company",
                              "7|Siti|Ali||Maju;Golden", "8||||"), "contacts")
    assert select(book, PEOPLE) == [("Siti Ali", "Maju")]
    assert select(book, "SELECT notes FROM contacts") == [("Associated Company: Maju;Golden",)]
    importing.run(book, table("Record ID|Deal Name|Deal Stage|Close Date|Associated Company|Associated Contact",
                              "9|Tiles|New|2026-12-01|Maju|Siti Ali (s@maju.my);Wei (w@x.my)"), "deals")
    assert select(book, PEOPLE) == [("Siti Ali", "Maju")]
    importing.run(book, table("Record ID|Deal Name|Deal Stage|Close Date|Associated Company",
                              "10|Roof|New||Maju;Golden"), "deals")
    assert select(book, "SELECT d.name, c.name, d.notes FROM deals d JOIN customers c ON c.id = d.customer_id") == [
        ("Tiles", "Maju", "Associated Contact: Siti Ali (s@maju.my);Wei (w@x.my)"),
        ("Roof", "Maju", "Associated Company: Maju;Golden")]
    importing.run(book, table("Record ID|First Name|Last Name|Lead Status|Associated Company|"
                              "Associated Company (Primary)", "11|Wei|Tan||Maju;Golden|Golden"), "contacts")
    assert select(book, PEOPLE)[-1] == ("Wei Tan", "Golden")


def test_whom_a_program_keeps_without_a_name_is_called_by_how_to_reach_them(book: Book) -> None:
    google = table("First Name|Last Name|Labels|Organization Name|E-mail 1 - Value|Phone 1 - Value",
                   "|||||", "||VIP||only@mail.my|", "|||Kedai Ah Hock||03-2222 1111")
    result = importing.run(book, google, "contacts")
    assert (result.created, [problem.row for problem in result.problems]) == (2, [2])
    assert select(book, PEOPLE) == [("only@mail.my", None), ("03-2222 1111", "Kedai Ah Hock")]
    importing.run(book, table("Email Address|First Name|Last Name|Birthday|LEID|TAGS",
                              'raj@x.my|||05/14|7|"vip","2026"'), "customers")
    assert select(book, "SELECT name, kind, birthday FROM customers WHERE name LIKE '%@%'") == [
        ("raj@x.my", "person", "--05-14")]
    assert {row[0] for row in select(book, "SELECT name FROM tags")} == {"vip", "2026"}
    plain = importing.run(book, table("Name|Email", "|s@maju.my", "Siti|"), "customers")
    assert [problem.message for problem in plain.problems] == ["{field} is missing; {fate}."]


@pytest.mark.parametrize(("headings", "cells", "shape"), [
    ("ID|NAME|STAGENAME|AMOUNT|CLOSEDATE|CURRENCYISOCODE|ACCOUNTID|OWNERID",
     "7|Tiles|Closed Won|1250.50|2026-02-28|USD|Maju|Mei", "salesforce-opportunities"),
    ("ID|Name|Account|Stage|Amount|Amount Currency|Close Date|Assigned User|Created At",
     "7|Tiles|Maju|Closed Won|1250.50|USD|2026-02-28|Mei|2026-01-02", "espocrm-opportunities"),
    ("id|name|partner_id/name|stage_id/name|expected_revenue|company_currency/name|date_closed|user_id/name",
     "7|Tiles|Maju|Won|1250.50|USD|2026-02-28|Mei", "odoo-crm-fields"),
    ("Deal - ID|Deal - Title|Deal - Organization|Deal - Status|Deal - Value|Deal - Currency of Value|Deal - Won time|"
     "Deal - Lost time|Deal - Deal closed on|Deal - Owner",
     "7|Tiles|Maju|Won|1250.50|USD|2026-02-28||2026-02-28|Mei", "pipedrive-deals"),
    ("(Do Not Modify) Opportunity|Topic|Account|Status|Est. Revenue|Est. Close Date|Actual Close Date|Owner",
     "7|Tiles|Maju|Won|USD 1250.50|2026-12-01|2026-02-28|Mei", "dynamics-opportunities"),
])
def test_deals_in_their_own_currency(book: Book, headings: str, cells: str, shape: str) -> None:
    made = table(headings, cells)
    result = importing.run(book, made, guess(made, book))
    assert (result.shape, result.problems) == (shape, ())
    assert select(book, "SELECT d.external_id, d.name, d.amount, d.currency, d.status, d.closed_on, c.name, s.name "
                        "FROM deals d JOIN customers c ON c.id = d.customer_id JOIN sellers s ON s.id = d.seller_id"
                  ) == [
        ("7", "Tiles", 125_050, "USD", "won", "2026-02-28", "Maju", "Mei")]


def test_a_day_that_could_be_either_is_read_as_the_others_of_its_table(book: Book) -> None:
    importing.run(book, table("Name|Birthday|Date Created", "Siti|05/12/1990|01/22/2026"), "customers")
    assert select(book, "SELECT birthday FROM customers") == [("1990-05-12",)]
    importing.run(book, table("Name|Birthday|Date Created", "Wei|05/12/1990|2026-01-22"), "customers")
    assert select(book, "SELECT birthday FROM customers WHERE name = 'Wei'") == [("1990-12-05",)]


def test_a_pipeline_that_there_is_not_is_told_once(book: Book) -> None:
    result = importing.run(book, table("Deal name|Pipeline", "Tiles|General", "Roof|General", "Floor|Other"), "deals")
    assert [(problem.row, problem.column) for problem in result.problems] == [(2, "Pipeline"), (4, "Pipeline")]


def test_columns_of_further_programs(book: Book) -> None:
    importing.run(book, table("ID|NAME|PARENTID|BILLINGCITY", "A|Maju Sdn Bhd|B|Ipoh", "B|Maju Holdings||"),
                  "customers")
    assert select(book, "SELECT c.name FROM customers c JOIN customers k ON k.parent_id = c.id") == [("Maju Holdings",)]
    importing.run(book, table(
        "Record Id|Lead Owner|Company|First Name|Last Name|Lead Name|Salutation|Annual Revenue|Created Time",
        "7|Mei||Siti|Ali|Ms. Siti Ali|Ms.|5000.50|2026-01-02"), "customers")
    assert select(book, "SELECT name, notes FROM customers WHERE external_id = '7'") == [
        ("Siti Ali", "Salutation: Ms.\nAnnual Revenue: 5000.50")]
    importing.run(book, table(
        "First Name|Last Name|Title|Job Title|Company|Nickname|Address 1: Street 1|Address 1: State/Province|"
        "Address 1: Country/Region|Address 2: City|Owned By", "Siti|Ali|Ms|Buyer|Golden|Ti|12 Jalan A|Perak|Malaysia|"
        "Klang|Mei"), "contacts")
    assert select(book, "SELECT t.role, c.call_name, s.name FROM contacts t JOIN customers c ON c.id = t.customer_id "
                        "JOIN sellers s ON s.id = c.seller_id") == [("Buyer", None, "Mei")]
    assert select(book, "SELECT street, city, region, country FROM addresses ORDER BY position") == [
        ("12 Jalan A", None, "Perak", "MY"), (None, "Klang", None, None)]


def test_activities_with_a_length_on_the_clock(book: Book) -> None:
    importing.run(book, table("Activity - Subject|Activity - Done|Activity - Due date|Activity - Duration|"
                              "Activity - Assigned to user", "Call|Undone|2026-12-01|01:30|Mei"), "tasks")
    assert select(book, "SELECT t.minutes, t.done_on, s.name FROM tasks t JOIN sellers s ON s.id = t.seller_id") == [
        (90, None, "Mei")]


@pytest.mark.parametrize("headings", [
    "客戶編號|客戶名稱|聯絡人|職稱|手機|發票地址|業務員", "客户编号|客户名称|联系人|职称|手机|地址|负责人",
    "Customer no|Customer name|Contact person|Contact role|Phone|Address|Sales person"])
def test_a_customer_with_a_contact_person_is_called_by_its_own_name(book: Book, headings: str) -> None:
    made = table(headings, "A1|大同商行|陳小明|店長|0912-345-678|忠孝東路1號|美玲", "A2|王美玲|||0922-111-222||美玲")
    result = importing.run(book, made, "customers")
    assert (result.created, result.problems, result.aside) == (2, (), ())
    assert select(book, "SELECT external_id, name, address FROM customers ORDER BY id") == [
        ("A1", "大同商行", "忠孝東路1號"), ("A2", "王美玲", None)]
    assert select(book, "SELECT t.name, t.role, c.name FROM contacts t JOIN customers c ON c.id = t.customer_id") == [
        ("陳小明", "店長", "大同商行")]


def test_a_name_that_its_surname_is_no_part_of_is_the_given_one(book: Book) -> None:
    importing.run(book, table("Pangalan|Apelyido|Tala", "Juan|dela Cruz|suki"), "customers")
    importing.run(book, table("Name|Surname", "Siti Ali|Ali", "Wei Tan|Tan"), "customers")
    assert select(book, "SELECT name, notes FROM customers ORDER BY id") == [
        ("Juan dela Cruz", "suki"), ("Siti Ali", None), ("Wei Tan", None)]


def test_a_web_shop_a_ledger_and_a_chat_group(book: Book) -> None:
    shop = table("Customer Id|First Name|Last Name|Email|Billing First Name|Billing Phone|Billing Address 1|"
                 "Billing City|Shipping Address 1", "12|Siti|Ali|s@maju.my|Siti|0123456789|12 Jalan A|Ipoh|Lot 9")
    assert guess(shop, book) == "customers"
    importing.run(book, shop, "customers")
    importing.run(book, table("*ContactName|AccountNumber|SAAddressLine1|SACity|CompanyNumber",
                              "Maju Hardware|C001|Lot 5|Klang|199701012345"), "customers")
    group = table("Country Code|Phone Number|Formatted Phone|Is My Contact|Saved Name|Public Name|Group Name",
                  "60|60123456780|+60 12-345 6780|Yes|Kedai Ah Hock|hock|Ipoh",
                  "977|9779841234567|+977 984-1234567|No||Ram|")
    assert guess(group, book) == "customers"
    importing.run(book, group, "customers")
    assert select(book, "SELECT external_id, name, address, registration, notes FROM customers ORDER BY id") == [
        ("12", "Siti Ali", "12 Jalan A", None, None), ("C001", "Maju Hardware", None, "199701012345", None),
        (None, "Kedai Ah Hock", None, None, "Public Name: hock"),
        (None, "+977 984-1234567", None, None, "Public Name: Ram")]
    assert select(book, "SELECT street, city FROM addresses ORDER BY id") == [("Lot 9", None), ("Lot 5", "Klang")]
    assert select(book, "SELECT count(*) FROM channels WHERE kind = 'phone'") == [(3,)]


def test_an_id_of_a_customer_without_a_name_makes_no_customer(book: Book) -> None:
    importing.run(book, table("First Name|Last Name|Customer ID|Job title", "Siti|Ali|12|Buyer"), "contacts")
    assert select(book, "SELECT count(*) FROM customers") == [(0,)]
    assert select(book, "SELECT name, notes FROM contacts") == [("Siti Ali", "Customer ID: 12")]
