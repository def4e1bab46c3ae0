"""The header row: below titles, above data, and not taken for one where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.readers.grid import Record
from desktop_crm.readers.header import column_names, find_header, find_width
from desktop_crm.readers.raw import Value


def sample(*rows: list[Value]) -> list[Record]:
    return list(enumerate(rows, 1))


def test_the_first_row() -> None:
    assert find_header(sample(["Name", "City"], ["Ali", "KL"], ["Siti", "Ipoh"])) == 0


def test_below_titles_and_remarks() -> None:
    rows = sample(["Sales report", None, None, None], ["Printed on:", date(2024, 5, 1), None, None],
                  ["Customer", "Amount", "Closed", "Note"], ["Ali", 100, date(2024, 4, 1), None],
                  ["Siti", 250, date(2024, 4, 2), "x"])
    assert find_header(rows) == 2


def test_months_and_years_are_headings_over_figures() -> None:
    assert find_header(sample(["Region", 2022, 2023, 2024], ["North", 5, 7, 9], ["South", 6, 4, 2])) == 0
    assert find_header(sample(["Region", "2024-01", "2024-02"], ["North", "5", "7"], ["South", "6", "4"])) == 0


@pytest.mark.parametrize("rows", [
    [["1", "null", "0"], ["2", "0", "0"]],
    [["Ali", "ali@x.my", "012-345 6789"], ["Siti", "siti@x.my", "019-876 5432"]],
    [[2019, 5], [2020, 7], [2021, 9]],
    [["foo"], ["foo"], ["foo"]],
    [[date(2021, 1, 1), 15], [date(2021, 1, 2), 16]],
    [["Ali", "KL", "F"], ["Siti", "KL", "F"], ["Mei", "Ipoh", "M"]],
])
def test_data_from_the_first_row_on(rows: list[list[Value]]) -> None:
    assert find_header(sample(*rows)) is None


def test_words_further_down_do_not_make_data_a_title() -> None:
    assert find_header(sample([1], [1.5], ["ab"], [False])) is None


def test_headings_in_other_scripts_and_signs() -> None:
    assert find_header(sample(["#", "姓名", "电话"], [1, "王伟", "138"], [2, "李娜", "139"])) == 0
    assert find_header(sample(["பெயர்", "नाम", "☎ Contact"], ["a", "b", "1"], ["c", "d", "2"])) == 0


def test_names_are_unique_and_never_blank() -> None:
    names = column_names(["Phone ", None, "Phone", "Close\nDate", "Phone (2)", 2024], 7)
    assert names == ("Phone", "Column 2", "Phone (2)", "Close Date", "Phone (2) (2)", "2024", "Column 7")


def test_width_follows_the_header_and_what_the_rows_fill() -> None:
    assert find_width(["a", "b", "", ""], sample(["1", "2", "", ""], ["3", "", "", ""])) == 2
    assert find_width(["a", "b"], sample(["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"])) == 3
    assert find_width(["a", "b"], sample(["1", "2", "3"], *(["4", "5"] for _ in range(40)))) == 2
