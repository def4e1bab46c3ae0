"""Tasks and birthdays as a calendar's entries: which ones, when, where, for whom; and nobody who was erased."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_crm.domain.calendars import Event
from desktop_crm.i18n import language
from desktop_crm.services import agenda, business, contacts, customers, deals, erasing, outgoing, tasks
from desktop_crm.services.book import Book
from tests.books import TODAY

KL = ZoneInfo("Asia/Kuala_Lumpur")


def events(book: Book, done: bool = False) -> list[Event]:
    return list(agenda.events(book, agenda.chosen(book, tasks.list_ids(book), done).ids, language("en")))


def test_an_appointment_says_where_and_whom_to_ask_for(shop: Book) -> None:
    siti = customers.add(shop, {"name": "Kedai Murni", "address": "1, Jalan Besar", "postcode": "50000", "city": "KL"},
                         phones=["012-345 6789", "03-2222 1111"])
    ali = contacts.add(shop, {"name": "Ali", "customer_id": siti}, phones=["016-222 3344"])
    deal = deals.add(shop, {"name": "Fence", "customer_id": siti})
    first = tasks.add(shop, {"name": "Measure", "kind": "visit", "due_on": TODAY, "due_time": "16:00", "minutes": 45,
                             "remind_minutes": 10, "customer_id": siti, "contact_id": ali, "deal_id": deal,
                             "notes": "Bring the ladder", "important": True})
    tasks.add(shop, {"name": "Call kedai murni", "due_on": date(2026, 11, 23), "customer_id": siti})
    visit, call = events(shop)
    assert visit == Event(
        str(tasks.get(shop, first)["uid"]), "Measure · Kedai Murni", datetime(2026, 11, 21, 16, tzinfo=KL), 45,
        datetime(2026, 11, 21, 15, 50, tzinfo=KL), "1, Jalan Besar, 50000 KL",
        "Customer: Kedai Murni\nContact: Ali\nPhone: 016-222 3344, 012-345 6789, 03-2222 1111\nDeal: Fence\n\n"
        "Bring the ladder", "Visit", True)
    assert (call.title, call.start, call.alarm) == ("Call kedai murni", date(2026, 11, 23), None)


def test_which_tasks(shop: Book) -> None:
    for name, day in (("late", date(2026, 11, 2)), ("undated", None), ("done", TODAY)):
        tasks.add(shop, {"name": name, "due_on": day, "due_time": "10:00" if day else None, "remind_minutes": 10})
    tasks.finish(shop, [tasks.list_ids(shop)[1]])
    assert agenda.chosen(shop, tasks.list_ids(shop)).undated == 1
    assert [one.title for one in events(shop)] == ["late"]
    late, done = events(shop, done=True)
    assert (done.title, done.done, done.alarm, late.done) == ("done", True, None, False)


def test_what_is_not_said_has_its_usual_form(shop: Book) -> None:
    """Half an hour, as the calendar of the window shows it; the preferred phone first, and no e-mail among them."""
    key = customers.add(shop, {"name": "Tan"}, phones=["012-345 6789", "03-2222 1111"], emails=["tan@x.my"])
    with shop.work("prefer") as work:
        work.connection.exec_driver_sql("UPDATE channels SET preferred = 1 WHERE value = '03-2222 1111'")
    tasks.add(shop, {"name": "Call", "customer_id": key, "due_on": TODAY, "due_time": "16:00", "urgent": True})
    done = tasks.add(shop, {"name": "Order", "due_on": TODAY, "due_time": "17:00", "remind_minutes": 10})
    with shop.work("done elsewhere") as work:  # as an import leaves it: done, and its reminder still there
        work.connection.exec_driver_sql("UPDATE tasks SET done_on = due_on WHERE id = ?", (done,))
    call, order = events(shop, done=True)
    assert (call.minutes, call.important, call.about) == (
        30, True, "Customer: Tan\nPhone: 03-2222 1111, 012-345 6789")
    assert (order.done, order.alarm, order.important) == (True, None, False)



def test_the_uid_stays_and_an_hour_before_the_cut_off_is_of_the_next_day(shop: Book) -> None:
    business.set_business(shop, {"cutoff": "04:00"})
    key = tasks.add(shop, {"name": "Close", "due_on": TODAY, "due_time": "01:30"})
    first, = events(shop)
    assert first.start == datetime(2026, 11, 22, 1, 30, tzinfo=KL)
    tasks.edit(shop, key, {"name": "Close the shop", "due_time": "02:00"})
    second, = events(shop)
    assert (second.uid, second.title, second.start.hour) == (first.uid, "Close the shop", 2)


def test_who_is_erased_is_in_no_calendar(shop: Book, home: Path) -> None:
    key = customers.add(shop, {"name": "Xylozot", "address": "1, Jalan Xylozot"}, phones=["012-345 6789"])
    customers.edit(shop, key, {"birthday": "1985-05-12"})
    tasks.add(shop, {"name": "Call Xylozot", "due_on": TODAY, "customer_id": key, "notes": "012-345 6789"})
    assert "Xylozot" in str(events(shop)) and agenda.born(shop, language("en"))
    erasing.erase(shop, key)
    told = str([*events(shop), *agenda.born(shop, language("en"))])
    assert [word for word in ("Xylozot", "345 6789", "1985") if word in told] == []


@pytest.mark.parametrize(("birthday", "start"), [
    ("1985-05-12", date(1985, 5, 12)), ("--02-29", date(2000, 2, 29)), ("1870-03-01", date(2000, 3, 1)),
    ("1900-03-01", date(1900, 3, 1))])
def test_birthdays(shop: Book, birthday: str, start: date) -> None:
    key = customers.add(shop, {"name": "Mei"})
    customers.edit(shop, key, {"birthday": birthday})
    contacts.add(shop, {"name": "Ali", "customer_id": key, "birthday": "1990-01-02"})
    mei, ali = agenda.born(shop, language("en"))
    assert (mei.title, mei.start, mei.yearly, mei.uid.endswith("-birthday")) == ("Birthday of Mei", start, True, True)
    assert (ali.title, ali.about) == ("Birthday of Ali", "Mei")


def test_what_is_in_the_file_is_counted_with_the_birthdays(shop: Book) -> None:
    customers.add(shop, {"name": "Mei", "birthday": "1985-05-12"})
    for day in (TODAY, None):
        tasks.add(shop, {"name": "Call", "due_on": day})
    found = outgoing.Outgoing(shop, "tasks", outgoing.ids(shop, "tasks"), birthdays=True)
    assert [one.title for one in found.events()] == ["Call", "Birthday of Mei"] and found.written == 2
    assert found.told(language("en")) == ["1 task without a day is not in it."]
