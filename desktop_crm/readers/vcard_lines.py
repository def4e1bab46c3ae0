"""The bytes of a vCard file → cards of properties: lines unfolded, parameters parted, values still in bytes.

Written here because no library reads what phones and old programs write: soft line breaks, bare parameters,
undeclared charsets, pictures without indentation, and one broken card among good ones.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from desktop_crm.domain.errors import N_

UNCLOSED = N_("The card has a beginning and no end; {fate}.")
_BEGIN = re.compile(r"(?:\xef\xbb\xbf|[\s\x1a])*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(r"\s*END\s*:\s*VCARD[\s\x1a]*", re.IGNORECASE)
_GLUED = re.compile(  # files that were put together without a line's end between them, with or without their marks
    r"^([ \t]*END[ \t]*:[ \t]*VCARD)(?=(?:\xef\xbb\xbf|[ \t\x1a])*BEGIN[ \t]*:[ \t]*VCARD)",
    re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(r"(?!(?:https?|ftp)://)(?:([A-Za-z0-9_-]+)\.)?(X-[A-Z0-9_/-]+|[A-Z][A-Z0-9_-]*)\s*(?=[;:])",
                   re.IGNORECASE)
_OWN_TYPE = re.compile(r"X-CUSTOM\(CHARSET=([^,]*),ENCODING=QUOTED-PRINTABLE,(.*)\)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_OLD = re.compile(r"VERSION\s*:\s*2\.1\s*", re.IGNORECASE)
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT", "Q"}
_UNDONE = {"B": "BASE64", "BASE64": "BASE64", "Q": "QUOTED-PRINTABLE", "QUOTED-PRINTABLE": "QUOTED-PRINTABLE"}
_PLACES = {"URL", "INLINE", "CONTENT-ID", "CID"}
_CARET = re.compile(r"\^[n'^]")
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}


@dataclass(slots=True)
class Property:
    """One property. `value` holds a byte in each character; `params` are by upper-case name, TYPE's also bare ones."""

    name: str
    value: str
    group: str = ""
    params: dict[str, list[str]] = field(default_factory=dict)

    @property
    def encoding(self) -> str:
        """QUOTED-PRINTABLE, BASE64 or ""."""
        return _UNDONE.get(self.param("ENCODING").upper(), "")

    @property
    def types(self) -> list[str]:
        """What its TYPE says, in lower case."""
        return [item.lower() for item in self.written_types]

    @property
    def written_types(self) -> list[str]:
        """What its TYPE says, as it is written."""
        said = ",".join(self.params.get("TYPE", ()))
        return [part.strip() for part in said.split(",") if part.strip()]

    def param(self, name: str) -> str:
        """The first value of a parameter, "" if it has none."""
        return next(iter(self.params.get(name, ())), "")


@dataclass(slots=True)
class Raw:
    """A card of properties: its number in the file (from 1), whether it is of version 2.1, and why it is broken."""

    number: int
    old: bool = False
    properties: list[Property] = field(default_factory=list)
    why: str = ""


def raw_cards(data: bytes) -> Iterator[Raw]:
    """The cards of a file in its order; one inside another belongs to the outer one, as its AGENT."""
    card: list[str] | None = None
    agents: list[list[str]] = []
    number = depth = 0
    text = data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    for line in _GLUED.sub("\\1\n", text).split("\n"):
        if _BEGIN.fullmatch(line):
            if card is not None and _inner(card):
                agents += [] if depth else [[]]
                depth += 1
                continue
            if card is not None:
                yield Raw(number, why=UNCLOSED)
            card, agents, number, depth = [], [], number + 1, 0
        elif card is not None and _END.fullmatch(line):
            if depth:
                depth -= 1
                continue
            yield _raw(number, card, agents)
            card = None
        elif card is not None:
            (agents[-1] if depth else card).append(line)
    if card is not None:
        yield Raw(number, why=UNCLOSED)


def _inner(card: list[str]) -> bool:
    """Whether the last line that says something asks for a card inside this one."""
    last = next((line for line in reversed(card) if line.strip()), "")
    return last.upper().startswith("AGENT") and last.rstrip().endswith(":")


