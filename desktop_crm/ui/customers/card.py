"""The card beside the list: one customer with everything about them, and the forms that change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services import activities, attachments, contacts, customers, deals, local_time, payments, tasks
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card
from desktop_crm.services.quick_log import Phrase, next_step, task_values
from desktop_crm.ui import icons
from desktop_crm.ui.customers import about_acts, editing
from desktop_crm.ui.customers.about_acts import AboutActs
from desktop_crm.ui.customers.account_acts import AccountActs
from desktop_crm.ui.customers.form_pane import Edit, FormPane
from desktop_crm.ui.customers.head import CardHead, Figures
from desktop_crm.ui.customers.lead_acts import LeadActs
from desktop_crm.ui.customers.lead_strip import LeadStrip
from desktop_crm.ui.customers.quicklog import QuickLog
from desktop_crm.ui.customers.sections import Sections
from desktop_crm.ui.customers.standing import StandingStrip
from desktop_crm.ui.documents.acts import DocumentActs
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, current, tr

Attempt = Callable[[Callable[[], Any]], Any]
_OPENS = {"move": "deals", "deal": "deals", "task": "tasks"}
_DELETES: dict[str, Callable[[Book, list[int]], object]] = {
    "activity": activities.delete, "contact": contacts.delete, "deal": deals.delete, "task": tasks.delete,
    "payment": payments.delete, "document": attachments.delete,
}


class CustomerCard(Panel):
    """One customer. `left()` asks for the list, `saved(id)` follows a new customer, `deleted(name)` a deleted line."""

    left = Signal()
    saved = Signal(int)
    deleted = Signal(str)
    record_wanted = Signal(str, int)
    act_wanted = Signal(str)
    delete_wanted = Signal(int)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, attempt: Attempt,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._messages, self._attempt = book, jobs, messages, attempt
        self._night = Latest(jobs)
        self._card: Card | None = None
        self.head, self.figures, self.log = CardHead(book, self._more_menu()), Figures(), QuickLog()
        self.sections = Sections(book)
        self.acts = AccountActs(book, messages, attempt, self)
        self.about = AboutActs(book, messages, attempt, self.sections, self.head.ways, lambda: self.customer)
        self.documents = DocumentActs(book, jobs, messages, self.sections.view,
                                      lambda: ("customers", self._card.id) if self._card else None)
        self.documents.serve(self, lambda: self.pane is None)
        self.lead, self.standing = LeadStrip(), StandingStrip(book, jobs, messages.tell)
        self.leads = LeadActs(book, messages, attempt, self.lead, self)
        self.pane: FormPane | None = None
        self._lock = Dim(tr(book.locked), 12, wrap=True)
        (self.log if book.reading else self._lock).hide()  # never "show" what has no parent: it would be a window
        nobody = EmptyState("customers", tr(N_("No customer is chosen")))
        body = column(self.head, self.figures, self.standing, self.lead,
                      column(self.log, self._lock, margins=(16, 10, 16, 0), gap=0), self.sections, gap=0)
        body.setStretch(5, 1)
        self._whole = Panel()
        self._whole.setLayout(body)
        self._none = Panel()
        self._none.setLayout(column(nobody))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._whole)
        self.setLayout(column(self._stack, gap=0))
        self._connect()

    def _connect(self) -> None:
        self.head.renamed.connect(self._rename)
        self.head.way_missing.connect(lambda kind: self.edit_details("phones" if kind == "phone" else "emails"))
        self.head.copied.connect(self._copied)
        self.head.note_wanted.connect(lambda: self.edit_details("pinned_note"))
        self.log.logged.connect(self._log)
        self.sections.add_wanted.connect(self.add)
        self.sections.task_typed.connect(self._add_task)
        view = self.sections.view
        view.opened.connect(self.open_line)
        view.ticked.connect(self._tick)
        view.acted.connect(lambda line: self.acts.run(line) if line.kind == "taking" else self._receive(line))
        account = self.sections.account
        account.acted.connect(self._account_act)
        account.promised.connect(lambda typed: self._with_customer(lambda one: self.acts.promise(one, typed)))
        account.remind_wanted.connect(
            lambda tone, way: self._with_customer(lambda one: self.acts.remind(one, tone, way)))
        self.acts.act_wanted.connect(self.act_wanted)
        self.acts.form_wanted.connect(self._open_form)
        self.about.form_wanted.connect(lambda make: self._open_form(make) if self._may_write() else None)
        self.documents.rename_wanted.connect(lambda line: self._open_form(lambda: editing.document(self._book, line)))
        self.leads.form_wanted.connect(lambda make: self._open_form(make) if self._may_write() else None)
        self.leads.act_wanted.connect(self.act_wanted)
        self.standing.settings_wanted.connect(lambda *to: self.act_wanted.emit("settings:{}/{}".format(*to)))
        self.about.details_wanted.connect(self.edit_details)
        self.about.customer_wanted.connect(lambda one: self.record_wanted.emit("customers", one))
        view.deleted.connect(self._delete_line)
        view.menu_requested.connect(self._line_menu)

    # What is shown

    @property
    def customer(self) -> int | None:
        """The id of the customer that is shown, None if there is none."""
        return self._card.id if self._card else None

    def show_customer(self, customer: int | None) -> None:
        """Show a customer; a form with unsaved words is put aside and offered again."""
        if customer != self.customer or customer is None:
            self._put_aside()
            self.about.forget()
        self._show(customer)

    def reload(self) -> None:
        """Read the customer that is shown again; an open form stays as it is."""
        if self._card is not None:
            self._show(self._card.id)

    def _show(self, customer: int | None) -> None:
        try:
            self._card = customers.card(self._book, customer) if customer is not None else None
        except NotFound:
            self._card = None
        if self._card is not None:
            reading = self._book.reading
            self.head.show_card(self._card, reading)
            self._look_at_the_clock(self._card)
            self.figures.show_figures(self._book, self._card.figures)
            self.standing.show_card(self._card)
            self.leads.show_card(self._card)
            self.sections.show_customer(self._card.id, self._counts(self._card), reading)
        if self.pane is None:
            self._stack.setCurrentWidget(self._whole if self._card else self._none)

    def _look_at_the_clock(self, card: Card) -> None:
        """Show what time it is where the customer is; which zone that is takes tables that load elsewhere."""
        self._night.run(lambda _: local_time.there(self._book, card.values, card.channels), self.head.show_there,
                        self._messages.tell, label="")

    def _copied(self, text: str) -> None:
        """Say what is on the clipboard, and what to know before one calls."""
        said = tr(N_("Copied: {text}"), text=text)
        warning = self.head.clock.warning()
        self._messages.note(f"{said} · {warning}" if warning else said)

    def _counts(self, card: Card) -> dict[str, int]:
        """How many contacts, deals and open tasks the chips tell of."""
        return {"contacts": len(card.contacts),
                "documents": len(attachments.documents(self._book, "customers", card.id)),
                "deals": len(deals.list_ids(self._book, DealFilter(customers=(card.id,)))),
                "tasks": tasks.count(self._book, TaskFilter(customers=(card.id,), open_only=True))}

    # Forms

    def new_customer(self) -> None:
        """Open the form of a new customer with the cursor in its name."""
        if self._may_write():
            self._open_form(lambda: editing.new_customer(self._book))

    def edit_details(self, key: str = "") -> None:
        """Open all fields of the customer, with the cursor in the field `key`."""
        card = self._card
        if card is not None and self._may_write():
            self._open_form(lambda: editing.details(self._book, card), key)

    def add(self, kind: str) -> None:
        """Open the form of a new contact, payment, address or consent; a deal is begun in its own tab."""
        customer = self.customer
        if customer is None or not self._may_write():
            return
        if kind in ("address", "consent", "known"):
            self.about.add(kind)
        elif kind == "document":
            self.documents.ask()
        elif kind == "deal":
            self.act_wanted.emit(f"new_deal:{customer}")
        else:
            make = editing.contact if kind == "contact" else editing.payment
            self._open_form(lambda: make(self._book, customer))

    def _may_write(self) -> bool:
        if self._book.reading:
            self._messages.note(self._lock.text())
        return not self._book.reading

    def _open_form(self, make: Callable[[], Edit], key: str = "") -> None:
        edit = self._attempt(make)
        if edit is not None:
            self._put_aside()
            self._take(FormPane(edit))
            if self.pane is not None:
                self.pane.focus(key)

    def _take(self, pane: FormPane) -> None:
        self.pane = pane
        pane.saved.connect(self._form_saved)
        pane.left.connect(self._form_left)
        self._stack.addWidget(pane)
        self._stack.setCurrentWidget(pane)
        if pane.edit.kind == "new":
            self._warn_of_doubles(pane)

    def _warn_of_doubles(self, pane: FormPane) -> None:
        """Say over the form of a new customer whom they look like."""
        from desktop_crm.ui.customers.lookalike import Lookalike

        def merge(known: int) -> None:
            pane.saved.connect(lambda _, new: self.act_wanted.emit(f"merge:{known},{new}"))
            pane.form.submit()

        if pane.findChild(Lookalike) is None:
            line = Lookalike(pane, self._book, self._jobs, self._messages)
            line.opened.connect(lambda known: self.record_wanted.emit("customers", known))
            line.merge_wanted.connect(merge)
            pane.put_above(line)

    def _put_aside(self) -> None:
        """Take the form away; one with unsaved words can be fetched back."""
        pane, self.pane = self.pane, None
        if pane is None:
            return
        self._stack.removeWidget(pane)
        if not pane.dirty():
            pane.deleteLater()
            return
        pane.setParent(self)
        pane.hide()
        pane.saved.disconnect()
        pane.left.disconnect()
        self._messages.offer(tr(N_("“{form}” was put aside with what you typed."), form=pane.edit.title),
                             tr(N_("Go on")), lambda: self._fetch_back(pane))

    def _fetch_back(self, pane: FormPane) -> None:
        self._put_aside()
        self._take(pane)
        pane.focus(pane.edit.specs[0].key)

    def _form_saved(self, kind: str, record: int) -> None:
        self._close_form()
        if kind == "new":
            self.saved.emit(record)
        elif kind == "convert":
            self.record_wanted.emit("customers", record)
        else:
            self.sections.view.setFocus()

    def _form_left(self) -> None:
        fresh = self.pane is not None and self.pane.edit.kind == "new"
        self._close_form()
        if fresh:
            self.left.emit()
        else:
            self.sections.view.setFocus()

    def _close_form(self) -> None:
        pane, self.pane = self.pane, None
        if pane is not None:
            self._stack.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
        self._stack.setCurrentWidget(self._whole if self._card else self._none)

    # Acts

    def _rename(self, name: str) -> None:
        card = self._card
        if card is None:
            return
        seen = {"name": card.values["name"]}
        if self._attempt(lambda: customers.edit(self._book, card.id, {"name": name}, seen=seen)) is None:
            self.reload()

    def _log(self, phrase: Phrase) -> None:
        card = self._card
        if card is None:
            return
        values = {"kind": phrase.kind, "name": phrase.text, "minutes": phrase.minutes, "customer_id": card.id,
                  "seller_id": self._book.seller or card.values["seller_id"]}
        step = next_step(self._book, current(), phrase.next_step) if phrase.next_step else None
        if step is not None:
            values["name"] = phrase.happened or phrase.text
            step |= {"customer_id": card.id, "seller_id": values["seller_id"]}
        if self._attempt(lambda: activities.log(self._book, values, step)) is not None:
            self.log.clear()

    def _add_task(self, text: str) -> None:
        card = self._card
        if card is None:
            return
        fixed = {"customer_id": card.id, "seller_id": self._book.seller or card.values["seller_id"]}
        added = self._attempt(lambda: tasks.add(self._book, {**task_values(self._book, current(), text), **fixed}))
        if added is not None:
            self.sections.task_line.clear()

    def open_line(self, line: Line) -> None:
        """Open what a line tells of: a deal or task in its own tab, the rest in a form."""
        customer = self.customer
        if line.kind == "taking":
            self.acts.run(line)
        elif line.kind in about_acts.KINDS:
            self.about.open(line)
        elif line.kind == "document":
            self.documents.open(line)
        elif line.kind in _OPENS:
            self.record_wanted.emit(_OPENS[line.kind], line.id)
        elif customer is not None and line.kind != "change" and self._may_write():
            makers: dict[str, Callable[[], Edit]] = {
                "contact": lambda: editing.contact(self._book, customer, line.id),
                "activity": lambda: editing.activity(self._book, line.id)}
            self._open_form(makers.get(line.kind, lambda: editing.payment(self._book, customer, line.id)))

    def _tick(self, line: Line) -> None:
        self._attempt(lambda: tasks.finish(self._book, [line.id], not line.checked))

    def _receive(self, line: Line) -> None:
        self._attempt(lambda: payments.receive(self._book, [line.id]))

    def _delete_line(self, line: Line) -> None:
        delete = _DELETES.get(line.kind)
        if line.kind == "taking" and line.group:
            delete = lambda _, __: self.acts.delete(line.group)  # noqa: E731 (the one of a taking is by its key)
        if line.kind == "contact" and line.group and self.customer is not None:  # of another company: taken off here
            at = self.customer
            delete = lambda _, __: contacts.leave(self._book, line.id, at)  # noqa: E731
        if line.kind in ("way", "address", "consent"):
            delete = lambda _, __: self.about.delete(line)  # noqa: E731
        if delete is None and line.kind in about_acts.KINDS:
            return
        if delete is None:
            self._messages.note(tr(N_("History is never deleted. Ctrl+Z takes the last act back.")))
            return
        try:
            delete(self._book, [line.id])
        except CrmError as error:
            self._messages.tell(error)
            return
        self.deleted.emit(line.title if line.kind == "document" else line.words)

    def _with_customer(self, act: Callable[[int], None]) -> None:
        if self.customer is not None:
            act(self.customer)

    def _account_act(self, key: str) -> None:
        if key == "statement" or self._may_write():
            self._with_customer(lambda one: self.acts.act(one, key))

    def receive(self) -> None:
        """Open the form of money that the customer hands over."""
        self._account_act("receive")

    # Menus and keys

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        for title, icon, act in (
                (N_("Details"), "edit", self.edit_details), (N_("New deal"), "deals", lambda: self.add("deal")),
                (N_("New task"), "tasks", self.new_task), (N_("Add contact"), "person", lambda: self.add("contact")),
                (N_("Add a known person"), "link", lambda: self.add("known")),
                (N_("Add address"), "visit", lambda: self.add("address")),
                (N_("Attach a file…"), "file", lambda: self.add("document")),
                (N_("Note a consent"), "check", lambda: self.add("consent")),
                (N_("What is known is true today"), "eye", self.verify),
                (N_("Receive money"), "money", self.receive),
                (N_("Add payment"), "money", lambda: self.add("payment")),
                (N_("Everything held about this person…"), "download", lambda: self.wish("held")),
                (N_("Privacy notice…"), "eye", lambda: self.wish("notice")),
                (N_("Delete"), "trash", self._ask_delete),
                (N_("Erase this person…"), "trash", lambda: self.wish("erase"))):
            action = menu.addAction(icons.icon(icon, "dim"), tr(title))
            action.triggered.connect(lambda _=False, act=act: act())
        return menu

    def tell_about(self) -> None:
        """Show what is known, with the cursor in the line that adds a way to reach them."""
        if self._card is not None:
            self.sections.show_section("about")
            (self.sections.view if self._book.reading else self.sections.way_line).setFocus()

    def verify(self) -> None:
        """Note that what is written here was found to be true today."""
        card = self._card
        if card is not None and self._may_write():
            self._attempt(lambda: customers.edit(self._book, card.id, {"verified_on": self._book.today()}))

    def new_task(self) -> None:
        """Put the cursor into the line that adds a task."""
        if self._card is not None and self._may_write():
            self.sections.show_section("tasks")
            self.sections.task_line.setFocus()

    def wish(self, what: str) -> None:
        """Wish for everything held about the customer ("held"), their privacy notice or their erasure ("erase")."""
        self._with_customer(lambda one: self.act_wanted.emit(f"{what}:{one}"))

    def _ask_delete(self) -> None:
        if self.customer is not None and self._may_write():
            self.delete_wanted.emit(self.customer)

    def _line_menu(self, line: Line, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        acts: list[tuple[str, str, Callable[[], None]]] = []
        if line.kind not in ("change", "taking", "way", "document"):
            acts.append((N_("Open card"), "edit", lambda: self.open_line(line)))
        if line.action and line.kind != "taking":
            acts.append((N_("Receive"), "check", lambda: self._receive(line)))
        acts.append((N_("Copy"), "copy", lambda: QGuiApplication.clipboard().setText(line.words)))
        if line.kind in (*_DELETES, "way", "address", "consent", "taking") and not self._book.reading:
            acts.append((N_("Delete"), "trash", lambda: self._delete_line(line)))
        more = [*self.about.choices(line), *self.documents.choices(line), *self.acts.choices(line),
                *self._past_acts(line), *self._of_contact(line), *self._of_document(line)]
        for title, icon, act in [*more, *((tr(title), icon, act) for title, icon, act in acts)]:
            action = QAction(icons.icon(icon, "dim"), title, menu)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        menu.popup(at)

    def _of_contact(self, line: Line) -> list[tuple[str, str, Callable[[], None]]]:
        """What can be wished for about a contact person as a whole."""
        def wish(what: str) -> Callable[[], None]:
            return lambda: self.act_wanted.emit(f"{what}:contacts/{line.id}")

        acts = [] if line.kind != "contact" else [
            (tr(N_("Everything held about this person…")), "download", wish("held")),
            (tr(N_("Privacy notice…")), "eye", wish("notice")),
            (tr(N_("Erase this person…")), "trash", wish("erase"))]
        return acts[:1] if self._book.reading else acts

    def _of_document(self, line: Line) -> list[tuple[str, str, Callable[[], None]]]:
        """The way to the deal or task that a document belongs to."""
        kind, _, record = line.group.partition(":") if line.kind == "document" else ("", "", "")
        titles = {"deals": N_("Open deal"), "tasks": N_("Open task")}
        return [(tr(titles[kind]), kind, lambda: self.record_wanted.emit(kind, int(record)))] if kind in titles else []

    def _past_acts(self, line: Line) -> list[tuple[str, str, Callable[[], None]]]:
        """The act behind a change, to be taken back however long ago it was."""
        from desktop_crm.services import history

        found = None
        if line.kind == "change" and not self._book.reading:
            found = history.act_behind(self._book, line.id, current())
        if found is None:
            return []
        work, name = found
        return [(tr(N_("Take back: {act}"), act=name), "undo", lambda: self._take_back(work, name))]

    def _take_back(self, work: int, name: str) -> None:
        if self._attempt(lambda: self._book.undo_work(work)) is not None:
            self._messages.note(tr(N_("Undone: {act}"), act=name))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.pane is not None:
                self._form_left()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
