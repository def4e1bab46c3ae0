"""Any sequence of merges, imports, bulk edits, conversions, rules, ticks, files and pasted blocks is undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import (
    access,
    assignment,
    attachments,
    campaigns,
    checklists,
    conversion,
    custom_fields,
    customers,
    handover,
    importing,
    pool,
    safety,
    scoring,
    segments,
    sellers,
    sheet,
)
from desktop_crm.services.book import Book
from tests.books import dump, new_book, redo_all, searched, undo_all
from tests.services import test_conversion, test_merging, test_sheet, test_undo
from tests.services.importing import test_properties
from tests.services.importing.tables import cells
from tests.services.test_undo import NAMES, on_one, picked

Some = Callable[[Book, int, str], object]
"""What is done with a number, which says to whom, and a text."""


def _some(book: Book, number: int) -> list[int]:
    """Some of the customers; all of them where the number names none."""
    ids = customers.list_ids(book, sort="id")
    return [key for place, key in enumerate(ids) if number >> place % 8 & 1] or ids


def _stored(number: int, text: str) -> str:
    return segments.stored((CustomerFilter(starred=True), CustomerFilter(search=text),
                            CustomerFilter(regions=(text,)), CustomerFilter(states=("lead",)))[number % 4])


BULK: list[Some] = [
    lambda book, n, text: customers.edit_many(book, _some(book, n), {"region": text, "notes": text}),
    lambda book, n, text: customers.edit_many(book, _some(book, n), {
        "state": ("lead", "customer", "inactive")[n % 3], "seller_id": picked(book, "sellers", n)}),
    lambda book, n, text: customers.edit_many(book, _some(book, n), {"lead_state": ("contacted", "qualified")[n % 2]}),
    lambda book, n, text: customers.add_tags(book, _some(book, n), [text, "VIP"]),
    lambda book, n, text: customers.set_tags(book, _some(book, n), [text] if n % 3 else []),
    lambda book, n, text: customers.star(book, _some(book, n), n % 3 > 0),
    lambda book, n, text: scoring.set_heat(book, _some(book, n), (None, "cold", "hot")[n % 3]),
    lambda book, n, text: custom_fields.add(book, "customers", text, ("text", "choice")[n % 2], ("A", text)),
    on_one("custom_fields", lambda book, key, text: custom_fields.set_many(
        book, "customers", _some(book, len(text)), {key: text})),
    on_one("custom_fields", lambda book, key, text: custom_fields.set_many(
        book, "customers", customers.list_ids(book), {key: None})),
    on_one("custom_fields", lambda book, key, text: custom_fields.edit(book, key, name=f"{text} 2")),
    on_one("custom_fields", lambda book, key, text: custom_fields.delete(book, [key])),
    on_one("sellers", lambda book, key, text: handover.hand_over(
        book, handover.Plan(tuple(customers.list_ids(book)), key, note=text))),
    lambda book, n, text: assignment.assign(book, customers.list_ids(book)),
    lambda book, n, text: pool.release(book, _some(book, n)),
    lambda book, n, text: pool.take(book, customers.list_ids(book)),
]
RULES: list[Some] = [
    lambda book, n, text: campaigns.add(book, {"name": text, "cost": n, "source_id": n % 3 + 1}),
    on_one("campaigns", lambda book, key, text: campaigns.edit(book, key, {"name": f"{text} 2", "cost": 5})),
    on_one("campaigns", lambda book, key, text: customers.edit_many(
        book, customers.list_ids(book), {"campaign_id": key})),
    on_one("campaigns", lambda book, key, text: campaigns.delete(book, [key])),
    lambda book, n, text: scoring.order(book, [rule.id for rule in scoring.all_rules(book)][::-1]),
    lambda book, n, text: scoring.add(book, {"name": text, "filter": _stored(n, text), "points": n % 90 - 20}),
    on_one("score_rules", lambda book, key, text: scoring.edit(
        book, key, {"points": len(text), "filter": _stored(key, text)})),
    on_one("score_rules", lambda book, key, text: scoring.delete(book, [key])),
    lambda book, n, text: scoring.set_thresholds(book, n % 50, n % 50 + n % 7),
    lambda book, n, text: assignment.add(book, {
        "name": text, "filter": CustomerFilter(regions=(text,)) if n % 2 else CustomerFilter(),
        "seller_id": picked(book, "sellers", n) if n % 3 else None, "most": n % 4 + 1}),
    on_one("assignment_rules", lambda book, key, text: assignment.delete(book, [key])),
    lambda book, n, text: checklists.suggest(book, ("marketing", "sales")[n % 2]),
    on_one("checklist_items", lambda book, key, text: checklists.delete(book, [key])),
    on_one("checklist_items", lambda book, key, text: checklists.rename(book, key, text)),
]
ON_ONE: list[Some] = [
    lambda book, n, text: checklists.tick(book, *_lead_and_item(book, n)),
    lambda book, n, text: checklists.untick(book, *_lead_and_item(book, n // 2)),
    on_one("customers", lambda book, key, text: checklists.qualify(book, key)),
    on_one("customers", lambda book, key, text: attachments.attach(book, "customers", key, [
        attachments.keep(book, f"{text}.txt", data) for data in (text.encode(), b"the same")])),
    on_one("deals", lambda book, key, text: attachments.add(book, "deals", key, "quote.txt", text.encode())),
    on_one("attachments", lambda book, key, text: attachments.rename(book, key, text)),
    on_one("attachments", lambda book, key, text: attachments.delete(book, [key])),
]


def _lead_and_item(book: Book, number: int) -> tuple[int, int]:
    return picked(book, "customers", number // 3) or 0, picked(book, "checklist_items", number) or 0


def _imported(book: Book, kind: str, rows: list[tuple[Any, ...]], wishes: importing.Wishes) -> object:
    columns = test_properties.COLUMNS[kind]
    overrides = [(name, "external_id" if name == "id" else name) for name in columns]
    return importing.run(book, cells(columns, *rows), kind, overrides=overrides, wishes=wishes)


def _row(columns: tuple[str, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A row whose key and name often are those of a row before, which it then updates."""
    known = {"id": st.sampled_from(["K1", "K2", ""]), "name": st.sampled_from(["Ali", "Lead 1", "Maju", "", "小明"])}
    return st.tuples(*(known.get(name, test_properties.CELLS) for name in columns))


