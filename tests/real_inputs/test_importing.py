"""Real sales files: the published figures come out, in either order, again without change, and back by undo."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from desktop_crm.domain.errors import CrmError
from desktop_crm.readers import RawTable, Unreadable
from desktop_crm.readers.table import parse
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.books import dump, new_book
from tests.services.importing.tables import cells, select

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real input files (../shared/data) are not here")

CRM = DATA / "a_crm"
DEALS = CRM / "maven_iso" / "sales_pipeline_iso.csv"
MAVEN = [(CRM / "maven_mis443" / "sales_teams.csv", "sellers", 35),
         (CRM / "maven_mis443" / "products.csv", "products", 7),
         (CRM / "maven_mis443" / "accounts.csv", "customers", 85), (DEALS, "deals", 8800)]


def bring(book: Book, path: Path, kind: str) -> importing.ImportResult:
    return importing.run(book, parse(path), kind)


def check_figures(book: Book) -> None:
    """The published figures, and pandas' own sums over the same file."""
    assert select(book, "SELECT count(*), sum(status = 'won'), sum(status = 'lost'), sum(customer_id IS NULL), "
                        "sum(created_on IS NULL) FROM deals") == [(8800, 4238, 2473, 1425, 500)]
    assert select(book, "SELECT sum(amount), count(*) FROM deals WHERE status = 'won'") == [(1000553400, 4238)]
    by_product = dict(select(book, "SELECT p.name, sum(l.price) FROM deal_lines l JOIN products p "
                                   "ON p.id = l.product_id JOIN deals d ON d.id = l.deal_id "
                                   "WHERE d.status = 'won' GROUP BY p.name"))
    assert by_product["MG Advanced"] == 221638700
    frame = pd.read_csv(DEALS, keep_default_na=False)
    won = frame[frame["deal_stage"] == "Won"].assign(close_value=lambda rows: pd.to_numeric(rows["close_value"]))
    by_seller = {name: int(value) * 100 for name, value in won.groupby("sales_agent")["close_value"].sum().items()}
    assert dict(select(book, "SELECT s.name, sum(d.amount) FROM deals d JOIN sellers s ON s.id = d.seller_id "
                             "WHERE d.status = 'won' GROUP BY s.name")) == by_seller
    days = frame[["opportunity_id", "engage_date", "close_date"]].itertuples(index=False, name=None)
    assert select(book, "SELECT external_id, coalesce(created_on, ''), coalesce(closed_on, '') FROM deals "
                        "ORDER BY id") == list(days)


def test_four_files_in_order(book: Book) -> None:
    states = [dump(book)]
    for path, kind, rows in MAVEN:
        result = bring(book, path, kind)
        assert (result.read, result.created, result.updated, result.skipped) == (rows, rows, 0, 0)
        assert (result.problems, dict(result.also_created)) == ((), {"stages": 2} if kind == "deals" else {})
        states.append(dump(book))
    check_figures(book)
    assert select(book, "SELECT sum(amount) FROM deals d JOIN deal_lines l ON l.deal_id = d.id JOIN products p "
                        "ON p.id = l.product_id WHERE p.name = 'GTX Pro' AND d.status = 'won'") == [(351057800,)]
    assert select(book, "SELECT s.name, s.team, s.region FROM sellers s WHERE id = 1") == [
        ("Anna Snelling", "Dustin Brinkmann", "Central")]
    assert select(book, "SELECT c.name, c.industry, c.founded, c.employees, c.country, p.name FROM customers c "
                        "LEFT JOIN customers p ON p.id = c.parent_id WHERE c.name IN ('Cheers', 'Bioholding')") == [
        ("Bioholding", "medical", 2012, 1356, "PH", None),
        ("Cheers", "entertainment", 1993, 6472, "US", "Massive Dynamic")]
    for path, kind, rows in MAVEN:
        again = bring(book, path, kind)
        assert (again.created, again.updated, again.skipped, again.changes) == (0, 0, rows, None)
    for state in states[-2::-1]:
        book.undo()
        assert dump(book) == state


