"""The forms of the Customers tab: which fields they have, and which service saves them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.domain import activities as activity_domain
from desktop_crm.domain import payments as payment_domain
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import NotFound
from desktop_crm.services import activities, attachments, contacts, customers, payments
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card, Typed
from desktop_crm.ui import forms, own_form
from desktop_crm.ui.customers import way_rows
from desktop_crm.ui.customers.customer_specs import all_specs, day, new_specs, options
from desktop_crm.ui.customers.detail_fields import BirthdayField, CompaniesField, NumberField
from desktop_crm.ui.customers.form_pane import Edit, Values
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.words import N_, current, tr

_GONE = N_("The record is no longer in the file. Nothing was changed.")


def new_customer(book: Book) -> Edit:
    """The form of a new customer; only the name is required."""
    mine = own_form.form(book, "customers")

    def save(values: Values) -> int:
        own = mine.take(values)
        fields, typed, tags = _split(values, ())
        return customers.add(book, fields, typed=typed, tags=tags, own=own)

    return Edit("new", tr(N_("New customer")), [*new_specs(book), *mine.specs()],
                {"kind": "company", "state": "lead", "phones": (), "emails": ()}, save)


def details(book: Book, card: Card) -> Edit:
    """All fields of a customer; saves only what was changed, and refuses if that was changed elsewhere."""
    mine = own_form.form(book, "customers", card.id)
    shown = {**card.values, **way_rows.shown(card.channels), "tags": card.tags, **mine.first()}

    def save(values: Values) -> int:
        own = mine.take(values)
        fields, typed, tags = _split(values, card.channels)
        changed = {key: value for key, value in fields.items() if (value or None) != (card.values[key] or None)}
        seen = {key: card.values[key] for key in changed}
        moved = any(values[key] != shown[key] for key in way_rows.KEYS)
        customers.edit(book, card.id, changed, seen=seen, typed=typed if moved else None,
                       tags=tags if tuple(tags) != card.tags else None, own=own)
        return card.id

    return Edit("customer", tr(N_("Details")), [*all_specs(book), *mine.specs()], shown, save)


def document(book: Book, line: Line) -> Edit:
    """The form of a document's name."""
    def save(values: Values) -> int:
        attachments.rename(book, line.id, values["name"] or "")
        return line.id

    return Edit("document", tr(N_("Rename a document")), [forms.text("name", tr(N_("Name")), required=True)],
                {"name": line.title}, save)


def contact(book: Book, customer: int, record: int = 0) -> Edit:
    """The form of a contact person, new or known; a known one keeps the company that they are written under."""
    known = contacts.rows(book, [record]) if record else []
    if record and not known:
        raise NotFound(_GONE)
    ways = known[0].channels if known else ()
    more = tuple((one.customer_id, one.role) for one in known[0].affiliations) if known else ()
    mine = own_form.form(book, "contacts", record)
    values: Values = {**way_rows.shown(ways), "affiliations": more, **mine.first()}
    if known:
        values |= {key: getattr(known[0], key) for key in ("name", "role", "birthday")}

    def save(values: Values) -> int:
        companies, own = values.pop("affiliations"), mine.take(values)
        fields, typed, _ = _split(values, ways)
        if not record:
            return contacts.add(book, {**fields, "customer_id": customer}, typed=typed, affiliations=companies,
                                own=own)
        contacts.edit(book, record, fields, typed, companies, own)
        return record

    own = known[0].customer if known and known[0].customer_id != customer else ""
    role = tr(N_("Role at {company}"), company=own) if own else tr(N_("Role"))
    specs = [forms.text("name", tr(N_("Name")), required=True), forms.text("role", role),
             *(way_rows.spec(key) for key in way_rows.KEYS),
             FieldSpec("birthday", tr(N_("Birthday")), lambda: BirthdayField(book)),
             FieldSpec("affiliations", tr(N_("Belongs to these companies too")), lambda: CompaniesField(book)),
             *mine.specs()]
    return Edit("contact", tr(N_("Contact") if record else N_("New contact")), specs, values, save)


def payment(book: Book, customer: int, record: int = 0) -> Edit:
    """The form of a payment, planned or received."""
    known = payments.rows(book, [record]) if record else []
    if record and not known:
        raise NotFound(_GONE)
    currency = known[0].currency if known else book.currency
    keys = [field.key for field in payment_domain.FIELDS if field.key in
            ("amount", "name", "due_on", "received_on", "method")]
    values = {key: getattr(known[0], key) for key in keys} if known else {"received_on": book.today()}

    def save(values: Values) -> int:
        if not record:
            return payments.add(book, {**values, "customer_id": customer})
        payments.edit(book, record, values)
        return record

    specs = [
        forms.money("amount", tr(N_("Amount ({currency})"), currency=current().symbol(currency)),
                    lambda text: current().read_money(text, currency),
                    lambda minor: current().money(minor, currency, symbol=False), required=True),
        forms.text("name", tr(N_("For what"))), day(book, "received_on", N_("Received on")),
        day(book, "due_on", N_("Due on")), forms.text("method", tr(N_("Method"))),
    ]
    return Edit("payment", tr(N_("Payment") if record else N_("New payment")), specs, values, save)


def activity(book: Book, record: int) -> Edit:
    """The form of what was noted: its text, kind, day and minutes."""
    known = activities.rows(book, [record])
    if not known:
        raise NotFound(_GONE)
    keys = ("name", "kind", "on_date", "minutes")

    def save(values: Values) -> int:
        moved = {} if values["on_date"] == known[0].on_date else {"at": None}  # the hour belonged to the other day
        activities.edit(book, record, {**values, **moved})
        return record

    specs = [forms.long_text("name", tr(N_("Text"))),
             forms.choice("kind", tr(N_("Kind")), options(activity_domain.KINDS), required=True),
             day(book, "on_date", N_("Date"), required=True),
             FieldSpec("minutes", tr(N_("Minutes")), NumberField)]
    return Edit("activity", tr(N_("What was noted")), specs, {key: getattr(known[0], key) for key in keys}, save)


def _split(values: Values, known: Sequence[Channel]) -> tuple[Values, list[Typed], tuple[str, ...]]:
    """A form's values as fields, ways to reach with the ids that they had, and tags."""
    fields = {key: value for key, value in values.items() if key not in (*way_rows.KEYS, "tags")}
    shown = values if "others" in values else {**values, "others": way_rows.shown(known)["others"]}
    return fields, way_rows.typed(shown, known), values.get("tags", ())
