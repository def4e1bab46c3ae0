"""Delimiters and quotes: the most even split wins, and a stray quote costs one line only."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.readers.delimiters import UNCLOSED, Dialect, find_dialect, records


def split(text: str, delimiter: str = "") -> tuple[str, list[tuple[int, list[str]]], list[str]]:
    notes: list[str] = []
    dialect = find_dialect(text, delimiter)
    return dialect.delimiter, list(records(text, dialect, notes)), notes


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_common_delimiters(delimiter: str) -> None:
    text = "".join(delimiter.join(row) + "\n" for row in (["Name", "City", "Amount"], ["Ali", "KL", "3.50"],
                                                           ["Siti", "Ipoh", "4.10"]))
    found, rows, _ = split(text)
    assert found == delimiter
    assert rows[1] == (1, ["Ali", "KL", "3.50"])


def test_decimal_commas_do_not_beat_semicolons() -> None:
    lines = ["Datum;Menge;Preis"] + [f"0{day}.01.2024;1,5;{day},25" for day in range(1, 9)]
    assert split("\n".join(lines))[0] == ";"
    assert split("1,5;2,5;3,5\n2,5;4,0;1,5\n9,1;2,2;8,8\n")[0] == ";"


def test_lists_inside_cells_do_not_beat_commas() -> None:
    rows = [f"{number},Firm {number},KL,a;b" for number in range(20)]
    assert split("id,name,city,tags\n" + "\n".join(rows))[0] == ","


def test_addresses_with_commas_inside_tabs() -> None:
    text = "Name\tAddress\n" + "".join(f"Ali {i}\tNo {i}, Jalan Ampang, KL\n" for i in range(9))
    assert split(text)[0] == "\t"


def test_addresses_with_commas_between_semicolons() -> None:
    text = "Name;Address\n" + "".join(f"Ali {i};No {i}, Jalan Ampang, KL\n" for i in range(99))
    assert split(text)[0] == ";"


def test_quotes_hold_newlines_delimiters_and_quotes() -> None:
    _, rows, notes = split('Name,Notes\n"Ali, Bhd","first\nsecond"\nSiti,"say ""hi"""\n')
    assert rows == [(0, ["Name", "Notes"]), (1, ["Ali, Bhd", "first\nsecond"]), (3, ["Siti", 'say "hi"'])]
    assert notes == []


def test_blanks_after_delimiters() -> None:
    assert split('date, place\n1, "Galway, and more"\n2, Ipoh\n')[1][1:] == [
        (1, ["1", "Galway, and more"]), (2, ["2", "Ipoh"])]


def test_backslash_quotes() -> None:
    text = 'id,text,note\n1,"say \\"hi\\", Ali",x\n2,"no \\"more\\", Siti",y\n'
    assert split(text)[1][1] == (1, ["1", 'say "hi", Ali', "x"])


def test_single_quotes_round_everything() -> None:
    assert split("'a','b'\n'1, 2','3'\n")[1][1] == (1, ["1, 2", "3"])


def test_a_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    _, rows, notes = split('Name,City\n"Ali,KL\nSiti,Ipoh\nMei,Muar\n')
    assert rows == [(0, ["Name", "City"]), (1, ['"Ali', "KL"]), (2, ["Siti", "Ipoh"]), (3, ["Mei", "Muar"])]
    assert notes == [UNCLOSED]


def test_one_column_and_one_line() -> None:
    assert split("Name\nAli\nSiti\n")[:2] == ("", [(0, ["Name"]), (1, ["Ali"]), (2, ["Siti"])])
    assert split("kitten,win")[1] == [(0, ["kitten", "win"])]
    assert split("Ali Baba\nSiti Aminah\nLim Mei\n")[0] == ""


def test_figures_set_apart_by_blanks() -> None:
    found, rows, _ = split(" 00004 0001 19970101  2   29.33\n" * 3)
    assert found == " "
    assert rows[0] == (0, ["00004", "0001", "19970101", "2", "29.33"])


def test_a_delimiter_that_is_not_in_the_file() -> None:
    assert split("a,b\n1,2\n", ";")[1][0] == (0, ["a,b"])


def test_huge_cells_pass() -> None:
    assert len(split("a,b\n1," + "x" * 300_000 + "\n")[1][1][1][1]) == 300_000


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]) | st.sampled_from("\n\",;' "), max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=8))
def test_what_csv_writes_comes_back(table: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    notes: list[str] = []
    assert [cells for _, cells in records(file.getvalue(), Dialect(","), notes)] == table
    assert notes == []
