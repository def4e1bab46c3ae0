"""Step 3: which column becomes which field, by what rows find their records, and the first rows as they will be."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_crm.domain.importing import Preview
from desktop_crm.ui import theme
from desktop_crm.ui.delegates import ROW_HEIGHT
from desktop_crm.ui.importing import outcome, words_table
from desktop_crm.ui.importing.cells import CellsModel, PlainTable
from desktop_crm.ui.importing.columns_table import FIELD, ColumnsModel, ColumnsTable
from desktop_crm.ui.importing.session import Session
from desktop_crm.ui.importing.step_page import StepPage
from desktop_crm.ui.importing.words_table import WordsModel, WordsTable
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr, tr_count

_MATCHES = (("external_id", N_("Its id in the other program")), ("name", N_("Name")), ("emails", N_("E-mail")),
            ("phones", N_("Phone")), ("registration", N_("Registration number")), ("tax_number", N_("Tax number")))


class ColumnsPage(StepPage):
    """The columns above, the first rows below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model, self.rows = ColumnsModel(self), CellsModel(self)
        self.table = ColumnsTable(tr(N_("Columns of the file")))
        self.table.setModel(self.model)
        self.preview = PlainTable(tr(N_("The first rows as they will be")))
        self.preview.setModel(self.rows)
        self.match = Choice()
        self.match.setAccessibleName(tr(N_("Find existing records by")))
        self.match.setMinimumContentsLength(20)
        self.said, self.why = ElidedLabel("", strong=True), Label("", tone="bad", wrap=True)
        self._figures = Dim("")
        self.words_model, self.words = WordsModel(self), WordsTable()
        self.words.setModel(self.words_model)
        self.rows_chip, self.words_chip = Chip(tr(N_("The first rows as they will be"))), Chip(tr(N_("Words")))
        self._views = ChipGroup([self.rows_chip, self.words_chip], self)
        self.rows_chip.setChecked(True)
        self._ready = False
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        top, bottom = Panel(), Panel()
        head = row(self.said, Dim(tr(N_("Find existing records by"))), self.match, gap=8, margins=(16, 8, 16, 8))
        head.setStretch(0, 1)
        parts = column(head, Hairline(), self.table, gap=0)
        parts.setStretchFactor(self.table, 1)
        top.setLayout(parts)
        below = row(self.rows_chip, self.words_chip, None, self._figures, gap=8, margins=(16, 8, 16, 6))
        self._why_place = QWidget()
        self._why_place.setLayout(column(self.why, margins=(16, 12, 16, 12)))
        parts = column(below, Hairline(), self._why_place, self.preview, self.words, gap=0)
        parts.setStretchFactor(self.preview, 1)
        parts.setStretchFactor(self.words, 1)
        bottom.setLayout(parts)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        for panel, stretch in ((top, 3), (bottom, 2)):
            self.split.addWidget(panel)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.setLayout(column(self.split))

    def _wire(self) -> None:
        session = self.session
        self.model.field_wanted.connect(session.choose_field)
        self.model.written_wanted.connect(self._write)
        self.words_model.meaning_wanted.connect(session.choose_meaning)
        self.words_chip.toggled.connect(lambda _: self._divided())
        self.match.picked.connect(lambda value: session.choose_match(str(value)))
        session.loaded.connect(self._load)
        session.remapped.connect(self._remap)
        session.looked.connect(self._look)
        session.refused.connect(lambda why: self._look(None, why))

    def title(self) -> str:
        """What stands above the step."""
        return tr(N_("Which column is what?"))

    def can_go_on(self) -> bool:
        """Once the first rows could be shown."""
        return self._ready

    def first(self) -> QWidget:
        """The columns."""
        return self.table

    def enter(self) -> None:
        """Show the mapping, and the first rows as they will be."""
        self.session.look()

    def open_field(self, number: int) -> None:
        """Open the list of fields for a column."""
        index: QModelIndex = self.model.index(number, FIELD)
        self.table.choose(index)

    def _load(self) -> None:
        session = self.session
        if session.table is not None and session.mapping is not None:
            self.model.show(session.table, session.mapping)
            self.table.spread()
            self.table.begin()
            self._divide()
            self._remap()

    def _divide(self) -> None:
        """Give the columns the height that they need, and the first rows at least a third."""
        stack = self.parentWidget()
        height = stack.height() if stack is not None else self.height()
        wish = theme.px(48 + 31 + 4) + self.model.rowCount() * theme.px(ROW_HEIGHT)
        top = min(wish, height * 2 // 3)
        self.split.setSizes([top, height - top])

    def _divided(self) -> None:
        """Show the first rows, or the words and what they mean."""
        words = self.words_chip.isChecked()
        self.words.setVisible(words)
        self.preview.setVisible(not words and self._ready)

    def _show_words(self) -> None:
        session = self.session
        self.words_model.show(session.words, session.offers)
        self.words_chip.set_count(len(session.words))
        self.words_chip.setVisible(bool(session.words))
        if not session.words:
            self.rows_chip.setChecked(True)
        self._divided()

    def _write(self, number: int, code: str) -> None:
        choose = self.session.choose_order if len(code) == 3 else self.session.choose_sign
        choose(number, code)

    def _remap(self) -> None:
        mapping = self.session.mapping
        if mapping is None:
            return
        self.model.remap(mapping)
        left = [item.column for item in mapping.columns if not item.field]
        said = {"n": current().number(len(mapping.columns) - len(left)), "all": current().number(len(mapping.columns))}
        self.said.setText(tr(N_("Imported: {n} of {all} columns. Left out: {columns}"), **said,
                             columns=", ".join(left)) if left else tr(N_("All columns are imported.")))
        own = {item.key for item in mapping.offered}
        offered = [("", tr(N_("Id, else name")) if "external_id" in mapping.mapped else tr(N_("Name")))]
        offered += [(key, tr(title)) for key, title in _MATCHES if key in own and key in mapping.mapped]
        self.match.set_options(tuple(offered))
        self.match.set_value(mapping.match)

    def _look(self, found: Preview | None, why: str) -> None:
        self._ready = found is not None
        self.why.setText(why)
        self._why_place.setVisible(bool(why))
        self._show_words()
        session = self.session
        if found is not None and session.table is not None and session.mapping is not None:
            headings, rows = outcome.first_rows(found, session.table, session.mapping)
            self.rows.show(headings, rows)
            self.preview.fit()
            problems = len(found.problems)
            figures = [words_table.said(self.words.unknown())] + ([] if not problems else [tr_count(
                N_("{n} problem in these rows"), N_("{n} problems in these rows"), problems)])
            self._figures.setText(" · ".join(filter(None, figures)))
        else:
            self._figures.setText("")
        self.changed.emit()
