"""An e-mail kept as a file (.eml): who sent it, when, its subject and its text, whatever is broken in it.

The standard library's parser reads it by its modern policy. What a hostile file could make it do is bounded: the size
of the file, of a header, of the text, and how deep parts are nested.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from desktop_crm.domain.errors import N_
from desktop_crm.readers.encoding import decode, wider
from desktop_crm.readers.kinds import check, closed, too_large
from desktop_crm.readers.pages import words_of
from desktop_crm.readers.raw import Unreadable

MAX_BYTES = 25 * 2**20
"""The largest e-mail that is read: 25 MiB, as servers carry."""
MAX_TEXT = 200_000
"""Bytes of a body that are looked at."""

_NO_EMAIL = N_("“{name}” is no e-mail, or a damaged one; save it again from your mail program as .eml.")
_HEADER, _PARTS, _DEEP, _TEXTS = 2000, 200, 20, 20
_MOST_BOUNDARIES, _MOST_HEADERS = 5000, 2**19
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?[\r\n]*(?:>From [^\n]*\n)?")  # what programs and people leave there
_ANGLED = re.compile(r"<\s*([^<>@\s]+@[^<>@\s]+)\s*>")
_BARE = re.compile(r"[^<>@\s,;:\"()]+@[^<>@\s,;:\"()]+")
_POLICY = policy.default.clone(  # its grammars take seconds for a header of thousands of parameters
    header_factory=lambda name, value: policy.default.header_factory(name, value[:_HEADER]))
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what broken headers make of the parser
_ROBOTS = re.compile(r"(?:no-?reply|do-?not-?reply|wordpress|mailer|forms?|notifications?|postmaster|webmaster|system)"
                     r"\b|.*\b(?:no-?reply)\b", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|majukan|轉寄|轉發|转发)\s*[:：]", re.IGNORECASE)
_ENCODED = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bq])\?([^?\s]*)\?=", re.IGNORECASE)
_SURROGATE = re.compile("[\udc80-\udcff]")
_FROM = re.compile(r"\s*\*?(?:from|dari|daripada|mula kay|寄件者|發件人|发件人|அனுப்புநர்|प्रेषक)\s*[:：]\*?\s*\S",
                   re.IGNORECASE)
_SENT = re.compile(r"\s*\*?(?:sent|date|dihantar|tarikh|ipinadala|petsa|寄件日期|傳送時間|发送时间|日期|அனுப்பியது|मिति)"
                   r"\s*[:：]\*?\s*\S", re.IGNORECASE)
_TO = re.compile(r"\s*\*?(?:to|kepada|para kay|收件者|收件人|பெறுநர்|प्रापक)\s*[:：]\*?\s*\S", re.IGNORECASE)
_WROTE = re.compile(r"^\s*(?:on|pada|noong)\b.{5,200}\b(?:wrote|menulis|sumulat|isinulat|nagsulat)\b.{0,80}:\s*$",
                    re.IGNORECASE)
_QUOTED = (
    re.compile(r"^\s*-{2,}\s*(?:original message|forwarded message|mesej asal|原始郵件|原始邮件)\s*-{2,}\s*$",
               re.IGNORECASE),
    re.compile(r"^(?=.*\d).{5,200}(?:寫道|写道|எழுதியது|எழுதினார்|लेख्नुभयो)\s*[:：]\s*$"),
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
    data = _BEFORE.sub(b"", data, count=1)
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
    parts, outer = list(_parts(message)), list(_parts(message, letters=False))
    text = _text(outer, path) or _text(parts, path)
    return Email(sender, address, subject, _sent(message), text if _FORWARDED.match(subject) else _own(text),
                 (*_attached(parts), *_letters(outer)), "".join(_raw(message, "message-id").split()))


# --- headers --------------------------------------------------------------------------------------------------------

def _raw(message: EmailMessage, name: str) -> str:
    """A header as it stands in the file, of a bounded length; "" if there is none."""
    found = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return str(found)[:_HEADER]


def _header(message: EmailMessage, name: str) -> str:
    """A header decoded, in one line; as it stands where it is too broken to be read."""
    raw = _told(_ENCODED.sub(_word, _raw(message, name)), message)
    try:
        value = str(policy.default.header_factory("subject", " ".join(raw.split())))  # without a grammar
    except _BROKEN:
        value = raw
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _word(found: re.Match[str]) -> str:
    """An encoded word of a header by the wider encoding that is meant; as its bytes where there is no such encoding."""
    if name := wider(found[1]):
        return f"=?{name}?{found[2]}?{found[3]}?="
    letters = found[3].encode("ascii", "ignore")
    try:
        data = a2b_base64(letters) if found[2] in "bB" else a2b_qp(letters, header=True)
    except ValueError:
        return found[0]
    return data.decode("ascii", "surrogateescape")


def _told(value: str, message: EmailMessage) -> str:
    """A header with the bytes in it that name no encoding, or none that there is: as UTF-8, else as the text is."""
    if not _SURROGATE.search(value):
        return value
    data = value.encode("utf-8", "surrogateescape")
    texts = [part for part in _parts(message) if _is_text(part)]
    charsets = (wider(charset) for part in texts[:2] if (charset := _charset(part)))
    for name in ("utf-8", *charsets):
        try:
            return data.decode(name or "utf-8")
        except ValueError:
            continue  # the next one is tried
    try:
        return data.decode(decode(b"\n".join([data, *map(_bytes, texts[:1])]), Path()).encoding, "replace")
    except Unreadable:
        return data.decode("utf-8", "replace")


def _person(message: EmailMessage, name: str) -> tuple[str, str]:
    """The name and the address that a header begins with; "" for what is not there.

    It is read as plain text: the grammar of addresses, with its comments in comments, is what attacks a parser.
    """
    said = _header(message, name)
    found = _ANGLED.search(said) or _BARE.search(said)
    if found is None:
        return "", ""
    called, address = said[:found.start()].strip(" \"',;("), (found[1] if found.re is _ANGLED else found[0]).lower()
    return "" if called.lower() == address else called, address


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

def _parts(message: EmailMessage, letters: bool = True) -> Iterator[EmailMessage]:
    """Every part in its order, those that hold others before them; not below a bounded depth, no more than a few.

    Without `letters` those of a letter within the letter are left out.
    """
    waiting: list[tuple[EmailMessage, int]] = [(message, 0)]
    seen = 0
    while waiting and seen < _PARTS:
        part, depth = waiting.pop()
        seen += 1
        yield part
        inner = part.get_payload() if part.is_multipart() and (letters or not _is_letter(part)) else None
        if depth < _DEEP and isinstance(inner, list):
            waiting += [(one, depth + 1) for one in reversed(inner) if isinstance(one, EmailMessage)]


def _is_text(part: EmailMessage) -> bool:
    return not part.is_multipart() and part.get_content_maintype() == "text" and not _is_attachment(part)


def _is_letter(part: EmailMessage) -> bool:
    return part.get_content_type() == "message/rfc822"


def _text(parts: Sequence[EmailMessage], path: Path) -> str:
    """What is written in some parts: all that is plain, as it may stand round pictures, else all pages."""
    told = [part for part in parts if _is_text(part)]
    for kind, words in (("text/plain", str), ("text/html", words_of)):
        ours = [part for part in told if part.get_content_type() == kind]
        unnamed = [part for part in ours if not _name(part)] or ours
        found = "\n\n".join(filter(None, (words(_plain(part, path)).strip() for part in unnamed[:_TEXTS])))
        if found:
            return found[:MAX_TEXT]
    return ""


def _name(part: EmailMessage) -> str:
    """The name of a file that a part is; "" for none, and for one that is too broken."""
    try:
        name = str(part.get_filename() or "")
    except _BROKEN:
        return ""
    return " ".join(name.encode("utf-8", "replace").decode().split())[:200]


def _is_attachment(part: EmailMessage) -> bool:
    return _raw(part, "content-disposition").strip().lower().startswith("attachment")


def _attached(parts: Sequence[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    """What is attached, by name, however deep, but for letters within the letter; b"" for what cannot be decoded.

    A picture that the text itself shows, as a signature's logo, is none.
    """
    for part in parts:
        name = _name(part)
        if not name or _is_letter(part) or (_raw(part, "content-id") and not _is_attachment(part)):
            continue
        try:
            data = None if part.is_multipart() else part.get_payload(decode=True)
        except _BROKEN:
            data = None
        yield name, data if isinstance(data, bytes) else b""


def _letters(parts: Sequence[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    """The letters within the letter as files; b"" for what is too broken to be written again."""
    for part in filter(_is_letter, parts):
        inner = part.get_payload()
        letter = inner[0] if isinstance(inner, list) and inner else None
        if not isinstance(letter, EmailMessage):
            continue
        try:
            data = letter.as_bytes()
        except (*_BROKEN, MessageError):
            data = b""
        yield _name(part) or f"{_header(letter, 'subject')[:100] or 'message'}.eml", data


def _plain(part: EmailMessage, path: Path) -> str:
    """The text of a part: by its own encoding, guessed where it names none that there is."""
    data = _bytes(part)
    if not data:
        return ""
    if charset := _charset(part):
        try:
            return data.decode(charset, "replace").replace("\r\n", "\n")
        except (LookupError, ValueError):
            pass  # no such encoding: it is guessed
    try:
        return decode(data, path).text
    except Unreadable:
        return ""


def _bytes(part: EmailMessage) -> bytes:
    """What a part holds, its transfer encoding undone, as much of it as is looked at; b"" for what is too broken."""
    try:
        found = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return found[:MAX_TEXT] if isinstance(found, bytes) else b""


def _charset(part: EmailMessage) -> str:
    """The encoding that a part names, the wider one that is meant by it; "" for none, and for ASCII."""
    try:
        charset = (part.get_content_charset() or "").lower()
    except _BROKEN:
        return ""
    return "" if charset in ("us-ascii", "ascii") else wider(charset)


def _headed(line: str, after: str, then: str) -> bool:
    """Whether three lines begin the head over the letter that is answered: Outlook's, or one that was broken in two.

    Forms on web pages have lines "From" and "Date" as well; they name nobody to whom they go.
    """
    outlook = _FROM.match(line[:300]) and _SENT.match(after[:300]) and _TO.match(then[:300])
    return bool(outlook) or bool(after.strip() and _WROTE.match(f"{line[:150]} {after[:150]}"))


def _own(text: str) -> str:
    """What the sender wrote, without the letter that it answers; all of it where nothing else would be left."""
    kept: list[str] = []
    lines = text.split("\n")
    for line, after, then in zip(lines, [*lines[1:], ""], [*lines[2:], "", ""], strict=False):
        if any(pattern.match(line[:300]) for pattern in (_WROTE, *_QUOTED)) or _headed(line, after, then):
            break
        if not line.startswith(">"):
            kept.append(line.rstrip())
    own = "\n".join(kept).strip()
    return own or text.strip()
