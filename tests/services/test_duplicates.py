"""Duplicates found in a real file: the planted thousand, what is warned of on entry, and what was told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.domain.channels import normal
from desktop_crm.domain.duplicates import THRESHOLD
from desktop_crm.domain.errors import Cancelled
from desktop_crm.services import contacts, customers, duplicates
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import dump, new_book
from tests.services.planted import Person, town


def write(book: Book, people: list[Person]) -> None:
    """Put people into a file as an import does; their ids are their places, from 1."""
    with book.work("Import", bulk=True) as work:
        ids = records.add_many(work.connection, "customers", [one.row() for one in people])
        assert ids == list(range(1, len(people) + 1))
        records.add_many(work.connection, "channels", [
            {"customer_id": key, "kind": kind, "value": value, "normal": normal(kind, value, "MY")}
            for key, one in zip(ids, people, strict=True)
            for kind, value in (("phone", one.phone), ("email", one.email)) if value])


@pytest.mark.parametrize("seed", [1, 7])
def test_a_thousand_planted_duplicates_are_found_and_few_others(tmp_path: Path, seed: int) -> None:
    people, planted = town(seed)
    book = new_book(tmp_path / "shop.crm")
    write(book, people)
    groups = duplicates.scan(book)
    book.close()
    found = {(first - 1, second - 1) for group in groups for place, first in enumerate(group.ids)
             for second in group.ids[place + 1:]}
    right = found & set(planted)
    precision, recall = len(right) / len(found), len(right) / len(planted)
    print(f"\nduplicates, seed {seed}: precision {precision:.3f}, recall {recall:.3f} "
          f"({len(planted)} planted among {len(people)}, {len(found)} found)")
    assert min(precision, recall) >= 0.95
    assert all(group.likeness.confidence >= THRESHOLD and group.likeness.reasons for group in groups)


def test_one_about_to_be_saved_is_known_by_name_and_phone(book: Book) -> None:
    known = customers.add(book, {"name": "Seri Maju Sdn Bhd"}, phones=["012-345 6789"])
    customers.add(book, {"name": "Faridah binti Ismail"}, phones=["019-888 7766"])
    found = duplicates.like(book, {"name": "SERI MAJU"}, ["+60 12 3456789"])
    assert [(match.id, match.name, match.phone) for match in found] == [(known, "Seri Maju Sdn Bhd", "012-345 6789")]
    assert found[0].likeness.reasons == ("phone", "name")
    assert duplicates.like(book, {"name": "Seri Maju"}) == []
    assert duplicates.like(book, {"name": "Aminah binti Ismail"}, ["019-888 7766"]) == []
    assert duplicates.like(book, {"id": known, "name": "Seri Maju"}, ["012-345 6789"]) == []


def test_a_registration_number_is_known_however_it_is_written(book: Book) -> None:
    known = customers.add(book, {"name": "Kedai Harmoni Sdn Bhd"})
    with book.work("Number") as work:
        records.save(work.connection, "customers", known, {"registration": "202001-012345 (1234567-A)"})
    found = duplicates.like(book, {"name": "Harmoni Kedai", "registration": "1234567A"})
    assert [match.id for match in found] == [known] and found[0].likeness.reasons == ("registration", "name")


def test_a_contacts_phone_counts_for_their_company(book: Book) -> None:
    known = customers.add(book, {"name": "Kedai Harmoni"})
    contacts.add(book, {"name": "Aminah", "customer_id": known}, phones=["012-345 6789"])
    assert [match.id for match in duplicates.like(book, {"name": "Kedai Harmoni"}, ["0123456789"])] == [known]


def test_who_was_told_apart_is_not_shown_again_and_undo_brings_them_back(book: Book) -> None:
    pair = [customers.add(book, {"name": "Tan Wei Ming"}, phones=["012-345 6789"]) for _ in range(2)]
    assert [group.ids for group in duplicates.scan(book)] == [tuple(pair)]
    before = dump(book)
    duplicates.tell_apart(book, pair[::-1])
    duplicates.tell_apart(book, pair)
    assert [row[2:] for row in dump(book)["distinctions"]] == [tuple(pair)]
    assert duplicates.scan(book) == []
    assert duplicates.like(book, {"id": pair[1], "name": "Tan Wei Ming"}, ["012-345 6789"]) == []
    book.undo()
    assert dump(book) == before and len(duplicates.scan(book)) == 1


def test_three_are_one_group_and_a_scan_tells_how_far_it_is_and_stops(book: Book) -> None:
    ids = tuple(customers.add(book, {"name": name}, phones=["012-345 6789"])
                for name in ("Tan Wei Ming", "Wei Ming Tan", "Michael Tan Wei Ming"))
    told: list[tuple[int, int]] = []
    groups = duplicates.scan(book, step=lambda done, of: told.append((done, of)))
    assert [group.ids for group in groups] == [ids]
    assert groups[0].likeness.told() == ["phone", "name 0.92"]
    assert told and all(0 <= done <= of == 3 for done, of in told)

    def stop(done: int, of: int) -> None:
        raise Cancelled("Stopped. Nothing was changed.")

    with pytest.raises(Cancelled):
        duplicates.scan(book, step=stop)
