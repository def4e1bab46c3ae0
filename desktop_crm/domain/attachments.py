"""Files that belong to a record: documents, and the photo of a person."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field

KINDS = {"document": N_("Document"), "photo": N_("Photo")}
OWNERS = {"customers": "customer_id", "contacts": "contact_id", "deals": "deal_id", "tasks": "task_id"}
"""The kinds of record that a file can belong to, and the column that says to which one."""
FIELDS = (Field("name", N_("Document"), required=True),)
"""What of a document a user changes."""
MOST_MB = 100
"""How large one attached file may be, in megabytes of 1,000,000 bytes."""
_LONGEST = 200  # bytes of a name as UTF-8: what every file system takes, with room for " 2" before the suffix
_PARTS = re.compile(r"[/\\]+")
_UNFIT = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_RUNS = frozenset({
    "apk", "app", "appimage", "appinstaller", "application", "appref-ms", "bash", "bat", "bin", "cmd", "com",
    "command", "cpl", "csh", "deb", "desktop", "diagcab", "dll", "dmg", "docm", "dotm", "elf", "exe", "fish",
    "gadget", "hta", "htm", "html", "img", "inf", "ins", "iso", "jar", "job", "js", "jse", "ksh", "lnk", "msc",
    "msh", "msi", "msix", "msp", "mst", "pif", "pkg", "pl", "potm", "ppsm", "pptm", "ps1", "ps1xml", "ps2", "psc1",
    "psd1", "psm1", "py", "pyc", "pyw", "pyz", "rb", "reg", "rpm", "run", "scf", "scpt", "scr", "sct",
    "settingcontent-ms", "sh", "shtml", "svg", "sys", "terminal", "url", "vb", "vbe", "vbs", "vhd", "vhdx",
    "webloc", "workflow", "ws", "wsc", "wsf", "wsh", "xbap", "xhtml", "xlam", "xll", "xlsm", "xltm", "zsh",
})
"""Suffixes of what runs when it is opened: programs, scripts, links, pages with scripts, papers with macros."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
             b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How the bytes of programs begin, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a record: its name, media type and bytes, and the SHA-256 (hex) that it is kept under."""

    id: int
    kind: str
    name: str
    media_type: str | None
    size: int
    sha256: str
    on_date: date | None


@dataclass(frozen=True, slots=True)
class Document(Attachment):
    """A document with the record that it belongs to: `owner` is that record's name, in the table `table`.

    `missing` says that what is in it does not lie beside the file.
    """

    table: str
    owner_id: int
    owner: str
    missing: bool = False


def safe_name(name: str) -> str:
    """A file's own name as it can be shown and written anywhere; "" if nothing of it is left.

    Folders before it, control characters, marks that turn the direction of reading, and what Windows refuses are taken
    out; a long name is shortened before its suffix.
    """
    bare = _PARTS.split(unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if character.isspace() else character for character in bare
                    if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
                    or character in "\u200c\u200d")  # joiners are letters' business in Persian, Nepali and Tamil
    clean = " ".join(_UNFIT.sub("_", shown).split()).strip(" .\u200c\u200d")
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    return _shortened(clean)


def _shortened(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix.encode()) <= 20 else ""
    stem = name.removesuffix(suffix).encode()[:_LONGEST - len(suffix.encode())].decode("utf-8", "ignore")
    return f"{stem.rstrip(' .')}{suffix}"


def renamed(before: str, typed: str) -> str:
    """The name that was typed for a document, with the suffix of its old one where it was left out; "" for none."""
    name, suffix = safe_name(typed), PurePosixPath(before).suffix
    return name if not name or not suffix or PurePosixPath(name).suffix else safe_name(name + suffix)


def runs(name: str, beginning: bytes = b"") -> bool:
    """Whether a file would run rather than show something: by its suffix, or by how its bytes begin."""
    return PurePosixPath(name.casefold()).suffix.removeprefix(".") in _RUNS or beginning.startswith(_PROGRAMS)
