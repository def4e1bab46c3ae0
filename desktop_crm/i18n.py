"""Words, numbers, money and dates in the user's language: gettext and Babel, no Qt.

A `Language` is a value: a window speaks one, a printed document may speak another. Words marked by
`N_` elsewhere are translated by `Language.say`; money is grouped as its currency's country writes it.
"""

from __future__ import annotations

import gettext as _gettext
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from desktop_crm import paths
from desktop_crm.domain.errors import N_, CrmError, InvalidInput, Term, inner
from desktop_crm.domain.values import minor_digits, plain_digits, to_major, to_minor

if TYPE_CHECKING:  # its tables and the eras come with the first number or date, not before the shell is painted
    from babel import Locale

LANGUAGES = {"en": "English", "ms": "Bahasa Melayu", "zh_TW": "繁體中文", "fil": "Filipino", "ne": "नेपाली",
             "ta": "தமிழ்"}
"""The languages whose words are whole, by code, in their own names."""

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LOCALES = {"en": "en_MY", "ms": "ms_MY", "zh_TW": "zh_Hant_TW", "fil": "fil_PH", "ne": "ne_NP", "ta": "ta_IN"}
_GROUPINGS = {"INR": "#,##,##0", "NPR": "#,##,##0"}  # lakh and crore, whatever the interface speaks
_MARKS = {"zh": {",": "，", ";": "；", ":": "：", ".": "。"}, "ja": {",": "、", ";": "；", ".": "。"}, "ne": {".": "।"}}
"""The marks of a sentence where the script has its own; the wide ones bring their space with them."""

_SYMBOLS = {"MYR": "RM", "PHP": "₱", "TWD": "NT$", "NPR": "रू", "INR": "₹", "SGD": "S$", "USD": "US$"}


Unit = Literal["day", "week", "month", "year"]
"""What a length of time is counted in."""


