"""Why a deal was lost: one quiet line at the foot of the page, a reason and a note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.services.business import Choice as Option
from desktop_crm.ui import theme
from desktop_crm.ui.forms import TextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, tr, tr_count


class LostPanel(Panel):
    """Asks for the reason of lost deals; `decided(ids, reason, note)` on Enter, Escape cancels."""

    decided = Signal(list, object, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[int] = []
        self._question = ElidedLabel(strong=True)
        self._reason = Choice()
        self._reason.setAccessibleName(tr(N_("Lost reason")))
        self._reason.setPlaceholderText(tr(N_("Choose a reason")))
        self._reason.setFixedWidth(theme.px(190))
        self._note = TextField(tr(N_("What was said (optional)")))
        self._note.setAccessibleName(tr(N_("Why it was lost")))
        self._mark = PrimaryButton(tr(N_("Mark as lost")), "lost")
        cancel = Button(tr(N_("Cancel")))
        self._mark.clicked.connect(self._decide)
        cancel.clicked.connect(self.close_panel)
        line = row(self._question, self._reason, self._note, self._mark, cancel, gap=10, margins=(16, 10, 16, 11))
        line.setStretch(0, 2)
        line.setStretch(2, 3)
        self.setLayout(column(Hairline(), line, gap=0))
        self.hide()

    def ask(self, ids: Sequence[int], name: str, reasons: Sequence[Option]) -> None:
        """Ask for deals; `name` is shown where it is but one."""
        self._ids = list(ids)
        one = tr(N_("Why was “{name}” lost?"), name=name)
        self._question.setText(one if len(ids) == 1 else tr_count(N_("Why was {n} deal lost?"),
                                                                  N_("Why were {n} deals lost?"), len(ids)))
        self._reason.set_options(tuple((item.id, item.name) for item in reasons))
        self._reason.set_value(None)
        self._reason.set_invalid("")
        self._note.set_value("")
        self.show()
        self._reason.setFocus()

    def close_panel(self) -> None:
        """Ask no more; nothing was changed."""
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._decide()
        else:
            super().keyPressEvent(event)

    def _decide(self) -> None:
        if self._reason.value() is None and self._reason.count():
            self._reason.set_invalid(tr(N_("Choose a reason")))
            self._reason.setFocus()
            return
        self.hide()
        self.decided.emit(self._ids, self._reason.value(), self._note.value())
