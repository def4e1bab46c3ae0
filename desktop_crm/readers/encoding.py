"""Bytes → text: the byte order mark, UTF-16's zero bytes, strict UTF-8, then a guess among a few."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop_crm.domain.errors import N_
from desktop_crm.readers.east_asian import recognise
from desktop_crm.readers.kinds import is_other, no_table, no_text
from desktop_crm.readers.raw import Unreadable

GUESSES = ("utf_8", "gb18030", "big5", "big5hkscs", "cp1252", "cp1256", "shift_jis", "euc_kr")
"""What charset-normalizer may answer; with more to choose from it is wrong more often."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDER = {  # what is declared → what is meant: the standards' names are used for their larger successors
    "iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932", "gb2312": "gb18030",
    "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949", "iso2022_jp": "iso2022_jp_ext", "iso8859-9": "cp1254",
}
_SAMPLE = 65536
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b\x1f") + b"\x7f"
_UNWRITTEN = frozenset({"Cc", "Cn", "Co", "Cs"})

DAMAGED = N_("Some characters do not fit the encoding and are shown as �; try another encoding.")
UNSURE = N_("The encoding could not be told and Western European was taken; check the names, or choose "
            "another.")
ZEROS = N_("The file holds zero bytes; they were left out.")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with "\\n" line ends, and how it was come by."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, path: Path, encoding: str = "") -> Decoded:
    """Decode a whole file, by `encoding` if given; raises Unreadable for binary data or no such encoding."""
    if encoding:
        return _named(data, encoding)
    found = _marked(data) or _utf16(data)
    if found:
        return _tidy(data.decode(found, "replace"), found)
    _refuse_binary(data, path)
    return _escaped(data) or _utf8(data) or _guess(data)


def wider(name: str) -> str:
    """Python's name for a declared charset, the wider one that is meant by it; "" for a name that says nothing."""
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(found, found)


def plain_text(data: bytes, path: Path) -> str:
    """The text of what people wrote by hand; raises Unreadable for binary data, however it may be decoded."""
    if is_other(data[:_SAMPLE]):
        raise no_text(path)
    try:
        text = decode(data, path).text
    except Unreadable:
        raise no_text(path) from None
    sample = text[:_SAMPLE]
    if sum(map(_unwritten, sample)) * 20 > len(sample):
        raise no_text(path)
    return text


def _unwritten(character: str) -> bool:
    """Whether nobody writes a character: controls, what is no letter yet, and what could not be decoded."""
    return character == "�" or (character not in "\t\n\x0b\x0c" and unicodedata.category(character) in _UNWRITTEN)


def _named(data: bytes, name: str) -> Decoded:
    try:
        return _tidy(data.decode(name, "replace"), name)
    except (LookupError, UnicodeError):
        raise Unreadable(N_("There is no text encoding “{encoding}”; try utf-8, gb18030, big5 or cp1252."),
                         encoding=name) from None


def _marked(data: bytes) -> str:
    return next((name for mark, name in _BOMS if data.startswith(mark)), "")


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: the zero bytes of its ASCII letters all stand on one side."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    side, other = max(even, odd), min(even, odd)
    stray = side * 20 < len(sample) and _utf8(sample.replace(b"\x00", b"")) is not None
    if side == 0 or other * 10 > side or stray:
        return ""
    name = "utf-16-be" if even > odd else "utf-16-le"
    text = sample[:len(sample) // 2 * 2].decode(name, "replace")
    return name if sum(map(_no_text, text)) * 50 <= len(text) else ""


def _no_text(character: str) -> bool:
    return character == "�" or (character < " " and character not in "\t\n\r\x0b\x0c")


def _refuse_binary(data: bytes, path: Path) -> None:
    """Raise Unreadable for bytes that no writer of text would leave: more than one control byte in 20."""
    sample = data[:_SAMPLE]
    if (len(sample) - len(sample.translate(None, _CONTROLS))) * 20 > len(sample):
        raise no_table(path)


def _escaped(data: bytes) -> Decoded | None:
    """Japanese as e-mail writes it, which switches its letters on by escape sequences."""
    if not data.isascii() or (b"\x1b$B" not in data and b"\x1b$@" not in data):
        return None
    return _tidy(data.decode("iso2022_jp", "replace"), "iso2022_jp")


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8; also where one letter in twenty is broken, since any other guess would read worse."""
    try:
        return _tidy(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    whole = sum(character > "\x7f" for character in text)
    return _tidy(text, "utf-8") if text.count("�") * 20 <= whole else None


def _guess(data: bytes) -> Decoded:
    sample = _telling(data)
    name = recognise(sample) or _likely(sample)
    return _tidy(data.decode(name or "cp1252", "replace"), name or "cp1252", *(() if name else (UNSURE,)))


def _telling(data: bytes) -> bytes:
    """The first whole lines with letters beyond ASCII, in the first 4 MB; the others say nothing."""
    lines = data[:_SAMPLE * 64].splitlines()
    if len(data) > _SAMPLE * 64:
        lines.pop()  # cut in two
    return b"\n".join(islice((line for line in lines if not line.isascii()), 400)) or data


def _likely(sample: bytes) -> str:
    """What charset-normalizer makes of the sample, "" if nothing."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(GUESSES)).best()
    return "" if best is None else best.encoding


def _tidy(text: str, name: str, *notes: str) -> Decoded:
    """Drop the mark and zero bytes, unify the line ends, and note what was lost."""
    found = [*notes]
    if "\x00" in text:
        found.append(ZEROS)
        text = text.replace("\x00", "")
    if "�" in text:
        found.append(DAMAGED)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    return Decoded(text, name, tuple(found))
