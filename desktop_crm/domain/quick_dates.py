"""Finds the day, the time and the length in a line that someone typed ("call Aminah tomorrow 10:00").

A grammar of our own over CLDR's names: what is no date in people's sense ("Rooms 201–240", "INV-0917",
"may", "he sat") must never become one, and the answer has to be there at each keystroke.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desktop_crm.domain import eras, public_holidays, quick_chinese, quick_phrases
from desktop_crm.domain import quick_words as words
from desktop_crm.domain.quick_phrases import Setting, at
from desktop_crm.domain.values import plain_digits

_EDGES = "()[]\"'“”‘’,;!?，。、！？；（）「」।"
_WORD = re.compile(r"\S+")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/](\d{1,2})(?:[/](\d{2}|\d{4}))?|(\d{1,2})[.-](\d{1,2})[.-](\d{4})")
_NEVER = frozenset({"24/7", "50/50"})
_ORDINAL = re.compile(r"(\d{1,2})(st|nd|rd|th|hb)?")
_CLOCK = re.compile(r"(\d{1,2})(?:([:.])(\d{2}))?(am|pm|a\.m\.?|p\.m\.?|pagi|ptg|petang|malam)?")
_RANGE = re.compile(r"(\d{1,2}(?:[:.]\d{2})?(?:am|pm)?)[-–](\d{1,2}(?:[:.]\d{2})?(?:am|pm)?)")
_AMOUNT = re.compile(r"(\d{1,3})(min|mins|minutes|minit|h|hr|hrs)")
_MONEY = frozenset({"rm", "myr", "usd", "sgd", "$", "us$", "s$", "₱", "nt$", "x", "×"})
_NUMBERED = frozenset({"room", "rooms", "bilik", "unit", "lot", "no", "no.", "version", "item", "size", "page"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the line: folded, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Find:
    """One phrase: the words [first, after) and what they say; a `weak` one counts only in company."""

    first: int
    after: int
    day: date | None = None
    time: str | None = None
    minutes: int | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """What a line says of its time, and the places of the text (start, end) that say it."""

    day: date | None = None
    time: str | None = None
    minutes: int | None = None
    day_spans: tuple[tuple[int, int], ...] = ()
    time_spans: tuple[tuple[int, int], ...] = ()


def tokens(text: str, setting: Setting | None = None) -> list[Token]:
    """The words of a line, without the punctuation at their edges; with a setting, phrases in the grammar's words."""
    made, place = [], 0
    for start, end, said in quick_phrases.find(text, setting) if setting else ():
        made += [*_plain_tokens(text, place, start), *(Token(word, start, end) for word in said)]
        place = end
    return [*made, *_plain_tokens(text, place, len(text))]


def _plain_tokens(text: str, first: int, last: int) -> Iterator[Token]:
    """The words between two places of a text; a Chinese verb stands for itself, as what it means."""
    for found in _WORD.finditer(text, first, last):
        raw = found.group()
        left = found.start() + len(raw) - len(raw.lstrip(_EDGES))
        bare = raw.strip(_EDGES)
        if bare.endswith((".", ":")) and bare not in words.HALVES:
            bare = bare[:-1]
        length, meaning = quick_chinese.verb(bare)
        if length:
            yield Token(meaning, left, left + length)
        if bare[length:]:
            yield Token(plain_digits(bare[length:]).casefold(), left + length, left + len(bare))


