"""Tasks and birthdays as the entries of a calendar that a phone takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.domain import birthdays
from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.addresses import Address
from desktop_crm.domain.calendars import Calendar, Event
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import N_
from desktop_crm.domain.reminders import due_at
from desktop_crm.domain.tasks import USUAL_MINUTES, TaskRow
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.services.book import Book
from desktop_crm.storage import birthdays as born_storage
from desktop_crm.storage import customers as customers_storage
from desktop_crm.storage import records, tasks
from desktop_crm.storage.unit_of_work import Connection

_PART = 500  # tasks that are read at once
_PHONES = 3
_OLDEST = 1900  # calendars know no days long before
_LEAP = 2000  # a year that has every day, for who does not say theirs


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tasks of a list that go into a calendar, in its order, and how many have no day to stand on."""

    ids: Sequence[int]
    undated: int


def chosen(book: Book, wanted: Sequence[int], done: bool = False) -> Chosen:
    """Which tasks of a list go into a calendar: those with a day, done ones only if they are asked for."""
    found: list[int] = []
    undated = 0
    for start in range(0, len(wanted), _PART):
        with book.read() as connection:
            for row in tasks.rows(connection, wanted[start:start + _PART]):
                if row.done_on is not None and not done:
                    continue
                undated += row.due_on is None
                found += [row.id] if row.due_on is not None else []
    return Chosen(found, undated)


def calendar(book: Book, name: str = "") -> Calendar:
    """What heads the entries; called as the business if it has no `name` of its own."""
    return Calendar(name or book.business.name, book.business.timezone, book.now())


# --- tasks ----------------------------------------------------------------------------------------------------------

def events(book: Book, wanted: Sequence[int], words: Language) -> Iterator[Event]:
    """The tasks with these ids that have a day, in their order; the customer, who to ask for and how in each."""
    for start in range(0, len(wanted), _PART):
        with book.read() as connection:
            rows = tasks.rows(connection, wanted[start:start + _PART])
            around = _Around(connection, [row for row in rows if row.due_on is not None])
        for row in rows:
            if row.due_on is not None:
                yield _event(book, row, row.due_on, around, words)


class _Around:
    """What belongs to some tasks: whole rows of them, their customers and contacts, and the phones of both."""

    def __init__(self, connection: Connection, rows: Sequence[TaskRow]) -> None:
        self.tasks = records.get_many(connection, "tasks", [row.id for row in rows])
        owners = sorted({row.customer_id for row in rows if row.customer_id is not None})
        people = sorted({task["contact_id"] for task in self.tasks.values() if task["contact_id"] is not None})
        self.customers = records.get_many(connection, "customers", owners)
        self.contacts = records.get_many(connection, "contacts", people)
        self._ways: dict[tuple[str, int], Sequence[Channel]] = {}
        for owner, ids in (("customer_id", owners), ("contact_id", people)):
            self._ways |= {(owner, key): found
                           for key, found in customers_storage.channels(connection, owner, ids).items()}

    def phones(self, task: Mapping[str, Any]) -> list[str]:
        """The numbers of the contact, then of the customer; the preferred ones first, each once."""
        ways = [way for owner in ("contact_id", "customer_id") for way in sorted(
            self._ways.get((owner, task[owner] or 0), ()), key=lambda way: not way.preferred)]
        return list(dict.fromkeys(way.value for way in ways if way.kind == "phone"))[:_PHONES]


def _event(book: Book, row: TaskRow, due_on: date, around: _Around, words: Language) -> Event:
    task, business = around.tasks[row.id], book.business
    customer = around.customers.get(row.customer_id or 0)
    start = business.local(due_at(business, due_on, row.due_time)) if row.due_time else due_on
    named = not row.customer or fold(row.customer) in fold(row.name)
    return Event(task["uid"], row.name if named else f"{row.name} · {row.customer}", start,
                 row.minutes or USUAL_MINUTES, None if row.done_on else row.ring_at,
                 _place(customer) if customer else "", _about(row, task, around, words),
                 words.say(KINDS[row.kind]) if row.kind in KINDS else "", row.important or row.urgent,
                 done=row.done_on is not None)


def _place(customer: Mapping[str, Any]) -> str:
    street, postcode, city, region = (customer[key] or "" for key in ("address", "postcode", "city", "region"))
    return Address(customer["id"], "", street, postcode, city, region).written


def _about(row: TaskRow, task: Mapping[str, Any], around: _Around, words: Language) -> str:
    contact = around.contacts.get(task["contact_id"] or 0)
    said = ((N_("Customer"), row.customer), (N_("Contact"), contact["name"] if contact else ""),
            (N_("Phone"), ", ".join(around.phones(task))), (N_("Deal"), row.deal), (N_("Seller"), row.seller))
    lines = [f"{words.say(title)}: {value}" for title, value in said if value]
    return "\n".join([*lines, *(("", task["notes"]) if task["notes"] else ())]).strip()


# --- birthdays ------------------------------------------------------------------------------------------------------

def born(book: Book, words: Language) -> list[Event]:
    """The birthdays of customers and contacts, each coming again every year."""
    with book.read() as connection:
        known = born_storage.known(connection)
    found = []
    for one in known:
        parts = birthdays.parts(one.birthday)
        if parts is not None:
            year, month, day = parts
            first = date(year if year is not None and year >= _OLDEST else _LEAP, month, day)
            found.append(Event(f"{one.uid}-birthday", words.say(N_("Birthday of {name}"), name=one.name), first,
                               about=one.company or "", yearly=True))
    return found
