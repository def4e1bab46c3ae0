"""Days behind us in words, on Saturday, 21 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.quick_dates import months_on
from desktop_crm.domain.quick_past import read
from desktop_crm.i18n import LANGUAGES, language

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("typed", "day"), [
    ("two weeks ago", "2026-11-07"), ("Twelve months ago", "2025-11-21"), ("a week ago", "2026-11-14"),
    ("a fortnight ago", "2026-11-07"), ("the day before yesterday", "2026-11-19"), ("3 days back", "2026-11-18"),
    ("last month", "2026-10-21"), ("one year ago", "2025-11-21"),
    ("semalam", "2026-11-20"), ("Kelmarin", "2026-11-19"), ("dua minggu lalu", "2026-11-07"),
    ("dua belas bulan yang lepas", "2025-11-21"), ("seminggu lepas", "2026-11-14"), ("tiga hari sudah", "2026-11-18"),
    ("minggu lepas", "2026-11-14"), ("3 minggu yang lalu", "2026-10-31"),
    ("kahapon", "2026-11-20"), ("kamakalawa", "2026-11-19"), ("dalawang linggo ang nakalipas", "2026-11-07"),
    ("noong isang linggo", "2026-11-14"), ("nakaraang buwan", "2026-10-21"),
    ("昨天", "2026-11-20"), ("前天", "2026-11-19"), ("大前天", "2026-11-18"), ("三週前", "2026-10-31"),
    ("兩個月前", "2026-09-21"), ("十二天前", "2026-11-09"), ("3 天前", "2026-11-18"), ("上週五", "2026-11-13"),
    ("上個星期一", "2026-11-09"), ("上上周日", "2026-11-08"), ("這週三", "2026-11-18"), ("上個月", "2026-10-21"),
    ("去年", "2025-11-21"),
    ("हिजो", "2026-11-20"), ("अस्ति", "2026-11-19"), ("३ दिन अघि", "2026-11-18"), ("दुई हप्ता अघि", "2026-11-07"),
    ("एक महिना पहिले", "2026-10-21"), ("गत हप्ता", "2026-11-14"), ("hijo", "2026-11-20"),
    ("நேற்று", "2026-11-20"), ("முன்தினம்", "2026-11-19"), ("நேற்று முன்தினம்", "2026-11-19"),
    ("இரண்டு வாரங்களுக்கு முன்", "2026-11-07"), ("3 நாட்களுக்கு முன்பு", "2026-11-18"),
    ("ஒரு மாதத்திற்கு முன்", "2026-10-21"), ("கடந்த வாரம்", "2026-11-14"),
])
def test_how_long_ago_a_day_was(typed: str, day: str) -> None:
    assert read(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("typed", [
    "", "ago", "weeks ago", "thirteen weeks ago", "two weeks", "in two weeks", "下週五", "3 minggu", "5 March", "rooms",
    "99999 years ago", "twoweeks ago", "上", "முன்"])
def test_what_says_no_day_that_has_been(typed: str) -> None:
    assert read(typed, TODAY) is None


@given(st.integers(0, 9999))
def test_the_languages_agree(count: int) -> None:
    said = [f"{count} days ago", f"{count} hari lalu", f"{count}天前", f"{count} दिन अघि", f"{count} நாட்களுக்கு முன்",
            f"{count} araw ang nakalipas"]
    assert {read(text, TODAY) for text in said} == {TODAY - timedelta(count)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_window_itself_says_is_read(code: str) -> None:
    words = language(code)
    assert read(words.say("Yesterday"), TODAY) == TODAY - timedelta(1)
    for count in (1, 2, 3, 11, 24):
        assert [read(words.ago(count, unit), TODAY) for unit in ("day", "week")] == [
            TODAY - timedelta(count), TODAY - timedelta(7 * count)]
        assert read(words.ago(count, "month"), TODAY) == months_on(TODAY, -count)
        assert read(words.ago(count, "year"), TODAY) == TODAY.replace(year=2026 - count)
