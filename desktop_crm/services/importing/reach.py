"""E-mails and phones in cells: several in one, as written and normalised."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_crm.domain.channels import normal
from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import digits
from desktop_crm.readers import Value
from desktop_crm.services.importing.cells import NOTHING, text_of
from desktop_crm.services.importing.draft import Wrong

Way = tuple[str, str]  # as written, normalised

_BREAK = re.compile(r"\s*(?:[;|\n]|:::)\s*")
_EMAIL_BREAK = re.compile(r"[\s,;|]+|:::")
_PHONE_BREAK = re.compile(r"\s*(?:,|/|\bor\b|\batau\b|、|，)\s*")


def parser(key: str, country: str) -> Callable[[Value], tuple[Way, ...] | None]:
    """How the cells of the field `emails` or `phones` are read; numbers are normalised in the region `country`."""
    if key == "emails":
        return lambda cell: _ways(_emails(text_of(cell)), "email", country)
    return lambda cell: _ways(_phones(text_of(cell)), "phone", country)


def _emails(text: str) -> list[str]:
    if text.casefold() in NOTHING:
        return []
    parts = [part.strip("<>\"'()") for part in _EMAIL_BREAK.split(text)]
    found = [part for part in parts if "@" in part and normal("email", part, "")]
    if not found:
        raise Wrong(N_("“{value}” is not an e-mail address; {fate}."), value=text)
    return found


def _phones(text: str) -> list[str]:
    if text.casefold() in NOTHING:
        return []
    parts = [" ".join(part.split()) for part in _BREAK.split(text)]
    for part in list(parts):
        split = _PHONE_BREAK.split(part)
        if len(split) > 1 and all(len(digits(piece)) >= 7 for piece in split):
            parts[parts.index(part):parts.index(part) + 1] = split
    found = [part for part in parts if len(digits(part)) >= 3]
    if not found:
        raise Wrong(N_("“{value}” is not a phone number; {fate}."), value=text)
    return found


def _ways(values: list[str], kind: str, country: str) -> tuple[Way, ...] | None:
    return tuple({normal(kind, value, country) or value: (value, normal(kind, value, country))
                  for value in reversed(values)}.values())[::-1] or None
