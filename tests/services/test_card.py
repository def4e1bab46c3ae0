"""What is known of a customer: ways to reach, addresses, consents, companies, groups, birthdays, their own clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.domain.sales import Sale
from desktop_crm.domain.trees import Sums
from desktop_crm.i18n import language
from desktop_crm.services import (
    addresses,
    birthdays,
    channels,
    consents,
    contacts,
    customers,
    deals,
    dunning,
    history,
    listing,
    local_time,
    mailing,
    payments,
    sales,
    search,
    trees,
)
from desktop_crm.services.book import Book
from tests.books import Clock, dump, new_book, redo_all, undo_all

EN = language("en")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    book = new_book(tmp_path / "shop.crm", clock=clock)
    yield book
    book.close()


@pytest.fixture
def ali(book: Book) -> int:
    return customers.add(book, {"name": "Ali Trading"}, phones=["012-345 6789", "03-1234 5678"], emails=["ali@x.my"])


def ways(book: Book, customer: int) -> list[tuple[str, str, bool]]:
    return [(way.kind, way.value, way.preferred) for way in customers.card(book, customer).channels]


def test_ways_are_added_preferred_moved_changed_and_removed_each_undone(book: Book, ali: int) -> None:
    before = dump(book)
    channels.add(book, ali, "line", "@ali", "Shop")
    ids = [way.id for way in customers.card(book, ali).channels]
    channels.prefer(book, ids[1])
    assert customers.rows(book, [ali])[0].phone == "03-1234 5678", "the list shows the preferred one"
    channels.prefer(book, ids[0])
    assert [way[2] for way in ways(book, ali)] == [True, False, False, False], "one of a kind at most"
    channels.move(book, ids[3], -9)
    assert [way[0] for way in ways(book, ali)] == ["line", "phone", "phone", "email"]
    channels.edit(book, ids[0], "whatsapp", "+60 12-345 6789")
    assert ways(book, ali)[1] == ("whatsapp", "+60 12-345 6789", False)
    channels.remove(book, ids[1])
    assert [way[1] for way in ways(book, ali)] == ["@ali", "+60 12-345 6789", "ali@x.my"]
    assert [hit.title for hit in search.find(book, "6789")] == ["Ali Trading"], "as a phone is"
    after = dump(book)
    for _ in range(6):
        book.undo()
    assert dump(book) == before
    redo_all(book)
    assert dump(book) == after


def test_a_way_that_cannot_be_one_changes_nothing(book: Book, ali: int) -> None:
    before = dump(book)
    for kind, value in (("web", "javascript:x"), ("email", "ali"), ("whatsapp", "x"), ("telegram", "@")):
        with pytest.raises(InvalidInput):
            channels.add(book, ali, kind, value)
    with pytest.raises(NotFound):
        channels.remove(book, 999)
    assert dump(book) == before


def test_the_form_keeps_what_a_way_is_preferred_by(book: Book, ali: int) -> None:
    first = customers.card(book, ali).channels[0].id
    channels.prefer(book, first)
    customers.edit(book, ali, {}, typed=[("phone", "Mobile", "012-999 8888", first)])
    assert ways(book, ali) == [("phone", "012-999 8888", True)]


def test_new_fields_are_checked_saved_told_and_listed(book: Book, ali: int) -> None:
    customers.edit(book, ali, {"birthday": "--05-12", "prefers": "line", "call_from": "09:00", "no_marketing": True,
                               "registration": "202001012345", "verified_on": date(2026, 11, 1)})
    for values in ({"birthday": "12 May"}, {"birthday": "2023-02-29"}, {"prefers": "pigeon"}, {"call_from": "25:00"}):
        with pytest.raises(InvalidInput):
            customers.edit(book, ali, values)
    said = [change.sentence for change in history.changes(book, EN, "customers", ali)]
    assert {"Birthday: — → 12/05", "Likes to be reached by: — → LINE", "No marketing: No → Yes"} <= set(said)
    row = listing.rows(book, "customers")[0]
    assert (row["birthday"], row["prefers"], row["no_marketing"], row["verified_on"]) == (
        "--05-12", "line", True, "2026-11-01")
    assert row["channels"][0] == {"kind": "phone", "label": "", "value": "012-345 6789", "preferred": False}
    assert [hit.title for hit in search.find(book, "202001012345")] == ["Ali Trading"]


def test_addresses_and_consents_stand_on_the_card_and_in_its_history(book: Book, ali: int) -> None:
    before = dump(book)
    store = addresses.add(book, ali, {"label": "Store", "street": "Jalan 1\nLot 2", "postcode": "40000",
                                      "city": "Klang"})
    addresses.edit(book, store, {"city": "Shah Alam", "street": "Jalan 1"})
    given = consents.add(book, ali, {"purpose": "marketing", "basis": "consent", "source": "a form"})
    consents.edit(book, given, {"on_date": date(2026, 11, 1), "withdrawn_on": date(2026, 11, 2)})
    assert [one.written for one in addresses.of(book, ali)] == ["Jalan 1, 40000 Shah Alam"]
    said = [change.sentence for change in history.changes(book, EN, "customers", ali)]
    assert "City: Klang → Shah Alam" in said and "Added: Marketing" in said
    row = listing.rows(book, "customers")[0]
    assert row["addresses"][0]["city"] == "Shah Alam" and row["consents"][0]["withdrawn_on"] == "2026-11-02"
    with pytest.raises(InvalidInput):
        consents.edit(book, given, {"on_date": date(2026, 11, 3), "withdrawn_on": date(2026, 11, 2)})
    with pytest.raises(InvalidInput):
        addresses.add(book, ali, {"label": "Nowhere"})
    addresses.delete(book, store)
    consents.delete(book, given)
    assert "Removed: Marketing" in [change.sentence for change in history.changes(book, EN, "customers", ali)]
    for _ in range(6):
        book.undo()
    assert dump(book) == before


def test_no_marketing_is_a_hard_stop_for_mailings_and_none_for_money_owed(book: Book, ali: int) -> None:
    refused = customers.add(book, {"name": "Said no", "no_marketing": True}, emails=["no@x.my"], phones=["0123456789"])
    withdrew = customers.add(book, {"name": "Took it back"}, emails=["back@x.my"])
    again = customers.add(book, {"name": "Agreed again"}, emails=["again@x.my"])
    silent = customers.add(book, {"name": "No e-mail"})
    for one in (withdrew, again):
        consents.add(book, one, {"purpose": "marketing", "basis": "consent", "on_date": date(2025, 1, 1),
                                 "withdrawn_on": date(2025, 2, 1)})
    consents.add(book, again, {"purpose": "marketing", "basis": "consent"})
    found = mailing.recipients(book, [again, refused, ali, withdrew, silent, 999])
    assert found == mailing.Mailing(("again@x.my", "ali@x.my"), 3, 1)
    sales.sell(book, Sale(customer_id=refused, total=5000, paid=0))
    assert "50.00" in dunning.reminder(book, refused, messenger="whatsapp").text


def test_a_person_belongs_to_several_companies_and_outlives_the_first(book: Book, ali: int) -> None:
    other = customers.add(book, {"name": "Bukit Tiles"})
    siti = contacts.add(book, {"name": "Siti", "role": "Owner", "customer_id": ali, "birthday": "1990-02-03"})
    contacts.affiliate(book, siti, other, "Adviser")
    assert contacts.list_ids(book, customer=other) == [siti] == contacts.list_ids(book, customer=ali)
    row = contacts.rows(book, [siti])[0]
    assert (row.role_at(ali), row.role_at(other), row.birthday) == ("Owner", "Adviser", "1990-02-03")
    assert listing.rows(book, "contacts")[0]["companies"] == [{"customer": "Bukit Tiles", "role": "Adviser"}]
    assert "Added: Siti" in [change.sentence for change in history.changes(book, EN, "customers", other)]
    with pytest.raises(InvalidInput):
        contacts.affiliate(book, siti, ali)
    before = dump(book)
    customers.delete(book, [ali])
    row = contacts.rows(book, [siti])[0]
    assert (row.customer, row.role, row.affiliations) == ("Bukit Tiles", "Adviser", ())
    book.undo()
    assert dump(book) == before
    contacts.leave(book, siti, other)
    assert contacts.list_ids(book, customer=other) == []
    contacts.edit(book, siti, {}, affiliations=[(other, "Partner"), (ali, "itself"), (other, "twice")])
    assert [(one.customer, one.role) for one in contacts.rows(book, [siti])[0].affiliations] == [
        ("Bukit Tiles", "Partner")]


def test_a_group_rolls_up_and_never_runs_in_a_circle(book: Book) -> None:
    top, left, leaf = (customers.add(book, {"name": name}) for name in ("Top", "Left", "Leaf"))
    alone = customers.add(book, {"name": "Alone", "kind": "household"})
    customers.edit(book, left, {"parent_id": top})
    customers.edit(book, leaf, {"parent_id": left})
    deals.add(book, {"name": "Open", "customer_id": leaf, "amount": 700})
    payments.add(book, {"amount": 300, "customer_id": top, "received_on": date(2026, 11, 1)})
    payments.add(book, {"amount": 50, "customer_id": left, "received_on": date(2026, 11, 1)})
    payments.add(book, {"amount": 99, "customer_id": left, "due_on": date(2026, 12, 1)})
    for one in (top, left, leaf):
        assert [(branch.name, branch.depth, branch.own, branch.whole) for branch in trees.tree(book, one)] == [
            ("Top", 0, Sums(paid=300), Sums(1, 700, 0, 350)), ("Left", 1, Sums(paid=50), Sums(1, 700, 0, 50)),
            ("Leaf", 2, Sums(1, 700), Sums(1, 700))]
    assert trees.tree(book, alone) == ()
    with pytest.raises(InvalidInput):
        customers.edit(book, top, {"parent_id": leaf})
    undo_all(book)


@pytest.mark.parametrize(("typed", "kept"), [
    ("12/5/1985", "1985-05-12"), ("--05-12", "--05-12"), ("1985-05-12", "1985-05-12"), ("12/5", "--05-12"),
    ("29/2", "--02-29"), ("12/5/85", "1985-05-12"), ("12 May", "--05-12"), ("", None), ("12/5/25", "2025-05-12")])
def test_birthdays_as_they_are_typed(book: Book, typed: str, kept: str | None) -> None:
    assert birthdays.read(book, EN, typed) == kept
    if kept:
        assert birthdays.read(book, EN, birthdays.typed(EN, kept)) == kept


@pytest.mark.parametrize(("typed", "kept"), [("12/5/1985", "1985-05-12"), ("12/5", "--05-12"), ("12 Mei", "--05-12")])
def test_birthdays_in_malay(book: Book, typed: str, kept: str) -> None:
    assert birthdays.read(book, language("ms"), typed) == kept


def test_birthdays_that_are_none_or_still_to_come(book: Book) -> None:
    for typed in ("32/1", "tomorrowish", "12/5/2199"):
        with pytest.raises(InvalidInput):
            birthdays.read(book, EN, typed)
    assert birthdays.said(book, EN, "1985-11-30") == ["30 Nov 1985", "40 years old", "birthday in 9 days"]
    assert birthdays.said(book, EN, "--11-21") == ["21 Nov", "birthday today"]


def test_the_time_there_the_night_and_the_hours_for_calls(book: Book, clock: Clock) -> None:
    dubai = customers.add(book, {"name": "Huda", "country": "AE", "call_from": "09:00", "call_until": "12:00"})
    taipei = customers.add(book, {"name": "小明"}, phones=["+886 2 2771 0094"])

    def there(one: int) -> local_time.There:
        card = customers.card(book, one)
        return local_time.there(book, card.values, card.channels)

    clock.now = datetime(2026, 11, 21, 6, 10, tzinfo=UTC)  # 10:10 in Dubai, 14:10 here and in Taipei
    found = there(dubai)
    assert (found.at, found.differs, found.night, found.fits) == (time(10, 10), True, False, True)
    assert not there(taipei).differs and there(taipei).fits
    later = found.later(datetime(2026, 11, 21, 19, 0, tzinfo=UTC))
    assert (later.at, later.night, later.fits) == (time(23), True, False)
    customers.edit(book, dubai, {"call_from": "22:00", "call_until": "02:00", "zone": "Asia/Kuala_Lumpur"})
    assert there(dubai).at == time(14, 10) and not there(dubai).fits
