"""Customers: persons and companies; a lead is a customer in state lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_crm.domain.conditions import Group
from desktop_crm.domain.custom_fields import Value
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.values import Period

KINDS = {"company": N_("Company"), "person": N_("Person"), "household": N_("Household")}
CHANNELS = {
    "phone": N_("Phone"), "email": N_("E-mail"), "whatsapp": "WhatsApp", "line": "LINE", "viber": "Viber",
    "telegram": "Telegram", "wechat": "WeChat", "facebook": "Facebook", "web": N_("Web page"),
}
"""The kinds of ways to reach someone; the names of makers stay as they are."""
STATES = {"lead": N_("Lead"), "customer": N_("Customer"), "inactive": N_("Inactive")}
LEAD_STATES = {
    "new": N_("New"), "contacted": N_("Contacted"), "nurture": N_("Nurture"), "qualified": N_("Qualified"),
    "converted": N_("Converted"), "unqualified": N_("Unqualified"), "recycled": N_("Recycled"),
}
HEATS = {"cold": N_("Cold"), "warm": N_("Warm"), "hot": N_("Hot")}
SOURCES = {
    "walk_in": N_("Walk-in"), "referral": N_("Referral"), "existing": N_("Existing customer"),
    "website": N_("Website"), "phone": N_("Phone"), "email": N_("E-mail"), "social": N_("Social media"),
    "exhibition": N_("Exhibition"), "advertising": N_("Advertising"), "partner": N_("Partner"),
    "cold_call": N_("Cold call"), "marketplace": N_("Marketplace"), "other": N_("Other"),
}
"""The sources that a new file starts with, by code (DEFINITIONS.md, Defaults)."""

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("kind", N_("Kind"), FieldType.CHOICE, choices=KINDS),
    Field("state", N_("State"), FieldType.CHOICE, choices=STATES),
    Field("lead_state", N_("Lead state"), FieldType.CHOICE, choices=LEAD_STATES),
    Field("heat", N_("Heat"), FieldType.CHOICE, choices=HEATS),
    Field("sort_name", N_("Sort name")),
    Field("call_name", N_("Call name")),
    Field("parent_id", N_("Belongs to"), FieldType.LINK, link="customers"),
    Field("source_id", N_("Source"), FieldType.LINK, link="sources"),
    Field("campaign_id", N_("Campaign"), FieldType.LINK, link="campaigns"),
    Field("industry", N_("Industry")),
    Field("region", N_("Region")),
    Field("seller_id", N_("Seller"), FieldType.LINK, link="sellers"),
    Field("address", N_("Address"), FieldType.LONG),
    Field("city", N_("City")),
    Field("postcode", N_("Postcode")),
    Field("country", N_("Country")),
    Field("zone", N_("Time zone")),
    Field("website", N_("Website")),
    Field("founded", N_("Founded in"), FieldType.INTEGER, most=3000),
    Field("employees", N_("Employees"), FieldType.INTEGER, most=10**9),
    Field("notes", N_("Notes"), FieldType.LONG),
    Field("created_on", N_("Created on"), FieldType.DATE),
    Field("external_id", N_("External ID")),
    Field("starred", N_("Starred"), FieldType.YES_NO),
    Field("credit_limit", N_("Credit limit"), FieldType.MONEY),
    Field("promised_on", N_("Promised to pay on"), FieldType.DATE),
    Field("language", N_("Language of their papers"), most=10),
    Field("invoice_title", N_("Invoice title")),
    Field("tax_number", N_("Tax number")),
    Field("registration", N_("Registration number"), most=100),
    Field("birthday", N_("Birthday"), FieldType.BIRTHDAY),
    Field("pinned_note", N_("Pinned note")),
    Field("preferences", N_("Preferences"), FieldType.LONG),
    Field("prefers", N_("Likes to be reached by"), FieldType.CHOICE, choices=CHANNELS),
    Field("call_from", N_("Likes calls from"), FieldType.TIME),
    Field("call_until", N_("Likes calls until"), FieldType.TIME),
    Field("no_marketing", N_("No marketing"), FieldType.YES_NO),
    Field("verified_on", N_("Last verified on"), FieldType.DATE),
)


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach someone: as written, and normalised (lower case; E.164) if it could be.

    Of each kind one may be `preferred`: it goes before the others.
    """

    kind: str
    value: str
    label: str = ""
    normal: str = ""
    id: int = 0
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers a list shows; empty means any. `sellers` may hold 0 for "no seller".

    `once_lead` keeps those that are leads or were (the requests of DEFINITIONS.md, indicator 1); `owes` those who owe
    money by the credit book. A purchase is a won deal that is no return:

    - `last_contact`: the last held activity lies in the period; with an end alone, those never spoken to as well;
    - `bought_days`: with a purchase in the last so many days;
    - `lapsed_days`: not inactive, with purchases, and none in these days; `never_bought`: not inactive, without any;
    - `low_regulars`: not inactive, three purchases or more in the last 365 days, their average below that of all
      purchases in them;
    - `paid_from`, `paid_to`: received of them in all, minor units of the business's currency, both included;
    - `open_deals`: with a deal that is open; `overdue`: with a payment that was due before today and has not come;
    - `birthday_month`: born in the present month.

    `conditions` are any others, combined with and/or (domain/conditions).
    """

    search: str = ""
    states: tuple[str, ...] = ()
    heats: tuple[str, ...] = ()
    sellers: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    no_next_step: bool = False
    untouched_days: int = 0
    once_lead: bool = False
    starred: bool = False
    owes: bool = False
    created: Period | None = None
    parent_id: int | None = None
    ids: tuple[int, ...] = ()
    last_contact: Period | None = None
    bought_days: int = 0
    lapsed_days: int = 0
    never_bought: bool = False
    low_regulars: bool = False
    paid_from: int | None = None
    paid_to: int | None = None
    open_deals: bool = False
    overdue: bool = False
    birthday_month: bool = False
    conditions: Group | None = None


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the customers list. `paid` is minor units received in the last 12 months.

    `owed` is what they owe by the credit book, below zero for what they have in credit; `own` holds the values of the
    business's own fields by field id. `activity` and `buyer_stage` are codes of domain/account_status, `revenue` and
    `revenue_before` what they bought for in the last 365 days and in those before, returns taken off.
    """

    id: int
    name: str
    kind: str
    state: str
    heat: str | None
    seller: str | None
    region: str | None
    industry: str | None
    city: str | None
    phone: str | None
    email: str | None
    tags: tuple[str, ...]
    last_contact: date | None
    next_step: str | None
    next_step_on: date | None
    open_deals: int
    paid: int
    created_on: date | None = None
    starred: bool = False
    owed: int = 0
    score: int | None = None
    activity: str = "none"
    buyer_stage: str = "never"
    revenue: int = 0
    revenue_before: int = 0
    own: Mapping[int, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """The key figures of a card, money in minor units of the business's currency.

    `other_currencies` tells that records in other currencies stand outside these sums; `owed` and `on_the_way` are
    of the credit book.
    """

    open_deals: int
    open_amount: int
    won_deals: int
    won_amount: int
    paid: int
    paid_year: int
    last_contact: date | None
    other_currencies: bool = False
    owed: int = 0
    on_the_way: int = 0
