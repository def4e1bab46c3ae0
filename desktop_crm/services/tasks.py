"""What a user does with tasks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.domain.tasks import FIELDS, TaskFilter, TaskRow, clashes
from desktop_crm.services import reminders
from desktop_crm.services.book import Book
from desktop_crm.storage import records, tasks
from desktop_crm.storage.unit_of_work import Work


def list_ids(book: Book, wanted: TaskFilter | None = None, sort: str = "due", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the tasks that pass the filter, sorted; undated ones last."""
    with book.read() as connection:
        return tasks.list_ids(connection, wanted or TaskFilter(), sort, descending, limit)


def rows(book: Book, ids: Sequence[int]) -> list[TaskRow]:
    """List rows by id, in the order asked for."""
    with book.read() as connection:
        return tasks.rows(connection, ids)


def count(book: Book, wanted: TaskFilter) -> int:
    """How many tasks pass the filter."""
    with book.read() as connection:
        return tasks.count(connection, wanted)


def groups(book: Book, wanted: TaskFilter | None = None, all_done: bool = False) -> dict[str, list[int]]:
    """Ids of the tasks that pass the filter, by the keys of GROUPS, in its order: open ones by due day and time.

    Done are those of today, with `all_done` those of ever, newest day first.
    """
    today = book.today()
    with book.read() as connection:
        found, days = tasks.open_by_due(connection, wanted or TaskFilter())
        done = tasks.done_ids(connection, wanted or TaskFilter(), None if all_done else today)
    starts = ("0", *((today + timedelta(days=ahead)).isoformat() for ahead in (0, 1, 8)))
    dated, late, now, week = (bisect_left(days, start, key=lambda day: day or "") for start in starts)
    return {"overdue": found[dated:late], "today": found[late:now], "week": found[now:week], "later": found[week:],
            "undated": found[:dated], "done": done}


def clashing(book: Book, shown: Sequence[TaskRow]) -> dict[int, str]:
    """Which of the tasks shown overlap another open one of the same day and seller, and that one's time.

    Days that are over clash no more.
    """
    today = book.today()
    days = {row.due_on for row in shown if row.due_on is not None and row.due_on >= today and row.due_time}
    if not days:
        return {}
    with book.read() as connection:
        return clashes(tasks.timed(connection, days))


def get(book: Book, task: int) -> Mapping[str, object]:
    """All values of one task; NotFound if it is gone."""
    with book.read() as connection:
        return records.get(connection, "tasks", task)


def add(book: Book, values: Mapping[str, object]) -> int:
    """Add a task and return its id; only what is to be done is required.

    One with a time rings as the business's settings say, unless `remind_minutes` is given (None: never).
    """
    clean = fields.checked(FIELDS, values, new=True)
    with book.work(N_("Add task {name}"), name=clean["name"]) as work:
        return insert(book, work, clean)


def insert(book: Book, work: Work, values: Mapping[str, object]) -> int:
    """Add a task inside a piece of work that does more (a note with its next step); returns its id."""
    clean = dict(fields.checked(FIELDS, values, new=True))
    clean["kind"] = clean.get("kind") or "follow_up"
    clean["created_on"] = clean.get("created_on") or book.today()
    clean.setdefault("seller_id", book.seller)
    return records.add(work.connection, "tasks", _whole({**clean, **reminders.of_new(book, clean)}))


def add_for(book: Book, customers: Sequence[int], values: Mapping[str, object]) -> Changes:
    """Add the same task for each of the customers, as one act."""
    clean = dict(fields.checked(FIELDS, values, new=True))
    clean |= {"kind": clean.get("kind") or "follow_up", "created_on": clean.get("created_on") or book.today(),
              "seller_id": clean.get("seller_id", book.seller), **reminders.of_new(book, clean)}
    with book.work(N_("Add task {name} for {count} customers"), name=clean["name"], count=len(customers)) as work:
        for customer in customers:
            records.add(work.connection, "tasks", _whole({**clean, "customer_id": customer}))
    return work.done


def _whole(values: Mapping[str, object]) -> dict[str, object]:
    """Yes/no fields are never unknown."""
    return {**values, **{key: bool(values[key]) for key in ("important", "urgent") if key in values}}


def edit(book: Book, task: int, values: Mapping[str, object]) -> Changes:
    """Change a task's fields."""
    clean = _whole(fields.checked(FIELDS, values))
    before = get(book, task)
    with book.work(N_("Edit task {name}"), name=before["name"]) as work:
        records.save(work.connection, "tasks", task, {**clean, "ring_at": reminders.ring_of(book, before, clean)})
    return work.done


def finish(book: Book, ids: Sequence[int], done: bool = True) -> Changes:
    """Tick tasks off as done today, or open them again."""
    one, many = ((N_("Done: {name}"), N_("Done: {count} tasks")) if done
                 else (N_("Open again: {name}"), N_("Open again: {count} tasks")))
    values = {"done_on": book.today() if done else None, "done_at": book.now() if done else None}
    with _work(book, ids, one, many) as work:
        _change(book, work, ids, values, only=not done)
    return work.done


def _change(book: Book, work: Work, ids: Sequence[int], values: Mapping[str, object], only: bool | None = None) -> None:
    """Set the same columns of many tasks, each with the ring that it then has."""
    for ring, those in reminders.after(book, work.connection, ids, values).items():
        tasks.change(work.connection, those, {**values, "ring_at": ring}, only=only)


def reschedule(book: Book, ids: Sequence[int], due_on: date | None, due_time: str | None = None) -> Changes:
    """Move tasks to another day; their times stay unless a time is given."""
    values: dict[str, object] = {"due_on": due_on}
    if due_time is not None:
        values["due_time"] = due_time
    clean = fields.checked(FIELDS, values)
    with _work(book, ids, N_("Reschedule {name}"), N_("Reschedule {count} tasks")) as work:
        _change(book, work, ids, clean)
    return work.done


def assign(book: Book, ids: Sequence[int], seller: int | None) -> Changes:
    """Give tasks to a seller, or to nobody."""
    with _work(book, ids, N_("Change the seller of {name}"), N_("Change the seller of {count} tasks")) as work:
        tasks.change(work.connection, ids, {"seller_id": seller})
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete tasks."""
    with _work(book, ids, N_("Delete task {name}"), N_("Delete {count} tasks")) as work:
        tasks.remove(work.connection, ids)
    return work.done


def _work(book: Book, ids: Sequence[int], one: str, many: str) -> AbstractContextManager[Work]:
    """A piece of work that is named after its one task, or after how many there are."""
    name = get(book, ids[0])["name"] if len(ids) == 1 else ""
    return book.work(one if len(ids) == 1 else many, name=name, count=len(ids))
