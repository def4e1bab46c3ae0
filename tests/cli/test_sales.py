"""The sales counter by command: figures by hand, papers read back, refusals in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Run, kept


@pytest.fixture
def till(run: Run) -> str:
    """A shop with a price list of two and one customer."""
    return kept(run, "till.crm", _stock)


def _stock(run: Run) -> None:
    assert run("new", "till.crm", "--name", "Kedai Bukit").code == 0
    Path("goods.csv").write_text("Name,Price\nRice 5 kg,25.90\nSugar,2.85\n", encoding="utf-8")
    Path("people.csv").write_text("Name\nAminah Runcit\n", encoding="utf-8")
    assert run("import", "till.crm", "goods.csv", "--as", "products").code == 0
    assert run("import", "till.crm", "people.csv", "--as", "customers").code == 0


def text_of(path: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_walk_in_pays_cash_and_gets_change(run: Run, till: str) -> None:
    said = run("sell", till, "--total", "41.20", "--paid", "50", "--receipt", "--json").json
    assert said == {"deal": 1, "receipt": "000001", "change": "8.80", "owed": "0.00"}


def test_items_come_from_the_price_list_unless_a_price_is_given(run: Run, till: str) -> None:
    said = run("sell", till, "--item", "Rice 5 kg=2", "--item", "sugar=3@2.50", "--item", "Bag=1@0.20", "--json").json
    deal, = run("list", till, "deals", "--json").json
    assert (said["deal"], deal["amount"]) == (1, "59.50")  # 51.80 + 7.50 + 0.20
    assert [(line["product"], line["quantity"], line["price"]) for line in deal["lines"]] == [
        ("Rice 5 kg", "2", "25.90"), ("Sugar", "3", "2.50"), ("Bag", "1", "0.20")]


def test_credit_is_owed_and_money_pays_the_oldest_first(run: Run, till: str) -> None:
    run("sell", till, "--customer", "1", "--total", "100", "--paid", "0", "--on", "2026-01-05", "--json")
    run("sell", till, "--customer", "1", "--total", "60", "--paid", "10", "--on", "2026-02-05", "--json")
    owed, = run("owed", till, "--json").json
    assert owed == {"id": 1, "name": "Aminah Runcit", "owed": "150.00", "limit": None, "promised_on": None,
                    "oldest_on": "2026-01-05"}
    taken = run("receive", till, "1", "120", "--receipt", "--json").json
    assert (taken["owed"], taken["advance"], taken["receipt"]) == ("30.00", "0.00", "000001")
    assert run("owed", till, "--json").json[0]["oldest_on"] == "2026-02-05"
    assert "Aminah Runcit" in run("owed", till).out
    assert run("undo", till, "--json").json["label"].startswith("Receive RM")


def test_a_new_customer_comes_with_the_sale(run: Run, till: str) -> None:
    assert run("sell", till, "--new", "Siti", "--total", "5", "--paid", "0", "--json").json["owed"] == "5.00"
    assert [row["name"] for row in run("list", till, "customers", "--json").json] == ["Aminah Runcit", "Siti"]


def test_nobody_owes_nothing(run: Run, till: str) -> None:
    assert run("owed", till, "--json").json == [] and run("owed", till).out == ""


@pytest.mark.parametrize(("wrong", "sentence"), [
    (["--total", "10", "--paid", "0"], "needs a customer"), (["--total", "x"], "is not an amount"),
    ([], "amount above"), (["--customer", "1", "--new", "Siti", "--total", "1"], "not both"),
    (["--customer", "9", "--total", "1"], "no longer"),
])
def test_what_cannot_be_sold_is_said(run: Run, till: str, wrong: list[str], sentence: str) -> None:
    assert sentence in run("sell", till, *wrong).refused
    assert run("list", till, "deals", "--json").json == []


def test_papers_are_written_and_say_the_figures(run: Run, till: str) -> None:
    run("sell", till, "--customer", "1", "--item", "Rice 5 kg=2", "--paid", "20", "--receipt")
    for command in (("receipt", till, "1"), ("quote", till, "1"), ("statement", till, "1")):
        out = f"{command[0]}.pdf"
        assert run(*command, "--out", out).code == 0
        assert "Aminah Runcit" in text_of(out) and "51.80" in text_of(out) and "Kedai Bukit" in text_of(out)
    assert "000001" in text_of("receipt.pdf") and "20.00" in text_of("receipt.pdf")
    assert run("receipt", till, "1", "--roll", "--out", "roll.pdf", "--json").json == {"file": "roll.pdf"}


def test_a_statement_of_a_period_begins_with_what_was_owed(run: Run, till: str) -> None:
    run("sell", till, "--customer", "1", "--total", "100", "--paid", "0", "--on", "2026-01-05")
    run("sell", till, "--customer", "1", "--total", "60", "--paid", "10", "--on", "2026-02-05")
    run("statement", till, "1", "--from", "2026-02-01", "--to", "2026-03-01", "--out", "feb.pdf")
    said = text_of("feb.pdf")
    assert "100.00" in said and "60.00" in said and "150.00" in said


def test_refused_papers_leave_no_file(run: Run, till: str) -> None:
    assert "no receipt 7" in run("receipt", till, "7", "--out", "a.pdf").refused
    run("sell", till, "--total", "5", "--receipt")
    assert "no PDF file's name" in run("receipt", till, "1", "--out", "a.txt").refused
    assert not Path("a.pdf").exists() and not Path("a.txt").exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "soon"])
@pytest.mark.parametrize("command", [
    ("sell", "till.crm", "--total", "5", "--on"), ("sell", "till.crm", "--total", "5", "--due"),
    ("receive", "till.crm", "1", "5", "--on"), ("receive", "till.crm", "1", "5", "--due"),
    ("quote", "till.crm", "1", "--out", "x.pdf", "--valid"), ("statement", "till.crm", "1", "--out", "x.pdf", "--to"),
    ("statement", "till.crm", "1", "--out", "x.pdf", "--from"),
])
def test_a_day_that_no_business_has_is_wrong_usage(run: Run, till: str, command: tuple[str, ...], day: str) -> None:
    assert run(*command, day).code == 2


@pytest.mark.parametrize("item", ["x=999999999999@40000000000000000", "x=999999999999@4000000"])
def test_items_that_come_to_more_than_fits_are_refused(run: Run, till: str, item: str) -> None:
    assert "does not fit Amount" in run("sell", till, "--item", item).refused


def test_a_price_in_another_currency_is_no_price_of_the_shop(run: Run, till: str) -> None:
    Path("more.csv").write_text("Name,Price,Currency\nLamp,10.00,USD\n", encoding="utf-8")
    assert run("import", till, "more.csv", "--as", "products", "--json").json["created"] == 1
    assert "items with prices" in run("sell", till, "--item", "Lamp").refused
    assert run("sell", till, "--item", "Lamp=1@45", "--json").code == 0


def test_sums_that_no_integer_holds_are_refused_and_nothing_is_saved(run: Run, till: str) -> None:
    sale = ("sell", till, "--customer", "1", "--total", "40000000000000000", "--paid", "0")
    assert [run(*sale).code, run(*sale).code] == [0, 0]
    assert "more than can be counted" in run(*sale).refused
    assert len(run("list", till, "deals", "--json").json) == 2
    run("undo", till)
    assert run("owed", till, "--json").json[0]["owed"] == "40000000000000000.00"


@pytest.mark.parametrize("item", ["", " ", "=2@5.00"])
def test_an_item_without_a_name_is_refused(run: Run, till: str, item: str) -> None:
    assert "names no product" in run("sell", till, "--item", item).refused
    assert run("list", till, "deals", "--json").json == []
