"""What a column of a user's file can become, kind by kind; made from the nouns' own fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from desktop_crm.domain import activities, contacts, customers, deals, payments, products, sellers, tasks
from desktop_crm.domain.accounts import STATES
from desktop_crm.domain.consents import BASES, PURPOSES
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
    is looked up in, `many` whether several columns may feed it together; `noun` is the kind of the other record of
    the same row that it belongs to ("" for the row's own).
    """

    key: str
    title: str
    type: FieldType = FieldType.TEXT
    column: str = ""
    link: str = ""
    many: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    most: int = 1000
    noun: str = ""


NOUNS = {"customers": N_("Customer"), "contacts": N_("Contact"), "deals": N_("Deal"), "tasks": N_("Task")}
BESIDE = {"customers": ("contacts", "deals", "tasks"), "contacts": ("customers", "deals", "tasks"),
          "deals": ("customers", "contacts", "tasks")}
"""The other records that a row of a kind may hold as well: a company, its contact person and a deal in one row."""
MORE = "more"
"""The field of columns that are kept in the notes, each with its heading."""
_NOUNS = {
    "customers": customers.FIELDS, "contacts": contacts.FIELDS, "sellers": sellers.FIELDS, "products": products.FIELDS,
    "deals": deals.FIELDS, "tasks": tasks.FIELDS, "activities": activities.FIELDS, "payments": payments.FIELDS,
}
_KEYS = {"external_id": "external_id", "on_date": "date"}  # the others lose their `_id` or `_on`
_JOINED = frozenset({"notes", "address"})
NAME_PARTS = ("first_name", "middle_name", "last_name")
"""The fields that a person's name is joined from."""
_PERSON = (
    ImportField("first_name", N_("First name")), ImportField("middle_name", N_("Middle name")),
    ImportField("last_name", N_("Last name")),
)
_REACH = (ImportField("emails", N_("E-mails"), many=True), ImportField("phones", N_("Phones"), many=True))
WAYS = {"emails": "email", "phones": "phone"} | {  # a product's "line" is another thing
    f"{kind}_id" if kind == "line" else kind: kind for kind in customers.CHANNELS
    if kind not in ("email", "phone", "web")}
"""The fields that hold ways to reach someone, and the kind of way in each."""
_MESSENGERS = tuple(ImportField(key, customers.CHANNELS[kind], many=True) for key, kind in list(WAYS.items())[2:])
PLACE = ("label", "address", "city", "region", "postcode", "country")
"""The parts of an address; the second and the third address have them as "city_2", "city_3"."""
_FURTHER = (
    ImportField("address_2", N_("Second address"), FieldType.LONG, many=True, most=20_000),
    ImportField("label_2", N_("Second address: label"), most=100), ImportField("city_2", N_("Second address: city")),
    ImportField("region_2", N_("Second address: region")), ImportField("postcode_2", N_("Second address: postcode")),
    ImportField("country_2", N_("Second address: country")),
    ImportField("address_3", N_("Third address"), FieldType.LONG, many=True, most=20_000),
    ImportField("label_3", N_("Third address: label"), most=100), ImportField("city_3", N_("Third address: city")),
    ImportField("region_3", N_("Third address: region")), ImportField("postcode_3", N_("Third address: postcode")),
    ImportField("country_3", N_("Third address: country")),
)
_CONSENT = (
    ImportField("consent", N_("Consent for"), choices=PURPOSES | {"out": N_("Withdrawn")}),
    ImportField("consent_basis", N_("Basis of the consent"),
                                                           FieldType.CHOICE, choices=BASES),
    ImportField("consent_on", N_("Consent given on"), FieldType.DATE),
    ImportField("consent_source", N_("How the consent was given"), most=300),
)
_NO_MARKETING = ImportField("no_marketing", N_("No marketing"), FieldType.YES_NO)
RING = "ring"
"""The field that says when a reminder rings which was put off, or that it was answered."""
_WHOLE = tuple(ImportField(key, title, FieldType.LONG, most=10**6) for key, title in (
    ("ways", N_("Ways to reach")), ("addresses", N_("Further addresses")), ("consents", N_("Consents"))))
