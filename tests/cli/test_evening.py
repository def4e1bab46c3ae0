"""`evening`, `count` and `target`: the end of a day without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.cli.conftest import Run

DAY = "2026-03-05"


def test_the_three_forms_of_a_day(run: Run, shop: str, qtbot: QtBot) -> None:
    assert run("sell", shop, "--total", "123.45", "--on", DAY).code == 0
    assert run("count", shop, "100", "--on", DAY, "--json").json == {"day": DAY, "counted": "100.00"}
    made = run("evening", shop, "drive", "--on", DAY, "--json").json
    assert (made["day"], made["noted"]) == (DAY, True)
    assert len(pypdf.PdfReader(made["pdf"]).pages) == 1
    assert QImage(made["png"]).width() == 1080
    text = Path(made["txt"]).read_text("utf-8")
    assert "RM 123.45" in text and "Cash counted: RM 100.00 (RM 23.45 short of RM 123.45)" in text
    said = run("evening", shop, "drive", "--on", DAY)
    assert said.out.splitlines() == [made["pdf"], made["png"], made["txt"]]


def test_beside_an_open_window_the_forms_are_made_and_the_printing_is_not_noted(
        run: Run, shop: str, qtbot: QtBot) -> None:
    from desktop_crm.services.book import open_book

    book = open_book(Path(shop))
    made = run("evening", shop, "drive", "--json").json
    book.close()
    assert made["noted"] is False and Path(made["pdf"]).exists()


def test_the_target_of_a_month(run: Run, shop: str) -> None:
    Path("sellers.csv").write_text("name\nAminah\n", "utf-8")
    assert run("import", shop, "sellers.csv", "--as", "sellers").code == 0
    assert run("target", shop, "120,000", "--month", "2026-03", "--json").json == {
        "month": "2026-03", "seller": None, "target": "120000.00"}
    assert run("target", shop, "5000", "--month", "2026-03", "--seller", "aminah", "--json").json["seller"] == "aminah"
    report = run("report", shop, "daily", "--on", DAY, "--json").json
    table = next(table for table in report["tables"] if table["key"] == "targets")
    assert [row[:3] for row in table["rows"]] == [
        ["The whole shop", "120000.00", "0.00"], ["Aminah", "5000.00", "0.00"]]
    assert run("target", shop, "-", "--month", "2026-03").code == 0
    assert run("undo", shop).out.strip() == "Undone: Take away the shop's target"
    assert run("target", shop, "7").code == 0                    # the present month


@pytest.mark.parametrize(("arguments", "sentence"), [
    (("count", "x.crm", "-5"), "below zero"), (("count", "x.crm", "many"), "not an amount"),
    (("target", "x.crm", "0"), "above zero"), (("target", "x.crm", "5", "--seller", "Nobody"), "no seller"),
    (("count", "x.crm", "5", "--on", str(date(2299, 1, 1))), "has not come yet"),
    (("count", "x.crm", " "), "An amount is needed")])
def test_what_cannot_be_is_one_sentence(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    assert run("new", "x.crm").code == 0
    given = [arguments[0], arguments[1], "--", *arguments[2:]] if arguments[2].startswith("-") else list(arguments)
    assert sentence in run(*given).refused


def test_what_is_no_day_or_month_is_a_usage_error(run: Run, shop: str) -> None:
    assert run("target", shop, "5", "--month", "March").code == 2
    assert run("evening", shop, "out", "--on", "yesterday").code == 2
