"""Deals: the file's own days, stages that it brings, lines, words for won and lost."""

from __future__ import annotations

import json

from desktop_crm.domain.deals import PIPELINES
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.services.importing.tables import select, table

DEALS = table(
    "opportunity_id|sales_agent|product|account|deal_stage|engage_date|close_date|close_value",
    "A1|Anna|GTX Pro|Cancity|Won|2016-10-20|2017-03-01|1054",
    "A2|Anna|GTX Pro||Engaging|2016-11-03||",
    "A3|Boris|MG|Isdom|Lost|2016-10-25|2017-03-11|0",
    "A4|Boris|MG||Prospecting|||",
)


def test_days_and_stages_are_the_files(book: Book) -> None:
    result = importing.run(book, DEALS, "deals")
    assert (result.created, result.also_created) == (4, {"products": 2, "customers": 2, "sellers": 2, "stages": 2})
    assert select(book, "SELECT d.external_id, d.name, s.name, d.status, d.amount, d.created_on, d.closed_on, "
                        "d.stage_on FROM deals d JOIN stages s ON s.id = d.stage_id ORDER BY d.id") == [
        ("A1", "GTX Pro", "Won", "won", 105400, "2016-10-20", "2017-03-01", "2017-03-01"),
        ("A2", "GTX Pro", "Engaging", "open", None, "2016-11-03", None, "2016-11-03"),
        ("A3", "MG", "Lost", "lost", 0, "2016-10-25", "2017-03-11", "2017-03-11"),
        ("A4", "MG", "Prospecting", "open", None, None, None, None)]


def test_the_stage_log_has_the_files_days(book: Book) -> None:
    importing.run(book, DEALS, "deals")
    assert select(book, "SELECT m.deal_id, b.name, a.name, m.on_date, m.at FROM stage_moves m LEFT JOIN stages b "
                        "ON b.id = m.from_stage_id JOIN stages a ON a.id = m.to_stage_id ORDER BY m.deal_id, m.id") == [
        (1, None, "New", "2016-10-20", None), (1, "New", "Won", "2017-03-01", None),
        (2, None, "Engaging", "2016-11-03", None),
        (3, None, "New", "2016-10-25", None), (3, "New", "Lost", "2017-03-11", None),
        (4, None, "Prospecting", None, None)]


def test_a_stage_log_ends_where_the_deal_stands(book: Book) -> None:
    """A stage that was corrected in the sheet is the last move of the log beside it, on the day that is known."""
    log = json.dumps([{"to": "New", "day": "2026-01-05"}, {"from": "New", "to": "Proposal", "day": "2026-02-01"}])
    importing.run(book, table("name|stage|Date created|Closed on|Stage log", f"a|Won|2026-01-05|2026-03-09|{log}",
                              f"b|Qualified|2026-01-05||{log}", f"c|Proposal|2026-01-05||{log}"), "deals")
    assert select(book, "SELECT d.name, a.name, m.on_date FROM stage_moves m JOIN deals d ON d.id = m.deal_id "
                        "JOIN stages a ON a.id = m.to_stage_id ORDER BY m.id") == [
        ("a", "New", "2026-01-05"), ("a", "Proposal", "2026-02-01"), ("a", "Won", "2026-03-09"),
        ("b", "New", "2026-01-05"), ("b", "Proposal", "2026-02-01"), ("b", "Qualified", None),
        ("c", "New", "2026-01-05"), ("c", "Proposal", "2026-02-01")]
    assert select(book, "SELECT name, stage_on FROM deals ORDER BY name") == [
        ("a", "2026-03-09"), ("b", None), ("c", "2026-02-01")]


def test_one_product_is_one_line(book: Book) -> None:
    importing.run(book, DEALS, "deals")
    assert select(book, "SELECT deal_id, quantity, price FROM deal_lines ORDER BY id") == [
        (1, 1000, 105400), (2, 1000, None), (3, 1000, 0), (4, 1000, None)]


