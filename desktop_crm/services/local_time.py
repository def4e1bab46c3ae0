"""What time it is at a customer's: beside ours, at night, and within the hours in which they like to be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.domain import zones
from desktop_crm.domain.customers import Channel
from desktop_crm.services import hours
from desktop_crm.services.book import Book


@dataclass(frozen=True, slots=True)
class There:
    """The time at a customer's at an instant. `zone` is theirs, `ours` the business's.

    `window` are the hours in which they like calls, either side None where it is open; None if nothing was said.
    """

    at: time
    zone: ZoneInfo
    ours: ZoneInfo
    differs: bool
    night: bool
    window: tuple[time | None, time | None] | None = None

    @property
    def fits(self) -> bool:
        """Whether a call is welcome now, as far as they said."""
        return self.window is None or zones.within(self.at, *self.window)

    def later(self, now: datetime) -> There:
        """The same customer at another instant."""
        return _there(self.zone, self.ours, now, self.window)


def there(book: Book, values: Mapping[str, Any], channels: Sequence[Channel]) -> There:
    """The time where a customer is; where nothing tells their zone, it is taken to be the business's."""
    ours = book.business.zone
    said = [time.fromisoformat(values[key]) if values[key] else None for key in ("call_from", "call_until")]
    window = (said[0], said[1]) if any(said) else None
    return _there(hours.zone_there(book, values, channels) or ours, ours, book.now(), window)


def _there(zone: ZoneInfo, ours: ZoneInfo, now: datetime, window: tuple[time | None, time | None] | None) -> There:
    local = now.astimezone(zone)
    differs = local.utcoffset() != now.astimezone(ours).utcoffset()
    return There(local.time().replace(second=0, microsecond=0), zone, ours, differs,
                 differs and zones.night_there(zone, now) is not None, window)
