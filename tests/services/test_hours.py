"""Working hours of a file, clashes and free times; Saturday, 21 November 2026, 14:32 in Kuala Lumpur."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from desktop_crm.domain.channels import channel
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.hours import DaysOff, usual_week
from desktop_crm.i18n import language
from desktop_crm.services import business, hours, sellers, tasks
from desktop_crm.services.book import Book
from tests.books import dump, new_book

TODAY = date(2026, 11, 21)
EN = language("en")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Book]:
    book = new_book(tmp_path / "shop.crm", now=datetime(2026, 11, 21, 6, 32, tzinfo=UTC))
    yield book
    book.close()


def add(book: Book, day: date, at: str, minutes: int | None = None, **more: object) -> int:
    return tasks.add(book, {"name": f"Task {at}", "due_on": day, "due_time": at, "minutes": minutes, **more})


def test_hours_are_set_and_undone(shop: Book) -> None:
    before = dump(shop)
    assert hours.hours(shop).week == usual_week("MY")
    week = ((), *usual_week("NP")[1:])
    hours.set_hours(shop, week=week, off=[DaysOff(TODAY, TODAY, "Wedding")], region="02", holidays_off=False)
    found = hours.hours(shop)
    assert (found.week, found.off, found.region, found.holidays_off) == (
        week, (DaysOff(TODAY, TODAY, "Wedding"),), "02", False)
    shop.undo()
    assert dump(shop) == before


def test_the_week_of_a_region_counts_until_an_own_one_is_set(shop: Book) -> None:
    hours.set_hours(shop, region="11")
    assert hours.hours(shop).week == usual_week("MY", "11")
    business.set_business(shop, {"country": "NP"})
    assert hours.hours(shop).week == usual_week("NP")


def test_days_off_that_run_backwards_are_refused(shop: Book) -> None:
    before = dump(shop)
    with pytest.raises(InvalidInput):
        hours.set_hours(shop, off=[DaysOff(TODAY, TODAY - timedelta(days=1))])
    assert dump(shop) == before


def test_a_clash_tells_the_tasks_and_the_next_free_time(shop: Book) -> None:
    first = add(shop, TODAY, "16:00", 60)
    second = add(shop, TODAY, "17:00", 30)
    found = hours.clash(shop, TODAY, "16:30", 45)
    assert found is not None
    assert ([task.id for task in found.tasks], found.free) == ([first, second], datetime(2026, 11, 23, 9))  # noqa: DTZ001
    found = hours.clash(shop, TODAY, "16:30")
    assert found is not None and found.free == datetime(2026, 11, 21, 17, 30)  # noqa: DTZ001
    assert hours.clash(shop, TODAY, "16:30", but=first) is None
    assert hours.clash(shop, TODAY, "15:30") is None
    assert hours.clash(shop, TODAY - timedelta(days=1), "16:30") is None


def test_a_time_that_is_over_is_not_offered(shop: Book) -> None:
    add(shop, TODAY, "10:00", 60)
    found = hours.clash(shop, TODAY, "10:30")
    assert found is not None and found.free == datetime(2026, 11, 21, 14, 35)  # noqa: DTZ001 - it is 14:32


def test_another_sellers_task_and_a_done_one_do_not_clash(shop: Book) -> None:
    siti = sellers.add(shop, {"name": "Siti"})
    add(shop, TODAY, "16:00", 60, seller_id=siti)
    tasks.finish(shop, [add(shop, TODAY, "16:00", 60)])
    assert hours.clash(shop, TODAY, "16:00") is None
    found = hours.clash(shop, TODAY, "16:00", seller=siti)
    assert found is not None and found.free == datetime(2026, 11, 21, 17)  # noqa: DTZ001


def test_a_task_over_midnight_takes_of_the_next_day(shop: Book) -> None:
    hours.set_hours(shop, week=(((0, 1440),),) * 7)
    add(shop, TODAY, "23:30", 60)
    assert hours.free_slot(shop, datetime(2026, 11, 21, 23, 30), 30) == datetime(2026, 11, 22, 0, 30)  # noqa: DTZ001


def test_a_business_that_never_works_has_no_free_time(shop: Book) -> None:
    hours.set_hours(shop, week=((),) * 7)
    add(shop, TODAY, "16:00")
    found = hours.clash(shop, TODAY, "16:00")
    assert found is not None and found.free is None
    assert hours.closed(shop, TODAY, EN) == "closed"


def test_why_a_day_is_off(shop: Book) -> None:
    assert hours.closed(shop, date(2026, 12, 25), language("ms")) == "Hari Krismas"
    assert hours.closed(shop, TODAY, EN) == ""
    hours.set_hours(shop, off=[DaysOff(TODAY, TODAY)])
    assert hours.closed(shop, TODAY, EN) == "Day off"


@pytest.mark.parametrize(("typed", "off"), [
    ("24/12/2026 Christmas Eve", [DaysOff(date(2026, 12, 24), date(2026, 12, 24), "Christmas Eve")]),
    ("2026-12-24 – 2026-12-31 Year end\n\n1/1/2027", [
        DaysOff(date(2026, 12, 24), date(2026, 12, 31), "Year end"), DaysOff(date(2027, 1, 1), date(2027, 1, 1))]),
    ("24/12/2026 to 26/12/2026: Balik kampung", [DaysOff(date(2026, 12, 24), date(2026, 12, 26), "Balik kampung")]),
    ("", []),
])
def test_days_off_as_they_are_typed(shop: Book, typed: str, off: list[DaysOff]) -> None:
    assert list(hours.read_days_off(shop, EN, typed)) == off
    assert list(hours.read_days_off(shop, EN, hours.write_days_off(off))) == off


@pytest.mark.parametrize("typed", ["Christmas", "2026-12-31 – 2026-12-24", "31/2/2026", "24/12/2026 – x\nsoon"])
def test_what_are_no_days_off(shop: Book, typed: str) -> None:
    with pytest.raises(InvalidInput):
        hours.read_days_off(shop, EN, typed)


@pytest.mark.parametrize(("values", "phone", "there"), [
    ({"zone": "America/New_York"}, "", time(1, 32)), ({"country": "GB"}, "", time(6, 32)),
    ({"country": "United Kingdom"}, "", time(6, 32)), ({}, "+44 20 7946 0000", time(6, 32)),
    ({"country": "US"}, "", None), ({"country": "MY"}, "", None), ({}, "012-345 6789", None), ({}, "", None),
    ({"country": "TW"}, "", None), ({"zone": "north", "country": ""}, "+1 212 555 0100", time(1, 32)),
    ({"zone": "Asia/Kathmandu"}, "", None),
])
def test_night_there(shop: Book, values: dict[str, str], phone: str, there: time | None) -> None:
    ways = [channel("phone", phone, "MY")] if phone else []
    assert hours.night_there(shop, {"zone": None, "country": None, **values}, ways) == there
