"""desktop-crm fields: the business's own fields listed, added one by one or as a ready set; lists tell their values."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from desktop_crm.services import custom_fields, customers, deals
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


def test_fields_are_added_listed_and_told(run: Run, shop: str) -> None:
    assert run("fields", shop, "--json").json == []
    assert run("fields", shop).out == "No own fields yet\n"
    made = run("fields", shop, "add", "Level", "--type", "choice", "--choices", "Silver, Gold", "--json").json
    assert made == [{"id": 1, "kind": "customers", "name": "Level", "type": "choice", "choices": ["Silver", "Gold"],
                     "filled": 0}]
    assert run("fields", shop, "add", "Deposit", "--kind", "deals", "--type", "money").out == "Added “Deposit”\n"
    book = open_book(Path(shop))
    customers.add(book, {"name": "Ali"}, own={1: "Gold"})
    deals.add(book, {"name": "Sale"}, own={2: 120050})
    assert len(custom_fields.every(book)) == 2
    book.close()
    assert [row["filled"] for row in run("fields", shop, "--kind", "customers", "--json").json] == [1]
    assert run("list", shop, "customers", "--json").json[0]["own"] == {"Level": "Gold"}
    assert run("list", shop, "deals", "--json").json[0]["own"] == {"Deposit": "1200.50"}
    assert "Silver, Gold" in run("fields", shop).out


def test_a_ready_set_is_one_undo_step(run: Run, shop: str) -> None:
    assert len(run("fields", shop, "ready", "retail", "--json").json) == 13
    assert run("fields", shop, "ready", "retail", "--json").json == []
    assert run("undo", shop).code == 0
    assert run("fields", shop, "--json").json == []


def test_what_cannot_be_is_said(run: Run, shop: str) -> None:
    assert run("fields", shop, "ready", "bakery").code == 1
    assert run("fields", shop, "add").code == 1
    assert run("fields", shop, "add", "Level", "--type", "choice").code == 1
    assert run("fields", shop, "add", "X", "--type", "colour").code == 2


def test_a_choice_is_renamed_in_records_too(run: Run, shop: str) -> None:
    run("fields", shop, "add", "Size", "--type", "choice", "--choices", "S,L")
    with closing(open_book(Path(shop))) as book:
        customers.add(book, {"name": "Ali"}, own={1: "L"})
    assert run("fields", shop, "rename", "size", "L", "Large", "--json").json == {
        "field": "Size", "before": "L", "after": "Large", "records": 1}
    assert run("list", shop, "customers", "--json").json[0]["own"] == {"Size": "Large"}
    assert run("fields", shop, "--json").json[0]["choices"] == ["S", "Large"]
    assert "not a choice" in run("fields", shop, "rename", "Size", "M", "XL").refused
    assert "no own field" in run("fields", shop, "rename", "Colour", "M", "XL").refused
    assert "its new name" in run("fields", shop, "rename", "Size", "M").refused
    assert run("undo", shop, "--json").json["changes"] == 2
    assert run("fields", shop, "--json").json[0]["choices"] == ["S", "L"]