def test_quantity_and_price(book: Book) -> None:
    importing.run(book, table("name|product|qty|unit price|amount", "a|P|3|2.50|", "b|P|4||10", "c|P|1.5|2|9"), "deals")
    assert select(book, "SELECT l.quantity, l.price, d.amount FROM deal_lines l JOIN deals d ON d.id = l.deal_id "
                        "ORDER BY l.id") == [(3000, 250, 750), (4000, 250, 1000), (1500, 200, 900)]


def test_new_stages_stand_by_their_likelihood(book: Book) -> None:
    importing.run(book, DEALS, "deals")
    names = [stage[0] for stage in PIPELINES[0][1]]
    assert select(book, "SELECT name, kind, probability FROM stages WHERE pipeline_id = 1 ORDER BY position")[:4] == [
        ("New", "open", 10), ("Prospecting", "open", 10), ("Engaging", "open", 20), ("Qualified", "open", 25)]
    assert [row[0] for row in select(book, "SELECT name FROM stages WHERE pipeline_id = 1 AND name NOT IN "
                                           "('Engaging', 'Prospecting') ORDER BY position")] == names


def test_words_for_won_and_lost_in_other_languages(book: Book) -> None:
    made = table("name|stage", "a|Closed Won", "b|Gagal", "c|成交", "d|gewonnen", "e|PERDIDO", "f|हारियो")
    assert importing.run(book, made, "deals").also_created == {}
    assert [row[0] for row in select(book, "SELECT status FROM deals ORDER BY id")] == [
        "won", "lost", "won", "won", "lost", "lost"]


def test_a_status_beside_the_stage_decides(book: Book) -> None:
    made = table("name|stage|status|close date", "a|Proposal|Won|2026-01-02", "b|Proposal|Open|2026-12-31",
                 "c|Proposal||", "d|Proposal|Lost|2026-01-03")
    importing.run(book, made, "deals")
    assert select(book, "SELECT s.name, d.closed_on, d.expected_on FROM deals d JOIN stages s ON s.id = d.stage_id "
                        "ORDER BY d.id") == [
        ("Won", "2026-01-02", None), ("Proposal", None, "2026-12-31"), ("Proposal", None, None),
        ("Lost", "2026-01-03", None)]


def test_a_list_of_sales_is_won(book: Book) -> None:
    importing.run(book, table("sale date|customer|amount", "2026-01-02|Ali|50", "|Abu|70"), "deals")
    assert select(book, "SELECT name, status FROM deals ORDER BY id") == [("Ali", "won"), ("Abu", "open")]


def test_an_update_moves_and_logs(book: Book) -> None:
    importing.run(book, DEALS, "deals")
    closed = table("opportunity_id|deal_stage|close_date|close_value",
                   "A2|Won|2017-05-01|900", "A1|Won|2017-03-01|1054")
    result = importing.run(book, closed, "deals")
    assert (result.updated, result.skipped) == (1, 1)
    assert select(book, "SELECT status, amount, closed_on, stage_on FROM deals WHERE id = 2") == [
        ("won", 90000, "2017-05-01", "2017-05-01")]
    assert select(book, "SELECT on_date FROM stage_moves WHERE deal_id = 2 ORDER BY id") == [
        ("2016-11-03",), ("2017-05-01",)]


def test_a_lead_who_bought_is_a_customer(book: Book) -> None:
    importing.run(book, table("name|status|created", "Cancity|New|2016-01-01"), "customers")
    importing.run(book, DEALS, "deals")
    assert select(book, "SELECT state, lead_state FROM customers WHERE name = 'Cancity'") == [("customer", "converted")]
    assert select(book, "SELECT before, after, on_date FROM state_moves ORDER BY id") == [
        (None, "lead", "2016-01-01"), ("lead", "customer", "2017-03-01")]


def test_an_amount_in_its_own_currency(book: Book) -> None:
    importing.run(book, table("name|amount|currency", "a|USD 12.50|", "b|1,000|JPY", "c|7|"), "deals")
    assert select(book, "SELECT amount, currency FROM deals ORDER BY id") == [
        (1250, "USD"), (1000, "JPY"), (700, "MYR")]
