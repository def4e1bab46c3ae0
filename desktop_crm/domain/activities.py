"""Activities: what happened with a customer, and how it was noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.values import Period

KINDS = {
    "call": N_("Call"), "meeting": N_("Meeting"), "visit": N_("Visit"), "email": N_("E-mail"),
    "message": N_("Message"), "demo": N_("Demo"), "follow_up": N_("Follow-up"), "thank_you": N_("Thank-you"),
    "delivery": N_("Delivery"), "note": N_("Note"),
}
STATES = {"planned": N_("Planned"), "held": N_("Held"), "not_held": N_("Not held")}
DIRECTIONS = {"in": N_("Incoming"), "out": N_("Outgoing")}

FIELDS = (
    Field("name", N_("Text"), FieldType.LONG, required=True),
    Field("kind", N_("Kind"), FieldType.CHOICE, choices=KINDS),
    Field("direction", N_("Direction"), FieldType.CHOICE, choices=DIRECTIONS),
    Field("state", N_("State"), FieldType.CHOICE, choices=STATES),
    Field("on_date", N_("Date"), FieldType.DATE),
    Field("at", N_("At"), FieldType.INSTANT),
    Field("minutes", N_("Minutes"), FieldType.INTEGER, most=100_000),
    Field("outcome", N_("Outcome")),
    Field("customer_id", N_("Customer"), FieldType.LINK, link="customers"),
    Field("contact_id", N_("Contact"), FieldType.LINK, link="contacts"),
    Field("deal_id", N_("Deal"), FieldType.LINK, link="deals"),
    Field("seller_id", N_("Seller"), FieldType.LINK, link="sellers"),
    Field("external_id", N_("External ID")),
)


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities a list shows; `on` is a half-open period of local days."""

    search: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    sellers: tuple[int, ...] = ()
    customers: tuple[int, ...] = ()
    on: Period | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity."""

    id: int
    name: str
    kind: str
    direction: str | None
    state: str
    on_date: date | None
    at: datetime | None
    minutes: int | None
    customer_id: int | None
    customer: str | None
    deal_id: int | None
    seller: str | None


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of a customer's timeline: an activity, a stage move, a payment or a change.

    `kind` says which (activity, move, payment, change, task), `icon` which picture; `title` is the strong
    part and `text` the rest, both as message ids with values already filled by the service's language.
    """

    kind: str
    id: int
    on_date: date | None
    at: datetime | None
    title: str
    text: str = ""
    icon: str = "note"
    who: str = ""
