"""The questions of the setup interview; each answer is read at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.selling import WAYS, Answers
from desktop_crm.services.book import Book
from desktop_crm.ui.forms import TickField
from desktop_crm.ui.sales.fields import ChoiceChips, money_field
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_CYCLES = (0, 3, 7, 14, 30, 60, 90, 180)
"""Days that are offered for a sale."""
_CONTACTS = (14, 30, 45, 60, 90, 180)
"""Days that are offered for a silence."""
_USUAL_CONTACT = 30
_DAYS = N_count("{n} day", "{n} days")


class Questions(QWidget):
    """What is asked, one below the other; `changed` when an answer is another."""

    changed = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = {
            "sells": tr(N_("How do you sell?")), "cycle": tr(N_("How long does a sale usually take?")),
            "target": tr(N_("What do you want to sell a month, in {currency}?"),
                         currency=current().symbol(book.currency)),
            "contact": tr(N_("How many days without contact are too many?"))}
        self.sells = ChoiceChips([(key, tr(way.title)) for key, way in WAYS.items()], titles["sells"])
        self.cycle, self.contact = Choice(), Choice()
        self.target = money_field(book, titles["target"], tr(N_("no target")))
        self.credit = TickField(tr(N_("Customers may pay later")))
        for key, field in (("cycle", self.cycle), ("contact", self.contact)):
            field.setAccessibleName(titles[key])
        self._days: int | None = None
        self.setLayout(column(*(column(Label(title, wrap=True), getattr(self, key), gap=6)
                                for key, title in titles.items()), self.credit, None, gap=16))
        self.setFocusProxy(self.sells.chips["retail"])
        self._wire()

    def show_answers(self, found: Answers | None) -> None:
        """Show what was answered last; without that, the first way of selling as it usually is."""
        found = found or Answers(next(iter(WAYS)), contact=_USUAL_CONTACT)
        self._days = found.days
        self.sells.set_value(found.sells)
        self.setFocusProxy(self.sells.chips[found.sells])
        self.credit.set_value(found.credit)
        self.target.set_value(found.target)
        self.contact.set_options(((0, tr(N_("never"))), *((days, tr_count(*_DAYS, days)) for days in sorted(
            {*_CONTACTS, found.contact} - {0}))))
        self.contact.set_value(found.contact)
        self._offer_cycles()

    def answers(self) -> Answers:
        """What is answered; InvalidInput where the target is no amount."""
        contact = self.contact.value()
        return Answers(self.sells.value(), self._days, self.credit.value(), self.target.value(),
                       contact if isinstance(contact, int) else 0)

    def _wire(self) -> None:
        self.sells.picked.connect(lambda _: self._pick_way())
        self.cycle.picked.connect(self._pick_cycle)
        for signal in (self.contact.picked, self.target.changed):
            signal.connect(lambda _: self.changed.emit())
        self.credit.toggled.connect(lambda _: self.changed.emit())

    def _pick_way(self) -> None:
        """Each way has its own usual length of a sale."""
        self._days = None
        self._offer_cycles()
        self.changed.emit()

    def _pick_cycle(self, days: object) -> None:
        self._days = days if isinstance(days, int) else None
        self.changed.emit()

    def _offer_cycles(self) -> None:
        usual = WAYS[self.sells.value()].days
        now = usual if self._days is None else self._days
        self.cycle.set_options(tuple((days, tr_count(*_DAYS, days) if days else tr(N_("it is made at once")))
                                     for days in sorted({*_CYCLES, usual, now})))
        self.cycle.set_value(now)


def hint() -> Dim:
    """What the interview is for, and that it may wait."""
    return Dim(tr(N_("A few answers propose how the program fits your trade. Nothing is changed before you say so. "
                     "Escape leaves it for later: it stays in the settings.")), wrap=True)
