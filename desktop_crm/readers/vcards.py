"""A vCard or jCard file → a table of contacts, a card a row, with the whole cards beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from desktop_crm.domain.cards import Card, Cards, Place
from desktop_crm.domain.errors import N_
from desktop_crm.readers import jcards, vcard_lines
from desktop_crm.readers.encoding import decode
from desktop_crm.readers.header import column_names
from desktop_crm.readers.kinds import closed
from desktop_crm.readers.raw import Chunk, Ending, Piece, RawTable, ReadOptions, Unreadable
from desktop_crm.readers.vcard_cards import whole
from desktop_crm.readers.vcard_lines import Raw
from desktop_crm.readers.vcard_text import Texts

BROKEN = N_("Some cards are broken and were left out; the check says which.")
NO_CARD = N_("“{name}” holds no contact card that could be read; export the contacts again.")

COLUMNS: dict[str, Callable[[Card], str]] = {
    "Name": lambda card: card.name,
    "Kind": lambda card: card.kind,
    "Company": lambda card: card.company,
    "Department": lambda card: card.department,
    "Job title": lambda card: card.title,
    "Role": lambda card: card.role,
    "E-mails": lambda card: "\n".join(card.reached("email")),
    "Phones": lambda card: "\n".join(card.reached("phone")),
    "Web page": lambda card: next(iter(card.reached("web")), ""),
    "Address": lambda card: _place(card).street,
    "City": lambda card: _place(card).city,
    "State": lambda card: _place(card).region,
    "Postcode": lambda card: _place(card).postcode,
    "Country": lambda card: _place(card).country,
    "Nickname": lambda card: card.nickname,
    "Birthday": lambda card: card.birthday,
    "Tags": lambda card: "; ".join(card.tags),
    "Notes": lambda card: card.note,
    "UID": lambda card: card.uid,
}
"""The columns of such a table that have a field, and their cells; further ones are titled by what they hold."""


def pieces(path: Path, options: ReadOptions) -> Iterator[Piece]:
    """The table of a file of cards: its head with the cards, the rows, the ending; raises Unreadable for no card."""
    cards, texts = _read(path, options.encoding)
    if not cards.whole:
        raise Unreadable(NO_CARD, name=path.name)
    numbers = list(islice(cards.whole, options.limit_rows or None))
    shown = [cards.whole[number] for number in numbers]
    cells = {title: [text(card) for card in shown] for title, text in COLUMNS.items()}
    cells = {title: texts for title, texts in cells.items() if title == "Name" or any(texts)}
    titles = dict.fromkeys(title for card in shown for title, _ in card.more)
    names = column_names([*cells, *titles], len(cells) + len(titles))
    rest = [[_more(card, title) for card in shown] for title in titles]
    rows = list(zip(*cells.values(), *rest, strict=True))
    yield RawTable(str(path), "", (), texts.encoding, "", 0, names, (), (), cards=cards)
    yield Chunk(numbers, rows)
    yield Ending((*texts.notes, *((BROKEN,) if cards.broken else ())))


def read(path: Path, encoding: str = "") -> tuple[Cards, str]:
    """The cards of a file, and the encoding of those texts that name none; Unreadable for an unknown encoding."""
    cards, texts = _read(path, encoding)
    return cards, texts.encoding


def _read(path: Path, encoding: str) -> tuple[Cards, Texts]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise closed(path, error) from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:200]:
        data = decode(data, path).text.encode()
    raws = _raws(data.removeprefix(b"\xef\xbb\xbf"), path)
    texts = Texts(raws, path, encoding)
    return whole(raws, texts), texts


def _raws(data: bytes, path: Path) -> list[Raw]:
    if data.lstrip()[:1] != b"[":
        return list(vcard_lines.raw_cards(data))
    try:
        return list(jcards.raw_cards(data))
    except (ValueError, RecursionError):
        raise Unreadable(NO_CARD, name=path.name) from None


def _place(card: Card) -> Place:
    return next(iter(card.places), Place())


def _more(card: Card, title: str) -> str:
    return "\n".join(text for known, text in card.more if known == title)
