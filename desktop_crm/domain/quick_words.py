"""The words of a quick line: how people write days, times and kinds of task, in English and Malay.

Phrases of the other languages are said again in these words by `quick_phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.dates import get_day_names, get_month_names

Phrase = tuple[str, ...]


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split(" | "))


def _table(source: Mapping[str, str]) -> dict[Phrase, str]:
    """{meaning: "phrase | phrase"} turned round to {phrase: meaning}."""
    return {phrase: meaning for meaning, text in source.items() for phrase in _phrases(text)}


DAYS = _table({
    "0": "today | hari ini | ngayon",
    "1": "tomorrow | tmr | tmrw | esok | besok | keesokan | bukas",
    "2": "day after tomorrow | the day after tomorrow | lusa",
    "3": "tulat",
    "next_week": "next week | minggu depan | minggu hadapan",
    "next_month": "next month | bulan depan | bulan hadapan",
    "month_end": "end of month | end of the month | month end | hujung bulan | akhir bulan | penghujung bulan",
    "year_end": "end of year | end of the year | year end | hujung tahun | akhir tahun",
    "weekend": "weekend | this weekend | hujung minggu | hujung minggu ini",
})
"""What a phrase means: days from today, or a rule of `quick_dates`."""

PARTS_TODAY = _table({
    "09:00": "this morning | pagi ini", "15:00": "this afternoon | petang ini",
    "18:00": "this evening", "20:00": "tonight | malam ini",
})
"""Phrases that name a part of today, and the hour that stands for it."""

PARTS = {"morning": "09:00", "pagi": "09:00", "afternoon": "15:00", "petang": "15:00", "evening": "18:00",
         "night": "20:00", "malam": "20:00"}
"""Parts of a day that count only beside a day ("tomorrow morning"), and the hour that stands for them."""

NOONS = _table({"12:00": "noon | midday | tengah hari | tengahari"})
FEASTS = _table({
    "raya": "raya | hari raya | aidilfitri | hari raya aidilfitri | hari raya puasa | eid | eid al-fitr | ramzan",
    "haji": "raya haji | hari raya haji | aidiladha | hari raya aidiladha | raya korban | eid al-adha",
    "lunar_new_year": "cny | chinese new year | lunar new year | tahun baru cina",
    "deepavali": "deepavali | diwali", "thaipusam": "thaipusam", "wesak": "wesak | vesak | hari wesak",
    "good_friday": "good friday | biyernes santo", "dashain": "dashain", "tihar": "tihar", "pongal": "pongal",
    "qingming": "qingming | cheng beng", "dragon_boat": "dragon-boat", "mid_autumn": "mid-autumn | mooncake festival",
    "christmas": "christmas | xmas | krismas | pasko | mag-pasko | magpasko",
    "new_year": "new-year | new year | tahun baru | bagong taon | mag-bagong taon", "navavarsha": "navavarsha",
})
"""Feasts that a day is reckoned by ("lepas raya"); alone they are no day (a Raya card)."""
AFTER_FEAST = _phrases("after | lepas | selepas | pagkatapos ng | pagkatapos")
BEFORE_FEAST = _phrases("before | sebelum | bago ang | bago")

_TITLES = ("mr mr. mrs mrs. ms ms. miss madam dr dr. encik en. puan pn. cik tuan haji hajah hj hj. datuk dato' dato "
           "datin tan sri abang bang kakak kak pak mak uncle auntie aunty kuya ate aling mang")
TITLES = frozenset(_TITLES.split())
"""Before a name: "Encik Khamis" is no Thursday."""
DESCENT = frozenset({"bin", "binti", "bte", "bt", "a/l", "a/p", "s/o", "d/o"})
"""Behind a name: "Jumaat bin Ali" is no Friday."""
NAMES = frozenset({"may", "mei", "april", "june", "jun", "august", "julai"})
"""Months that are people's names: with a number behind they are a day only where the line then ends or goes on so."""

HALVES = {"am": "am", "a.m": "am", "a.m.": "am", "pagi": "am", "pm": "pm", "p.m": "pm", "p.m.": "pm", "petang": "pm",
          "malam": "night", "tengah hari": "noon", "tengahari": "noon", "ptg": "pm", "pg": "am"}
"""What may stand behind an hour, and which half of the day it means."""

