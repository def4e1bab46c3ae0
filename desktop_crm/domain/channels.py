"""E-mails and phone numbers: as people write them, and normalised beside."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.phones import e164
from desktop_crm.domain.values import digits

KINDS = {"phone": N_("Phone"), "email": N_("E-mail")}
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")


def normal(kind: str, value: str, country: str) -> str:
    """The form in which two writings of one address meet: lower case; E.164 in the region `country`.

    What cannot be read as a number of that region keeps its bare digits; a wrong e-mail is "".
    """
    if kind == "email":
        found = value.strip().lower()
        return found if _EMAIL.fullmatch(found) else ""
    return _phone(value, country)


@lru_cache(maxsize=20_000)
def _phone(value: str, country: str) -> str:
    return e164(value, country) or digits(value)


def channel(kind: str, value: str, country: str, label: str = "", row_id: int = 0) -> Channel:
    """A channel from what was typed; InvalidInput for an e-mail without a place or a phone without digits."""
    value = " ".join(value.split())
    if kind == "email" and not normal("email", value, country):
        raise InvalidInput(N_("“{value}” is not an e-mail address. Nothing was saved."), "emails", value=value)
    if kind == "phone" and len(digits(value)) < 3:
        raise InvalidInput(N_("“{value}” is not a phone number. Nothing was saved."), "phones", value=value)
    return Channel(kind, value, label.strip(), normal(kind, value, country), row_id)
