"""Fields that a user picks from: a day from a calendar, one of several choices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFrame,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
    QWidgetAction,
)

from desktop_crm.domain.errors import CrmError
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.fields import AdornedField
from desktop_crm.ui.widgets.labels import set_property
from desktop_crm.ui.words import N_, current, tr


class DateField(AdornedField):
    """A day typed as people write it, or picked from a calendar; `changed(date | None)`.

    `parse` turns a text into a day, None for an empty one, and raises CrmError for one it cannot read;
    `form` writes a day back.
    """

    changed = Signal(object)

    def __init__(self, parse: Callable[[str], date | None], form: Callable[[date], str],
                 placeholder: str = "", parent: QWidget | None = None) -> None:
        self._picker = IconButton("calendar", tr(N_("Pick a day")), small=True, token="dim")
        super().__init__(None, self._picker, placeholder, parent)
        self._parse, self._form = parse, form
        self._day: date | None = None
        self._picker.setCursor(Qt.CursorShape.ArrowCursor)
        self._picker.clicked.connect(self.pick)
        self.editingFinished.connect(self._read)

    def value(self) -> date | None:
        """The day, None if the line is empty; raises CrmError if it says no day."""
        text = self.text().strip()
        if self._day is not None and text == self._form(self._day):
            return self._day
        return self._parse(text) if text else None

    def set_value(self, day: date | None) -> None:
        """Show `day`; nothing is emitted."""
        self._day = day
        self.setText(self._form(day) if day else "")
        self.setCursorPosition(0)
        self.set_invalid("")

    def pick(self) -> QMenu:
        """Open the calendar below the line; gives the pop-up."""
        popup, calendar = calendar_popup(self, self._day)
        calendar.clicked.connect(lambda day: self._picked(day.toPython(), popup))
        calendar.activated.connect(lambda day: self._picked(day.toPython(), popup))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if right else max(0, self.width() - popup.sizeHint().width())
        popup.popup(self.mapToGlobal(QPoint(left, self.height() + 2)))
        calendar.setFocus()
        return popup

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.pick()
            return
        super().keyPressEvent(event)

    def _picked(self, day: date, popup: QMenu) -> None:
        popup.close()
        self._set(day)

    def _read(self) -> None:
        try:
            day = self.value()
        except CrmError as error:
            self.set_invalid(current().error(error))
            return
        self._set(day)

    def _set(self, day: date | None) -> None:
        before = self._day
        self.set_value(day)
        if day != before:
            self.changed.emit(day)


def calendar_popup(parent: QWidget, day: date | None) -> tuple[QMenu, QCalendarWidget]:
    """A pop-up with a month to pick a day from, `day` marked; the caller opens, wires and closes it."""
    popup = QMenu(parent)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar = QCalendarWidget(popup)
    calendar.setLocale(QLocale(str(current().locale)))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    if day is not None:
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
    plain = QTextCharFormat()
    plain.setForeground(theme.color("text"))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekday, plain)  # which days are off is the business's setting, not Qt's
    calendar.setHeaderTextFormat(plain)
    action = QWidgetAction(popup)
    action.setDefaultWidget(calendar)
    popup.addAction(action)
    return popup, calendar


class Choice(QComboBox):
    """One of a few values: `set_options` takes (value, text) pairs; `picked(value)` when the user chooses."""

    picked = Signal(object)

    def __init__(self, options: tuple[tuple[object, str], ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(theme.px(32))
        fonts.dress(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.view().setFrameShape(QFrame.Shape.NoFrame)
        self.activated.connect(lambda number: self.picked.emit(self._values[number]))
        self._values: list[object] = []
        self.set_options(options)

    def set_options(self, options: tuple[tuple[object, str], ...]) -> None:
        """Offer other values; the chosen one stays if it is still among them."""
        value = self.value()
        self.clear()
        self._values = [option for option, _ in options]
        for _, text in options:
            self.addItem(text)
        self.set_value(value)

    def value(self) -> object:
        """The chosen value, None if there is none."""
        number = self.currentIndex()
        return self._values[number] if 0 <= number < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Choose `value`; nothing is emitted. An unknown value chooses none."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def set_invalid(self, why: str) -> None:
        """Mark the choice as refused with the sentence `why`; "" takes the mark away."""
        set_property(self, "invalid", bool(why))
        self.setAccessibleDescription(why)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt paints it, but a text without room ends in an ellipsis, not in half a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part, box = QStyle.SubControl.SC_ComboBoxEditField, QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(box, option, part, self).width() - theme.px(2)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form, never changes a value by accident."""
        event.ignore()
