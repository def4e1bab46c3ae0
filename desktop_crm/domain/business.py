"""The business whose file this is: its name, money, place and day."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import currencies

if TYPE_CHECKING:
    from desktop_crm.domain.taxes import Tax

MOST_LOGO = 200_000
"""Bytes that the picture of a logo may have: it is kept in the file, and in its history."""
MOST_DAYS = 3650
MOST_YEARS = 30
"""The longest time that people may be kept without any contact, where a time is set."""
WARM, HOT = 20, 40
"""From how many points a lead is warm, and hot, unless the business says otherwise."""
MOST_POINTS = 9999
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # what PNG and JPEG files begin with

MOST_MINUTES = 7 * 24 * 60
"""The longest time that a reminder may ring before, or a request may wait for its answer."""


@dataclass(frozen=True, slots=True)
class Business:
    """The settings that numbers and days depend on. `cutoff` is when a business day begins (00:00 to 11:59).

    `remind_minutes` is when a new task with a time rings before it ("": never), `answer_minutes` how soon a new
    request wants an answer ("0": it is not watched). `closing_time` is when the evening's report is made by itself
    ("": never); an hour before the cut-off is one of the next calendar day.

    Of papers: `logo` is a PNG or JPEG picture in base64, `tax_lines` as `taxes.stored` writes them, `tax_included`
    "1" where prices hold the taxes, `quotation_days` for how long an offer holds that has no day of its own ("": not
    said). After `pool_days` without a touch a lead may go back to the pool ("": never);
    it is warm from `warm_points`, hot from `hot_points` of its score on. People without any contact are proposed for
    erasure after `keep_years` ("": never); `privacy_note` is what the owner adds to the privacy notice.
    """

    name: str = ""
    currency: str = "MYR"
    timezone: str = "Asia/Kuala_Lumpur"
    country: str = "MY"
    language: str = "en"
    cutoff: str = "00:00"
    address: str = ""
    phone: str = ""
    registration: str = ""
    tax_number: str = ""
    receipt_series: str = ""
    receipt_note: str = ""
    remind_minutes: str = "10"
    answer_minutes: str = "15"
    closing_time: str = ""
    logo: str = ""
    tax_lines: str = ""
    tax_included: str = "1"
    quotation_days: str = "30"
    quotation_terms: str = ""
    warm_points: str = str(WARM)
    hot_points: str = str(HOT)
    pool_days: str = ""
    email: str = ""
    keep_years: str = ""
    privacy_note: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The business's own time zone."""
        return ZoneInfo(self.timezone)

    @property
    def picture(self) -> bytes:
        """The logo as the PNG or JPEG file that it is; empty without one."""
        return base64.b64decode(self.logo)

    @property
    def taxes(self) -> tuple[Tax, ...]:
        """The taxes that its quotations name."""
        from desktop_crm.domain import taxes as tax_rules  # papers come with it: not when a file is opened

        return tax_rules.read(self.tax_lines)

    @property
    def taxes_included(self) -> bool:
        """Whether its prices hold the taxes."""
        return self.tax_included == "1"

    @property
    def offers_hold(self) -> timedelta | None:
        """For how long an offer holds from the day it is made; None if that is not said."""
        return timedelta(int(self.quotation_days)) if self.quotation_days else None

    @property
    def idle_days(self) -> int:
        """After how many days without a touch a lead may go back to the pool; 0 for never."""
        return int(self.pool_days or 0)

    @property
    def years_kept(self) -> int:
        """After how many years without any contact people are proposed for erasure; 0 for never."""
        return int(self.keep_years or 0)

    @property
    def reminder(self) -> int | None:
        """Minutes before it is due that a new task with a time rings; None for never."""
        return int(self.remind_minutes) if self.remind_minutes else None

    @property
    def answer_within(self) -> int:
        """Minutes within which a new request wants an answer; 0 if requests are not watched."""
        return int(self.answer_minutes or 0)

    @property
    def warm_from(self) -> int:
        """From how many points a lead is warm."""
        return int(self.warm_points)

    @property
    def hot_from(self) -> int:
        """From how many points a lead is hot."""
        return int(self.hot_points)

    def day_of(self, moment: datetime) -> date:
        """The business day that an aware instant belongs to: local, and beginning at the cut-off hour.

        Where the clock strikes that hour twice in a night, at the first time: the day never steps back.
        """
        day = moment.astimezone(self.zone).date()
        begins = datetime.combine(day, time.fromisoformat(self.cutoff), self.zone)
        return day if moment >= begins.astimezone(UTC) else day - timedelta(days=1)

    def local(self, moment: datetime) -> datetime:
        """An aware instant on the business's own clock."""
        return moment.astimezone(self.zone)

    def closing_of(self, day: date) -> datetime | None:
        """The instant (aware) at which a business day closes; None without a closing hour."""
        if not self.closing_time:
            return None
        closing = time.fromisoformat(self.closing_time)
        late = closing < time.fromisoformat(self.cutoff)
        return datetime.combine(day + timedelta(days=late), closing, self.zone).astimezone(UTC)

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Business:
        """The business out of the file's settings; what is missing has its default."""
        known = {key: settings[key] for key in cls.__dataclass_fields__ if key in settings}
        return cls(**known)