NEXT = frozenset({"next", "coming"})
NEXT_AFTER = frozenset({"depan", "hadapan"})
THIS = frozenset({"this"})
THIS_AFTER = frozenset({"ini"})
BEFORE_DAY = frozenset({"on", "by", "due", "the", "pada", "hari", "until", "hingga", "menjelang"})
BEFORE_HOUR = frozenset({"at", "@", "pukul", "jam", "kul"})
LITTLE = BEFORE_DAY | BEFORE_HOUR | {"sa", "ng", "nang"}
"""What may stand between a day and its time, and belongs to them."""
AFTER_HOUR = frozenset({"about", "with", "for", "to", "re", "and", "on", "tentang", "dengan", "untuk", "dan", "pada"})
"""What may follow "at 10" without making it an address ("at 10 Jalan Ampang")."""
IN = frozenset({"in", "within", "dalam"})
LATER = _phrases("later | from now | lagi")
FOR = frozenset({"for", "selama"})
TO = frozenset({"-", "–", "to", "hingga", "sampai"})
OF = frozenset({"of", "haribulan", "hb"})

NUMBERS = {word: number for words in ("one two three four five six seven eight nine ten",
                                      "satu dua tiga empat lima enam tujuh lapan sembilan sepuluh")
           for number, word in enumerate(words.split(), 1)} | {"a": 1, "an": 1}
UNITS = {word: unit for unit, words in {
    "minutes": "min mins minute minutes minit", "hours": "h hr hrs hour hours jam", "days": "day days hari",
    "weeks": "week weeks minggu", "months": "month months bulan"}.items() for word in words.split()}

KINDS = {word: kind for kind, words in {
    "call": "call phone ring tel telephone telefon panggil hubungi tawag tawagan फोन कल அழை அழைக்க போன்",
    "meeting": "meet meeting jumpa berjumpa mesyuarat bertemu temujanji kita kitain makipagkita भेट बैठक சந்தி சந்திப்பு",
    "visit": "visit lawat lawati melawat ziarah singgah bisita bisitahin dalaw dalawin",
    "email": "email e-mail mail emel e-mel",
    "message": "message msg whatsapp wa sms text mesej",
    "demo": "demo demonstrate demonstration demonstrasi",
    "delivery": "deliver delivery hantar kirim penghantaran padala ipadala",
    "thank_you": "thank thanks thank-you terima ucap pasalamatan",
    "follow_up": "follow follow-up followup chase remind susul ingatkan ipaalala paalala",
    "note": "note catat nota",
}.items() for word in words.split()}
"""The kind of task that a first word tells."""
SENDING = frozenset({"send", "write", "hantar", "kirim", "tulis"})
"""Words that leave the kind to the next one ("send e-mail")."""

LEADING = frozenset({"with", "to", "for", "from", "kepada", "dengan", "untuk", "dari", "daripada", "kay",
                     "kina", "para", "給", "跟", "和", "向"})
"""After these words a customer's name is likely to stand."""
_COMMON = ("a an the of in at by up back new send ask about order payment invoice quotation quote sample samples "
           "price their his her our my is it as or di ke yang baru bayaran pesanan invois sebut harga sampel")
PLAIN = LEADING | AFTER_HOUR | frozenset(_COMMON.split())
"""Words that are no part of a customer's name by themselves."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of weekdays (0 is Monday) and months in the languages understood; `short` ones are ambiguous."""

    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    months: Mapping[str, int]


_OWN_PHRASES = frozenset({"fil", "ne", "ta", "zh"})
"""Languages whose names of days and months are in tables of their own: CLDR's are silver (வெள்ளி) and weeks (linggo)."""
_CLEAR = frozenset({"mon", "tue", "tues", "thu", "thur", "thurs", "fri"})
"""Short weekdays that are no words of their own (as sat, sun and wed are)."""
_MORE_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}


def clear(weekday: str) -> bool:
    """Whether a short weekday can be taken for one where it ends the text."""
    return weekday in _CLEAR


@lru_cache(maxsize=8)
def calendar(language: str) -> Calendar:
    """The names of the language in use, English and Malay, from CLDR; of two that are alike the first counts."""
    weekdays: dict[str, int] = {}
    short: dict[str, int] = dict(_MORE_SHORT)
    months: dict[str, int] = {"sept": 9}
    for code in dict.fromkeys((language, "en", "ms")):
        if code.split("_")[0] in _OWN_PHRASES:
            continue
        locale = Locale.parse(code)
        for wide, names in ((True, get_day_names("wide", locale=locale)),
                            (False, get_day_names("abbreviated", locale=locale))):
            for number, name in names.items():
                (weekdays if wide else short).setdefault(name.casefold().rstrip("."), number)
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                months.setdefault(name.casefold().rstrip("."), number)
    if language != "ms":
        months.pop("mac", None)  # to all others "12 Mac" is twelve computers
    return Calendar(weekdays, {name: number for name, number in short.items() if name not in weekdays}, months)
