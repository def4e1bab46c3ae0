"""Days with the name of their month are read as they are written, in every language of the program."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.i18n import LANGUAGES, language
from desktop_crm.services import written_days


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_day_of_every_month_is_read_as_the_language_writes_it(code: str) -> None:
    words = language(code)
    for month in range(1, 13):
        for form in ("medium", "long"):
            day = date(1950 + month * 6, month, 28)
            written = words.day(day, form)
            if code != "zh_TW":  # whose months are numbers, which the usual reading knows
                assert written_days.read(words, written) == day, written


@pytest.mark.parametrize(("typed", "day"), [
    ("05-Mar-26", date(2026, 3, 5)), ("5-Mar-2026", date(2026, 3, 5)), ("Mar 5, 2026", date(2026, 3, 5)),
    ("2026 March 5", date(2026, 3, 5)), ("5 Mac 2026", date(2026, 3, 5)), ("31 Feb 2026", None), ("5/3/2026", None),
    ("next friday", None), ("5 Mar", None), ("5 Mar 2026 10:00", None), ("5 Mar 2026 +1", None), ("", None),
])
def test_spreadsheets_write_them_in_english(typed: str, day: date | None) -> None:
    assert written_days.read(language("ms"), typed) == day


@pytest.mark.parametrize(("typed", "day"), [
    ("12 Mac", date(2027, 3, 12)), ("Mac 12", date(2027, 3, 12)), ("21 Nov", date(2026, 11, 21)),
    ("29 Feb", date(2028, 2, 29)), ("30 Feb", None), ("Mac", None), ("12", None), ("12 Mac Nov", None)])
def test_a_day_without_its_year_is_the_next_one(typed: str, day: date | None) -> None:
    assert written_days.read(language("ms"), typed, date(2026, 11, 21)) == day
