"""Every real vCard comes in, card for card."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.domain.cards import Way
from desktop_crm.readers import read_table
from desktop_crm.readers.vcards import read
from desktop_crm.services import importing
from tests.books import new_book

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "d_vcard" / "ezvcard"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real vCards (../shared/data/d_vcard) are not here")

COUNTS = {"John_Doe_ANDROID.vcf": 6, "John_Doe_EVOLUTION.vcf": 1, "John_Doe_GMAIL.vcf": 1, "John_Doe_MS_OUTLOOK.vcf": 1,
          "gmail-list.vcf": 3, "outlook-2003.vcf": 1, "rfc2426-example.vcf": 2, "rfc6350-example.vcf": 1,
          "jcard-example.json": 1}
"""How many people are in each file, counted by hand."""


def test_no_file_is_forgotten() -> None:
    assert {path.name for path in DATA.iterdir() if path.suffix in (".vcf", ".json")} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_each_card_comes_in(name: str) -> None:
    found = read(DATA / name)[0]
    assert (len(found.whole), found.broken) == (COUNTS[name], ())


def test_all_come_into_one_business_and_again_nothing_new(tmp_path: Path) -> None:
    book = new_book(tmp_path / "shop.crm")
    try:
        done = {name: importing.run(book, DATA / name, "") for name in COUNTS if name != "John_Doe_GMAIL.vcf"}
        assert {name: (result.read, result.problems) for name, result in done.items()} == {
            name: (COUNTS[name], ()) for name in done}
        assert sum(result.created for result in done.values()) == sum(COUNTS[name] for name in done) - 1, \
            "the jCard is the same person as RFC 6350's"
        assert importing.run(book, DATA / "John_Doe_GMAIL.vcf", "").read == 1
        for name in ("John_Doe_ANDROID.vcf", "John_Doe_MS_OUTLOOK.vcf", "gmail-list.vcf", "outlook-2003.vcf"):
            again = importing.run(book, DATA / name, "")
            assert (again.created, again.updated, again.changes) == (0, 0, None)
    finally:
        book.close()


def test_in_the_child_process_it_is_the_same() -> None:
    table = read_table(DATA / "John_Doe_MS_OUTLOOK.vcf")
    assert table.cards == read(DATA / "John_Doe_MS_OUTLOOK.vcf")[0]
    assert table.lines == (1,)


def test_outlook_by_hand() -> None:
    card = read(DATA / "John_Doe_MS_OUTLOOK.vcf")[0].whole[1]
    assert (card.name, card.company, card.department, card.title, card.role, card.birthday) == (
        "Mr. John Richter James Doe Sr.", "IBM", "Accounting", "Money Counter", "Counting Money", "1980-03-22")
    assert card.ways == (
        Way("phone", "(905) 555-1234", "work"), Way("phone", "(905) 666-1234", "home"),
        Way("web", "http://www.ibm.com", "work"), Way("email", "john.doe@ibm.cm", preferred=True))
    assert [(place.street, place.label) for place in card.places] == [
        ("Cresent moon drive", "work"), ("Silicon Alley 5,", "home")]
    assert card.photo is not None
    assert card.photo.media_type == "image/jpeg"
    assert dict(card.more) == {"Messenger": "johny5@aol.com", "Anniversary": "2011-01-13", "Manager": "Big Blue",
                               "Assistant": "Jenny"}


def test_android_by_hand() -> None:
    cards = read(DATA / "John_Doe_ANDROID.vcf")[0].whole
    assert [card.name for card in cards.values()][:3] == ["john.doe@company.com", "jane.doe@company.com", "Ñ Ñ Ñ Ñ Ñ"]
    assert [(way.value, way.label) for way in cards[4].ways] == [
        ("123456", "mobile"), ("234567", "home"), ("3456789", "mobile"), ("45678901", "home")]
    assert cards[5].company == "Ñ" * 12
    assert cards[5].photo is not None
