"""The help page: what the rooms are for, and every act with its keys. It needs no network and no manual."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_crm import __version__
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Heading, KeyHint, Label
from desktop_crm.ui.words import N_, tr

_ROOMS = (
    (N_("Customers"), N_("Everyone you sell to, leads included. The card at the right knows everything about one of "
                         "them; write a line into it after each talk.")),
    (N_("Deals"), N_("What may be sold. Drag a deal to its next stage, or press Ctrl+Right; Won and Lost close it.")),
    (N_("Tasks"), N_("What is to be done. Write “call Aminah tomorrow 10:00” and press Enter.")),
    (N_("Reports"), N_("The day in one page, and every figure with its formula and its rows, on paper, PDF or Excel.")),
    (N_("Nothing is lost"), N_("Everything you do can be undone, also tomorrow, also a whole import. Your business is "
                               "one file on this computer; back it up to a second place.")),
)


class HelpPanel(QWidget):
    """Two columns: the rooms in a sentence each, and the keys."""

    closed = Signal()

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close = IconButton("close", tr(N_("Close")))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(Heading(tr(N_("Help and all keys"))))
        head.addStretch(1)
        head.addWidget(Label(f"Desktop CRM {__version__}", 11, tone="faint"))
        head.addWidget(close)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        columns.addWidget(_rooms(), 1)
        columns.addWidget(_keys(actions), 1)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        whole.setSpacing(theme.px(16))
        whole.addLayout(head)
        whole.addLayout(columns)
        whole.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _rooms() -> QWidget:
    card = Card(margin=20, gap=4)
    layout = card.body
    for title, text in _ROOMS:
        layout.addWidget(Label(tr(title), strong=True))
        layout.addWidget(Label(tr(text), wrap=True, tone="dim"))
        layout.addSpacing(theme.px(12))
    layout.addStretch(1)
    return card


def _keys(actions: Sequence[QAction]) -> QWidget:
    card = Card(margin=20)
    grid = QGridLayout()
    card.body.addLayout(grid)
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(0, 1)
    with_keys = [action for action in actions if not action.shortcut().isEmpty()]
    for row, action in enumerate(with_keys):
        grid.addWidget(Label(action.text()), row, 0)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(KeyHint(keys), row, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(len(with_keys), 1)
    return card
