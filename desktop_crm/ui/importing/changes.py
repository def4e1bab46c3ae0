"""What an import changes in records that exist: field by field, with what may change and what stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.importing import Difference, ImportField, Mapping
from desktop_crm.services.importing.differences import counted
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Cell, CellsModel, LazyRows, PlainTable
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.words import N_, current, tr, tr_count


def _change(item: Difference, titles: dict[str, str]) -> tuple[Cell, ...]:
    """Whose, which field, before and after."""
    return (Cell(current().number(item.row), "dim", at_end=True), Cell(item.name),
            Cell(titles.get(item.field, item.field), "dim"), Cell(item.before or "—", "dim"),
            Cell(item.after or tr(N_("empty")), "accent" if item.after else "bad"))


class Changes(QWidget):
    """The changes, and chips of the fields that may change. `kept_wanted(field, kept)`, `empties_wanted(on)` and
    `replaces_wanted(on)` wish for another check."""

    kept_wanted = Signal(str, bool)
    empties_wanted = Signal(bool)
    replaces_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = Label("", strong=True)
        self.model, self.list = CellsModel(self), PlainTable(tr(N_("Changes in existing records")))
        self.list.setModel(self.model)
        self.empties, self.replaces = Chip(tr(N_("Empty cells empty the field"))), Chip(
            tr(N_("Replace e-mails, phones and tags")))
        self.empties.clicked.connect(lambda: self.empties_wanted.emit(self.empties.isChecked()))
        self.replaces.clicked.connect(lambda: self.replaces_wanted.emit(self.replaces.isChecked()))
        self._fields: dict[str, Chip] = {}
        self._place = QWidget()
        self._flow = FlowLayout(self._place, 8)
        head = row(self.said, None, self.empties, self.replaces, gap=8, margins=(16, 6, 12, 6))
        may = column(Dim(tr(N_("These fields may change (click one to keep it as it is):"))), self._place, gap=6,
                     margins=(16, 0, 16, 8))
        whole = column(head, may, Hairline(), self.list, gap=0)
        whole.setStretchFactor(self.list, 1)
        self.setLayout(whole)

    def chip(self, field: str) -> Chip | None:
        """The chip of a field that may change."""
        return self._fields.get(field)

    def show_changes(self, found: Sequence[Difference], mapping: Mapping) -> None:
        """Show the changes of a check."""
        items = {item.key: item for item in mapping.offered}
        titles = {key: phrases.field_title(item) for key, item in items.items()}
        changes, records = counted(found)
        self.said.setText(tr(N_("{changes} in {records}"), changes=tr_count(
            N_("{n} change"), N_("{n} changes"), changes), records=tr_count(
                N_("{n} record"), N_("{n} records"), records)))
        self.model.show([tr(N_("Line")), tr(N_("Record")), tr(N_("Field")), tr(N_("Before")), tr(N_("After"))],
                        LazyRows(found, lambda item: _change(item, titles)))
        self.list.fit(300)
        self.empties.setChecked(mapping.empties)
        self.replaces.setChecked(mapping.replaces)
        self._offer(found, mapping, items)

    def _offer(self, found: Sequence[Difference], mapping: Mapping, items: dict[str, ImportField]) -> None:
        counts = Counter(item.field for item in found)
        wanted = [key for key in items if key in counts or key in mapping.kept]
        if list(self._fields) != wanted:
            for chip in self._fields.values():
                self._flow.removeWidget(chip)
                chip.deleteLater()
            self._fields = {key: self._chip(key, items[key]) for key in wanted}
        for key, chip in self._fields.items():
            chip.setChecked(key not in mapping.kept)
            chip.set_count(counts[key])

    def _chip(self, key: str, item: ImportField) -> Chip:
        chip = Chip(phrases.field_title(item))
        chip.clicked.connect(lambda: self.kept_wanted.emit(key, not chip.isChecked()))
        self._flow.addWidget(chip)
        return chip