def test_deals_first(book: Book) -> None:
    empty = dump(book)
    first = bring(book, DEALS, "deals")
    assert dict(first.also_created) == {"sellers": 30, "products": 7, "customers": 85, "stages": 2}
    check_figures(book)
    counts = {kind: bring(book, path, kind) for path, kind, _ in MAVEN[:3]}
    assert [(kind, result.created, result.updated) for kind, result in counts.items()] == [
        ("sellers", 5, 30), ("products", 1, 6), ("customers", 0, 85)]  # GTXPro is as written not GTX Pro
    check_figures(book)
    for _ in range(4):
        book.undo()
    assert dump(book) == empty


def test_contacts_of_a_crm(book: Book) -> None:
    result = bring(book, CRM / "atomic_crm" / "contacts.csv", "contacts")
    frame = pd.read_csv(CRM / "atomic_crm" / "contacts.csv", keep_default_na=False, dtype=str)
    assert (result.created, dict(result.also_created), result.problems) == (
        500, {"customers": frame["company"].nunique(), "sellers": 1, "tags": 6}, ())
    assert select(book, "SELECT t.external_id, t.name, c.name FROM contacts t JOIN customers c ON c.id = t.customer_id "
                        "ORDER BY t.id") == [
        (row.id, f"{row.first_name} {row.last_name}", row.company) for row in frame.itertuples()]
    emails = sum(bool(value) for key in ("email_work", "email_home", "email_other") for value in frame[key])
    assert select(book, "SELECT count(*) FROM channels WHERE kind = 'email'") == [(emails,)]


def test_nothing_of_a_crms_contacts_is_dropped(book: Book) -> None:
    """Every filled cell of 500 rows and 24 columns is found again: in a field, a link, a way to reach, the notes."""
    path = CRM / "atomic_crm" / "contacts.csv"
    empty = dump(book)
    result = bring(book, path, "contacts")
    assert (result.shape, result.created, result.problems) == ("atomic", 500, ())
    frame = pd.read_csv(path, keep_default_na=False, dtype=str)
    people = {row[0]: row[1:] for row in select(
        book, "SELECT t.external_id, t.name, t.role, t.notes, t.created_on, c.name, c.external_id, s.name, t.id, c.id "
              "FROM contacts t JOIN customers c ON c.id = t.customer_id JOIN sellers s ON s.id = c.seller_id")}
    ways: dict[int, list[str]] = {}
    for owner, value in select(book, "SELECT contact_id, value FROM channels"):
        ways.setdefault(owner, []).append(value)
    tags: dict[int, set[str]] = {}
    for owner, name in select(book, "SELECT l.customer_id, t.name FROM customer_tags l JOIN tags t ON t.id = l.tag_id"):
        tags.setdefault(owner, set()).add(name)
    for row in frame.to_dict("records"):
        name, role, notes, created, company, company_id, seller, person, customer = people[row["id"]]
        lines = notes.splitlines()
        assert (name, role, company, company_id, seller) == (
            f"{row['first_name']} {row['last_name']}", row["title"], row["company"], row["company_id"], row["sales"])
        assert row["background"] in notes
        assert pd.Timestamp(row["first_seen"]).tz_convert("Asia/Kuala_Lumpur").date().isoformat() == created
        assert {f"{key}: {row[key]}" for key in ("gender", "last_seen", "has_newsletter", "status", "sales_id",
                                                 "nb_tasks")} <= set(lines)
        assert set(filter(None, row["tags"].replace(" ", "").split(","))) <= tags.get(customer, set())
        assert [row[key] for key in frame if key.startswith(("email_", "phone_")) and row[key]
                and " ".join(row[key].split()) not in ways[person]] == []
    book.undo()
    assert dump(book) == empty


def test_hostile_names_stay_as_they_are(book: Book) -> None:
    path = DATA / "e_strings" / "naughty_strings_subset.csv"
    result = importing.run(book, parse(path), "customers", overrides=[("value", "name"), ("category", "")])
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["value"].strip() for row in csv.DictReader(file)]
    found = select(book, "SELECT name FROM customers ORDER BY id")
    assert [row[0] for row in found] == [name for name in names if name]
    assert [problem.message for problem in result.problems] == ["{field} is missing; {fate}."] * names.count("")


