"""What stands above a report's tables on paper: figures as cards, the chart, the lists that need you."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.export.cells import shown
from desktop_crm.export.paper import BASE, SMALL, Paper
from desktop_crm.export.typeset import Piece
from desktop_crm.reports.report import Chart, Figure, Line, Rect, Section, Text

_GAP = 8.0
_PAD = 8.0
_VALUES = (16.0, 15.0, 14.0, 13.0, 12.0)  # sizes of a card's figure, the largest that fits
_LEGIBLE = 6.5                            # the smallest letters of a chart, however it is scaled
_CHART_SHARE = 0.68                       # of the width, where a list stands beside the chart
_LEADING, _BETWEEN = BASE * 1.3, 3.0      # of a list's lines, and between its sentences

Item = tuple[list[Piece], str]
"""A sentence of a list: its lines and the token of its colour."""


def figures(paper: Paper, given: Sequence[Figure]) -> None:
    """The figures as rows of cards: title, value, comparison."""
    if not given:
        return
    values = [shown(figure.value, figure.type, paper.report.currency, paper.language, symbol=True)
              for figure in given]
    across, size = _cards(paper, values)
    width = (paper.inner - _GAP * (across - 1)) / across
    for start in range(0, len(given), across):
        row = range(start, min(start + across, len(given)))
        titles = [paper.type.wrap(given[place].title, width - 2 * _PAD, SMALL, most=2) for place in row]
        notes = [paper.type.wrap(given[place].note, width - 2 * _PAD, SMALL, most=2) for place in row]
        height = _card_height(titles, notes, size)
        paper.need(height)
        for column, place in enumerate(row):
            x = paper.left + column * (width + _GAP)
            paper.card(x, paper.top, width, height)
            value = paper.type.fit(values[place], width - 2 * _PAD, size, True)
            _card(paper, x + _PAD, titles[column], value, size, notes[column], given[place].tone)
        paper.top += height + _GAP
    paper.top += 6


def _cards(paper: Paper, values: Sequence[str]) -> tuple[int, float]:
    """How many cards stand in a row, and how large their values are: the most that fit uncut."""
    most = 6 if paper.width > paper.height else 5
    for across in range(min(most, len(values)), 0, -1):
        across = -(-len(values) // -(-len(values) // across))  # rows of even length
        room = (paper.inner - _GAP * (across - 1)) / across - 2 * _PAD
        for size in _VALUES:
            if all(paper.type.piece(value, size, True).width <= room for value in values):
                return across, size
    return 1, _VALUES[-1]


def _card_height(titles: Sequence[Sequence[Piece]], notes: Sequence[Sequence[Piece]], size: float) -> float:
    lines = max(len(title) for title in titles)
    under = max((len(note) for note in notes if note[0].width), default=0)
    return 2 * _PAD + lines * SMALL * 1.3 + size * 1.25 + under * SMALL * 1.3 + (2 if under else -2)


def _card(paper: Paper, x: float, title: Sequence[Piece], value: Piece, size: float,
          note: Sequence[Piece], tone: str) -> None:
    y = paper.top + _PAD - 3
    for piece in title:
        y += SMALL * 1.3
        paper.put(x, y, piece, "dim")
    y += size * 1.25
    paper.put(x, y, value)
    y += 3
    for piece in note:
        y += SMALL * 1.3
        paper.put(x, y, piece, tone or "dim")


def picture(paper: Paper, chart: Chart | None, sections: Sequence[Section]) -> None:
    """The chart with the first list beside it, the other lists below in rows of three."""
    rest = list(sections)
    if chart is not None:
        beside = rest.pop(0) if rest else None
        width = paper.inner * _CHART_SHARE if beside else paper.inner
        _row(paper, [(chart, width), *([(beside, paper.inner - width - _GAP)] if beside else [])])
    for start in range(0, len(rest), 3):
        row = rest[start:start + 3]
        _row(paper, [(section, (paper.inner - _GAP * (len(row) - 1)) / len(row)) for section in row])


def _row(paper: Paper, cards: Sequence[tuple[Chart | Section, float]]) -> None:
    """Cards side by side, as high as the highest."""
    listed = {place: _items(paper, card, width - 2 * _PAD)
              for place, (card, width) in enumerate(cards) if isinstance(card, Section)}
    heights = [_chart_height(card, width) if isinstance(card, Chart) else _list_height(listed[place])
               for place, (card, width) in enumerate(cards)]
    height, x = max(heights), paper.left
    paper.need(height)
    for place, (card, width) in enumerate(cards):
        paper.card(x, paper.top, width, height)
        room = width - 2 * _PAD
        title = paper.type.fit(card.title, room, 10, True)
        paper.put(x + _PAD, paper.top + _PAD + 8, title)
        if isinstance(card, Chart):
            note = paper.type.fit(card.note, room - title.width - _GAP, SMALL)
            paper.put(x + width - _PAD, paper.top + _PAD + 8, note, "dim", "end")
            _shapes(paper, card, x + _PAD, paper.top + _PAD + 20, room / card.width)
        else:
            _list(paper, x + _PAD, listed[place])
        x += width + _GAP
    paper.top += height + _GAP + 6


def _chart_height(chart: Chart, width: float) -> float:
    return chart.height * (width - 2 * _PAD) / chart.width + 2 * _PAD + 20


def _shapes(paper: Paper, chart: Chart, x: float, y: float, scale: float) -> None:
    """The chart's shapes, scaled; they stand left to right in every language."""
    with paper.unmirrored(x, chart.width * scale) as left:
        for shape in chart.shapes:
            match shape:
                case Rect():
                    paper.box(left + shape.x * scale, y + shape.y * scale, shape.width * scale,
                              shape.height * scale, shape.fill)
                case Line():
                    paper.line(left + shape.x1 * scale, y + shape.y1 * scale, left + shape.x2 * scale,
                               y + shape.y2 * scale, shape.stroke, shape.width * scale, shape.dashed)
                case Text():
                    size = max(_LEGIBLE, round(shape.size * scale, 1))
                    piece = paper.type.piece(shape.text, size, shape.bold)
                    paper.put(left + shape.x * scale, y + shape.y * scale, piece, shape.fill, shape.anchor)


def _items(paper: Paper, section: Section, width: float) -> list[Item]:
    """The list's sentences as lines, with their colours; a sentence may take three."""
    items = section.items or ((section.empty, None, "dim"),)
    return [(paper.type.wrap(sentence, width, BASE, most=3), tone or "text")
            for sentence, _, tone in items if sentence]


def _list_height(items: Sequence[Item]) -> float:
    return 2 * _PAD + 14 + sum(len(pieces) * _LEADING + _BETWEEN for pieces, _ in items)


def _list(paper: Paper, x: float, items: Sequence[Item]) -> None:
    y = paper.top + _PAD + 12
    for pieces, tone in items:
        y += _BETWEEN
        for piece in pieces:
            y += _LEADING
            paper.put(x, y, piece, tone)
