"""What a file is, told by its first bytes rather than by its name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

from desktop_crm.domain.errors import N_
from desktop_crm.readers.raw import Unreadable

Kind = Literal["text", "sheet", "cards"]

MAX_BYTES = 256 * 2**20
"""The largest file that is tried: 256 MiB."""

_NO_TABLE = N_("“{name}” is not a table; choose a CSV or text file, an Excel workbook (xlsx, xlsm, xlsb, "
               "xls) or an OpenDocument sheet (ods).")
_PACKED = N_("“{name}” is compressed; unpack it first and choose the table inside.")
_JSON = N_("“{name}” holds JSON, not a table; export the data as CSV or Excel and choose that file.")
_CALENDAR = N_("“{name}” holds a calendar (iCalendar), not a table; export the entries as CSV or Excel.")
_MARKUP = N_("“{name}” is a web page or XML, whatever its name says; open it in a spreadsheet program, "
             "save it as .xlsx and choose that file.")

_SHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MAGIC = {
    b"%PDF": _NO_TABLE, b"\x89PNG": _NO_TABLE, b"\xff\xd8\xff": _NO_TABLE, b"GIF8": _NO_TABLE,
    b"RIFF": _NO_TABLE, b"{\\rtf": _NO_TABLE, b"SQLite format 3\x00": _NO_TABLE, b"\x7fELF": _NO_TABLE,
    b"\x1f\x8b": _PACKED, b"7z\xbc\xaf": _PACKED, b"Rar!": _PACKED, b"BZh": _PACKED, b"\xfd7zXZ": _PACKED,
}
_SUFFIXES = {".json": _JSON, ".ics": _CALENDAR, ".pdf": _NO_TABLE, ".html": _MARKUP,
             ".htm": _MARKUP, ".xml": _MARKUP}
_STARTS = (
    (re.compile(rb"BEGIN:V[A-Z]+\s", re.IGNORECASE), _CALENDAR),
    (re.compile(rb"<(\?xml|!doctype|!--|html|head|body|table|meta)", re.IGNORECASE), _MARKUP),
)
_CARD = re.compile(rb"BEGIN\s*:\s*VCARD|\[\s*(\[\s*)?\"vcard\"", re.IGNORECASE)
_SPACE = b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"  # blanks and byte order marks


def check(path: Path, most: int | None = None) -> None:
    """Raise Unreadable unless `path` is a file of a size worth trying: `most` bytes, or as many as of any kind."""
    try:
        if path.is_dir():
            raise Unreadable(N_("“{name}” is a folder; choose a file inside it."), name=path.name)
        size = path.stat().st_size
    except FileNotFoundError:
        raise Unreadable(N_("There is no file “{name}” in “{folder}”; was it moved or renamed?"),
                         name=path.name, folder=str(path.parent)) from None
    except OSError as error:
        raise closed(path, error) from error
    if size == 0:
        raise Unreadable(N_("“{name}” is empty; export it again from where it came."), name=path.name)
    if size > (MAX_BYTES if most is None else most):
        raise too_large(path)


def look(path: Path) -> Kind:
    """Tell whether `path` holds text, a workbook or contact cards; raises Unreadable for what can give no table."""
    try:
        with path.open("rb") as file:
            head = file.read(65536)
    except OSError as error:
        raise closed(path, error) from error
    if head.startswith(_SHEETS):
        return "sheet"
    plain = head.replace(b"\x00", b"").lstrip(_SPACE)  # without the zero bytes of UTF-16
    if _CARD.match(plain) or path.suffix.lower() == ".vcf":
        return "cards"
    sentence = _other(head, path)
    if sentence:
        raise Unreadable(sentence, name=path.name)
    return "text"


def _other(head: bytes, path: Path) -> str:
    """The sentence for a file of another kind, "" for plain text."""
    start = head.lstrip(_SPACE)
    for magic, sentence in _MAGIC.items():
        if head.startswith(magic):
            return sentence
    for pattern, sentence in _STARTS:
        if pattern.match(start):
            return sentence
    if path.suffix.lower() in _SUFFIXES:
        return _SUFFIXES[path.suffix.lower()]
    return _JSON if _is_json(start, path) else ""


def _is_json(start: bytes, path: Path) -> bool:
    """Whether the whole file is a JSON array or object; a CSV line may begin with a bracket too."""
    if start[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return True


def is_other(head: bytes) -> bool:
    """Whether a file's first bytes are those of a workbook, contact cards, a picture, a web page and the like."""
    start = head.lstrip(_SPACE)
    return head.startswith((*_SHEETS, *_MAGIC)) or _CARD.match(start) is not None or any(
        pattern.match(start) for pattern, _ in _STARTS)


def closed(path: Path, error: OSError) -> Unreadable:
    """The sentence for a file that the system does not let us read."""
    return Unreadable(N_("“{name}” cannot be opened ({reason}); close it in other programs or copy it "
                         "to another folder."), name=path.name, reason=error.strerror or str(error))


def too_large(path: Path) -> Unreadable:
    """The sentence for more than fits into the limits."""
    return Unreadable(N_("“{name}” holds more than can be read at once; split it into smaller files."),
                      name=path.name)


def no_text(path: Path) -> Unreadable:
    """The sentence for what no writer of plain text has left."""
    return Unreadable(N_("“{name}” is no plain text; choose one with a note on each line."), name=path.name)


def no_table(path: Path) -> Unreadable:
    """The sentence for a file of a kind that holds no rows and columns."""
    return Unreadable(_NO_TABLE, name=path.name)


def no_rows(path: Path) -> Unreadable:
    """The sentence for a file or sheet with nothing in it but blanks."""
    return Unreadable(N_("“{name}” holds no rows; export it again from where it came."), name=path.name)