@pytest.mark.parametrize(("name", "kind", "created", "problems"), [
    ("atomic_crm/contacts_export.csv", "contacts", 2, 0), ("export_shapes/european-semicolon.csv", "customers", 2, 0),
    ("export_shapes/excel-messy-export.csv", "customers", 2, 1),
    ("export_shapes/hubspot-export.csv", "customers", 3, 0),
    ("export_shapes/salesforce-leads.csv", "customers", 3, 1),
    ("odoo_import/m2m_customers_tags.csv", "customers", 5, 0),
    ("export_shapes/pipedrive_sample_import_row.csv", "contacts", 1, 0),
    ("odoo_import/o2m_customers_contacts.csv", "customers", 8, 0),
])
def test_exports_of_other_programs(book: Book, name: str, kind: str, created: int, problems: int) -> None:
    result = bring(book, CRM / name, kind)
    assert (result.created, len(result.problems)) == (created, problems)
    again = bring(book, CRM / name, kind)
    assert (again.created, again.updated, again.also_created) == (0, 0, {})


def test_transactions_as_payments(book: Book) -> None:
    path = DATA / "b_transactions" / "lifetimes" / "CDNOW_sample.txt"
    result = importing.run(book, parse(path), "payments", overrides=[
        ("Column 2", "customer"), ("Column 3", "received"), ("Column 5", "amount")])
    frame = pd.read_csv(path, sep=r"\s+", header=None, dtype=str)
    total = (pd.to_numeric(frame[4]) * 100).round().astype(int).sum()
    assert (result.created, result.also_created) == (len(frame), {"customers": frame[1].nunique()})
    assert select(book, "SELECT sum(amount), min(received_on) FROM payments") == [(int(total), "1997-01-01")]


_SUFFIXES = (".csv", ".tsv", ".psv", ".ssv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods")
TABLES = sorted(path for path in DATA.rglob("*") if path.suffix in _SUFFIXES and path.stat().st_size < 200_000)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = new_book(tmp_path_factory.mktemp("tables") / "shop.crm")
    yield made
    made.close()


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_table_ends_in_a_preview_or_a_sentence(shop: Book, path: Path) -> None:
    try:
        table: RawTable = parse(path)
    except Unreadable as error:
        assert str(error)
        return
    for kind in importing.KINDS:
        mapping = importing.propose(table, kind, shop)
        assert [column.column for column in mapping.columns] == list(table.columns)
        try:
            shown = importing.preview(shop, table, mapping, kind)
        except CrmError as error:
            assert str(error)
            continue
        assert shown.read == len(table.rows) == shown.created + shown.updated + shown.skipped


@pytest.mark.parametrize(("export", "kind", "fields"), [
    ("outlook_csv_as_written_by_google", "contacts", {
        "Home Street": "address_2", "Home City": "city_2", "Home Country": "country_2", "Other Street": "address_3",
        "Other Postal Code": "postcode_3", "Birthday": "birthday", "Business City": "city"}),
    ("outlook_live_com", "contacts", {"Home State": "region_2", "Other Country/Region": "country_3"}),
    ("salesforce_contact_columns_mapped_by_SuiteCRM", "contacts", {
        "Other Street": "address_2", "Other Zip/Postal Code": "postcode_2", "Email Opt Out": "no_marketing",
        "Birthdate": "birthday", "Mailing City": "city"}),
    ("salesforce_account_columns_mapped_by_SuiteCRM", "customers", {
        "Shipping Street": "address_2", "Shipping State": "region_2", "Billing City": "city"}),
    ("google_contacts_2024+", "contacts", {
        "Address 1 - City": "city", "Address 1 - Label": "", "Birthday": "birthday"}),
])
def test_the_columns_of_known_exports_have_their_homes(book: Book, export: str, kind: str,
                                                       fields: dict[str, str]) -> None:
    names = json.loads((CRM / "export_shapes" / "known_export_headers.json").read_text(encoding="utf-8"))[export]
    found = importing.propose(cells(names, ("",) * len(names)), kind, book)
    assert {column.column: column.field for column in found.columns if column.column in fields} == fields
