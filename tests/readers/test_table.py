"""A whole text file → table: header, rows of one length, lines, notes, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_crm.readers import table
from desktop_crm.readers.raw import RawTable, ReadOptions, Unreadable
from desktop_crm.readers.table import parse

Read = Callable[..., RawTable]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str | bytes, **options: object) -> RawTable:
        path = tmp_path / "customers.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return parse(path, ReadOptions(**options))  # type: ignore[arg-type]
    return read


def test_titles_blank_lines_quotes_and_a_footer(read: Read) -> None:
    result = read('Customers of 2024,,\n\nName,City,Notes\nAli,KL,"two\nlines"\n,,\nSiti,Ipoh,x\n'
                  '\nGrand Totals (2 records),,\nConfidential Information - Do Not Distribute,,\n')
    assert (result.header_row, result.columns) == (3, ("Name", "City", "Notes"))
    assert result.rows == (("Ali", "KL", "two\nlines"), ("Siti", "Ipoh", "x"))
    assert result.lines == (4, 7)
    assert result.notes == (table.TITLES, table.FOOTERS)


def test_ragged_rows_are_padded_and_cut_and_told(read: Read) -> None:
    rows = "".join(f"n{i},c{i},{i}\n" for i in range(40))
    result = read(f"Name,City,Age\n{rows}Short\n,,,stray\nLong,KL,5,extra\nTrailing,KL,6,\n" + rows)
    result = replace(result, rows=result.rows[:43])
    assert result.rows[-3:] == (("Short", "", ""), ("Long", "KL", "5"), ("Trailing", "KL", "6"))
    assert result.notes == (table.SHORT, table.LONG)


def test_cells_of_text_are_never_guessed(read: Read) -> None:
    assert read("code,note\n007,NULL\n1e5,#N/A\n").rows == (("007", "NULL"), ("1e5", "#N/A"))


def test_a_file_without_header(read: Read) -> None:
    result = read("1,null,0\n2,0,0\n")
    assert (result.header_row, result.columns) == (0, ("Column 1", "Column 2", "Column 3"))
    assert (result.lines, result.notes) == ((1, 2), (table.NO_HEADER,))


def test_excels_separator_line_counts_as_a_line(read: Read) -> None:
    result = read("sep=;\r\nName;City\r\nAli;KL\r\n")
    assert (result.delimiter, result.header_row, result.lines, result.rows) == (";", 2, (3,), (("Ali", "KL"),))


def test_the_header_row_that_the_user_says(read: Read) -> None:
    text = "a,b\nc,d\ne,f\n"
    assert read(text, header_row=2).columns == ("c", "d")
    assert read(text, header_row=2).rows == (("e", "f"),)
    assert read(text, header_row=-1).rows == (("a", "b"), ("c", "d"), ("e", "f"))
    with pytest.raises(Unreadable, match="no rows"):
        read(text, header_row=9)


def test_headings_repeated_on_each_page(read: Read) -> None:
    result = read("Name,City\nAli,KL\nName,City\nSiti,Ipoh\n")
    assert (result.rows, result.lines) == ((("Ali", "KL"), ("Siti", "Ipoh")), (2, 4))
    assert result.notes == (table.REPEATED,)


def test_a_preview_stops_early(read: Read) -> None:
    assert len(read("n\n" + "x\ny\n" * 5000, limit_rows=200).rows) == 200


def test_many_rows_come_in_order(read: Read) -> None:
    result = read("id,name\n" + "".join(f"{i},n{i}\n" for i in range(50_000)))
    assert result.rows == tuple((str(i), f"n{i}") for i in range(50_000))
    assert result.lines == tuple(range(2, 50_002))


def test_huge_width(read: Read) -> None:
    wide = range(16_384)
    result = read(",".join(f"c{i}" for i in wide) + "\n" + ",".join(map(str, wide)) + "\n")
    assert (len(result.columns), result.rows[0][-1]) == (16_384, "16383")


def test_too_many_cells(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_CELLS", 10)
    with pytest.raises(Unreadable, match="more than can be read"):
        read("a,b\n" + "1,2\n" * 20)


@pytest.mark.parametrize("text", ["Name,City\n", "\n\n ,\n", " \n", "Name,City\nTotal,\nGrand total,\n"])
def test_no_rows(read: Read, text: str) -> None:
    with pytest.raises(Unreadable, match="no rows"):
        read(text)


def test_a_delimiter_must_be_one_character(read: Read) -> None:
    with pytest.raises(Unreadable, match="one character"):
        read("a,b\n1,2\n", delimiter="::")
    assert read("a b  c\n1 2 3\n", delimiter=" ").rows == (("1", "2", "3"),)


def test_old_mac_line_ends_and_utf16(read: Read) -> None:
    assert read("Name;City\rAli;KL\rSiti;Ipoh").lines == (2, 3)
    assert read("Name\tCity\r\n王伟\tKL\r\n".encode("utf-16")).rows == (("王伟", "KL"),)
