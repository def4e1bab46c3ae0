"""Reminders in a file: what rings, what keeps the rings right, snooze over a restart; noon of 21 November 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.domain import reminders as rules
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import business, customers, history, importing, reminders, tasks
from desktop_crm.services.book import Book, open_book
from tests.books import NOON, TODAY, Clock, dump, new_file, undo_all


@pytest.fixture
def reopen(tmp_path: Path, clock: Clock) -> Callable[[], Book]:
    """Opens the one file; a new clock stands at noon in Kuala Lumpur."""
    new_file(tmp_path / "shop.crm")
    return lambda: open_book(tmp_path / "shop.crm", clock=clock)


@pytest.fixture
def shop(reopen: Callable[[], Book]) -> Iterator[Book]:
    book = reopen()
    yield book
    book.close()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC)


def ring(book: Book, task: int) -> object:
    return tasks.get(book, task)["ring_at"]


def names(book: Book, now: datetime) -> list[str]:
    return [row.name for row in reminders.due(book, now)]


def test_a_new_task_with_a_time_rings_ten_minutes_before(shop: Book) -> None:
    timed = tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "15:00"})
    plain = tasks.add(shop, {"name": "b", "due_on": TODAY})
    never = tasks.add(shop, {"name": "c", "due_on": TODAY, "due_time": "15:00", "remind_minutes": None})
    own = tasks.add(shop, {"name": "d", "due_on": TODAY + timedelta(days=1), "remind_minutes": 60})
    assert [ring(shop, task) for task in (timed, plain, never, own)] == [
        utc("21 06:50"), None, None, utc("22 00:00")]
    assert tasks.get(shop, timed)["remind_minutes"] == 10
    assert [row.ring_at for row in tasks.rows(shop, [timed, plain])] == [utc("21 06:50"), None]


@pytest.mark.parametrize(("usual", "minutes"), [("30", 30), ("0", 0), ("", None)])
def test_the_usual_offset_is_a_setting(shop: Book, usual: str, minutes: int | None) -> None:
    business.set_business(shop, {"remind_minutes": usual})
    task = tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "15:00"})
    assert tasks.get(shop, task)["remind_minutes"] == minutes
    with pytest.raises(InvalidInput):
        business.set_business(shop, {"remind_minutes": "soon"})


def test_rows_say_whom_it_is_for_and_how_late_it_is(shop: Book) -> None:
    aminah = customers.add(shop, {"name": "Aminah"})
    tasks.add(shop, {"name": "Call", "due_on": TODAY, "due_time": "12:30", "customer_id": aminah})
    row, = reminders.due(shop, utc("21 04:45"))
    assert (row.name, row.customer_id, row.customer, row.timed, row.late) == (
        "Call", aminah, "Aminah", True, timedelta(minutes=15))
    assert row.due is not None and row.due.strftime("%d %H:%M") == "21 12:30"
    assert reminders.due(shop, utc("21 04:19")) == [] and reminders.next_ring(shop, NOON) == utc("21 04:20")


def test_the_rings_come_from_their_index(shop: Book) -> None:
    from desktop_crm.storage.reminders import _ROW

    with shop.read() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {_ROW} t.ring_at <= '2026'").all())
    assert "ix_tasks_ring_at" in plan and "SCAN t" not in plan


def test_what_changes_the_due_changes_the_ring_and_what_does_not_leaves_it(shop: Book) -> None:
    task = tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "15:00"})
    reminders.snooze(shop, [task], utc("21 08:08"))
    tasks.edit(shop, task, {"name": "b", "notes": "x"})
    assert ring(shop, task) == utc("21 08:08")
    tasks.edit(shop, task, {"due_time": "16:00"})
    assert ring(shop, task) == utc("21 07:50")
    tasks.edit(shop, task, {"remind_minutes": 60})
    assert ring(shop, task) == utc("21 07:00")
    tasks.reschedule(shop, [task], TODAY + timedelta(days=1))
    assert ring(shop, task) == utc("22 07:00")
    tasks.edit(shop, task, {"remind_minutes": None})
    assert ring(shop, task) is None
    tasks.reschedule(shop, [task], TODAY + timedelta(days=2))
    assert ring(shop, task) is None


def test_done_clears_and_open_again_restores_what_is_still_to_come(shop: Book, clock: Clock) -> None:
    soon = tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "13:00"})
    later = tasks.add(shop, {"name": "b", "due_on": TODAY, "due_time": "18:00"})
    assert tasks.finish(shop, [soon, later]).count == 2
    assert (ring(shop, soon), ring(shop, later)) == (None, None)
    clock.now = utc("21 06:00")
    tasks.finish(shop, [soon, later], done=False)
    assert (ring(shop, soon), ring(shop, later)) == (None, utc("21 09:50"))


def test_many_rescheduled_at_once_ring_at_their_own_times(shop: Book) -> None:
    made = [tasks.add(shop, {"name": at, "due_on": TODAY, "due_time": at}) for at in ("13:00", "14:30")]
    plain = tasks.add(shop, {"name": "c", "due_on": TODAY})
    assert tasks.reschedule(shop, [*made, plain], TODAY + timedelta(days=3)).count == 3
    assert [ring(shop, task) for task in (*made, plain)] == [utc("24 04:50"), utc("24 06:20"), None]
    for_many = tasks.add_for(shop, [customers.add(shop, {"name": "A"})], {
        "name": "x", "due_on": TODAY, "due_time": "20:00"})
    assert for_many.count == 1 and reminders.next_ring(shop, NOON) == utc("21 11:50")


def test_snooze_over_a_restart(reopen: Callable[[], Book], clock: Clock) -> None:
    first = reopen()
    task = tasks.add(first, {"name": "a", "due_on": TODAY, "due_time": "12:05", "remind_minutes": 0})
    clock.now = utc("21 04:05")
    assert names(first, clock.now) == ["a"]
    reminders.snooze(first, [task], rules.tomorrow_morning(first.business, clock.now))
    assert names(first, clock.now) == []
    first.close()
    second = reopen()
    assert names(second, utc("22 00:59")) == [] and names(second, utc("22 01:00")) == ["a"]
    second.close()


def test_the_answer_is_undone_like_any_act(shop: Book) -> None:
    task = tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "12:05"})
    before = dump(shop)
    later = utc("21 05:00")
    reminders.answer(shop, [task])
    assert names(shop, later) == []
    assert shop.undo().message == "Dismiss the reminder of {name}"
    assert names(shop, later) == ["a"] and dump(shop) == before
    reminders.snooze(shop, [task], utc("21 07:00"))
    assert history.acts(shop, shop.language)[-1].label == "Snooze a"
    tasks.finish(shop, [task])
    undo_all(shop)
    assert tasks.list_ids(shop) == []


def test_answering_many_is_one_act_and_answering_again_is_none(shop: Book) -> None:
    made = [tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "12:05"}) for _ in range(3)]
    assert reminders.answer(shop, made).count == 3
    assert reminders.answer(shop, made).count == 0
    shop.undo()
    assert len(reminders.due(shop, utc("21 05:00"))) == 3


def test_a_clock_set_back_keeps_what_was_told(shop: Book) -> None:
    task = tasks.add(shop, {"name": "a", "due_on": TODAY, "due_time": "12:30"})
    told = {task: utc("21 04:20")}
    assert [row.task for row in reminders.due(shop, NOON, told)] == [task]
    assert reminders.due(shop, NOON, {task: utc("21 04:21")}) == []
    assert reminders.bell(shop) is reminders.bell(shop)


def test_the_business_moves_and_its_reminders_with_it(shop: Book) -> None:
    task = tasks.add(shop, {"name": "a", "due_on": TODAY + timedelta(days=1), "due_time": "10:00"})
    business.set_business(shop, {"timezone": "Asia/Kathmandu"})
    assert ring(shop, task) == utc("22 04:05")
    business.set_business(shop, {"name": "New"})
    assert ring(shop, task) == utc("22 04:05")
    shop.undo()
    shop.undo()
    assert ring(shop, task) == utc("22 01:50")


def test_an_import_keeps_the_rings_right_and_makes_none(shop: Book, tmp_path: Path) -> None:
    task = tasks.add(shop, {"name": "Call Ali", "due_on": TODAY, "due_time": "15:00"})
    source = tmp_path / "tasks.csv"
    source.write_text("Task,Due on,At\nCall Ali,2026-11-23,15:00\nOther,2026-11-24,10:00\n", encoding="utf-8")
    importing.run(shop, source, "tasks", overrides=[("Task", "name"), ("Due on", "due"), ("At", "due_time")])
    assert len(tasks.list_ids(shop)) == 2 and ring(shop, task) == utc("23 06:50")
    assert reminders.due(shop, utc("30 00:00"))[0].task == task and len(reminders.due(shop, utc("30 00:00"))) == 1
