"""Ways to reach someone — phones, e-mails, messengers, pages — as people write them, and normalised beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from desktop_crm.domain.customers import CHANNELS, Channel
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.phones import e164
from desktop_crm.domain.values import digits

KINDS = CHANNELS
NUMBERED = frozenset({"phone", "whatsapp", "viber"})
"""The kinds whose address is a telephone number."""

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
_PAGE = re.compile(r"(?:(https?)://)?((?:[^\s/@:?#.]+\.)+[^\s/@:?#.\d]{2,}(?::\d+)?)([/?#]\S*)?", re.IGNORECASE)
_PEOPLE = re.compile(  # the name in the address of someone's own page
    r"(?:https?://)?(?:www\.|m\.)?(?:t\.me|telegram\.me|facebook\.com|fb\.com|m\.me|line\.me/(?:r/)?(?:ti/p|ti))"
    r"/~?([^/?#\s]+)/?", re.IGNORECASE)


def normal(kind: str, value: str, country: str) -> str:
    """The form in which two writings of one address meet: lower case; E.164 in the region `country`.

    What cannot be read as a number of that region keeps its bare digits; a wrong e-mail or page is "".
    """
    if kind == "email":
        found = value.strip().lower()
        return found if _EMAIL.fullmatch(found) else ""
    if kind == "web":
        return _page(value)
    if kind in NUMBERED or (kind == "telegram" and re.fullmatch(r"\+?[\d ()\-.]{7,}", value.strip())):
        return _phone(value, country)
    return _name(kind, value)


@lru_cache(maxsize=20_000)
def _phone(value: str, country: str) -> str:
    return e164(value, country) or digits(value)


def _page(value: str) -> str:
    """A page with its scheme, its host in lower case; "" for what is no address of a page."""
    found = _PAGE.fullmatch(value.strip())
    return f"{(found[1] or 'https').lower()}://{found[2].lower()}{found[3] or ''}" if found else ""


def _name(kind: str, value: str) -> str:
    """The name that a messenger knows someone by; LINE's official accounts keep their @."""
    found = _PEOPLE.fullmatch(value.strip())
    name = (found[1] if found else value).strip()
    return (name if kind == "line" else name.lstrip("@")).lower()


def guessed(value: str) -> str:
    """The kind of way that an address looks like: e-mail, phone or web; "" where it could be anything."""
    if _EMAIL.fullmatch(value.strip()):
        return "email"
    if re.fullmatch(r"[+(]?[\d ()\-./]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?", value.strip()) and len(digits(value)) >= 5:
        return "phone"
    return "web" if _page(value) else ""


_REFUSED = {
    "email": (N_("“{value}” is not an e-mail address. Nothing was saved."), "emails"),
    "phone": (N_("“{value}” is not a phone number. Nothing was saved."), "phones"),
    "web": (N_("“{value}” is not the address of a page. Nothing was saved."), "others"),
    "": (N_("“{value}” is no name to reach someone by. Nothing was saved."), "others"),
}


def channel(kind: str, value: str, country: str, label: str = "", row_id: int = 0) -> Channel:
    """A channel from what was typed.

    InvalidInput for an e-mail without a place, a number without digits, a page without a host.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    value = " ".join(value.split())
    made = Channel(kind, value, label.strip(), normal(kind, value, country), row_id)
    numbered = kind in NUMBERED
    if not made.normal or (numbered and len(digits(value)) < 3):
        message, at = _REFUSED["phone" if numbered else kind if kind in _REFUSED else ""]
        raise InvalidInput(message, at if kind in ("phone", "email") else "others", value=value)
    return made


def first(channels: Iterable[Channel], *kinds: str) -> Channel | None:
    """The way to take of the first of `kinds` that there is one of: the preferred one, else the first written."""
    known = list(channels)
    for kind in kinds:
        ways = [way for way in known if way.kind == kind]
        if ways:
            return next((way for way in ways if way.preferred), ways[0])
    return None
