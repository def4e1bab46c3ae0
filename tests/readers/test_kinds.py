"""What a file is, by its first bytes: wrong kinds end in one sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.readers import kinds
from desktop_crm.readers.kinds import check, look
from desktop_crm.readers.raw import Unreadable


@pytest.mark.parametrize(("name", "data", "sentence"), [
    ("a.pdf", b"%PDF-1.7\n", "not a table"), ("a.csv", b"\x89PNG\r\n\x1a\n", "not a table"),
    ("a.csv", b"\xff\xd8\xff\xe0", "not a table"), ("a.csv", b"SQLite format 3\x00", "not a table"),
    ("a.csv", b"\x1f\x8b\x08", "compressed"), ("a.json", b"nonsense", "JSON"), ("a.txt", b'[{"a": 1}]', "JSON"),
    ("a.txt", b"BEGIN:VCALENDAR\r\n", "iCalendar"),
    ("a.ics", b"x", "iCalendar"), ("a.xls", b"\r\n<html><table>", "web page"), ("a.xml", b"<?xml ?>", "web page"),
])
def test_other_kinds(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=sentence) as caught:
        look(path)
    assert f"“{name}”" in str(caught.value)


@pytest.mark.parametrize(("data", "kind"), [
    (b"PK\x03\x04...", "sheet"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet"), (b"a,b", "text"),
    (b"[draft],x\n1,2\n", "text"), (b"BEGIN,END\n", "text"), (b"\xef\xbb\xbfBEGIN:VCARD\r\n", "cards"),
    (b"\n begin:vCard\n", "cards"), ("BEGIN:VCARD".encode("utf-16"), "cards"), (b'["vcard", [', "cards"),
])
def test_content_counts_not_the_name(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "a.unknown"
    path.write_bytes(data)
    assert look(path) == kind


def test_missing_folder_empty_and_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match=r"no file “gone\.csv”"):
        check(tmp_path / "gone.csv")
    with pytest.raises(Unreadable, match="is a folder"):
        check(tmp_path)
    path = tmp_path / "a.csv"
    path.touch()
    with pytest.raises(Unreadable, match="is empty"):
        check(path)
    path.write_bytes(b"abc")
    monkeypatch.setattr(kinds, "MAX_BYTES", 2)
    with pytest.raises(Unreadable, match="split it"):
        check(path)
