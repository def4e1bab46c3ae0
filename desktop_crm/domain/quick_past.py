"""Days that have been, as people say them: "two weeks ago", "kelmarin", "上週五", "३ दिन अघि", "முன்தினம்".

All six languages are read whatever the interface speaks. A text says such a day as a whole or not at all: this is for
a field that holds nothing but a day, so "ago" is never looked for inside a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from desktop_crm.domain import quick_chinese, quick_filipino, quick_nepali, quick_tamil
from desktop_crm.domain.quick_dates import months_on
from desktop_crm.domain.quick_phrases import any_of
from desktop_crm.domain.values import plain_digits

_DAYS: Mapping[str, int] = {
    "today": 0, "yesterday": 1, "day before yesterday": 2, "the day before yesterday": 2,
    "hari ini": 0, "semalam": 1, "kelmarin": 2,  # as in Malaysia; in Indonesia kemarin is yesterday
    "ngayon": 0, "kahapon": 1, "kamakalawa": 2,
    "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2, "大前天": 3,
    "आज": 0, "हिजो": 1, "अस्ति": 2, "aaja": 0, "hijo": 1, "asti": 2,
    "இன்று": 0, "நேற்று": 1, "நேத்து": 1, "முன்தினம்": 2, "நேற்று முன்தினம்": 2, "முந்தாநாள்": 2, "முந்தாநேற்று": 2,
}
"""How many days ago the days were that have a name of their own."""

_COUNTS: Mapping[str, int] = {
    **{word: number for number, words in enumerate((
        "a an one satu", "two dua", "three tiga", "four empat", "five lima", "six enam", "seven tujuh",
        "eight lapan", "nine sembilan", "ten sepuluh", "eleven sebelas", "twelve"), 1) for word in words.split()},
    "dua belas": 12, **quick_filipino.COUNTS, **quick_nepali.COUNTS, **quick_tamil.COUNTS}
"""Numbers up to twelve as words."""

_UNITS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("day", "hari", "araw", "天", "日", "दिन", "நாள்", "நாட்க", "நாளை", "நாளு"), (1, 0)),
    **dict.fromkeys(("week", "minggu", "linggo", "週", "周", "星期", "禮拜", "礼拜", "हप्ता", "साता", "வார"), (7, 0)),
    "fortnight": (14, 0),
    **dict.fromkeys(("month", "bulan", "buwan", "月", "महिना", "மாத"), (0, 1)),
    **dict.fromkeys(("year", "tahun", "taon", "年", "वर्ष", "बर्ष", "ஆண்ட", "வருட"), (0, 12)),
}
"""Units of time as days and months, in Tamil without their endings."""

_N = rf"(\d{{1,5}}|{any_of(_COUNTS)})"
_TAMIL, _NEPALI = "வார|மாத|ஆண்ட|வருட", "हप्ता|साता|महिना|वर्ष|बर्ष"
_AGO = tuple(re.compile(pattern) for pattern in (
    rf"{_N}[ -](day|week|fortnight|month|year)s? (?:ago|back)",
    rf"(?:{_N} ?|se ?)(hari|minggu|bulan|tahun) (?:yang )?(?:lalu|lepas|lampau|dulu|sudah)",
    rf"(?:noong )?{_N} (?:na )?(araw|linggo|buwan|taon) (?:ang |na )?(?:nakalipas|nakaraan|nakararaan)",
    r"(\d{1,5}|[一二兩两三四五六七八九十]{1,3}) ?[個个]?(天|日|週|周|星期|禮拜|礼拜|月|年)(?:以|之)?前",
    rf"{_N} ?(दिन|{_NEPALI}) ?(?:अघि|अगाडि|पहिले|पहिला)",
    rf"{_N} ?(நாள்|நாட்க|நாளை|நாளு|{_TAMIL})[\u0b80-\u0bff]* ?முன்(?:பு|னர்|னால்|னாடி)?",
))
"""How many of a unit ago; no number is one ("seminggu")."""

_LAST = tuple(re.compile(pattern) for pattern in (
    r"last (week|fortnight|month|year)", r"(minggu|bulan|tahun) (?:yang )?(?:lalu|lepas|sudah)",
    r"(?:noong )?nakaraang (linggo|buwan|taon)", r"noong isang (linggo|buwan|taon)",
    r"上[個个]?(週|周|星期|禮拜|礼拜|月)", rf"(?:गत|अघिल्लो) ({_NEPALI})",
    rf"(?:கடந்த|போன) ({_TAMIL})[\u0b80-\u0bff]*",
))
"""The last one of a unit: as long ago as it is."""

_YEARS_AGO: Mapping[str, int] = {"去年": 1, "前年": 2, "पोहोर": 1, "போன வருஷம்": 1}
_CHINESE_WEEKDAY = re.compile(r"(上上|上|這|这|本)[個个]?(?:週|周|星期|禮拜|礼拜)([一二三四五六日天])")
_WEEKDAYS = {character: number for number, character in enumerate("一二三四五六日")} | {"天": 6}
_WEEKS = {"上上": 2, "上": 1}

LAST_NAMED = re.compile(r"^(?:last|noong|nakaraang|गत|अघिल्लो|கடந்த|போன) | (?:lepas|lalu)$", re.IGNORECASE)
"""What stands beside a day's name to say that it has been: "last Friday", "jumaat lepas"."""


def read(text: str, today: date) -> date | None:
    """The day that a whole text says by how long ago it was; None if it says none, or one before the calendar."""
    said = " ".join(plain_digits(unicodedata.normalize("NFC", text)).casefold().split())
    rules: tuple[Callable[[str, date], date | None], ...] = (_named, _ago, _last, _chinese_weekday)
    return next((day for rule in rules if (day := rule(said, today)) is not None), None)


def _named(said: str, today: date) -> date | None:
    if said in _YEARS_AGO:
        return _before(today, 0, 12 * _YEARS_AGO[said])
    return today - timedelta(_DAYS[said]) if said in _DAYS else None


def _ago(said: str, today: date) -> date | None:
    for pattern in _AGO:
        if found := pattern.fullmatch(said):
            days, months = _UNITS[found[2]]
            count = _number(found[1])
            return _before(today, count * days, count * months)
    return None


def _number(word: str | None) -> int:
    if word is None:
        return 1
    return int(word) if word.isdecimal() else _COUNTS.get(word) or quick_chinese.number(word)


def _last(said: str, today: date) -> date | None:
    for pattern in _LAST:
        if found := pattern.fullmatch(said):
            return _before(today, *_UNITS[found[1]])
    return None


def _chinese_weekday(said: str, today: date) -> date | None:
    """"上週五": the Friday of the week before this one, a week beginning on Monday."""
    found = _CHINESE_WEEKDAY.fullmatch(said)
    if found is None:
        return None
    return _before(today, today.weekday() + 7 * _WEEKS.get(found[1], 0) - _WEEKDAYS[found[2]], 0)


def _before(today: date, days: int, months: int) -> date | None:
    """The day so many days and months before; None where the calendar has none."""
    try:
        return months_on(today, -months) - timedelta(days)
    except (ValueError, OverflowError):
        return None
