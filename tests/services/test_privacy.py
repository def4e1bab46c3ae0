"""What the privacy notice says is what the file holds and is set to: for everybody, and for one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.domain.documents import Party
from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.domain.privacy import CODED, KINDS, UNTOLD, Purpose
from desktop_crm.domain.sales import Sale
from desktop_crm.i18n import language
from desktop_crm.services import (
    activities,
    attachments,
    business,
    consents,
    contacts,
    custom_fields,
    customers,
    deals,
    encrypting,
    importing,
    privacy,
    sales,
    sellers,
)
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage.erasing import KEPT, REMOVED
from desktop_crm.storage.tables import metadata
from tests.books import TODAY, dump, new_book, second_place


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", name="Kedai Bukit")
    yield made
    made.close()


def test_every_place_of_a_person_is_told_or_says_nothing() -> None:
    """A new table or column about people has to be a kind of data on the notice, or be said to tell nothing."""
    told: dict[str, set[str]] = {}
    for kind in KINDS:
        for table, columns in kind.places.items():
            told.setdefault(table, set()).update(columns or metadata.tables[table].columns.keys())
    silent = {"distinctions"}                     # "not the same as": about two records, and about nobody
    assert set(told) | set(CODED) == (set(KEPT) | REMOVED) - silent
    for table in ("customers", "contacts"):
        assert told[table] | UNTOLD >= set(metadata.tables[table].columns.keys()), table


def test_an_empty_file_says_so(book: Book) -> None:
    made, words = privacy.notice(book)
    assert (made.held, made.own, made.purposes, made.sources, made.imported) == ((), (), (), (), False)
    assert (made.years, made.people, made.shared, made.second, made.customer) == (0, 0, False, False, None)
    assert made.seller == Party("Kedai Bukit") and made.law == "Personal Data Protection Act 2010 (PDPA)"
    assert words.code == "en" and privacy.lacking(book) == (
        "your address", "your phone or e-mail", "your registration number", "how long people are kept")


def test_the_settings_are_its_head_and_are_undone(book: Book) -> None:
    before = dump(book)
    business.set_business(book, {"address": "1 Jalan Ali\n68000 Ampang", "phone": "03-123", "email": "kedai@bukit.my",
                                 "registration": "2020", "keep_years": "7", "privacy_note": "Ask for Mei. \n"})
    made, _ = privacy.notice(book)
    assert made.seller == Party("Kedai Bukit", address=("1 Jalan Ali", "68000 Ampang"), phone="03-123",
                                email="kedai@bukit.my", numbers=(("Registration number", "2020"),))
    assert (made.years, made.note, privacy.lacking(book)) == (7, "Ask for Mei.", ())
    book.undo()
    assert dump(book) == before
    for key, value in (("keep_years", "0"), ("keep_years", "31"), ("keep_years", "two"), ("email", "no mail")):
        with pytest.raises(InvalidInput):
            business.set_business(book, {key: value})


def test_what_is_held_of_all_and_of_one(book: Book) -> None:
    field = custom_fields.add(book, "customers", "Shoe size", "number")
    custom_fields.add(book, "customers", "Never used")
    one = customers.add(book, {"name": "Aminah", "birthday": "1990-05-12", "language": "ms", "source_id": 1},
                        phones=["012-345 6789"])
    two = customers.add(book, {"name": "Ravi", "website": "https://ravi.example"}, emails=["ravi@example.my"])
    custom_fields.set_values(book, "customers", one, {field: 38})
    activities.log(book, {"name": "Called", "customer_id": two, "kind": "call"})
    sales.sell(book, Sale(two, total=5000))
    attachments.attach(book, "customers", one, [attachments.keep(book, "offer.pdf", b"an offer")])
    sellers.add(book, {"name": "Mei"})
    sellers.add(book, {"name": "gone", "active": False})
    everybody, _ = privacy.notice(book)
    assert everybody.held == (
        "Name", "Phone", "E-mail", "Web page", "Birthday", "Language and wishes", "Tags, state and score",
        "Calls, messages and visits", "Offers and purchases", "Payments, receipts and debts", "Source and seller",
        "Documents")
    assert (everybody.own, everybody.sources, everybody.people) == (("Shoe size",), ("Walk-in",), 1)
    assert [one.basis for one in everybody.purposes] == ["contract", "legal", "interest"]
    aminah, words = privacy.notice(book, person=one)
    assert words.code == "ms" and privacy.notice(book, "ta", one)[1].code == "ta"
    assert aminah.held == ("Name", "Phone", "Birthday", "Language and wishes", "Tags, state and score",
                           "Source and seller", "Documents")
    assert aminah.customer is not None and aminah.customer.name == "Aminah"
    assert (aminah.own, aminah.sources) == (("Shoe size",), (words.say("Walk-in"),))
    assert [one.basis for one in aminah.purposes] == ["interest"]
    business.rename_choice(book, "sources", 1, "Street")
    assert privacy.notice(book, "ta")[0].sources == ("Street",)
    ravi, _ = privacy.notice(book, person=two)
    assert ravi.held == ("Name", "E-mail", "Web page", "Tags, state and score", "Calls, messages and visits",
                         "Offers and purchases", "Payments, receipts and debts") and ravi.own == ()
    with pytest.raises(NotFound):
        privacy.notice(book, person=99)


def test_consents_are_purposes_of_all_and_stand_on_the_notice_of_their_own(book: Book) -> None:
    one, two = customers.add(book, {"name": "Aminah"}), customers.add(book, {"name": "Ravi"})
    consents.add(book, one, {"purpose": "marketing", "basis": "consent", "source": "form"})
    assert not privacy.notice(book)[0].shared
    consents.add(book, two, {"purpose": "sharing", "basis": "consent"})
    taken = consents.add(book, two, {"purpose": "pictures", "basis": "consent", "on_date": date(2026, 1, 5)})
    consents.edit(book, taken, {"withdrawn_on": TODAY})
    early, late = (consents.add(book, one, {"purpose": purpose, "basis": "consent", "on_date": date(2026, 1, 5)})
                   for purpose in ("service", "profile"))
    consents.edit(book, early, {"withdrawn_on": date(2026, 3, 1)})
    consents.edit(book, late, {"withdrawn_on": date(2026, 12, 1)})
    consents.add(book, two, {"purpose": "keeping", "basis": "legal"})
    made, _ = privacy.notice(book)
    assert made.purposes[1:] == (Purpose("Marketing", "consent"), Purpose("Sharing with partners", "consent"),
                                  Purpose("Notes about them", "consent")), "what is taken back later stands today"
    assert made.shared and made.consents == ()
    ravi, _ = privacy.notice(book, person=two)
    assert [one.purpose for one in ravi.consents] == ["keeping", "sharing", "pictures"] and len(ravi.purposes) == 1


def test_a_contact_person_has_one_too(book: Book) -> None:
    company = customers.add(book, {"name": "Kilang Maju", "language": "zh_TW"})
    contact = contacts.add(book, {"name": "Ali", "customer_id": company, "role": "Buyer"}, phones=["012-345 6789"])
    made, words = privacy.notice(book, person=contact, kind="contacts")
    assert words == language("zh_TW") and made.customer is not None
    assert (made.customer.name, made.customer.address, made.customer.phone) == ("Ali", ("Kilang Maju",),
                                                                               "012-345 6789")
    assert made.held == ("Name", "Phone", "Role and company")
    with pytest.raises(NotFound):
        privacy.notice(book, person=99, kind="contacts")


def test_lists_that_came_in_are_a_source_and_a_second_place_is_named(book: Book, tmp_path: Path) -> None:
    own = customers.add(book, {"name": "Typed"})
    table = tmp_path / "list.csv"
    table.write_text("Name\nAminah\n", encoding="utf-8")
    importing.run(book, table, "customers")
    (came,) = [key for key in customers.list_ids(book) if key != own]
    assert [privacy.notice(book, person=one)[0].imported for one in (0, own, came)] == [True, False, True]
    book.undo()
    assert not privacy.notice(book)[0].imported
    goods = tmp_path / "goods.csv"
    goods.write_text("Name\nRice\n", encoding="utf-8")
    importing.run(book, goods, "products")
    assert not privacy.notice(book)[0].imported  # a list of goods brought nobody
    importing.run(book, table, "contacts")
    assert privacy.notice(book, person=contacts.list_ids(book)[0], kind="contacts")[0].imported
    second_place(book.path, tmp_path)
    assert privacy.notice(book)[0].second


def test_the_source_of_a_deal_is_one_too(book: Book) -> None:
    one, two = customers.add(book, {"name": "Aminah"}), customers.add(book, {"name": "Ravi"})
    deals.add(book, {"name": "Fence", "customer_id": one, "source_id": 1})
    assert [privacy.notice(book, "en", who)[0].sources for who in (0, one, two)] == [("Walk-in",), ("Walk-in",), ()]


def test_it_says_whether_the_file_is_encrypted(book: Book, quick_keys: None) -> None:
    assert not privacy.notice(book)[0].encrypted
    path = book.path
    book.close()
    encrypting.change(path, "correct horse")
    locked = open_book(path, key=encrypting.unlock(path, "correct horse"))
    assert privacy.notice(locked)[0].encrypted
    locked.close()
