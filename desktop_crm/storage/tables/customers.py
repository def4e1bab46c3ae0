"""Customers, their e-mails and phones, tags, and the log of their states."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import CheckConstraint, Field, Index, UniqueConstraint

from desktop_crm.storage.tables.base import Instant, Record, flag, link


class Customer(Record, table=True):
    """A person or a company; a lead is a customer in state lead.

    `credit_limit` is minor units of the business's currency (none: no limit); `promised_on` is when they said they
    would pay; `language` is what their papers are written in (none: the file's). `birthday` is an ISO day, "--05-12"
    where the year is not known; they like to be reached by `prefers` (a kind of channel) between `call_from` and
    `call_until` ('HH:MM', their own clock); `no_marketing` keeps them out of every mailing; `verified_on` is when what
    is written here was last found to be true. `score` is a lead's points by the score rules; `heat_scored` says that
    the heat follows from them and was not set by hand. `custom` holds the business's own fields (CustomField).
    """

    __tablename__ = "customers"
    __table_args__ = (
        Index("customers_created", "created_on", "state"),
        Index("customers_heat", "heat", "state"),
        Index("customers_starred", "name_sort", sqlite_where=text("starred = 1")),
        {"sqlite_autoincrement": True},
    )

    external_id: str | None = Field(default=None, index=True)
    kind: str = "company"
    name: str
    sort_name: str | None = None
    call_name: str | None = None
    parent_id: int | None = link("customers")
    state: str = Field(default="lead", index=True)
    lead_state: str | None = None
    heat: str | None = None
    source_id: int | None = link("choices")
    industry: str | None = None
    region: str | None = None
    seller_id: int | None = link("sellers")
    address: str | None = None
    city: str | None = None
    postcode: str | None = None
    country: str | None = None
    zone: str | None = None
    website: str | None = None
    founded: int | None = None
    employees: int | None = None
    notes: str | None = None
    created_on: date | None = None
    name_fold: str = ""
    more_fold: str = ""
    name_sort: str = Field(default="", index=True)
    starred: bool = flag()
    credit_limit: int | None = None
    promised_on: date | None = None
    language: str | None = None
    invoice_title: str | None = None
    tax_number: str | None = None
    registration: str | None = None
    birthday: str | None = None
    pinned_note: str | None = None
    preferences: str | None = None
    prefers: str | None = None
    call_from: str | None = None
    call_until: str | None = None
    no_marketing: bool = flag()
    verified_on: date | None = None
    campaign_id: int | None = link("campaigns")
    score: int | None = None
    heat_scored: bool = flag()
    custom: str | None = None


class Channel(Record, table=True):
    """An e-mail address or a phone number of one customer or one contact, as written and normalised."""

    __tablename__ = "channels"
    __table_args__ = (
        CheckConstraint("(customer_id IS NULL) <> (contact_id IS NULL)", name="one_owner"),
        Index("channels_normal", "kind", "normal"),
        {"sqlite_autoincrement": True},
    )

    customer_id: int | None = link("customers", cascade=True)
    contact_id: int | None = link("contacts", cascade=True)
    kind: str
    label: str | None = None
    value: str
    normal: str = ""
    position: int = 0
    value_fold: str = ""
    digits_back: str = ""
    preferred: bool = flag()


class Address(Record, table=True):
    """One more address of a customer or a contact, beside the customer's own."""

    __tablename__ = "addresses"
    __table_args__ = (
        CheckConstraint("(customer_id IS NULL) <> (contact_id IS NULL)", name="one_owner"),
        {"sqlite_autoincrement": True},
    )

    customer_id: int | None = link("customers", cascade=True)
    contact_id: int | None = link("contacts", cascade=True)
    label: str | None = None
    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    position: int = 0


class Consent(Record, table=True):
    """What a person agreed to: the purpose, on which basis, how it came, from when until it was taken back."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("(customer_id IS NULL) <> (contact_id IS NULL)", name="one_owner"),
        {"sqlite_autoincrement": True},
    )

    customer_id: int | None = link("customers", cascade=True)
    contact_id: int | None = link("contacts", cascade=True)
    purpose: str
    basis: str
    source: str | None = None
    on_date: date | None = None
    withdrawn_on: date | None = None


class Distinction(Record, table=True):
    """Two customers that look alike and are not the same, as someone has said; the smaller id is the first."""

    __tablename__ = "distinctions"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), {"sqlite_autoincrement": True})

    first_id: int = link("customers", cascade=True, required=True)
    second_id: int = link("customers", cascade=True, required=True)


class Tag(Record, table=True):
    """A word that customers are marked with."""

    __tablename__ = "tags"

    name: str = Field(unique=True)


class CustomerTag(Record, table=True):
    """One mark: this customer carries this tag."""

    __tablename__ = "customer_tags"
    __table_args__ = (UniqueConstraint("customer_id", "tag_id"), {"sqlite_autoincrement": True})

    customer_id: int = link("customers", cascade=True, required=True)
    tag_id: int = link("tags", cascade=True, required=True)


class StateMove(Record, table=True):
    """One change of a customer's state or lead state, with its day, and its instant where known."""

    __tablename__ = "state_moves"

    customer_id: int = link("customers", cascade=True, required=True)
    field: str = "state"
    before: str | None = None
    after: str | None = None
    on_date: date | None = Field(default=None, index=True)
    at: datetime | None = Field(default=None, sa_type=Instant)
