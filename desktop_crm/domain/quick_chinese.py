"""Days and times as people write them in Taiwan: "明天十點", "下週一下午三點半", "115年11月21日", "月底", "過年後".

Chinese has no spaces: what could be part of a name (小明天天, 周一鳴) or another word (便宜一點, 一號店) is left alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from desktop_crm.domain import eras
from desktop_crm.domain.quick_phrases import MONTHS, WEEKDAYS, Phrases, Setting, any_of, at

_FIGURES = {character: number for number, character in enumerate("一二三四五六七八九", 1)} | {"兩": 2, "两": 2}
_N = r"(\d{1,3}|[一二兩两三四五六七八九十]{1,3})"
_DAYS = {character: number for number, character in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_WEEK = "週|星期|禮拜|礼拜"
_NEXT = "下個|下个|下"
_LATER = "(?:之|以)?[後后]"
_UNITS = {"天": "days", "日": "days", "週": "weeks", "周": "weeks", "星期": "weeks", "禮拜": "weeks", "礼拜": "weeks",
          "月": "months", "小時": "hours", "小时": "hours", "鐘頭": "hours", "分鐘": "minutes", "分钟": "minutes"}
_HALVES = {"凌晨": "am", "清晨": "am", "早上": "am", "上午": "am", "早": "am", "中午": "noon", "下午": "pm",
           "午後": "pm", "傍晚": "pm", "晚上": "night", "晚間": "night", "晚": "night"}
_LONE = r"(?<=[今明天日一二三四五六])[早晚](?![一1][點点](?![半鐘钟整\d]))"  # 明早十點, not 早一點 ("a bit earlier")
_HALF = rf"({any_of(half for half in _HALVES if len(half) > 1)}|{_LONE})"
_HOUR = r"\s*(?:\d|[一二兩两三四五六七八九十]{1,3}[點点])"
_PARTS = {"早上": "morning", "上午": "morning", "中午": "noon", "下午": "afternoon", "傍晚": "evening",
          "晚上": "night", "晚間": "night"}
_SOON = {"今晚": "tonight", "今早": "this morning", "明早": "tomorrow morning", "明晚": "tomorrow night"}
_FEASTS = {
    "過年": "cny", "春節": "cny", "农历年": "cny", "農曆年": "cny", "農曆新年": "cny", "年": "cny",
    "端午節": "dragon-boat", "端午": "dragon-boat", "中秋節": "mid-autumn", "中秋": "mid-autumn", "清明節": "qingming",
    "清明": "qingming", "聖誕節": "krismas", "開齋節": "raya", "屠妖節": "deepavali", "元旦": "new-year",
}
_HOUR_FOLLOWS = rf"(?=\s*(?:{any_of(_HALVES)}|\d|[一二兩两三四五六七八九十]{{1,3}}[點点]|$|[\s，,。]))"
_POINT = (r"[點点](?![點点])(?:(半)|[鐘钟整])?"
          r"(?:(\d{1,2}|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])分|([一三])刻)?")
# One to three o'clock without a part of the day is "a bit" as well (便宜一點): it needs a day before, or half an hour.
_BARE = (r"\d{1,2}|十[一二]?|[四五六七八九]|(?<=[天日號号])[一二兩两三]"
         r"|[一二兩两三](?=[點点](?:半|[鐘钟整]|\d|[一三]刻|[二三四五]?十))")
_GOES_ON = r"(?=\s*(?:$|[\s，,。、前後后以之到要來来去送交開开見见付收打給给]|上午|下午|早上|中午|晚上))"
_NO_NAME = r"(?<![小阿大])"


def number(text: str) -> int:
    """A number under a hundred in Chinese or in figures ("十二", "二十", "12"); 0 for none."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _FIGURES.get(text, 0)
    return 10 * (_FIGURES.get(tens, 0) if tens else 1) + (_FIGURES.get(ones, 0) if ones else 0)


def _weekday(found: re.Match[str], setting: Setting) -> str:
    ahead, day = found[1] or "", _DAYS[found[2]]
    if ahead == "下下":
        monday = setting.today - timedelta(days=setting.today.weekday())
        return (monday + timedelta(days=14 + day)).isoformat()
    marked = "next" if ahead.startswith("下") else "this" if ahead else ""
    return f"{marked} {WEEKDAYS[day]}"


def _clock(found: re.Match[str], _setting: Setting) -> str:
    half = _HALVES.get(found[1] or "", "")
    minute = 30 if found[3] == "半" else 15 * number(found[5]) if found[5] else number(found[4]) if found[4] else 0
    return at(number(found[2]), minute, half)


