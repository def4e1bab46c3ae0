"""Conditions in words: read from lines and rows, told shortly, kept in segments, taken out with an erased person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_crm.domain.condition_fields import ASKED, TESTS, Given, Type
from desktop_crm.domain.conditions import Condition, Group, without_empty
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.i18n import language
from desktop_crm.services import conditions, custom_fields, customers, erasing, segments, sellers
from desktop_crm.services.book import Book
from tests.books import dump


@pytest.fixture
def known(book: Book) -> conditions.Vocabulary:
    ling = sellers.add(book, {"name": "Mei Ling"})
    customers.add(book, {"name": "Aminah", "region": "Johor", "heat": "hot", "seller_id": ling}, tags=["VIP"])
    customers.add(book, {"name": "Bala", "region": "Perak", "created_on": date(2026, 11, 19)})
    customers.add(book, {"name": "Chin", "credit_limit": 50_000})
    return conditions.vocabulary(book, language("en"))


def names(book: Book, group: Group) -> str:
    found = customers.list_ids(book, CustomerFilter(conditions=group))
    return " ".join(row.name for row in customers.rows(book, found))


@pytest.mark.parametrize(("line", "expected"), [
    ('region is "johor"', "Aminah"), ("region in Johor, Perak", "Aminah Bala"), ("region not in Johor", "Bala Chin"),
    ("tags has vip or credit_limit > 499.99", "Aminah Chin"), ("credit_limit > 500", ""),
    ("credit_limit between 600 and 400", "Chin"), ("credit_limit < 500.01", "Chin"), ("seller is 'mei ling'", "Aminah"),
    ("not heat", None), ("heat is Hot", "Aminah"), ("heat is not hot", "Bala Chin"),
    ("'Last contact' empty", "Aminah Bala Chin"), ("created_on before today", "Bala"),
    ("created_on <= 2026-11-19", "Bala"), ("created_on > 19/11/2026", "Aminah Chin"),
    ("created_on is today", "Aminah Chin"), ("created_on last 2 days", "Aminah Chin"),
    ("starred is no and open_deals = 0", "Aminah Bala Chin"), ("starred is not yes", "Aminah Bala Chin"),
    ("shoe is 5", None), ("region >= 5", None), ("heat is lukewarm", None), ("credit_limit is much", None),
    ("last_contact last ٠ days", None), ("created_on is friday-ish", None), ("owed last 5", None),
])
def test_a_line_lists_who_it_means(book: Book, known: conditions.Vocabulary, line: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(InvalidInput):
            known.parsed(line)
    else:
        assert names(book, known.parsed(line)) == expected


def test_conditions_are_told_in_a_few_words(known: conditions.Vocabulary) -> None:
    group = known.parsed("region is Johor and (heat in hot, warm or not starred) and paid >= 1500.50 and "
                         "last_contact last 1 and last_contact older than 30 and next_step between 2026-11-21 and "
                         "2026-12-01 and tags not in VIP and notes empty")
    told = [known.said(part) for part in group.parts]
    assert told == ["Region: Johor", "(Heat: Hot, Warm or Starred: no)", "Paid in all: at least 1,500.50",
                    "Last contact: in the last day", "Last contact: 30 days ago or longer",
                    "Next step: 21 Nov 2026 – 1 Dec 2026", "Tags: none of VIP", "Notes: is empty"]
    assert known.said(Condition("shoe", "is", "5")) == "A field that is no longer there"
    assert known.said(Condition("tags", "one_of", (99,))) == "Tags: …"


def test_a_choice_that_is_offered_no_longer_is_told_by_its_name(book: Book) -> None:
    level = custom_fields.add(book, "customers", "Level", "choice", ["Gold", "Silver"])
    wanted = conditions.vocabulary(book, language("en")).parsed("level in gold, silver")
    custom_fields.edit(book, level, choices=["Platinum", "Silver"])
    assert conditions.vocabulary(book, language("en")).listed(wanted) == "Level: Gold, Silver"


@pytest.mark.parametrize("part", [
    Condition("region", "sounds_like", "Johor"), Condition("region", "is", 5), Condition("region", "is", ("a", "b")),
    Condition("paid", "is", "much"), Condition("paid", "between", (5,)), Condition("heat", "one_of", "hot"),
    Condition("created_on", "on", "soon"), Condition("created_on", "last_days", 0), Condition("birthday", "next_days")])
def test_what_does_not_fit_is_told_and_has_no_row(known: conditions.Vocabulary, part: Condition) -> None:
    assert not known.asks(part) and known.said(part).endswith(": …")
    assert customers.list_ids(known.book, CustomerFilter(conditions=Group(True, (part,)))) == []


def test_every_field_is_offered_and_every_test_can_be_typed_and_told(known: conditions.Vocabulary) -> None:
    assert {key for key, _ in conditions.offered(known)} == set(known.fields)
    typed = {Type.TEXT: "x", Type.MONEY: "5", Type.NUMBER: "5", Type.DATE: "today"}
    for asked in ASKED.values():
        for key, test in TESTS[asked.type].items():
            values = {Given.NOTHING: [], Given.DAYS: ["30"], Given.TWO: [typed.get(asked.type, "")] * 2,
                      Given.SOME: [said for _, said in known.options(asked)][:2]}.get(test.given)
            made = known.condition(asked, key, [typed[asked.type]] if values is None else values)
            assert known.asks(made) and known.said(made).startswith(known.title(asked))
    with pytest.raises(InvalidInput):
        known.condition(ASKED["region"], "is", [" "])


def test_own_fields_are_asked_for_by_their_names(book: Book, known: conditions.Vocabulary) -> None:
    size, kind = custom_fields.add(book, "customers", "Shoe size", "number"), custom_fields.add(
        book, "customers", "Grade", "choice", ["Gold", "Silver"])
    deposit, since = (custom_fields.add(book, "customers", name, of) for name, of in (
        ("Deposit", "money"), ("Since", "date")))
    club, note = (custom_fields.add(book, "customers", name, of) for name, of in (("Club", "yes_no"), ("Note", "text")))
    custom_fields.set_values(book, "customers", 1, {size: Decimal("41.5"), kind: "Gold", club: True, note: "Big Feet"})
    custom_fields.set_values(book, "customers", 2, {size: 39, deposit: 12_050, since: date(2026, 11, 20), club: False})
    known = conditions.vocabulary(book, language("en"))
    assert dict(conditions.offered(known))[f"own:{size}"] == "Shoe size"
    for line, expected in (
            ('"shoe size" >= 41', "Aminah"), ("'Shoe size' = 41.5", "Aminah"), ("'Shoe size' < 41.5", "Bala"),
            ("grade is gold", "Aminah"), ("grade not in gold", "Bala Chin"), ("deposit between 120 and 121", "Bala"),
            ("since last 2", "Bala"), ("since empty", "Aminah Chin"), ("club", "Aminah"), ("not club", "Bala Chin"),
            ("note has feet", "Aminah"), ("note is not 'big feet'", "Bala Chin")):
        assert names(book, known.parsed(line)) == expected, line
    group = known.parsed("'shoe size' >= 41.5 and grade is gold")
    assert [known.said(part) for part in group.parts] == ["Shoe size: at least 41.5", "Grade: Gold"]
    custom_fields.delete(book, [size])
    assert names(book, group) == "" and conditions.vocabulary(book, language("en")).said(
        group.parts[0]) == "A field that is no longer there"


def test_a_segment_keeps_its_conditions_its_columns_and_its_order(book: Book, known: conditions.Vocabulary) -> None:
    wanted = CustomerFilter(states=("lead",), conditions=known.parsed(
        "region is Johor and (paid between 5 and 9 or heat is hot)"))
    key = segments.save(book, "Johor", wanted)
    assert segments.saved(book) == [segments.Segment(key, "Johor", wanted)]
    assert segments.named(book, "johor") == wanted
    before = dump(book)
    assert segments.arrange(book, key, (), "") is None
    assert segments.arrange(book, key, ("name", "paid"), "-paid") is not None
    assert segments.arrange(book, key, ("name", "paid"), "-paid") is None
    assert segments.saved(book) == [segments.Segment(key, "Johor", wanted, ("name", "paid"), "-paid")]
    segments.save(book, "Johor 2", wanted, key)
    assert segments.saved(book)[0].columns == ("name", "paid")
    book.undo()
    assert book.undo().message == "Columns of segment {name}"
    assert dump(book)["segments"] == before["segments"]


def test_what_a_later_version_keeps_in_a_condition_is_read_and_kept(book: Book) -> None:
    kept = '{"conditions": {"all": true, "parts": [{"field": "shoe", "test": "is", "value": [1, 2], "unit": "cm"}]}}'
    read = segments.read(kept)
    assert read.conditions == Group(True, (Condition("shoe", "is", (1, 2)),))
    assert segments.read(segments.stored(read)) == read


def test_a_person_is_erased_out_of_a_saved_condition(book: Book, known: conditions.Vocabulary) -> None:
    who = customers.add(book, {"name": "Faridah binti Ismail", "kind": "person"}, phones=["012-345 6789"])
    segments.save(book, "Hers", CustomerFilter(conditions=known.parsed(
        'name has Faridah or (phone is "0123456789" or parent is "faridah binti ismail") or region is Johor')))
    erasing.erase(book, who)
    kept = segments.stored(segments.saved(book)[0].filter)
    assert "aridah" not in kept and "3456789" not in kept and "Johor" in kept
    with book.read() as connection:
        journal = connection.exec_driver_sql("SELECT group_concat(coalesce(before, '') || coalesce(after, '')) "
                                             "FROM journal").scalar_one()
    assert "aridah" not in journal and "3456789" not in journal


def test_groups_that_say_nothing_are_left_out() -> None:
    one = Condition("starred", "yes")
    assert without_empty(Group(True, (Group(False), Group(False, (Group(True), one))))) == Group(
        True, (Group(False, (one,)),))
    assert without_empty(Group(True, (Group(False),))) is None


def test_what_may_change_the_answer_is_known(known: conditions.Vocabulary) -> None:
    assert conditions.tables(known.parsed("region is Johor and (owed > 5 or tags has VIP)")) == {
        "customers", "deals", "payments", "customer_tags", "tags"}
    assert conditions.tables(None) == set()