def checked(key: str, value: str) -> str:
    """A business setting as it may be saved; InvalidInput for an unknown zone, currency, country or time, for what
    is no picture, no tax and no number of days.
    """
    value = value.encode("utf-8", "replace").decode().strip()  # a file's name may hold bytes that are no text
    if key == "timezone":
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InvalidInput(N_("“{value}” is not a time zone. Write one like Asia/Kuala_Lumpur."), key,
                               value=value) from None
    elif key == "currency":
        value = value.upper()
        if value not in currencies():
            raise InvalidInput(N_("“{value}” is not a currency. Write one like MYR or NPR."), key, value=value)
    elif key == "country":
        value = value.upper()
        if len(value) != 2 or not value.isascii() or not value.isalpha():
            raise InvalidInput(N_("“{value}” is not a country. Write two letters like MY or NP."), key, value=value)
    elif key in _CHECKS:
        _CHECKS[key](value)
    elif key == "cutoff":
        _cutoff(value)
    elif key == "closing_time" and value:
        _closing(value)
    elif key in ("warm_points", "hot_points"):
        _points(key, value)
    elif key in ("remind_minutes", "answer_minutes"):
        _minutes(key, value)
    elif key in ("quotation_days", "pool_days"):
        _days(key, value)
    return value


def _minutes(key: str, value: str) -> None:
    if value and not (value.isascii() and value.isdecimal() and int(value) <= MOST_MINUTES):
        raise InvalidInput(N_("“{value}” is not a number of minutes from 0 to {most}."), key, value=value,
                           most=MOST_MINUTES)


def _closing(value: str) -> None:
    try:
        time.fromisoformat(value)
    except ValueError:
        raise InvalidInput(N_("“{value}” is not an hour to close at. Write one like 21:00, or none."), "closing_time",
                           value=value) from None


def _cutoff(value: str) -> None:
    try:
        hour = time.fromisoformat(value).hour
    except ValueError:
        hour = 24
    if hour >= 12:
        raise InvalidInput(N_("“{value}” is not an hour for a day to begin. Write one from 00:00 to 11:59."), "cutoff",
                           value=value)


def _logo(value: str) -> None:
    try:
        picture = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        picture = b"no picture"
    if picture and not picture.startswith(_PICTURES):
        raise InvalidInput(N_("The logo is no PNG or JPEG picture. Nothing was saved."), "logo")
    if len(picture) > MOST_LOGO:
        raise InvalidInput(N_("The logo's picture is larger than {n} kB. Nothing was saved."), "logo",
                           n=MOST_LOGO // 1000)


def _days(key: str, value: str) -> None:
    if value and not (value.isascii() and value.isdecimal() and 0 < int(value) <= MOST_DAYS):
        raise InvalidInput(N_("“{value}” is not a number of days from 1 to {most}."), key, value=value, most=MOST_DAYS)


def _points(key: str, value: str) -> None:
    if not (value.isascii() and value.removeprefix("-").isdecimal() and abs(int(value)) <= MOST_POINTS):
        raise InvalidInput(N_("“{value}” is not a number of points from {least} to {most}."), key, value=value,
                           least=-MOST_POINTS, most=MOST_POINTS)


def _years(value: str) -> None:
    if value and not (value.isascii() and value.isdecimal() and 0 < int(value) <= MOST_YEARS):
        raise InvalidInput(N_("“{value}” is not a number of years from 1 to {most}."), "keep_years", value=value,
                           most=MOST_YEARS)


def _email(value: str) -> None:
    from desktop_crm.domain import tidying

    if value and not tidying.sound_email(value):
        raise InvalidInput(N_("“{value}” is no e-mail address. Nothing was saved."), "email", value=value)


def _taxes(value: str) -> None:
    from desktop_crm.domain import taxes as tax_rules

    tax_rules.read(value)


_CHECKS: Mapping[str, Callable[[str], None]] = {
    "logo": _logo, "tax_lines": _taxes, "email": _email, "keep_years": _years}
