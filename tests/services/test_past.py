"""As on a date: what a day's end looked like is kept here as it happens, and read again from the journal later."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm import paths
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import Cancelled, CrmError, FileRefused, InvalidInput, NotFound
from desktop_crm.domain.segments import PRESETS
from desktop_crm.i18n import LANGUAGES, Language, language
from desktop_crm.services import (
    activities,
    business,
    channels,
    contacts,
    customers,
    deals,
    erasing,
    history,
    listing,
    merging,
    past,
    quick_add,
    sales,
    tasks,
    timeline,
)
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import system_copy, unit_of_work
from desktop_crm.storage.shapes import INSTANT
from tests.books import NOON, TODAY, Clock, dump, new_book
from tests.canaries import CANARIES, NAME, found_in, plant
from tests.services.test_undo import ACTS, STEPS

pytestmark = pytest.mark.usefixtures("home")

WORDS = language("en")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that the journal goes by too."""
    made = Clock()
    monkeypatch.setattr(unit_of_work, "_now", lambda: made().strftime(INSTANT))
    return made


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", clock=clock)
    yield made
    made.close()


def _on(day: int, hour: int = 12) -> datetime:
    """An hour of a day counted from 21 November 2026 in Kuala Lumpur."""
    return NOON + timedelta(days=day, hours=hour - 12)


def seen(book: Book) -> dict[str, Any]:
    """All that lists, segments, searches, cards and timelines say of a book."""
    people = customers.list_ids(book)
    cards = {one: (customers.card(book, one), timeline.timeline_of(book, WORDS, one)) for one in people}
    return {
        "today": book.today(), "lists": {kind: listing.rows(book, kind) for kind in listing.KINDS},
        "segments": {key: customers.list_ids(book, wanted, "last_contact") for key, (_, wanted) in PRESETS.items()},
        "found": {text: customers.list_ids(book, CustomerFilter(search=text))
                  for text in ("Aminah", "小明", "345", "a@b", "bri", "muru", "श्रे")},
        "rows": customers.rows(book, people), "cards": cards, "deals": deals.rows(book, deals.list_ids(book)),
        "groups": tasks.groups(book), "acts": history.acts(book, WORDS)}


DAYS = st.lists(st.tuples(STEPS, st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=4)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days=DAYS)
def test_each_day_is_read_again_as_it_was_seen(days: list[tuple[Any, int, int]]) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit_of_work, "_now", lambda: clock().strftime(INSTANT))
        patch.setenv("DESKTOP_CRM_HOME", folder)
        book = new_book(Path(folder) / "shop.crm", clock=clock)
        kept: dict[date, Any] = {}
        for number, (steps, back, forth) in enumerate(days):
            clock.now = _on(number * 20)
            for which, row, value in steps:
                clock.now += timedelta(minutes=1)
                _tried(lambda which=which, row=row, value=value: ACTS[which](book, row, value))
            for turn in [book.undo] * back + [book.redo] * forth:
                _tried(turn)
            clock.now = _on(number * 20, 23)
            kept[book.today()] = seen(book), dump(book)
        clock.now = _on(len(days) * 20)
        for day, (told, rows) in kept.items():
            with closing(past.opened(book, day)) as then:
                assert dump(then) == rows
                assert seen(then) == told
        assert not list((paths.cache() / "past").iterdir())
        book.close()


def _tried(act: Any) -> None:
    with suppress(CrmError):  # the rules refused it
        act()


def test_a_card_and_its_timeline_stand_as_they_did(shop: Book, clock: Clock) -> None:
    one = customers.add(shop, {"name": "Aminah binti Ismail", "city": "Klang"}, phones=["012-345 6789"], tags=["VIP"])
    gone = customers.add(shop, {"name": "Ravi Kumar"})
    activities.log(shop, {"kind": "call", "name": "Asked for tiles", "customer_id": one})
    sales.sell(shop, sales.Sale(one, total=9000, paid=2000, receipt=True))
    clock.now = _on(40)
    customers.edit(shop, one, {"name": "Aminah Enterprise", "city": "Ipoh"})
    channels.remove(shop, customers.card(shop, one).channels[0].id)
    activities.log(shop, {"kind": "note", "name": "Moved house", "customer_id": one})
    customers.delete(shop, [gone])
    new = customers.add(shop, {"name": "Siti"})
    customers.add(shop, {"name": "Aminah Enterprise Sdn Bhd"})
    merging.merge(shop, one, [3])
    with closing(past.opened(shop, TODAY + timedelta(39))) as then:
        card = customers.card(then, one)
        assert (card.values["name"], card.values["city"], card.tags) == ("Aminah binti Ismail", "Klang", ("VIP",))
        assert [way.value for way in card.channels] == ["012-345 6789"] and card.figures.owed == 7000
        told = [item.text or item.title for item in timeline.timeline_of(then, WORDS, one)]
        assert "Asked for tiles" in told and "Moved house" not in told
        assert not any("Enterprise" in text for text in told)
        assert {row.name for row in customers.rows(then, customers.list_ids(then))} == {
            "Aminah binti Ismail", "Ravi Kumar"}
        assert customers.list_ids(then, CustomerFilter(search="ravi kum")) == [gone]
        assert customers.list_ids(then, CustomerFilter(search="klang")) == [one]
        assert customers.list_ids(then, CustomerFilter(search="6789")) == [one]
        assert customers.list_ids(then, CustomerFilter(search="enterprise")) == []
        with pytest.raises(NotFound):
            customers.card(then, new)


