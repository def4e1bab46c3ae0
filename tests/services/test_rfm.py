"""The buyers of a file by RFM, counted again by pandas; returns, currencies, payments; what is kept, until when."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import customers, deals, rfm, scoring, segments
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from desktop_crm.storage import rfm as stored
from tests.books import TODAY, dump

COUNT = 160
WINDOW = date(2025, 11, 21)


def plant(book: Book, table: str, rows: list[dict[str, Any]]) -> None:
    with book.work("plant") as work:
        records.add_many(work.connection, table, rows)


def sale(customer: int | None, amount: int | None, days: int | None, **more: Any) -> dict[str, Any]:
    """A won deal so many days ago; None for one whose day is not known."""
    return {"name": "Sale", "customer_id": customer, "pipeline_id": 1, "stage_id": 1, "status": "won", "amount": amount,
            "currency": "MYR", "closed_on": None if days is None else TODAY - timedelta(days=days),
            "return_of_id": None, **more}


def by_chance() -> list[dict[str, Any]]:
    """Sales of COUNT customers from a seed, with returns of them, some of a whole sale."""
    chance = random.Random(5)
    rows = [sale(1 + int(COUNT * chance.random() ** 2), chance.choice([None, 0, 500, 900, 2500, 7000, 40_000]),
                 chance.choice([None, *range(-2, 700)] if chance.random() < .1 else range(500)),
                 currency=chance.choice(["MYR", "MYR", "MYR", "USD"]),
                 status=chance.choice(["won", "won", "won", "lost"]))
            for _ in range(900)]
    for origin, row in list(enumerate(rows, 1))[::17]:
        if row["amount"] and row["closed_on"] and row["status"] == "won":
            back = -row["amount"] if chance.random() < .5 else -row["amount"] // 3
            rows.append({**row, "amount": back, "return_of_id": origin,
                         "closed_on": row["closed_on"] + timedelta(days=chance.randrange(20))})
    return [*rows, *(sale(1 + chance.randrange(COUNT), -100, chance.randrange(300)) for _ in range(20))]


def expected(rows: list[dict[str, Any]], on: date, since: date) -> pd.DataFrame:
    """Days, orders and sum by customer with pandas, then the scores by counting who is worse."""
    table = pd.DataFrame(rows)
    table.index += 1
    won = table[(table["status"] == "won") & table["customer_id"].notna()]
    won = won[won["closed_on"].isna() | (won["closed_on"] <= on)].copy()
    won["value"] = won["amount"].fillna(0)
    linked = won[(won["value"] < 0) & won["return_of_id"].notna()]
    linked = linked[linked["currency"] == linked["return_of_id"].map(table["currency"])]  # the sale's own
    won = won.drop(won.index[(won["value"] < 0) & won["return_of_id"].notna()])
    back = linked.groupby("return_of_id")["value"].sum().reindex(won.index)
    won["order"] = (won["value"] >= 0) & (back.isna() | (won["value"] + back.fillna(0) > 0))
    won["net"] = (won["value"] + back.fillna(0)).where(won["currency"] == "MYR", 0)
    orders = won[won["order"]]
    inside = won["closed_on"].map(lambda day: isinstance(day, date) and day > since)
    made = pd.DataFrame({"last": orders.dropna(subset="closed_on").groupby("customer_id")["closed_on"].max(),
                         "orders": won[inside & won["order"]].groupby("customer_id").size(),
                         "amount": won[inside].groupby("customer_id")["net"].sum()},
                        index=sorted(orders["customer_id"].unique()))
    made[["orders", "amount"]] = made[["orders", "amount"]].fillna(0).astype(int)
    buyers = made[made["orders"] > 0].copy()
    buyers["days"] = buyers["last"].map(lambda day: (on - day).days)
    better = {"r": -buyers["days"], "f": buyers["orders"], "m": buyers["amount"]}
    fixed = {"r": (-180, -90, -60, -30), "f": (2, 3, 5, 8),
             "m": tuple(buyers["amount"].median() * part for part in (.5, 1, 2, 4))}
    for key, values in better.items():
        if len(values) < 50 or values.value_counts().max() > .4 * len(values):
            made[key] = values.map(lambda value, key=key: 1 + sum(value >= step for step in fixed[key]))
        else:
            made[key] = (1 + 5 * (values.rank(method="min") - 1) // len(values)).clip(upper=5)
    return made


def check(book: Book, rows: list[dict[str, Any]], on: date, months: int, since: date) -> None:
    found, wanted = rfm.ranking(book, on, months), expected(rows, on, since)
    assert set(found) == set(wanted.index) and len(found) > 50
    for key, row in wanted.iterrows():
        one = found[int(str(key))]
        assert (one.orders, one.amount) == (row["orders"], row["amount"]), key
        assert one.days == ((on - row["last"]).days if isinstance(row["last"], date) else None)
        assert [one.r, one.f, one.m] == [None if pd.isna(row[part]) else int(row[part]) for part in "rfm"], key


def test_scores_are_those_that_pandas_counts(book: Book) -> None:
    rows = by_chance()
    plant(book, "customers", [{"name": f"Shop {number}"} for number in range(COUNT)])
    plant(book, "deals", rows)
    check(book, rows, TODAY, 12, WINDOW)
    check(book, rows, TODAY, 3, date(2026, 8, 21))
    check(book, rows, date(2026, 6, 30), 12, date(2025, 6, 30))
    found = rfm.ranking(book)
    assert found.fixed <= {"f"} and len({one.segment for one in found.values()}) >= 7
    for code in ("champions", "at_risk", "no_purchase"):
        wanted = CustomerFilter(conditions=Group(True, (Condition("rfm", "one_of", (code,)),)))
        assert set(customers.list_ids(book, wanted)) == {key for key, one in found.items() if one.segment == code}
    listed = customers.list_ids(book, sort="rfm", descending=True)
    codes = [found[one].code if one in found else "" for one in listed]
    assert codes == sorted(codes, reverse=True) and len(listed) == COUNT
    first = rfm.buyers(book)
    assert first[0].rfm.segment == "champions" and {one.id for one in first} == set(found)


def shop(book: Book, *sales: dict[str, Any]) -> None:
    """Five customers and some sales."""
    plant(book, "customers", [{"name": name, "state": "customer"} for name in "ABCDE"])
    plant(book, "deals", list(sales))


def test_a_return_takes_its_sale_away_and_one_of_no_sale_lowers_the_sum(book: Book) -> None:
    shop(book, sale(1, 5000, 10), sale(1, 3000, 100), sale(1, -3000, 5, return_of_id=2), sale(2, 4000, 20),
         sale(2, -1000, 3, return_of_id=4), sale(3, 2000, 30), sale(3, -500, 2), sale(4, 2000, 400),
         sale(4, -2000, 1, return_of_id=8), sale(5, None, 3), sale(5, 900, 4, currency="USD"))
    found = rfm.ranking(book)
    said = {key: (one.days, one.orders, one.amount) for key, one in found.items()}
    assert said == {1: (10, 1, 5000), 2: (20, 1, 3000), 3: (30, 1, 1500), 5: (3, 2, 0)}


def test_a_sale_in_another_currency_is_taken_away_by_its_return_too(book: Book) -> None:
    """R and F count sales of any currency: what came back whole is none; a return in another one lowers nothing."""
    shop(book, sale(1, 900, 4, currency="USD"), sale(1, -900, 2, currency="USD", return_of_id=1),
         sale(2, 900, 4, currency="USD"), sale(2, -300, 2, currency="USD", return_of_id=3),
         sale(3, 900, 4), sale(3, -900, 2, currency="USD", return_of_id=5))
    found = rfm.ranking(book)
    assert {key: (one.days, one.orders, one.amount) for key, one in found.items()} == {2: (4, 1, 0), 3: (4, 1, 900)}


def test_payments_count_on_choice_and_the_choice_is_one_undoable_act(book: Book) -> None:
    shop(book, sale(1, 5000, 10))
    paid = {"currency": "MYR", "customer_id": 2}
    plant(book, "payments", [{**paid, "amount": 700, "received_on": TODAY - timedelta(days=2)},
                             {**paid, "amount": -200, "received_on": TODAY}])
    plant(book, "payments", [{**paid, "amount": 900, "due_on": TODAY}])
    before = dump(book)
    rfm.choose(book, {"rfm_base": "payments", "rfm_months": "6", "lapse_days": "90"})
    assert {key: (one.days, one.orders, one.amount) for key, one in rfm.ranking(book).items()} == {2: (2, 1, 500)}
    assert rfm.ranking(book).plan.months == 6
    book.undo()
    assert dump(book) == before and list(rfm.ranking(book)) == [1]
    assert rfm.choose(book, {"rfm_months": "12"}).count == 0, "what is chosen already is not written down"
    for key, value in (("rfm_months", "0"), ("lapse_days", "one"), ("rfm_recency", "3/2/1/0"), ("rfm_base", "deals")):
        with pytest.raises(InvalidInput):
            rfm.choose(book, {key: value})
    assert dump(book) == before


def test_the_ranking_is_kept_until_a_deal_is_written_and_an_act_that_fails_leaves_none(book: Book) -> None:
    shop(book, sale(1, 5000, 10))
    first = rfm.ranking(book)
    customers.edit(book, 1, {"region": "Johor"})
    assert rfm.ranking(book) is first
    new = deals.add(book, {"name": "Big", "customer_id": 2, "amount": 9000})
    won = next(stage.id for one in deals.all_pipelines(book) for stage in one.stages if stage.kind == "won")
    deals.move(book, [new], won)
    assert rfm.ranking(book) is not first and set(rfm.ranking(book)) == {1, 2}
    with pytest.raises(ZeroDivisionError), book.work("fails") as work:
        records.add_many(work.connection, "deals", [sale(3, 100, 1)])
        assert 3 in stored.ranking(work.connection, TODAY)
        raise ZeroDivisionError
    assert set(rfm.ranking(book)) == {1, 2}
    with book.work("also") as work:
        assert set(stored.ranking(work.connection, TODAY)) == {1, 2}
        records.add_many(work.connection, "deals", [sale(4, 100, 1)])
        assert set(stored.ranking(work.connection, TODAY)) == {1, 2, 4}
    book.undo()
    assert set(rfm.ranking(book)) == {1, 2}
    customers.delete(book, [1])
    assert set(rfm.ranking(book)) == {2}


def test_a_score_rule_may_ask_for_rfm_and_a_lead_without_a_purchase_has_none(book: Book) -> None:
    shop(book, sale(1, 5000, 10))
    customers.edit_many(book, [1, 2], {"state": "lead"})
    bought = CustomerFilter(conditions=Group(True, (Condition("rfm_r", "at_least", 4),)))
    scoring.add(book, {"name": "Bought lately", "filter": segments.stored(bought), "points": 30})
    assert {lead.id: lead.total for lead in scoring.scores(book)} == {1: 30, 2: 0}
    plant(book, "deals", [sale(2, 100, 3)])
    assert scoring.rescore(book, []).count == 0  # of nobody, not of all
    assert {lead.id: lead.stored for lead in scoring.scores(book)} == {1: 30, 2: 0}
    scoring.rescore(book)
    assert {lead.id: lead.stored for lead in scoring.scores(book)} == {1: 30, 2: 30}


@pytest.mark.parametrize("base", ["purchases", "payments"])
def test_a_lead_who_never_bought_is_scored_without_ranking_anybody(book: Book, monkeypatch: pytest.MonkeyPatch,
                                                                   base: str) -> None:
    """The window scores a lead when its card is opened and with every save; ranking a large file takes a third of a
    second."""
    shop(book, sale(1, 5000, 10))
    plant(book, "payments", [{"customer_id": 1, "amount": 5000, "currency": "MYR", "received_on": TODAY}])
    rfm.choose(book, {"rfm_base": base})
    customers.edit_many(book, [1, 2], {"state": "lead"})
    for name, test, value in (("Bought lately", "at_least", 4), ("Never bought", "empty", None)):
        wanted = CustomerFilter(conditions=Group(True, (Condition("rfm_r", test, value),)))
        scoring.add(book, {"name": name, "filter": segments.stored(wanted), "points": 30 if value else 7})
    plant(book, "deals", [sale(3, 100, 3)])
    plant(book, "payments", [{"customer_id": 3, "amount": 100, "currency": "MYR", "received_on": TODAY}])
    ranked: list[Any] = []
    monkeypatch.setattr(stored, "_made", lambda *given, made=stored._made: ranked.append(given) or made(*given))
    customers.edit(book, 2, {"region": "Johor"})
    two = scoring.score(book, 2)
    assert two is not None and (two.total, two.stored, ranked) == (7, 7, [])
    one = scoring.score(book, 1)
    assert one is not None and one.total == 30 and len(ranked) == 1
    assert {lead.id: lead.total for lead in scoring.scores(book)} == {1: 30, 2: 7}
