"""Days and times in the words of six languages, seen from Saturday, 21 November 2026 (5 Mangsir 2083), 14:32."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.quick_dates import When, when

NOW = datetime(2026, 11, 21, 14, 32)  # noqa: DTZ001 - the business's own clock
TODAY = NOW.date()
LANGUAGES = ("en", "ms", "fil", "zh_Hant_TW", "ne", "ta")


def read(text: str, language: str = "en", country: str = "MY", today: date = TODAY) -> When:
    now = NOW.replace(year=today.year, month=today.month, day=today.day)
    return when(text, now, today, language, country=country)


def said(text: str, language: str = "en", country: str = "MY") -> str:
    """What was read, as "11-22 10:00"."""
    found = read(text, language, country)
    day = found.day.isoformat()[5:] if found.day else ""
    return f"{day} {found.time or ''}".strip()


MALAY = [
    ("hari ini", "11-21"), ("esok", "11-22"), ("besok", "11-22"), ("esok 10 pagi", "11-22 10:00"),
    ("esok 3 petang", "11-22 15:00"), ("lusa", "11-23"), ("lusa pukul 9", "11-23 09:00"), ("tulat", "11-24"),
    ("esok pagi", "11-22 09:00"), ("esok jam 8 malam", "11-22 20:00"), ("malam ini", "11-21 20:00"),
    ("isnin", "11-23"), ("hari selasa", "11-24"), ("rabu depan", "11-25"), ("khamis 2.30 petang", "11-26 14:30"),
    ("jumaat ini", "11-27"), ("sabtu", "11-28"), ("ahad", "11-22"), ("minggu depan", "11-23"),
    ("bulan hadapan", "12-01"), ("hujung bulan", "11-30"), ("penghujung bulan", "11-30"), ("hujung tahun", "12-31"),
    ("hujung minggu", "11-21"), ("3 hari lagi", "11-24"), ("dalam dua minggu", "12-05"), ("sebulan", ""),
    ("25hb", "11-25"), ("25 Disember 4.30 petang", "12-25 16:30"), ("1 Ogos", "08-01"), ("esok tengah hari",
                                                                                       "11-22 12:00"),
    ("selepas krismas", "12-26"), ("lepas raya", "03-12"), ("sebelum raya", "03-09"), ("lepas hari raya", "03-12"),
]
ENGLISH = [
    ("today", "11-21"), ("tomorrow 10am", "11-22 10:00"), ("day after tomorrow", "11-23"), ("in 3 days", "11-24"),
    ("3 days later", "11-24"), ("next week", "11-23"), ("next month", "12-01"), ("end of month", "11-30"),
    ("end of the year", "12-31"), ("this weekend", "11-21"), ("monday 9am", "11-23 09:00"), ("next friday", "11-27"),
    ("on friday at 3", "11-27 15:00"), ("May 5", "05-05"), ("5 May 10am", "05-05 10:00"),
    ("May 5 at 10", "05-05 10:00"),
    ("June 3, 2027", "06-03"), ("before christmas", "12-24"), ("after Deepavali", "10-29"), ("before CNY", "02-05"),
    ("after Chinese New Year", "02-09"), ("3 days after Deepavali", "10-31"), ("a week before CNY", "01-30"),
    ("after new year", "01-02"), ("tonight", "11-21 20:00"), ("tomorrow evening", "11-22 18:00"),
    ("in an hour", "11-21 15:32"), ("2026/12/25", "12-25"),
]
FILIPINO = [
    ("ngayon", "11-21"), ("bukas", "11-22"), ("bukas ng umaga", "11-22 09:00"), ("bukas 10 ng umaga", "11-22 10:00"),
    ("bukas ng 3 ng hapon", "11-22 15:00"), ("bukas alas-10 ng umaga", "11-22 10:00"), ("sa makalawa", "11-23"),
    ("samakalawa", "11-23"), ("mamayang gabi", "11-21 20:00"), ("mamayang hapon", "11-21 15:00"),
    ("sa lunes", "11-23"), ("lunes ng alas dos ng hapon", "11-23 14:00"), ("sa martes alas-diyes", "11-24 10:00"),
    ("ngayong biyernes", "11-27"), ("sa susunod na lunes", "11-23"), ("sa susunod na linggo", "11-23"),
    ("sa linggo", "11-22"), ("sa susunod na buwan", "12-01"), ("akinse", "12-15"), ("sa akinse", "12-15"),
    ("a-kinse", "12-15"), ("katapusan", "11-30"), ("sa katapusan ng buwan", "11-30"), ("katapusan ng taon", "12-31"),
    ("ika-25 ng Disyembre", "12-25"), ("25 Disyembre", "12-25"), ("Disyembre 25", "12-25"), ("ika-30", "11-30"),
    ("sa loob ng tatlong araw", "11-24"), ("pagkatapos ng 2 linggo", "12-05"), ("3 araw mula ngayon", "11-24"),
    ("bukas ala-una", "11-22 13:00"), ("bukas alas otso y medya ng gabi", "11-22 20:30"), ("bago mag-pasko", "12-24"),
    ("pagkatapos ng pasko", "12-26"), ("bukas ng tanghali", "11-22 12:00"), ("Sabado alas-4:30", "11-28 16:30"),
]
CHINESE = [
    ("今天", "11-21"), ("明天", "11-22"), ("明天十點", "11-22 10:00"), ("明天10點", "11-22 10:00"),
    ("明天上午十點半", "11-22 10:30"), ("明天下午三點", "11-22 15:00"), ("明天下午3:30", "11-22 15:30"),
    ("明天三點", "11-22 15:00"), ("後天", "11-23"), ("大後天", "11-24"), ("明早", "11-22 09:00"),
    ("今晚", "11-21 20:00"),
    ("今晚八點", "11-21 20:00"), ("下週一", "11-23"), ("下星期三下午兩點", "11-25 14:00"), ("下下週一", "11-30"),
    ("禮拜五", "11-27"), ("這週五", "11-27"), ("週六", "11-28"), ("周五", "11-27"), ("下周二早上9點", "11-24 09:00"),
    ("下個月", "12-01"), ("下週", "11-23"), ("月底", "11-30"), ("這個月底", "11-30"), ("下個月底", "12-31"),
    ("年底", "12-31"), ("下個月5號", "12-05"), ("三天後", "11-24"), ("3天後", "11-24"), ("兩週後", "12-05"),
    ("一個月後", "12-21"), ("半小時後", "11-21 15:02"), ("十二月二十五日", "12-25"),
    ("12月25號下午四點", "12-25 16:00"),
    ("25號", "11-25"), ("2027年1月5日", "01-05"), ("民國115年12月5日", "12-05"), ("115年12月5日", "12-05"),
    ("明天晚上七點四十五分", "11-22 19:45"), ("明天中午", "11-22 12:00"), ("過年後", "02-11"), ("年前", "02-03"),
    ("中秋節前", "09-14"), ("１２月２５日", "12-25"), ("明天十點三刻", "11-22 10:45"),
]
NEPALI = [
    ("आज", "11-21"), ("भोलि", "11-22"), ("भोलि १० बजे", "11-22 10:00"), ("भोलि बिहान १० बजे", "11-22 10:00"),
    ("भोलि दिउँसो ३ बजे", "11-22 15:00"), ("भोलि बेलुका ७ बजे", "11-22 19:00"), ("भोलि साढे दस बजे", "11-22 10:30"),
    ("भोलि सवा ११ बजे", "11-22 11:15"), ("भोलि पौने ४ बजे", "11-22 15:45"), ("भोलि बिहान", "11-22 09:00"),
    ("पर्सि", "11-23"), ("पर्सि २ बजे", "11-23 14:00"), ("निकोर्सि", "11-24"), ("आज राति", "11-21 20:00"),
    ("सोमबार", "11-23"), ("मंगलबार", "11-24"), ("अर्को शुक्रबार", "11-27"), ("आउने बुधबार", "11-25"),
    ("आइतबारसम्म", "11-22"), ("बिहीबार ११ बजे", "11-26 11:00"), ("अर्को हप्ता", "11-23"), ("अर्को महिना", "12-01"),
    ("महिनाको अन्त्यमा", "12-15"), ("मसान्त", "12-15"), ("३ दिनमा", "11-24"), ("३ दिनपछि", "11-24"),
    ("दुई हप्तापछि", "12-05"), ("मंसिर १० गते", "11-26"), ("१० मंसिर", "11-26"), ("१५ गते", "12-01"),
    ("२०८३ पुस १", "12-16"), ("२०८३/०८/१०", "11-26"), ("डिसेम्बर २५", "12-25"), ("२५ डिसेम्बर", "12-25"),
    ("दशैंपछि", "10-12"), ("तिहार अघि", "10-28"), ("bholi 10 baje", "11-22 10:00"), ("bholi bihana", "11-22 09:00"),
    ("sombar diuso 2 baje", "11-23 14:00"), ("mangsir 10 gate", "11-26"), ("भोलि १०:३०", "11-22 10:30"),
    ("नयाँ वर्षपछि", "04-15"),
]
TAMIL = [
    ("இன்று", "11-21"), ("நாளை", "11-22"), ("நாளைக்கு", "11-22"), ("நாளை காலை 10 மணி", "11-22 10:00"),
    ("நாளை காலை 10 மணிக்கு", "11-22 10:00"), ("நாளை மாலை 5 மணி", "11-22 17:00"), ("நாளை இரவு 8 மணி", "11-22 20:00"),
    ("நாளை மதியம் 12 மணி", "11-22 12:00"), ("நாளை பத்து மணிக்கு", "11-22 10:00"), ("நாளை பத்தரை மணிக்கு", "11-22 10:30"),
    ("நாளை மாலை 5:30 மணி", "11-22 17:30"), ("நாளை காலை", "11-22 09:00"), ("நாளை மறுநாள்", "11-23"),
    ("திங்கட்கிழமை", "11-23"), ("செவ்வாய்க்கிழமை காலை 9 மணி", "11-24 09:00"), ("புதன்கிழமை", "11-25"),
    ("அடுத்த வெள்ளி", "11-27"), ("வரும் வியாழக்கிழமை", "11-26"), ("சனிக்கிழமை", "11-28"), ("ஞாயிற்றுக்கிழமை", "11-22"),
    ("அடுத்த வாரம்", "11-23"), ("அடுத்த மாதம்", "12-01"), ("மாத இறுதியில்", "11-30"), ("மாதக் கடைசி", "11-30"),
    ("3 நாட்களில்", "11-24"), ("3 நாள் கழித்து", "11-24"), ("இரண்டு வாரம் கழித்து", "12-05"), ("டிசம்பர் 25", "12-25"),
    ("25 டிசம்பர்", "12-25"), ("25ஆம் தேதி", "11-25"), ("25-ம் தேதி", "11-25"), ("தீபாவளிக்குப் பிறகு", "10-29"),
    ("பொங்கலுக்கு முன்", "01-14"), ("இன்று மாலை 6 மணி", "11-21 18:00"), ("நாளை ௧௦ மணி", "11-22 10:00"),
    ("2 மணி நேரம் கழித்து", "11-21 16:32"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: str) -> None:
    assert said(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), MALAY)
def test_malay(text: str, expected: str) -> None:
    assert said(text, "ms") == expected


@pytest.mark.parametrize(("text", "expected"), FILIPINO)
def test_filipino(text: str, expected: str) -> None:
    assert said(text, "fil", "PH") == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: str) -> None:
    assert said(text, "zh_Hant_TW", "TW") == expected


@pytest.mark.parametrize(("text", "expected"), NEPALI)
def test_nepali(text: str, expected: str) -> None:
    assert said(text, "ne", "NP") == expected


@pytest.mark.parametrize(("text", "expected"), TAMIL)
def test_tamil(text: str, expected: str) -> None:
    assert said(text, "ta", "MY") == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["esok 10 pagi", "tomorrow 10am", "bukas 10 ng umaga", "明天十點", "भोलि १० बजे",
                                  "நாளை காலை 10 மணி"])
def test_all_are_read_whatever_the_interface_speaks(language: str, text: str) -> None:
    assert said(text, language) == "11-22 10:00"


NO_DATES = [
    "call May", "call May 5 boxes", "Sat", "he sat", "call Dewi Mei", "telefon Dewi Mei", "call Encik Khamis",
    "jumpa Jumaat bin Ali", "call June 3 times", "打給小明", "打給小明天天", "打給周一鳴", "找王五", "便宜一點",
    "早一點", "一號店", "3號倉庫", "三點建議", "दशैं", "सोम", "बिहान", "மாலை", "வெள்ளி மோதிரம்",
    "kad hari raya", "Raya cards",
    "CNY hamper", "Deepavali order", "kumusta Gabi", "2 linggo", "bumili ng 10", "may 5 na order", "Room A-5",
    "5 mayo", "kinse", "call Kartik", "ask Som", "上週五", "有一點貴", "3年後再說",
]
_IN_FILIPINO = {"5 mayo", "kinse", "Room A-5"}  # which Filipino alone reads as days


@pytest.mark.parametrize(("text", "language"), [
    (text, language) for text in NO_DATES for language in LANGUAGES if language != "fil" or text not in _IN_FILIPINO])
def test_names_and_common_words_are_no_date(text: str, language: str) -> None:
    assert said(text, language) == ""


def test_a_name_beside_a_day_stays_a_name() -> None:
    for text, part in (("call Gabi bukas", "bukas"), ("明天打給小明", "明天"), ("call Dewi Mei 3 petang esok", "esok")):
        found = read(text, "ms")
        assert found.day == date(2026, 11, 22)
        assert [text[start:end] for start, end in found.day_spans] == [part]


def test_the_interface_language_wins_a_tie() -> None:
    assert said("12 Mac", "ms") == "03-12"
    assert said("12 Mac", "fil") == ""
    assert said("5 mayo", "fil") == "05-05"
    assert said("sa kinse", "fil") == "12-15"


def test_the_spans_are_those_of_the_words() -> None:
    for text, spans in (("明天十點打給小明", ["明天", "十點"]), ("भोलि १० बजे रामलाई फोन", ["भोलि", "१० बजे"]),
                        ("நாளை காலை 10 மணிக்கு முருகன்", ["நாளை", "காலை 10 மணிக்கு"]),
                        ("tawag kay Nena bukas ng alas-10 ng umaga", ["bukas", "ng alas-10 ng umaga"])):
        found = read(text)
        assert [text[start:end] for start, end in found.day_spans + found.time_spans] == spans


def test_years_of_the_republic_and_of_bikram_sambat_only_at_home() -> None:
    assert read("deliver 115/12/5", country="TW").day == date(2026, 12, 5)
    assert read("deliver 115/12/5", country="MY").day is None
    assert read("deliver 2083/08/05", country="NP").day == date(2026, 11, 21)
    assert read("deliver 2083/08/05", country="MY").day == date(2083, 8, 5)


def test_raya_moves_and_counts_with_the_country() -> None:
    assert read("lepas raya", country="MY", today=date(2026, 3, 1)).day == date(2026, 3, 24)  # 20–23 March are off
    assert read("after raya", country="PH", today=date(2026, 3, 1)).day == date(2026, 3, 21)
    assert read("before CNY", country="TW", today=date(2026, 1, 5)).day == date(2026, 2, 14)  # the eve is off too


_PIECES = st.sampled_from([text for table in (ENGLISH, MALAY, FILIPINO, CHINESE, NEPALI, TAMIL) for text, _ in table]
                          + ["call", "小明", "राम", "முருகன்", "5", "३", "௧௦", "點", "बजे", "மணி", "alas", "ng", "年"])


@given(st.lists(_PIECES, max_size=6), st.sampled_from(["", " ", ","]), st.sampled_from(LANGUAGES),
       st.sampled_from(["", "MY", "NP", "TW", "PH", "IN"]))
def test_no_mixture_is_too_odd(pieces: list[str], between: str, language: str, country: str) -> None:
    text = between.join(pieces)
    found = read(text, language, country)
    for start, end in found.day_spans + found.time_spans:
        assert 0 <= start < end <= len(text)
    assert found.time is None or (len(found.time) == 5 and "00:00" <= found.time < "24:00")
    assert found.minutes is None or found.minutes > 0


@given(st.text(alphabet="一二三十點半天日週周月號年後明下 भोलि१०बजेसोमबार நாளை10மணி:/.-", max_size=30))
def test_no_text_of_their_letters_is_too_odd(text: str) -> None:
    found = read(text, "ne", "NP")
    assert found.time is None or found.time < "24:00"
