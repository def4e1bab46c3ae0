"""Cards: what is known of one person or company, on its way between files, phones and programs."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field

from desktop_crm.domain.errors import N_

LABELS = {
    "mobile": N_("Mobile"), "work": N_("Work"), "home": N_("Home"), "fax": N_("Fax"), "work fax": N_("Work fax"),
    "home fax": N_("Home fax"), "work mobile": N_("Work mobile"), "pager": N_("Pager"), "car": N_("Car"),
    "main": N_("Main"), "other": N_("Other"),
}
"""What an address or number is for, as every program that writes cards knows it; other labels stand as written."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach someone: a kind of channel (phone, email, web, whatsapp …) and a label, or one of LABELS."""

    kind: str
    value: str
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One postal address; `street` may have several lines."""

    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""

    @property
    def said(self) -> bool:
        """Whether anything is known of it."""
        return any((self.street, self.city, self.region, self.postcode, self.country))


@dataclass(frozen=True, slots=True)
class Photo:
    """The picture of a person: its media type and its bytes."""

    media_type: str
    data: bytes = field(repr=False)

    def file_name(self, name: str) -> str:
        """What its file is called for somebody of this name."""
        return f"{name[:100]}{mimetypes.guess_extension(self.media_type) or ''}"


@dataclass(frozen=True, slots=True)
class Card:
    """One person (`kind` person) or company.

    `parts` are the name's own: family, given, additional, prefixes, suffixes. `birthday` is as domain.birthdays has
    it. `more` is what has no field, each with its title.
    """

    name: str
    kind: str = "person"
    parts: tuple[str, str, str, str, str] = ("", "", "", "", "")
    nickname: str = ""
    company: str = ""
    department: str = ""
    title: str = ""
    role: str = ""
    ways: tuple[Way, ...] = ()
    places: tuple[Place, ...] = ()
    birthday: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    photo: Photo | None = None
    uid: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def reached(self, kind: str) -> tuple[str, ...]:
        """The e-mails, phones … of a kind, as written."""
        return tuple(way.value for way in self.ways if way.kind == kind)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an address book: a customer and the people to talk to there, or a person alone."""

    card: Card
    people: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressBook:
    """What heads a carried copy of an address book: whose it is, what of it, when; in a language (its code)."""

    title: str
    business: str
    made: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A card that could not be read: its number in the file (from 1), and why: a message id with a place {fate}."""

    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a file by their number in it (from 1), and those that are broken."""

    whole: dict[int, Card]
    broken: tuple[Broken, ...] = ()
