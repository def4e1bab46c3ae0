"""The presets and the filters on behaviour over a file made by chance, counted by pandas; segments by their names."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from desktop_crm.domain.conditions import MOST_DEEP, Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.segments import PRESETS
from desktop_crm.domain.values import Period
from desktop_crm.i18n import language
from desktop_crm.services import conditions, customers, listing, segments
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import TODAY, new_book

Tables = dict[str, pd.DataFrame]
COUNT = 500


def days(chance: random.Random, most: int) -> date:
    return TODAY - timedelta(days=chance.randrange(most))


def by_chance() -> dict[str, list[dict[str, object]]]:
    """Rows of customers (ids 1 … COUNT), deals, payments, activities and tasks, from a seed."""
    chance = random.Random(4)
    who = lambda: chance.randrange(1, COUNT + 1)  # noqa: E731 - short names for chance
    return {
        "customers": [{"name": f"Shop {number}", "state": chance.choice(["lead", "customer", "customer", "inactive"]),
                       "heat": chance.choice(["hot", "cold", None]), "created_on": days(chance, 900),
                       "birthday": chance.choice([None, "1990-11-03", "--11-30", "1990-12-11", "2011-02-11"])}
                      for number in range(COUNT)],
        "deals": [{"name": "Deal", "customer_id": chance.choice([None, who(), who(), who()]), "pipeline_id": 1,
                   "stage_id": 1, "amount": chance.choice([None, -500, 1000, 2500, 9000]), "status": status,
                   "currency": chance.choice(["MYR", "MYR", "MYR", "USD"]),
                   "closed_on": None if status == "open" else days(chance, 700)}
                  for status in chance.choices(["open", "won", "lost"], [1, 6, 1], k=1600)],
        "payments": [{"customer_id": who(), "amount": chance.choice([100, 700, -100]), "due_on": due,
                      "currency": chance.choice(["MYR", "USD"]), "state": chance.choice([None, None, "bounced"]),
                      "received_on": chance.choice([None, due])}
                     for due in (TODAY + timedelta(days=chance.randrange(-60, 20)) for _ in range(900))],
        "activities": [{"customer_id": who(), "name": "Call", "on_date": days(chance, 300),
                        "state": chance.choice(["held", "held", "planned"])} for _ in range(700)],
        "tasks": [{"customer_id": who(), "name": "Call", "done_on": chance.choice([None, TODAY])} for _ in range(300)],
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Tables]]:
    book = new_book(tmp_path_factory.mktemp("segments") / "shop.crm")
    made = by_chance()
    with book.work("plant") as work:
        for table, rows in made.items():
            records.add_many(work.connection, table, rows)
    tables = {name: pd.DataFrame(rows) for name, rows in made.items()}
    tables["customers"].index = pd.RangeIndex(1, COUNT + 1)
    yield book, tables
    book.close()


def listed(book: Book, wanted: CustomerFilter) -> set[int]:
    found = customers.list_ids(book, wanted)
    assert customers.count(book, wanted) == len(found) == len(set(found))
    return set(found)


def bought(tables: Tables) -> pd.DataFrame:
    """The purchases of customers: won and no return."""
    deals = tables["deals"]
    return deals[(deals["status"] == "won") & ~(deals["amount"] < 0) & deals["customer_id"].notna()]


def active(tables: Tables) -> set[int]:
    return set(tables["customers"].index[tables["customers"]["state"] != "inactive"])


def test_lapsed_and_never_bought(shop: tuple[Book, Tables]) -> None:
    book, tables = shop
    last = bought(tables).groupby("customer_id")["closed_on"].max()
    lapsed = set(last.index[last <= TODAY - timedelta(days=180)]) & active(tables)
    never = active(tables) - set(last.index)
    assert lapsed and listed(book, PRESETS["lapsed"][1]) == lapsed
    assert never and listed(book, PRESETS["never_bought"][1]) == never
    recent = set(last.index[last > TODAY - timedelta(days=30)])
    assert recent and listed(book, CustomerFilter(bought_days=30)) == recent


def test_regulars_with_small_purchases(shop: tuple[Book, Tables]) -> None:
    book, tables = shop
    sales = bought(tables)
    sales = sales[(sales["currency"] == "MYR") & (sales["closed_on"] > TODAY - timedelta(days=365))
                  & sales["amount"].notna()]
    each = sales.groupby("customer_id")["amount"].agg(["count", "mean"])
    expected = set(each.index[(each["count"] >= 3) & (each["mean"] < sales["amount"].mean())]) & active(tables)
    assert expected and listed(book, PRESETS["low_regulars"][1]) == expected


def test_hot_without_a_next_step_and_untouched(shop: tuple[Book, Tables]) -> None:
    book, tables = shop
    table, tasks, talks = tables["customers"], tables["tasks"], tables["activities"]
    waiting = set(tasks.loc[tasks["done_on"].isna(), "customer_id"])
    hot = (set(table.index[table["heat"] == "hot"]) & active(tables)) - waiting
    assert hot and listed(book, PRESETS["hot_no_next_step"][1]) == hot
    since = TODAY - timedelta(days=30)
    spoken = set(talks.loc[talks["on_date"] > since, "customer_id"])
    untouched = (set(table.index[table["created_on"] <= since]) & active(tables)) - spoken
    assert untouched and listed(book, PRESETS["untouched"][1]) == untouched


@pytest.mark.parametrize(("start", "end"), [(None, -100), (-100, None), (-200, -100)])
def test_last_contact(shop: tuple[Book, Tables], start: int | None, end: int | None) -> None:
    book, tables = shop
    talks = tables["activities"]
    last = talks[talks["state"] == "held"].groupby("customer_id")["on_date"].max()
    first, after = (None if day is None else TODAY + timedelta(days=day) for day in (start, end))
    expected = set(last.index if first is None else last.index[last >= first])
    if first is None:
        expected |= set(tables["customers"].index)  # never spoken to is not spoken to since either
    if after is not None:
        expected -= set(last.index[last >= after])
    assert expected and listed(book, CustomerFilter(last_contact=Period(first, after))) == expected


def test_money(shop: tuple[Book, Tables]) -> None:
    book, tables = shop
    payments = tables["payments"]
    came = payments[payments["received_on"].notna() & (payments["currency"] == "MYR")]
    paid = came.groupby("customer_id")["amount"].sum().reindex(tables["customers"].index, fill_value=0)
    assert listed(book, CustomerFilter(paid_from=700)) == set(paid.index[paid >= 700])
    assert listed(book, CustomerFilter(paid_to=0)) == set(paid.index[paid <= 0])
    assert listed(book, CustomerFilter(paid_from=0, paid_to=700)) == set(paid.index[(paid >= 0) & (paid <= 700)])
    late = payments[payments["received_on"].isna() & (payments["due_on"] < TODAY) & (payments["amount"] > 0)
                    & (payments["state"] != "bounced")]
    assert len(late) and listed(book, CustomerFilter(overdue=True)) == set(late["customer_id"])


def test_open_deals_and_birthdays(shop: tuple[Book, Tables]) -> None:
    book, tables = shop
    deals, born = tables["deals"], tables["customers"]["birthday"]
    assert listed(book, CustomerFilter(open_deals=True)) == set(deals.loc[deals["status"] == "open",
                                                                          "customer_id"].dropna())
    assert listed(book, CustomerFilter(birthday_month=True)) == set(born.index[born.isin(["1990-11-03", "--11-30"])])


def test_conditions_are_joined_by_and(shop: tuple[Book, Tables]) -> None:
    book, _ = shop
    one, other = CustomerFilter(open_deals=True), CustomerFilter(overdue=True)
    both = CustomerFilter(open_deals=True, overdue=True, states=("customer",))
    assert listed(book, both) == listed(book, one) & listed(book, other) & listed(
        book, CustomerFilter(states=("customer",)))


def test_a_saved_segment_keeps_every_kind_of_condition(shop: tuple[Book, Tables]) -> None:
    book, _ = shop
    wanted = CustomerFilter(states=("lead",), created=Period(date(2026, 1, 1), None), bought_days=30, paid_to=0,
                            last_contact=Period(None, TODAY), birthday_month=True)
    segments.save(book, "Mine", wanted)
    assert [segment.filter for segment in segments.saved(book)] == [wanted]
    assert segments.named(book, "MINE") == wanted
    book.undo()


def test_segments_by_their_names(shop: tuple[Book, Tables]) -> None:
    book, _ = shop
    assert segments.named(book, "never_bought") == segments.named(book, "never bought") == PRESETS["never_bought"][1]
    segments.save(book, "Never bought", CustomerFilter(starred=True))
    assert segments.named(book, "never bought") == CustomerFilter(starred=True)  # one's own goes before
    book.undo()
    with pytest.raises(InvalidInput):
        segments.named(book, "nobody")
    rows = listing.rows(book, "customers", segment="never_bought", search="shop 1")
    assert [row["id"] for row in rows] == sorted(listed(book, CustomerFilter(never_bought=True, search="shop 1")))
    with pytest.raises(InvalidInput):
        listing.rows(book, "deals", segment="never_bought")


@pytest.mark.parametrize("newer", [
    {"conditions": {"any": 2, "parts": []}}, {"conditions": {"all": True, "parts": [{"not": {"field": "city"}}]}},
    {"conditions": {"all": True, "parts": [{"field": "city", "test": "is", "value": {"like": "x"}}]}},
    {"conditions": {"all": True, "parts": [{"field": "heat", "test": "one_of", "value": [["hot"]]}]}},
    {"conditions": {"all": True, "parts": [{"field": "paid", "test": "at_most", "value": 10**23}]}}])
def test_what_a_newer_version_saved_is_nobody_and_never_everybody(shop: tuple[Book, Tables], newer: Any) -> None:
    book, _ = shop
    wanted = segments.read(json.dumps(newer))
    assert listed(book, wanted) == set()
    assert conditions.vocabulary(book, language("en")).listed(wanted.conditions) == "A field that is no longer there"


def test_a_condition_that_says_nothing_is_none(shop: tuple[Book, Tables]) -> None:
    assert segments.read('{"conditions": null, "created": null, "to_come": 1}') == CustomerFilter()


def nested(deep: int) -> str:
    """A stored filter with a condition in so many groups, written without the help of what it is a test of."""
    one, begins, ends = '{"field": "city", "test": "is", "value": "Ipoh"}', '{"all": true, "parts": [', "]}"
    return '{"conditions": ' + begins * deep + one + ends * deep + "}"


@pytest.mark.parametrize("damaged", [
    "", "{", "[]", "7", "null", '{"states": 5}', '{"states": [1]}', '{"sellers": ["a"]}', '{"starred": "yes"}',
    '{"created": "soon"}', '{"created": {"start": "2026-13-01", "end": null}}', '{"paid_from": 1.5}', "[" * 100_000,
    nested(500)])
def test_a_damaged_segment_is_told_lists_nobody_and_is_kept(shop: tuple[Book, Tables], damaged: str) -> None:
    book, _ = shop
    key = segments.save(book, "Mine", CustomerFilter(starred=True))
    with book.work("Damage") as work:
        records.save(work.connection, "segments", key, {"filter": damaged, "columns": "{"})
    [segment] = segments.saved(book)
    assert segment.damaged and segment.columns == () and listed(book, segment.filter) == set()
    with pytest.raises(InvalidInput, match="“Mine” is damaged and cannot be read"):
        segments.named(book, "mine")
    segments.rename(book, key, "Yours")
    with book.read() as connection:
        assert records.get(connection, "segments", key)["filter"] == damaged, "nothing is lost"
    for _ in range(3):
        book.undo()


def test_groups_stand_in_each_other_so_deep_at_most(shop: tuple[Book, Tables]) -> None:
    book, _ = shop
    assert segments.readable(nested(MOST_DEEP))
    assert not segments.readable(nested(MOST_DEEP + 1))
    group = Group(True, (Condition("city", "is", "Ipoh"),))
    for _ in range(MOST_DEEP - 1):
        group = Group(True, (group,))
    assert listed(book, CustomerFilter(conditions=group)) == set()
    with pytest.raises(InvalidInput, match="at most 20 deep"):
        Group(False, (group,))
