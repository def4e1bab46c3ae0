"""An address book on paper: a line a customer, how to reach them beside, the people to talk to below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from desktop_crm import i18n, paths
from desktop_crm.domain.cards import LABELS, AddressBook, Card, Entry
from desktop_crm.domain.errors import N_
from desktop_crm.export.address_words import birthday, line_of, said, who
from desktop_crm.export.paper import BASE, SMALL, Paper
from desktop_crm.export.pdf import boxes
from desktop_crm.export.typeset import Piece
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Report

_NAMES, _GAP = 0.40, 14.0  # of the width: names at the left; points between the two sides
_NAME, _LEADING, _PAD = 10.0, 1.42, 5.0
_NOTE_LINES, _NAME_LINES = 12, 8


class _Line(NamedTuple):
    """One line of text: what is set, in which colour, and how far in."""

    piece: Piece
    colour: str = "text"
    inset: float = 0.0

    @property
    def height(self) -> float:
        """In points."""
        return self.piece.size * _LEADING


def write_pdf(book: AddressBook, entries: Iterable[Entry], path: Path, step: Callable[[], None] | None = None) -> None:
    """Write an address book as PDF, whole or not at all; `step` hears of each entry and may raise to stop."""
    words = i18n.language(book.language)
    told = words.count(N_("{n} entry"), N_("{n} entries"), book.count)
    paper = Paper(Report("addresses", book.title, book.business, "MYR", book.language, None, None, subtitle=told,
                         printed=book.made), words)
    paper.begin(landscape=False)
    for entry in entries:
        _draw(paper, _names(paper, entry.card), _details(paper, entry.card, words))
        for person in entry.people:
            _draw(paper, _names(paper, person, below=True), _details(paper, person, words))
        paper.rule(paper.top)
        if step is not None:
            step()
    if paper.type.missing:
        paper.top += 8
        for piece in paper.type.wrap(boxes(paper), paper.inner, BASE, most=12):
            paper.need(BASE * 1.5)
            paper.put(paper.left, paper.top + BASE, piece, "dim")
            paper.top += BASE * _LEADING
    paths.whole(path, lambda part: part.write_bytes(paper.finish()))


def _names(paper: Paper, card: Card, below: bool = False) -> list[_Line]:
    """The left side: the name, and what the person or company is."""
    inset = 14.0 if below else 0.0
    width = paper.inner * _NAMES - inset
    size = BASE if below else _NAME
    lines = [_Line(piece, "text", inset) for piece in
             paper.type.wrap(card.name, width, size, not below, most=_NAME_LINES)]
    for text in filter(None, (" · ".join(who(card, below)), " · ".join(card.tags))):
        lines += [_Line(piece, "dim", inset) for piece in paper.type.wrap(text, width, SMALL, most=_NAME_LINES)]
    return lines


def _details(paper: Paper, card: Card, words: Language) -> list[_Line]:
    """The right side: numbers, addresses, the birthday and the note."""
    width = paper.inner * (1 - _NAMES) - _GAP
    texts = [(way.value, said(way, words)) for way in card.ways]
    texts += [(line_of(place), words.say(LABELS.get(place.label, place.label)) if place.label else "")
              for place in card.places]
    if card.birthday:
        texts.append((birthday(card.birthday, words), words.say(N_("Birthday"))))
    lines: list[_Line] = []
    for text, label in texts:
        whole_text = f"{text}  ({label})" if label else text
        lines += [_Line(piece) for piece in paper.type.wrap(whole_text, width, BASE, most=_NAME_LINES)]
    if card.note:
        lines += [_Line(piece, "dim") for piece in paper.type.wrap(card.note, width, SMALL, most=_NOTE_LINES)]
    return lines


def _draw(paper: Paper, names: list[_Line], details: list[_Line]) -> None:
    """Set both sides from the cursor down; what is longer than a page goes on on the next."""
    height = max(sum(line.height for line in side) for side in (names, details)) + 2 * _PAD
    paper.need(min(height, 240.0))
    while names or details:
        names, left = _fill(paper, names, paper.left)
        details, right = _fill(paper, details, paper.left + paper.inner * _NAMES + _GAP)
        if names or details:
            paper.turn()
        else:
            paper.top = max(left, right) + _PAD


def _fill(paper: Paper, lines: list[_Line], x: float) -> tuple[list[_Line], float]:
    """Set the lines that fit on this page; what is left, and where the next thing may begin."""
    top = paper.top + _PAD
    for place, line in enumerate(lines):
        if top + line.height > paper.bottom and place:
            return lines[place:], top
        paper.put(x + line.inset, top + line.piece.size, line.piece, line.colour)
        top += line.height
    return [], top
