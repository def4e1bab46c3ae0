"""The lines of the palette: headings, what was found, and acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a heading (no `run`), something found or an act."""

    title: str
    detail: str = ""
    icon: str = ""
    keys: str = ""
    run: Callable[[], object] | None = None


def entries_of(actions: Sequence[QAction], typed: str) -> list[Entry]:
    """The acts whose names hold each typed word, as entries."""
    words = typed.casefold().split()
    return [Entry(action.text(), icon=action.objectName(), run=action.trigger,
                  keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in actions if all(word in action.text().casefold() for word in words)]
