"""What papers are made of: the head with logo and names, who to whom, the figure that counts, the sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_crm.domain.documents import Party
from desktop_crm.domain.errors import N_
from desktop_crm.export.documents_sheet import LEADING, Sheet
from desktop_crm.export.paper import MARGIN

NAME, TEXT, NOTE = 12.5, 9.0, 8.5
_LOGO = (170.0, 54.0)
_TITLES = (24.0, 22.0, 20.0, 18.0)
_LEFT, _BESIDE = 0.54, 0.42  # shares of the width: who gives the paper; what it is, the facts and the sums
_EDGE = 7.0


class Figure(NamedTuple):
    """A labelled value of a band; `large` is the one that counts."""

    label: str
    value: str
    large: bool = False
    colour: str = "text"


def letterhead(sheet: Sheet, seller: Party, title: str, number: str, void: str) -> None:
    """Logo, name and numbers of who gives the paper; beside them what it is and its number."""
    width, beside = sheet.inner * _LEFT, sheet.inner * _BESIDE
    left = MARGIN - 6
    if sheet.logo is not None:
        across, high = sheet.logo.within(*_LOGO)
        sheet.place_logo(sheet.left, left, across, high)
        left += high + 8
    left = sheet.text(sheet.left, left, width, seller.title, NAME, bold=True, most=8)
    left = _details(sheet, sheet.left, left + 2, width, seller, "dim")
    size = next((size for size in _TITLES if sheet.type.piece(title, size, True).width <= beside), _TITLES[-1])
    right = sheet.text(sheet.right, MARGIN - 12, beside, title, size, bold=True, colour="accent", align="end", most=3)
    if number:
        right = sheet.text(sheet.right, right, beside, number, 11, bold=True, align="end", most=3)
    if void:
        right = sheet.text(sheet.right, right + 2, beside, void, 11, bold=True, colour="bad", align="end", most=2)
    sheet.top = max(left, right) + 10
    sheet.rule(sheet.top, "accent", 1.2)
    sheet.top += 16


def _details(sheet: Sheet, x: float, top: float, width: float, party: Party, colour: str) -> float:
    """The lines under a name: how people call it, the address, phone and e-mail, the numbers."""
    called = party.name if party.invoice_title and party.invoice_title != party.name else ""
    numbers = [f"{label} {number}".strip() for label, number in party.numbers]
    lines = [called, *party.address, *together(sheet, [party.phone, party.email], width),
             *together(sheet, numbers, width)]
    for line in filter(str.strip, lines):
        top = sheet.text(x, top, width, line, NOTE, colour=colour, most=4)
    return top


def together(sheet: Sheet, parts: Sequence[str], width: float) -> list[str]:
    """The parts on as few lines as they fit, each part whole."""
    lines: list[str] = []
    for part in filter(None, parts):
        joined = f"{lines[-1]}  ·  {part}" if lines else part
        if lines and sheet.type.piece(joined, NOTE).width <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def parties(sheet: Sheet, label: str, party: Party | None, facts: Sequence[tuple[str, str]]) -> None:
    """Who the paper is for, and beside it the facts as pairs of label and value."""
    width = sheet.inner * _LEFT
    top = sheet.text(sheet.left, sheet.top, width, label, 8, colour="dim", most=2)
    if party is None:
        left = sheet.text(sheet.left, top, width, sheet.say(N_("Walk-in customer")), 11, most=2)
    else:
        left = sheet.text(sheet.left, top + 1, width, party.title, 11, bold=True, most=8)
        left = _details(sheet, sheet.left, left + 1, width, party, "text")
    right = sheet.top
    for name, value in facts:
        if value:
            right = pair(sheet, sheet.right - sheet.inner * _BESIDE, right + 1, name, value)
    sheet.top = max(left, right) + 16


def pair(sheet: Sheet, x: float, top: float, label: str, value: str, size: float = TEXT, *, bold: bool = False,
         ink: str = "dim", edge: float = 0.0, whole: bool = False, draw: bool = True) -> float:
    """A label at `x` (in `ink` unless bold) and its value at the right margin, both wrapped where they are long.

    A `whole` value, an amount, is never parted: a very long one stands below its label, smaller at need.
    Gives where the next thing may begin; `draw` off only measures.
    """
    room = sheet.right - edge - x - 10
    natural = sheet.type.piece(value, size, bold).width + 0.1
    words = sheet.type.piece(label, size, bold).width + 0.1
    below = whole and words + natural > room and natural > 0.6 * room
    if below:
        values = [sheet.type.piece(value, size * min(1.0, (room + 10) / natural), bold)]
        labels = sheet.type.wrap(label, room + 10, size, bold, most=6)
    else:
        share = room - words if words < room / 2 else max(room / 2, room - natural)
        values = sheet.type.wrap(value, natural if whole else max(min(natural, share), room / 3), size, bold, most=6)
        labels = sheet.type.wrap(label, room - max(piece.width for piece in values), size, bold, most=6)
    down = size * LEADING * len(labels) if below else 0.0
    if draw:
        sheet.set(x, top, labels, size, "text" if bold else ink)
        sheet.set(sheet.right - edge, top + down, values, size, "text", "end")
    return top + max(size * LEADING * len(labels), down + size * LEADING * len(values))


def band(sheet: Sheet, figures: Sequence[Figure]) -> None:
    """Figures side by side on a soft ground; the large one takes what the others leave."""
    height = 46.0
    sheet.need(height + 8)
    sheet.box(sheet.left, sheet.top, sheet.inner, height, "accent_soft")
    sheet.box(sheet.left, sheet.top, 3, height, "accent")
    widths = _shares(sheet, figures)
    x = sheet.left + 14
    for place, (figure, width) in enumerate(zip(figures, widths, strict=True)):
        last = place and figure.large  # then it stands over the last column of what follows
        side, align = (sheet.right - _EDGE, "end") if last else (x, "start")
        sheet.text(side, sheet.top + 7, width, figure.label, 8, colour="dim", align=align, most=1)
        sizes = (16.0, 14.0, 12.0, 10.5, 9.0, 8.0, 7.0) if figure.large else (10.5, 9.0, 8.0, 7.0)
        size = next((size for size in sizes if sheet.type.piece(figure.value, size, True).width <= width), 6.0)
        sheet.text(side, sheet.top + 36 - size * 1.08, width, figure.value, size, bold=True, align=align, most=1,
                   colour="accent_hover" if figure.large else figure.colour)
        x += width + 14
    sheet.top += height + 14


def _shares(sheet: Sheet, figures: Sequence[Figure]) -> list[float]:
    """Each figure's width: what it needs, and an even part of what is left."""
    needs = [max(sheet.type.piece(figure.label, 8).width,
                 sheet.type.piece(figure.value, 16 if figure.large else 10.5, True).width) for figure in figures]
    room = sheet.inner - 14 * (len(figures) + 1)
    if sum(needs) > room:
        return [need * room / sum(needs) for need in needs]
    return [need + (room - sum(needs)) / len(needs) for need in needs]


