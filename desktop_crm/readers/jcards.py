"""jCard (RFC 7095), a vCard as JSON → the same cards of properties that a vCard file gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from desktop_crm.domain.errors import N_
from desktop_crm.readers.vcard_lines import Property, Raw

UNREADABLE = N_("The card is no list of properties; {fate}.")


def raw_cards(data: bytes) -> Iterator[Raw]:
    """The cards of a file; ValueError or RecursionError where it is no JSON."""
    found = json.loads(data)
    cards = [found] if found[:1] == ["vcard"] else found
    for number, card in enumerate(cards, 1):
        if isinstance(card, list) and len(card) > 1 and card[0] == "vcard" and isinstance(card[1], list):
            yield Raw(number, properties=[made for item in card[1] if (made := _property(item)) is not None])
        else:
            yield Raw(number, why=UNREADABLE)


def _property(item: Any) -> Property | None:
    """One property: [name, parameters, type of value, value, further values …]."""
    if not (isinstance(item, list) and len(item) > 3 and isinstance(item[0], str) and isinstance(item[1], dict)):
        return None
    name, given, kind, *values = item
    params = {str(key).upper(): [str(part) for part in (value if isinstance(value, list) else [value])]
              for key, value in given.items()}
    text = ",".join(map(_value, values)) if kind == "text" else str(values[0])
    return Property(name.upper(), text.encode().decode("latin-1"), ",".join(params.pop("GROUP", [])).lower(), params)


def _value(value: Any) -> str:
    """A value with its parts as a vCard writes them."""
    if isinstance(value, list):
        return ";".join(",".join(map(_escaped, part)) if isinstance(part, list) else _escaped(part) for part in value)
    return _escaped(value)


def _escaped(value: Any) -> str:
    text = str(value).replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")
