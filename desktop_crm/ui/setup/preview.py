"""What the answers propose, a card for each part with its tick."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.domain.custom_fields import KINDS
from desktop_crm.domain.selling import PARTS, Proposal, StageStep
from desktop_crm.ui import theme
from desktop_crm.ui.forms import TickField
from desktop_crm.ui.widgets.buttons import literal
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_STEPS = {"keep": (N_("stays"), ""), "change": (N_("new numbers"), "accent"), "rename": (N_("renamed"), "accent"),
          "add": (N_("added"), "good"), "remove": (N_("taken away"), "bad")}
"""What happens to a stage: its word and the word's tone."""
_IDLE = N_count("A lead may go back to the pool after {n} day without a touch.",
                "A lead may go back to the pool after {n} days without a touch.")
_DAYS = N_count("{n} day", "{n} days")
_WIDTH = 760


class Preview(QWidget):
    """The cards; `changed` when a part is ticked or not. `parts()` are those that are ticked and have anything.

    All is ticked at first, but for stages that would stand among others which deals have passed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Proposal | None = None
        self._said = False  # whether the user has ticked the stages, or not, by hand
        self.cards = {part: Card(gap=8) for part in PARTS}
        self.ticks = {part: TickField(tr(title)) for part, title in PARTS.items()}
        self._lines: dict[str, QVBoxLayout] = {}
        for part, card in self.cards.items():
            self._lines[part] = column(gap=4, margins=(24, 0, 0, 0))
            card.body.addWidget(self.ticks[part])
            card.body.addLayout(self._lines[part])
            self.ticks[part].setChecked(True)
            self.ticks[part].toggled.connect(lambda _: self.changed.emit())
        self.ticks["stages"].clicked.connect(lambda: setattr(self, "_said", True))
        self.mixed = Dim(tr(N_("Deals have passed some stages: these keep their names and stay among the new ones.")),
                         12, wrap=True)
        self.cards["stages"].body.addLayout(row(self.mixed, margins=(24, 0, 0, 0)))
        self.done = EmptyState("check", tr(N_("Nothing would change: the file is set up like this already.")))
        self.setLayout(column(*self.cards.values(), self.done, None, gap=12, margins=(16, 16, 16, 16)))
        self.done.hide()
        self.setMaximumWidth(theme.px(_WIDTH))

    def show_proposal(self, found: Proposal) -> None:
        """Show what is proposed; parts in which nothing would change are left out."""
        self._found = found
        self.ticks["stages"].setText(literal(tr(N_("Stages of “{name}”"), name=found.pipeline_name)))
        self.mixed.setVisible(found.mixed)
        if not self._said:
            self.ticks["stages"].setChecked(not found.mixed)
        for part, card in self.cards.items():
            empty(self._lines[part])
            for line in _SAID[part](found):
                self._lines[part].addWidget(line)
            card.setVisible(part in found.parts)
        self.done.setVisible(not found.parts)

    def parts(self) -> list[str]:
        """The keys of the parts that are to be done."""
        return [part for part in (self._found.parts if self._found else ()) if self.ticks[part].isChecked()]


def _line(*parts: QWidget | None) -> QWidget:
    line = QWidget()
    line.setLayout(row(*parts, gap=8))
    return line


def _stages(found: Proposal) -> list[QWidget]:
    return [_stage(item) for item in found.stages]


def _stage(item: StageStep) -> QWidget:
    """The stage with what happens to it, its probability and its day limit."""
    said, tone = _STEPS[item.step]
    word = Label(tr(said), 12, tone=tone or "dim")
    word.setFixedWidth(theme.px(110))
    before = item.before.name if item.before is not None else ""
    name = f"{before} → {item.name}" if item.step == "rename" else item.name
    chance = Dim("" if item.step == "remove" else current().rate(item.probability / 100, 0), 12)
    limit = Dim("" if item.step == "remove" or item.day_limit is None else tr_count(*_DAYS, item.day_limit), 12)
    for label in (chance, limit):
        label.setFixedWidth(theme.px(72))
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    title = Label(name, wrap=True)
    line = QWidget()
    layout = row(word, title, chance, limit, gap=8)
    layout.setStretch(1, 1)
    line.setLayout(layout)
    return line


def _fields(found: Proposal) -> list[QWidget]:
    kinds = {kind: [field.name for field in found.fields if field.kind == kind] for kind in KINDS}
    return [part for kind, names in kinds.items() if names
            for part in (Dim(tr(KINDS[kind]), 12), Label(current().listed(names), wrap=True))]


def _targets(found: Proposal) -> list[QWidget]:
    words, lines = current(), []
    for item in found.targets:
        amount = words.money(item.amount, found.currency)
        lines.append(_line(Label(words.skeleton(item.first, "yMMMM")), None, Label(amount, strong=True)))
        if item.before is not None:
            lines.append(Dim(tr(N_("before: {amount}"), amount=words.money(item.before, found.currency)), 12))
    return lines


def _contact(found: Proposal) -> list[QWidget]:
    lines: list[QWidget] = []
    if found.segment:
        lines.append(Label(tr(N_("A segment of customers: “{name}”"), name=found.segment), wrap=True))
    if found.idle:
        lines.append(Label(tr_count(*_IDLE, found.answers.contact), wrap=True))
    return lines


def _plan(found: Proposal) -> list[QWidget]:
    lines: list[QWidget] = []
    for task in found.tasks:
        day = Dim(current().skeleton(task.due_on, "EEEdMMM"), 12)
        day.setFixedWidth(theme.px(110))
        layout = row(day, Label(task.name, wrap=True), gap=8)
        layout.setStretch(1, 1)
        line = QWidget()
        line.setLayout(layout)
        lines.append(line)
    return lines


_SAID: dict[str, Callable[[Proposal], list[QWidget]]] = {
    "stages": _stages, "fields": _fields, "target": _targets, "contact": _contact, "plan": _plan}
"""What each card says of a proposal."""
