"""Deals: stages and their log, winning, losing, reopening, lines, filters, sums, conflicts; each undone again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_crm.domain.deals import DealFilter, DealLine, Stage
from desktop_crm.domain.errors import Conflict, InvalidInput, NotFound
from desktop_crm.domain.values import Period
from desktop_crm.services import business, customers, deals, pipelines, products, sellers, tasks
from desktop_crm.services.book import Book
from tests.books import TODAY, dump, undo_all

OLD = date(2026, 11, 1)


def stage(book: Book, name: str) -> Stage:
    return next(item for item in deals.all_pipelines(book)[0].stages if item.name == name)


def names(book: Book, sort: str = "id", descending: bool = False, **wanted: Any) -> list[str]:
    found = deals.list_ids(book, DealFilter(**wanted), sort, descending)
    return [row.name for row in deals.rows(book, found)]


def test_a_new_deal_is_in_the_first_open_stage_today(book: Book) -> None:
    card = deals.card(book, deals.add(book, {"name": "Tiles", "amount": 5}))
    assert (card.row.stage, card.row.status, card.row.created_on, card.row.stage_on) == ("New", "open", TODAY, TODAY)
    assert [(move.before, move.after, move.amount, move.on_date) for move in card.moves] == [(None, "New", 5, TODAY)]


def test_moves_are_logged_with_amount_and_seller_of_then(book: Book) -> None:
    mei, raj = (sellers.add(book, {"name": name}) for name in ("Mei", "Raj"))
    deal = deals.add(book, {"name": "Tiles", "amount": 100, "seller_id": mei})
    deals.edit(book, deal, {"amount": 250, "seller_id": raj})
    deals.move(book, [deal], stage(book, "Proposal").id, on=OLD)
    deals.move(book, [deal], stage(book, "Proposal").id)  # where it is already: nothing to log
    found = {(move.before, move.after, move.seller, move.amount, move.on_date) for move in deals.card(book, deal).moves}
    assert found == {(None, "New", "Mei", 100, TODAY), ("New", "Proposal", "Raj", 250, OLD)}
    assert deals.card(book, deal).row.stage_on == OLD


def test_winning_closes_the_deal_and_makes_the_lead_a_customer(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"})
    deal = deals.add(book, {"name": "Tiles", "customer_id": ali})
    before = dump(book)
    deals.move(book, [deal], stage(book, "Won").id)
    row, lead = deals.card(book, deal).row, customers.card(book, ali).values
    assert (row.status, row.closed_on, lead["state"], lead["lead_state"]) == ("won", TODAY, "customer", "converted")
    book.undo()
    assert dump(book) == before


def test_losing_keeps_the_reason_and_reopening_clears_all(book: Book) -> None:
    reason = business.choices(book, "lost_reasons")[0]
    deal = deals.add(book, {"name": "Tiles"})
    deals.move(book, [deal], stage(book, "Lost").id, reason_id=reason.id, note="  too dear ", on=OLD)
    card = deals.card(book, deal)
    assert (card.row.status, card.row.closed_on, card.lost_reason, card.values["lost_note"]) == (
        "lost", OLD, reason.name, "too dear")
    deals.move(book, [deal], stage(book, "New").id)
    card = deals.card(book, deal)
    assert (card.row.status, card.row.closed_on, card.lost_reason) == ("open", None, None)
    assert card.values["lost_note"] is None and len(card.moves) == 3


def test_a_won_deal_moved_to_won_again_keeps_its_day(book: Book) -> None:
    deal = deals.add(book, {"name": "Tiles"})
    deals.move(book, [deal], stage(book, "Won").id, on=OLD)
    deals.move(book, [deal], stage(book, "Won").id)
    assert deals.card(book, deal).row.closed_on == OLD


def test_the_lines_are_the_amount_unless_one_is_given(book: Book) -> None:
    tile = products.add(book, {"name": "Tile", "price": 333})
    lines = [DealLine(tile, "Tile", 1500, 333), DealLine(None, "Fee", 1000, None)]
    deal = deals.add(book, {"name": "Tiles"}, lines)
    assert deals.card(book, deal).row.amount == 500  # 1.5 × 3.33 = 4.995, half a sen up
    deals.edit(book, deal, {}, lines=[DealLine(tile, "Tile", 3000, 100)])
    assert (deals.card(book, deal).row.amount, len(deals.card(book, deal).lines)) == (300, 1)
    deals.edit(book, deal, {"amount": 7}, lines=[DealLine(tile, "Tile", 3000, 100)])
    assert deals.card(book, deal).row.amount == 7
    assert deals.total([DealLine(None, "Fee")]) is None


def test_a_new_customer_comes_in_the_same_act(book: Book) -> None:
    deal = deals.add(book, {"name": "Tiles"}, new_customer=" Ali ")
    assert deals.card(book, deal).row.customer == "Ali"
    assert undo_all(book) == 1 and customers.list_ids(book) == []


def test_a_conflict_saves_nothing(book: Book) -> None:
    deal = deals.add(book, {"name": "Tiles", "amount": 1})
    deals.edit(book, deal, {"amount": 2})
    before = dump(book)
    with pytest.raises(Conflict):
        deals.edit(book, deal, {"amount": 3}, seen={"amount": 1}, new_customer="Ali")
    assert dump(book) == before


def test_filters_and_order(book: Book) -> None:
    mei = sellers.add(book, {"name": "Mei", "team": "Shop", "region": "Perak"})
    a = deals.add(book, {"name": "a", "amount": None, "created_on": OLD, "expected_on": date(2026, 12, 1)})
    b = deals.add(book, {"name": "b", "amount": 5, "seller_id": mei})
    c = deals.add(book, {"name": "c", "amount": 5})
    deals.move(book, [c], stage(book, "Won").id, on=date(2026, 11, 30))
    assert names(book, "amount") == names(book, "amount", descending=True) == ["b", "c", "a"]
    assert names(book, "expected_on", descending=True)[0] == "a" and names(book, "stage")[-1] == "c"
    assert names(book, statuses=("won",)) == names(book, closed=Period.month(OLD)) == ["c"]
    assert names(book, closed=Period(OLD, date(2026, 11, 30))) == []
    assert names(book, sellers=(mei,)) == names(book, teams=("Shop",)) == names(book, regions=("Perak",)) == ["b"]
    assert names(book, sellers=(0,)) == names(book, teams=("",)) == ["a", "c"]
    assert names(book, created=Period.day(OLD)) == ["a"] and names(book, ids=(a, b), search="b") == ["b"]
    tasks.add(book, {"name": "Call", "deal_id": a})
    assert "a" not in names(book, no_next_step=True)


def test_the_board_and_the_totals(book: Book) -> None:
    for amount in (101, 100, None):
        deals.add(book, {"name": "x", "amount": amount})
    deals.move(book, [2], stage(book, "Proposal").id)
    first, _, third, *_ = deals.board(book, deals.all_pipelines(book)[0], DealFilter())
    assert (first.deals, first.amount, first.weighted) == (2, 101, 10)   # 10 % of 1.01
    assert (third.deals, third.amount, third.weighted) == (1, 100, 50)
    assert deals.totals(book, DealFilter()).amount == 201
    assert deals.totals(book, DealFilter(search="none")).deals == 0


def test_deals_that_are_too_long_in_their_stage(book: Book) -> None:
    old, new = (deals.add(book, {"name": name}) for name in ("old", "new"))
    qualified = stage(book, "Qualified")  # 14 days
    deals.move(book, [old], qualified.id, on=date(2026, 11, 6))
    deals.move(book, [new], qualified.id, on=date(2026, 11, 7))
    assert names(book, over_limit=True) == ["old"]


def test_what_is_gone_is_told(book: Book) -> None:
    with pytest.raises(NotFound):
        deals.card(book, 99)
    with pytest.raises(NotFound):
        deals.move(book, [99], stage(book, "Won").id)
    with pytest.raises(InvalidInput) as refused:
        deals.add(book, {"name": "x", "stage_id": 999})
    assert refused.value.at == "stage_id"


def test_stages_are_added_ordered_renamed_and_deleted_unless_used(book: Book) -> None:
    start = dump(book)
    new = pipelines.add_stage(book, 1, {"name": "Visit", "probability": 30, "day_limit": 3})
    assert [item.name for item in deals.all_pipelines(book)[0].open_stages][-1] == "Visit"
    pipelines.edit_stage(book, new, {"name": "Site visit", "kind": "won"})
    ids = [item.id for item in deals.all_pipelines(book)[0].stages]
    pipelines.order_stages(book, [new, *(item for item in ids if item != new)])
    first = deals.all_pipelines(book)[0].stages[0]
    assert (first.name, first.kind) == ("Site visit", "open")
    deal = deals.add(book, {"name": "x"})
    assert deals.card(book, deal).row.stage_id == new
    with pytest.raises(InvalidInput, match="stays"):
        pipelines.delete_stage(book, new)
    with pytest.raises(InvalidInput, match="stays"):
        pipelines.delete_stage(book, stage(book, "Won").id)
    deals.delete(book, [deal])
    pipelines.delete_stage(book, new)
    with pytest.raises(InvalidInput):
        pipelines.add_stage(book, 1, {"name": "x", "probability": 101})
    assert undo_all(book) == 6 and dump(book) == start


def test_a_pipeline_is_made_like_another(book: Book) -> None:
    new = pipelines.add_pipeline(book, " Tenders ", 1)
    pipelines.rename_pipeline(book, new, "Bids")
    first, *_, last = deals.all_pipelines(book)
    assert (last.id, last.name) == (new, "Bids")
    assert [item.name for item in last.stages] == [item.name for item in first.stages]
    with pytest.raises(InvalidInput):
        pipelines.rename_pipeline(book, new, " ")


def test_every_act_is_undone(book: Book) -> None:
    start = dump(book)
    deal = deals.add(book, {"name": "x"}, [DealLine(None, "Fee", 1000, 5)], new_customer="Ali")
    deals.edit(book, deal, {"name": "y"}, lines=[])
    deals.edit_many(book, [deal], {"expected_on": TODAY})
    deals.move(book, [deal], stage(book, "Lost").id, note="n")
    deals.delete(book, [deal])
    assert undo_all(book) == 5 and dump(book) == start