def totals(sheet: Sheet, rows: Sequence[tuple[str, str, str]]) -> None:
    """The sums at the right: label, value and kind ("" plain, "total" on a soft ground, "strong" bold)."""
    sheet.need(len(rows) * TEXT * LEADING * 1.3 + 20)
    x = sheet.right - sheet.inner * _BESIDE - _EDGE
    for label, value, kind in rows:
        size = 11.5 if kind == "total" else TEXT
        if kind == "total":
            _ground(sheet, x, label, value, size)
        else:
            sheet.top = pair(sheet, x + _EDGE, sheet.top + 2, label, value, size, bold=kind == "strong", edge=_EDGE,
                             whole=True)
    sheet.top += 14


def _ground(sheet: Sheet, x: float, label: str, value: str, size: float) -> None:
    """The total on its ground, which is as high as the label's lines."""
    height = pair(sheet, x + _EDGE, 0.0, label, value, size, bold=True, edge=_EDGE, whole=True, draw=False) + 9
    sheet.need(height + 5)
    sheet.top += 5
    sheet.box(x, sheet.top, sheet.right - x, height, "accent_soft")
    pair(sheet, x + _EDGE, sheet.top + 4, label, value, size, bold=True, edge=_EDGE, whole=True)
    sheet.top += height + 3


def paragraph(sheet: Sheet, heading: str, text: str) -> None:
    """A text of the user's under its heading, its own line breaks kept."""
    if text.strip():
        lines = len(sheet.type.wrap(text.strip(), sheet.inner, NOTE, most=3))
        sheet.need((1 + lines) * NOTE * LEADING)
        sheet.top = sheet.text(sheet.left, sheet.top, sheet.inner, heading, NOTE, bold=True, most=2)
        sheet.flow(text.strip(), NOTE, "dim")
        sheet.top += 10


def signatures(sheet: Sheet, labels: Sequence[tuple[str, str]]) -> None:
    """Lines to sign on, side by side: a name over the line (may be empty) and what the signature says under it."""
    width, gap = sheet.inner * _BESIDE, sheet.inner * (1 - 2 * _BESIDE)
    names = [sheet.type.wrap(name, width, TEXT, most=4) if name else [] for name, _ in labels]
    room = max(len(pieces) for pieces in names) * TEXT * LEADING
    sheet.need(room + 70)
    y, x = sheet.top + max(34, room + 20), sheet.left if len(labels) > 1 else sheet.right - width
    for pieces, (_, label) in zip(names, labels, strict=True):
        sheet.set(x, y - len(pieces) * TEXT * LEADING - 1, pieces, TEXT)
        sheet.line(x, y + 1, x + width, y + 1, "faint", 0.6, dashed=False)
        sheet.text(x, y + 4, width, label, 8, colour="dim", most=4)
        x += width + gap
    sheet.top = y + 50
