from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from desktop_crm.export.plain import as_json, write_json

from .samples import DAILY, EMPTY, SELLERS


def test_the_top_level_is_the_first_table() -> None:
    found = as_json(DAILY)
    assert list(found) == ["name", "title", "from", "to", "currency", "columns", "rows", "totals", "figures", "tables"]
    assert (found["from"], found["to"], found["currency"]) == ("2026-11-21", "2026-11-22", "MYR")
    assert found["columns"][2] == {"key": "amount", "title": "Won amount", "type": "money"}
    assert found["rows"][0] == ["Mei Ling", 2, "8300.00", 2 / 3, 12.5, "2026-11-20"]
    assert found["totals"] == ["Total", 3, "12480.00", 0.75, 9.333333333333334, None]
    assert [table["key"] for table in found["tables"]] == ["sellers", "payments"]
    assert found["rows"] == found["tables"][0]["rows"]


def test_figures_say_their_formula() -> None:
    won = as_json(DAILY)["figures"][0]
    assert (won["key"], won["value"], won["type"]) == ("won", "12480.00", "money")
    assert won["formula"] == "Sum of the amounts of the deals won on the day."


def test_nothing_is_an_empty_list_and_no_total() -> None:
    found = as_json(EMPTY)
    assert (found["rows"], found["totals"], found["figures"]) == ([], None, [])
    bare = as_json(replace(EMPTY, tables=(), start=None, end=None))
    assert (bare["columns"], bare["rows"], bare["totals"], bare["from"], bare["to"]) == ([], [], None, None, None)


def test_no_field_depends_on_the_clock() -> None:
    assert as_json(replace(DAILY, printed="Printed later")) == as_json(DAILY)


def test_the_file_is_utf8_with_letters_as_they_are(tmp_path: Path) -> None:
    name = "முருகன் \ud800 \x01 \"q\""
    write_json(replace(DAILY, tables=(replace(SELLERS, rows=((name, *SELLERS.rows[0][1:]),)),)), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "முருகன்" in text
    assert json.loads(text)["rows"][0][0] == "முருகன் � � \"q\""
