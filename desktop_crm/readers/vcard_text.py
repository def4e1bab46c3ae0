"""The value of a vCard property as text: quoted-printable and charsets undone, then parted and unescaped."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from pathlib import Path

from desktop_crm.readers.encoding import decode, wider
from desktop_crm.readers.raw import Unreadable
from desktop_crm.readers.vcard_lines import Property, Raw

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LITERAL = frozenset(",;:\\\"'=")
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


def bytes_of(found: Property) -> bytes:
    """The value as bytes, quoted-printable and base64 undone; b"" where base64 is no base64."""
    raw = found.value.encode("latin-1", "ignore")
    if found.encoding == "QUOTED-PRINTABLE":
        return binascii.a2b_qp(_kept_apart(raw))
    if found.encoding == "BASE64":
        return binary(found.value)
    return raw


def _kept_apart(raw: bytes) -> bytes:
    """A semicolon that was encoded belongs to the text and does not part it, where others stand plainly."""
    return re.sub(rb"=3b", b"=5C=3B", raw, flags=re.IGNORECASE) if b";" in raw else raw


def binary(text: str) -> bytes:
    """What base64 says, however it is broken into lines; what is missing at its end is left out."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + "=" * (-len(letters) % 4))


class Texts:
    """Reads the values of one file; what declares no charset is in `encoding`, or in what all of it together tells.

    `notes` is what is to be said of how the encoding was come by.
    """

    def __init__(self, cards: Iterable[Raw], path: Path, encoding: str = "") -> None:
        self.notes: tuple[str, ...] = ()
        self.encoding = wider(encoding) if encoding else ""
        if encoding and not self.encoding:
            decode(b"-", path, encoding)  # says that there is no such encoding
        if not self.encoding:
            self.encoding, self.notes = _told(cards, path)

    def text(self, found: Property) -> str:
        """The value as it stands, before it is parted or unescaped; line ends as \\n."""
        data = bytes_of(found)
        text = _declared(data, found) or _tolerant(data, self.encoding)
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

    def plain(self, found: Property) -> str:
        """The value as one text."""
        return unescaped(self.text(found)).strip()

    def parts(self, found: Property, old: bool, glue: str = " ") -> list[str]:
        """The components of a structured value; lists inside one are joined by `glue`, but for version 2.1."""
        return [unescaped(part).strip() if old else glue.join(unescaped(item).strip() for item in split(part, ","))
                for part in split(self.text(found), ";")]


def _told(cards: Iterable[Raw], path: Path) -> tuple[str, tuple[str, ...]]:
    """The encoding of all values that go beyond ASCII and do not say theirs, and what is to be said of it."""
    values = [bytes_of(found) for card in cards for found in card.properties
              if found.name not in _BINARY and not found.param("CHARSET")
              and (found.encoding or not found.value.isascii())]
    silent = b"\n".join(value for value in values if not value.isascii() or b"\x1b$" in value)
    try:
        found = decode(silent, path) if silent else None
        return (found.encoding, found.notes) if found is not None else ("utf-8", ())
    except Unreadable:  # values that are no text in any encoding
        return "cp1252", ()


def _declared(data: bytes, found: Property) -> str:
    """The text by the charset that the property names; "" where it names none that fits."""
    name = wider(found.param("CHARSET")) if found.param("CHARSET") else ""
    if not name:
        return ""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
    letters = sum(character > "\x7f" for character in text)
    return text if text.count("\ufffd") * 20 <= letters else ""


def _tolerant(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")


def unescaped(text: str) -> str:
    """The text without its backslashes: \\n is a line end; a backslash before a usual letter is one."""
    return _ESCAPED.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    letter = found[1]
    return "\n" if letter in "nN" else letter if letter in _LITERAL else found[0]


def split(text: str, sign: str) -> list[str]:
    """The parts of a text between signs that no backslash escapes, still escaped themselves."""
    parts, start, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == sign:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]
