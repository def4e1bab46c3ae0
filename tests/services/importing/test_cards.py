"""Cards into the business: contacts of their companies, customers where they name none, and all that they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.cards import Card, Photo, Place, Way
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.export.vcards import write_vcards
from desktop_crm.services import attachments, customers, importing, listing, outgoing
from desktop_crm.services.book import Book
from tests.books import dump

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
ALI = Card(
    name="Ali bin Bakar, Dato'", parts=("", "Ali", "", "", ""), company="Kedai Jaya", title="Boss", department="Jualan",
    nickname="Pak Ali", birthday="--05-12", note="Loud", tags=("VIP", "Raya"), uid="u-1", photo=Photo("image/png", PNG),
    ways=(Way("phone", "03-555 1234", "work fax"), Way("phone", "012-345 6789", "mobile", True),
          Way("email", "ali@b.my"), Way("whatsapp", "+60123456789"), Way("web", "https://b.my")),
    places=(Place("1 Jalan A", "Ipoh", "Perak", "30000", "Malaysia", "work"), Place("2 Jalan B", label="Stor")))
SITI = Card(name="Siti", parts=("", "Siti", "", "", ""), note="Quiet", tags=("VIP",), birthday="1980-03-22",
            ways=(Way("phone", "013-111 2222", "home"), Way("web", "https://siti.my")),
            places=(Place("9 Jalan C", "Klang", "", "", "Malaysia"), Place("8 Jalan D", "Johor", label="home")))
SHOP = Card(name="Kedai Jaya", kind="company", company="Kedai Jaya", ways=(Way("phone", "03-777 8888"),))


def bring(book: Book, *cards: Card, kind: str = "", more: str = "", **options: Any) -> importing.ImportResult:
    path = book.path.with_name("people.vcf")
    write_vcards(cards, path)
    path.write_bytes(path.read_bytes() + more.encode())
    return importing.run(book, path, kind, **options)


def rows(book: Book, kind: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in listing.rows(book, kind)}


def test_persons_of_a_company_are_contacts_and_the_others_customers(book: Book) -> None:
    result = bring(book, ALI, SITI, SHOP)
    assert (result.read, result.created, result.skipped) == (3, 3, 0)
    assert result.also_created == {"tags": 1}, "the company is a card itself"
    people, firms = rows(book, "contacts"), rows(book, "customers")
    assert set(people) == {"Ali bin Bakar, Dato'"}
    assert {name: row["kind"] for name, row in firms.items()} == {"Siti": "person", "Kedai Jaya": "company"}
    ali = people["Ali bin Bakar, Dato'"]
    assert (ali["customer"], ali["role"], ali["birthday"]) == ("Kedai Jaya", "Boss", "--05-12")
    assert ali["notes"] == "Department: Jualan\nNickname: Pak Ali\nTags: VIP; Raya\nLoud"
    assert [(way["kind"], way["value"], way["label"], way["preferred"]) for way in ali["channels"]] == [
        ("phone", "03-555 1234", "Work fax", False), ("phone", "012-345 6789", "Mobile", True),
        ("email", "ali@b.my", "", False), ("whatsapp", "+60123456789", "", False), ("web", "https://b.my", "", False)]
    siti = firms["Siti"]
    assert (siti["city"], siti["country"], siti["tags"], siti["birthday"]) == ("Klang", "MY", ["VIP"], "1980-03-22")
    assert siti["website"] == "https://siti.my"
    assert [(place["label"], place["city"]) for place in siti["addresses"]] == [("Home", "Johor")]


def test_what_the_cards_themselves_give_is_not_left_aside(book: Book) -> None:
    assert bring(book, ALI, SITI, SHOP).aside == ()
    assert bring(book, ALI, SHOP, kind="contacts").aside == ("Kind",), "the shop becomes a person"


def test_a_company_is_matched_by_name(book: Book) -> None:
    known = customers.add(book, {"name": "KEDAI JAYA"})
    bring(book, ALI)
    assert list(rows(book, "customers")) == ["KEDAI JAYA"]
    assert rows(book, "contacts")[ALI.name]["customer"] == "KEDAI JAYA"
    assert known


def test_the_same_file_again_changes_nothing(book: Book) -> None:
    bring(book, ALI, SITI, SHOP)
    before = dump(book)
    for kind in ("", "contacts"):
        result = bring(book, ALI, *((SITI, SHOP) if not kind else ()), kind=kind)
        assert (result.created, result.updated, result.changes) == (0, 0, None)
        assert dump(book) == before


def test_one_undo_takes_all_back(book: Book) -> None:
    before = dump(book)
    bring(book, ALI, SITI, SHOP)
    book.undo()
    assert dump(book) == before


@pytest.mark.parametrize("kind", ["contacts", "customers"])
def test_all_of_one_kind_where_that_is_asked_for(book: Book, kind: str) -> None:
    result = bring(book, ALI, SITI, kind=kind)
    assert (result.read, result.created) == (2, 2)
    assert {ALI.name, "Siti"} <= set(rows(book, kind))
    if kind == "customers":
        assert rows(book, kind)[ALI.name]["parent"] == "Kedai Jaya"
        assert rows(book, kind)[ALI.name]["kind"] == "person"


def test_a_photo_is_kept_beside_the_file(book: Book) -> None:
    bring(book, ALI)
    [contact] = [row["id"] for row in listing.rows(book, "contacts")]
    [photo] = attachments.of(book, "contacts", [contact])[contact]
    assert (photo.kind, photo.media_type, photo.sha256) == ("photo", "image/png", hashlib.sha256(PNG).hexdigest())
    assert attachments.path(book, photo).read_bytes() == PNG


def test_a_look_keeps_nothing_and_tells_the_same(book: Book) -> None:
    before = dump(book)
    looked = bring(book, ALI, SITI, SHOP, dry_run=True)
    assert dump(book) == before
    assert not book.path.with_name("shop.files").exists()
    done = bring(book, ALI, SITI, SHOP)
    assert (looked.created, looked.also_created) == (done.created, done.also_created)
    assert looked.preview is not None
    assert [(row.row, row.action, row.values["name"]) for row in looked.preview] == [
        (1, "create", ALI.name), (2, "create", "Siti"), (3, "create", "Kedai Jaya")]


def test_broken_cards_are_told_by_number(book: Book) -> None:
    result = bring(book, ALI, more="BEGIN:VCARD\nFN:Half\nBEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n")
    assert (result.read, result.created) == (1, 1)
    assert [(problem.row, problem.column) for problem in result.problems] == [(2, "vCard"), (3, "vCard")]


def test_only_the_rows_that_are_picked(book: Book) -> None:
    result = bring(book, ALI, SITI, SHOP, rows={1})
    assert (result.read, result.created, result.parked) == (1, 1, 2)
    assert list(rows(book, "customers")) == ["Siti"]


def test_what_came_in_goes_out_again(book: Book) -> None:
    bring(book, ALI, SITI)
    [ali] = outgoing.cards(book, "contacts", outgoing.ids(book, "contacts"))
    assert (ali.ways, ali.places, ali.photo, ali.birthday) == (ALI.ways, ALI.places, ALI.photo, ALI.birthday)
    assert (ali.company, ali.title, ali.uid) == ("Kedai Jaya", "Boss", "u-1")
    siti = next(card for card in outgoing.cards(book, "customers", outgoing.ids(book, "customers"))
                if card.name == "Siti")
    assert (siti.ways, siti.places, siti.tags, siti.note) == (SITI.ways, SITI.places, SITI.tags, SITI.note)


def test_a_table_wants_its_kind(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name\nAli\n", encoding="utf-8")
    with pytest.raises(InvalidInput):
        importing.run(book, path, "")
