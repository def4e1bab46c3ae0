"""What every step of the wizard is to its frame."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.importing.session import Session
from desktop_crm.ui.words import N_, tr


class StepPage(QWidget):
    """One step: it shows the session's part, and tells whether and under what name one can go on."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    @abstractmethod
    def title(self) -> str:
        """What stands above the step."""

    def next_text(self) -> str:
        """What the button that leads on says; "" shows none."""
        return tr(N_("Next"))

    def can_go_on(self) -> bool:
        """Whether the next step can be taken now."""
        return True

    def enter(self) -> None:
        """Show what the session holds; called whenever the step is opened."""

    def first(self) -> QWidget | None:
        """What takes the keyboard when the step opens."""
        return None
