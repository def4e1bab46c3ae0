"""Points of leads by rules, and the heat that follows: expected sums are added by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import activities, business, customers, deals, importing, merging, scoring, segments
from desktop_crm.services.book import Book
from tests.books import Clock, dump, new_book, redo_all, undo_all

STARRED = segments.stored(CustomerFilter(starred=True))
PENANG = segments.stored(CustomerFilter(regions=("Penang",)))
UNTOUCHED = segments.stored(CustomerFilter(untouched_days=14))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", clock=clock)
    yield made
    made.close()


def written(book: Book, customer: int) -> tuple[int | None, str | None, bool]:
    values = customers.card(book, customer).values
    return values["score"], values["heat"], values["heat_scored"]


def rule(book: Book, name: str, filter: str, points: int) -> int:
    return scoring.add(book, {"name": name, "filter": filter, "points": points})


def test_each_point_has_its_rule_and_the_heat_follows(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali", "region": "Penang", "starred": True})
    mei = customers.add(book, {"name": "Mei Ling", "region": "Penang"})
    shop = customers.add(book, {"name": "Kedai Maju", "region": "Penang", "state": "customer"})
    rule(book, "From Penang", PENANG, 25)
    rule(book, "Starred", STARRED, 15)
    assert written(book, ali) == (40, "hot", True)
    assert written(book, mei) == (25, "warm", True)
    assert written(book, shop) == (None, None, False)
    found = scoring.score(book, ali)
    assert found is not None and [(part.name, part.points) for part in found.parts] == [
        ("From Penang", 25), ("Starred", 15)]
    assert (found.total, found.stored, found.by_score, found.older) == (40, 40, "hot", False)
    assert scoring.score(book, shop) is None


def test_what_is_saved_is_scored_in_the_same_act(book: Book) -> None:
    rule(book, "From Penang", PENANG, 25)
    rule(book, "Starred", STARRED, 15)
    ali = customers.add(book, {"name": "Ali", "region": "Penang"})
    assert written(book, ali) == (25, "warm", True)
    customers.star(book, [ali])
    assert written(book, ali) == (40, "hot", True)
    book.undo()
    assert written(book, ali) == (25, "warm", True)
    customers.edit(book, ali, {"region": "Johor"})
    assert written(book, ali) == (0, "cold", True)
    customers.edit_many(book, [ali], {"region": "Penang"})
    assert written(book, ali) == (25, "warm", True)
    deals.add(book, {"name": "Tiles"}, new_customer="Devi")
    assert written(book, customers.list_ids(book, CustomerFilter(search="Devi"))[0]) == (0, "cold", True)


def test_a_rule_that_looks_at_the_calendar_is_brought_up_to_date(book: Book, clock: Clock) -> None:
    ali = customers.add(book, {"name": "Ali"})
    rule(book, "Long silent", UNTOUCHED, -10)
    assert written(book, ali) == (0, "cold", True)
    clock.now = clock.now.replace(month=12, day=10)  # 19 days later
    found = scoring.score(book, ali)
    assert found is not None and (found.total, found.stored, found.older) == (-10, 0, True)
    assert scoring.rescore(book).count == 1
    assert written(book, ali)[0] == -10
    assert scoring.rescore(book).work_id == 0  # nothing to do is no act
    activities.log(book, {"name": "Called", "kind": "call", "customer_id": ali})
    assert written(book, ali)[0] == 0


def test_a_heat_set_by_hand_stays_until_it_is_given_back(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali", "heat": "hot"})
    mei = customers.add(book, {"name": "Mei Ling"})
    rule(book, "Starred", STARRED, 25)
    assert written(book, ali) == (0, "hot", False) and written(book, mei) == (0, "cold", True)
    customers.edit(book, mei, {"heat": "cold"})  # by hand, though it is the same
    customers.star(book, [ali, mei])
    assert written(book, ali) == (25, "hot", False) and written(book, mei) == (25, "cold", False)
    scoring.set_heat(book, [ali, mei], None)
    assert written(book, ali) == (25, "warm", True) and written(book, mei) == (25, "warm", True)
    scoring.set_heat(book, [mei], "hot")
    assert written(book, mei) == (25, "hot", False)
    book.undo()
    assert written(book, mei) == (25, "warm", True)
    with pytest.raises(InvalidInput):
        scoring.set_heat(book, [mei], "boiling")


def test_rules_are_changed_ordered_and_deleted_with_the_scores(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali", "region": "Penang", "starred": True})
    first, second = rule(book, "From Penang", PENANG, 10), rule(book, "Starred", STARRED, 5)
    before = dump(book)
    scoring.edit(book, first, {"points": -30})
    assert written(book, ali) == (-25, "cold", True)
    book.undo()
    assert dump(book) == before
    scoring.order(book, [second, first])
    assert [item.name for item in scoring.all_rules(book)] == ["Starred", "From Penang"]
    scoring.delete(book, [first])
    assert written(book, ali) == (5, "cold", True)
    scoring.delete(book, [second])
    assert written(book, ali) == (None, None, False)
    book.undo()
    assert written(book, ali) == (5, "cold", True)


def test_thresholds_are_the_businesss(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali", "starred": True})
    rule(book, "Starred", STARRED, 30)
    assert written(book, ali) == (30, "warm", True)
    scoring.set_thresholds(book, 10, 30)
    assert written(book, ali) == (30, "hot", True) and (book.business.warm_from, book.business.hot_from) == (10, 30)
    book.undo()
    assert written(book, ali) == (30, "warm", True) and book.business.hot_from == 40
    for warm, hot in ((30, 30), (40, 20), (0, 10**6)):
        with pytest.raises(InvalidInput):
            scoring.set_thresholds(book, warm, hot)


def test_the_usual_rules_come_on_request_once_and_in_the_files_language(tmp_path: Path, book: Book) -> None:
    assert scoring.all_rules(book) == []
    referral = next(item.id for item in business.choices(book, "sources") if item.name == "Referral")
    ali = customers.add(book, {"name": "Ali", "source_id": referral, "starred": True})
    scoring.suggest(book)
    rules = scoring.all_rules(book)
    assert len(rules) == 9 and [item.position for item in rules] == list(range(1, 10))
    assert written(book, ali) == (25 + 15 - 5, "warm", True)  # referral, star, no next step; created today
    assert scoring.suggest(book).work_id == 0
    book.undo()
    assert scoring.all_rules(book) == [] and written(book, ali) == (None, None, False)


@pytest.mark.parametrize("filter", [
    CustomerFilter(heats=("hot",)),
    CustomerFilter(conditions=Group(False, (Group(True, (Condition("score", "most", 3),)),)))])
def test_a_rule_does_not_ask_for_what_follows_from_it(book: Book, filter: CustomerFilter) -> None:
    with pytest.raises(InvalidInput) as refused:
        rule(book, "Hot ones", segments.stored(filter), 5)
    assert refused.value.at == "filter"


@pytest.mark.parametrize("values", [
    {"name": "", "filter": STARRED, "points": 5}, {"name": "A", "filter": STARRED, "points": 1000},
    {"name": "A", "filter": STARRED, "points": None}, {"name": "A", "filter": STARRED, "points": "many"}])
def test_what_is_no_rule_is_refused(book: Book, values: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        scoring.add(book, values)
    assert scoring.all_rules(book) == []


def test_a_merged_lead_keeps_the_heat_of_the_side_it_came_from(book: Book) -> None:
    rule(book, "Starred", STARRED, 25)
    ali, other = customers.add(book, {"name": "Ali"}), customers.add(book, {"name": "Ali B", "starred": True})
    scoring.set_heat(book, [other], "hot")
    before = dump(book)
    merging.merge(book, ali, [other], {"heat": other})
    assert written(book, ali) == (25, "hot", False)
    book.undo()
    assert dump(book) == before
    merging.merge(book, ali, [other])
    assert written(book, ali) == (25, "warm", True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["star", "heat", "rule", "points", "drop", "region", "state"]),
                               st.integers(0, 3), st.integers(-30, 60)), max_size=10))
def test_scores_always_stand_as_the_rules_say_and_are_undone(
        tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int]]) -> None:
    book = new_book(tmp_path_factory.mktemp("random") / "shop.crm")
    leads = [customers.add(book, {"name": f"Lead {number}"}) for number in range(4)]
    undo_to = dump(book)
    done = 0
    for what, which, points in acts:
        lead, rules, before = leads[which], [item.id for item in scoring.all_rules(book)], dump(book)
        if what == "star":
            customers.star(book, [lead], points > 0)
        elif what == "heat":
            scoring.set_heat(book, [lead], ("cold", "hot", None)[points % 3])
        elif what == "rule":
            rule(book, f"Rule {which}", (STARRED, PENANG)[which % 2], points)
        elif what == "points" and rules:
            scoring.edit(book, rules[which % len(rules)], {"points": points})
        elif what == "drop" and rules:
            scoring.delete(book, [rules[which % len(rules)]])
        elif what == "region":
            customers.edit(book, lead, {"region": "Penang" if points > 0 else "Johor"})
        elif what == "state":
            customers.edit(book, lead, {"state": "lead" if points > 0 else "customer"})
        done += dump(book) != before
    for lead in leads:
        found = scoring.score(book, lead)
        if found is not None:
            assert found.stored == (found.total if found.rules else None)
            assert not found.scored or found.heat == found.by_score
    last = dump(book)
    for _ in range(done):
        book.undo()
    assert dump(book) == undo_to
    undo_all(book)
    redo_all(book)
    assert dump(book) == last
    book.close()


def test_the_list_shows_and_sorts_by_the_score_of_leads(book: Book) -> None:
    low, high = customers.add(book, {"name": "Ali"}), customers.add(book, {"name": "Mei Ling", "starred": True})
    rule(book, "Starred", STARRED, 30)
    once = customers.add(book, {"name": "Devi", "starred": True})
    customers.edit(book, once, {"state": "customer"})
    assert customers.list_ids(book, sort="score", descending=True) == [high, low, once]
    assert [row.score for row in customers.rows(book, [low, high, once])] == [0, 30, None]
    assert scoring.scores(book)[0].id == high


def test_a_score_that_was_brought_up_to_date_does_not_keep_an_older_act_from_being_taken_back(
        book: Book, clock: Clock) -> None:
    ali, other = customers.add(book, {"name": "Ali"}), customers.add(book, {"name": "Ali B", "starred": True})
    rule(book, "Starred", STARRED, 25)
    merged = merging.merge(book, ali, [other])
    rule(book, "Silent", UNTOUCHED, -10)
    clock.now = clock.now.replace(month=12, day=10)
    scoring.rescore(book)
    assert written(book, ali) == (15, "cold", True)
    book.undo_work(merged.work_id)
    assert customers.list_ids(book) == [ali, other]
    scoring.rescore(book)
    assert (written(book, ali)[0], written(book, other)[0]) == (-10, 15)


def test_a_heat_set_by_hand_since_does_keep_it(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"})
    changes = scoring.set_heat(book, [ali], "warm")
    scoring.set_heat(book, [ali], "hot")
    with pytest.raises(InvalidInput):
        book.undo_work(changes.work_id)


def test_what_comes_in_from_a_file_is_scored_and_its_heat_counts_as_said_by_hand(book: Book, tmp_path: Path) -> None:
    rule(book, "From Penang", PENANG, 45)
    file = tmp_path / "leads.csv"
    file.write_text("Name,Region,State,Heat\nAli,Penang,Lead,\nMei Ling,Penang,Lead,Cold\n", encoding="utf-8")
    result = importing.run(book, file, "customers")
    assert result.created == 2
    ali, mei = customers.list_ids(book)
    assert written(book, ali) == (45, "hot", True) and written(book, mei) == (45, "cold", False)
    file.write_text("Name,Heat\nAli,Warm\n", encoding="utf-8")
    importing.run(book, file, "customers")
    assert written(book, ali) == (45, "warm", False)
    book.undo()
    assert written(book, ali) == (45, "hot", True)