@dataclass(frozen=True)
class Language:
    """One language: its words and its way to write numbers, money, days and times."""

    code: str
    territory: str = field(compare=False)
    words: _gettext.NullTranslations = field(compare=False, repr=False)

    @cached_property
    def locale(self) -> Locale:
        """How the language is written where it is spoken here."""
        from babel import Locale

        return Locale.parse(self.territory)

    @property
    def right_to_left(self) -> bool:
        """Whether the script runs from right to left, so that layouts mirror."""
        return self.code.split("_")[0] in _RIGHT_TO_LEFT  # CLDR would say the same, and load its tables for it

    def say(self, message: str, /, **values: object) -> str:
        """Translate a message id and fill its `{places}`; a missing translation stays English."""
        text = self.words.gettext(message) if message else ""
        said = {key: self._value(value) for key, value in values.items()}
        return text.format(**said) if values else text

    def _value(self, value: object) -> object:
        """A value of a message in the language's words, where it has any."""
        if isinstance(value, CrmError):
            return inner(self.error(value))
        return self.say(str(value)) if isinstance(value, Term) else value

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Translate a message in the plural form that `number` asks for; `{n}` is the number written out."""
        return self.words.ngettext(one, many, number).format(n=self.number(number), **values)

    def listed(self, things: Iterable[str]) -> str:
        """The things one after the other, parted as the language does it: "rice, sugar", 白米、砂糖."""
        between = str(self.locale.list_patterns["standard"]["middle"]).format("", "")  # CLDR
        return between.join(things)

    def joined(self, parts: Iterable[str], mark: str = ",") -> str:
        """The parts of a sentence with a mark ("," ";" or ":") between, as the script writes it."""
        return self._mark(mark, " ").join(parts)

    def ended(self, sentence: str) -> str:
        """The sentence with the script's full stop."""
        return sentence + self._mark(".")

    def _mark(self, mark: str, space: str = "") -> str:
        return _MARKS.get(self.code.split("_")[0], {}).get(mark, mark + space)

    def error(self, error: CrmError) -> str:
        """The sentence that tells the user what went wrong; days in it are written as the language has them."""
        return self.say(error.message, **{key: self.day(value, "long") if type(value) is date else value
                                          for key, value in error.values.items()})

    def number(self, value: float | Decimal, places: int | None = None) -> str:
        """A number in the locale's form; `places` fixes the decimals, else up to three."""
        from babel import numbers  # CLDR's tables: not before something is shown

        pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
        return str(numbers.format_decimal(value, format=pattern, locale=self.locale))

    def exact(self, value: Decimal) -> str:
        """A number with all its decimals; thousands are parted from 10,000 on, so that a year stays one: 2019."""
        from babel import numbers  # CLDR's tables: not before something is shown

        places = max(0, -int(value.as_tuple().exponent))
        pattern = ("0" if abs(value) < 10_000 else "#,##0") + ("." + "0" * places if places else "")
        return str(numbers.format_decimal(value, format=pattern, locale=self.locale))

    def short_number(self, value: int) -> str:
        """A count where there is little room: 12.3K, 1.2萬, १२.३ हजार; below a thousand as it is."""
        from babel import numbers  # CLDR's tables: not before something is shown

        return str(numbers.format_compact_decimal(value, format_type="short", locale=self.locale, fraction_digits=1))

    def money(self, minor: int | None, currency: str, symbol: bool = True, short: bool = False) -> str:
        """Minor units as money, grouped as the currency's country does; `short` drops the decimals.

        An unknown amount (None) is an em dash.
        """
        from babel import numbers  # CLDR's tables: not before something is shown

        if minor is None:
            return "—"
        places = 0 if short else minor_digits(currency)
        pattern = _GROUPINGS.get(currency, "#,##0") + ("." + "0" * places if places else "")
        text = numbers.format_decimal(abs(to_major(minor, currency)), format=pattern, locale=self.locale)
        sign = "−" if minor < 0 else ""
        return f"{sign}{self.symbol(currency)} {text}" if symbol else f"{sign}{text}"

    def symbol(self, currency: str) -> str:
        """The currency's sign as its people write it: RM, NT$, रू, ₱."""
        from babel import numbers  # CLDR's tables: not before something is shown

        return _SYMBOLS.get(currency) or str(numbers.get_currency_symbol(currency, locale=self.locale))

    def rate(self, value: float | None, places: int = 1) -> str:
        """A share (0..1) as a percentage; an undefined one (None) is an em dash."""
        return "—" if value is None else f"{self.number(Decimal(str(value)) * 100, places)} %"

    def day(self, day: date | None, form: str = "medium") -> str:
        """A local day: form is short, medium, long or full (with the weekday); unknown is an em dash."""
        from babel import dates  # CLDR's tables: not before something is shown

        return "—" if day is None else str(dates.format_date(day, format=form, locale=self.locale))

    def skeleton(self, moment: date | datetime, skeleton: str) -> str:
        """A day in the fields that `skeleton` names (CLDR: "yMMM", "EEEdMMM"), in the locale's order."""
        from babel import dates  # CLDR's tables: not before something is shown

        return str(dates.format_skeleton(skeleton, moment, locale=self.locale))

    def full_day(self, day: date) -> str:
        """A day with its weekday and month in full, without the year: "Saturday, 21 November"."""
        # Babel does not widen a skeleton's fields as CLDR asks: EEEEdMMMM would come out as "Sat, 21 Nov".
        from babel import dates  # CLDR's tables: not before something is shown

        pattern = str(self.locale.datetime_skeletons["MMMEd"].pattern)
        wide = re.sub(r"[Ec]+", "EEEE", re.sub(r"MMM|LLL", lambda month: month[0][0] * 4, pattern))
        return str(dates.format_date(day, format=wide, locale=self.locale))

    def own_calendar(self, day: date, country: str) -> str:
        """A day in the years of a country's people: "BS 2083/08/05" in Nepal, "ROC 115/11/21" in Taiwan; else ""."""
        from desktop_crm.domain import eras

        parts = eras.parts(day, country)
        if parts is None:
            return ""
        bikram = eras.ERAS[country] == eras.BIKRAM
        written = "{}/{:02}/{:02}".format(*parts)
        return self.say(N_("BS {date}"), date=written) if bikram else self.say(N_("ROC {date}"), date=written)

    def day_with_calendar(self, day: date | None, country: str, form: str = "medium") -> str:
        """A day as `day` writes it, with the date of the country's own years before it if its people count so."""
        own = self.own_calendar(day, country) if day is not None else ""
        return " · ".join(part for part in (own, self.day(day, form)) if part)

    def ago(self, count: int, unit: Unit) -> str:
        """So many days, weeks, months or years before now: "3 weeks ago"."""
        from babel import dates  # CLDR's tables: not before something is shown

        length = timedelta(count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit])
        return str(dates.format_timedelta(-length, unit, threshold=math.inf, add_direction=True, locale=self.locale))

    def clock(self, moment: time | datetime) -> str:
        """A time of day as hours and minutes on the 24-hour clock."""
        from babel import dates  # CLDR's tables: not before something is shown

        return str(dates.format_time(moment, format="HH:mm", locale=self.locale))

    def read_money(self, typed: str, currency: str) -> int | None:
        """An amount as people type it ("1,200.50", "RM 1200") in minor units; None for nothing.

        Raises InvalidInput for what is no amount in this locale.
        """
        text = typed.strip().removeprefix(self.symbol(currency)).removeprefix(currency).strip()
        if not text:
            return None
        amount = self._decimal(text)
        if amount is None:
            raise InvalidInput(N_("“{value}” is not an amount. Write one like {example}."), "amount",
                               value=typed, example=self.number(Decimal("1234.5"), 2))
        return to_minor(amount, currency)

    def read_number(self, typed: str) -> Decimal | None:
        """A number as people type it ("41", "-2.5", "125,000"); None for nothing. InvalidInput for what is none."""
        text = typed.strip().replace("−", "-")
        number = self._decimal(text) if text else None
        if text and number is None:
            raise InvalidInput(N_("“{value}” is not a number. Write one like {example}."), "number", value=typed,
                               example=self.number(Decimal("1.5")))
        return number

    def read_quantity(self, typed: str) -> int | None:
        """A quantity as people type it ("2", "1.5") in thousandths, rounded half up; None for nothing.

        Raises InvalidInput for what is no number, is negative or has more than twelve digits.
        """
        text = typed.strip()
        if not text:
            return None
        number = self._decimal(text)
        if number is None or not 0 <= number < 10**12:
            raise InvalidInput(N_("“{value}” is not a quantity. Write one like {example}."), "quantity",
                               value=typed, example=self.number(Decimal("1.5")))
        return int((number * 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def _decimal(self, text: str) -> Decimal | None:
        """A number in the locale's form or the plain one (1,200.50); None for what is none."""
        from babel import numbers  # CLDR's tables: not before something is shown

        if any(character.isalpha() for character in text):  # "1e5" and "NaN" are numbers to a machine only
            return None
        try:
            return numbers.parse_decimal(text, locale=self.locale, strict=True)
        except ValueError:
            return Decimal(text.replace(",", "")) if _PLAIN.fullmatch(text) else None

    def read_day(self, typed: str, today: date, country: str = "") -> date | None:
        """A day as people type it in this locale, or ISO, in the digits of any script; None for nothing.

        A missing year is the present one. In Nepal and Taiwan (`country`) the years of their own calendars
        are read too: 2083/08/05, 115/11/21, 1151121. Raises InvalidInput for what is no day.
        """
        from desktop_crm.domain import eras

        text = plain_digits(typed).strip()
        if not text:
            return None
        if (own := eras.written(text, today, country)) is not None:
            return _known(typed, own.day)
        if _YEAR_FIRST.fullmatch(text):
            return _real_day(typed, *(int(part) for part in re.findall(r"\d+", text)))
        parts = [int(part) for part in re.findall(r"\d+", text)]
        order = [letter for letter in str(self.locale.date_formats["short"].pattern).lower() if letter in "dmy"]
        fields = dict(zip(dict.fromkeys(order), parts, strict=False))
        if len(parts) == 2:
            fields = dict(zip([letter for letter in dict.fromkeys(order) if letter != "y"], parts, strict=True))
            if fields["m"] > 12 >= fields["d"]:  # 25/12, wherever the month stands first
                fields = {"d": fields["m"], "m": fields["d"]}
        if len(parts) not in (2, 3) or not re.fullmatch(r"[\d\s./-]+", text):
            raise InvalidInput(N_("“{value}” is not a date. Write one like {example}."), "date",
                               value=typed, example=self.day(today, "short"))
        year = fields.get("y", today.year)
        return _real_day(typed, year + 2000 if year < 100 else year, fields["m"], fields["d"])


_PLAIN = re.compile(r"[+-]?\d{1,3}(,?\d{3})*(\.\d+)?|[+-]?\d+(\.\d+)?")
_YEAR_FIRST = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}")


def _real_day(typed: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return _known(typed, None)


def _known(typed: str, day: date | None) -> date:
    if day is None:
        raise InvalidInput(N_("“{value}” is not a day of the calendar."), "date", value=typed)
    return day


@lru_cache(maxsize=16)
def language(code: str) -> Language:
    """The language `code` (en, ms, …); words that have no translation yet are English."""
    short = code.replace("-", "_")
    return Language(short, _LOCALES.get(short, short), _words(short))


def _words(code: str) -> _gettext.NullTranslations:
    """The compiled words of a language; English needs none. (gettext itself would load all locales' aliases.)"""
    try:
        with (paths.resources() / "locale" / code / "LC_MESSAGES" / "desktop_crm.mo").open("rb") as compiled:
            return _gettext.GNUTranslations(compiled)
    except FileNotFoundError:
        return _gettext.NullTranslations()


__all__ = ["LANGUAGES", "N_", "Language", "language"]
