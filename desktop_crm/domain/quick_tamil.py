"""Days and times as people write them in Tamil: "நாளை காலை 10 மணிக்கு", "அடுத்த திங்கள்", "3 நாட்களில்"."""

from __future__ import annotations

import re

from desktop_crm.domain.quick_phrases import MONTHS, WEEKDAYS, Phrases, Setting, any_of, at

COUNTS = {word: number for number, words in enumerate((
    "ஒரு ஒன்று", "இரண்டு ரெண்டு", "மூன்று மூணு", "நான்கு நாலு", "ஐந்து அஞ்சு", "ஆறு", "ஏழு", "எட்டு", "ஒன்பது",
    "பத்து", "பதினொன்று பதினோரு", "பன்னிரண்டு"), 1) for word in words.split()}
_HALF_PAST = {word: number for number, word in enumerate((
    "ஒன்றரை", "இரண்டரை", "மூன்றரை", "நான்கரை", "ஐந்தரை", "ஆறரை", "ஏழரை", "எட்டரை", "ஒன்பதரை", "பத்தரை", "பதினொன்றரை",
    "பன்னிரண்டரை"), 1)}
_DAYS = {word: number for number, words in enumerate((
    "திங்கள் திங்கட்", "செவ்வாய் செவ்வாய்க்", "புதன் புதன்", "வியாழன் வியாழக்", "வெள்ளி வெள்ளிக்", "சனி சனிக்",
    "ஞாயிறு ஞாயிற்றுக்")) for word in words.split()}
_UNITS = {
    "நிமிட": "minutes", "மணி நேர": "hours", "மணிநேர": "hours", "நாள்": "days", "நாட்க": "days", "நாளி": "days",
    "வார": "weeks", "மாத": "months",
}
_HALVES = {"அதிகாலை": "am", "காலை": "am", "முற்பகல்": "am", "மதியம்": "noon", "நண்பகல்": "noon", "பிற்பகல்": "pm",
           "மாலை": "pm", "சாயங்காலம்": "pm", "இரவு": "night"}
_PARTS = {"அதிகாலை": "morning", "காலை": "morning", "மதியம்": "noon", "நண்பகல்": "noon", "பிற்பகல்": "afternoon",
          "மாலை": "evening", "சாயங்காலம்": "evening", "இரவு": "night"}
_TAIL_OF_PART = r"(?:யில்|யிலேயே|க்கு|த்தில்)?"
_MONTHS = {word: number for number, words in enumerate((
    "ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட் ஆகஸ்டு", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்",
    "டிசம்பர்"), 1) for word in words.split()}
_FEASTS = {"தீபாவளி": "deepavali", "பொங்கல": "pongal", "தைப்பூச": "thaipusam", "ரம்ஜான": "raya", "கிறிஸ்துமஸ": "krismas",
           "புத்தாண்ட": "new-year"}
_COUNT = rf"(\d{{1,3}}|{any_of(COUNTS)})"
_ORDINAL = r"(\d{1,2})(?:\s*-?\s*(?:ஆம்|ம்))?"
_NEXT, _THIS = "அடுத்த", "இந்த|வரும்|வருகிற|வர்ற"
_TO = r"(?:க்கு|க்குள்|யன்று|யில்|வரை|க்காக)?"


def _number(text: str) -> int:
    return COUNTS.get(text) or int(text)


def _weekday(found: re.Match[str], _setting: Setting) -> str:
    """A weekday with கிழமை, or after "next" and "this"; alone Velli is silver, too."""
    if not found[1] and not found[3]:
        return ""
    ahead = "" if not found[1] else "next" if found[1] == _NEXT else "this"
    return f"{ahead} {WEEKDAYS[_DAYS[found[2]]]}"


def _clock(found: re.Match[str], _setting: Setting) -> str:
    half = _HALVES.get(found[1] or "", "")
    if found[2]:
        return at(_HALF_PAST[found[2]], 30, half)
    return at(_number(found[3]), int(found[4] or 0), half)


def _ahead(found: re.Match[str], _setting: Setting) -> str:
    return f"in {_number(found[1])} {_UNITS[found[2]]}"


def _month_day(day: str, month: str, year: str | None) -> str:
    return f"{int(day)} {MONTHS[_MONTHS[month] - 1]} {year or ''}"


PHRASES = Phrases("[\u0b80-\u0bff]", (
    (r"நாளை\s*(?:மறுநாள்|மறுதினம்)|நாளான்னைக்கு|நாளன்னைக்கு", "day after tomorrow"),
    (r"நாளைக்கு|நாளைய|நாளை", "tomorrow"),
    (r"இன்றைக்கு|இன்னைக்கு|இன்றைய|இன்று", "today"),
    (rf"(?:({_NEXT}|{_THIS})\s+)?({any_of(_DAYS)})\s*(கிழமை)?{_TO}", _weekday),
    (rf"(?:{_NEXT}|வரும்)\s+வார(?:ம்|த்தில்|த்துக்கு|த்திற்கு)", "next week"),
    (rf"(?:{_NEXT}|வரும்)\s+மாத(?:ம்|த்தில்|த்துக்கு|த்திற்கு)", "next month"),
    (r"மாத(?:க்|த்தின்|ம்)?\s*(?:இறுதி|கடைசி|முடிவு)(?:யில்|க்குள்|க்கு|ல்)?", "end of month"),
    (rf"{_COUNT}\s*({any_of(_UNITS)})(?:ம்|ங்கள்|ள்)?\s*(?:கழித்து|கழிச்சு|பிறகு|பின்னர்|பின்)", _ahead),
    (rf"{_COUNT}\s*({any_of(_UNITS)})(?:த்தில்|ங்களில்|ளில்|ல்|த்துக்குள்|ங்களுக்குள்|ளுக்குள்)", _ahead),
    (rf"(?:({any_of(_HALVES)}){_TAIL_OF_PART}\s+)?(?:({any_of(_HALF_PAST)})|{_COUNT}(?:[:.](\d\d))?)\s*"
     r"மணி(?:க்கு|யளவில்|க்குள்|க்கே)?(?!\s*நேர)", _clock),
    (rf"({any_of(_HALVES)}){_TAIL_OF_PART}\s+()(\d{{1,2}})[:.](\d\d)", _clock),
    (rf"({any_of(_PARTS)}){_TAIL_OF_PART}", lambda found, _: _PARTS[found[1]]),
    (rf"({any_of(_MONTHS)})\s+{_ORDINAL}(?:\s*தேதி)?(?!\d|\s*மணி)(?:,?\s+(20\d\d))?{_TO}",
     lambda found, _: _month_day(found[2], found[1], found[3])),
    (rf"{_ORDINAL}\s+({any_of(_MONTHS)})(?:\s+(20\d\d))?{_TO}",
     lambda found, _: _month_day(found[1], found[2], found[3])),
    (rf"{_ORDINAL}\s*தேதி{_TO}", lambda found, _: f"{int(found[1])}hb"),
    (rf"({any_of(_FEASTS)})(?:ுக்கு|ுக்குப்|ிக்கு|க்கு|க்குப்|த்துக்கு|த்துக்குப்|த்திற்கு|த்திற்குப்|்)?\s*"
     r"(பிறகு|பின்|பின்னர்|முன்|முன்பு|முன்னால்)",
     lambda found, _: f"{'before' if found[2].startswith('முன்') else 'after'} {_FEASTS[found[1]]}"),
), r"(?<![^\s,;(\[“\"‘!?])", r"(?![^\s,;.)\]”\"’!?:…])")
