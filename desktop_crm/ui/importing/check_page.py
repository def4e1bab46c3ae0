"""Steps 4 and 5: what the import will do, and what it did; the same figures and the same list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.importing import ImportResult, Preview
from desktop_crm.ui.importing import outcome, phrases
from desktop_crm.ui.importing.cells import CellsModel, PlainTable
from desktop_crm.ui.importing.changes import Changes
from desktop_crm.ui.importing.session import Session
from desktop_crm.ui.importing.staging import Staging
from desktop_crm.ui.importing.step_page import StepPage
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Card, FigureCard
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr, tr_count


class Outcome(QWidget):
    """Five figures, what else comes into the file, and the problems with line, column and reason."""

    def __init__(self, parent: QWidget | None = None, views: Mapping[str, QWidget] | None = None) -> None:
        super().__init__(parent)
        titles = {"read": N_("Rows read"), "created": N_("New"), "updated": N_("Updated"),
                  "unchanged": N_("Unchanged"), "left_out": N_("Left out")}
        self.figures = {key: FigureCard(tr(title), "", clickable=False) for key, title in titles.items()}
        self.also = Label("", wrap=True)
        self._count = Label("", strong=True)
        self.copy = Button(tr(N_("Copy the list")), "copy", "quiet")
        self.model = CellsModel(self)
        self.list = PlainTable(tr(N_("Problems")))
        self.list.setModel(self.model)
        self.copy.clicked.connect(self.list.copy)
        self._panel = Card(margin=1, gap=0)
        self._fine = QWidget()
        self._fine.setLayout(row(IconLabel("check", token="good", ground=True),
                                 Label(tr(N_("No problems: every row was understood."))), None, gap=10))
        self.views = dict(views or {})
        self.chips = {title: Chip(tr(title)) for title in (N_("Problems"), *self.views)}
        self._group = ChipGroup(list(self.chips.values()), self)
        self._lay_out()

    def _lay_out(self) -> None:
        for title, chip in self.chips.items():
            chip.toggled.connect(lambda on, title=title: self._view(title) if on else None)
        head = row(self._count, None, self.copy, margins=(16, 4, 8, 4))
        self._panel.body.addLayout(column(head, Hairline(), gap=0))
        self._panel.body.addWidget(self.list, 1)
        self._chips = QWidget()
        self._chips.setLayout(row(*self.chips.values(), None, gap=8))
        self._chips.setVisible(bool(self.views))
        self._cards = [_carded(view) for view in self.views.values()]
        whole = column(row(*self.figures.values(), gap=12), self.also, self._chips, self._fine, self._panel,
                       *self._cards, None, gap=12)
        for part in (self._panel, *self._cards):
            whole.setStretchFactor(part, 1000)
        self.setLayout(whole)

    def show_result(self, result: ImportResult | Preview) -> None:
        """Show the figures and problems of a check or an import."""
        out = phrases.left_out(result)
        values = {"read": (result.read, N_("below the headings"), ""),
                  "created": (result.created, N_("not known before"), "good" if result.created else ""),
                  "updated": (result.updated, N_("known, but something differs"), ""),
                  "unchanged": (result.skipped - out, N_("known, and the same"), ""),
                  "left_out": (out, N_("for the reasons below") if out else N_("not one"), "bad" if out else "")}
        for key, (number, note, tone) in values.items():
            self.figures[key].set_value(current().number(number), tr(note), tone)
        also = phrases.also_created(result.also_created)
        self.also.setText(also)
        self.also.setVisible(bool(also))
        count = len(result.problems)
        self._count.setText(tr_count(N_("{n} problem"), N_("{n} problems"), count))
        self.model.show(outcome.problem_headings(), outcome.problem_rows(result.problems))
        self.list.fit(420)
        self.chips[N_("Problems")].set_count(count)
        first = next((title for title, chip in self.chips.items() if chip.isChecked()), None)
        self._wanted(first or (N_("Problems") if count or not self.views else next(iter(self.views))))

    def _wanted(self, title: str) -> None:
        if self.chips[title].isChecked():
            self._view(title)
        else:
            self.chips[title].setChecked(True)

    def _view(self, title: str) -> None:
        """Show the problems, or one of the views beside them."""
        problems = self.model.rowCount() > 0
        own = title == N_("Problems")
        self._panel.setVisible(own and problems)
        self._fine.setVisible(own and not problems)
        for card, view in zip(self._cards, self.views, strict=True):
            card.setVisible(view == title)


def _carded(view: QWidget) -> Card:
    card = Card(margin=1, gap=0)
    card.body.addWidget(view, 1)
    return card


class CheckPage(StepPage):
    """What will happen, before it does."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.staging, self.changes = Staging(), Changes()
        self.outcome = Outcome(views={N_("Rows"): self.staging, N_("Changes"): self.changes})
        self.why = Label("", tone="bad", wrap=True)
        self.nothing = Dim(tr(N_("Nothing would change: all of this is in the file already.")), wrap=True)
        whole = column(self.why, self.nothing, self.outcome, gap=12, margins=(16, 16, 16, 16))
        whole.setStretchFactor(self.outcome, 1)
        self.setLayout(whole)
        session.checked.connect(self._show)
        session.refused.connect(self._refuse)
        self.staging.picked.connect(self.changed)
        self.changes.kept_wanted.connect(session.keep)
        self.changes.empties_wanted.connect(session.choose_empties)
        self.changes.replaces_wanted.connect(session.choose_replaces)

    def title(self) -> str:
        """What stands above the step."""
        return tr(N_("What will happen"))

    def next_text(self) -> str:
        """The act, with the number of rows."""
        result = self.session.check_result
        if result is None:
            return tr(N_("Import"))
        return tr_count(N_("Import {n} row"), N_("Import {n} rows"), self.session.ahead())

    def can_go_on(self) -> bool:
        """If anything would change."""
        return self.session.ahead() > 0

    def enter(self) -> None:
        """Check the whole file."""
        self._refuse("")
        self.outcome.hide()
        self.nothing.hide()
        self.session.check()

    def first(self) -> QWidget:
        """The list of problems."""
        return self.outcome.list

    def _show(self) -> None:
        result = self.session.check_result
        session = self.session
        if result is not None and session.table is not None and session.mapping is not None:
            self.staging.show_rows(result, session.actions, session.table.lines, session.mapping, session.parked)
            self.changes.show_changes(result.differences, session.mapping)
            self.outcome.chips[N_("Rows")].set_count(result.read)
            self.outcome.chips[N_("Changes")].set_count(len(result.differences))
            self.outcome.show_result(result)
            self.outcome.show()
            self.nothing.setVisible(not self.can_go_on() and not phrases.left_out(result))
            self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))
        self.changed.emit()


