"""Random groups of conditions over a small random file give who a plain evaluation, row by row, gives."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain import birthdays
from desktop_crm.domain.account_status import ACTIVITY, STAGES
from desktop_crm.domain.condition_fields import ASKED, TESTS, Type
from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.rfm import SEGMENTS
from desktop_crm.domain.values import digits, fold
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from desktop_crm.storage.settings import put
from tests.books import TODAY, new_book
from tests.definitions import rfm_group

COUNT = 60
WORDS = ["Johor", "johor", "Shah Alam", "新山", "50% off", "x'; --", "Ölmann", "ölmann", "OLMANN", "ＪＯＨＯＲ",
         "Пермь", "пермь", "新山 CAFÉ", ""]
NUMBERS = ["+60123456789", "+60198887777", "+60312341234"]


def days(chance: random.Random) -> date:
    return TODAY + timedelta(days=chance.randrange(-40, 20))


def by_chance() -> dict[str, list[dict[str, Any]]]:
    chance = random.Random(11)
    some = lambda *values: chance.choice([None, *values])  # noqa: E731 - short names for chance
    who = lambda: chance.randrange(1, COUNT + 1)  # noqa: E731
    return {
        "sellers": [{"name": "Ling"}, {"name": "Raj"}],
        "tags": [{"name": "VIP"}, {"name": "Slow"}],
        "customers": [{"name": chance.choice(["Müller & Sons", "Kedai Runcit", "小明科技", "KEDAI 9"]),
                       "state": chance.choice(["lead", "customer", "inactive"]), "heat": some("hot", "cold"),
                       "region": some(*WORDS), "notes": some(*WORDS), "seller_id": some(1, 2), "employees": some(0, 5),
                       "credit_limit": some(0, 500, -1), "created_on": some(days(chance)),
                       "parent_id": some(1, 2, 3), "starred": chance.random() < .3,
                       "birthday": some("1990-11-30", "--11-21", "1980-02-29", "--12-05", "1999-02-28"),
                       "custom": some('{"1": "Large", "2": 41, "3": true}', '{"2": 7.5}', '{"4": "2026-11-20"}')}
                      for _ in range(COUNT)],
        "customer_tags": [{"customer_id": key, "tag_id": tag} for key in range(1, COUNT + 1) for tag in (1, 2)
                          if chance.random() < .3],
        "channels": [{"customer_id": who(), "kind": "phone", "value": "0" + number[3:6] + "-" + number[6:],
                      "normal": number} for number in chance.choices(NUMBERS, k=40)]
        + [{"customer_id": who(), "kind": "email", "value": mail, "normal": mail.lower()}
           for mail in chance.choices(["Ali@X.my", "siti@kedai.my"], k=30)],
        "contacts": [{"name": "Puan", "customer_id": who()} for _ in range(40)],
        "deals": [{"name": "Deal", "customer_id": who(), "pipeline_id": 1, "stage_id": 1, "status": status,
                   "amount": some(-50, 0, 900), "currency": chance.choice(["MYR", "USD"]),
                   "closed_on": some(days(chance)), "on_account": chance.random() < .5}
                  for status in chance.choices(["open", "won", "lost"], k=120)]
        + [{"name": "Sale", "customer_id": 1 + chance.randrange(COUNT // 2), "pipeline_id": 1, "stage_id": 1,
            "status": "won", "amount": chance.choice([None, 0, -40, 90, 400, 900, 2500]), "currency": "MYR",
            "closed_on": TODAY - timedelta(days=chance.randrange(-3, 400)), "on_account": False} for _ in range(110)],
        "payments": [{"customer_id": who(), "amount": chance.choice([100, 500, -100]), "due_on": some(days(chance)),
                      "currency": chance.choice(["MYR", "MYR", "USD"]), "state": some("bounced"),
                      "received_on": some(days(chance), TODAY - timedelta(days=400)),
                      "on_account": chance.random() < .5}
                     for _ in range(120)],
        "activities": [{"customer_id": who(), "name": "Call", "on_date": days(chance),
                        "state": chance.choice(["held", "planned"])} for _ in range(60)],
        "tasks": [{"customer_id": who(), "name": "Call", "due_on": some(days(chance)), "done_on": some(TODAY)}
                  for _ in range(60)],
    }


@dataclass
class Shop:
    """The file, and its rows as they were put in."""

    book: Book
    rows: dict[str, list[dict[str, Any]]] = field(repr=False)
    middle: float | None = None

    def of(self, table: str, customer: int) -> list[dict[str, Any]]:
        return [row for row in self.rows[table] if row["customer_id"] == customer]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    book = new_book(tmp_path_factory.mktemp("conditions") / "shop.crm")
    rows = by_chance()
    with book.work("plant") as work:
        for table, made in rows.items():
            records.add_many(work.connection, table, made)
        put(work.connection, "lapse_days", str(LAPSE))
    yield Shop(book, rows)
    book.close()


# --- the plain evaluation: what a customer has in a field, and whether that passes ----------------------------------

def bought(shop: Shop, key: int) -> list[dict[str, Any]]:
    return [row for row in shop.of("deals", key) if row["status"] == "won" and (row["amount"] or 0) >= 0]


def received(shop: Shop, key: int, since: date = date.min) -> int:
    return sum(row["amount"] for row in shop.of("payments", key)
               if row["received_on"] and row["received_on"] > since and row["currency"] == "MYR")


def owed(shop: Shop, key: int) -> int:
    sold = sum(row["amount"] or 0 for row in shop.of("deals", key)
               if row["status"] == "won" and row["on_account"] and row["currency"] == "MYR")
    return sold - sum(row["amount"] for row in shop.of("payments", key)
                      if row["received_on"] and row["on_account"] and row["currency"] == "MYR")


def latest(found: list[date | None], pick: Callable[..., date] = max) -> date | None:
    known = [day for day in found if day]
    return pick(known) if known else None


LAPSE = 14
"""The lapse length that the file was given, so that chance makes all stages."""


def active(shop: Shop, key: int) -> str:
    held = [row["on_date"] for row in shop.of("activities", key) if row["state"] == "held"]
    last = latest([*held, *(row["closed_on"] for row in bought(shop, key))])
    if last is None:
        return "none"
    ago = (TODAY - last).days
    return "active" if ago < LAPSE / 2 else "quiet" if ago < LAPSE else "dormant"


def stage(shop: Shop, key: int) -> str:
    found = bought(shop, key)
    last = latest([row["closed_on"] for row in found])
    if not found:
        return "never"
    if last is None or (TODAY - last).days >= LAPSE:
        return "lapsed"
    return "first" if len(found) == 1 else "repeat"


def orders(shop: Shop, key: int) -> tuple[list[date], int]:
    """The days of the purchases of the last 12 months, and what they and the returns come to."""
    known = [row for row in shop.of("deals", key) if row["status"] == "won" and row["closed_on"]
             and date(2025, 11, 21) < row["closed_on"] <= TODAY]
    return ([row["closed_on"] for row in known if (row["amount"] or 0) >= 0],
            sum(row["amount"] or 0 for row in known if row["currency"] == "MYR"))


def middle_amount(shop: Shop) -> float:
    """The median of what the buyers of the last 12 months bought for."""
    if shop.middle is None:
        amounts = [amount for days_of, amount in (orders(shop, key) for key in range(1, COUNT + 1)) if days_of]
        assert len(amounts) < 50
        shop.middle = median(amounts)
    return shop.middle


def ranked(shop: Shop, key: int) -> dict[str, Any]:
    """RFM by the fixed cut-offs: chance makes fewer than 50 buyers."""
    ever = [row for row in bought(shop, key) if row["closed_on"] is None or row["closed_on"] <= TODAY]
    days_of, amount = orders(shop, key)
    if not ever:
        return dict.fromkeys(("rfm", "rfm_r", "rfm_f", "rfm_m", "recency", "frequency", "monetary"))
    last = latest([row["closed_on"] for row in ever])
    ago = None if last is None else (TODAY - last).days
    found: dict[str, Any] = {"recency": ago, "frequency": len(days_of), "monetary": amount,
                             "rfm": "no_purchase", "rfm_r": None, "rfm_f": None, "rfm_m": None}
    if days_of and ago is not None:
        middle = middle_amount(shop)
        found["rfm_r"] = 5 - sum(ago > cut for cut in (30, 60, 90, 180))
        found["rfm_f"] = 1 + sum(len(days_of) >= cut for cut in (2, 3, 5, 8))
        found["rfm_m"] = 1 + sum(amount >= middle * part for part in (.5, 1, 2, 4))
        found["rfm"] = rfm_group(found["rfm_r"], found["rfm_f"], found["rfm_m"], len(days_of) == 1)
    return found


HAS: dict[str, Callable[[Shop, int], Any]] = {
    "last_contact": lambda shop, key: latest([row["on_date"] for row in shop.of("activities", key)
                                              if row["state"] == "held"]),
    "last_purchase": lambda shop, key: latest([row["closed_on"] for row in bought(shop, key)]),
    "next_step": lambda shop, key: latest([row["due_on"] for row in shop.of("tasks", key) if not row["done_on"]], min),
    "has_next_step": lambda shop, key: any(not row["done_on"] for row in shop.of("tasks", key)),
    "paid": received,
    "paid_year": lambda shop, key: received(shop, key, TODAY - timedelta(days=365)),
    "owed": owed,
    "overdue": lambda shop, key: any(row["due_on"] and row["due_on"] < TODAY and not row["received_on"]
                                     and row["amount"] > 0 and row["state"] != "bounced"
                                     for row in shop.of("payments", key)),
    "open_deals": lambda shop, key: sum(row["status"] == "open" for row in shop.of("deals", key)),
    "won_deals": lambda shop, key: len(bought(shop, key)),
    "has_phone": lambda shop, key: any(row["kind"] == "phone" for row in shop.of("channels", key)),
    "has_email": lambda shop, key: any(row["kind"] == "email" for row in shop.of("channels", key)),
    "contacts": lambda shop, key: len(shop.of("contacts", key)),
    "activity": lambda shop, key: active(shop, key),
    "buyer_stage": lambda shop, key: stage(shop, key),
    "revenue_year": lambda shop, key: sum(
        row["amount"] or 0 for row in shop.of("deals", key) if row["status"] == "won" and row["currency"] == "MYR"
        and row["closed_on"] and TODAY - timedelta(days=365) < row["closed_on"] <= TODAY),
    **{name: lambda shop, key, name=name: ranked(shop, key)[name] for name in (  # type: ignore[misc]
        "rfm", "rfm_r", "rfm_f", "rfm_m", "recency", "frequency", "monetary")},
    "tags": lambda shop, key: [row["tag_id"] for row in shop.of("customer_tags", key)],
    "phone": lambda shop, key: [row for row in shop.of("channels", key) if row["kind"] == "phone"],
    "email": lambda shop, key: [row for row in shop.of("channels", key) if row["kind"] == "email"],
}


def value_of(shop: Shop, key: int, field: str) -> Any:
    row = shop.rows["customers"][key - 1]
    if field in HAS:
        return HAS[field](shop, key)
    if field == "parent":
        return None if row["parent_id"] is None else shop.rows["customers"][row["parent_id"] - 1]["name"]
    if field.startswith("own:"):
        return json.loads(row["custom"] or "{}").get(field[4:])
    return row.get(field, row.get(f"{field}_id"))


def small(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def one_text(test: str, had: str, wanted: str) -> bool:
    return {"has": wanted in had, "is": wanted == had, "starts": had.startswith(wanted)}[test]


def text_passes(field: str, test: str, had: Any, wanted: str) -> bool:
    if isinstance(had, list):
        number = digits(wanted)
        return any(one_text(test, small(row["value"]), small(wanted)) or one_text(test, row["normal"], small(wanted))
                   or (field == "phone" and bool(number) and one_text(test, digits(row["value"]), number))
                   for row in had)
    if field == "name":
        return one_text(test, fold(had), fold(wanted))
    return had is not None and one_text(test, fold(had), fold(wanted))


def day_passes(test: str, had: date | str | None, value: Any) -> bool:
    day = date.fromisoformat(had) if isinstance(had, str) else had
    if day is None:
        return False
    ago = (TODAY - day).days
    said = [date.fromisoformat(part) for part in (value if isinstance(value, tuple) else (value,))
            if isinstance(part, str)]
    return {"on": lambda: day == said[0], "before": lambda: day < said[0], "from": lambda: day >= said[0],
            "between": lambda: said[0] <= day <= said[1], "last_days": lambda: 0 <= ago < value,
            "days_ago": lambda: ago >= value, "next_days": lambda: 0 <= -ago < value,
            "this_month": lambda: (day.year, day.month) == (2026, 11)}[test]()


def born_passes(test: str, had: str | None, value: Any) -> bool:
    if had is None:
        return False
    if test == "this_month":
        return had[-5:-3] == "11"
    coming = birthdays.next_on(had, TODAY)
    return coming is not None and (coming - TODAY).days < value


def passes(shop: Shop, key: int, part: Condition | Group, kind: Type) -> bool:
    if isinstance(part, Group):
        found = [passes(shop, key, inner, type_of(inner)) for inner in part.parts]
        return all(found) if part.all or not found else any(found)
    had = value_of(shop, key, part.field)
    if part.test in ("empty", "filled"):
        return (had in (None, "", [])) == (part.test == "empty")
    if part.test in ("yes", "no"):
        return bool(had) == (part.test == "yes")
    opposite = {"has_not": "has", "is_not": "is", "none_of": "one_of"}.get(part.test)
    if opposite:
        return not passes(shop, key, Condition(part.field, opposite, part.value), kind)
    value: Any = part.value
    if part.test == "one_of":
        return bool(set(had) & set(value)) if isinstance(had, list) else had in value
    if kind is Type.TEXT:
        return text_passes(part.field, part.test, had, value)
    if kind is Type.DATE:
        return day_passes(part.test, had, value)
    if kind is Type.BIRTHDAY:
        return born_passes(part.test, had, value)
    if had is None:
        return False
    return {"at_least": lambda: had >= value, "at_most": lambda: had <= value, "is": lambda: had == value,
            "between": lambda: value[0] <= had <= value[1]}[part.test]()


# --- random conditions ----------------------------------------------------------------------------------------------

OWN = {"own:1": Type.TEXT, "own:2": Type.NUMBER, "own:3": Type.YES_NO, "own:4": Type.DATE, "own:9": Type.TEXT}
PLANTED = [key for key in ASKED if key in {
    "name", "state", "heat", "region", "notes", "seller", "employees", "credit_limit", "created_on", "starred",
    "parent", "birthday"} | HAS.keys()]


def type_of(part: Condition | Group) -> Type:
    if isinstance(part, Group):
        return Type.TEXT
    return OWN.get(part.field) or ASKED[part.field].type


day_texts = st.integers(-45, 25).map(lambda by: (TODAY + timedelta(days=by)).isoformat())
numbers = st.sampled_from([-100, 0, 1, 2, 5, 7.5, 41, 100, 500])
spans = st.integers(1, 45) | st.sampled_from([100, 364, 365, 366, 367, 5000])
texts = st.sampled_from([*WORDS[:-1], "o", "kedai", "müller", "小明", "明", "%", "_", "\\", "012", "0123", "6789",
                         "+6012", "60123456789", "@x", "ALI@x.MY", ".my", "Large"])
chosen = {"state": ["lead", "customer", "inactive"], "heat": ["hot", "cold", "warm"], "seller": [1, 2, 9],
          "tags": [1, 2, 9], "activity": list(ACTIVITY), "buyer_stage": list(STAGES), "rfm": list(SEGMENTS)}


@st.composite
def condition(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from([*PLANTED, *OWN]))
    kind = OWN.get(field) or ASKED[field].type
    test = draw(st.sampled_from(list(TESTS[kind])))
    if test in ("empty", "filled", "yes", "no", "this_month"):
        return Condition(field, test)
    if test in ("one_of", "none_of"):
        return Condition(field, test, tuple(draw(st.lists(st.sampled_from(chosen[field]), min_size=1, max_size=3))))
    if test in ("last_days", "next_days", "days_ago"):
        return Condition(field, test, draw(spans))
    one = {Type.TEXT: texts, Type.DATE: day_texts}.get(kind, numbers)
    if test == "between":
        return Condition(field, test, tuple(sorted((draw(one), draw(one)))))  # type: ignore[type-var]
    return Condition(field, test, draw(one))


groups: st.SearchStrategy[Group] = st.recursive(
    st.builds(Group, st.booleans(), st.lists(condition(), max_size=3).map(tuple)),
    lambda inner: st.builds(Group, st.booleans(), st.lists(condition() | inner, max_size=3).map(tuple)), max_leaves=4)


@settings(max_examples=250, deadline=None)
@given(group=groups)
def test_a_group_lists_who_passes_it(shop: Shop, group: Group) -> None:
    expected = [key for key in range(1, COUNT + 1) if passes(shop, key, group, Type.TEXT)]
    assert customers.list_ids(shop.book, CustomerFilter(conditions=group), "id") == expected


@pytest.mark.parametrize("field", [*PLANTED, *OWN])
def test_every_test_of_a_field_parts_the_file(shop: Shop, field: str) -> None:
    """Each test runs, and one with its opposite gives everyone once: no condition is neither true nor false."""
    kind = OWN.get(field) or ASKED[field].type
    values = {"one_of": tuple(chosen.get(field, ["x"])[:1]), "has": "o", "is": "Johor" if kind is Type.TEXT else 5,
              "empty": None, "yes": None}
    for test, opposite in (("one_of", "none_of"), ("has", "has_not"), ("is", "is_not"), ("empty", "filled"),
                           ("yes", "no")):
        if test in TESTS[kind]:
            both = [customers.list_ids(shop.book, CustomerFilter(conditions=Group(True, (
                Condition(field, said, values[test]),))), "id") for said in (test, opposite)]
            assert sorted(both[0] + both[1]) == list(range(1, COUNT + 1))


def test_what_a_later_version_asks_for_is_nobody_and_a_field_that_is_gone_is_empty(shop: Shop) -> None:
    def listed(*parts: Condition) -> int:
        return len(customers.list_ids(shop.book, CustomerFilter(conditions=Group(True, parts))))

    assert listed(Condition("region", "sounds_like", "Johor")) == 0
    assert listed(Condition("region", "is", ("Johor",))) == listed(Condition("created_on", "on", "soon")) == 0
    assert listed(Condition("shoe_size", "is", 41)) == listed(Condition("shoe_size", "filled")) == 0
    assert listed(Condition("shoe_size", "empty"), Condition("own:77", "is_not", "x")) == COUNT
    assert listed() == COUNT


def test_no_value_stands_in_the_statement(shop: Shop) -> None:
    from desktop_crm.storage.customers import where

    group = Group(True, (Condition("region", "is", "hush"), Condition("email", "has", "hush"),
                         Condition("heat", "one_of", ("hush",)), Condition("phone", "is", "987654"),
                         Condition("created_on", "on", "2011-11-11"), Condition("own:1", "has", "hush"),
                         Condition("paid", "between", (987654, 987655))))
    with shop.book.read() as connection:
        statement = str(where(connection, CustomerFilter(conditions=group), TODAY).query("SELECT id FROM customers"))
    assert not any(secret in statement for secret in ("hush", "98765", "2011"))


@pytest.mark.parametrize("field", [key for key in ASKED if key not in ("tags", "phone", "email")])
def test_a_field_is_worked_out_from_the_customers_own_rows_alone(shop: Shop, field: str) -> None:
    """A plan by anything else reads all sales for each customer: minutes on a large file."""
    from desktop_crm.storage.conditions import Where
    from desktop_crm.storage.filter_conditions import filled_in, sql_of

    with shop.book.read() as connection:
        found = Where()
        said = filled_in(connection, found, sql_of(field), TODAY)
        plan = [row[3] for row in connection.execute(found.query(f"EXPLAIN QUERY PLAN SELECT {said} FROM customers"))]
    inner = [line for line in plan if line.startswith(("SEARCH", "SCAN")) and "customers" not in line]
    assert all("customer_id=?" in line or "(key=?)" in line or "rowid=?" in line or "subquery" in line
               or "CONSTANT" in line for line in inner), inner


@pytest.mark.parametrize("many", [101, 3000])
def test_as_many_conditions_as_anyone_writes_are_read(shop: Shop, many: int) -> None:
    parts = tuple(Condition("region", "is", word) for word in ["johor", *map(str, range(many))])
    found = customers.list_ids(shop.book, CustomerFilter(conditions=Group(False, parts)))
    assert found == customers.list_ids(shop.book, CustomerFilter(conditions=Group(True, parts[:1]))) != []
    assert customers.list_ids(shop.book, CustomerFilter(conditions=Group(True, parts))) == []
