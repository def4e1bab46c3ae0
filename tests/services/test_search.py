"""Search finds what people type: accents, scripts, parts of phones, beginnings, and words mistyped."""

from __future__ import annotations

import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import activities, contacts, customers, deals, products, search, tasks
from desktop_crm.services.book import Book


@pytest.fixture
def people(book: Book) -> Book:
    for name, phone, email in (
            ("小明科技有限公司", "+886 2 2771 0094", "hello@xiaoming.tw"),
            ("Peña & Müller Builders", "089-771 554", ""),
            ("முருகன் ஸ்டோர்ஸ்", "03-3371 4455", ""), ("श्रेष्ठ ट्रेडर्स", "", "shrestha@example.com"),
            ("Aminah Runcit Enterprise", "012-345 6789", ""), ("O'Brien-Smith (100%)", "", "")):
        customers.add(book, {"name": name}, phones=[phone], emails=[email])
    return book


def _names(book: Book, typed: str) -> list[str]:
    return [hit.title for hit in search.find(book, typed) if hit.kind == "customers"]


@pytest.mark.parametrize(("typed", "name"), [
    ("小明", "小明科技有限公司"), ("科技", "小明科技有限公司"), ("明科", "小明科技有限公司"),
    ("pena", "Peña & Müller Builders"), ("MÜLLER", "Peña & Müller Builders"), ("mull build", "Peña & Müller Builders"),
    ("முருகன்", "முருகன் ஸ்டோர்ஸ்"), ("ஸ்டோ", "முருகன் ஸ்டோர்ஸ்"), ("ट्रेडर्स", "श्रेष्ठ ट्रेडर्स"), ("श्रे", "श्रेष्ठ ट्रेडर्स"),
    ("6789", "Aminah Runcit Enterprise"), ("345 6789", "Aminah Runcit Enterprise"),
    ("012-345", "Aminah Runcit Enterprise"), ("012345", "Aminah Runcit Enterprise"),
    ("0123456789", "Aminah Runcit Enterprise"), ("+60 12-345 6789", "Aminah Runcit Enterprise"),
    ("0094", "小明科技有限公司"), ("xiaoming", "小明科技有限公司"), ("shrestha@ex", "श्रेष्ठ ट्रेडर्स"),
    ("runcit", "Aminah Runcit Enterprise"), ("a", "Aminah Runcit Enterprise"), ("uncit", "Aminah Runcit Enterprise"),
    ("o'brien", "O'Brien-Smith (100%)"), ("100%", "O'Brien-Smith (100%)"),
])
def test_what_people_type_finds_it(people: Book, typed: str, name: str) -> None:
    assert name in _names(people, typed)


@pytest.mark.parametrize("typed", ["", " ", "\"", "*", "AND", "a OR b NOT c", "NEAR(a b)", "{name_fold}: x", "%", "_",
                                   "''--", "\x00", "😀", "a" * 5000])
def test_nothing_typed_can_break_it(people: Book, typed: str) -> None:
    search.find(people, typed)
    customers.list_ids(people, CustomerFilter(search=typed))


SIGNED = """Hi, please send the price of 200 tiles.

Best regards,
{name}
Sales Manager | Kedai Murni Sdn Bhd
{ways}"""


@pytest.mark.parametrize(("name", "ways", "found"), [
    ("Puan Aminah", "Tel: +60 12-345 6789 (mobile)", ["Aminah Runcit Enterprise"]),
    ("श्रेष्ठ", "E: SHRESTHA@example.com | W: www.example.com", ["श्रेष्ठ ट्रेडर्स"]),
    ("Siti", "H/P 019-888 7766 · hello@xiaoming.tw", ["小明科技有限公司"]),
    ("Aminah Runcit Enterprise", "aminah@nobody.my", ["Aminah Runcit Enterprise"]),
    ("Somebody Else", "else@nobody.my · 019-888 7766", []),
    ("Aminah Runcit Enterprise", "by hand", []),
])
def test_a_pasted_signature_finds_who_wrote_it(people: Book, name: str, ways: str, found: list[str]) -> None:
    assert _names(people, SIGNED.format(name=name, ways=ways)) == found


def test_a_pasted_number_among_words_finds_its_contact(people: Book) -> None:
    contacts.add(people, {"name": "Encik Zainal"}, phones=["019-222 3334"])
    assert [hit.title for hit in search.find(people, "Call me: 019-222 3334, Zul")] == ["Encik Zainal"]


def test_a_mistyped_word_is_forgiven(people: Book) -> None:
    assert search.find(people, "Amniah Runcti") == []
    assert [hit.title for hit in search.similar(people, "Amniah Runcti")][:1] == ["Aminah Runcit Enterprise"]


def test_every_kind_is_found_with_the_customer_it_belongs_to(book: Book) -> None:
    customer = customers.add(book, {"name": "Bukit Tiles"})
    contacts.add(book, {"name": "Encik Zainal", "customer_id": customer}, phones=["019-222 3334"])
    deals.add(book, {"name": "Zeppelin supply", "customer_id": customer})
    tasks.add(book, {"name": "Zip the samples", "customer_id": customer})
    products.add(book, {"name": "Zinc plate"})
    activities.log(book, {"name": "zealous talk", "customer_id": customer})
    hits = {hit.kind: hit for hit in search.find(book, "z")}
    assert set(hits) == {"contacts", "deals", "tasks", "products", "activities"}
    assert hits["contacts"].customer_id == customer and hits["deals"].subtitle == "Bukit Tiles"
    assert [hit.title for hit in search.find(book, "3334")] == ["Encik Zainal"]


def test_a_person_is_told_from_a_company(people: Book) -> None:
    customers.add(people, {"name": "Aminah binti Ali", "kind": "person"})
    assert [(hit.title, hit.person) for hit in search.find(people, "aminah")] == [
        ("Aminah binti Ali", True), ("Aminah Runcit Enterprise", False)]


def test_the_index_follows_edits_deletes_and_undo(people: Book) -> None:
    customer = customers.list_ids(people, CustomerFilter(search="runcit"))[0]
    customers.edit(people, customer, {"name": "Kedai Baharu"})
    assert _names(people, "runcit") == [] and _names(people, "baharu") == ["Kedai Baharu"]
    people.undo()
    assert _names(people, "runcit") == ["Aminah Runcit Enterprise"] and _names(people, "baharu") == []
    customers.delete(people, [customer])
    assert _names(people, "6789") == []
    people.undo()
    assert _names(people, "6789") == ["Aminah Runcit Enterprise"]


def test_a_list_narrowed_by_what_is_typed_finds_phones_too(people: Book) -> None:
    assert len(customers.list_ids(people, CustomerFilter(search="6789"))) == 1
    assert len(customers.list_ids(people, CustomerFilter(search="uncit"))) == 1
