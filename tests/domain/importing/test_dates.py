"""Dates in every writing that people use; expected days worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.importing import dates

KL = ZoneInfo("Asia/Kuala_Lumpur")


@pytest.mark.parametrize(("text", "order", "expected"), [
    ("2016-10-20", "DMY", date(2016, 10, 20)), ("24/10/2011", "DMY", date(2011, 10, 24)),
    ("10/24/2011", "MDY", date(2011, 10, 24)), ("3.4.2026", "DMY", date(2026, 4, 3)),
    ("3/4/2026", "MDY", date(2026, 3, 4)), ("2026/4/3", "MDY", date(2026, 4, 3)),
    ("11/10/09", "DMY", date(2009, 10, 11)), ("11/10/09", "YMD", date(2011, 10, 9)),
    ("1/2/70", "DMY", date(1970, 2, 1)), ("1/2/69", "DMY", date(2069, 2, 1)),
    ("24 October 2011", "DMY", date(2011, 10, 24)), ("Oct 24, 2011", "DMY", date(2011, 10, 24)),
    ("24-Oct-11", "DMY", date(2011, 10, 24)), ("24 de octubre de 2011", "DMY", date(2011, 10, 24)),
    ("1er août 2024", "DMY", date(2024, 8, 1)), ("24. Oktober 2011", "DMY", date(2011, 10, 24)),
    ("24 Ogos 2026", "DMY", date(2026, 8, 24)), ("21 Nobyembre 2026", "DMY", date(2026, 11, 21)),
    ("Friday, 3rd of July 2026", "DMY", date(2026, 7, 3)), ("2026年11月21日", "DMY", date(2026, 11, 21)),
    ("115/11/21", "DMY", date(2026, 11, 21)), ("1151121", "DMY", date(2026, 11, 21)),
    ("民國115年11月21日", "DMY", date(2026, 11, 21)), ("19970101", "DMY", date(1997, 1, 1)),
    ("45631.0", "DMY", date(2024, 12, 5)), ("45631", "DMY", date(2024, 12, 5)),
    ("२०२६/०८/०५", "YMD", date(2026, 8, 5)),
])
def test_a_day_in_any_writing(text: str, order: str, expected: date) -> None:
    assert dates.moment(text, order, KL) == expected


@pytest.mark.parametrize("text", [
    "", "abc", "tomorrow", "1/2", "3.5", "31/02/2020", "2020-13-01", "012-345-6789", "24 Octember 2011", "12345678901",
    "99999999", "1/1/2020 25:00", "May", "2500-01-01", "10:30",
])
def test_what_is_no_day(text: str) -> None:
    assert dates.moment(text, "DMY", KL) is None


@pytest.mark.parametrize(("text", "expected"), [
    ("2024-08-13T18:04:34.666+00:00", datetime(2024, 8, 13, 18, 4, 34, 666000, UTC)),
    ("2024-08-13 18:04:34Z", datetime(2024, 8, 13, 18, 4, 34, tzinfo=UTC)),
    ("2024-08-13 18:04", datetime(2024, 8, 13, 18, 4, tzinfo=KL)),
    ("13/8/2024 6:04 PM", datetime(2024, 8, 13, 18, 4, tzinfo=KL)),
    ("13/8/2024 12:00 am", datetime(2024, 8, 13, 0, 0, tzinfo=KL)),
    ("2024-08-13T18:04:00+0545", datetime(2024, 8, 13, 12, 19, tzinfo=UTC)),
])
def test_a_time_of_day_makes_an_instant(text: str, expected: datetime) -> None:
    assert dates.moment(text, "DMY", KL) == expected


@pytest.mark.parametrize(("texts", "country", "expected"), [
    (["01/02/2026", "13/02/2026"], "US", "DMY"), (["01/02/2026", "02/13/2026"], "MY", "MDY"),
    (["01/02/2026"], "MY", "DMY"), (["01/02/2026"], "US", "MDY"), (["01/02/2026"], "PH", "MDY"),
    (["01/02/2026"], "TW", "MDY"), (["2026-01-02"], "US", "YMD"), ([], "TW", "YMD"), (["x"], "MY", "DMY"),
    (["13/02/2026", "14/02/2026", "02/13/2026"], "US", "DMY"), (["115/11/21"], "TW", "YMD"),
])
def test_the_whole_column_decides_the_order(texts: list[str], country: str, expected: str) -> None:
    assert dates.order_of(texts, country) == expected


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(dates.ORDERS), st.sampled_from("/.-"))
def test_what_is_written_in_an_order_is_read_back(day: date, order: str, mark: str) -> None:
    parts = {"D": f"{day.day}", "M": f"{day.month:02}", "Y": f"{day.year}"}
    assert dates.moment(mark.join(parts[letter] for letter in order), order, KL) == day


def test_serials_and_figures() -> None:
    assert dates.whole(45631.75, KL) == date(2024, 12, 5)
    assert dates.whole(19970101, KL) == date(1997, 1, 1)
    assert dates.whole(1151121, KL) == date(2026, 11, 21)
    assert dates.whole(7, KL) is None


@pytest.mark.parametrize(("text", "expected"), [("10:00", time(10)), ("9.30 pm", time(21, 30)), ("25:00", None),
                                              ("x", None)])
def test_a_time_of_day(text: str, expected: time | None) -> None:
    assert dates.clock(text) == expected
