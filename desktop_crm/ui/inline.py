"""A text that turns into a field where it stands: click or F2 edits, Enter saves, Escape restores."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import ElidedLabel, set_property, tip


class InlineText(QWidget):
    """`value` as plain text that can be edited in place; emits `committed(text)` if it was changed.

    The owner saves and then calls `set_value`; `name` says to a screen reader what is edited.
    """

    committed = Signal(str)

    def __init__(self, value: str = "", name: str = "", *, placeholder: str = "—", size: int = fonts.BASE,
                 strong: bool = False, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value, self._name, self._placeholder, self._required = value, name, placeholder, required
        self._editing = False
        self._label = ElidedLabel(size=size, strong=strong)
        self._field = Field()
        self._field.setProperty("look", "inline")
        self._field.setMinimumHeight(0)
        fonts.dress(self._field, size, strong)
        self._field.installEventFilter(self)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._label)
        self._stack.addWidget(self._field)
        self.setFixedHeight(max(theme.px(24), self._field.sizeHint().height()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.set_value(value)

    def value(self) -> str:
        """The text as it was last set."""
        return self._value

    def editing(self) -> bool:
        """Whether the field is open."""
        return self._editing

    def set_value(self, value: str) -> None:
        """Show `value` and close the field."""
        self._value, self._editing = value, False
        self._label.setText(value or self._placeholder)
        self._label.set_tone("" if value else "faint")
        self._field.set_invalid("")
        self.setAccessibleName(f"{self._name}: {value}" if self._name else value)
        self._stack.setCurrentWidget(self._label)

    def edit(self) -> None:
        """Open the field with its text selected."""
        self._field.setText(self._value)
        self._field.setAccessibleName(self._name)
        self._editing = True
        self._stack.setCurrentWidget(self._field)
        self._field.setFocus()
        self._field.selectAll()

    def refuse(self, why: str) -> None:
        """Keep the field open, marked, with the sentence `why` as its tooltip."""
        if not self.editing():
            self.edit()
        self._field.set_invalid(why)
        self._field.setToolTip(tip(why))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._commit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        if watched is self._field and event.type() == QEvent.Type.FocusOut and self.editing():
            self._commit(keep_focus=False)
        return super().eventFilter(watched, event)

    def _commit(self, keep_focus: bool = True) -> None:
        text = self._field.text().strip()
        if text == self._value or (self._required and not text):
            self._close(keep_focus)
            return
        self._editing = False  # first: to hide the field takes its focus away, which commits too
        self._label.setText(text)
        self._stack.setCurrentWidget(self._label)
        if keep_focus:
            self.setFocus()
        self.committed.emit(text)

    def _close(self, keep_focus: bool = True) -> None:
        set_property(self._field, "invalid", False)
        self.set_value(self._value)
        if keep_focus:
            self.setFocus()
