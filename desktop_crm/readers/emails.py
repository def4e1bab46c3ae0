"""An e-mail kept as a file (.eml): who sent it, when, its subject and its text, whatever is broken in it.

The standard library's parser reads it by its modern policy. What a hostile file could make it do is bounded: the size
of the file, of a header, of the text, and how deep parts are nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path

from desktop_crm.domain.errors import N_
from desktop_crm.readers.encoding import decode
from desktop_crm.readers.kinds import check, closed, too_large
from desktop_crm.readers.raw import Unreadable

MAX_BYTES = 25 * 2**20
"""The largest e-mail that is read: 25 MiB, as servers carry."""
MAX_TEXT = 200_000
"""Bytes of a body that are looked at."""

_NO_EMAIL = N_("“{name}” is no e-mail, or a damaged one; save it again from your mail program as .eml.")
_HEADER, _PARTS, _DEEP = 2000, 200, 20
_MOST_BOUNDARIES, _MOST_HEADERS = 5000, 2**19
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,20})")
_SILENT = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
_ANGLED = re.compile(r"<\s*([^<>@\s]+@[^<>@\s]+)\s*>")
_BARE = re.compile(r"[^<>@\s,;:\"()]+@[^<>@\s,;:\"()]+")
_POLICY = policy.default.clone(  # its grammars take seconds for a header of thousands of parameters
    header_factory=lambda name, value: policy.default.header_factory(name, value[:_HEADER]))
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what broken headers make of the parser
_ROBOTS = re.compile(r"(?:no-?reply|do-?not-?reply|wordpress|mailer|forms?|notifications?|postmaster|webmaster|system)"
                     r"\b|.*\b(?:no-?reply)\b", re.IGNORECASE)
_QUOTED = (
    re.compile(r"^\s*-{2,}\s*(?:original message|forwarded message|mesej asal|原始郵件|原始邮件)\s*-{2,}\s*$",
               re.IGNORECASE),
    re.compile(r"^\s*(?:on|pada)\b.{5,200}\b(?:wrote|menulis)\s*:\s*$", re.IGNORECASE),
    re.compile(r"^_{20,}\s*$"),
)


@dataclass(frozen=True, slots=True)
class Email:
    """One e-mail; `sender` and `address` of who asks (a form's own address gives way to the one to reply to).

    `text` is what they wrote, without what it answers; `attached` are its attachments, as (name, bytes). `message_id`
    is the mark that its first server gave it, "" if there is none.
    """

    sender: str
    address: str
    subject: str
    sent_at: datetime | None
    text: str
    attached: tuple[tuple[str, bytes], ...] = ()
    message_id: str = ""


def read(path: Path) -> Email:
    """The e-mail in a file; Unreadable for what is none, and for one that is too large."""
    check(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(path)
        data = path.read_bytes()
    except OSError as error:
        raise closed(path, error) from error
    return parse(data, path)


def parse(data: bytes, path: Path) -> Email:
    """The e-mail in some bytes; `path` names it where it is refused (Unreadable)."""
    head = re.search(rb"\r?\n\r?\n", data[:_MOST_HEADERS])
    if data.count(b"\n--") > _MOST_BOUNDARIES or (head is None and len(data) > _MOST_HEADERS):
        raise Unreadable(_NO_EMAIL, name=path.name)
    try:
        message = message_from_bytes(data, policy=_POLICY)
    except _BROKEN as error:
        raise Unreadable(_NO_EMAIL, name=path.name) from error
    sender, address = _sender(message)
    subject = _header(message, "subject")
    if not address and not subject:
        raise Unreadable(_NO_EMAIL, name=path.name)
    parts = list(_parts(message))
    told = [part for part in parts if _is_text(part)]
    text = next((_plain(part, path) for part in told if part.get_content_type() == "text/plain"), "") or next(
        (_of_html(_plain(part, path)) for part in told if part.get_content_type() == "text/html"), "")
    return Email(sender, address, subject, _sent(message), _own(text), tuple(_attached(parts)),
                 "".join(_raw(message, "message-id").split()))


# --- headers --------------------------------------------------------------------------------------------------------

def _raw(message: EmailMessage, name: str) -> str:
    """A header as it stands in the file, of a bounded length; "" if there is none."""
    found = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return str(found)[:_HEADER]


def _header(message: EmailMessage, name: str) -> str:
    """A header decoded, in one line; as it stands where it is too broken to be read."""
    raw = _raw(message, name)
    try:
        value = str(policy.default.header_factory("subject", " ".join(raw.split())))  # without a grammar
    except _BROKEN:
        value = raw
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _person(message: EmailMessage, name: str) -> tuple[str, str]:
    """The name and the address that a header begins with; "" for what is not there.

    It is read as plain text: the grammar of addresses, with its comments in comments, is what attacks a parser.
    """
    said = _header(message, name)
    found = _ANGLED.search(said) or _BARE.search(said)
    if found is None:
        return "", ""
    return said[:found.start()].strip(" \"',;("), (found[1] if found.re is _ANGLED else found[0]).lower()


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Who asks: the sender, or whom to reply to where a machine has sent it."""
    name, address = _person(message, "from")
    other, reply = _person(message, "reply-to")
    if reply and reply != address and (not address or _ROBOTS.match(address.partition("@")[0])):
        return other, reply
    return name, address


def _sent(message: EmailMessage) -> datetime | None:
    """When it was sent, in UTC; None where that is not said."""
    try:
        found = parsedate_to_datetime(_raw(message, "date"))
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (*_BROKEN, OverflowError):
        return None


# --- the body -------------------------------------------------------------------------------------------------------

def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Every part in its order, those that hold others before them; not below a bounded depth, no more than a few."""
    waiting: list[tuple[EmailMessage, int]] = [(message, 0)]
    seen = 0
    while waiting and seen < _PARTS:
        part, depth = waiting.pop()
        seen += 1
        yield part
        inner = part.get_payload() if part.is_multipart() else None
        if depth < _DEEP and isinstance(inner, list):
            waiting += [(one, depth + 1) for one in reversed(inner) if isinstance(one, EmailMessage)]


def _is_text(part: EmailMessage) -> bool:
    return not part.is_multipart() and part.get_content_maintype() == "text" and not _is_attachment(part)


def _is_attachment(part: EmailMessage) -> bool:
    return _raw(part, "content-disposition").strip().lower().startswith("attachment")


def _attached(parts: Sequence[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    """What is attached, by name, however deep; b"" for what cannot be decoded, and for a letter within the letter.

    A picture that the text itself shows, as a signature's logo, is none.
    """
    for part in parts:
        try:
            name = part.get_filename()
            data = None if part.is_multipart() else part.get_payload(decode=True)
        except _BROKEN:
            continue
        if name and (_is_attachment(part) or not _raw(part, "content-id")):
            yield (" ".join(str(name).encode("utf-8", "replace").decode().split())[:200],
                   data if isinstance(data, bytes) else b"")


def _plain(part: EmailMessage, path: Path) -> str:
    """The text of a part: by its own encoding, guessed where it names none that there is."""
    try:
        found = part.get_payload(decode=True)
        charset = (part.get_content_charset() or "").lower()
    except _BROKEN:
        return ""
    data = found[:MAX_TEXT] if isinstance(found, bytes) else b""
    if not data:
        return ""
    if charset not in ("", "us-ascii", "ascii"):
        try:
            return data.decode(charset, "replace").replace("\r\n", "\n")
        except (LookupError, ValueError):
            pass  # no such encoding: it is guessed
    try:
        return decode(data, path).text
    except Unreadable:
        return ""


def _of_html(page: str) -> str:
    """The words of a page, line by line; one pass, whatever is left open in it."""
    words: list[str] = []
    place, silent = 0, ""
    while place < len(page):
        begin = page.find("<", place)
        text = page[place:begin if begin >= 0 else None]
        if not silent:
            words.append(re.sub(r"\s+", " ", unescape(text)))
        if begin < 0:
            break
        mark = "-->" if page.startswith("<!--", begin) else ">"
        end = page.find(mark, begin + len(mark))
        if end < 0:
            break
        tag = _TAG.match(page, begin)
        name = tag[1].lower() if tag else ""
        if silent:
            silent = "" if name == f"/{silent}" else silent
        elif name in _SILENT:
            silent = name
        elif name.strip("/") in _BREAKS:
            words.append("\n")
        place = end + len(mark)
    lines = (line.strip() for line in "".join(words).replace("\u00a0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _own(text: str) -> str:
    """What the sender wrote, without the letter that it answers; all of it where nothing else would be left."""
    kept: list[str] = []
    for line in text.split("\n"):
        if any(pattern.match(line[:300]) for pattern in _QUOTED):
            break
        if not line.startswith(">"):
            kept.append(line.rstrip())
    own = "\n".join(kept).strip()
    return own or text.strip()
