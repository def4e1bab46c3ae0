"""An apostrophe before =, + or @, which keeps a spreadsheet from running a text, is not a part of it."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.readers.table import parse


def rows(tmp_path: Path, text: str) -> list[tuple[object, ...]]:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    return list(parse(path).rows)


def test_where_every_such_text_has_one_it_goes(tmp_path: Path) -> None:
    found = rows(tmp_path, "Name,Phone,Owed\n'=Kedai,'+60 12-345 6789,-5.00\n''@tick,'t,-\n")
    assert found == [("=Kedai", "+60 12-345 6789", "-5.00"), ("'@tick", "'t", "-")]


def test_where_one_has_none_all_stay_as_they_are(tmp_path: Path) -> None:
    found = rows(tmp_path, "Name,Phone\n'=Kedai,012\n=Kedai,013\n")
    assert found == [("'=Kedai", "012"), ("=Kedai", "013")]
