"""Days and times as people in Nepal write them: "भोलि बिहान १० बजे", "मंसिर ५ गते"; in Latin letters "bholi 10 baje".

Nepal's own months are those of Bikram Sambat; जनवरी and its sisters are the Gregorian ones.
"""

from __future__ import annotations

import re

from desktop_crm.domain import eras
from desktop_crm.domain.quick_phrases import MONTHS, WEEKDAYS, Phrases, Setting, any_of, at

COUNTS = {word: number for number, words in enumerate((
    "एक", "दुई", "तीन", "चार", "पाँच पांच", "छ छः", "सात", "आठ", "नौ", "दस दश", "एघार", "बाह्र"), 1)
    for word in words.split()}
_DAYS = {word: number for number, words in enumerate((
    "सोम", "मंगल मङ्गल", "बुध", "बिहि बिही बिही बृहस्पति", "शुक्र", "शनि", "आइत आइ"))
    for word in words.split()}
_UNITS = {"मिनेट": "minutes", "घण्टा": "hours", "घन्टा": "hours", "दिन": "days", "हप्ता": "weeks", "साता": "weeks",
          "महिना": "months"}
_HALVES = {"बिहान": "am", "दिउँसो": "noon", "दिउसो": "noon", "मध्याह्न": "noon", "साँझ": "pm", "सांझ": "pm",
           "बेलुका": "pm", "बेलुकी": "pm", "राति": "night"}
_PARTS = {"बिहान": "morning", "दिउँसो": "afternoon", "दिउसो": "afternoon", "साँझ": "evening", "सांझ": "evening",
          "बेलुका": "evening", "बेलुकी": "evening", "राति": "night"}
_BIKRAM = {word: number for number, words in enumerate((
    "वैशाख बैशाख", "जेठ जेष्ठ", "असार आषाढ", "साउन श्रावण", "भदौ भाद्र", "असोज आश्विन", "कात्तिक कार्तिक",
    "मंसिर मङ्सिर", "पुस पौष", "माघ", "फागुन फाल्गुन", "चैत चैत्र"), 1) for word in words.split()}
_GREGORIAN = {word: number for number, words in enumerate((
    "जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन", "जुलाई", "अगस्ट अगस्त", "सेप्टेम्बर", "अक्टोबर",
    "नोभेम्बर", "डिसेम्बर"), 1) for word in words.split()}
_FEASTS = {"दशैं": "dashain", "दशैँ": "dashain", "दसैं": "dashain", "तिहार": "tihar", "ईद": "raya",
           "क्रिसमस": "krismas", "नयाँ वर्ष": "navavarsha"}
_COUNT = rf"(\d{{1,3}}|{any_of(COUNTS)})"
_TAIL = r"(?:को|मा|सम्म|देखि|तिर|लाई|नै)?"
_QUARTERS = {"साढे": 30, "सवा": 15, "पौने": -15}


def _number(text: str) -> int:
    return COUNTS.get(text) or int(text)


def _weekday(found: re.Match[str], _setting: Setting) -> str:
    ahead = {"अर्को": "next", None: ""}.get(found[1], "this")
    return f"{ahead} {WEEKDAYS[_DAYS[found[2]]]}"


def _month_end(_found: re.Match[str], setting: Setting) -> str:
    day = eras.month_end(setting.today) if setting.country == "NP" or setting.language == "ne" else None
    return day.isoformat() if day else "end of month"


def _masanta(_found: re.Match[str], setting: Setting) -> str:
    day = eras.month_end(setting.today)
    return day.isoformat() if day else ""


def _bikram(year: str | None, month: int, day: int, setting: Setting) -> str:
    """The next such day of Bikram Sambat, as an ISO date; with a year that one."""
    now = eras.bikram_sambat(setting.today)
    if now is None:
        return ""
    for candidate in (int(year),) if year else (now[0], now[0] + 1):
        found = eras.from_bikram_sambat(candidate, month, day)
        if found is not None and (year or found >= setting.today):
            return found.isoformat()
    return ""


def _gate(found: re.Match[str], setting: Setting) -> str:
    """"१५ गते": the next fifteenth of a month of Bikram Sambat."""
    now = eras.bikram_sambat(setting.today)
    if now is None:
        return ""
    for ahead in range(3):
        years, month = divmod(now[1] - 1 + ahead, 12)
        day = eras.from_bikram_sambat(now[0] + years, month + 1, int(found[1]))
        if day is not None and day >= setting.today:
            return day.isoformat()
    return ""


def _clock(found: re.Match[str], _setting: Setting) -> str:
    half, quarter, hour = _HALVES.get(found[1] or "", ""), _QUARTERS.get(found[2] or "", 0), _number(found[3])
    minute = int(found[4] or found[5] or 0) + quarter
    said = at(hour, 0, half)
    if not said or minute >= 60:
        return ""
    whole = int(said[:2]) * 60 + minute
    return f"{whole // 60:02}:{whole % 60:02}"


