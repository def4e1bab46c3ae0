"""How the business sells: its pipelines at a glance, and the ways to change them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import Pipeline
from desktop_crm.services import deals
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.section import Desk, Section
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import FlowLayout, Scroll, column, empty
from desktop_crm.ui.words import N_, current, tr

_WIDTH = 720


class SellingSection(Section):
    """`act_wanted("setup")` asks for the interview, `act_wanted("edit_stages")` for the editor beside the board."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("How you sell")), parent)
        self.ask = PrimaryButton(tr(N_("Set up how you sell…")), "check")
        self.edit = Button(tr(N_("Edit pipelines and stages")), "board")
        self.ask.clicked.connect(lambda: self.act_wanted.emit("setup"))
        self.edit.clicked.connect(lambda: self.act_wanted.emit("edit_stages"))
        self._lines = column(gap=4)
        self._lay_out()

    def _lay_out(self) -> None:
        about = Dim(tr(N_("A deal goes along the stages of a pipeline. A few questions propose stages for your trade, "
                          "with own fields, a monthly target and a plan for the first weeks.")), wrap=True)
        ways = FlowLayout()
        ways.addWidget(self.ask)
        ways.addWidget(self.edit)
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDTH))
        inner.setLayout(column(about, ways, self._lines, None, gap=16, margins=(16, 16, 16, 16)))
        self.setLayout(column(self.head(None), Hairline(), Scroll(inner), gap=0))

    @override
    def start(self) -> None:
        empty(self._lines)
        for item in deals.all_pipelines(self.desk.book):
            self._lines.addWidget(Label(item.name, strong=True, wrap=True))
            self._lines.addWidget(Dim(_said(item), wrap=True))

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
