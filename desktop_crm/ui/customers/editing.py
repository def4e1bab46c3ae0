"""The forms of the Customers tab: which fields they have, and which service saves them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop_crm.domain import activities as activity_domain
from desktop_crm.domain import payments as payment_domain
from desktop_crm.domain.customers import FIELDS, HEATS, KINDS, LEAD_STATES, STATES, Channel
from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.i18n import LANGUAGES
from desktop_crm.services import activities, business, contacts, customers, payments
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card, Typed
from desktop_crm.ui import forms
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.customers.form_pane import Edit, Values
from desktop_crm.ui.forms import FieldSpec, TextField
from desktop_crm.ui.words import N_, current, tr

_TITLES = {field.key: field.title for field in FIELDS}
_PHONES = (N_("Mobile"), N_("Office"), N_("Home"), N_("WhatsApp"))
_EMAILS = (N_("Office"), N_("Private"))
_TEXTS = ("city", "postcode", "region", "country", "zone", "website", "industry")
_GONE = N_("The record is no longer in the file. Nothing was changed.")


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


def new_customer(book: Book) -> Edit:
    """The form of a new customer; only the name is required."""
    def save(values: Values) -> int:
        fields, typed, tags = _split(values, ())
        return customers.add(book, fields, typed=typed, tags=tags)

    keys = ("name", "kind", "phones", "emails", "state", "heat", "seller_id", "source_id", "tags", "city", "region",
            "notes")
    return Edit("new", tr(N_("New customer")), _customer_specs(book, keys),
                {"kind": "company", "state": "lead", "phones": (), "emails": ()}, save)


def details(book: Book, card: Card) -> Edit:
    """All fields of a customer; saves only what was changed, and refuses if that was changed elsewhere."""
    shown = {**card.values, "phones": _pairs(card.channels, "phone"), "emails": _pairs(card.channels, "email"),
             "tags": card.tags}

    def save(values: Values) -> int:
        fields, typed, tags = _split(values, card.channels)
        changed = {key: value for key, value in fields.items() if (value or None) != (card.values[key] or None)}
        seen = {key: card.values[key] for key in changed}
        moved = any(values[key] != shown[key] for key in ("phones", "emails"))
        customers.edit(book, card.id, changed, seen=seen, typed=typed if moved else None,
                       tags=tags if tuple(tags) != card.tags else None)
        return card.id

    keys = ("name", "kind", "phones", "emails", "state", "lead_state", "heat", "seller_id", "source_id", "tags",
            "address", *_TEXTS, "parent_id", "call_name", "sort_name", "founded", "employees", "created_on",
            "invoice_title", "tax_number", "credit_limit", "language", "external_id", "notes")
    return Edit("customer", tr(N_("Details")), _customer_specs(book, keys), shown, save)


def contact(book: Book, customer: int, record: int = 0) -> Edit:
    """The form of a contact person, new or known."""
    known = contacts.rows(book, [record]) if record else []
    if record and not known:
        raise NotFound(_GONE)
    ways = known[0].channels if known else ()
    values = {"name": known[0].name, "role": known[0].role, "phones": _pairs(ways, "phone"),
              "emails": _pairs(ways, "email")} if known else {"phones": (), "emails": ()}

    def save(values: Values) -> int:
        fields, typed, _ = _split(values, ways)
        if not record:
            return contacts.add(book, {**fields, "customer_id": customer}, typed=typed)
        contacts.edit(book, record, fields, typed)
        return record

    specs = [forms.text("name", tr(N_("Name")), required=True), forms.text("role", tr(N_("Role"))),
             *(_ways(key) for key in ("phones", "emails"))]
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
        forms.text("name", tr(N_("For what"))), _day(book, "received_on", N_("Received on")),
        _day(book, "due_on", N_("Due on")), forms.text("method", tr(N_("Method"))),
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
             forms.choice("kind", tr(N_("Kind")), _options(activity_domain.KINDS), required=True),
             _day(book, "on_date", N_("Date"), required=True),
             FieldSpec("minutes", tr(N_("Minutes")), NumberField)]
    return Edit("activity", tr(N_("What was noted")), specs, {key: getattr(known[0], key) for key in keys}, save)


def task_values(book: Book, typed: str) -> Values:
    """The fields of a task typed in one line ("visit tomorrow 10:00"); its customer is known already."""
    from desktop_crm.services import quick_add  # reads dates in words, which takes a while to load

    quick = quick_add.parse(book, current(), typed, without=("customer",))
    keys = ("name", "kind", "due_on", "due_time", "minutes", "important")
    return {key: getattr(quick, key) for key in keys}


def next_step(book: Book, typed: str) -> Values | None:
    """The fields of the task that a note names as its next step ("friday 10", "visit monday"); None without a day."""
    from desktop_crm.services import quick_add

    values = task_values(book, typed)
    if values["due_on"] is None:
        return None
    if values["name"].isdecimal() and int(values["name"]) < 24:  # a number alone beside a day is its hour
        values |= {"due_time": quick_add.read_time(book, current(), values["name"]), "name": ""}
    if not values["name"]:
        values["name"] = tr(activity_domain.KINDS[values["kind"] or "follow_up"])
    return values


def _customer_specs(book: Book, keys: Sequence[str]) -> list[FieldSpec]:
    return [_customer_spec(book, key) for key in keys]


def _customer_spec(book: Book, key: str) -> FieldSpec:
    title = tr(_TITLES.get(key, key))
    choices: dict[str, dict[str, str]] = {"kind": KINDS, "state": STATES, "lead_state": LEAD_STATES, "heat": HEATS}
    if key in ("phones", "emails"):
        return _ways(key)
    if key in choices:
        none = [] if key in ("kind", "state") else [(None, "—")]
        return forms.choice(key, title, [*none, *_options(choices[key])])
    if key in ("seller_id", "source_id"):
        found = business.choices(book, {"seller_id": "sellers", "source_id": "sources"}[key])
        return forms.choice(key, title, [(None, "—"), *((choice.id, choice.name) for choice in found)])
    if key == "tags":
        return forms.tags(key, tr(N_("Tags")), known=[tag.name for tag in business.choices(book, "tags")])
    if key == "parent_id":
        return FieldSpec(key, title, lambda: CustomerField(book, "parent_id"))
    if key == "credit_limit":
        return money(book, key, tr(N_("Credit limit ({currency})"), currency=current().symbol(book.currency)))
    if key == "language":
        same = tr(N_("As the file"))
        return forms.choice(key, title, [(None, same), *LANGUAGES.items()])
    if key == "created_on":
        return _day(book, key, _TITLES[key])
    if key in ("founded", "employees"):
        return FieldSpec(key, title, NumberField)
    if key in ("address", "notes"):
        return forms.long_text(key, title, lines=2 if key == "address" else 4)
    return forms.text(key, title, required=key == "name")


def money(book: Book, key: str, title: str, required: bool = False) -> FieldSpec:
    """A field for an amount of the business's currency."""
    return forms.money(key, title, lambda text: current().read_money(text, book.currency),
                       lambda minor: current().money(minor, book.currency, symbol=False), required=required)


