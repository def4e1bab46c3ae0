"""Fields that hold several values: phones and e-mails with their labels, and tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import set_property
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.words import N_, tr

Pair = tuple[str, str]


class _Line(QWidget):
    """One (label, value) row: a label to choose or write, a value, a button that takes the row away."""

    removed = Signal(object)
    entered = Signal(object)

    def __init__(self, labels: Sequence[str], placeholder: str, pair: Pair, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QComboBox()
        self.label.setEditable(True)
        self.label.addItems(list(labels))
        self.label.setEditText(pair[0])
        line = self.label.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # a long word shows its beginning
        self.label.setFixedWidth(theme.px(116))
        self.label.setMinimumHeight(theme.px(32))
        self.label.setAccessibleName(tr(N_("Label")))
        fonts.dress(self.label)
        self.value = Field(placeholder)
        self.value.setText(pair[1])
        self.value.setCursorPosition(0)
        self.value.installEventFilter(self)
        remove = IconButton("close", tr(N_("Remove")), token="dim")
        remove.clicked.connect(lambda: self.removed.emit(self))
        self.setLayout(row(self.label, self.value, remove, gap=6))

    def pair(self) -> Pair:
        """The row as (label, value), without outer whitespace."""
        return self.label.currentText().strip(), self.value.text().strip()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.value.text().strip() and not ctrl:
                self.entered.emit(self)
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.value.text():
                self.removed.emit(self)
                return True
        return super().eventFilter(watched, event)


class RowsField(QWidget):
    """Any number of (label, value) rows; Enter in a filled row adds one, Backspace in an empty row removes it."""

    changed = Signal()

    def __init__(self, labels: Sequence[str] = (), add: str = "", placeholder: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels, self._placeholder = tuple(labels), placeholder
        self._lines: list[_Line] = []
        self._box = column(gap=6)
        self._add = Button(add or tr(N_("Add")), "plus", "quiet")
        self._add.clicked.connect(lambda: self._append(("", "")).value.setFocus())
        self.setLayout(column(self._box, row(self._add, None), gap=6))

    def value(self) -> tuple[Pair, ...]:
        """The rows as (label, value), empty values left out."""
        return tuple(pair for pair in (line.pair() for line in self._lines) if pair[1])

    def set_value(self, value: Sequence[Pair] | None) -> None:
        """Show these rows; one empty row if there are none."""
        for line in list(self._lines):
            self._drop(line)
        for pair in value or [("", "")]:
            self._append(pair)

    def set_invalid(self, why: str) -> None:
        """Mark every row as refused with the sentence `why`; "" takes the mark away."""
        for line in self._lines:
            line.value.set_invalid(why)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        (self._lines[0].value if self._lines else self._add).setFocus(reason)

    def _append(self, pair: Pair) -> _Line:
        default = self._labels[0] if self._labels and not pair[0] and not pair[1] else pair[0]
        line = _Line(self._labels, self._placeholder, (default, pair[1]), self)
        line.removed.connect(self._remove)
        line.entered.connect(self._after)
        self._lines.append(line)
        self._box.addWidget(line)
        line.show()  # now, not when Qt is idle: it is to take the focus
        self.changed.emit()
        return line

    def _after(self, line: _Line) -> None:
        """Go to the next row, adding one after the last."""
        place = self._lines.index(line) + 1
        following = self._lines[place] if place < len(self._lines) else self._append(("", ""))
        following.value.setFocus()

    def _remove(self, line: _Line) -> None:
        place = self._lines.index(line)
        self._drop(line)
        target = self._lines[max(0, place - 1)].value if self._lines else self._add
        target.setFocus()
        self.changed.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()


class TagsField(QWidget):
    """A set of short words as chips: Enter or a comma adds one, Backspace in the empty line takes the last away."""

    changed = Signal()

    def __init__(self, known: Sequence[str] = (), parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(parent)
        self._tags: list[str] = []
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        self._line = Field(placeholder or tr(N_("Add a tag")))
        self._line.installEventFilter(self)
        self._line.editingFinished.connect(self._take)
        if known:
            completer = QCompleter(list(known), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._line.setCompleter(completer)
        self.setFocusProxy(self._line)
        self.setLayout(column(self._chips, self._line, gap=6))
        self._show()

    def value(self) -> tuple[str, ...]:
        """The tags in the order of their adding, with the one being typed."""
        typed = self._line.text().strip(" ,")
        return tuple(self._tags) if not typed or typed in self._tags else (*self._tags, typed)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show these tags."""
        self._tags = list(dict.fromkeys(value or ()))
        self._line.clear()
        self._show()

    def set_invalid(self, why: str) -> None:
        """Mark the line as refused with the sentence `why`; "" takes the mark away."""
        set_property(self._line, "invalid", bool(why))
        self._line.setAccessibleDescription(why)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if self._line.text().strip() and (enter or event.text() == ","):
                self._take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self._line.text() and self._tags:
                self._remove(self._tags[-1])
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        tags = self.value()
        self._line.clear()
        if tags != tuple(self._tags):
            self._tags = list(tags)
            self._show()
            self.changed.emit()

    def _remove(self, tag: str) -> None:
        self._tags.remove(tag)
        self._show()
        self._line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for tag in self._tags:
            chip = Chip(f"{tag} ×", toggles=False, parent=self._chips)
            chip.setAccessibleName(tr(N_("Remove the tag {tag}"), tag=tag))
            chip.clicked.connect(lambda _=False, tag=tag: self._remove(tag))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._tags))
        self.updateGeometry()
