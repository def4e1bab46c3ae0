"""Days and times as shops in the Philippines say them: "bukas ng umaga", "sa akinse", "alas-diyes y medya"."""

from __future__ import annotations

import re

from desktop_crm.domain.quick_phrases import MONTHS, WEEKDAYS, Phrases, Setting, any_of, at

COUNTS = {word: number for number, words in enumerate((
    "isa isang", "dalawa dalawang", "tatlo tatlong", "apat", "lima limang", "anim", "pito pitong", "walo walong",
    "siyam", "sampu sampung"), 1) for word in words.split()}
_HOURS = COUNTS | {word: number for number, words in enumerate((
    "una", "dos", "tres", "kwatro kuwatro", "singko", "sais", "siyete", "otso", "nuwebe nuebe", "diyes", "onse",
    "dose"), 1) for word in words.split()}
_DAYS = {"lunes": 0, "martes": 1, "miyerkules": 2, "miyerkoles": 2, "huwebes": 3, "biyernes": 4, "sabado": 5,
         "linggo": 6}
_MONTHS = {"enero": 1, "pebrero": 2, "marso": 3, "abril": 4, "mayo": 5, "hunyo": 6, "hulyo": 7, "agosto": 8,
           "setyembre": 9, "oktubre": 10, "nobyembre": 11, "disyembre": 12}
_UNITS = {"minuto": "minutes", "oras": "hours", "araw": "days", "linggo": "weeks", "buwan": "months"}
_HALVES = {"umaga": "am", "tanghali": "noon", "hapon": "pm", "gabi": "night", "madaling araw": "am"}
_PARTS = {"umaga": "morning", "tanghali": "noon", "hapon": "afternoon", "gabi": "night"}
_TODAY = {"umaga": "this morning", "tanghali": "today noon", "hapon": "this afternoon", "gabi": "tonight"}
_COUNT = rf"(\d{{1,3}}|{any_of(COUNTS)})(?:\s+na)?"
_UNIT = rf"({any_of(_UNITS)})"
_HALF = rf"(?:ng|nang|sa)\s+({any_of(_HALVES)})"


def _weekday(found: re.Match[str], _setting: Setting) -> str:
    marker, ahead, name = (found[1] or "").casefold(), (found[2] or "").casefold(), found[3].casefold()
    if name == "linggo":  # a Sunday, and a week: every week, two weeks
        if ahead == "susunod":
            return "next week"
        if not marker and not ahead:
            return ""
    day = WEEKDAYS[_DAYS[name]]
    return f"next {day}" if ahead == "susunod" else f"this {day}" if marker or ahead else day


def _month_day(day: str, month: str, year: str | None, setting: Setting) -> str:
    number = _MONTHS[month.casefold()]
    if number == 5 and setting.language != "fil":  # to all others "5 mayo" is what burgers take
        return ""
    return f"{int(day)} {MONTHS[number - 1]} {year or ''}"


def _ahead(found: re.Match[str], _setting: Setting) -> str:
    count = found[1].casefold()
    return f"in {COUNTS.get(count) or int(count)} {_UNITS[found[2].casefold()]}"


def _clock(found: re.Match[str], _setting: Setting) -> str:
    hour, minute, half = found[1].casefold(), int(found[2] or 0), _HALVES.get((found[4] or "").casefold(), "")
    return at(_HOURS.get(hour) or int(hour), 30 if found[3] else minute, half)


def _hour(found: re.Match[str], _setting: Setting) -> str:
    return at(int(found[1]), int(found[2] or 0), _HALVES[found[3].casefold()])


def _ordinal(found: re.Match[str], setting: Setting) -> str:
    """"ika-25", "ika-25 ng Disyembre"; "a-5" alone only where Filipino is spoken: elsewhere it is a room."""
    if found[3]:
        return _month_day(found[2], found[3], None, setting)
    return f"{int(found[2])}hb" if found[1].casefold() == "ika" or setting.language == "fil" else ""


def _fifteenth(found: re.Match[str], setting: Setting) -> str:
    return "15hb" if found[1] or setting.language == "fil" else ""


PHRASES = Phrases("[a-z]", (
    (r"(?:sa\s+)?makalawa|samakalawa", "day after tomorrow"),
    (r"ngayong\s+araw", "today"),
    (rf"(?:mamayang|ngayong)\s+({any_of(_TODAY)})", lambda found, _: _TODAY[found[1].casefold()]),
    (rf"(sa|ngayong|itong)?\s*\b(?:(susunod|darating)\s+na\s+)?({any_of(_DAYS)})", _weekday),
    (r"(?:sa\s+)?isang\s+linggo", "next week"),
    (r"(?:sa\s+)?susunod\s+na\s+buwan", "next month"),
    (r"(?:sa\s+)?katapusan\s+ng\s+taon", "end of year"),
    (r"(?:sa\s+)?katapusan(?:\s+ng\s+buwan)?", "end of month"),
    (r"(?:sa\s+)?(a-?)?kinse", _fifteenth),
    (r"(?:sa\s+)?a-?trenta", "30hb"),
    (rf"(?:sa\s+)?\b(ika|a)-(\d{{1,2}})(?:\s+ng\s+({any_of(_MONTHS)}))?", _ordinal),
    (rf"(?:sa\s+)?(\d{{1,2}})\s+(?:ng\s+)?({any_of(_MONTHS)})(?:\s+(20\d\d))?",
     lambda found, setting: _month_day(found[1], found[2], found[3], setting)),
    (rf"(?:sa\s+)?({any_of(_MONTHS)})\s+(\d{{1,2}})(?![:.]?\d)(?:,?\s+(20\d\d))?",
     lambda found, setting: _month_day(found[2], found[1], found[3], setting)),
    (rf"(?:sa\s+loob\s+ng|pagkatapos\s+ng|makalipas\s+ang|pagkalipas\s+ng)\s+{_COUNT}\s+{_UNIT}", _ahead),
    (rf"{_COUNT}\s+{_UNIT}\s+mula\s+ngayon", _ahead),
    (rf"(?:ng\s+|sa\s+)?alas?[-\s]?({any_of(_HOURS)}|\d{{1,2}})(?:[:.](\d\d))?(\s+(?:y\s+|i)medya)?(?:\s+{_HALF})?",
     _clock),
    (rf"(?:sa\s+)?(\d{{1,2}})(?:[:.](\d\d))?\s+{_HALF}", _hour),
    (rf"(?:ng|nang|sa)\s+({any_of(_PARTS)})", lambda found, _: _PARTS[found[1].casefold()]),
), r"(?<![\w'-])", r"(?![\w'-])")
