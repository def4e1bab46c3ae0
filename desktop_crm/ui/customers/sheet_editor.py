"""The line in which a cell of the list is edited, and the sentence at a cell that says why it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QListView, QWidget

from desktop_crm.domain.values import fold
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.fields import AdornedField
from desktop_crm.ui.widgets.labels import Label, set_property
from desktop_crm.ui.widgets.pickers import calendar_popup
from desktop_crm.ui.words import N_, tr

_LEAST, _BUBBLE = 150, 300
_POPUPS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


class _Last(QCompleter):
    """Completes the last of several words that are parted by commas."""

    def splitPath(self, path: str) -> list[str]:
        """What is typed of the last word."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole line with the last word completed."""
        before, comma, _ = self.widget().property("text").rpartition(",")
        return f"{before}{comma} {super().pathFromIndex(index)}".strip()


class CellField(AdornedField):
    """A cell's text while it is typed; `left(how)` is down, up, right or left to be saved, stay where another widget
    took the keyboard, and cancel.

    `options` are offered while typing; where they are `closed` nothing else can stand, and the beginning of one is
    enough. `several` of them may stand, parted by commas. A cell of a `day` has a calendar.
    """

    left = Signal(str)

    def __init__(self, options: Sequence[str], *, closed: bool, several: bool, day: bool, parent: QWidget) -> None:
        self._picker = IconButton("calendar", tr(N_("Pick a day")), small=True, token="dim") if day else None
        super().__init__(None, self._picker, parent=parent)
        self.setMinimumHeight(0)
        self._options, self._closed, self._several = list(options), closed, several
        self._offers = QListView()
        if self._picker is not None:
            self._picker.setCursor(Qt.CursorShape.ArrowCursor)
            self._picker.clicked.connect(self.pick)
        if options:
            self._complete()

    def _complete(self) -> None:
        completer = (_Last if self._several else QCompleter)(self._options, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        self._offers.setFrameShape(QFrame.Shape.NoFrame)
        set_property(self._offers, "look", "offers")
        fonts.dress(self._offers)
        completer.setPopup(self._offers)
        self.setCompleter(completer)

    def place(self, cell: QRect, room: QRect) -> None:
        """Stand over a cell, wider than a narrow one, within the list's `room`."""
        width = min(max(cell.width(), theme.px(_LEAST)), room.width())
        left = cell.right() - width + 1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else cell.left()
        self.setGeometry(max(0, min(left, room.right() - width + 1)), cell.top(), width, cell.height())

    def offer(self) -> None:
        """Show everything that can be chosen."""
        completer = self.completer()
        if self._options and not self._several and completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    def pick(self) -> None:
        """Open a calendar below the cell."""
        popup, calendar = calendar_popup(self, None)

        def picked(day: date) -> None:
            popup.close()
            self.setText(day.isoformat())
            self.left.emit("down")

        calendar.clicked.connect(lambda day: picked(day.toPython()))
        calendar.activated.connect(lambda day: picked(day.toPython()))
        popup.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.setFocus()

    def meant(self) -> str:
        """What is typed, or the one thing to choose that begins so."""
        completer, typed = self.completer(), self.text()
        chosen = self._offers.currentIndex()
        if completer is not None and self._offers.isVisible() and chosen.isValid():
            return completer.pathFromIndex(chosen)
        if not self._closed or not typed.strip() or fold(typed) in map(fold, self._options):
            return typed
        begun = [option for option in self._options if fold(option).startswith(fold(typed))]
        return begun[0] if len(begun) == 1 else typed

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _WAYS:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:  # Tab never comes to keyPressEvent
                self._leave(event)
                return True
        return super().event(event)

    def _leave(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._offers.isVisible():
            self._offers.hide()
            return
        up = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.left.emit("up" if up else _WAYS[event.key()])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._picker is not None:
            self.pick()
        elif event.key() == Qt.Key.Key_Down and self._options and self.completer() is not None:
            self.offer()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _POPUPS:
            self.left.emit("stay")


_WAYS: dict[int, str] = {
    Qt.Key.Key_Return: "down", Qt.Key.Key_Enter: "down", Qt.Key.Key_Tab: "right", Qt.Key.Key_Backtab: "left",
    Qt.Key.Key_Escape: "cancel",
}


class Bubble(Card):
    """One sentence under a cell, over it where there is no room below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, margin=8)
        self._said = Label("", 12, wrap=True)
        self.body.addWidget(self._said)
        self.hide()

    def text(self) -> str:
        """What is said; "" for nothing."""
        return "" if self.isHidden() else self._said.text()

    def say(self, sentence: str, tone: str, cell: QRect, room: QRect) -> None:
        """Say a sentence at a cell within the list's `room`."""
        self._said.setText(sentence)
        self._said.set_tone(tone)
        width = min(theme.px(_BUBBLE), room.width())
        height = self.body.heightForWidth(width)
        below = cell.bottom() + theme.px(2)
        top = below if below + height <= room.bottom() else max(0, cell.top() - height - theme.px(2))
        self.setGeometry(max(0, min(cell.left(), room.right() - width + 1)), top, width, height)
        self.show()
        self.raise_()
