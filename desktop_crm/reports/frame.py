"""What every report is made within: whose it is, its money, its words, its day and its period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import Period, minor_digits
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Report


@dataclass(frozen=True, slots=True)
class Frame:
    """The business's name, currency and country, the language of the words, the present day, the period (None: all).

    `watched`: whether new requests are, and those without an answer are told. Leads that nobody touched for `idle_days`
    are told too (0: none).
    """

    business: str
    currency: str
    language: Language
    today: date
    period: Period | None = None
    country: str = ""
    watched: bool = False
    idle_days: int = 0

    def say(self, message: str, /, **values: object) -> str:
        """A message in the report's language."""
        return self.language.say(message, **values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A message in the plural form that `number` asks for."""
        return self.language.count(one, many, number, **values)

    def money(self, minor: int) -> str:
        """An amount in the business's currency, for a sentence: exact, without decimals that are all 0."""
        whole = minor % 10 ** minor_digits(self.currency) == 0
        return self.language.money(minor, self.currency, short=whole)

    def report(self, name: str, title: str, **parts: Any) -> Report:
        """The finished report in this frame."""
        period = self.period or Period()
        return Report(name=name, title=title, business=self.business, currency=self.currency,
                      language=self.language.code, start=period.start, end=period.end,
                      subtitle=parts.pop("subtitle", self.said_period), **parts)

    @property
    def said_period(self) -> str:
        """The period in words; the last day named is the last one in it."""
        period, say, day = self.period or Period(), self.say, self.language.day
        last = period.end - timedelta(days=1) if period.end else None
        if period.start is None:
            return say(N_("Up to {day}"), day=day(last)) if last else say(N_("The whole file"))
        if last is None:
            return say(N_("From {day}"), day=day(period.start))
        if last == period.start:
            return self.language.day_with_calendar(last, self.country, "full")
        if period == Period.month(last):
            return self.language.skeleton(last, "yMMMM")
        return say(N_("{first} to {last}"), first=day(period.start), last=day(last))

    def unsummed(self, unknown: int, other: int) -> tuple[str, ...]:
        """What stands outside the sums, in words: records without an amount, and in other currencies."""
        notes = []
        if unknown:
            notes.append(self.count(N_("{n} deal has no amount: it is counted, but not in the sums."),
                                    N_("{n} deals have no amount: they are counted, but not in the sums."), unknown))
        if other:
            notes.append(self.count(
                N_("{n} deal is in another currency than {currency}: it is counted, but not in the sums."),
                N_("{n} deals are in other currencies than {currency}: they are counted, but not in the sums."),
                other, currency=self.currency))
        return tuple(notes)