def _figures(found: re.Match[str], _setting: Setting) -> str:
    return at(int(found[2]), int(found[3]), _HALVES[found[1]])


def _ahead(found: re.Match[str], _setting: Setting) -> str:
    return f"in {number(found[1])} {_UNITS[found[2]]}"


def _whole_date(found: re.Match[str], setting: Setting) -> str:
    """"民國115年11月21日", "2026年11月21日", "11月21日"."""
    month, day = number(found[3]), number(found[4])
    if not found[2]:
        return f"{day} {MONTHS[month - 1]}" if 1 <= month <= 12 else ""
    meant = eras.read(f"{found[1] or ''}{found[2]}年{month}月{day}日", setting.today, setting.country)
    return meant.isoformat() if meant else ""


def _of_next_month(found: re.Match[str], setting: Setting) -> str:
    """"下個月5號", "下個月底"."""
    years, month = divmod(setting.today.month, 12)
    year, last = setting.today.year + years, 0
    last = monthrange(year, month + 1)[1]
    day = number(found[1]) if found[1] else last
    return date(year, month + 1, day).isoformat() if 1 <= day <= last else ""


PHRASES = Phrases("[\u4e00-\u9fff]", (
    (rf"({any_of(_SOON)})(?!{_HOUR})", lambda found, _: _SOON[found[1]]),
    (rf"([今明])(?=[早晚]{_HOUR})", lambda found, _: "today" if found[1] == "今" else "tomorrow"),
    (rf"{_NO_NAME}今[天日]", "today"),
    (rf"{_NO_NAME}明[天日](?!天)", "tomorrow"),
    (r"大[後后]天", "in 3 days"),
    (r"(?<![大\d])[後后]天", "day after tomorrow"),
    (rf"(?<!上)(下下|{_NEXT}|這個?|这个?|本)?(?:{_WEEK})([一二三四五六日天末])", _weekday),
    (rf"(下下|{_NEXT}|這|这|本)周([一二三四五六日天末])", _weekday),
    (rf"(?<![^\s，,。、])()周([一二三四五六日末]){_HOUR_FOLLOWS}", _weekday),
    (rf"(?:{_NEXT})(?:{_WEEK}|周)", "next week"),
    (rf"(?:{_NEXT})月\s*(?:{_N}[號号日]|[底末])", _of_next_month),
    (rf"(?:{_NEXT})月", "next month"),
    (r"(?:這個?|这个?|本)?月[底末]", "end of month"),
    (r"年底", "end of year"),
    (rf"半個?(?:小時|小时|鐘頭){_LATER}", "in 30 minutes"),
    (rf"{_N}\s*[個个]?({any_of(_UNITS)}){_LATER}", _ahead),
    (rf"(?:(民[國国])?(\d{{2,4}})年)?{_N}月{_N}[日號号]", _whole_date),
    (rf"(?<![\d第一二三四五六七八九十]){_N}[號号]{_GOES_ON}", lambda found, _: f"{number(found[1])}hb"),
    (rf"{_HALF}\s*(\d{{1,2}})[:：](\d\d)", _figures),
    (rf"{_HALF}\s*{_N}{_POINT}", _clock),
    (rf"(?<![\d第一二兩三四五六七八九十早快慢多少差晚])()({_BARE}){_POINT}", _clock),
    (r"(?<=[點点半分鐘\d])\s*[到至](?=\s*(?:\d|[一二兩两三四五六七八九十]{1,3}[點点]))", "to"),
    (any_of(_PARTS), lambda found, _: _PARTS[found[0]]),
    (rf"(?<![\d一二兩两三四五六七八九十幾多半去今明])({any_of(_FEASTS)})(?:過)?([後后前])",
     lambda found, _: f"{'before' if found[2] == '前' else 'after'} {_FEASTS[found[1]]}"),
))

_VERBS = {
    "打電話給": "call", "打電話": "call", "打給": "call", "致電": "call", "聯絡": "call", "拜訪": "visit",
    "開會": "meeting", "約": "meet", "送貨給": "deliver", "送貨": "deliver", "傳訊息給": "message", "感謝": "thank",
    "跟進": "follow-up", "提醒": "remind",
}
_VERB = re.compile(any_of(_VERBS))


def verb(text: str) -> tuple[int, str]:
    """The verb that a run of Chinese begins with: how many characters it has, and what it means; (0, "") for none."""
    found = _VERB.match(text)
    return (found.end(), _VERBS[found[0]]) if found else (0, "")
