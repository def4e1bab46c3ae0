"""What a daily report is told by hand: the cash that was counted, the month's targets; and the way to close the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.values import Period
from desktop_crm.services import evening, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.inline import InlineText
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Card, Panel
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.words import N_, amount, current, tr

_FIELD, _NAME, _ROW, _MOST = 132, 180, 30, 12


@dataclass(frozen=True, slots=True)
class DeskValues:
    """What the desk shows of a day: the counted cash, the shop's target, each active seller's; minor units."""

    day: date
    counted: int | None
    shop: int | None
    sellers: tuple[tuple[int, str, int | None], ...]


def read(book: Book, day: date) -> DeskValues:
    """The values of a day and of its calendar month; for a worker."""
    month = Period.month(day)
    known = {row.seller_id: row.amount for row in evening.targets(book, day) if row.period == month}
    active = [(seller.id, seller.name, known.get(seller.id)) for seller in sellers.all_sellers(book)
              if seller.active]
    return DeskValues(day, evening.counted(book, day), known.get(None), tuple(active))


class DayDesk(Panel):
    """One line of fields in place: Enter saves, an empty one takes away. `close_wanted()` to close the day."""

    close_wanted = Signal()

    def __init__(self, book: Book, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._values: DeskValues | None = None
        self.cash = self._field(tr(N_("Cash counted")), self._count)
        self.target = self._field(tr(N_("Target")), lambda minor: self._aim(minor, None))
        self._month = Dim(tr(N_("Target")))
        self.by_seller = Button(tr(N_("Targets of the sellers…")), kind="quiet")
        self.close_button = Button(tr(N_("Close the day")), "moon")
        self.popup: SellerTargets | None = None
        line = row(Dim(tr(N_("Cash counted"))), self.cash, self._month, self.target, self.by_seller, None,
                   self.close_button, gap=8, margins=(16, 4, 16, 4))
        self.setLayout(column(line, Hairline(), gap=0))
        self.by_seller.clicked.connect(self.open_sellers)
        self.close_button.clicked.connect(self.close_wanted)
        self.hide()

    def show_values(self, values: DeskValues) -> None:
        """Show the values of a day; a field that is being typed into keeps its text."""
        self._values = values
        self._month.setText(tr(N_("Target, {period}"), period=current().skeleton(values.day, "yMMMM")))
        for field, minor in ((self.cash, values.counted), (self.target, values.shop)):
            if not field.editing():
                field.set_value(_shown(minor, self._book.currency))
        self.by_seller.setVisible(bool(values.sellers))
        self.close_button.setVisible(values.day == self._book.today())
        if self.popup is not None and self.popup.isVisible():
            self.popup.show_values(values)
        self.setVisible(not self._book.reading)

    def open_sellers(self) -> SellerTargets | None:
        """Open the sellers' targets below their button; gives the pop-up."""
        if self._values is None:
            return None
        self.popup = SellerTargets(self._values, self._field, self._aim, self._book.currency, self)
        self.popup.move(self.by_seller.mapToGlobal(QPoint(0, self.by_seller.height() + theme.px(4))))
        self.popup.show()
        self.popup.focus_first()
        return self.popup

    def _field(self, name: str, save: Callable[[int | None], Changes | None]) -> InlineText:
        field = InlineText("", name, placeholder=tr(N_("type an amount")))
        field.setFixedWidth(theme.px(_FIELD))

        def committed(typed: str) -> None:
            try:
                minor = current().read_money(typed, self._book.currency)
                save(minor)
                field.set_value(_shown(minor, self._book.currency))
            except CrmError as error:
                field.edit()
                field.refuse(current().error(error))
                self._messages.tell(error)

        field.committed.connect(committed)
        return field

    def _count(self, minor: int | None) -> None:
        if self._values is not None:
            changes = evening.count_cash(self._book, self._values.day, minor)
            self._said(changes, tr(N_("Cash counted: {amount}"), amount=amount(minor, self._book.currency)))

    def _aim(self, minor: int | None, seller: int | None) -> None:
        if self._values is not None:
            changes = evening.set_target(self._book, Period.month(self._values.day), minor, seller)
            self._said(changes, tr(N_("Target: {amount}"), amount=amount(minor, self._book.currency)))

    def _said(self, changes: Changes, text: str) -> None:
        if changes.count:
            self._messages.undoable(text, self._undo)

    def _undo(self) -> None:
        try:
            self._book.undo()
        except CrmError as error:
            self._messages.tell(error)


class SellerTargets(Card):
    """A field for each active seller's target, in a pop-up."""

    def __init__(self, values: DeskValues, field: Callable[[str, Callable[[int | None], None]], InlineText],
                 aim: Callable[[int | None, int | None], None], currency: str, parent: QWidget) -> None:
        super().__init__(parent, margin=12)
        self.setWindowFlags(Qt.WindowType.Popup)
        self._currency = currency
        self.fields: dict[int, InlineText] = {}
        lines = []
        for seller, name, _ in values.sellers:
            self.fields[seller] = field(tr(N_("Target of {name}"), name=name),
                                        lambda minor, seller=seller: aim(minor, seller))  # type: ignore[misc]
            label = ElidedLabel(name)
            label.setFixedWidth(theme.px(_NAME))
            lines.append(row(label, self.fields[seller], gap=12))
        inner = QWidget()
        inner.setLayout(column(*lines, None, gap=6))
        scroll = Scroll(inner)
        scroll.setFixedSize(theme.px(_NAME + _FIELD + 24), theme.px(_ROW * min(_MOST, len(lines))))
        head = Dim(tr(N_("Target, {period}"), period=current().skeleton(values.day, "yMMMM")))
        self.body.addWidget(head)
        self.body.addWidget(scroll)
        self.show_values(values)

    def show_values(self, values: DeskValues) -> None:
        """Show the targets as they are now."""
        for seller, _, minor in values.sellers:
            field = self.fields.get(seller)
            if field is not None and not field.editing():
                field.set_value(_shown(minor, self._currency))

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()


def _shown(minor: int | None, currency: str) -> str:
    return "" if minor is None else amount(minor, currency)