PHRASES = Phrases("[\u0900-\u097f]", (
    (rf"आज{_TAIL}", "today"),
    (rf"भोलि{_TAIL}", "tomorrow"),
    (rf"पर्सि{_TAIL}", "day after tomorrow"),
    (rf"निकोर्स[िी]{_TAIL}", "in 3 days"),
    (rf"(?:(यो|यही|आउने|आगामी|अर्को)\s+)?({any_of(_DAYS)})[बव]ार{_TAIL}(?:\s+का\s+दिन)?", _weekday),
    (rf"(?:अर्को|आउने|आगामी)\s+(?:हप्ता|साता){_TAIL}", "next week"),
    (rf"(?:अर्को|आउने|आगामी)\s+महिना{_TAIL}", "next month"),
    (rf"महिना(?:को)?\s*(?:अन्त्य|अन्तिम){_TAIL}", _month_end),
    (rf"मसान्त{_TAIL}", _masanta),
    (rf"{_COUNT}\s*({any_of(_UNITS)})(?:मा|\s*पछि|\s*भित्र)",
     lambda found, _: f"in {_number(found[1])} {_UNITS[found[2]]}"),
    (rf"(?:({any_of(_HALVES)})\s+)?(?:({any_of(_QUARTERS)})\s+)?{_COUNT}(?:[:.](\d\d))?\s*"
     rf"(?:बजे|बजेर\s+(\d{{1,2}})\s+मिनेट){_TAIL}", _clock),
    (rf"({any_of(_HALVES)})\s+()(\d{{1,2}})[:.](\d\d)()", _clock),
    (rf"({any_of(_PARTS)}){_TAIL}", lambda found, _: _PARTS[found[1]]),
    (r"मध्याह्न", "noon"),
    (rf"(?:(\d{{4}})\s+)?({any_of(_BIKRAM)})\s+(\d{{1,2}})(?!\d|\s*बजे)(?:\s*गते)?{_TAIL}",
     lambda found, setting: _bikram(found[1], _BIKRAM[found[2]], int(found[3]), setting)),
    (rf"(\d{{1,2}})\s+(?:गते\s+)?({any_of(_BIKRAM)})(?:\s+(\d{{4}}))?{_TAIL}",
     lambda found, setting: _bikram(found[3], _BIKRAM[found[2]], int(found[1]), setting)),
    (rf"(\d{{1,2}})\s*गते{_TAIL}", _gate),
    (rf"({any_of(_GREGORIAN)})\s+(\d{{1,2}})(?!\d|\s*बजे)(?:,?\s+(20\d\d|२०\d\d))?{_TAIL}",
     lambda found, _: _month_day(found[2], found[1], found[3])),
    (rf"(\d{{1,2}})\s+({any_of(_GREGORIAN)})(?:\s+(20\d\d|२०\d\d))?{_TAIL}",
     lambda found, _: _month_day(found[1], found[2], found[3])),
    (rf"({any_of(_FEASTS)})(?:को)?\s*(पछि|अघि|अगाडि)",
     lambda found, _: f"{'after' if found[2] == 'पछि' else 'before'} {_FEASTS[found[1]]}"),
), r"(?<![^\s,;(\[“\"‘!?।])", r"(?![^\s,;.)\]”\"’!?।:…])")


def _month_day(day: str, month: str, year: str | None) -> str:
    return f"{int(day)} {MONTHS[_GREGORIAN[month] - 1]} {int(year) if year else ''}"


_LATIN_HALVES = {"bihana": "am", "diuso": "noon", "diunso": "noon", "sanjha": "pm", "beluka": "pm", "rati": "night"}
_LATIN_PARTS = {"bihana": "morning", "diuso": "afternoon", "sanjha": "evening", "beluka": "evening", "rati": "night"}
_LATIN_DAYS = {word: number for number, words in enumerate((
    "som", "mangal", "budha", "bihi", "shukra sukra", "shani sani", "aaita aita")) for word in words.split()}
_LATIN_BIKRAM = {word: number for number, words in enumerate((
    "baisakh", "jestha jeth", "asar ashadh", "shrawan saun", "bhadra bhadau", "asoj ashwin", "kartik", "mangsir",
    "poush", "magh", "falgun fagun", "chaitra chait"), 1) for word in words.split()}


def _latin_bikram(month: str, day: str, setting: Setting) -> str:
    """"mangsir 5", in Nepal alone: elsewhere Kartik and Shrawan are people."""
    return _bikram(None, _LATIN_BIKRAM[month.casefold()], int(day), setting) if setting.country == "NP" else ""


LATIN = Phrases("[a-z]", (
    (r"bholi(?:\s+(bihana|diuso|sanjha|beluka|rati)(?!\s+\d))?",
     lambda found, _: f"tomorrow {_LATIN_PARTS[found[1].casefold()] if found[1] else ''}"),
    (r"aaja", "today"),
    (rf"({any_of(_LATIN_DAYS)})bar", lambda found, _: WEEKDAYS[_LATIN_DAYS[found[1].casefold()]]),
    (rf"(?:({any_of(_LATIN_HALVES)})\s+)?(\d{{1,2}})(?:[:.](\d\d))?\s*baje",
     lambda found, _: at(int(found[2]), int(found[3] or 0), _LATIN_HALVES.get((found[1] or "").casefold(), ""))),
    (rf"({any_of(_LATIN_BIKRAM)})\s+(\d{{1,2}})(?:\s+gate)?(?!\s*baje)",
     lambda found, setting: _latin_bikram(found[1], found[2], setting)),
    (rf"(\d{{1,2}})\s+(?:gate\s+)?({any_of(_LATIN_BIKRAM)})",
     lambda found, setting: _latin_bikram(found[2], found[1], setting)),
), r"(?<![\w'-])", r"(?![\w'-])")
