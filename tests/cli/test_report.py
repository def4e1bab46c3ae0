"""`report` and `reports`: the shape of the JSON, days and periods, cuts, files, refusals."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import openpyxl
import pypdf
import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.services import customers, deals
from desktop_crm.services.book import open_book
from tests.books import new_file
from tests.cli.conftest import Run, kept, table

KEYS = ["name", "title", "from", "to", "currency", "columns", "rows", "totals", "figures", "tables"]
DEALS = ("name,seller,stage,amount,created,closed\n"
         "A,Mei,Won,1000.50,2026-01-31,2026-02-01\nB,Mei,Lost,20,2026-01-31,2026-02-28\n"
         "C,Raj,Won,300,2026-02-01,2026-03-01\nD,Raj,New,4000,2026-02-10,\n")


@pytest.fixture
def filled(run: Run) -> str:
    return kept(run, "shop.crm", _four)


def _four(run: Run) -> None:
    new_file(Path("shop.crm"))
    assert run("import", "shop.crm", table("d.csv", DEALS), "--as", "deals", "--json").json["created"] == 4


def cells(found: dict[str, object], row: int = 0) -> dict[str, object]:
    """A row of the first table by its columns' keys."""
    columns, rows = found["columns"], found["rows"]
    assert isinstance(columns, list) and isinstance(rows, list)
    return dict(zip([column["key"] for column in columns], rows[row], strict=True))


@pytest.mark.parametrize("name", ["daily", "sales", "pipeline", "deals", "tasks", "customers"])
def test_the_json_has_just_these_keys_in_this_order(run: Run, filled: str, name: str) -> None:
    found = run("report", filled, name, "--json").json
    assert list(found) == KEYS
    assert (found["name"], found["currency"]) == (name, "MYR")
    first = found["tables"][0]
    assert (found["columns"], found["rows"], found["totals"]) == (first["columns"], first["rows"], first["totals"])
    for part in found["tables"]:
        assert all(set(column) == {"key", "title", "type"} for column in part["columns"])
        assert all(len(row) == len(part["columns"]) for row in [*part["rows"], part["totals"] or part["columns"]])


def test_without_a_cut_there_is_one_row(run: Run, filled: str) -> None:
    found = run("report", filled, "sales", "--json").json
    assert (len(found["rows"]), found["from"], found["to"]) == (1, None, None)
    row = cells(found)
    assert (row["deals"], row["won"], row["lost"], row["open"], row["won_amount"]) == (4, 2, 1, 1, "1300.50")


def test_to_is_exclusive(run: Run, filled: str) -> None:
    found = run("report", filled, "sales", "--from", "2026-02-01", "--to", "2026-03-01", "--json").json
    assert (found["from"], found["to"]) == ("2026-02-01", "2026-03-01")
    row = cells(found)  # created: C, D; closed: A won on the first day, B lost on the last; C on the day after it
    assert (row["deals"], row["won"], row["lost"], row["won_amount"]) == (2, 1, 1, "1000.50")


def test_on_is_one_day(run: Run, filled: str) -> None:
    found = run("report", filled, "sales", "--on", "2026-02-01", "--json").json
    assert (found["from"], found["to"]) == ("2026-02-01", "2026-02-02")
    assert cells(found)["won_amount"] == "1000.50"
    assert run("report", filled, "daily", "--on", "2026-02-01", "--json").json["from"] == "2026-02-01"


def test_one_side_may_be_open(run: Run, filled: str) -> None:
    assert cells(run("report", filled, "sales", "--from", "2026-03-01", "--json").json)["won"] == 1
    assert cells(run("report", filled, "sales", "--to", "2026-03-01", "--json").json)["won"] == 1
    everything = run("report", filled, "sales", "--from", "0001-01-01", "--to", "9999-12-31", "--json").json
    assert cells(everything)["won"] == 2


def test_cuts(run: Run, filled: str) -> None:
    found = run("report", filled, "sales", "--by", "seller", "--json").json
    assert [(cells(found, row)["group"], cells(found, row)["won_amount"]) for row in (0, 1)] == [
        ("Mei", "1000.50"), ("Raj", "300.00")]
    months = run("report", filled, "sales", "--by", "month", "--json").json
    assert [row[0] for row in months["rows"]] == ["2026-01", "2026-02", "2026-03"]
    quarters = run("report", filled, "sales", "--by", "quarter", "--json").json
    assert [row[0] for row in quarters["rows"]] == ["2026-Q1"]


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "csv", "json"])
def test_out_writes_each_kind_of_file(run: Run, filled: str, suffix: str) -> None:
    said = run("report", filled, "sales", "--by", "seller", "--out", f"out file é.{suffix}")
    path = Path(f"out file é.{suffix}")
    assert (said.code, said.err, path.name in said.out) == (0, "", True)
    text = {"pdf": lambda: pypdf.PdfReader(path).pages[0].extract_text(),
            "xlsx": lambda: str([row for sheet in openpyxl.load_workbook(path) for row in sheet.values]),
            "csv": lambda: path.read_text(encoding="utf-8-sig"),
            "json": lambda: json.dumps(json.loads(path.read_text(encoding="utf-8")))}[suffix]()
    assert "Mei" in text and "Raj" in text
    assert not [item for item in Path().iterdir() if item.suffix == ".part"]


