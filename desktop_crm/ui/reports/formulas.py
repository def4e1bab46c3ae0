"""How a report's figures are counted: their formulas in a pop-up, for reading at leisure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from desktop_crm.reports.report import Report
from desktop_crm.ui import theme
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import Scroll, column
from desktop_crm.ui.words import N_, tr

_WIDTH, _HIGHEST = 440, 460


def formulas_popup(report: Report, parent: QWidget) -> QMenu:
    """A pop-up with each figure's title and formula, and the report's notes; the caller opens it."""
    popup = QMenu(parent)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    inner = QWidget()
    layout = column(Label(tr(N_("How the figures are counted")), strong=True), gap=8, margins=(14, 10, 14, 12))
    inner.setLayout(layout)
    for figure in report.figures:
        if figure.formula:
            layout.addLayout(column(Label(figure.title, 12, strong=True), Dim(figure.formula, 12, wrap=True), gap=2))
    for note in report.notes:
        layout.addWidget(Dim(note, 12, wrap=True))
    inner.setFixedWidth(theme.px(_WIDTH))
    scroll = Scroll(inner)
    height = min(layout.heightForWidth(theme.px(_WIDTH)), theme.px(_HIGHEST))
    scroll.setFixedSize(theme.px(_WIDTH + 14), height)
    action = QWidgetAction(popup)
    action.setDefaultWidget(scroll)
    popup.addAction(action)
    return popup
