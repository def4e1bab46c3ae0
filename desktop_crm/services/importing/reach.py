"""E-mails and phones in cells: several in one, as written and normalised."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_crm.domain.channels import normal
from desktop_crm.domain.errors import N_
from desktop_crm.domain.phones import e164
from desktop_crm.domain.values import digits
from desktop_crm.readers import Value
from desktop_crm.services.importing.cells import NOTHING, text_of
from desktop_crm.services.importing.draft import Wrong
from desktop_crm.services.importing.labels import of_heading

Way = tuple[str, str, str]  # as written, normalised, what the cell says that it is (a message id, "" for nothing)

_ONE = re.compile(  # the usual case, quickly
    r"\+?[0-9]{2}[0-9\-]*[0-9]|\+?[0-9]{2,4}[ -][0-9]{2,4}(?:[ -][0-9]{2,5}){1,3}")
_BREAK = re.compile(r"\s*(?:[;|\n]|:::)\s*")
_EMAIL_BREAK = re.compile(r"[\s,;|]+|:::")
_SAID = re.compile(  # "Phone:012-345 6789 Fax:05-222 1112", as ledgers write several in one cell
    r"\s*\b(phone|mobile|tel|telephone|fax|home|work|office|other|handphone|hp)\s*:\s*", re.IGNORECASE)
_PHONE_BREAK = re.compile(r"\s*(?:,|/|\bor\b|\batau\b|、|，)\s*")


def parser(key: str, country: str) -> Callable[[Value], tuple[Way, ...] | None]:
    """How the cells of the field `emails` or `phones` are read; numbers are normalised in the region `country`."""
    if key == "emails":
        return lambda cell: _emails(text_of(cell))
    return lambda cell: _phones(text_of(cell), country)


def _emails(text: str) -> tuple[Way, ...] | None:
    whole = normal("email", text, "")
    if whole:
        return ((text, whole, ""),)
    if text.casefold() in NOTHING:
        return None
    parts = [part.strip("<>\"'()") for part in _EMAIL_BREAK.split(text)]
    found = {address: part for part in reversed(parts) if (address := normal("email", part, ""))}
    if not found:
        raise Wrong(N_("“{value}” is not an e-mail address; {fate}."), value=text)
    return tuple((part, address, "") for address, part in found.items())[::-1]


def _phones(text: str, country: str) -> tuple[Way, ...] | None:
    if _ONE.fullmatch(text):
        return ((text, e164(text, country) or digits(text), ""),)
    if text.casefold() in NOTHING:
        return None
    found: dict[str, tuple[str, str]] = {}
    for said, numbers in _labelled(text):
        for part in _numbers(numbers):
            if len(digits(part)) >= 3:
                found.setdefault(normal("phone", part, country), (part, said))
    if not found:
        raise Wrong(N_("“{value}” is not a phone number; {fate}."), value=text)
    return tuple((part, number, said) for number, (part, said) in found.items())


def _labelled(text: str) -> list[tuple[str, str]]:
    """The numbers of a cell, and what a word before each says that they are, as a message id ("" for nothing)."""
    first, *rest = _SAID.split(text)
    return [("", first), *((of_heading(word), numbers) for word, numbers in zip(rest[::2], rest[1::2], strict=True))]


def _numbers(text: str) -> list[str]:
    """The numbers of a cell, each on its own."""
    parts: list[str] = []
    for piece in _BREAK.split(text):
        split = _PHONE_BREAK.split(piece)
        apart = len(split) > 1 and all(len(digits(number)) >= 7 for number in split)
        parts += split if apart else [piece]
    return [" ".join(part.split()) for part in parts]