def test_days_are_counted_from_the_day_that_is_looked_at(shop: Book, clock: Clock) -> None:
    customers.add(shop, {"name": "Aminah", "state": "customer"})
    untouched = PRESETS["untouched"][1]
    clock.now = _on(60)
    assert customers.count(shop, untouched) == 1
    for days, count in ((29, 0), (30, 1)):
        with closing(past.opened(shop, TODAY + timedelta(days))) as then:
            assert then.today() == TODAY + timedelta(days) and customers.count(then, untouched) == count


def test_a_day_ends_at_the_business_own_hour(shop: Book, clock: Clock) -> None:
    business.set_business(shop, {"cutoff": "04:00"})
    clock.set("22 03:59")
    customers.add(shop, {"name": "Late on Saturday"})
    clock.set("22 04:00")
    customers.add(shop, {"name": "Early on Sunday"})
    for day, count in ((21, 1), (22, 2)):
        with closing(past.opened(shop, date(2026, 11, day))) as then:
            assert len(customers.list_ids(then)) == count and then.today() == date(2026, 11, day)


def test_days_before_the_file_and_days_to_come_are_refused(shop: Book) -> None:
    assert past.begins(shop) == TODAY
    with pytest.raises(InvalidInput, match="still to come"):
        past.opened(shop, TODAY + timedelta(1))
    with pytest.raises(InvalidInput, match="begins on") as refused:
        past.opened(shop, TODAY - timedelta(1))
    assert refused.value.values["day"] == TODAY
    with closing(past.opened(shop, TODAY)) as then:
        assert dump(then) == dump(shop)


def test_nothing_of_the_past_can_be_changed(shop: Book, clock: Clock) -> None:
    one = customers.add(shop, {"name": "Aminah"})
    clock.now = _on(1)
    with closing(past.opened(shop, TODAY)) as then:
        assert then.reading and then.path == shop.path
        with pytest.raises(FileRefused, match="go back to today"):
            customers.edit(then, one, {"name": "Siti"})
    assert customers.card(shop, one).values["name"] == "Aminah"


def test_a_clock_that_was_set_back_keeps_the_order_of_what_was_done(shop: Book, clock: Clock) -> None:
    clock.now = _on(3)  # wrong, as it turns out
    customers.add(shop, {"name": "Aminah"})
    clock.now = _on(1)
    customers.edit(shop, 1, {"name": "Aminah Enterprise"})
    clock.now = _on(4)
    with closing(past.opened(shop, TODAY + timedelta(2))) as then:
        assert [row.name for row in customers.rows(then, [1])] == ["Aminah Enterprise"]
    with closing(past.opened(shop, TODAY)) as then:
        assert customers.list_ids(then) == []


@pytest.mark.usefixtures("copied")
def test_two_that_changed_names_have_their_own_again(shop: Book, clock: Clock) -> None:
    customers.add(shop, {"name": "Aminah"}, tags=["VIP", "Late"])
    before = dump(shop)
    clock.now = _on(1)
    with shop.work("Swap") as work:
        for name, tag in (("-", "VIP"), ("VIP", "Late"), ("Late", "-")):
            work.connection.exec_driver_sql("UPDATE tags SET name = ? WHERE name = ?", (name, tag))
    assert dump(shop) != before
    with closing(past.opened(shop, TODAY)) as then:
        assert dump(then) == before


def test_what_was_deleted_and_brought_back_is_as_it_was_before(shop: Book, clock: Clock) -> None:
    deal = deals.add(shop, {"name": "Kitchen", "amount": 100})
    clock.now = _on(1)
    deals.edit(shop, deal, {"amount": 200})
    before = dump(shop)
    clock.now = _on(2)
    deals.edit(shop, deal, {"amount": 300})
    deals.delete(shop, [deal])
    shop.undo()
    with closing(past.opened(shop, TODAY + timedelta(1))) as then:
        assert dump(then) == before


