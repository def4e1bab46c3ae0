"""Cards as a vCard file, version 4.0 (RFC 6350) or 3.0 (RFC 2426), that phones and address books read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from desktop_crm import paths
from desktop_crm.domain.cards import LABELS, Card, Way
from desktop_crm.domain.errors import N_, InvalidInput

VERSIONS = ("4.0", "3.0")
_LINE = 75  # octets, without the line's end
_TYPES = {"mobile": "cell", "work": "work", "home": "home", "fax": "fax", "pager": "pager", "work fax": "work,fax",
          "home fax": "home,fax", "work mobile": "work,cell"}
_PLACES = frozenset({"work", "home"})  # what an address that is no number can be for
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NO_YEAR = "1604"  # a leap year that nobody is of; phones know it as "no year"


def write_vcards(cards: Iterable[Card], path: Path, version: str = "4.0",
                 step: Callable[[], None] | None = None) -> None:
    """Write cards to a file, whole or not at all; `step` hears of each and may raise to stop.

    Raises InvalidInput for another version, FileRefused where the file cannot be written.
    """
    if version not in VERSIONS:
        raise InvalidInput(N_("There is no vCard version “{version}” to write. Choose one of: {versions}."), "version",
                           version=version, versions=", ".join(VERSIONS))

    def fill(part: Path) -> None:
        with part.open("wb") as file:
            for card in cards:
                file.write(written(card, version))
                if step is not None:
                    step()

    paths.whole(path, fill)


def written(card: Card, version: str = "4.0") -> bytes:
    """One card as UTF-8, its lines folded at 75 octets; what has no field of its own stands in the note."""
    lines = _Lines(version == "4.0")
    lines.card(card)
    return b"".join(folded(line) for line in ["BEGIN:VCARD", f"VERSION:{version}", *lines.found, "END:VCARD"])


def folded(line: str) -> bytes:
    """A line with its end, parted where it is longer than 75 octets, never inside a letter."""
    data = line.encode("utf-8")
    parts = []
    room = _LINE
    while len(data) > room:
        cut = room
        while data[cut] & 0xC0 == 0x80:  # the middle of a letter
            cut -= 1
        parts.append(data[:cut])
        data, room = data[cut:], _LINE - 1  # the blank at the beginning counts
    return b"\r\n ".join([*parts, data]) + b"\r\n"


def escaped(text: str) -> str:
    """A text as a value: line ends, commas, semicolons and backslashes escaped, control characters left out."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


class _Lines:
    """The lines of one card in the making."""

    def __init__(self, new: bool) -> None:
        self._new = new
        self._groups = 0
        self.found: list[str] = []

    def card(self, card: Card) -> None:
        """Write everything that the card holds."""
        if card.kind == "company":
            self.found += [*(["KIND:org"] if self._new else []), "X-ABShowAs:COMPANY"]
        if card.uid:
            scheme = "urn:uuid:" if self._new and _UUID.fullmatch(card.uid) else ""
            self.found.append(f"UID:{scheme}{escaped(card.uid)}")
        self.found += [f"FN:{escaped(card.name)}", f"N:{_joined(card.parts)}"]
        for name, text in (("NICKNAME", card.nickname), ("TITLE", card.title), ("ROLE", card.role)):
            self._text(name, text)
        if card.company or card.department:
            self.found.append("ORG:" + _joined([card.company, *([card.department] if card.department else [])]))
        for way in card.ways:
            self._way(way)
        for place in card.places:
            parts = _joined(("", "", place.street, place.city, place.region, place.postcode, place.country))
            self._labelled("ADR", place.label, parts)
        self._birthday(card.birthday)
        self._text("NOTE", "\n".join([*filter(None, [card.note]), *(f"{title}: {text}" for title, text in card.more)]))
        if card.tags:
            self.found.append(f"CATEGORIES:{','.join(map(escaped, card.tags))}")
        self.found += self._photo(card)

    def _text(self, name: str, text: str) -> None:
        if text:
            self.found.append(f"{name}:{escaped(text)}")

    def _way(self, way: Way) -> None:
        if way.kind == "phone":
            self._labelled("TEL", way.label, escaped(way.value), way.preferred, numbered=True)
        elif way.kind == "email":
            self._labelled("EMAIL", way.label, escaped(way.value), way.preferred)
        elif way.kind == "web":
            self._labelled("URL", way.label, _CONTROLS.sub("", way.value).replace("\\", "%5C"), way.preferred)
        else:
            self._labelled(f"IMPP;X-SERVICE-TYPE={way.kind}", way.label, f"{way.kind}:{quote(way.value, safe='+@')}",
                           way.preferred)

    def _labelled(self, name: str, label: str, value: str, preferred: bool = False, numbered: bool = False) -> None:
        """A property with its label: as a TYPE where every program knows it, else as phones write their own."""
        kinds = _TYPES.get(label, "") if numbered or label in _PLACES else ""
        group = ""
        if label and not kinds:
            self._groups += 1
            group = f"item{self._groups}."
        params = "".join(f";TYPE={kind}" for kind in filter(None, kinds.split(",")))
        if preferred:
            params += ";PREF=1" if self._new else ";TYPE=pref"
        self.found.append(f"{group}{name}{params}:{value}")
        if group:
            self.found.append(f"{group}X-ABLabel:{escaped(f'_$!<{label}>!$_' if label in LABELS else label)}")

    def _birthday(self, day: str) -> None:
        if not day:
            return
        if self._new:
            self.found.append(f"BDAY:{'--' if day.startswith('--') else ''}{day.replace('-', '')}")
        elif day.startswith("--"):
            self.found.append(f"BDAY;X-APPLE-OMIT-YEAR={_NO_YEAR}:{_NO_YEAR}-{day[2:]}")
        else:
            self.found.append(f"BDAY:{day}")

    def _photo(self, card: Card) -> Iterator[str]:
        if card.photo is not None:
            letters = base64.b64encode(card.photo.data).decode()
            kind = card.photo.media_type
            yield (f"PHOTO:data:{kind};base64,{letters}" if self._new
                   else f"PHOTO;ENCODING=b;TYPE={kind.rpartition('/')[2].upper()}:{letters}")


def _joined(parts: Iterable[str]) -> str:
    return ";".join(map(escaped, parts))
