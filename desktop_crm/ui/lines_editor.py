"""The product lines of a deal or a sale: product, quantity, price, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import deals
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.lookup import LookupField, Offer, goods
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.fields import Field, MoneyField
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, amount, current, tr


class QuantityField(Field):
    """A quantity in thousandths, typed as people write it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("1", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(tr(N_("Quantity")))

    def value(self) -> int:
        """The quantity in thousandths; an empty line is one piece. InvalidInput for what is no number."""
        read = current().read_quantity(self.text())
        return 1000 if read is None else read

    def set_value(self, thousandths: int) -> None:
        """Show a quantity."""
        self.setText(current().number(thousandths / 1000))


class LineRow(QWidget):
    """One line in the form; `changed` when a value was finished, `filled` when its product was chosen first."""

    changed = Signal()
    removed = Signal(object)
    entered = Signal(object)

    def __init__(self, book: Book, jobs: Jobs, line: DealLine, currency: str, eager: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say = current()
        self._line, self._currency, self._eager = line, currency, eager
        self.product = LookupField(goods(book), jobs, tr(N_("Add a product")), free=True, eager=eager)
        self.product.setAccessibleName(tr(N_("Product")))
        self.quantity = QuantityField()
        self.price = MoneyField(lambda typed: say.read_money(typed, currency),
                                lambda minor: say.money(minor, currency, symbol=False))
        self.price.setPlaceholderText(tr(N_("Price")))
        self.price.setAccessibleName(tr(N_("Price per piece")))
        self.quantity.setFixedWidth(theme.px(52))
        self.price.setFixedWidth(theme.px(98))
        self._remove = IconButton("close", tr(N_("Remove the line")), small=True, token="dim")
        self._remove.clicked.connect(lambda: self.removed.emit(self))
        self.setLayout(row(self.product, self.quantity, self.price, self._remove, gap=4))
        self._show(line)
        self.product.picked.connect(self._picked)
        for field in (self.product, self.quantity, self.price):
            field.installEventFilter(self)
        self.quantity.editingFinished.connect(self._finished)
        self.price.changed.connect(self._finished)

    def value(self) -> DealLine | None:
        """The line, None if it names nothing; raises CrmError where a field says no value."""
        offer = self.product.value()
        if offer is None:
            return None
        if offer.id is None:
            return DealLine(None, offer.name, self.quantity.value(), self.price.value(), self._line.cost, self._line.id)
        cost = offer.product.priced_in(self._currency)[1] if offer.product is not None else self._line.cost
        return DealLine(offer.id, offer.name, self.quantity.value(), self.price.value(), cost, self._line.id)

    def keep_room(self, kept: bool) -> None:
        """Keep the room of the button that removes the line while it is hidden: the other lines have theirs."""
        policy = self._remove.sizePolicy()
        policy.setRetainSizeWhenHidden(kept)
        self._remove.setSizePolicy(policy)

    @property
    def blank(self) -> bool:
        """Whether nothing is named yet."""
        return not self.product.text().strip()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Delete and ctrl:
                self.removed.emit(self)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ctrl and not self.blank:
                self._next(watched)
                return True
        return super().eventFilter(watched, event)

    def _next(self, watched: QObject) -> None:
        """Enter goes from field to field, and from the last to a new line."""
        if watched is self.product:
            self.product.take_first()
            self.quantity.setFocus(Qt.FocusReason.TabFocusReason)
        elif watched is self.quantity:
            self.price.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit(self)

    def _show(self, line: DealLine) -> None:
        self.product.set_value(Offer(line.product_id, line.name) if line.name else None)
        if line.name:
            self.quantity.set_value(line.quantity)
        self.price.set_value(line.price)
        self._remove.setVisible(bool(line.name))

    def _picked(self, offer: Offer | None) -> None:
        if offer is not None and offer.product is not None:
            self.price.set_value(offer.product.priced_in(self._currency)[0])
        if offer is not None and not self.quantity.text():
            self.quantity.set_value(1000)
        self._remove.setVisible(offer is not None)
        self.changed.emit()
        if self._eager and offer is not None and self.product.hasFocus():
            self.quantity.setFocus(Qt.FocusReason.TabFocusReason)

    def _finished(self) -> None:
        try:
            self.quantity.value()
        except CrmError as error:
            self.quantity.set_invalid(current().error(error))
            return
        self.quantity.set_invalid("")
        if not self.blank:
            self.changed.emit()


class LinesEditor(QWidget):
    """The lines with an empty one at the end; `changed(lines)` whenever what they say has changed.

    An eager one takes the first product that is found by Enter, for those in a hurry.
    """

    changed = Signal(object)

    def __init__(self, book: Book, jobs: Jobs, eager: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._eager = book, jobs, eager
        self._currency = book.currency
        self._rows: list[LineRow] = []
        self._said: tuple[DealLine, ...] = ()
        self._box = column(gap=4)
        self._sum_name, self._sum = Dim(tr(N_("Sum of the lines")), 12), Label(size=12, strong=True)
        self.setLayout(column(self._box, row(self._sum_name, None, self._sum, margins=(0, 0, 30, 0)), gap=6))
        self.set_value(())

    def value(self) -> tuple[DealLine, ...]:
        """The lines; raises CrmError where a field says no value."""
        lines = (item.value() for item in self._rows)
        return tuple(line for line in lines if line is not None)

    def set_value(self, lines: Sequence[DealLine] | None, currency: str = "") -> None:
        """Show these lines and an empty one; rows that say the same already are left as they are."""
        lines, currency = tuple(lines or ()), currency or self._book.currency
        if self._rows and lines == self._said and currency == self._currency and self._settled(lines):
            return
        self._currency = currency
        for item in list(self._rows):
            self._drop(item)
        for line in (*lines, DealLine(None, "")):
            self._append(line)
        self._said = lines
        self._total(lines)

    def set_invalid(self, why: str) -> None:
        """Mark the last line as refused with the sentence `why`; "" takes the mark away."""
        self._rows[-1].product.set_invalid(why)

    def blank_field(self) -> LookupField:
        """The empty line's field for a product."""
        return self._rows[-1].product

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard into the empty line."""
        self._rows[-1].product.setFocus(reason)

    def _settled(self, lines: tuple[DealLine, ...]) -> bool:
        try:
            return self.value() == lines
        except CrmError:
            return False

    def _append(self, line: DealLine) -> LineRow:
        item = LineRow(self._book, self._jobs, line, self._currency, self._eager)
        item.changed.connect(self._changed)
        item.removed.connect(self._remove)
        item.entered.connect(self._after)
        self._rows.append(item)
        self._box.addWidget(item)
        self._align()
        return item

    def _align(self) -> None:
        """Lines stand in columns; a lonely blank one ends where the fields around it end."""
        for item in self._rows:
            item.keep_room(len(self._rows) > 1)

    def _after(self, item: LineRow) -> None:
        place = self._rows.index(item) + 1
        following = self._rows[place] if place < len(self._rows) else self._append(DealLine(None, ""))
        following.product.setFocus()

    def _remove(self, item: LineRow) -> None:
        place = self._rows.index(item)
        if item.blank and item is self._rows[-1]:
            return
        self._drop(item)
        self._rows[min(place, len(self._rows) - 1)].product.setFocus()
        self._changed()

    def _drop(self, item: LineRow) -> None:
        self._rows.remove(item)
        self._box.removeWidget(item)
        item.hide()
        item.deleteLater()
        self._align()

    def _changed(self) -> None:
        if not self._rows[-1].blank:
            self._append(DealLine(None, ""))
        try:
            lines = self.value()
        except CrmError:
            return  # the field has said why, and the user is about to mend it
        self._total(lines)
        if lines != self._said:
            self._said = lines
            self.changed.emit(lines)

    def _total(self, lines: Sequence[DealLine]) -> None:
        self._sum.setText(amount(deals.total(lines), self._currency))
        self._sum.setVisible(bool(lines))
        self._sum_name.setVisible(bool(lines))