class DonePage(StepPage):
    """What was done, with the way back."""

    again = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.outcome = Outcome()
        self._icon, self.said = IconLabel("check", 20, "good", ground=True), Heading("")
        self.undo = Button(tr(N_("Undo this import")), "undo")
        self.other = Button(tr(N_("Import another file")), "import")
        head = row(self._icon, self.said, None, self.undo, self.other, gap=10)
        whole = column(head, self.outcome, None, gap=16, margins=(16, 16, 16, 16))
        whole.setStretchFactor(self.outcome, 1000)
        self.setLayout(whole)
        self.undo.clicked.connect(self._undo)
        self.other.clicked.connect(self.again)
        session.imported.connect(self._show)
        session.undone.connect(self._gone)

    def title(self) -> str:
        """What stands above the step."""
        return tr(N_("Done"))

    def next_text(self) -> str:
        """The way to the records; after an undo, to another file."""
        return tr(N_("Show them")) if self.session.result is not None else tr(N_("Import another file"))

    def enter(self) -> None:
        """Offer the undo while it would take back this import."""
        self.undo.setEnabled(self.session.can_undo())

    def _undo(self) -> None:
        if not self.session.undo():
            self.undo.setEnabled(False)

    def _show(self) -> None:
        result = self.session.result
        if result is None:
            return
        self.undo.show()
        self.other.show()
        self._icon.set_icon("check", "good")
        self.said.setText(tr(N_("Imported: {rows}"), rows=phrases.counted(
            self.session.kind, result.created + result.updated)))
        self.outcome.show_result(result)
        more = [tr_count(N_("{n} row was parked: it stays in the file."),
                         N_("{n} rows were parked: they stay in the file."), result.parked)] if result.parked else []
        if result.aside:
            more.append(tr_count(N_("{n} column was left aside: {columns}."),
                                 N_("{n} columns were left aside: {columns}."), len(result.aside),
                                 columns=current().listed(result.aside)))
        if more:
            self.outcome.also.setText(" ".join(filter(None, (self.outcome.also.text(), *more))))
            self.outcome.also.show()
        self.outcome.show()

    def _gone(self) -> None:
        self._icon.set_icon("undo", "dim")
        self.said.setText(tr(N_("Undone: everything is as it was before the import.")))
        for part in (self.outcome, self.undo, self.other):
            part.hide()
        self.changed.emit()
