"""What a user does with reminders that ring: see them, put them off, answer them.

Putting off and answering are acts like all others: named, in the history, undone by Ctrl+Z. A reminder that was sent
away by a slip of the hand would else be forgotten for good, and undoing an older change of the task over an answer
that cannot be undone would bring a ring back that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from desktop_crm.domain import reminders as rules
from desktop_crm.domain.business import Business
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.domain.reminders import Bell, Reminded, ReminderRow
from desktop_crm.services.book import Book
from desktop_crm.storage import records, reminders
from desktop_crm.storage.reminders import Ringing
from desktop_crm.storage.unit_of_work import Connection

_BELLS: WeakKeyDictionary[Book, Bell] = WeakKeyDictionary()


def bell(book: Book) -> Bell:
    """The one bell of an open file: what it has told stays told when the window is built anew."""
    return _BELLS.setdefault(book, Bell())


def due(book: Book, now: datetime, told: Mapping[int, datetime] | None = None) -> list[ReminderRow]:
    """The tasks that ring at an instant and are not answered, the latest ring first.

    `told` are rings that were told before, by task: they are among them also if the clock was set back.
    """
    known = told or {}
    with book.read() as connection:
        found = reminders.ringing(connection, now, known)
    return [_row(book.business, one, now) for one in found if one.state.ring_at is not None and rules.rings(
        one.state.ring_at, now, known.get(one.state.id))]


def next_ring(book: Book, now: datetime) -> datetime | None:
    """The instant of the first ring that is still to come, None if there is none."""
    with book.read() as connection:
        return reminders.next_after(connection, now)


def _row(business: Business, one: Ringing, now: datetime) -> ReminderRow:
    state = one.state
    due = rules.due_at(business, state.due_on, state.due_time) if state.due_on is not None else None
    return ReminderRow(state.id, one.name, one.kind, one.customer_id, one.customer,
                       business.local(due) if due is not None else None, state.due_time is not None,
                       now - due if due is not None else None, state.ring_at or now)


def snooze(book: Book, ids: Sequence[int], until: datetime) -> Changes:
    """Let ringing reminders ring again at an instant."""
    changes = _set(book, ids, until, N_("Snooze {name}"), N_("Snooze {count} reminders"))
    bell(book).forget(ids)
    return changes


def answer(book: Book, ids: Sequence[int]) -> Changes:
    """Send reminders away; their tasks stay as they are, and ring no more unless their due or reminder changes."""
    return _set(book, ids, None, N_("Dismiss the reminder of {name}"), N_("Dismiss {count} reminders"))


def _set(book: Book, ids: Sequence[int], ring: datetime | None, one: str, many: str) -> Changes:
    with book.read() as connection:
        name = records.title(connection, "tasks", ids[0]) if len(ids) == 1 else ""
    with book.work(one if len(ids) == 1 else many, name=name, count=len(ids)) as work:
        now = {state.id: state.ring_at for state in reminders.states(work.connection, ids)}
        reminders.set_rings(work.connection, {task: ring for task in ids if now.get(task) != ring})
    return work.done


# --- for what changes tasks -------------------------------------------------------------------------------------------

def of_new(book: Book, values: Mapping[str, Any]) -> dict[str, Any]:
    """A new task's reminder and its first ring: as said, else the business's usual one if the task has a time."""
    minutes = values["remind_minutes"] if "remind_minutes" in values else (
        book.business.reminder if values.get("due_on") and values.get("due_time") else None)
    state = Reminded(0, values.get("due_on"), values.get("due_time"), minutes, values.get("done_on"))
    return {"remind_minutes": minutes, "ring_at": rules.next_ring(book.business, state, book.now())}


def after(book: Book, connection: Connection, ids: Sequence[int],
          values: Mapping[str, Any]) -> dict[datetime | None, list[int]]:
    """The tasks by the ring that they have once `values` are theirs; those without a reminder have none."""
    known = {state.id: state for state in reminders.states(connection, ids)}
    now, found = book.now(), dict[datetime | None, list[int]]()
    for task in ids:
        before = known.get(task) or Reminded(task, None, None, None, None)
        found.setdefault(rules.ring_after(book.business, before, _changed(before, values), now), []).append(task)
    return found


def ring_of(book: Book, before: Mapping[str, Any], values: Mapping[str, Any]) -> datetime | None:
    """The ring of one whole task once `values` are its own."""
    state = Reminded(before["id"], before["due_on"], before["due_time"], before["remind_minutes"], before["done_on"],
                     before["ring_at"])
    return rules.ring_after(book.business, state, _changed(state, values), book.now())


def _changed(state: Reminded, values: Mapping[str, Any]) -> Reminded:
    keys = {"due_on": "due_on", "due_time": "due_time", "remind_minutes": "minutes", "done_on": "done_on"}
    return replace(state, **{keys[key]: value for key, value in values.items() if key in keys})


@contextmanager
def kept_right(book: Book, connection: Connection, ids: Sequence[int]) -> Iterator[None]:
    """Keep the rings of tasks right that are changed meanwhile in bulk; part of that act."""
    before = {state.id: state for state in reminders.states(connection, ids)}
    yield
    now, rings = book.now(), {}
    for state in reminders.states(connection, list(before)):
        ring = rules.ring_after(book.business, before[state.id], state, now)
        if ring != state.ring_at:
            rings[state.id] = ring
    reminders.set_rings(connection, rings)


def begin(book: Book, connection: Connection, ids: Sequence[int]) -> None:
    """Give new tasks that came in bulk the first ring of their reminders; what was due before rings no more."""
    now = book.now()
    rings = {state.id: rules.next_ring(book.business, state, now) for state in reminders.states(connection, ids)}
    reminders.set_rings(connection, {task: ring for task, ring in rings.items() if ring is not None})


def move_clock(connection: Connection, old: Business, new: Business, now: datetime) -> None:
    """Keep the rings right when the business's time zone or the hour its day begins changes; part of that act."""
    if (old.timezone, old.cutoff) != (new.timezone, new.cutoff):
        rings = {state.id: (state.ring_at, rules.ring_elsewhere(old, new, state, now))
                 for state in reminders.waiting(connection, now)}
        reminders.set_rings(connection, {task: ring for task, (before, ring) in rings.items() if before != ring})
