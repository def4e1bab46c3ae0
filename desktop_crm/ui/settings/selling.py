"""How the business sells: its pipelines at a glance, and the ways to change them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import Pipeline
from desktop_crm.services import deals
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.section import Desk, Section
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, empty
from desktop_crm.ui.words import N_, current, tr


class SellingSection(Section):
    """`act_wanted("setup")` asks for the interview, `act_wanted("edit_stages")` for the editor beside the board."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("How you sell")), parent)
        self.ask = PrimaryButton(tr(N_("Set up how you sell…")), "check")
        self.edit = Button(tr(N_("Edit pipelines and stages")), "board")
        self.ask.clicked.connect(lambda: self.act_wanted.emit("setup"))
        self.edit.clicked.connect(lambda: self.act_wanted.emit("edit_stages"))
        self._lines = column(gap=12)
        about = Dim(tr(N_("A deal goes along the stages of a pipeline. A few questions propose stages for your trade, "
                          "with own fields, a monthly target and a plan for the first weeks.")), wrap=True)
        ways = FlowLayout()
        ways.addWidget(self.ask)
        ways.addWidget(self.edit)
        self.lay_parts(about, ways, self._lines)

    @override
    def start(self) -> None:
        empty(self._lines)
        for item in deals.all_pipelines(self.desk.book):
            self._lines.addLayout(column(Label(item.name, strong=True, wrap=True), Dim(_said(item), wrap=True), gap=4))

    @override
    def reload(self, changes: Changes) -> None:
        if changes.touches("stages", "pipelines"):
            self.start()

    @override
    def leave(self) -> bool:
        return True

    @override
    def focus(self) -> None:
        self.ask.setFocus()


def _said(item: Pipeline) -> str:
    """The stages one after the other, the open ones with their probability."""
    return " · ".join(f"{stage.name} {current().rate(stage.probability / 100, 0)}" if stage.kind == "open"
                      else stage.name for stage in item.stages)
