"""Lines that a user types into: search, quick line, money."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.labels import KeyHint, set_property
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr


class Field(QLineEdit):
    """A line to type into, 32 px high; `set_invalid` marks it and tells a screen reader why."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(theme.px(32))
        fonts.dress(self)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves(event):
            event.ignore()
            return False
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        """Whether keys that a line would take for itself belong to the window: search, and undo of nothing typed."""
        if event.keyCombination() == QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K):
            return True
        typed = self.isUndoAvailable() and bool(self.text())
        return (event.matches(QKeySequence.StandardKey.Undo) and not typed) or (
            event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable())

    def set_invalid(self, why: str) -> None:
        """Mark the field as refused with the sentence `why`; "" takes the mark away."""
        set_property(self, "invalid", bool(why))
        self.setAccessibleDescription(why)


class SecretField(Field):
    """A line whose letters are not shown."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText
                                 | Qt.InputMethodHint.ImhNoAutoUppercase)

    def value(self) -> str:
        """What was typed."""
        return self.text()

    def set_value(self, value: str | None) -> None:
        """Show as many dots as `value` has letters."""
        self.setText(value or "")
        self.set_invalid("")


class AdornedField(Field):
    """A field with a widget at its start and another at its end, mirrored for right-to-left."""

    def __init__(self, start: QWidget | None, end: QWidget | None, placeholder: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._start, self._end = start, end
        for part in (start, end):
            if part is not None:
                part.setParent(self)
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.StyleChange):
            self._place()

    def _place(self) -> None:
        edge, before, after = theme.px(8), 0, 0
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for part, at_start in ((self._start, True), (self._end, False)):
            if part is None:
                continue
            part.resize(part.sizeHint() if part.minimumSize().isEmpty() else part.minimumSize())
            x = edge if at_start != right else self.width() - edge - part.width()
            part.move(x, (self.height() - part.height()) // 2)
            if at_start:
                before = part.width() + edge // 2
            else:
                after = part.width() + edge // 2
        self.setTextMargins(after if right else before, 0, before if right else after, 0)


class SearchField(AdornedField):
    """A line to search in, with a lens and the shortcut that leads here; Escape empties it."""

    def __init__(self, placeholder: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(IconLabel("search"), KeyHint(shortcut) if shortcut else None, placeholder, parent)
        self.setAccessibleName(placeholder)
        self.setProperty("look", "sunk")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class QuickLine(AdornedField):
    """A line that is written and gone with Enter; a button at its start says, or chooses, of what type.

    `entered(text)` is emitted on Enter with text; the owner empties the line once it is saved.
    """

    entered = Signal(str)

    def __init__(self, placeholder: str, icon: str = "plus", menu: QMenu | None = None, menu_name: str = "",
                 parent: QWidget | None = None) -> None:
        self._button: IconButton | None = None
        start: QWidget = IconLabel(icon, token="text")
        if menu is not None:
            self._button = IconButton(icon, menu_name, small=True)
            self._button.setMenu(menu)
            self._button.setCursor(Qt.CursorShape.ArrowCursor)
            start = self._button
        super().__init__(start, KeyHint(tr(N_("Enter"))), placeholder, parent)
        self.setMinimumHeight(theme.px(36))
        self.setAccessibleName(placeholder)
        self.returnPressed.connect(self._enter)

    def set_type(self, icon: str, name: str) -> None:
        """Show the type that Enter will write."""
        if self._button is not None:
            self._button.set_icon(icon)
            self._button.set_text(name)

    def _enter(self) -> None:
        text = self.text().strip()
        if text:
            self.entered.emit(text)


class MoneyField(Field):
    """An amount, right-aligned, in minor units: `parse` reads it or raises CrmError; `changed(int | None)`."""

    changed = Signal(object)

    def __init__(self, parse: Callable[[str], int | None], form: Callable[[int], str],
                 placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._parse, self._form = parse, form
        self._amount: int | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.editingFinished.connect(self._read)

    def value(self) -> int | None:
        """The amount in minor units, None if the line is empty; raises CrmError if it says no amount."""
        text = self.text().strip()
        if self._amount is not None and text == self._form(self._amount):
            return self._amount
        return self._parse(text) if text else None

    def set_value(self, amount: int | None) -> None:
        """Show `amount` in minor units; nothing is emitted."""
        self._amount = amount
        self.setText("" if amount is None else self._form(amount))
        self.set_invalid("")

    def _read(self) -> None:
        try:
            amount = self.value()
        except CrmError as error:
            self.set_invalid(current().error(error))
            return
        before = self._amount
        self.set_value(amount)
        if amount != before:
            self.changed.emit(amount)
