"""Closes a session for good, so that the next test finds nothing of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

from desktop_crm import i18n
from desktop_crm.app import Session
from desktop_crm.ui import words


def leave(session: Session) -> None:
    """Close a session for good: what is left to the collector may be taken apart in another thread."""
    session.window.close()
    session.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    words.set_language(i18n.language("en"))
