"""Step 2: what the rows are, and how the file is written; the first rows as they stand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.importing import KINDS, shapes
from desktop_crm.readers import RawTable
from desktop_crm.services.importing.cards import KINDS as CARD_KINDS
from desktop_crm.services.importing.cells import text_of
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Cell, CellsModel, PlainTable
from desktop_crm.ui.importing.session import SAMPLE_ROWS, Session
from desktop_crm.ui.importing.step_page import StepPage
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

_RAW_ROWS = 50


class KindChip(Chip):
    """A chip that Enter passes by: it leads to the next step, Space and the arrow keys choose."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class KindPage(StepPage):
    """Chips for the kind, choices for sheet, encoding, delimiter and headings, and the raw rows below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.chips = {kind: KindChip(phrases.kind_title(kind)) for kind in KINDS}
        self._group = ChipGroup(list(self.chips.values()), self)
        for kind, chip in self.chips.items():
            chip.toggled.connect(lambda on, kind=kind: self._choose(kind) if on else None)
        self.choices: dict[str, Choice] = {}
        self._labelled = {
            "sheet": self._choice("sheet", tr(N_("Sheet"))),
            "encoding": self._choice("encoding", tr(N_("Encoding"))),
            "delimiter": self._choice("delimiter", tr(N_("Between cells"))),
            "header_row": self._choice("header_row", tr(N_("Headings"))),
        }
        self.apart = Choice()
        self.apart.setAccessibleName(tr(N_("Persons of no company")))
        self.apart.setMinimumContentsLength(18)
        self.apart.set_options(((True, tr(N_("become customers"))), (False, tr(N_("become contacts")))))
        self.apart.picked.connect(lambda value: session.choose_apart(bool(value)))
        self._labelled["apart"] = QWidget()
        self._labelled["apart"].setLayout(row(Dim(tr(N_("Persons of no company"))), self.apart, gap=8))
        self.model = CellsModel(self)
        self.raw = PlainTable(tr(N_("The file’s first rows")))
        self.raw.setModel(self.model)
        self.shape = Label("", strong=True)
        self._count, self._notes = Dim(""), Label("", 12, tone="warn", wrap=True)
        self.why = Label("", tone="bad", wrap=True)
        self._lay_out()
        session.sampled.connect(self._show)
        session.refused.connect(self._refuse)

    def _lay_out(self) -> None:
        kinds, ways = QWidget(), QWidget()
        for part, gap, inner in ((kinds, 8, self.chips.values()), (ways, 16, self._labelled.values())):
            flow = FlowLayout(part, gap)
            for widget in inner:
                flow.addWidget(widget)
        panel = Panel()
        head = column(self.shape, kinds, ways, self.why, self._notes, gap=10, margins=(16, 14, 16, 12))
        rows = row(Label(tr(N_("The file’s first rows")), strong=True), None, self._count, margins=(16, 8, 16, 6))
        whole = column(head, Hairline(), rows, Hairline(), self.raw, gap=0)
        whole.setStretchFactor(self.raw, 1)
        panel.setLayout(whole)
        self.setLayout(column(panel))

    def title(self) -> str:
        """What stands above the step."""
        return tr(N_("What is in {file}?"), file=self.session.path.name)

    def can_go_on(self) -> bool:
        """Once the rows can be read and the kind is chosen."""
        return self.session.sample is not None and bool(self.session.kind) and not self.why.text()

    def first(self) -> QWidget:
        """The chip that is on."""
        return self.chips.get(self.session.kind) or self.chips[KINDS[0]]

    def enter(self) -> None:
        """Show the sample."""
        self._show()

    def _choice(self, key: str, title: str) -> QWidget:
        choice = Choice()
        choice.setAccessibleName(title)
        choice.setMinimumContentsLength(22 if key == "encoding" else 14)
        choice.picked.connect(lambda value: self._pick(key, value))
        self.choices[key] = choice
        part = QWidget()
        part.setLayout(row(Dim(title), choice, gap=8))
        return part

    def _choose(self, kind: str) -> None:
        self.session.choose_kind(kind)
        if self.session.sample is not None:
            self._show_cards(self.session.sample)
        self.changed.emit()

    def _pick(self, key: str, value: object) -> None:
        self._refuse("")
        self.session.reread(**{key: value})

    def _show(self) -> None:
        table = self.session.sample
        if table is None:
            return
        if self.session.kind in self.chips:
            self.chips[self.session.kind].setChecked(True)
        shape = shapes.recognised(table.columns)
        self.shape.setText(phrases.shape_of(shape.code) if shape else "")
        self.shape.setVisible(shape is not None)
        self._show_ways(table)
        notes = " ".join(tr(note) for note in table.notes)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        self._refuse("")
        more = len(table.rows) >= SAMPLE_ROWS
        self._count.setText(tr(N_("{columns} columns, more than {rows} rows") if more else
                               N_("{columns} columns, {rows} rows"), columns=current().number(len(table.columns)),
                               rows=current().number(len(table.rows))))
        rows = zip(table.lines[:_RAW_ROWS], table.rows[:_RAW_ROWS], strict=True)
        self.model.show([tr(N_("Line")), *table.columns],
                        [(Cell(current().number(line), "dim", at_end=True), *(_raw(value) for value in cells))
                         for line, cells in rows])
        self.raw.fit()

    def _show_ways(self, table: RawTable) -> None:
        options = self.session.options
        text = not table.sheets
        for key, offered in (
            ("sheet", tuple((name, name) for name in table.sheets)),
            ("encoding", phrases.encodings(None if options.encoding else table.encoding)),
            ("delimiter", phrases.delimiters(None if options.delimiter else table.delimiter)),
            ("header_row", phrases.headings(None if options.header_row else table.header_row)),
        ):
            self.choices[key].set_options(offered)
            self.choices[key].set_value(getattr(options, key) or (table.sheet if key == "sheet" else
                                                                 0 if key == "header_row" else ""))
        self._labelled["sheet"].setVisible(len(table.sheets) > 1)
        self._labelled["encoding"].setVisible(text)
        self._labelled["delimiter"].setVisible(text and table.cards is None)
        self._labelled["header_row"].setVisible(table.cards is None)
        self._show_cards(table)

    def _show_cards(self, table: RawTable) -> None:
        """Of contact cards only what they can be, and what becomes of persons whom no company is named for."""
        for kind, chip in self.chips.items():
            chip.setVisible(table.cards is None or kind in CARD_KINDS)
        self.apart.set_value(self.session.apart)
        self._labelled["apart"].setVisible(table.cards is not None and self.session.kind == "contacts")

    def _refuse(self, sentence: str) -> None:
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))
        self.changed.emit()


def _raw(value: Any) -> Cell:
    at_end = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(text_of(value), at_end=at_end)


