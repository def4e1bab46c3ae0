"""The business whose file this is: its name, money, place and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import currencies


@dataclass(frozen=True, slots=True)
class Business:
    """The settings that numbers and days depend on. `cutoff` is when a business day begins (00:00 to 11:59)."""

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

    @property
    def zone(self) -> ZoneInfo:
        """The business's own time zone."""
        return ZoneInfo(self.timezone)

    def day_of(self, moment: datetime) -> date:
        """The business day that an aware instant belongs to: local, and beginning at the cut-off hour."""
        start = time.fromisoformat(self.cutoff)
        local = moment.astimezone(self.zone)
        return (local - timedelta(hours=start.hour, minutes=start.minute)).date()

    def local(self, moment: datetime) -> datetime:
        """An aware instant on the business's own clock."""
        return moment.astimezone(self.zone)

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Business:
        """The business out of the file's settings; what is missing has its default."""
        known = {key: settings[key] for key in cls.__dataclass_fields__ if key in settings}
        return cls(**known)


def checked(key: str, value: str) -> str:
    """A business setting as it may be saved; InvalidInput for an unknown zone, currency, country or time."""
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
    elif key == "cutoff":
        _cutoff(value)
    return value


def _cutoff(value: str) -> None:
    try:
        hour = time.fromisoformat(value).hour
    except ValueError:
        hour = 24
    if hour >= 12:
        raise InvalidInput(N_("“{value}” is not an hour for a day to begin. Write one from 00:00 to 11:59."), "cutoff",
                           value=value)