def test_nothing_of_an_erased_person_comes_back(shop: Book, clock: Clock, tmp_path: Path) -> None:
    one = plant(shop)
    clock.now = _on(1)
    customers.edit(shop, one, {"name": f"{NAME} again", "state": "inactive"})
    clock.now = _on(2)
    erasing.erase(shop, one)
    for day in range(3):
        with closing(past.opened(shop, TODAY + timedelta(day))) as then:
            assert found_in(tmp_path) == set(), "the open copy lies in the cache, and is looked through too"
            assert NAME not in str(seen(then)) and "Ravi Kumar" in str(seen(then))
            row = customers.rows(then, [one])[0]
            assert (row.name, row.state) == ("Erased customer 1", "inactive" if day else "customer")
    assert set(CANARIES) and not list((paths.cache() / "past").iterdir())


def test_an_erasure_takes_away_what_a_killed_program_left_of_the_past(shop: Book, tmp_path: Path) -> None:
    one = plant(shop)
    left = paths.cache() / "past" / "left.crm"
    left.parent.mkdir()
    left.write_text(NAME)
    erasing.erase(shop, one)
    assert found_in(tmp_path) == set() and not left.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_nobody_else_may_read_the_copy(shop: Book) -> None:
    customers.add(shop, {"name": "Aminah"})
    shop.path.chmod(0o644)
    with closing(past.opened(shop, TODAY)):
        copy, = (paths.cache() / "past").glob("*.crm")
        assert copy.stat().st_mode & 0o077 == 0


