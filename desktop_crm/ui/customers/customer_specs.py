"""The fields of a customer's forms, in sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from desktop_crm.domain.customers import CHANNELS, FIELDS, HEATS, KINDS, LEAD_STATES, STATES
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.i18n import LANGUAGES
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, ordering
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.customers import way_rows
from desktop_crm.ui.customers.detail_fields import BirthdayField, CheckedNumberField, ClockField, NumberField
from desktop_crm.ui.forms import FieldSpec, TextField
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

TITLES = {field.key: field.title for field in FIELDS}
NEW = ("name", "kind", "phones", "emails", "state", "heat", "seller_id", "source_id", "campaign_id", "tags", "city",
       "region", "notes")
"""The fields of the form of a new customer."""
SECTIONS = (
    ("", ("name", "kind", "state", "lead_state", "heat", "seller_id", "source_id", "campaign_id", "tags",
          "pinned_note")),
    (N_("Ways to reach"), ("phones", "emails", "others", "prefers", "call_from", "call_until", "no_marketing")),
    (N_("Place and language"), ("address", "city", "postcode", "region", "country", "zone", "language")),
    (N_("About them"), ("birthday", "preferences", "website", "industry", "founded", "employees", "parent_id",
                        "call_name", "sort_name")),
    (N_("Papers and money"), ("registration", "tax_number", "invoice_title", "credit_limit")),
    (N_("Record"), ("verified_on", "created_on", "external_id", "notes")),
)
"""All fields of a customer by section; the first has no heading."""
_BESIDE = frozenset({"call_until", "heat", "postcode", "employees", "sort_name"})
_CHOICES = {"kind": KINDS, "state": STATES, "lead_state": LEAD_STATES, "heat": HEATS, "prefers": CHANNELS}
_LISTS = {"seller_id": "sellers", "source_id": "sources", "campaign_id": "campaigns"}
_LINES = {"address": 2, "notes": 4, "preferences": 3, "pinned_note": 2}


def new_specs(book: Book) -> list[FieldSpec]:
    """The fields of a new customer."""
    return [_Specs(book).spec(key) for key in NEW]


def all_specs(book: Book) -> list[FieldSpec]:
    """All fields of a customer, each section under its heading."""
    specs = _Specs(book)
    return [specs.spec(key, tr(title) if number == 0 and title else "")
            for title, keys in SECTIONS for number, key in enumerate(keys)]


class _Specs:
    """Makes the fields of one form; its numbers are checked by the country that stands in the same form."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._country: TextField | None = None
        self._numbers: list[CheckedNumberField] = []

    def spec(self, key: str, section: str = "") -> FieldSpec:
        """The field `key`; it begins a section if that is named."""
        if key in way_rows.KEYS:
            return way_rows.spec(key, section)
        title = tr(TITLES.get(key, key))
        if key == "tags":
            known = [tag.name for tag in ordering.choices(self._book, "tags")]
            return forms.tags(key, tr(N_("Tags")), known=known)
        if key == "created_on" or key == "verified_on":
            return day(self._book, key, TITLES[key], section=section)
        if key == "credit_limit":
            return money(self._book, key, tr(N_("Credit limit ({currency})"),
                                             currency=current().symbol(self._book.currency)))
        return FieldSpec(key, title, self._maker(key, title), key == "name", beside=key in _BESIDE, section=section)

    def _maker(self, key: str, title: str) -> Callable[[], Any]:
        book = self._book
        makers: dict[str, Callable[[], Any]] = {
            "parent_id": lambda: CustomerField(book, "parent_id"), "birthday": lambda: BirthdayField(book),
            "call_from": lambda: ClockField(book), "call_until": lambda: ClockField(book), "founded": NumberField,
            "employees": NumberField, "country": self._make_country,
            "registration": lambda: self._make_number("registration"),
            "tax_number": lambda: self._make_number("tax_number"),
            "no_marketing": lambda: forms.TickField(tr(N_("No mailings, no mailing lists"))),
        }
        if key in makers:
            return makers[key]
        if key in _LINES:
            return lambda: forms.LongTextField(lines=_LINES[key])
        options = self._options(key)
        return (lambda: Choice(tuple(options))) if options else TextField

    def _options(self, key: str) -> list[tuple[Any, str]]:
        if key in _CHOICES:
            none = [] if key in ("kind", "state") else [(None, "—")]
            return [*none, *options(_CHOICES[key])]
        if key in _LISTS:
            found = ordering.choices(self._book, _LISTS[key])
            return [(None, "—"), *((choice.id, choice.name) for choice in found)]
        return [(None, tr(N_("As the file"))), *LANGUAGES.items()] if key == "language" else []

    def _make_country(self) -> TextField:
        field = TextField(self._book.business.country)
        field.editingFinished.connect(self._check)
        self._country = field
        return field

    def _make_number(self, key: str) -> CheckedNumberField:
        field = CheckedNumberField(key, self._said_country)
        self._numbers.append(field)
        return field

    def _check(self) -> None:
        for number in self._numbers:
            number.check()

    def _said_country(self) -> str:
        said = self._country.value() if self._country is not None else ""
        return (country_code(said) if said else "") or self._book.business.country


def options(choices: dict[str, str]) -> list[tuple[Any, str]]:
    """Codes with their words, for a choice."""
    return [(code, tr(title)) for code, title in choices.items()]


def money(book: Book, key: str, title: str, required: bool = False) -> FieldSpec:
    """A field for an amount of the business's currency."""
    return forms.money(key, title, lambda text: current().read_money(text, book.currency),
                       lambda minor: current().money(minor, book.currency, symbol=False), required=required)


def day(book: Book, key: str, title: str, required: bool = False, section: str = "") -> FieldSpec:
    """A field for a day."""
    def form(value: date) -> str:
        return current().day(value, "short")

    return forms.day(key, tr(title), lambda text: current().read_day(text, book.today(), book.business.country), form,
                     required=required, placeholder=form(book.today()), section=section)


def texts(fields: Sequence[tuple[str, str]]) -> list[FieldSpec]:
    """Plain lines from (key, message id) pairs."""
    return [forms.text(key, tr(title)) for key, title in fields]