def _ways(key: str) -> FieldSpec:
    if key == "phones":
        return forms.rows(key, tr(N_("Phones")), labels=("", *map(tr, _PHONES)), add=tr(N_("Add phone")))
    return forms.rows(key, tr(N_("E-mails")), labels=("", *map(tr, _EMAILS)), add=tr(N_("Add e-mail")))


def _day(book: Book, key: str, title: str, required: bool = False) -> FieldSpec:
    def form(day: date) -> str:
        return current().day(day, "short")

    return forms.day(key, tr(title), lambda text: current().read_day(text, book.today(), book.business.country), form,
                     required=required, placeholder=form(book.today()))


def _options(choices: dict[str, str]) -> list[tuple[Any, str]]:
    return [(code, tr(title)) for code, title in choices.items()]


def _pairs(channels: Sequence[Channel], kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((channel.label, channel.value) for channel in channels if channel.kind == kind)


def _split(values: Values, known: Sequence[Channel]) -> tuple[Values, list[Typed], tuple[str, ...]]:
    """A form's values as fields, ways to reach with the ids that they had, and tags."""
    fields = {key: value for key, value in values.items() if key not in ("phones", "emails", "tags")}
    typed = [way for kind, key in (("phone", "phones"), ("email", "emails"))
             for way in _typed(kind, values[key], [channel for channel in known if channel.kind == kind])]
    return fields, typed, values.get("tags", ())


def _typed(kind: str, pairs: Sequence[tuple[str, str]], known: Sequence[Channel]) -> list[Typed]:
    """Rows of a form with the id of the way that has the same value, else of the one that stood in its place."""
    by_value = {channel.value: channel.id for channel in known}
    kept = {by_value[value] for _, value in pairs if value in by_value}
    free = [channel.id for channel in known if channel.id not in kept]
    found: list[Typed] = []
    for label, value in pairs:
        record = by_value.pop(value, 0) or (free.pop(0) if free and value not in by_value else 0)
        found.append((kind, label, value, record))
    return found
