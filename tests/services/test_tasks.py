"""Tasks by the day they are due, those that clash, and acts on many at once; the day is 21 November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.errors import NotFound
from desktop_crm.domain.tasks import GROUPS, TaskFilter, TaskRow, clashes
from desktop_crm.services import sellers, tasks
from desktop_crm.services.book import Book, open_book
from tests.books import new_file

TODAY = date(2026, 11, 21)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Book]:
    new_file(tmp_path / "shop.crm")
    book = open_book(tmp_path / "shop.crm", clock=lambda: datetime(2026, 11, 21, 6, 32, tzinfo=UTC))
    yield book
    book.close()


def add(book: Book, name: str, day: int | None, at: str | None = None, **more: object) -> int:
    due = None if day is None else date.fromordinal(TODAY.toordinal() + day)
    return tasks.add(book, {"name": name, "due_on": due, "due_time": at, **more})


def test_groups_by_due_day_and_time(shop: Book) -> None:
    late, timeless, early = add(shop, "late", -1), add(shop, "timeless", 0), add(shop, "early", 0, "09:00")
    soon, eighth, undated, done = add(shop, "soon", 7), add(shop, "8th", 8), add(shop, "none", None), add(shop, "d", -3)
    tasks.finish(shop, [done])
    found = tasks.groups(shop)
    assert list(found) == list(GROUPS)
    assert found == {"overdue": [late], "today": [early, timeless], "week": [soon], "later": [eighth],
                     "undated": [undated], "done": [done]}


def test_only_todays_done_ones_unless_all_are_wanted(shop: Book) -> None:
    older = tasks.add(shop, {"name": "x", "done_on": date(2026, 11, 3)})
    old = tasks.add(shop, {"name": "y", "done_on": date(2026, 11, 20)})
    assert tasks.groups(shop)["done"] == []
    assert tasks.groups(shop, all_done=True)["done"] == [old, older]


def test_groups_pass_the_filter(shop: Book) -> None:
    add(shop, "Call Aminah", 0, kind="call")
    visit = add(shop, "Visit Aminah", 0, kind="visit")
    assert tasks.groups(shop, TaskFilter(kinds=("visit",)))["today"] == [visit]
    assert tasks.groups(shop, TaskFilter(search="visit"))["today"] == [visit]
    assert tasks.groups(shop, TaskFilter(search="zzz"))["today"] == []


def test_clashes_of_one_seller_on_one_day(shop: Book) -> None:
    siti = sellers.add(shop, {"name": "Siti"})
    first, second = add(shop, "a", 0, "16:00", minutes=60), add(shop, "b", 0, "16:15", minutes=90)
    add(shop, "c", 0, "16:00", seller_id=siti)
    add(shop, "d", 1, "16:00")
    add(shop, "e", 0, "17:45")
    add(shop, "f", 0)
    late = add(shop, "g", -1, "16:00"), add(shop, "h", -1, "16:00")
    rows = tasks.rows(shop, tasks.list_ids(shop))
    assert tasks.clashing(shop, rows) == {first: "16:15", second: "16:00"}
    assert tasks.clashing(shop, tasks.rows(shop, [first])) == {first: "16:15", second: "16:00"}
    assert tasks.clashing(shop, tasks.rows(shop, list(late))) == {}
    tasks.finish(shop, [second])
    assert tasks.clashing(shop, rows) == {}


def row(key: int, at: str, minutes: int | None) -> TaskRow:
    return TaskRow(key, "t", "call", TODAY, at, minutes, False, False, None, None, None, None, None, None)


times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@given(st.lists(st.tuples(times, st.none() | st.integers(1, 300)), max_size=12))
def test_clashes_are_those_of_a_plain_comparison(made: list[tuple[str, int | None]]) -> None:
    rows = [row(number, at, minutes) for number, (at, minutes) in enumerate(made, 1)]
    slots = {one.id: one.slot for one in rows}
    expected = {one for one, a in slots.items() for other, b in slots.items()
                if one != other and a and b and a[0] < b[1] and b[0] < a[1]}
    assert set(clashes(rows)) == expected


def test_many_at_once_are_one_act(shop: Book) -> None:
    ids = [add(shop, f"t{number}", -number) for number in range(1, 4)]
    changes = tasks.reschedule(shop, ids, TODAY)
    assert changes.count == 3
    assert tasks.groups(shop)["today"] == ids
    siti = sellers.add(shop, {"name": "Siti"})
    tasks.assign(shop, ids[:2], siti)
    assert [one.seller for one in tasks.rows(shop, ids)] == ["Siti", "Siti", None]
    tasks.delete(shop, ids)
    assert tasks.list_ids(shop) == []
    shop.undo()
    assert sorted(tasks.list_ids(shop)) == ids


def test_finishing_leaves_done_ones_as_they_are(shop: Book) -> None:
    old = tasks.add(shop, {"name": "x", "done_on": date(2026, 11, 3)})
    new = add(shop, "y", 0)
    assert tasks.finish(shop, [old, new]).count == 1
    assert [one.done_on for one in tasks.rows(shop, [old, new])] == [date(2026, 11, 3), TODAY]
    tasks.finish(shop, [old, new], done=False)
    assert tasks.groups(shop)["done"] == []


def test_one_task_gives_the_act_its_name(shop: Book) -> None:
    one = add(shop, "Call Aminah", 0)
    assert tasks.reschedule(shop, [one], None).params["name"] == "Call Aminah"
    tasks.delete(shop, [one])
    with pytest.raises(NotFound):
        tasks.delete(shop, [one])
