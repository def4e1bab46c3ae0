"""Pipelines and stages of one's own: what may be named, ordered and deleted, and what stays."""

from __future__ import annotations

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import deals, pipelines
from desktop_crm.services.book import Book
from tests.books import dump, undo_all

SALES, QUICK = 1, 2


def names(book: Book) -> list[str]:
    return [item.name for item in deals.all_pipelines(book)]


def test_pipelines_are_added_ordered_renamed_and_deleted(book: Book) -> None:
    before = dump(book)
    new = pipelines.add_pipeline(book, " Repairs ", SALES)
    assert names(book) == ["Sales", "Quick sale", "Repairs"]
    sold, _, repairs = ([(stage.name, stage.kind, stage.probability, stage.day_limit) for stage in one.stages]
                        for one in deals.all_pipelines(book))
    assert repairs == sold and any(limit for *_, limit in sold)
    pipelines.order_pipelines(book, [new, SALES, QUICK])
    assert names(book) == ["Repairs", "Sales", "Quick sale"]
    bike = deals.add(book, {"name": "Bike"})
    assert deals.rows(book, [bike])[0].stage_id == deals.all_pipelines(book)[0].stages[0].id
    with pytest.raises(InvalidInput, match="is used by deals"):
        pipelines.delete_pipeline(book, new)
    book.undo()
    pipelines.rename_pipeline(book, new, "repairs")  # its own name in other letters
    pipelines.delete_pipeline(book, new)
    assert names(book) == ["Sales", "Quick sale"]
    assert undo_all(book) == 4 and dump(book) == before


def test_a_pipeline_that_a_deal_has_left_stays(book: Book) -> None:
    other = deals.all_pipelines(book)[1].stages[0].id
    deal = deals.add(book, {"name": "Bike", "stage_id": other})
    deals.move(book, [deal], 1)
    with pytest.raises(InvalidInput, match="is used by deals"):
        pipelines.delete_pipeline(book, QUICK)


def test_the_last_pipeline_and_its_last_open_stage_stay(book: Book) -> None:
    pipelines.delete_pipeline(book, SALES)
    with pytest.raises(InvalidInput, match="only pipeline"):
        pipelines.delete_pipeline(book, QUICK)
    with pytest.raises(InvalidInput, match="only open stage"):
        pipelines.delete_stage(book, deals.all_pipelines(book)[0].stages[0].id)


def test_names_are_given_once(book: Book) -> None:
    for act in (lambda: pipelines.add_pipeline(book, "SALES", QUICK),
                lambda: pipelines.rename_pipeline(book, QUICK, "sales"),
                lambda: pipelines.add_stage(book, SALES, {"name": "won"}),
                lambda: pipelines.edit_stage(book, 1, {"name": "Lost"})):
        with pytest.raises(InvalidInput, match="is in the list already"):
            act()
    pipelines.edit_stage(book, 1, {"name": "NEW"})  # its own name in other letters
    pipelines.edit_stage(book, 6, {"name": "Paid"})  # the won stage has any name
    pipelines.add_stage(book, QUICK, {"name": "New"})  # and another pipeline the same ones
    assert deals.all_pipelines(book)[0].first("won").name == "Paid"  # type: ignore[union-attr]  # every pipeline has one


def test_how_many_open_deals_stand_where(book: Book) -> None:
    for stage in (1, 1, 3, 6):
        deals.add(book, {"name": "Bike", "stage_id": stage})
    assert pipelines.standing(book) == {1: 2, 3: 1}