def when(text: str, now: datetime, today: date, language: str = "en", *, day_first: bool = True,
         country: str = "") -> When:
    """Read the day, time and length out of `text`, in any of the six languages; `language` is the interface's.

    `country` is the business's: its calendar counts for feasts and years. `now` is the business's own clock,
    `today` its present day; the last day named counts. A time alone is meant for today, or for tomorrow if it
    has passed.
    """
    setting = Setting(today, language, country)
    line = _Line(tokens(text, setting), now, setting, day_first)
    finds = line.finds()
    days = [find for find in finds if find.day is not None]
    day = days[-1] if days else None
    times = [find for find in finds if find.time is not None]
    beside = [find for find in times if day is not None and line.touch(find, day)]
    time = next(reversed(beside or times), None)
    length = next((find for find in finds if find.minutes is not None and find.time is None and time is not None), None)
    minutes = length.minutes if length else time.minutes if time else None
    due = day.day if day else None
    if due is None and time is not None and time.time is not None:
        due = today if time.time > now.strftime("%H:%M") else today + timedelta(days=1)
    timed = [find for find in (time, length) if find is not None and find is not day]
    return When(due, time.time if time else None, minutes, (line.span(day),) if day else (),
                tuple(line.span(find) for find in timed))


class _Line:
    """The words of one line and the rules that look for phrases in them."""

    def __init__(self, found: list[Token], now: datetime, setting: Setting, day_first: bool) -> None:
        self.tokens, self.now, self.today, self.day_first = found, now, setting.today, day_first
        self.country, self.calendar = setting.country, words.calendar(setting.language)

    def word(self, place: int) -> str:
        """The word at a place, "" outside."""
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def finds(self) -> list[Find]:
        """All phrases that count, in order, none overlapping."""
        found, place = [], 0
        while place < len(self.tokens):
            best = max(self._at(place), key=lambda find: (not find.weak, find.after), default=None)
            if best is None:
                place += 1
            else:
                found.append(best)
                place = best.after
        kept: list[Find] = []
        for number, find in enumerate(found):
            near = kept[-1:] + [other for other in found[number + 1:number + 2] if not other.weak]
            if not find.weak or any(self.touch(find, other) for other in near):
                kept.append(find)
        return kept

    def touch(self, one: Find, other: Find) -> bool:
        """Whether only little words ("at", "on") stand between two phrases."""
        first, second = sorted((one, other), key=lambda find: find.first)
        between = {self.word(place) for place in range(first.after, second.first)}
        return between <= words.LITTLE

    def span(self, find: Find) -> tuple[int, int]:
        """Where a phrase stands in the text, with the little words before it."""
        first = find.first
        while first > 0 and self.word(first - 1) in words.LITTLE:
            first -= 1
        return self.tokens[first].start, self.tokens[find.after - 1].end

    def _at(self, place: int) -> Iterator[Find]:
        rules: tuple[Callable[[int], Find | None], ...] = (
            self._feast, self._phrase, self._weekday, self._month_day, self._numeric, self._ordinal, self._ahead,
            self._period, self._clock, self._hour, self._part, self._length)
        for rule in rules:
            find = rule(place)
            if find is not None:
                yield find

    # Days

    def _phrase(self, place: int) -> Find | None:
        """A phrase of the tables: "day after tomorrow", "tonight", "minggu depan", "noon"."""
        for size in (4, 3, 2, 1):
            phrase = tuple(self.word(spot) for spot in range(place, place + size))
            if phrase in words.DAYS and not self._person(place, place + size):
                return Find(place, place + size, self._meant(words.DAYS[phrase]))
            if phrase in words.PARTS_TODAY:
                return Find(place, place + size, self.today, words.PARTS_TODAY[phrase])
            if phrase in words.NOONS:
                return Find(place, place + size, time=words.NOONS[phrase])
        return None

    def _meant(self, meaning: str) -> date:
        if meaning == "next_week":
            return self.today + timedelta(days=7 - self.today.weekday())
        if meaning == "next_month":
            return months_on(self.today.replace(day=1), 1)
        if meaning == "month_end":
            return self.today.replace(day=monthrange(self.today.year, self.today.month)[1])
        if meaning == "year_end":
            return date(self.today.year, 12, 31)
        if meaning == "weekend":
            return self.today + timedelta(days=(5 - self.today.weekday()) % 7)
        return self.today + timedelta(days=int(meaning))

    def _person(self, place: int, after: int) -> bool:
        """Whether a title stands before, or a father's name behind: then it is someone's name."""
        return self.word(place - 1) in words.TITLES or self.word(after) in words.DESCENT

    def _feast(self, place: int) -> Find | None:
        """"lepas raya", "before CNY", "3 days after Deepavali": the day next to a feast's first or last one."""
        count, unit, start = self._amount(place)
        count, start = (count * {"days": 1, "weeks": 7}.get(unit, 0), start) if count else (1, place)
        for phrases, sign in ((words.AFTER_FEAST, 1), (words.BEFORE_FEAST, -1)):
            length = max((len(phrase) for phrase in phrases if self._says(start, phrase)), default=0)
            found = self._feast_at(start + length) if length and count else None
            if found is not None:
                (first, last), after = found
                return Find(place, after, (last if sign > 0 else first) + timedelta(days=sign * count))
        return None

    def _feast_at(self, place: int) -> tuple[tuple[date, date], int] | None:
        """The first and last day of the feast that is named at a place, and where its name ends."""
        for size in (3, 2, 1):
            key = words.FEASTS.get(tuple(self.word(spot) for spot in range(place, place + size)))
            if key is None:
                continue
            span = self._days_of(key)
            return (span, place + size) if span else None
        return None

    def _days_of(self, key: str) -> tuple[date, date] | None:
        if key in public_holidays.FEASTS:
            return public_holidays.feast(key, self.country, self.today)
        if key == "new_year":
            first = self._coming(1, 1, None)
        else:
            now = eras.bikram_sambat(self.today)
            first = eras.from_bikram_sambat(now[0] + 1, 1, 1) if now else None
        return (first, first) if first else None

    def _says(self, place: int, phrase: words.Phrase) -> bool:
        return all(self.word(place + number) == word for number, word in enumerate(phrase))

    def _weekday(self, place: int) -> Find | None:
        """"monday", "next monday", "isnin depan"; a short name only where it can be nothing else."""
        name, ahead = place, self.word(place) in words.NEXT
        if ahead or self.word(place) in words.THIS:
            name += 1
        full = self.calendar.weekdays.get(self.word(name))
        number = self.calendar.short_weekdays.get(self.word(name)) if full is None else full
        if number is None or self._person(place, name + 1):
            return None
        after = name + 1
        if self.word(after) in words.NEXT_AFTER | words.THIS_AFTER:
            ahead, after = ahead or self.word(after) in words.NEXT_AFTER, after + 1
        marked = after - place > 1 or self.word(place - 1) in words.BEFORE_DAY - {"the"}
        sure = full is not None or marked or (words.clear(self.word(name)) and after == len(self.tokens))
        days = (number - self.today.weekday() - 1) % 7 + 1
        if ahead:
            days = 7 - self.today.weekday() + number
        return Find(place, after, self.today + timedelta(days=days), weak=not sure)

    def _month_day(self, place: int) -> Find | None:
        """"25 Dec", "Dec 25", "25th of December 2026"."""
        number, month_at = _day_number(self.word(place)), place + 1
        if self.word(month_at) in words.OF:
            month_at += 1
        month = self.calendar.months.get(self.word(month_at)) if number else None
        after = month_at + 1
        if month is None:
            month, number = self.calendar.months.get(self.word(place)), _day_number(self.word(place + 1))
            after = place + 2
            if self.word(place) in words.NAMES and (self._person(place, place + 1) or self._goes_on(place + 1)):
                return None
        if not month or not number or self.word(after) == "na":
            return None
        year = int(self.word(after)) if re.fullmatch(r"20\d\d", self.word(after)) else None
        day = self._coming(number, month, year)
        return Find(place, after + (year is not None), day) if day else None

    def _goes_on(self, place: int) -> bool:
        """Whether the number at a place is counted or timed by what follows ("May 5 boxes", "Mei 3 petang")."""
        following = self.word(place + 1)
        year = re.fullmatch(r"20\d\d", following)
        return bool(following) and not year and following not in words.AFTER_HOUR | words.LITTLE and (
            self._clock(place + 1) is None and self._hour(place + 1) is None)

    def _numeric(self, place: int) -> Find | None:
        """"25/12", "25/12/2026", "25.12.2026", "2026-12-25", "2083/08/05" in Nepal."""
        text = self.word(place)
        own = eras.read(text, self.today, self.country, alone=False) if self.country in eras.ERAS else None
        if own is not None:
            return Find(place, place + 1, own)
        if found := _ISO.fullmatch(text):
            day = self._coming(int(found[3]), int(found[2]), int(found[1]))
        elif (found := _SLASHED.fullmatch(text)) and text not in _NEVER:
            first, second, year = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
            in_month, month = (first, second) if self.day_first else (second, first)
            full = (int(year) + 2000 if int(year) < 100 else int(year)) if year else None
            day = self._coming(int(in_month), int(month), full)
        else:
            return None
        return Find(place, place + 1, day) if day else None

    def _ordinal(self, place: int) -> Find | None:
        """"on the 25th", "25hb": the next such day; it needs its little word or its ending."""
        found = _ORDINAL.fullmatch(self.word(place))
        if not found or not found[2] or (found[2] != "hb" and self.word(place - 1) not in words.BEFORE_DAY):
            return None
        number, month = int(found[1]), self.today.replace(day=1)
        for _ in range(3):
            if 1 <= number <= monthrange(month.year, month.month)[1] and month.replace(day=number) >= self.today:
                return Find(place, place + 1, month.replace(day=number))
            month = months_on(month, 1)
        return None

    def _ahead(self, place: int) -> Find | None:
        """"in 3 weeks", "3 hari lagi", "two days from now", "in 30 minutes"."""
        marked = self.word(place) in words.IN
        count, unit, after = self._amount(place + marked)
        if not count:
            return None
        if not marked:
            tail = next((len(tail) for tail in words.LATER
                         if tuple(self.word(after + spot) for spot in range(len(tail))) == tail), 0)
            if not tail:
                return None
            after += tail
        if unit in ("minutes", "hours"):
            moment = self.now + timedelta(**{unit: count})
            days = (moment.date() - self.now.date()).days
            return Find(place, after, self.today + timedelta(days=days), moment.strftime("%H:%M"))
        if unit == "months":
            return Find(place, after, months_on(self.today, count))
        return Find(place, after, self.today + timedelta(days=count * (7 if unit == "weeks" else 1)))

    def _coming(self, day: int, month: int, year: int | None) -> date | None:
        """That day of the calendar; without a year the next one, None if there is none such."""
        for candidate in [year] if year else [self.today.year + ahead for ahead in range(9)]:
            try:
                found = date(candidate, month, day)
            except ValueError:
                continue
            if year or found >= self.today:
                return found
        return None

    # Times

    def _clock(self, place: int) -> Find | None:
        """"10:00", "10am", "10 pagi", "3.30 petang"; "3.30" alone is weak unless it ends the line."""
        found = _CLOCK.fullmatch(self.word(place))
        if not found or self.word(place - 1) in _MONEY:
            return None
        half, after = self._half(place, found[4] or "")
        if not found[3] and not half:
            return None
        time = _time(found[1], found[3], half)
        if time is None:
            return None
        quarter = found[3] in ("00", "15", "30", "45") and after == len(self.tokens)
        marked = self.word(place - 1) in words.BEFORE_HOUR
        weak = found[2] == "." and not (half or marked or (quarter and self.word(place - 1) not in _NUMBERED))
        return self._until(Find(place, after, time=time, weak=weak))

    def _half(self, place: int, glued: str) -> tuple[str, int]:
        """Which half of the day is named at or behind a number, and where the phrase ends."""
        if glued:
            return words.HALVES[glued], place + 1
        two = f"{self.word(place + 1)} {self.word(place + 2)}"
        if two in words.HALVES:
            return words.HALVES[two], place + 3
        if self.word(place + 1) in words.HALVES:
            return words.HALVES[self.word(place + 1)], place + 2
        return "", place + 1

    def _until(self, start: Find) -> Find:
        """The same with its length, if an end follows: "10:00 - 11:30"."""
        found = _CLOCK.fullmatch(self.word(start.after + 1)) if self.word(start.after) in words.TO else None
        if not found or start.time is None:
            return start
        half, after = self._half(start.after + 1, found[4] or "")
        end = _time(found[1], found[3], half) if found[3] or half else None
        return replace(start, after=after, minutes=_between(start.time, end)) if end else start

    def _period(self, place: int) -> Find | None:
        """"10:00–11:30", "2-3pm" in one word; "201–240" and "10-11" are no times."""
        found = _RANGE.fullmatch(self.word(place))
        if not found or self.word(place - 1) in _MONEY:
            return None
        half, after = self._half(place, found[2][-2:] if found[2][-2:] in ("am", "pm") else "")
        first, second = _CLOCK.fullmatch(found[1]), _CLOCK.fullmatch(found[2])
        if not first or not second or not (half or ":" in found[0]):
            return None
        start = _time(first[1], first[3], words.HALVES.get(first[4] or "", half))
        end = _time(second[1], second[3], half)
        if start is None or end is None:
            return None
        if start > end and half == "pm" and not first[4]:
            start = _time(first[1], first[3], "am") or start  # 11-1pm
        return Find(place, after, time=start, minutes=_between(start, end))

    def _hour(self, place: int) -> Find | None:
        """"at 10", "pukul 3", "@10": a bare hour after its little word, unless an address goes on."""
        glued = self.word(place).startswith("@") and self.word(place)[1:].isdigit()
        number = self.word(place)[1:] if glued else self.word(place + 1)
        if not glued and self.word(place) not in words.BEFORE_HOUR:
            return None
        after = place + (1 if glued else 2)
        if not re.fullmatch(r"\d{1,2}", number) or self._half(after - 1, "")[0]:
            return None
        following = self.word(after)
        time = _time(number, None, "")
        goes_on = following and following not in words.AFTER_HOUR and not any(
            rule(after) for rule in (self._phrase, self._weekday, self._numeric, self._month_day))
        return None if time is None or (goes_on and not glued and self.word(place) == "at") else Find(
            place, after, time=time)

    def _part(self, place: int) -> Find | None:
        """"morning", "petang": beside a day only."""
        time = words.PARTS.get(self.word(place))
        return Find(place, place + 1, time=time, weak=True) if time else None

    def _length(self, place: int) -> Find | None:
        """"for 45 minutes", "selama 1 jam"; "45min" beside a time."""
        marked = self.word(place) in words.FOR
        count, unit, after = self._amount(place + marked)
        if not count or unit not in ("minutes", "hours"):
            return None
        return Find(place, after, minutes=count * (60 if unit == "hours" else 1), weak=not marked)

    def _amount(self, place: int) -> tuple[int, str, int]:
        """A number with its unit: (3, "weeks", where it ends); a count of 0 is none."""
        if glued := _AMOUNT.fullmatch(self.word(place)):
            return int(glued[1]), words.UNITS[glued[2]], place + 1
        word = self.word(place)
        count = int(word) if re.fullmatch(r"[1-9]\d{0,2}", word) else words.NUMBERS.get(word, 0)
        unit = words.UNITS.get(self.word(place + 1), "")
        return (count, unit, place + 2) if unit else (0, "", place)


def months_on(day: date, count: int) -> date:
    """The same day `count` months later, or that month's last day."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day_number(text: str) -> int:
    found = _ORDINAL.fullmatch(text)
    number = int(found[1]) if found else 0
    return number if number <= 31 else 0


def _time(hours: str, minutes: str | None, half: str) -> str | None:
    """'HH:MM'; an hour written 03 is meant so."""
    if not half and hours.startswith("0"):
        half = "am"
    return at(int(hours), int(minutes or 0), half) or None


def _between(start: str, end: str) -> int | None:
    """Minutes from one time to a later one, None if it is not later."""
    first, last = (int(time[:2]) * 60 + int(time[3:]) for time in (start, end))
    return last - first if last > first else None
