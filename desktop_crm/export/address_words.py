"""The words of an address book, the same on paper and on its page."""

from __future__ import annotations

from datetime import date

from desktop_crm.domain import birthdays
from desktop_crm.domain.cards import LABELS, Card, Place, Way
from desktop_crm.domain.customers import CHANNELS
from desktop_crm.i18n import Language


def who(card: Card, below: bool = False) -> list[str]:
    """What a person or company is besides the name; `below` the company its name needs no telling."""
    company = card.company if card.company != card.name and not below else ""
    return [text for text in (card.title, card.role, card.department, company, card.nickname) if text]


def said(way: Way, words: Language) -> str:
    """What stands before an address: its kind where it is no phone or e-mail, and its label."""
    kind = words.say(CHANNELS.get(way.kind, way.kind)) if way.kind not in ("phone", "email") else ""
    return " · ".join(filter(None, (kind, words.say(LABELS.get(way.label, way.label)) if way.label else "")))


def line_of(place: Place) -> str:
    """An address in one line, as an envelope reads it."""
    town = " ".join(filter(None, (place.postcode, place.city)))
    return ", ".join(filter(None, (*place.street.splitlines(), town, place.region, place.country)))


def birthday(text: str, words: Language) -> str:
    """A birthday as people write it, without the year where it is not known."""
    year, month, day = birthdays.parts(text) or (None, 0, 0)
    if not month:
        return text
    return words.day(date(year, month, day), "long") if year else words.skeleton(date(2000, month, day), "MMMMd")
