"""What leaves the file for other programs and for paper: the cards of customers and contacts, and every list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_crm.domain.attachments import Attachment
from desktop_crm.domain.calendars import Calendar, Event
from desktop_crm.domain.cards import LABELS, AddressBook, Card, Entry, Photo, Place, Way
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import N_, InvalidInput, N_count, NotFound
from desktop_crm.domain.export_profiles import CsvForm, Profile
from desktop_crm.domain.importing.dates import order_of
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language, language
from desktop_crm.reports.report import Report
from desktop_crm.services import agenda, contacts, customers, outgoing_lists, segments, tasks
from desktop_crm.services.book import Book
from desktop_crm.services.outgoing_profiles import fitted
from desktop_crm.storage import attachments, listing, records
from desktop_crm.storage import contacts as contacts_storage
from desktop_crm.storage import customers as customers_storage
from desktop_crm.storage.conditions import by_ids
from desktop_crm.storage.unit_of_work import Connection

KINDS = ("customers", "contacts")
"""The kinds that leave as cards and address books too."""
LISTS = (*KINDS, "deals", "tasks", "payments", "products", "sellers", "activities")
"""The kinds that leave as tables."""
TABLES = (".csv", ".xlsx")
"""The files that a table is written to."""
CALENDARS = (".ics",)
"""The files that tasks are written to beside tables."""
_CARDS = (".vcf", *TABLES, ".html", ".pdf")
_WITHOUT_LINES = N_count("The products of {n} deal are not in it: this shape has no columns for them.",
                         "The products of {n} deals are not in it: this shape has no columns for them.")
_HOMELESS = N_count("{n} e-mail or phone is not in it: this shape has no column for it.",
                    "{n} e-mails and phones are not in it: this shape has no columns for them.")
_STAYING = N_count(
    "Documents, receipts and ticks in checklists stay in the file: {n} record has some.",
    "Documents, receipts and ticks in checklists stay in the file: {n} records have some.")
_UNDATED = N_count("{n} task without a day is not in it.", "{n} tasks without a day are not in it.")
_DAYLESS = N_count("{n} won deal without a day is not in it.", "{n} won deals without a day are not in it.")
_PART = 500  # records whose cards are made at once
_PEOPLE = "SELECT id, customer_id FROM contacts WHERE customer_id IN :ids ORDER BY id"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Records of a kind on their way out, in the order of `ids`; read anew whenever they are asked for.

    Only customers and contacts have cards and an address book. With a `profile` a table has its columns. `counted` has,
    once a table was made, its `rows` and what is not in it: `lines` of so many deals, so many e-mails and phones, what
    is `staying` of so many records, so many `dayless` sales.

    A calendar has the tasks that have a day; those that are `done`, and all `birthdays`, if they are asked for.
    """

    book: Book
    kind: str
    ids: Sequence[int]
    title: str = ""
    language: str = ""
    profile: Profile | None = None
    counted: dict[str, int] = field(default_factory=dict)
    done: bool = False
    birthdays: bool = False

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self.ids)

    @property
    def written(self) -> int:
        """How many records the file holds: some shapes take only a part of them."""
        return self.counted.get("rows", self.count)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The kinds of files that they can be written to."""
        if self.profile is not None:
            return TABLES
        return _CARDS if self.kind in KINDS else (*TABLES, *CALENDARS) if self.kind == "tasks" else TABLES

    @property
    def form(self) -> CsvForm:
        """How their CSV is written."""
        order = order_of((), self.book.business.country)
        return CsvForm() if self.profile is None else self.profile.form(order)

    def told(self, words: Language) -> list[str]:
        """What the table that was made does not hold, in sentences."""
        said = {"lines": _WITHOUT_LINES, "homeless": _HOMELESS, "staying": _STAYING, "undated": _UNDATED,
                "dayless": _DAYLESS}
        return [words.count(*said[key], self.counted[key]) for key in said if self.counted.get(key)]

    def cards(self) -> Iterator[Card]:
        """Their cards, photos included."""
        return cards(self.book, self.kind, self.ids)

    def entries(self) -> Iterator[Entry]:
        """The lines of an address book."""
        return entries(self.book, self.kind, self.ids)

    def table(self, progress: Callable[[int, int], None] | None = None) -> Report:
        """A table that an import understands again."""
        made = outgoing_lists.table(self.book, self.kind, self.ids, progress)
        if self.profile is None:
            self.counted["staying"] = outgoing_lists.staying(self.book, self.kind, self.ids)
            return made
        found = fitted(self.book, made, self.profile)
        kept = found.report.tables[0].ids
        self.counted.update(rows=len(kept), homeless=found.homeless, dayless=found.dayless)
        if self.kind == "deals" and self.profile.code != "ledger":
            self.counted["lines"] = outgoing_lists.without_lines(self.book, kept, found.keys)
        return found.report

    def events(self) -> Iterator[Event]:
        """The tasks as entries of a calendar, then the birthdays."""
        found = agenda.chosen(self.book, self.ids, self.done)
        born = agenda.born(self.book, self._words) if self.birthdays else []
        self.counted.update(rows=len(found.ids) + len(born), undated=found.undated)
        yield from agenda.events(self.book, found.ids, self._words)
        yield from born

    def calendar(self) -> Calendar:
        """What heads their calendar."""
        return agenda.calendar(self.book, self.title)

    @property
    def _words(self) -> Language:
        return language(self.language or self.book.business.language)

    def heading(self) -> AddressBook:
        """What heads their address book."""
        words = self._words
        now = self.book.business.local(self.book.now())
        made = words.say(N_("As of {when}"), when=f"{words.day(now.date(), 'long')}, {words.clock(now)}")
        title = self.title or words.say(N_("Address book"))
        return AddressBook(title, self.book.business.name, made, words.code, self.count)


def ids(book: Book, kind: str, segment: str = "") -> list[int]:
    """The customers, or contacts of the customers, of a segment or of the whole file; in the list's human order.

    Of the other kinds all records, oldest first, or the tasks of a segment's customers as they are due. Raises
    InvalidInput, naming the segments, for one that there is not, and for a segment of another kind.
    """
    if kind == "tasks" and segment.strip():
        of = customers.list_ids(book, segments.named(book, segment))
        return tasks.list_ids(book, TaskFilter(customers=tuple(of))) if of else []
    if kind not in KINDS:
        if segment.strip():
            raise InvalidInput(N_("A segment is of customers, their contacts and their tasks; leave it out for other "
                                  "lists. Nothing was written."), "segment")
        with book.read() as connection:
            return listing.ids(connection, kind)
    found = segments.named(book, segment) if segment.strip() else None
    wanted = customers.list_ids(book, found)
    return wanted if kind == "customers" else people(book, wanted if found is not None else None)


def people(book: Book, of: Sequence[int] | None) -> list[int]:
    """The contacts of some customers, in their order; all contacts for None."""
    if of is None:
        return contacts.list_ids(book)
    with book.read() as connection:
        found: dict[int, list[int]] = {}
        for start in range(0, len(of), _PART):
            for contact, customer in by_ids(connection, _PEOPLE, of[start:start + _PART]):
                found.setdefault(customer, []).append(contact)
    return [contact for customer in of for contact in found.get(customer, ())]


def cards(book: Book, kind: str, wanted: Sequence[int], photos: bool = True) -> Iterator[Card]:
    """The cards of customers or contacts, in the order asked for; those that are gone are left out.

    A photo that is no longer where it was kept is left out too.
    """
    for start in range(0, len(wanted), _PART):
        part = wanted[start:start + _PART]
        with book.read() as connection:
            made = (_customers if kind == "customers" else _contacts)(book, connection, part)
            pictures = _pictures(book, attachments.rows(connection, kind, part)) if photos else {}
        for key in part:
            if key in made:
                yield Card(**made[key], photo=pictures.get(key))


def entries(book: Book, kind: str, wanted: Sequence[int]) -> Iterator[Entry]:
    """The lines of an address book: customers with their contact people below them, or contacts alone."""
    for start in range(0, len(wanted), _PART):
        part = wanted[start:start + _PART]
        below: dict[str, list[Card]] = {}
        with book.read() as connection:
            homes = {row[0]: row[1] for row in by_ids(connection, _PEOPLE, part)} if kind == "customers" else {}
            uids = {key: row["external_id"] or row["uid"] for key, row in records.get_many(
                connection, kind, part).items()}
        for key, card in zip(homes, cards(book, "contacts", list(homes)), strict=True):
            below.setdefault(uids.get(homes[key], ""), []).append(card)
        for card in cards(book, kind, part):
            yield Entry(card, tuple(below.get(card.uid, ())))


def _customers(book: Book, connection: Connection, wanted: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = {row["id"]: row for row in customers_storage.exported(connection, wanted)}
    reach = customers_storage.channels(connection, "customer_id", wanted)
    places = _places(book, connection, "customer_id", wanted)
    marks = customers_storage.tags(connection, wanted)
    made = {}
    for key, row in rows.items():
        person = row["kind"] == "person"
        own = Place(row["address"] or "", row["city"] or "", row["region"] or "", row["postcode"] or "",
                    _country(book, row["country"]))
        ways = _ways(book, reach.get(key, ()))
        if row["website"] and row["website"] not in {way.value for way in ways}:
            ways = (*ways, Way("web", row["website"]))
        made[key] = {
            "name": row["name"], "kind": "person" if person else "company", "parts": _parts(row["name"], person),
            "nickname": row["call_name"] or "", "company": (row["parent"] or "") if person else row["name"],
            "ways": ways, "places": tuple(place for place in (own, *places.get(key, ())) if place.said),
            "birthday": row["birthday"] or "", "note": row["notes"] or "",
            "tags": tuple(name for _, name in marks.get(key, ())), "uid": row["external_id"] or row["uid"]}
    return made


def _contacts(book: Book, connection: Connection, wanted: Sequence[int]) -> dict[int, dict[str, Any]]:
    people = {row.id: row for row in contacts_storage.rows(connection, wanted)}
    rows = records.get_many(connection, "contacts", wanted)
    places = _places(book, connection, "contact_id", wanted)
    return {key: {
        "name": row["name"], "parts": _parts(row["name"], True), "company": people[key].customer or "",
        "title": row["role"] or "", "ways": _ways(book, people[key].channels), "places": tuple(places.get(key, ())),
        "birthday": row["birthday"] or "", "note": row["notes"] or "", "uid": row["external_id"] or row["uid"],
    } for key, row in rows.items()}


def _parts(name: str, person: bool) -> tuple[str, str, str, str, str]:
    """The whole name as the given one: which word is the family's differs from people to people."""
    return ("", name if person else "", "", "", "")


