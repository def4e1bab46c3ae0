"""The line on a card in which a call, a visit or a note is written down and gone with Enter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.activities import KINDS
from desktop_crm.services.quick_log import Phrase, parse
from desktop_crm.services.timeline import ICONS
from desktop_crm.ui import icons
from desktop_crm.ui.widgets.fields import QuickLine
from desktop_crm.ui.words import N_, current, tr


class QuickLog(QuickLine):
    """A type, a text, Enter: `logged(Phrase)`. The first word may say the type: "called 12 min, wants samples"."""

    logged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        menu = QMenu()
        super().__init__(tr(N_("called, met, visited … what happened?")), "phone", menu, tr(N_("Call")), parent)
        menu.setParent(self, menu.windowFlags())
        for kind, title in KINDS.items():
            action = menu.addAction(icons.icon(ICONS.get(kind, "note"), "dim"), tr(title))
            action.triggered.connect(lambda _=False, kind=kind: self.set_kind(kind))
        self.setAccessibleName(tr(N_("Log what happened")))
        self._kind = "call"
        self.entered.connect(lambda text: self.logged.emit(parse(current(), text, self._kind)))
        self.textChanged.connect(self._show_kind)
        self._show_kind("")

    def kind(self) -> str:
        """The kind that Enter would write."""
        return self.phrase().kind

    def phrase(self) -> Phrase:
        """The note as Enter would save it."""
        return parse(current(), self.text(), self._kind)

    def set_kind(self, kind: str) -> None:
        """Write this kind unless the first word says another."""
        self._kind = kind
        self._show_kind(self.text())
        self.setFocus()

    def _show_kind(self, _text: str) -> None:
        kind = self.kind()
        self.set_type(ICONS.get(kind, "note"), tr(KINDS[kind]))
