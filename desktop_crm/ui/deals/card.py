"""A deal's card beside the board: everything about it, each value changed where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.domain.deals import DealLine, weighted
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import deals, quick_add
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.deals import standing
from desktop_crm.ui.deals.acts import DealActs
from desktop_crm.ui.deals.loading import Lists
from desktop_crm.ui.deals.own_block import OwnBlock
from desktop_crm.ui.deals.past import Past, caption
from desktop_crm.ui.deals.steps import Steps
from desktop_crm.ui.documents.block import DocumentsBlock
from desktop_crm.ui.forms import LongTextField
from desktop_crm.ui.inline import InlineText
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.lines_editor import LinesEditor
from desktop_crm.ui.lookup import LookupField, Offer, customers
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline, Label, set_property
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

_LABEL = 104


class Notes(LongTextField):
    """Notes that are saved when they are left, or by Ctrl+Enter; `committed(text)` if they were changed."""

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Notes")), 3, parent)
        self.setAccessibleName(tr(N_("Notes")))
        self._saved = ""

    def set_saved(self, text: str) -> None:
        """Show what is saved, unless it is being written over right now."""
        if self.hasFocus() and self.value() != self._saved:
            return
        self._saved = text
        if self.value() != text:
            self.set_value(text)

    def commit(self) -> None:
        """Emit what was written, if it is new."""
        if self.value() != self._saved:
            self._saved = self.value()
            self.committed.emit(self._saved)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        else:
            super().keyPressEvent(event)


class DealCard(QWidget):
    """One deal. It saves single values itself; moving, deciding and deleting it asks the page for."""

    closed = Signal()
    customer_wanted = Signal(int)
    task_wanted = Signal(int)
    stage_picked = Signal(int, int)
    decide_wanted = Signal(list, str)
    reopen_wanted = Signal(int)
    delete_wanted = Signal(list)
    act_wanted = Signal(str)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, acts: DealActs,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._acts = book, acts
        self._card: deals.Card | None = None
        self._lists = Lists()
        self.name = InlineText(name=tr(N_("Name")), size=15, strong=True, required=True)
        self.customer_link = Button("", "company", "quiet")
        self.badge, self.standing = Badge(), Dim(size=12)
        self.steps = Steps(book, messages)
        self.lines = LinesEditor(book, jobs)
        self.follow = Button("", kind="quiet")
        self.notes = Notes()
        self.past = Past(book)
        self.documents = DocumentsBlock(book, jobs, messages)
        self.documents.acts.serve(self)
        self.own = OwnBlock(book, lambda deal, values: acts.edit(deal, {}, own=values), _labelled)
        self._make_values(jobs)
        self._make_buttons()
        self._lay_out()
        self._connect()

    @property
    def deal(self) -> int | None:
        """The deal that is shown."""
        return self._card.row.id if self._card is not None else None

    def show_deal(self, deal: int, lists: Lists) -> None:
        """Read a deal and show it; NotFound if it is gone."""
        card = deals.card(self._book, deal)
        if self._card is not None and self._card.row.id != deal:
            self.commit()
        self._card, self._lists = card, lists
        self._show_head(card)
        self._show_values(card, lists)
        self.steps.show_deal(deal, card.row.customer_id)
        self.past.show_card(card)
        self.documents.show_record("deals", deal)
        self.own.show_deal(deal)

    def commit(self) -> None:
        """Save what is written but not yet left."""
        self.notes.commit()

    # The parts

    def _make_values(self, jobs: Jobs) -> None:
        say, book = current(), self._book
        self.stage, self.seller, self.source = _flat(tr(N_("Stage"))), _flat(tr(N_("Seller"))), _flat(tr(N_("Source")))
        self.amount = InlineText(name=tr(N_("Amount")), strong=True)
        self.chance = Label()
        self.expected = InlineText(name=tr(N_("Expected")))
        self.external = InlineText(name=tr(N_("External ID")))
        self.customer = LookupField(customers(book), jobs, tr(N_("No customer")),
                                    create=N_("Create customer “{name}”"))
        self.customer.setProperty("look", "flat")
        self.customer.setAccessibleName(tr(N_("Customer")))
        self.lost = Label(wrap=True)
        self._parse: dict[str, Callable[[str], object]] = {
            "amount": lambda typed: say.read_money(typed, self._row_currency()),
            "expected_on": lambda typed: quick_add.read_day(book, say, typed),
            "external_id": lambda typed: typed, "name": lambda typed: typed}

    def _make_buttons(self) -> None:
        self.won, self.lost_button = Button(tr(N_("Won")), "won"), Button(tr(N_("Lost")), "lost")
        self.reopen = Button(tr(N_("Reopen")), "undo")
        self.quotation = Button(tr(N_("Quotation")), "pdf", "quiet")
        self.returns = Button(tr(N_("Return")), "undo", "quiet")
        self.account = Button("", "money", "quiet")
        self.delete = IconButton("trash", tr(N_("Delete the deal (Del)")), token="dim")
        self.close_button = IconButton("close", tr(N_("Close (Esc)")), small=True, token="dim")

    def _lay_out(self) -> None:
        head = row(self.name, self.close_button)
        head.setStretch(0, 1)
        state = row(self.badge, self.standing, None)
        buttons = row(self.won, self.lost_button, self.reopen, None, self.delete)
        self._lost_row = _labelled(tr(N_("Lost because")), self.lost)
        values = column(
            _labelled(tr(N_("Customer")), self.customer), _labelled(tr(N_("Stage")), self.stage),
            _labelled(tr(N_("Amount")), self.amount), _labelled(tr(N_("Probability")), self.chance),
            _labelled(tr(N_("Expected")), self.expected), _labelled(tr(N_("Seller")), self.seller),
            _labelled(tr(N_("Source")), self.source), _labelled(tr(N_("External ID")), self.external), gap=2)
        products = row(caption(tr(N_("Products"))), None, self.follow)
        self.setLayout(column(
            column(head, row(self.customer_link, None), state, gap=4), buttons,
            row(self.quotation, self.returns, self.account, None, gap=4), self._lost_row, Hairline(),
            caption(tr(N_("Next steps"))), self.steps, Hairline(), values, Hairline(), self.own, products,
            self.lines, Hairline(), caption(tr(N_("Notes"))), self.notes, Hairline(), self.documents, Hairline(),
            self.past, None,
            gap=12, margins=(16, 14, 16, 16)))

    def _connect(self) -> None:
        for key, field in (("name", self.name), ("amount", self.amount), ("expected_on", self.expected),
                           ("external_id", self.external)):
            field.committed.connect(lambda typed, key=key, field=field: self._typed(key, field, typed))
        for key, choice in (("seller_id", self.seller), ("source_id", self.source)):
            choice.picked.connect(lambda value, key=key: self._save(key, value))
        self.stage.picked.connect(lambda stage: self.stage_picked.emit(self._id(), stage))
        self.customer.picked.connect(self._customer_picked)
        self.notes.committed.connect(lambda text: self._save("notes", text or None))
        self.lines.changed.connect(self._lines_changed)
        self.follow.clicked.connect(self._follow_lines)
        self.customer_link.clicked.connect(self._go_to_customer)
        self.steps.opened.connect(self.task_wanted)
        self.close_button.clicked.connect(self.closed)
        self.won.clicked.connect(lambda: self.decide_wanted.emit([self._id()], "won"))
        self.lost_button.clicked.connect(lambda: self.decide_wanted.emit([self._id()], "lost"))
        self.reopen.clicked.connect(lambda: self.reopen_wanted.emit(self._id()))
        for button, wish in ((self.quotation, "quotation"), (self.returns, "return")):
            button.clicked.connect(lambda _=False, wish=wish: self.act_wanted.emit(f"{wish}:{self._id()}"))
        self.account.clicked.connect(self._turn_account)
        self.delete.clicked.connect(lambda: self.delete_wanted.emit([self._id()]))

    # What is shown

    def _show_head(self, card: deals.Card) -> None:
        item, today = card.row, self._book.today()
        if not self.name.editing():
            self.name.set_value(item.name)
        self.customer_link.set_text(item.customer or "")
        self.customer_link.setVisible(item.customer is not None)
        self.badge.set_state(item.stage, standing.TONES.get(item.status, "neutral"))
        found, tone = standing.mark(item, today), ""
        if item.status == "open":
            spent = standing.days(item.days_in_stage(today))
            said, tone = " · ".join(dict.fromkeys(part for part in (spent, found.words) if part)), found.tone
        else:
            said = tr(N_("closed {day}"), day=current().day(item.closed_on))
        self.standing.setText(said)
        self.standing.set_tone(tone or "dim")
        for button, shown in ((self.won, item.status != "won"), (self.lost_button, item.status != "lost"),
                              (self.reopen, item.status != "open")):
            button.setVisible(shown)
        sold = item.status == "won" and (item.amount or 0) > 0
        on = bool(card.values["on_account"])
        self.quotation.setVisible((item.amount or 0) >= 0)
        self.returns.setVisible(sold and not self._book.reading)
        self.account.setVisible(sold and item.customer_id is not None and not self._book.reading)
        self.account.set_text(tr(N_("Take off the account") if on else N_("Put on account")))
        reason = " — ".join(part for part in (card.lost_reason, card.values["lost_note"]) if part)
        self.lost.setText(reason or "—")
        self._lost_row.setVisible(item.status == "lost")

    def _show_values(self, card: deals.Card, lists: Lists) -> None:
        item, say = card.row, current()
        pipeline = lists.pipeline_of(item.stage_id)
        self.stage.set_options(tuple((stage.id, stage.name) for stage in pipeline.stages))
        self.stage.set_value(item.stage_id)
        for choice, options, key in ((self.seller, lists.sellers, "seller_id"),
                                     (self.source, lists.sources, "source_id")):
            choice.set_options(((None, "—"), *((option.id, option.name) for option in options)))
            choice.set_value(card.values[key])
        shown = {self.amount: "" if item.amount is None else say.money(item.amount, item.currency),
                 self.expected: "" if item.expected_on is None else say.day(item.expected_on),
                 self.external: item.external_id or ""}
        for field, text in shown.items():
            if not field.editing():
                field.set_value(text)
        self.chance.setText(tr(N_("{percent} %, weighted {money}"), percent=say.number(item.probability),
                               money=_weighted(card)) if item.status == "open" else f"{say.number(item.probability)} %")
        if not self.customer.hasFocus():
            self.customer.set_value(Offer(item.customer_id, item.customer) if item.customer else None)
        self.notes.set_saved(card.values["notes"] or "")
        self.lines.set_value(card.lines, item.currency)
        total = deals.total(card.lines)
        self.follow.set_text(tr(N_("Use {money} as the amount"), money=standing.amount(total, item.currency)))
        self.follow.setVisible(total is not None and total != item.amount)

    # What the user does

    def _id(self) -> int:
        if self._card is None:
            raise RuntimeError("no deal is shown")
        return self._card.row.id

    def _row_currency(self) -> str:
        return self._card.row.currency if self._card is not None else self._book.currency

    def _save(self, key: str, value: object) -> bool:
        """Save one value, if the one that was seen is still so; else show what is."""
        if self._card is None:
            return False
        saved = self._acts.edit(self._card.row.id, {key: value}, {key: self._card.values[key]})
        if saved:
            self._refresh()
        return saved

    def _refresh(self) -> None:
        """What was seen is now what was saved: the feed comes a moment later."""
        if self._card is not None:
            self._card = deals.card(self._book, self._card.row.id)
            self._show_head(self._card)
            self._show_values(self._card, self._lists)

    def _typed(self, key: str, field: InlineText, typed: str) -> None:
        try:
            value = self._parse[key](typed)
        except CrmError as error:
            field.refuse(current().error(error))
            return
        if not self._save(key, value) and self._card is not None:
            field.set_value(field.value())

    def _customer_picked(self, offer: Offer | None) -> None:
        if self._card is None:
            return
        fresh = offer.name if offer is not None and offer.id is None else ""
        known = offer.id if offer is not None else None
        seen: dict[str, Any] = {"customer_id": self._card.values["customer_id"]}
        if self._acts.edit(self._card.row.id, {"customer_id": known}, seen, new_customer=fresh):
            self.customer.clearFocus()
            self._refresh()

    def _turn_account(self) -> None:
        """Take the deal into the credit book, or out of it."""
        if self._card is not None and self._acts.put_on_account(self._card.row.id, not self._card.values["on_account"]):
            self._refresh()

    def _go_to_customer(self) -> None:
        if self._card is not None and self._card.row.customer_id is not None:
            self.customer_wanted.emit(self._card.row.customer_id)

    def _lines_changed(self, lines: tuple[DealLine, ...]) -> None:
        """The amount follows the lines, unless somebody has set another one."""
        if self._card is None:
            return
        now = self._card.row.amount
        follows = now is None or now == deals.total(self._card.lines)
        values = {} if follows else {"amount": now}
        if self._acts.edit(self._card.row.id, values, lines=lines):
            self._refresh()

    def _follow_lines(self) -> None:
        if self._card is not None:
            self._save("amount", deals.total(self._card.lines))


def _flat(name: str) -> Choice:
    choice = Choice()
    choice.setAccessibleName(name)
    set_property(choice, "look", "flat")
    return choice


def _labelled(name: str, field: QWidget) -> QWidget:
    """A dim name and its value in one line."""
    line, label = QWidget(), ElidedLabel(name, 12, tone="dim")
    label.setFixedWidth(theme.px(_LABEL))
    inset = 0 if isinstance(field, (Choice, LookupField)) else 3  # the inner margin that these bring along
    box: QHBoxLayout = row(label, row(field, margins=(inset, 0, 0, 0)), gap=8)
    box.setStretch(1, 1)
    line.setLayout(box)
    line.setMinimumHeight(theme.px(30))
    return line


def _weighted(card: deals.Card) -> str:
    if card.row.amount is None:
        return "—"
    return current().money(weighted(card.row.amount, card.row.probability), card.row.currency, short=True)