def _country(book: Book, code: str | None) -> str:
    return str(book.language.locale.territories.get(code or "", code or ""))


def _ways(book: Book, channels: Sequence[Channel]) -> tuple[Way, ...]:
    known = label_codes(book)
    return tuple(Way(item.kind, item.value, known.get(fold(item.label), item.label), item.preferred)
                 for item in channels)


def label_codes(book: Book) -> dict[str, str]:
    """The codes of the labels that every program knows, by their word in the file's language or in English, folded."""
    return {fold(word): code for code, title in LABELS.items() for word in (title, book.language.say(title))}


def _places(book: Book, connection: Connection, owner: str, wanted: Sequence[int]) -> Mapping[int, list[Place]]:
    known = label_codes(book)
    found: dict[int, list[Place]] = {}
    for row in by_ids(connection, f"SELECT {owner}, street, city, region, postcode, country, label FROM addresses "
                                  f"WHERE {owner} IN :ids ORDER BY position, id", wanted):
        label = row[6] or ""
        found.setdefault(row[0], []).append(Place(
            row[1] or "", row[2] or "", row[3] or "", row[4] or "", _country(book, row[5]),
            known.get(fold(label), label)))
    return found


def _pictures(book: Book, found: Mapping[int, Sequence[Attachment]]) -> dict[int, Photo]:
    pictures = {}
    for key, items in found.items():
        newest = next((item for item in reversed(items) if item.kind == "photo"), None)
        if newest is None:
            continue
        try:
            data = attachments.get(book.path, newest.sha256).read_bytes()
        except NotFound:
            continue
        pictures[key] = Photo(newest.media_type or "image/jpeg", data)
    return pictures
