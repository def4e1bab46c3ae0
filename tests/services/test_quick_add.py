"""A typed line becomes a task: what it is, for whom, when; on Saturday, 21 November 2026, 14:32 in Kuala Lumpur."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.i18n import language
from desktop_crm.services import contacts, customers, deals, quick_add, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.services.quick_add import QuickTask
from tests.books import new_file

EN, MS = language("en"), language("ms")
NOW = datetime(2026, 11, 21, 6, 32, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Book]:
    new_file(tmp_path / "shop.crm")
    book = open_book(tmp_path / "shop.crm", clock=lambda: NOW)
    for name in ("Aminah Runcit Enterprise", "Bukit Tiles Sdn Bhd", "Bukit Bintang Cafe", "小明科技有限公司",
                 "முருகன் ஸ்டோர்ஸ்", "Mosaic World"):
        customers.add(book, {"name": name})
    yield book
    book.close()


def test_the_line_of_the_issue(shop: Book) -> None:
    found = quick_add.parse(shop, EN, "call Aminah tomorrow 10:00 about mosaic")
    assert found == QuickTask("Call Aminah about mosaic", "call", date(2026, 11, 22), "10:00", None, 1,
                              "Aminah Runcit Enterprise", remind_minutes=10)
    assert found.parts() == ("kind", "customer", "day", "time")


@pytest.mark.parametrize(("text", "kind", "customer"), [
    ("telefon Aminah esok 10 pagi", "call", "Aminah Runcit Enterprise"),
    ("lawat 小明 lusa", "visit", "小明科技有限公司"), ("visit முருகன் tomorrow", "visit", "முருகன் ஸ்டோர்ஸ்"),
    ("whatsapp aminah", "message", "Aminah Runcit Enterprise"), ("hantar emel kepada Aminah", "email",
                                                                 "Aminah Runcit Enterprise"),
    ("hantar barang esok", "delivery", ""), ("esok panggil Aminah", "call", "Aminah Runcit Enterprise"),
    ("Send mosaic samples to Aminah", "", "Aminah Runcit Enterprise"),
    ("meet Bukit Tiles friday", "meeting", "Bukit Tiles Sdn Bhd"), ("call Bukit", "call", ""),
    ("demo for Bukit Bintang", "demo", "Bukit Bintang Cafe"), ("thank Aminah", "thank_you", "Aminah Runcit Enterprise"),
    ("Prepare order for rooms 201–240", "", ""), ("Ask about payment of INV-0917", "", ""),
    ("call the new one", "call", ""), ("buy paper", "", ""),
])
def test_kind_and_customer(shop: Book, text: str, kind: str, customer: str) -> None:
    found = quick_add.parse(shop, MS if "esok" in text else EN, text)
    assert (found.kind, found.customer) == (kind, customer)


def test_a_contact_leads_to_the_customer_and_a_deal_to_both(shop: Book) -> None:
    contacts.add(shop, {"name": "Puan Zaleha", "customer_id": 2})
    deals.add(shop, {"name": "Yearly supply 2027", "customer_id": 4})
    assert quick_add.parse(shop, EN, "call Zaleha").customer_id == 2
    found = quick_add.parse(shop, EN, "sign the yearly supply monday")
    assert (found.customer_id, found.deal_id, found.deal) == (4, 1, "Yearly supply 2027")


def test_a_customer_of_the_same_name_as_a_longer_one_is_meant_when_written_whole(shop: Book) -> None:
    plain = customers.add(shop, {"name": "Aminah"})
    assert quick_add.parse(shop, EN, "call Aminah").customer_id == plain
    assert quick_add.parse(shop, EN, "call Aminah Runcit").customer_id == 1


def test_two_customers_of_one_name_are_not_guessed_between(shop: Book) -> None:
    for _ in range(2):
        customers.add(shop, {"name": "Tan Wei Ming"})
    assert quick_add.parse(shop, EN, "call Tan Wei Ming").customer_id is None


def test_a_customer_is_not_known_by_its_notes(shop: Book) -> None:
    customers.add(shop, {"name": "Lim", "notes": "Buys cement"})
    assert quick_add.parse(shop, EN, "ask cement price").customer_id is None


@pytest.mark.parametrize(("without", "name"), [
    (("day",), "Call Aminah tomorrow"), (("time",), "Call Aminah 10:00"),
    (("day", "time"), "Call Aminah tomorrow 10:00"), (("customer", "kind"), "Call Aminah"),
])
def test_a_part_left_out_stays_in_the_name(shop: Book, without: tuple[str, ...], name: str) -> None:
    found = quick_add.parse(shop, EN, "call Aminah tomorrow 10:00", without)
    assert found.name == name
    assert not set(found.parts()) & set(without)


def test_a_time_without_a_day_loses_its_day_with_the_time(shop: Book) -> None:
    found = quick_add.parse(shop, EN, "call Aminah 10:00", ("time",))
    assert (found.name, found.due_on, found.due_time) == ("Call Aminah 10:00", None, None)


def test_a_mark_of_importance(shop: Book) -> None:
    assert quick_add.parse(shop, EN, "! call Aminah").important
    assert quick_add.parse(shop, EN, "call Aminah !").name == "Call Aminah"
    assert quick_add.parse(shop, EN, "call Aminah!") == QuickTask("Call Aminah!", "call", customer_id=1,
                                                                  customer="Aminah Runcit Enterprise")


def test_it_is_added_as_it_was_read(shop: Book) -> None:
    found = quick_add.parse(shop, EN, "meet Aminah tomorrow 10:00-11:30 !")
    saved = tasks.get(shop, quick_add.add(shop, found))
    assert {key: saved[key] for key in ("name", "kind", "due_on", "due_time", "minutes", "customer_id", "important")} \
        == {"name": "Meet Aminah", "kind": "meeting", "due_on": date(2026, 11, 22), "due_time": "10:00",
            "minutes": 90, "customer_id": 1, "important": True}
    assert tasks.get(shop, quick_add.add(shop, QuickTask("Buy paper")))["kind"] == "follow_up"


def test_a_day_alone_is_nothing_to_do(shop: Book) -> None:
    found = quick_add.parse(shop, EN, "tomorrow 10:00")
    assert found.name == ""
    with pytest.raises(InvalidInput):
        quick_add.add(shop, found)
    assert tasks.list_ids(shop) == []


@pytest.mark.parametrize("text", ["<b>call</b> =1+1", "'; DROP TABLE tasks;--", '"quoted" * OR NEAR(', "\u202eevil",
                                  "a" * 3000, "!", "( ) [ ]", "٣ أيام"])
def test_hostile_lines_are_only_text(shop: Book, text: str) -> None:
    assert isinstance(quick_add.parse(shop, EN, text), QuickTask)


@pytest.mark.parametrize(("typed", "day"), [
    ("tomorrow", date(2026, 11, 22)), ("next friday", date(2026, 11, 27)), ("25/12/2026", date(2026, 12, 25)),
    ("25 Dec", date(2026, 12, 25)), ("", None),
])
def test_a_day_in_a_field(shop: Book, typed: str, day: date | None) -> None:
    assert quick_add.read_day(shop, EN, typed) == day


@pytest.mark.parametrize(("typed", "time"), [
    ("10", "10:00"), ("3pm", "15:00"), ("15:30", "15:30"), ("10 pagi", "10:00"), ("3.30", "15:30"), ("", None),
])
def test_a_time_in_a_field(shop: Book, typed: str, time: str | None) -> None:
    assert quick_add.read_time(shop, EN, typed) == time


@pytest.mark.parametrize("typed", ["soon", "25:00", "tomorrow", "10 tiles"])
def test_what_is_no_time_is_refused_at_its_field(shop: Book, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        quick_add.read_time(shop, EN, typed)
    assert refused.value.at == "due_time"


@pytest.mark.parametrize("typed", ["soon", "call tomorrow", "31/2/2026", "tomorrow 10:00"])
def test_what_is_no_day_is_refused(shop: Book, typed: str) -> None:
    with pytest.raises(InvalidInput):
        quick_add.read_day(shop, EN, typed)
