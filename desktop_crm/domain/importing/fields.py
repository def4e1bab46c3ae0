"""What a column of a user's file can become, kind by kind; made from the nouns' own fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from desktop_crm.domain import activities, contacts, customers, deals, payments, products, sellers, tasks
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

TITLES = {
    "customers": N_("Customers"), "contacts": N_("Contacts"), "sellers": N_("Sellers"), "products": N_("Products"),
    "deals": N_("Deals"), "tasks": N_("Tasks"), "activities": N_("Activities"), "payments": N_("Payments"),
}
KINDS = tuple(TITLES)
"""The kinds of record that a file can be imported as."""


@dataclass(frozen=True, slots=True)
class ImportField:
    """One thing that a column can be mapped to.

    `column` is the table's column behind it ("" where it is made of several), `link` the kind that its text
    is looked up in, `many` whether several columns may feed it together.
    """

    key: str
    title: str
    type: FieldType = FieldType.TEXT
    column: str = ""
    link: str = ""
    many: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    most: int = 1000


_NOUNS = {
    "customers": customers.FIELDS, "contacts": contacts.FIELDS, "sellers": sellers.FIELDS, "products": products.FIELDS,
    "deals": deals.FIELDS, "tasks": tasks.FIELDS, "activities": activities.FIELDS, "payments": payments.FIELDS,
}
_KEYS = {"external_id": "external_id", "on_date": "date"}  # the others lose their `_id` or `_on`
_BY_HAND = frozenset({"remind_minutes"})  # thousands of old tasks must not begin to ring
_JOINED = frozenset({"notes", "address"})
_PERSON = (
    ImportField("first_name", N_("First name")), ImportField("middle_name", N_("Middle name")),
    ImportField("last_name", N_("Last name")),
)
_REACH = (ImportField("emails", N_("E-mails"), many=True), ImportField("phones", N_("Phones"), many=True))
_CURRENCY = ImportField("currency", N_("Currency"), column="currency")
_MORE = {
    "customers": (*_PERSON, ImportField("company", N_("Company of the person"), link="customers"), *_REACH,
                  ImportField("tags", N_("Tags"), many=True)),
    "contacts": (*_PERSON, *_REACH),
    "sellers": _PERSON,
    "products": (_CURRENCY,),
    "deals": (ImportField("product", N_("Product"), link="products"),
              ImportField("quantity", N_("Quantity"), FieldType.QUANTITY),
              ImportField("price", N_("Price"), FieldType.MONEY), _CURRENCY),
    "payments": (_CURRENCY,),
}


@lru_cache(maxsize=16)
def fields(kind: str) -> tuple[ImportField, ...]:
    """Everything that a column can be mapped to in an import as `kind`, in the order of a form."""
    own = tuple(_imported(item) for item in _NOUNS[kind]
                if item.type is not FieldType.INSTANT and item.key not in _BY_HAND)
    return own[:1] + _MORE.get(kind, ()) + own[1:]


def _imported(item: Field) -> ImportField:
    key = _KEYS.get(item.key) or item.key.removesuffix("_id").removesuffix("_on")
    return ImportField(key, item.title, item.type, item.key, item.link, key in _JOINED, item.choices,
                       20 * item.most if item.type is FieldType.LONG else item.most)


def required(kind: str) -> tuple[str, ...]:
    """The keys of which at least one must be mapped, for a row of this kind to be a record."""
    return {
        "customers": ("name", "first_name", "last_name", "company"), "contacts": ("name", "first_name", "last_name"),
        "sellers": ("name", "first_name", "last_name"), "products": ("name",), "payments": ("amount",),
        "deals": ("name", "product", "external_id", "customer"), "tasks": ("name",),
        "activities": ("name", "kind", "outcome"),
    }[kind]
