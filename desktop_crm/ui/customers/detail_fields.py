"""Fields of the forms of the Customers tab that read more than a text: numbers, a birthday, a time, companies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.registrations import remark
from desktop_crm.services import birthdays
from desktop_crm.services.book import Book
from desktop_crm.services.contacts import Membership
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.forms import TextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr


class NumberField(TextField):
    """A whole number of at least 0; empty is None."""

    def value(self) -> int | None:  # type: ignore[override]  # a number where the common field has a text
        """The number; InvalidInput if the text is none."""
        text = self.text().strip()
        if text and not text.isdecimal():
            raise InvalidInput(N_("“{value}” is not a whole number."), value=text)
        return int(text) if text else None

    def set_value(self, value: int | None) -> None:  # type: ignore[override]
        """Show `value`, None as empty."""
        self.setText("" if value is None else str(value))


class BirthdayField(TextField):
    """A birthday in the user's way, with its year or without; the value is as the file keeps it."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._book, self._known = book, ("", "")
        example = birthdays.typed(current(), f"1985-{book.today():%m-%d}")
        self.setPlaceholderText(tr(N_("{example}, the year may be left out"), example=example))

    def value(self) -> str | None:  # type: ignore[override]  # None where the common field has ""
        """The birthday, None for an empty line; InvalidInput for what is none."""
        text = self.text().strip()
        return self._known[1] if text and text == self._known[0] else birthdays.read(self._book, current(), text)

    def set_value(self, value: str | None) -> None:
        """Show a birthday, None as empty."""
        shown = birthdays.typed(current(), value) if value else ""
        self._known = (shown, value or "")
        super().set_value(shown)


class ClockField(TextField):
    """A time of day, as "9", "9:30" or "3pm"; the value is 'HH:MM'."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__("09:00", parent)
        self._book = book

    def value(self) -> str | None:  # type: ignore[override]  # None where the common field has ""
        """The time, None for an empty line; InvalidInput for what is none."""
        from desktop_crm.services import quick_add  # reads times in words, which takes a while to load

        return quick_add.read_time(self._book, current(), self.text())


class CheckedNumberField(QWidget):
    """A registration or tax number; what is odd about it is told below, quietly, and never stands in the way."""

    def __init__(self, field: str, country: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._country = field, country
        self.line = TextField()
        self.note = Label("", 12, tone="warn", wrap=True)
        self.note.hide()
        self.line.editingFinished.connect(self.check)
        self.setFocusProxy(self.line)
        self.setLayout(column(self.line, self.note, gap=4))

    def value(self) -> str:
        """The number as it is written."""
        return self.line.value()

    def set_value(self, value: str | None) -> None:
        """Show a number, None as empty."""
        self.line.set_value(value)
        self.check()

    def set_invalid(self, why: str) -> None:
        """Mark the number as refused with the sentence `why`; "" takes the mark away."""
        self.line.set_invalid(why)

    def check(self) -> None:
        """Say what is odd about the number in the country that is meant now."""
        odd = remark(self._field, self._country(), self.line.value())
        self.note.setText(tr(odd.message, name=odd.name) if odd else "")
        self.note.setVisible(odd is not None)
        self.line.setAccessibleDescription(self.note.text())

    @override
    def setAccessibleName(self, name: str) -> None:
        self.line.setAccessibleName(name)


class _Company(QWidget):
    """One company that a person belongs to, their role there, and a button that takes the row away."""

    def __init__(self, book: Book, member: Membership | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.company, self.role = CustomerField(book, "affiliations"), Field(tr(N_("Role")))
        self.company.setAccessibleName(tr(N_("Company")))
        self.role.setAccessibleName(tr(N_("Role")))
        if member is not None:
            self.company.set_value(member[0])
            self.role.setText(member[1])
        self.remove = IconButton("close", tr(N_("Remove")), token="dim")
        line = row(self.company, self.role, self.remove, gap=6)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        self.setLayout(line)


class CompaniesField(QWidget):
    """The companies that a person belongs to beside their own, each with the role there."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._rows: list[_Company] = []
        self._box = column(gap=6)
        self._add = Button(tr(N_("Add a company")), "plus", "quiet")
        self._add.clicked.connect(lambda: self._append(None).company.setFocus())
        self.setLayout(column(self._box, row(self._add, None), gap=6))

    def value(self) -> tuple[Membership, ...]:
        """The companies as (customer id, role), empty rows left out; InvalidInput for a name that is no customer's."""
        found = ((line.company.value(), line.role.text().strip()) for line in self._rows)
        return tuple((customer, role) for customer, role in found if customer is not None)

    def set_value(self, value: Sequence[Membership] | None) -> None:
        """Show these companies."""
        for line in list(self._rows):
            self._drop(line)
        for member in value or ():
            self._append(member)

    def set_invalid(self, why: str) -> None:
        """Mark every company as refused with the sentence `why`; "" takes the mark away."""
        for line in self._rows:
            line.company.set_invalid(why)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        (self._rows[0].company if self._rows else self._add).setFocus(reason)

    def _append(self, member: Membership | None) -> _Company:
        line = _Company(self._book, member, self)
        line.remove.clicked.connect(lambda: self._removed(line))
        self._rows.append(line)
        self._box.addWidget(line)
        line.show()  # now, not when Qt is idle: it is to take the focus
        return line

    def _removed(self, line: _Company) -> None:
        self._drop(line)
        self._add.setFocus()

    def _drop(self, line: _Company) -> None:
        self._rows.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