def test_out_as_json_is_what_json_prints(run: Run, filled: str) -> None:
    said = run("report", filled, "deals", "--out", "d.json", "--json")
    assert json.loads(Path("d.json").read_text(encoding="utf-8")) == said.json


@pytest.mark.parametrize(("flags", "why"), [
    (("nope",), "no report"), (("sales", "--by", "dragon"), "not divided"), (("pipeline", "--by", "seller"), "not div"),
    (("pipeline", "--on", "2026-01-01"), "no period"), (("daily", "--from", "2026-01-01"), "one day"),
    (("sales", "--from", "2026-02-01", "--to", "2026-02-01"), "no day"), (("sales", "--to", "0001-01-01"), "no day"),
    (("sales", "--on", "2026-02-01", "--to", "2026-03-01"), "not both"),
    (("sales", "--out", "x.doc"), ".pdf"), (("sales", "--out", "x"), ".pdf"),
    (("sales", "--out", "shop.crm/x.pdf"), "could not be written"), (("\udcff",), "no report"),
])
def test_what_cannot_be_is_told_in_a_sentence(run: Run, filled: str, flags: tuple[str, ...], why: str) -> None:
    assert why in run("report", filled, *flags).refused


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "yesterday", "01/02/2026", ""])
def test_a_bad_date_is_wrong_usage(run: Run, filled: str, day: str) -> None:
    for flag in ("--on", "--from", "--to"):
        said = run("report", filled, "sales", flag, day)
        assert (said.code, said.out) == (2, "") and "Traceback" not in said.err


@pytest.mark.parametrize(("day", "code"), [("1800-01-01", 0), ("2300-12-31", 0), ("0001-01-01", 2), ("9999-12-31", 2)])
def test_days_at_the_ends_of_the_calendar(run: Run, filled: str, day: str, code: int) -> None:
    assert run("report", filled, "daily", "--on", day).code == code


def test_it_reads_beside_an_open_window(run: Run, filled: str) -> None:
    with closing(open_book(Path(filled))) as book:
        customers.add(book, {"name": "Fresh", "created_on": book.today()})
        rows = run("report", filled, "customers", "--json").json["rows"]
        assert any("Fresh" in row for row in rows)


def test_as_text_it_has_title_figures_and_totals(run: Run, filled: str) -> None:
    lines = run("report", filled, "sales", "--by", "seller").out.splitlines()
    assert lines[0] == "Sales" and any(line.startswith("Total") for line in lines)


def test_the_catalogue(run: Run) -> None:
    found = run("reports", "--json").json
    assert all(list(entry) == ["name", "title", "cuts"] for entry in found)
    by_name = {entry["name"]: entry["cuts"] for entry in found}
    assert {"seller", "team", "region", "product", "line", "month", "quarter"} <= set(by_name["sales"])
    assert {"daily", "sales", "pipeline"} <= set(by_name)
    assert len(run("reports").out.splitlines()) == len(found) + 1


@pytest.mark.parametrize("period", [
    ("--from", "9999-12-31"), ("--from", "9999-12-30", "--to", "9999-12-31"),
    ("--from", "0001-01-01", "--to", "0001-01-02"),
])
def test_a_day_outside_the_calendar_of_a_business_is_refused(run: Run, shop: str, period: tuple[str, ...]) -> None:
    assert "is not a date for Date" in run("report", shop, "daily", *period).refused


def test_as_it_was_read_on_a_past_day(run: Run, filled: str) -> None:
    with closing(driver.connect(filled, isolation_level=None)) as raw:  # what was done so far was done in January
        raw.execute("UPDATE works SET at = '2026-01-05T04:00:00.000000Z'")
    with closing(open_book(Path(filled))) as book:
        deals.delete(book, [1])
    assert cells(run("report", filled, "sales", "--json").json)["deals"] == 3
    assert cells(run("report", filled, "sales", "--as-on", "2026-01-06", "--json").json)["deals"] == 4
    assert "begins on" in run("report", filled, "sales", "--as-on", "2026-01-01").refused
    assert run("report", filled, "sales", "--as-on", "soon").code == 2
