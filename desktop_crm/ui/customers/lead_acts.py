"""What is done with a lead on its card: heat by hand, ticks, and the form that makes it a customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_crm.services import checklists, conversion, deals, scoring
from desktop_crm.services.book import Book
from desktop_crm.services.conversion import Plan
from desktop_crm.services.customers import Card
from desktop_crm.ui import forms
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.customers.form_pane import Edit, Values
from desktop_crm.ui.customers.lead_strip import LeadStrip
from desktop_crm.ui.forms import FieldSpec, TextField
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr


class LeadActs(QObject):
    """`form_wanted(make)` asks the card for a form, `act_wanted(key)` the window for an act."""

    form_wanted = Signal(object)
    act_wanted = Signal(str)

    def __init__(self, book: Book, messages: Messages, attempt: Callable[[Callable[[], Any]], Any], strip: LeadStrip,
                 parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._messages, self._attempt, self._strip = book, messages, attempt, strip
        self._card: Card | None = None
        strip.heat_set.connect(lambda heat: self._do(lambda one: scoring.set_heat(book, [one], heat)))
        strip.ticked.connect(self._tick)
        strip.qualified.connect(lambda: self._do(lambda one: checklists.qualify(book, one)))
        strip.refreshed.connect(lambda: self._do(lambda one: scoring.rescore(book, [one])))
        strip.converted.connect(self.convert)
        strip.settings_wanted.connect(lambda section, record: self.act_wanted.emit(f"settings:{section}/{record}"))

    def show_card(self, card: Card) -> None:
        """Show the strip of another customer; none for who is no lead."""
        self._card = card
        score = scoring.score(self._book, card.id) if card.values["state"] == "lead" else None
        if score is None:
            self._strip.hide()
        else:
            self._strip.show_lead(score, checklists.standing(self._book, card.id),
                                  card.values["lead_state"] == "qualified", self._book.reading)

    def convert(self) -> None:
        """Ask for the form that makes the lead a customer; says so where there is no lead."""
        card = self._card
        if card is None:
            return
        if card.values["state"] != "lead":
            self._messages.note(tr(N_("“{name}” is no lead."), name=card.values["name"]))
        else:
            self.form_wanted.emit(lambda: self.form(card))

    def form(self, card: Card) -> Edit:
        """The form of a conversion: the company or customer, the contact person, the deal."""
        book, name, person = self._book, str(card.values["name"]), card.values["kind"] == "person"

        def save(values: Values) -> int:
            plan = Plan(values.get("company", ""), values["into"], values["contact"], values["role"], values["deal"],
                        values["amount"], values["stage_id"] if values["deal"] else None)
            done = conversion.convert(book, card.id, plan)
            self._messages.undoable(tr(N_("“{name}” is a customer now."), name=plan.company or name),
                                    lambda: self._attempt(lambda: book.undo_work(done.changes.work_id)))
            return done.customer

        stages = [(stage.id, f"{pipeline.name} · {stage.name}") for pipeline in deals.all_pipelines(book)
                  for stage in pipeline.open_stages]
        company = [forms.text("company", tr(N_("Name of the company")), hint=tr(N_(
            "{name} then is its contact person. Empty: they stay a customer of their own."), name=name))]
        specs = [
            *(company if person else []),
            FieldSpec("into", tr(N_("Or a customer who is there already") if person
                                 else N_("A customer who is there already")), lambda: CustomerField(book, "into"),
                      hint=tr(N_("The lead then becomes one with them."))),
            forms.text("contact", tr(N_("Contact person"))),
            FieldSpec("role", tr(N_("Role")), TextField, beside=True),
            FieldSpec("deal", tr(N_("Name of the deal")), lambda: TextField(tr(N_("no deal"))), section=tr(N_("Deal"))),
            forms.money("amount", tr(N_("Amount ({currency})"), currency=current().symbol(book.currency)),
                        lambda text: current().read_money(text, book.currency),
                        lambda minor: current().money(minor, book.currency, symbol=False)),
            forms.choice("stage_id", tr(N_("Stage")), stages),
        ]
        first: Values = {"company": "", "into": None, "contact": name if person else "", "role": "", "deal": "",
                         "amount": None, "stage_id": stages[0][0] if stages else None}
        return Edit("convert", tr(N_("Convert {name}"), name=name), specs, first, save)

    def _tick(self, item: int, on: bool) -> None:
        act = checklists.tick if on else checklists.untick
        self._do(lambda one: act(self._book, one, item))

    def _do(self, act: Callable[[int], object]) -> None:
        card = self._card
        if card is not None and not self._book.reading:
            self._attempt(lambda: act(card.id))