"""What plain columns cannot say of people; lists of this program say it (domain/people_texts)."""
_CURRENCY = ImportField("currency", N_("Currency"), column="currency")
_WITH_HEADING = ImportField(MORE, N_("Notes, with the heading"), FieldType.LONG, many=True)
_CUSTOMER_ID = ImportField("customer_ref", N_("Customer ID"))
_DEAL_ID = ImportField("deal_ref", N_("Deal ID"))
_SELLER_ID = ImportField("seller_ref", N_("Seller ID"))
_ON_ACCOUNT = ImportField("on_account", N_("On account"), FieldType.YES_NO, column="on_account")
_LINKED = (_CUSTOMER_ID, ImportField("contact_ref", N_("Contact ID")), _DEAL_ID, _SELLER_ID)
"""Which of several records of one name a row belongs to: its external id, or the uid that a list of ours says."""
_BIRTHDAY = ImportField("birthday", N_("Birthday"), column="birthday")
_PLACE = (
    ImportField("address", N_("Address"), FieldType.LONG, many=True, most=20_000), ImportField("city", N_("City")),
    ImportField("region", N_("Region")), ImportField("postcode", N_("Postcode")),
    ImportField("country", N_("Country")),
)
_MORE = {
    "customers": (*_PERSON, ImportField("company", N_("Company of the person"), link="customers"),
                  ImportField("parent_ref", N_("Belongs to: ID")), _SELLER_ID, *_REACH,
                  *_MESSENGERS, ImportField("tags", N_("Tags"), many=True),
                  ImportField("registration", N_("Registration number"), column="registration"), _BIRTHDAY,
                  *_FURTHER, *_CONSENT, *_WHOLE,
                  ImportField("state_log", N_("State log"), FieldType.LONG, most=10**6), _WITH_HEADING),
    "contacts": (*_PERSON, *_REACH, *_MESSENGERS, *_PLACE, ImportField("label", N_("Address: label"), most=100),
                 *_FURTHER, _BIRTHDAY, _NO_MARKETING, *_CONSENT, *_WHOLE,
                 ImportField("companies", N_("Further companies"), FieldType.LONG, most=10**6), _WITH_HEADING),
    "sellers": _PERSON,
    "products": (_CURRENCY,),
    "deals": (ImportField("product", N_("Product"), link="products"),
              ImportField("quantity", N_("Quantity"), FieldType.QUANTITY),
              ImportField("price", N_("Price"), FieldType.MONEY), _CURRENCY,
              ImportField("lines", N_("Deal lines"), FieldType.LONG, most=10**6),
              ImportField("stage_log", N_("Stage log"), FieldType.LONG, most=10**6), _ON_ACCOUNT, _SELLER_ID,
              ImportField("return_of", N_("Return of"), column="return_of_id", link="deals"), _WITH_HEADING),
    "tasks": (*_LINKED, ImportField(RING, N_("Rings at")), _WITH_HEADING),
    "activities": _LINKED,
    "payments": (_CUSTOMER_ID, _DEAL_ID, _SELLER_ID, _CURRENCY,
                 ImportField("state", N_("State"), FieldType.CHOICE, column="state", choices=STATES), _ON_ACCOUNT,
                 ImportField("taking", N_("Taking"), column="taking")),
}


@lru_cache(maxsize=16)
def fields(kind: str) -> tuple[ImportField, ...]:
    """Everything that a column can be mapped to in an import as `kind`, in the order of a form."""
    own = tuple(_imported(item) for item in _NOUNS[kind]
                if item.type is not FieldType.INSTANT)
    there = {item.key: item for item in own}
    more = tuple(_same_or(there.pop(item.key, None), item) for item in _MORE.get(kind, ()))
    return own[:1] + more + tuple(item for item in own[1:] if item.key in there)


def _same_or(own: ImportField | None, item: ImportField) -> ImportField:
    """The form's own title for a field that the noun has itself, read the way an import reads it."""
    return item if own is None else replace(item, title=own.title, column=own.column)


@lru_cache(maxsize=16)
def every(kind: str) -> tuple[ImportField, ...]:
    """The fields of a kind, then those of the other records in its rows, as "contacts.emails"."""
    own = fields(kind)
    linked = {item.link for item in own}
    return own + tuple(replace(item, key=f"{noun}.{item.key}", noun=noun) for noun in BESIDE.get(kind, ())
                       for item in fields(noun) if _beside(item, noun, noun in linked))


def _beside(item: ImportField, noun: str, linked: bool) -> bool:
    """Whether a field of another record in the row can be said: its links among them follow from the row itself."""
    if item.key.endswith("_ref"):
        return False  # in a row with the other record beside it there is nothing to tell apart
    if linked and (item.key == "name" or (noun == "customers" and item in _PERSON)):
        return False  # the column of the link names it
    return item.key == "parent" or item.link not in ("customers", "contacts", "deals")


def parted(key: str) -> tuple[str, str]:
    """("contacts", "emails") for "contacts.emails"; ("", key) for a field of the row's own record."""
    noun, _, bare = key.rpartition(".")
    return noun, bare


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
