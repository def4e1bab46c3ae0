"""The forms of what hangs on a card: an address, a consent, a person who belongs to one more company."""

from __future__ import annotations

from desktop_crm.domain.addresses import FIELDS
from desktop_crm.domain.consents import BASES, MARKETING, PURPOSES
from desktop_crm.domain.contacts import ContactRow
from desktop_crm.domain.errors import N_, NotFound
from desktop_crm.domain.fields import FieldType
from desktop_crm.services import addresses, consents, contacts, search
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.customers.customer_specs import day, options
from desktop_crm.ui.customers.form_pane import Edit, Values
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import tr

_OFFERED = 8
_GONE = N_("The record is no longer in the file. Nothing was changed.")


def address(book: Book, customer: int, record: int = 0) -> Edit:
    """The form of one more address, new or known."""
    known = next((one for one in addresses.of(book, customer) if one.id == record), None)
    if record and known is None:
        raise NotFound(_GONE)

    def save(values: Values) -> int:
        if not record:
            return addresses.add(book, customer, values)
        addresses.edit(book, record, values)
        return record

    specs = [forms.long_text(item.key, tr(item.title), lines=2) if item.type is FieldType.LONG
             else forms.text(item.key, tr(item.title)) for item in FIELDS]
    values = {item.key: getattr(known, item.key) for item in FIELDS} if known else {}
    return Edit("address", tr(N_("Address") if record else N_("New address")), specs, values, save)


def consent(book: Book, customer: int, record: int = 0) -> Edit:
    """The form of a consent, new or known; a new one is for marketing, given today."""
    known = next((one for one in consents.of(book, customer) if one.id == record), None)
    if record and known is None:
        raise NotFound(_GONE)

    def save(values: Values) -> int:
        if not record:
            return consents.add(book, customer, values)
        consents.edit(book, record, values)
        return record

    specs = [forms.choice("purpose", tr(N_("Purpose")), options(PURPOSES), required=True),
             forms.choice("basis", tr(N_("Basis")), options(BASES), required=True),
             forms.text("source", tr(N_("How it was given")), placeholder=tr(N_("a form, by phone, at the counter"))),
             day(book, "on_date", N_("Given on")), day(book, "withdrawn_on", N_("Withdrawn on"))]
    keys = ("purpose", "basis", "source", "on_date", "withdrawn_on")
    values = {key: getattr(known, key) for key in keys} if known else \
        {"purpose": MARKETING, "basis": "consent", "on_date": book.today()}
    return Edit("consent", tr(N_("Consent") if record else N_("New consent")), specs, values, save)


class PersonField(CustomerField):
    """The id of a contact person as their name; while typing, those found are offered with their company."""

    def __init__(self, book: Book) -> None:
        super().__init__(book, "contact")

    @override
    def set_value(self, value: int | None) -> None:
        self._named({row.id: _title(row) for row in contacts.rows(self._book, [value])} if value else {})

    @override
    def _candidates(self, typed: str) -> dict[str, int]:
        ids = [hit.id for hit in search.find(self._book, typed, _OFFERED) if hit.kind == "contacts"]
        return {_title(row): row.id for row in contacts.rows(self._book, ids)}


def _title(row: ContactRow) -> str:
    return f"{row.name} · {row.customer}" if row.customer else row.name


def known_person(book: Book, customer: int) -> Edit:
    """The form that adds a person of another company to this one as well, with their role here."""
    def save(values: Values) -> int:
        contacts.affiliate(book, values["contact"], customer, values["role"])
        return int(values["contact"])

    specs = [FieldSpec("contact", tr(N_("Person")), lambda: PersonField(book), required=True),
             forms.text("role", tr(N_("Role here")))]
    return Edit("contact", tr(N_("A person of another company")), specs, {}, save)