@pytest.fixture(params=["by the system", "page by page", "after all page by page"])
def copied(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways to copy a file."""
    def failed(copy: system_copy.SystemCopy, _: object) -> bool:
        copy._target.write_bytes(b"half a page")
        return False

    if request.param == "page by page":
        monkeypatch.setattr(system_copy, "begun", lambda *_: None)
    elif request.param == "after all page by page":
        monkeypatch.setattr(system_copy.SystemCopy, "wait", failed)


@pytest.mark.usefixtures("copied")
def test_stopped_half_way_nothing_is_left(shop: Book) -> None:
    def stop(_: int, __: int) -> None:
        raise Cancelled("Stopped. Nothing was changed.")

    with pytest.raises(Cancelled):
        past.opened(shop, TODAY, stop)
    assert not list((paths.cache() / "past").iterdir())


def test_where_no_copy_can_be_made_it_is_told(shop: Book) -> None:
    (paths.cache() / "past").write_text("a file in the way")
    with pytest.raises(FileRefused, match="could not be made"):
        past.opened(shop, TODAY)


def test_the_past_is_read_beside_an_open_window_and_while_it_is_written(shop: Book, clock: Clock) -> None:
    customers.add(shop, {"name": "Aminah"})
    clock.now = _on(1)
    with closing(open_book(shop.path, reading=True, clock=clock)) as beside, \
            closing(past.opened(beside, TODAY)) as then:
        customers.add(shop, {"name": "Ravi"})
        contacts.add(shop, {"name": "Siti", "customer_id": 1})
        assert [row.name for row in customers.rows(then, customers.list_ids(then))] == ["Aminah"]
        with closing(past.opened(shop, TODAY)) as again:  # two at a time, and neither takes the other's away
            assert dump(again) == dump(then)


@pytest.mark.parametrize(("typed", "day"), [
    ("yesterday", "2026-11-20"), ("Semalam", "2026-11-20"), ("today", "2026-11-21"), ("3 weeks ago", "2026-10-31"),
    ("3 minggu yang lalu", "2026-10-31"), ("a year ago", "2025-11-21"), ("setahun lalu", "2025-11-21"),
    ("two weeks ago", "2026-11-07"), ("dua minggu lalu", "2026-11-07"), ("kelmarin", "2026-11-19"),
    ("上週五", "2026-11-13"), ("गत शुक्रबार", "2026-11-20"), ("கடந்த வெள்ளிக்கிழமை", "2026-11-20"),
    ("9 months ago", "2026-02-21"), ("last month", "2026-10-21"), ("bulan lepas", "2026-10-21"),
    ("friday", "2026-11-20"), ("last Friday", "2026-11-20"), ("jumaat lepas", "2026-11-20"),
    ("saturday", "2026-11-14"), ("12 March", "2026-03-12"), ("1 Dec", "2025-12-01"), ("12/3/2024", "2024-03-12"),
    ("2026-03-12", "2026-03-12"), ("29 feb 2024", "2024-02-29"), ("12 March 2030", "2030-03-12")])
def test_days_behind_us_are_read_as_people_say_them(shop: Book, typed: str, day: str) -> None:
    for words in ("en", "ms"):
        assert past.read_day(shop, language(words), typed).isoformat() == day


def test_days_behind_us_in_further_languages(shop: Book) -> None:
    for words, typed in (("zh_TW", "3 週前"), ("ta", "3 வாரங்களுக்கு முன்"), ("ne", "३ हप्ता पहिले"),
                         ("fil", "3 linggo ang nakalipas")):
        assert past.read_day(shop, language(words), typed) == date(2026, 10, 31)
    for words, typed in (("ms", "12 Mac"), ("fil", "Mar 12"), ("ta", "12 மார்."), ("zh_TW", "3月12日")):
        assert past.read_day(shop, language(words), typed) == date(2026, 3, 12)
    for typed in ("", "rooms", "9999 years ago", "99999999 days ago"):
        with pytest.raises(InvalidInput):
            past.read_day(shop, WORDS, typed)


@pytest.mark.parametrize(("typed", "day"), [
    ("tomorrow", "2026-11-22"), ("esok", "2026-11-22"), ("in 3 weeks", "2026-12-12"), ("next year", None),
    ("1/2/27", "2027-02-01"), ("5 Mar 2027", "2027-03-05")])
def test_a_day_that_is_still_to_come_is_told_and_never_taken_for_another_one(
        shop: Book, typed: str, day: str | None) -> None:
    if day is not None:
        assert past.read_day(shop, WORDS, typed).isoformat() == day
    with pytest.raises(InvalidInput):
        past.opened(shop, past.read_day(shop, WORDS, typed))


@pytest.mark.parametrize(("typed", "day"), [
    ("29 Feb", "2024-02-29"), ("29/2", "2024-02-29"), ("end of month", "2026-10-31"), ("31 December", "2025-12-31"),
    ("sunday", "2026-11-15"), ("21 November", "2026-11-21"), ("22 Nov", "2025-11-22")])
def test_a_day_that_comes_again_is_the_last_one_that_has_been(shop: Book, typed: str, day: str) -> None:
    assert past.read_day(shop, WORDS, typed).isoformat() == day


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_examples_that_a_field_shows_are_days_that_it_reads(shop: Book, code: str) -> None:
    words = language(code)

    def days(example: str, read: Callable[[Book, Language, str], date | None]) -> list[date | None]:
        return [read(shop, words, one) for one in re.split("[,、]", words.say(example).removesuffix("…"))]

    assert days("12 March, 3 weeks ago …", past.read_day) == [date(2026, 3, 12), date(2026, 10, 31)]
    friday = date(2026, 11, 27)
    weeks = days("next Friday, in 2 weeks, 5 December …", quick_add.read_day)
    assert weeks[:2] == [friday, date(2026, 12, 5)]
    assert weeks[2] == date(2026, 12, 6 if code == "ne" else 5)  # 20 Mangsir
    assert days("tomorrow, friday, 25/12", quick_add.read_day) == [date(2026, 11, 22), friday, date(2026, 12, 25)]


def test_the_end_of_a_day_where_the_clock_goes_back(tmp_path: Path) -> None:
    with closing(new_book(tmp_path / "a.crm", timezone="Europe/London")) as book:
        assert past.end_of(book.business, date(2026, 10, 25)) == datetime(2026, 10, 26, tzinfo=UTC)
        assert past.end_of(book.business, date(2026, 10, 24)) == datetime(2026, 10, 24, 23, tzinfo=UTC)


@pytest.mark.parametrize("format_", ["v1", "v2", "v3"])
def test_days_before_a_file_was_brought_to_this_format(tmp_path: Path, format_: str) -> None:
    """What a row was found by and sorted by then, an older journal does not tell: it is made anew."""
    def migrated(name: str, *then: str) -> Book:
        made = tmp_path / name
        shutil.copyfile(Path(__file__).parents[1] / "old_files" / f"{format_}.crm", made)
        with closing(driver.connect(str(made), isolation_level=None)) as raw:
            raw.execute("PRAGMA foreign_keys = ON")
            raw.execute("UPDATE works SET at = '2026-11-01T04:00:00.000000Z'")
            for statement in then:
                raw.execute(statement)
        return open_book(made, clock=Clock())

    with closing(migrated("plain.crm")) as plain, closing(migrated(
            "later.crm", "INSERT INTO works SELECT 3, 'later', kind, message, params, actor, device, "
            "'2026-11-10T04:00:00.000000Z', NULL, 0, 1, last_entry + 1, last_entry + 4 FROM works WHERE id = 2",
            "UPDATE work_now SET work_id = 3",
            "UPDATE customers SET name = 'Changed', name_fold = 'changed', city = 'Ipoh' WHERE id = 1",
            "DELETE FROM channels WHERE customer_id = 2", "DELETE FROM deals WHERE id = 1",
            "UPDATE work_now SET work_id = NULL")) as later:
        assert dump(plain)["customers"] != dump(later)["customers"]
        with closing(past.opened(later, date(2026, 11, 5))) as then:
            assert dump(then) == dump(plain)
            for typed in ("aminah", "shah alam", "changed", "ipoh"):
                wanted = CustomerFilter(search=typed)
                assert customers.list_ids(then, wanted) == customers.list_ids(plain, wanted), typed
