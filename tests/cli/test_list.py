"""`list`: every row, ascending id, as plain values that no clock changes; and without Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm.cli import parts
from desktop_crm.services import customers
from desktop_crm.services.book import open_book
from tests.books import new_file
from tests.cli.conftest import Run, kept, table

ROWS = "id,name,email,phone\nC9,Zainab,z@b.my,012-345 6789\nC1,Aminah,,\nC5,陳怡君,,\n"


@pytest.fixture
def filled(run: Run) -> str:
    return kept(run, "shop.crm", _three)


def _three(run: Run) -> None:
    new_file(Path("shop.crm"))
    said = run("import", "shop.crm", table("c.csv", ROWS), "--as", "customers")
    assert (said.code, said.err) == (0, "")


def _sample(run: Run) -> None:
    assert run("new", "s.crm", "--sample").code == 0


@pytest.mark.parametrize("kind", parts.IMPORTABLE)
def test_an_empty_list(run: Run, shop: str, kind: str) -> None:
    assert run("list", shop, kind, "--json").json == []
    assert run("list", shop, kind).out == ""


@pytest.mark.parametrize("kind", parts.IMPORTABLE)
def test_every_kind_has_identity_first_and_ascends(run: Run, kind: str) -> None:
    kept(run, "s.crm", _sample)
    rows = run("list", "s.crm", kind, "--json").json
    assert rows and [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    for row in rows:
        assert list(row)[:4] == ["id", "uid", "external_id", "name"]
        assert (type(row["id"]), type(row["uid"]), len(row["uid"])) == (int, str, 36)
        if kind in ("customers", "contacts"):
            assert all(isinstance(value, str) for key in ("emails", "phones") for value in row[key])
    assert len({row["uid"] for row in rows}) == len(rows)
    assert len(run("list", "s.crm", kind).out.splitlines()) == len(rows) + 1


def test_rows_of_an_import_in_the_files_order(run: Run, filled: str) -> None:
    rows = run("list", filled, "customers", "--json").json
    assert [(row["id"], row["external_id"], row["name"]) for row in rows] == [
        (1, "C9", "Zainab"), (2, "C1", "Aminah"), (3, "C5", "陳怡君")]
    assert (rows[0]["emails"], rows[0]["phones"]) == (["z@b.my"], ["012-345 6789"])
    assert (rows[1]["emails"], rows[1]["phones"]) == ([], [])


@pytest.mark.parametrize(("typed", "names"), [
    ("zai", ["Zainab"]), ("怡", ["陳怡君"]), ("6789", ["Zainab"]), ("z@b", ["Zainab"]), ("nobody", []),
    ('"* OR NEAR(', []), ("%", []), ("'; --", []), ("", ["Zainab", "Aminah", "陳怡君"]), ("\udcff", []),
])
def test_search(run: Run, filled: str, typed: str, names: list[str]) -> None:
    assert [row["name"] for row in run("list", filled, "customers", "--search", typed, "--json").json] == names


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (1, 1), (2, 2), (3, 3), (99, 3)])
def test_limit_keeps_the_first(run: Run, filled: str, limit: int, count: int) -> None:
    rows = run("list", filled, "customers", "--limit", limit, "--json").json
    assert [row["id"] for row in rows] == [1, 2, 3][:count]


def test_no_field_depends_on_the_clock(run: Run) -> None:
    kept(run, "s.crm", _sample)
    now = {kind: run("list", "s.crm", kind, "--json").json for kind in parts.IMPORTABLE}
    script = ("import json, sys; from pathlib import Path; from datetime import datetime, UTC\n"
              "from desktop_crm.services import book, listing\n"
              "later = book.open_book(Path('s.crm'), reading=True, clock=lambda: datetime(2031, 3, 9, tzinfo=UTC))\n"
              "print(json.dumps({kind: listing.rows(later, kind) for kind in listing.KINDS}))\n")
    later = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True,
                           env={**environment(), "TZ": "Pacific/Apia"})
    assert json.loads(later.stdout) == now


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def test_it_loads_no_qt_and_no_writer_of_files(run: Run, filled: str) -> None:
    script = ("import sys; from desktop_crm import cli; cli.main(sys.argv[1:])\n"
              "heavy = ('PySide6', 'reportlab', 'xlsxwriter', 'python_calamine', 'charset_normalizer', 'rapidfuzz')\n"
              "print(sorted({name.split('.')[0] for name in sys.modules} & set(heavy)), file=sys.stderr)\n")
    said = subprocess.run([sys.executable, "-c", script, "list", filled, "customers", "--json"], capture_output=True,
                          encoding="utf-8", check=True, env=environment())
    assert said.stderr.strip() == "[]"
    assert len(json.loads(said.stdout)) == 3


def test_it_reads_beside_an_open_window(run: Run, filled: str) -> None:
    with closing(open_book(Path(filled))) as book:
        customers.add(book, {"name": "Fresh"})
        assert run("list", filled, "customers", "--json").json[-1]["name"] == "Fresh"


def test_wrong_usage(run: Run, shop: str) -> None:
    for arguments in (("list",), ("list", shop), ("list", shop, "dragons"), ("list", shop, "deals", "--limit", "-1"),
                      ("list", shop, "deals", "--limit", "x"), ("list", shop, "deals", "more")):
        said = run(*arguments)
        assert (said.code, said.out) == (2, "") and said.err.startswith("usage:")


def test_control_characters_of_a_file_do_nothing_to_the_terminal(run: Run, shop: str) -> None:
    source = table("evil.csv", "Name,Created\nA\x1b[2Jb\x9bc,\x1b[31mred\n")
    told = run("import", shop, source, "--as", "customers", "--map", "Created=created")
    assert "“␛[31mred” is not a date" in told.err and "\x1b" not in told.out + told.err
    assert "A␛[2Jb�c" in run("list", shop, "customers").out
    assert run("list", shop, "customers", "--json").json[0]["name"] == "A\x1b[2Jb\x9bc"
    assert "␛[31m" in run("report", shop, "\x1b[31m").refused and "␛\n" not in run("list", "a\nb\x1b", "deals").refused


def test_the_customers_of_a_segment(run: Run, shop: str) -> None:
    run("import", shop, table("shops.csv", "Name,State\nAminah,customer\nBala,lead\n"), "--as", "customers")
    assert [row["name"] for row in run("list", shop, "customers", "--segment", "Leads", "--json").json] == ["Bala"]
    assert [row["id"] for row in run("list", shop, "customers", "--segment", "never_bought", "--json").json] == [1, 2]
    assert run("list", shop, "customers", "--segment", "lapsed", "--json").json == []
    assert "never_bought" in run("list", shop, "customers", "--segment", "nobody").refused
    assert "customers" in run("list", shop, "deals", "--segment", "leads").refused
