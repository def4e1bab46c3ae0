"""Qt's own words (the menu of a text box, its file dialogs) in the window's language, where Qt has none."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, tr

_WORDS = {
    "Undo": N_("Undo"), "Redo": N_("Redo"), "Cut": N_("Cut"), "Copy": N_("Copy"), "Paste": N_("Paste"),
    "Delete": N_("Delete"), "Select All": N_("Select all"), "Cancel": N_("Cancel"), "Open": N_("Open file"),
    "Save": N_("Save"), "Close": N_("Close"), "Look in:": N_("Look in:"), "File name:": N_("File name:"),
    "Files of type:": N_("Files of type:"), "Date Modified": N_("Changed on"), "Size": N_("Size"), "Type": N_("Kind"),
    "Name": N_("Name"),
}
"""What Qt says in English, without its marks of a key, and the message that says it here; the rest Qt says itself."""


class QtWords(QTranslator):
    """Answers Qt's question for a translation from our own catalogue."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(self, context: str, sourceText: str, disambiguation: str | None = None,
                  n: int = -1) -> str | None:
        ours = _WORDS.get(sourceText.replace("&", ""))
        return tr(ours) if ours else None


def install(application: QCoreApplication) -> None:
    """Let the application's Qt speak the window's language from now on; once is enough, languages may change."""
    if not application.property("crm_words"):  # looking among its children would wrap them all, the style too
        application.installTranslator(QtWords(application))
        application.setProperty("crm_words", True)