def _converted(book: Book, number: int, plan: tuple[Any, ...]) -> object:
    company, into, contact, role, deal, amount = plan
    target = None if into is None or company else picked(book, "customers", into)
    return conversion.convert(book, picked(book, "customers", number) or 0,
                              conversion.Plan(company, target, contact, role, deal, amount))


def _pasted(book: Book, keys: list[str], block: list[list[str]]) -> object:
    made = sheet.plan(book, test_sheet.cells(book), customers.list_ids(book), keys, block)
    return sheet.apply(book, made)


def _of(name: str, acts: list[Some]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(name), st.sampled_from(acts), st.integers(0, 9999), NAMES)


STEPS = st.lists(st.one_of(
    st.tuples(st.just("merging"), st.sampled_from(["merge", "merge", "merge", "parent", "apart", "deal"]),
              st.integers(0, 10**6)),
    st.sampled_from(["customers", "customers", *test_properties.COLUMNS]).flatmap(lambda kind: st.tuples(
        st.just("import"), st.just(kind),
        st.lists(_row(test_properties.COLUMNS[kind]), min_size=1, max_size=5),
        st.builds(importing.Wishes, empties=st.booleans(), replaces=st.booleans()))),
    _of("bulk", BULK), _of("rules", RULES), _of("one", ON_ONE),
    st.tuples(st.just("anything"), st.sampled_from(test_undo.ACTS), st.integers(0, 9999),
              st.tuples(NAMES, test_undo.DAYS)),
    st.tuples(st.just("conversion"), st.integers(0, 9999), test_conversion.PLANS),
    test_sheet.BLOCK_KEYS.flatmap(lambda keys: st.tuples(
        st.just("sheet"), st.just(keys),
        st.lists(st.lists(test_sheet.TEXTS, min_size=len(keys), max_size=len(keys)), min_size=1, max_size=4))),
    st.tuples(st.just("back"), st.integers(0, 9999))), min_size=10, max_size=18)


def _do(book: Book, step: tuple[Any, ...], works: list[int]) -> None:
    match step:
        case "merging", what, number:
            test_merging.act_on(book, what, number, [])
        case "import", kind, rows, wishes:
            _imported(book, kind, rows, wishes)
        case "conversion", number, plan:
            _converted(book, number, plan)
        case "sheet", keys, block:
            _pasted(book, keys, block)
        case "back", number:  # the newest act is what undo itself takes back
            if works[:-1]:
                book.undo_work(works[number % (len(works) - 1)])
        case _, act, number, value:
            act(book, number, value)


def _filled(book: Book) -> None:
    """Leads with all that hangs on them, sellers, rules and a list to tick, for the steps to find something."""
    people = [sellers.add(book, {"name": name}) for name in ("Aminah", "陈美玲")]
    for number, kind in enumerate(("person", "company", "household")):
        test_conversion.lead(book, f"Lead {number}", kind, birthday=None if number else "--05-12",
                             seller_id=[None, *people][number])
    test_merging.add(book, "Maju", state="customer", external_id="K1")
    custom_fields.add(book, "customers", "Route", "choice", ["North", "South"])
    scoring.suggest(book)
    checklists.suggest(book, "sales")
    assignment.add(book, {"name": "Everybody", "filter": CustomerFilter(), "seller_id": None})
    access.work_as(book, people[0])


def _undone(path: Path, steps: list[tuple[Any, ...]]) -> None:
    book = new_book(path)
    empty = dump(book), searched(book)
    _filled(book)
    told: list[int] = []
    book.subscribe(lambda changes: told.append(changes.work_id))
    states = [(dump(book), searched(book))]
    for step in steps:
        before = len(told)
        try:
            _do(book, step, told)
        except CrmError:
            assert told[before:] == [] and dump(book) == states[-1][0], step  # refused: nothing was done
            continue
        assert len(told) - before <= 1, step  # one act, or none
        if told[before:]:
            states.append((dump(book), searched(book)))
        else:
            assert dump(book) == states[-1][0], step
    assert safety.check(book) == []
    for state in states[-2::-1]:
        book.undo()
        assert (dump(book), searched(book)) == state
    for state in states[1:]:
        book.redo()
        assert (dump(book), searched(book)) == state
    undo_all(book)
    assert (dump(book), searched(book)) == empty
    redo_all(book)
    assert (dump(book), searched(book)) == states[-1] and safety.check(book) == []
    book.close()


@settings(max_examples=4, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_sequence_is_undone_step_by_step(tmp_path_factory: pytest.TempPathFactory,
                                             steps: list[tuple[Any, ...]]) -> None:
    _undone(tmp_path_factory.mktemp("any") / "shop.crm", steps)


@pytest.mark.campaign
@settings(max_examples=300, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_many_sequences_are_undone_step_by_step(tmp_path_factory: pytest.TempPathFactory,
                                                steps: list[tuple[Any, ...]]) -> None:
    _undone(tmp_path_factory.mktemp("any") / "shop.crm", steps)
