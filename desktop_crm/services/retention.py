"""The review of who is kept: people without contact for years, or whose consents are all taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from desktop_crm.domain import data_health as health
from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.consents import FIELDS, KEEPING, PURPOSES, Consent
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language
from desktop_crm.services import erasing_words
from desktop_crm.services.book import Book
from desktop_crm.storage import consents, records, retention
from desktop_crm.storage.unit_of_work import Connection

KINDS = tuple(retention.QUERIES)
"""The kinds of findings that ask whether somebody is still to be kept."""


def due(book: Book) -> dict[str, tuple[int, ...]]:
    """Who is to be decided about today: ids by kind of finding."""
    with book.read() as connection:
        return {kind: retention.found(connection, kind, book.today(), book.business.years_kept) for kind in KINDS}


def keep(book: Book, ids: Sequence[int], of: str = "customers", reason: str = "", basis: str = "interest") -> Changes:
    """Note for customers or contacts (`of`) that there is a reason to keep them for another year; one undo step.

    It stands among their consents, with its basis (a key of consents.BASES). NotFound if one is gone, InvalidInput
    for nobody, another basis or too long a reason.
    """
    return keep_people(book, [(of, person) for person in ids], reason, basis)


def keep_people(book: Book, people: Iterable[tuple[str, int]], reason: str = "", basis: str = "interest") -> Changes:
    """Note it for customers and contacts, by kind and id, as one undo step; raises as `keep` does."""
    people = list(dict.fromkeys(people))
    if not people:
        raise InvalidInput(N_("Choose somebody first. Nothing was changed."), "ids")
    clean = fields.checked(FIELDS, {"purpose": KEEPING, "basis": basis, "source": reason}, new=True)
    with book.read() as connection:
        names = [records.title(connection, of, person) for of, person in people]
    label = N_("Keep {name} for another year") if len(people) == 1 else N_("Keep {count} people for another year")
    with book.work(label, name=names[0], count=len(people)) as work:
        records.add_many(work.connection, "consents", [
            {"customer_id": None, "contact_id": None, f"{of[:-1]}_id": person, **clean, "on_date": book.today()}
            for of, person in people])
    return work.done


def told(connection: Connection, kind: str, ids: Sequence[int], words: Language
         ) -> tuple[dict[int, str], dict[int, str]]:
    """What is found about people and what is held about them, in words, by id."""
    of = health.BY_KEY[kind].of
    things = {key: erasing_words.listed(words, counts)
              for key, counts in retention.hanging(connection, of, ids).items()}
    if kind.endswith("consent_ended"):
        given = consents.of_people(connection, of, ids)
        return {key: _taken_back(rows, words) for key, rows in given.items()}, things
    return {key: touched(words, day) for key, day in retention.last_touched(connection, of, ids).items()}, things


def touched(words: Language, day: str) -> str:
    """When something happened with somebody last (ISO, "" if unknown), in words."""
    return words.say(N_("last touched {day}"), day=words.day(date.fromisoformat(day))) if day else words.say(
        N_("never touched"))


def _taken_back(given: Sequence[Consent], words: Language) -> str:
    """The consents that were taken back, the last one first."""
    rows = sorted((one for one in given if one.purpose != KEEPING and one.withdrawn_on),
                  key=lambda one: str(one.withdrawn_on), reverse=True)
    return words.joined((words.joined((words.say(PURPOSES.get(one.purpose, one.purpose)),
                                       words.say(N_("taken back {day}"), day=words.day(one.withdrawn_on))), ":")
                         for one in rows), ";")
