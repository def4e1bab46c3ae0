"""Who is kept without a reason that the file knows, by hand: found, kept for another year, undone, merged, erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.i18n import language
from desktop_crm.services import (
    attachments,
    business,
    consents,
    contacts,
    data_health,
    data_repairs,
    erasing,
    merging,
    persons,
    retention,
)
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import TODAY, Clock, dump, new_book

EN = language("en")
LONG_AGO, EDGE = date(2018, 5, 1), date(2021, 11, 21)  # five years before today is the last day that counts as long


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock, home: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", clock=clock)
    business.set_business(made, {"keep_years": "5"})
    yield made
    made.close()


def plant(book: Book, table: str, **values: Any) -> int:
    """A row as an import or another program may have left it, unchecked."""
    if table == "deals":
        values |= {"pipeline_id": 1, "stage_id": 1, "currency": "MYR"}
    with book.work("plant") as work:
        return records.add(work.connection, table, values)


def person(book: Book, name: str, created: date | None = LONG_AGO, kind: str = "person") -> int:
    return plant(book, "customers", name=name, kind=kind, state="inactive", created_on=created)


def found(book: Book) -> dict[str, tuple[int, ...]]:
    return {kind: ids for kind, ids in retention.due(book).items() if ids}


def test_people_of_whom_nothing_happened_for_years_are_found(book: Book) -> None:
    gone = person(book, "Gone for long")
    edge, family = person(book, "To the day", EDGE), person(book, "Keluarga Ali", kind="household")
    person(book, "A day younger", EDGE + timedelta(days=1))
    person(book, "A company", kind="company")
    unknown = person(book, "Came in today without its day", None)
    for number, (table, values) in enumerate([
            ("activities", {"state": "held", "on_date": EDGE + timedelta(days=1)}),
            ("activities", {"state": "planned", "on_date": TODAY + timedelta(days=3)}),
            ("deals", {"status": "open", "created_on": LONG_AGO}),
            ("deals", {"status": "won", "created_on": LONG_AGO, "closed_on": TODAY}),
            ("deals", {"status": "lost", "created_on": EDGE + timedelta(days=1)}),  # closed on a day that nobody knows
            ("tasks", {}), ("tasks", {"done_on": TODAY}),
            ("payments", {"amount": 100, "currency": "MYR", "received_on": TODAY}),
            ("payments", {"amount": 100, "currency": "MYR", "due_on": LONG_AGO})]):
        plant(book, table, name="x", customer_id=person(book, f"Busy {number}"), **values)
    for table, values in (("activities", {"state": "cancelled", "on_date": TODAY}),
                          ("activities", {"state": "held", "on_date": EDGE}), ("tasks", {"done_on": EDGE}),
                          ("deals", {"status": "lost", "created_on": LONG_AGO, "closed_on": EDGE})):
        plant(book, table, name="x", customer_id=gone, **values)
    assert unknown not in found(book)["retention"]
    assert found(book) == {"retention": (gone, edge, family)}
    assert data_health.examine(book).of("retention") == (gone, edge, family)
    business.set_business(book, {"keep_years": "20"})
    assert found(book) == {}
    business.set_business(book, {"keep_years": ""})
    assert found(book) == {}


def test_contacts_are_looked_at_with_their_companies(book: Book) -> None:
    quiet, busy = person(book, "Quiet Sdn. Bhd.", kind="company"), person(book, "Busy Sdn. Bhd.", kind="company")
    plant(book, "activities", name="x", customer_id=busy, state="held", on_date=TODAY)
    ali, mei, siti, lone, child = (plant(book, "contacts", name=name, customer_id=of, created_on=LONG_AGO)
                                   for name, of in (("Ali", quiet), ("Mei", busy), ("Siti", quiet), ("Lone", None),
                                                    ("Child", person(book, "Parent"))))
    contacts.affiliate(book, siti, busy, "Adviser")
    assert found(book)["contact_retention"] == (ali, lone) and mei and child
    plant(book, "tasks", name="x", contact_id=lone)
    assert found(book)["contact_retention"] == (ali,)
    row = data_health.rows(book, "contact_retention", [ali], EN)[0]
    assert row is not None and (row.name, row.now, row.opens) == ("Ali", "last touched 1 May 2018",
                                                                  ("customers", quiet))
    plant(book, "activities", name="x", contact_id=ali, state="held", on_date=date(2020, 2, 3))
    row = data_health.rows(book, "contact_retention", [ali], EN)[0]
    assert row is not None and (row.now, row.after) == ("last touched 3 Feb 2020", "1 activity")
    retention.keep(book, [ali], "contacts", "his warranty runs")
    assert "contact_retention" not in found(book)


def test_what_happens_with_a_contact_alone_counts_as_well(book: Book) -> None:
    quiet, young = person(book, "Quiet Sdn. Bhd.", kind="company"), person(book, "Young Sdn. Bhd.", TODAY, "company")
    plant(book, "contacts", name="Of a new customer", customer_id=young, created_on=LONG_AGO)
    for number, (table, values) in enumerate([
            ("activities", {"state": "held", "on_date": EDGE + timedelta(days=1)}),
            ("activities", {"state": "planned", "on_date": TODAY}), ("tasks", {"done_on": EDGE + timedelta(days=1)})]):
        busy = plant(book, "contacts", name=f"Busy {number}", customer_id=quiet, created_on=LONG_AGO)
        plant(book, table, name="x", contact_id=busy, **values)
    gone = plant(book, "contacts", name="Gone", customer_id=quiet, created_on=LONG_AGO)
    for table, values in (("activities", {"state": "cancelled", "on_date": TODAY}),
                          ("activities", {"state": "held", "on_date": EDGE}), ("tasks", {"done_on": EDGE})):
        plant(book, table, name="x", contact_id=gone, **values)
    assert found(book) == {"contact_retention": (gone,)}


def test_what_is_held_is_counted_by_its_kind(book: Book) -> None:
    one = person(book, "Aminah")
    for table, values in (("deals", {"status": "lost", "created_on": LONG_AGO, "closed_on": LONG_AGO}),
                          ("payments", {"amount": 5, "currency": "MYR", "received_on": LONG_AGO}),
                          ("activities", {"state": "held", "on_date": LONG_AGO}),
                          ("activities", {"state": "held", "on_date": LONG_AGO})):
        plant(book, table, name="x", customer_id=one, **values)
    attachments.attach(book, "customers", one, [attachments.keep(book, "offer.pdf", b"an offer")])
    row = data_health.rows(book, "retention", [one], EN)[0]
    assert row is not None and row.after == "1 attached file, 1 deal, 1 payment, 2 activities"


def test_keeping_holds_for_a_year_and_is_undone_as_one_act(book: Book, clock: Clock) -> None:
    one, two = person(book, "Aminah"), person(book, "Ravi")
    plant(book, "deals", name="x", customer_id=one, status="won", created_on=LONG_AGO, closed_on=LONG_AGO)
    row = data_health.rows(book, "retention", [one], EN)[0]
    assert row is not None and (row.now, row.after) == ("last touched 1 May 2018", "1 deal")
    before = dump(book)
    done = data_repairs.repair(book, "retention", [one, two], reason="Warranty until 2028")
    assert (done.asked, done.done) == (2, 2) and found(book) == {}
    kept = consents.of(book, one)[0]
    assert (kept.purpose, kept.basis, kept.source, kept.on_date) == ("keeping", "interest", "Warranty until 2028",
                                                                     TODAY)
    data_repairs.take_back(book, done.work)
    assert dump(book) == before and found(book)["retention"] == (one, two)
    retention.keep(book, [one, one], basis="legal")
    assert len(consents.of(book, one)) == 1, "who is named twice is kept once"
    assert found(book)["retention"] == (two,)
    consents.edit(book, consents.of(book, one)[0].id, {"withdrawn_on": TODAY})
    assert found(book)["retention"] == (one, two), "the reason was taken back"
    book.undo()
    clock.now = datetime(2027, 11, 21, 4, tzinfo=UTC)
    assert found(book)["retention"] == (one, two)


def test_what_cannot_be_kept_is_refused_whole(book: Book) -> None:
    one = person(book, "Aminah")
    before = dump(book)
    for ids, more, error in (([], {}, InvalidInput), ([one], {"basis": "because"}, InvalidInput),
                             ([one], {"reason": "x" * 301}, InvalidInput), ([one, 999], {}, NotFound)):
        with pytest.raises(error):
            retention.keep(book, ids, **more)
    assert dump(book) == before


def test_who_took_back_all_consents_is_asked_about(book: Book) -> None:
    all_gone, some, open_deal, kept = (person(book, name, TODAY) for name in ("All gone", "Some", "Open", "Kept"))
    person(book, "Never asked", TODAY)
    early = {"purpose": "marketing", "basis": "consent", "on_date": date(2025, 1, 5)}
    back = {"withdrawn_on": date(2026, 2, 5)}
    for who in (all_gone, some, open_deal, kept):
        consents.add(book, who, {**early, **back})
    consents.add(book, all_gone, {**early, "purpose": "pictures", "withdrawn_on": TODAY})
    consents.add(book, some, {**early, "purpose": "pictures"})
    plant(book, "deals", name="x", customer_id=open_deal, status="open", created_on=TODAY)
    contact = contacts.add(book, {"name": "Ali"})
    plant(book, "consents", contact_id=contact, **early, **back)
    retention.keep(book, [kept], basis="legal", reason="Tax")
    assert found(book) == {"consent_ended": (all_gone,), "contact_consent_ended": (contact,)}
    row = data_health.rows(book, "consent_ended", [all_gone], EN)[0]
    assert row is not None and row.now == ("Pictures and names in public: taken back 21 Nov 2026; "
                                           "Marketing: taken back 5 Feb 2026")
    business.set_business(book, {"keep_years": ""})
    assert found(book)["consent_ended"] == (all_gone,)


def test_the_reason_goes_where_its_person_goes(book: Book) -> None:
    one, two = person(book, "Aminah"), person(book, "Aminah Twin")
    retention.keep(book, [two], reason="Qwarranty")
    merging.merge(book, one, [two])
    assert found(book) == {} and consents.of(book, one)[0].source == "Qwarranty"
    held = persons.data(book, persons.held(book, one), {})
    assert [row["source"] for row in held["records"]["consents"]] == ["Qwarranty"]
    erasing.erase(book, one)
    assert found(book) == {}                    # what stays has no name, and is nobody to decide about
    assert b"Qwarranty" not in book.path.read_bytes()


def test_files_that_are_gone_are_a_finding(book: Book) -> None:
    one = person(book, "Aminah", TODAY)
    kept = attachments.keep(book, "offer.pdf", b"an offer")
    lost = attachments.keep(book, "letter.pdf", b"a letter")
    first, second = attachments.attach(book, "customers", one, [kept, lost]).ids
    assert data_health.examine(book).of("file_missing") == () and first
    (book.path.with_name("shop.files") / lost.sha256).unlink()
    health = data_health.examine(book)
    assert health.of("file_missing") == (second,) and health.faults == 1
    row = data_health.rows(book, "file_missing", [second], EN)[0]
    assert row is not None and (row.name, row.now, row.opens) == ("letter.pdf", "Aminah", ("customers", one))
