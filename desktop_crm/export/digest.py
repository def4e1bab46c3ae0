"""An evening report as lines: what the picture for a phone and the text for a messenger both say, in the same words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_crm import i18n
from desktop_crm.domain.errors import N_
from desktop_crm.export.cells import shown
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Figure, Report, Section, Table, ValueType


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what, how much, a remark, its tone as of a Figure; `share` (0..1) is progress to be drawn as a bar."""

    label: str
    value: str = ""
    note: str = ""
    tone: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading, with their total if they have one."""

    key: str
    title: str
    lines: tuple[Line, ...]
    total: Line | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """A report's heading, its figures, and its lists and tables as blocks."""

    business: str
    title: str
    day: str
    printed: str
    figures: tuple[Line, ...]
    blocks: tuple[Block, ...]


def digest(report: Report) -> Digest:
    """The report in lines, in its own language; the values are written as in its PDF."""
    write = _Writer(report)
    blocks = [write.table(table) for table in report.tables]
    blocks += [block for table in report.tables if (block := write.beside(table)) is not None]
    order = ("takings", "receivers", "needs", "late", "people")
    blocks += [write.section(section) for section in report.sections]
    return Digest(report.business, report.title, report.subtitle, report.printed,
                  tuple(write.figure(figure) for figure in report.figures),
                  tuple(sorted((block for block in blocks if block.lines),
                               key=lambda block: order.index(block.key) if block.key in order else len(order))))


class _Writer:
    """Writes the parts of one report."""

    def __init__(self, report: Report) -> None:
        self._currency = report.currency
        self._words: Language = i18n.language(report.language)

    def figure(self, figure: Figure) -> Line:
        return Line(figure.title, self._value(figure.value, figure.type), figure.note, figure.tone, figure.share)

    def section(self, section: Section) -> Block:
        return Block(section.key, section.title, tuple(Line(said, tone=tone) for said, _, tone in section.items))

    def table(self, table: Table) -> Block:
        """A table by the one column that matters most, what else a row has as its remark."""
        lines = tuple(self._row(table, row) for row in table.rows)
        total = replace(self._row(table, table.totals), share=None) \
            if table.totals is not None and len(table.rows) > 1 else None
        return Block(table.key, table.title, lines, total, table.note)

    def beside(self, table: Table) -> Block | None:
        """The receivers that stand beside each other in the table of the methods, as a block of their own."""
        if table.totals is None:
            return None
        lines = tuple(Line(column.title, self._value(value, column.type))
                      for column, value in zip(table.columns, table.totals, strict=True)
                      if column.key.startswith("receiver_"))
        return Block("receivers", self._words.say(N_("Takings by receiver")), lines) if lines else None

    def _row(self, table: Table, row: tuple[object, ...]) -> Line:
        cells = {column.key: (column.title, cell, column.type)
                 for column, cell in zip(table.columns, row, strict=True)}
        label = str(row[0]) if row[0] is not None else "—"
        main, notes = _SHOWN[table.key]
        share = cells["share"][1] if "share" in cells else None
        value = self._cell(cells, main)
        said = [f"{cells[key][0]}: {self._cell(cells, key)}" for key in notes if key in cells and cells[key][1]]
        return Line(label, value, " · ".join(said), share=share if isinstance(share, float) else None)

    def _cell(self, cells: dict[str, tuple[str, object, ValueType]], key: str) -> str:
        return self._value(cells[key][1], cells[key][2])

    def _value(self, value: object, kind: ValueType) -> str:
        return shown(value, kind, self._currency, self._words, symbol=True)  # type: ignore[arg-type]


_SHOWN = {
    "takings": ("amount", ()), "receivers": ("amount", ("cash",)),
    "people": ("won_amount", ("received", "target", "so_far", "done", "overdue")),
}
"""By table: the column that is written large, and those that stand in small letters below."""