def _raw(number: int, lines: list[str], agents: Iterable[list[str]] = ()) -> Raw:
    made = Raw(number, old=any(_OLD.fullmatch(line) for line in lines))
    for line in _logical(lines, made.old):
        found = _property(line)
        if found is not None:
            made.properties.append(found)
        elif line.strip() and made.properties:
            made.properties[-1].value += "\n" + line.strip()  # a text that was broken into lines without a sign
    written = (_ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], item.value).split("\n")
               for item in made.properties if item.name == "AGENT" and "BEGIN:VCARD" in item.value.upper())
    made.properties += [item for agent in (*agents, *list(written)) for item in _agent(agent)]
    return made


def _agent(lines: list[str]) -> Iterator[Property]:
    """Who acts for the person of a card, and how to reach them: properties "AGENT-FN", "AGENT-TEL" …"""
    found = _raw(0, lines).properties
    named = "FN" if any(item.name == "FN" for item in found) else "N"
    for item in found:
        if item.name in (named, "ORG", "TEL", "EMAIL"):
            yield replace(item, name=f"AGENT-{'FN' if item.name == named else item.name}", group="")


class _Line:
    """A logical line in the making."""

    def __init__(self, text: str) -> None:
        upper = text.partition(":")[0].upper()
        self.printable = "QUOTED-PRINTABLE" in upper
        self.binary = bool(re.search(r"[;=](BASE64|B)(;|$)", upper))
        self._texts, self._more, self._open = [text], list[str](), self.printable and text.endswith("=")

    def takes(self, line: str, old: bool) -> bool:
        """Take a physical line that goes on with this one; False where it does not."""
        if self._open:
            self._more.append(line)
            self._open = line.endswith("=")
        elif self.binary and (not line.strip() or _BASE64.fullmatch(line.strip())):
            self.binary = bool(line.strip())  # a blank line ends it
            self._texts.append(line.strip())
        elif line[:1] in (" ", "\t"):
            self._texts.append(line.lstrip() if self.binary else line if old and not self._more else line[1:])
        else:
            return False
        return True

    def whole(self) -> str:
        """The line; what goes on after a soft break keeps its blanks, unless every such line was indented by one."""
        folded = self._more and all(line[:1] in (" ", "\t") for line in self._more if line)
        texts = ["".join(self._texts), *(line[1:] if folded else line for line in self._more)]
        return "".join([*(text.removesuffix("=") for text in texts[:-1]), texts[-1]])


def _logical(lines: list[str], old: bool) -> Iterator[str]:
    current: _Line | None = None
    for line in lines:
        if current is not None and current.takes(line, old):
            continue
        if current is not None:
            yield current.whole()
        current = _Line(line)
    if current is not None:
        yield current.whole()


def _property(line: str) -> Property | None:
    """The property of a logical line; None where the line is none."""
    head = _HEAD.match(line.lstrip())
    if head is None:
        return None
    rest = line.lstrip()[head.end():]
    end = _outside_quotes(rest, ":")
    if end < 0:
        return None
    made = Property(head[2].upper(), rest[end + 1:], (head[1] or "").lower())
    for part in _parts(rest[:end], ";"):
        _add(made, part.strip())
    return made


def _outside_quotes(text: str, sign: str) -> int:
    """Where `sign` stands first outside of quotation marks; the first at all where they do not pair."""
    quoted = False
    for place, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == sign and not quoted:
            return place
    return text.find(sign)


def _parts(text: str, sign: str) -> list[str]:
    parts: list[str] = []
    while text:
        end = _outside_quotes(text, sign)
        if end < 0:
            return [*parts, text]
        parts.append(text[:end])
        text = text[end + 1:]
    return parts


def _add(made: Property, param: str) -> None:
    """A parameter with its name, or bare as version 2.1 writes it."""
    if not param:
        return
    if (named := _OWN_TYPE.fullmatch(param)) is not None:  # a label of the user's own, as old phones wrote it
        made.params.setdefault("TYPE", []).append(f"X-{_text(a2b_qp(named[2].encode('latin-1')), named[1])}")
        return
    name, sign, value = param.partition("=")
    name = name.strip().upper()
    if not sign:
        value, name = param, "ENCODING" if name in _ENCODINGS else "VALUE" if name in _PLACES else "TYPE"
    made.params.setdefault(name, []).extend(
        _CARET.sub(lambda found: _CARETS[found[0]], _text(part.strip().strip('"').encode("latin-1")))
        for part in _parts(value, ","))


def _text(data: bytes, charset: str = "utf-8") -> str:
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return data.decode("latin-1")
