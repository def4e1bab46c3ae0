"""The health of a file whose faults were planted by hand, and of one made by chance and counted by pandas."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from desktop_crm.domain.data_health import BY_KEY, KINDS, WANTED, FindingRow, Gain, Health, Score
from desktop_crm.domain.errors import Cancelled, FileRefused, InvalidInput, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.services import contacts, customers, data_health, data_repairs
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records
from tests.books import TODAY, Clock, dump, new_book

EN = language("en")
OLD = date(2025, 6, 1)


def plant(book: Book, table: str, **values: Any) -> int:
    """A row as an import or another program may have left it, unchecked."""
    with book.work("plant") as work:
        return records.add(work.connection, table, values)


def customer(book: Book, name: str = "Kedai Bukit", **values: Any) -> int:
    return plant(book, "customers", **{"name": name, "state": "customer", "created_on": TODAY, **values})


def way(book: Book, kind: str, value: str, normal: str, **owner: Any) -> int:
    return plant(book, "channels", kind=kind, value=value, normal=normal, **owner)


def faults(found: Health) -> dict[str, tuple[int, ...]]:
    return {item.kind: item.ids for item in found.findings if BY_KEY[item.kind].group != "missing"}


def row(book: Book, kind: str, record: int) -> FindingRow:
    found = data_health.rows(book, kind, [record], EN)[0]
    assert found is not None
    return found


def test_an_empty_file_has_no_score_and_no_findings(book: Book) -> None:
    found = data_health.examine(book)
    assert (found.completeness, found.customers, found.findings, found.gains) == (None, 0, (), ())
    assert not data_health.keep(book, found)
    assert data_health.scores(book) == []


def test_the_score_by_hand_and_what_would_raise_it(book: Book) -> None:
    seller = plant(book, "sellers", name="Siti")
    full = customer(book, kind="person", seller_id=seller, city="Ipoh", country="Malaysia", region="Perak", source_id=1)
    way(book, "phone", "012-345 6789", "+60123456789", customer_id=full)
    bare = customer(book, "Kilang Maju")                      # a company that has nothing: 0 of 100
    talks = contacts.add(book, {"name": "Ali", "customer_id": bare}, phones=["012-345 6780"])  # … but 30 and 10 for Ali
    customer(book, "Set aside", state="inactive")             # is not judged
    found = data_health.examine(book)
    assert talks and found.customers == 2
    assert found.completeness == 667                          # (80 + 40) / (80 + 100)
    assert found.gains == (Gain("seller", 1, 83), Gain("place", 1, 83), Gain("source", 1, 56), Gain("industry", 1, 56),
                           Gain("country", 1, 28), Gain("region", 1, 28))
    assert found.of("missing_seller") == (bare,)
    assert data_health.of_customer(book, bare) == (400, ("Seller", "City or address", "Source", "Industry", "Country",
                                                         "Region"))
    assert row(book, "missing_seller", bare).now == "40.0 % complete"


def test_a_missing_email_does_not_lower_the_score(book: Book) -> None:
    one = customer(book)
    way(book, "phone", "012-345 6789", "+60123456789", customer_id=one)
    assert "A way to reach them" not in data_health.of_customer(book, one)[1]


def test_ways_to_reach_people_are_judged_and_repaired_as_one_step(book: Book) -> None:
    shop, abroad = customer(book, "Shop"), customer(book, "Lion", country="Singapore")
    plain = contacts.add(book, {"name": "Ali", "customer_id": shop})
    way(book, "phone", "12345", "12345", customer_id=shop)
    way(book, "phone", "6123 4567", "61234567", customer_id=abroad)
    noted = way(book, "phone", "HP 012-345 6789", "+60123456789", contact_id=plain)
    mail = way(book, "email", "Ali <Ali@Kedai.my>", "", customer_id=shop)
    way(book, "email", "ali", "", customer_id=abroad)
    way(book, "email", "Siti@gmial.com", "siti@gmial.com", contact_id=plain)
    way(book, "email", "Siti@Kedai.my", "siti@kedai.my", contact_id=plain)
    found = faults(data_health.examine(book))
    assert found == {"phone_format": (shop, abroad), "contact_phone_notes": (plain,), "email_format": (shop, abroad),
                     "contact_email_typo": (plain,), "contact_email_case": (plain,)}
    assert row(book, "contact_phone_notes", plain) == FindingRow(
        plain, "Ali", "HP 012-345 6789", "+60 12-345 6789 · HP", ("customers", shop))
    before = dump(book)
    assert data_repairs.repair(book, "email_format", (shop, abroad)) == data_repairs.Repaired(2, 1)
    for kind in ("contact_phone_notes", "contact_email_typo", "contact_email_case"):
        assert data_repairs.repair(book, kind, (plain,)).done == 1
    assert data_repairs.repair(book, "phone_format", (shop, abroad)).done == 1
    with book.read() as connection:
        ways = {item["id"]: item for item in records.find(connection, "channels")}
    assert (ways[mail]["value"], ways[mail]["normal"]) == ("ali@kedai.my", "ali@kedai.my")
    assert (ways[noted]["value"], ways[noted]["label"], ways[noted]["normal"]) == ("+60 12-345 6789", "HP",
                                                                                   "+60123456789")
    assert sorted(item["value"] for item in ways.values()) == [
        "+60 12-345 6789", "+65 6123 4567", "12345", "ali", "ali@kedai.my", "siti@gmail.com", "siti@kedai.my"]
    assert faults(data_health.examine(book)) == {"phone_format": (shop,), "email_format": (abroad,)}
    for _ in range(5):
        book.undo()
    assert dump(book) == before


def test_names_are_repaired_and_the_phone_in_one_becomes_a_phone(book: Book) -> None:
    shouted, spaced = customer(book, "KEDAI RUNCIT"), customer(book, "Ali  Baba")
    both, twin = customer(book, "Mei 012-345 6789"), customer(book, "Tan 012-345 6780")
    way(book, "phone", "0123456780", "+60123456780", customer_id=twin)
    person = contacts.add(book, {"name": "NG WEI MING"})
    found = faults(data_health.examine(book))
    assert found == {"name_caps": (shouted,), "name_spaces": (spaced,), "name_phone": (both, twin),
                     "contact_name_caps": (person,)}
    assert row(book, "name_spaces", spaced) == FindingRow(spaced, "Ali  Baba", "“Ali  Baba”", "Ali Baba",
                                                          ("customers", spaced))
    assert row(book, "contact_name_caps", person).after == "Ng Wei Ming"
    assert row(book, "contact_name_caps", person).opens is None
    before = dump(book)
    for kind, ids in found.items():
        data_repairs.repair(book, kind, ids)
    with book.read() as connection:
        assert set(records.names(connection, "customers", [shouted, spaced, both, twin]).values()) == {
            "Kedai Runcit", "Ali Baba", "Mei", "Tan"}
    assert [item.value for item in customers.card(book, both).channels] == ["+60 12-345 6789"]
    assert [item.value for item in customers.card(book, twin).channels] == ["0123456780"]  # it was there already
    assert customers.list_ids(book, customers.CustomerFilter(search="kedai runcit")) == [shouted]
    assert faults(data_health.examine(book)) == {}
    for _ in found:
        book.undo()
    assert dump(book) == before


def test_countries_and_birthdays(book: Book) -> None:
    wrong, none = customer(book, country="Malaysa"), customer(book, country="Narnia")
    customer(book, country="MY"), customer(book, country="马来西亚")
    born = customer(book, birthday="1990-13-01")
    assert faults(data_health.examine(book)) == {"country_spelling": (wrong,), "country_unknown": (none,),
                                                 "birthday_format": (born,)}
    assert (row(book, "country_unknown", none).now, row(book, "birthday_format", born).now) == ("Narnia", "1990-13-01")
    assert data_repairs.repair(book, "country_spelling", [wrong]).done == 1
    assert customers.card(book, wrong).values["country"] == "Malaysia"
    with pytest.raises(InvalidInput):
        data_repairs.repair(book, "country_unknown", [none])


def test_orphans_and_odd_values(book: Book) -> None:
    shop = customer(book, created_on=TODAY + timedelta(days=3))
    idle = customer(book, state="inactive")
    deal = {"name": "Rice", "pipeline_id": 1, "stage_id": 1, "currency": "MYR", "created_on": TODAY}
    late = TODAY + timedelta(days=1)
    nobody = plant(book, "deals", **deal, amount=100)
    turned = plant(book, "deals", **deal, customer_id=shop, amount=100, closed_on=TODAY - timedelta(days=1))
    unknown = plant(book, "deals", **deal, customer_id=shop, status="won", closed_on=TODAY)
    plant(book, "deals", **deal, customer_id=idle, amount=1)
    walk_in = plant(book, "deals", **deal, status="won", amount=100, closed_on=TODAY)
    plant(book, "payments", deal_id=walk_in, amount=100, currency="MYR", received_on=TODAY, taking="t")
    lost = plant(book, "payments", amount=100, currency="MYR", received_on=TODAY)
    early = plant(book, "payments", customer_id=shop, amount=100, currency="MYR", received_on=late)
    held = plant(book, "activities", customer_id=shop, name="Call", on_date=late)
    plant(book, "activities", customer_id=shop, name="Visit", on_date=late, state="planned")
    dear = plant(book, "products", name="Rice", price=1000, cost=1200, currency="MYR")
    gone = contacts.add(book, {"name": "Ali", "customer_id": shop}, phones=["99999"])
    assert faults(data_health.examine(book)) == {
        "deal_no_customer": (nobody,), "deal_dates": (turned,), "deal_no_amount": (unknown,),
        "payment_future": (early,), "payment_orphan": (lost,), "activity_future": (held,), "created_future": (shop,),
        "price_below_cost": (dear,), "contact_gone": (gone,), "inactive_with_deals": (idle,),
        "contact_phone_format": (gone,)}
    assert row(book, "price_below_cost", dear) == FindingRow(dear, "Rice", "price RM 10.00, cost RM 12.00", "",
                                                             ("products", dear))
    assert row(book, "deal_dates", turned).opens == ("deals", turned)
    assert row(book, "payment_future", early).opens == ("customers", shop)
    assert row(book, "payment_orphan", lost).opens is None
    assert row(book, "contact_gone", gone).now == "99999"
    assert data_health.rows(book, "deal_dates", [999], EN) == [None]


def test_dead_accounts_are_set_aside_at_once_and_come_back_by_undo(book: Book) -> None:
    dead = [customer(book, f"Old {number}", created_on=OLD) for number in range(3)]
    alive = customer(book, "Alive", created_on=OLD)
    plant(book, "tasks", name="Call", customer_id=alive)
    found = data_health.examine(book)
    assert found.of("dead") == tuple(dead)
    assert found.of("stale") == (*dead, alive)
    before = dump(book)
    assert data_repairs.repair(book, "dead", dead).done == 3
    assert data_health.examine(book).of("dead") == ()
    assert customers.count(book, customers.CustomerFilter(states=("inactive",))) == 3
    with book.read() as connection:
        assert len(records.find(connection, "state_moves", after="inactive", on_date=TODAY)) == 3
    book.undo()
    assert dump(book) == before


def test_what_came_in_just_now_without_its_day_is_neither_dead_nor_stale(book: Book) -> None:
    fresh = customer(book, "Imported", created_on=None)
    old = customer(book, "Imported long ago", created_on=None, uid="01700000-0000-7000-8000-000000000000")  # of 2020
    found = {finding.kind: finding.ids for finding in data_health.examine(book).findings}
    assert found["dead"] == found["stale"] == (old,)
    assert fresh not in data_health.handful(book)


def test_a_handful_a_day_who_paid_most_first(book: Book) -> None:
    known = [customer(book, f"Old {number}", created_on=OLD) for number in range(7)]
    plant(book, "payments", customer_id=known[4], amount=500, currency="MYR", received_on=OLD)
    plant(book, "payments", customer_id=known[6], amount=900, currency="MYR", received_on=OLD)
    assert data_health.handful(book) == [known[6], known[4], known[0], known[1], known[2]]
    data_health.verify(book, [known[6]])
    assert data_health.handful(book) == [known[4], known[0], known[1], known[2]]
    book.undo()
    data_repairs.repair(book, "stale", known[:5])
    assert data_health.handful(book) == []
    assert data_health.examine(book).of("stale") == (known[5], known[6])
    with pytest.raises(InvalidInput):
        data_health.verify(book, [])


def test_the_score_is_kept_once_a_day_and_leaves_redo_alone(tmp_path: Path) -> None:
    clock = Clock()
    book = new_book(tmp_path / "shop.crm", clock=clock)
    customer(book, "ALI BABA")
    customers.star(book, [1])
    book.undo()
    data_health.keep(book, data_health.examine(book))
    data_health.keep(book, data_health.examine(book))
    book.redo()
    clock.set("22 09:00")
    data_health.keep(book, data_health.examine(book))
    assert data_health.scores(book) == [Score(TODAY, 0, 1), Score(TODAY + timedelta(days=1), 0, 1)]
    book.undo(), book.undo()
    with pytest.raises(NothingToUndo):
        book.undo()
    assert len(data_health.scores(book)) == 2
    book.close()


def test_a_file_open_for_reading_is_examined_and_not_written(book: Book) -> None:
    customer(book)
    path = book.path
    book.close()
    reading = open_book(path, reading=True, clock=Clock())
    found = data_health.examine(reading)
    assert found.completeness == 0
    with pytest.raises(FileRefused):
        data_health.keep(reading, found)
    reading.close()


def test_examining_can_be_stopped(book: Book) -> None:
    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        if done == 3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        data_health.examine(book, stop)
    steps.clear()
    data_health.examine(book, lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1]


def test_a_file_made_by_chance_is_counted_as_pandas_counts_it(book: Book) -> None:
    chance = random.Random(20261121)
    some = lambda value: value if chance.random() < 0.6 else None  # noqa: E731 - a coin for each field
    day = lambda: TODAY - timedelta(days=chance.randrange(800))  # noqa: E731
    plant(book, "sellers", name="Siti")
    made = [{"name": f"Shop {number}", "kind": chance.choice(["company", "person"]),
             "state": chance.choice(["lead", "customer", "inactive"]), "seller_id": some(1), "city": some("Ipoh"),
             "address": some("Jalan 1"), "industry": some("Food"), "country": some("Malaysia"), "region": some("Perak"),
             "source_id": some(1), "created_on": day(), "verified_on": some(day())} for number in range(400)]
    with book.work("plant") as work:
        keys = records.add_many(work.connection, "customers", made)
        spoken = [{"customer_id": chance.choice(keys), "name": "Call", "on_date": day()} for _ in range(300)]
        paid = [{"customer_id": chance.choice(keys), "amount": 1, "currency": "MYR", "received_on": day()}
                for _ in range(100)]
        dealt = [{"name": "Deal", "customer_id": chance.choice(keys), "pipeline_id": 1, "stage_id": 1, "amount": 1,
                  "currency": "MYR", "created_on": day(), "status": chance.choice(["open", "lost"])}
                 for _ in range(100)]
        reached = [{"customer_id": key, "kind": "phone", "value": "012-345 6789", "normal": "+60123456789"}
                   for key in keys if chance.random() < 0.5]
        for table, rows in (("activities", spoken), ("payments", paid), ("deals", dealt), ("channels", reached)):
            records.add_many(work.connection, table, rows)
    table = pd.DataFrame(made, index=keys)
    dates = pd.concat([pd.DataFrame(spoken).set_index("customer_id")["on_date"],
                       pd.DataFrame(paid).set_index("customer_id")["received_on"],
                       pd.DataFrame(dealt).set_index("customer_id")["created_on"],
                       table["created_on"], table["verified_on"].dropna()])
    table["last"] = dates.groupby(level=0).max()
    opened = {deal["customer_id"] for deal in dealt if deal["status"] == "open"}
    live = table[table["state"] != "inactive"]
    found = data_health.examine(book)
    assert list(found.of("stale")) == sorted(live.index[live["last"] <= TODAY - timedelta(days=180)])
    assert list(found.of("dead")) == sorted(
        key for key in live.index[live["last"] <= date(2025, 11, 21)] if key not in opened)
    company = live["kind"] == "company"
    lacks = {"reach": ~live.index.isin([item["customer_id"] for item in reached]), "contact": company,
             "place": live["city"].isna() & live["address"].isna(), "industry": company & live["industry"].isna(),
             **{key: live[column].isna() for key, column in (("seller", "seller_id"), ("source", "source_id"),
                                                             ("country", "country"), ("region", "region"))}}
    for key, mask in lacks.items():
        assert list(found.of(f"missing_{key}")) == sorted(live.index[mask])
    points = 100 * company.sum() + 80 * (~company).sum()
    lost = sum(item.weight * lacks[item.key].sum() for item in WANTED)
    assert found.completeness == int((points - lost) * 1000 / points + 0.5)


def test_every_kind_can_be_told(book: Book) -> None:
    for kind in KINDS:
        assert data_health.rows(book, kind.key, [1, 2], EN) == [None, None]
