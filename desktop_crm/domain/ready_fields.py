"""Ready sets of own fields: what three trades write down about their customers, people and orders."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_


@dataclass(frozen=True, slots=True)
class ReadyField:
    """One field of a ready set; its name and choices are message ids, said in the file's language."""

    kind: str
    name: str
    type: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadySet:
    """The fields of one trade; `title` is a message id."""

    title: str
    fields: tuple[ReadyField, ...]


_RETAIL = (
    ReadyField("customers", N_("Member card number")),
    ReadyField("customers", N_("Price level"), "choice", (N_("Retail"), N_("Wholesale"), N_("Staff"))),
    ReadyField("customers", N_("Loyalty points"), "number"),
    ReadyField("customers", N_("Clothing size")),
    ReadyField("customers", N_("Likes to buy")),
    ReadyField("customers", N_("Pays by"), "choice", (N_("Cash"), N_("Card"), N_("Bank transfer"), N_("E-wallet"))),
    ReadyField("customers", N_("Delivery notes")),
    ReadyField("contacts", N_("May sign for deliveries"), "yes_no"),
    ReadyField("deals", N_("Order number")),
    ReadyField("deals", N_("Deliver on"), "date"),
    ReadyField("deals", N_("Deposit"), "money"),
    ReadyField("deals", N_("Gift wrapped"), "yes_no"),
    ReadyField("deals", N_("Parcel tracking"), "link"),
)
_SERVICES = (
    ReadyField("customers", N_("Contract number")),
    ReadyField("customers", N_("Contract ends on"), "date"),
    ReadyField("customers", N_("Service level"), "choice", (N_("Basic"), N_("Standard"), N_("Premium"))),
    ReadyField("customers", N_("Monthly fee"), "money"),
    ReadyField("customers", N_("Visits a month"), "number"),
    ReadyField("customers", N_("Keys and access")),
    ReadyField("customers", N_("Shared folder"), "link"),
    ReadyField("contacts", N_("Decides on orders"), "yes_no"),
    ReadyField("contacts", N_("Gets the invoices"), "yes_no"),
    ReadyField("deals", N_("Kind of work"), "choice", (N_("One time"), N_("Monthly"), N_("Yearly"))),
    ReadyField("deals", N_("Site visit on"), "date"),
    ReadyField("deals", N_("Starts on"), "date"),
    ReadyField("deals", N_("Hours planned"), "number"),
    ReadyField("deals", N_("Deposit"), "money"),
)
_WORKSHOP = (
    ReadyField("customers", N_("Vehicle or machine")),
    ReadyField("customers", N_("Plate number")),
    ReadyField("customers", N_("Serial number")),
    ReadyField("customers", N_("Year built"), "number"),
    ReadyField("customers", N_("Next service on"), "date"),
    ReadyField("customers", N_("Insurance ends on"), "date"),
    ReadyField("contacts", N_("May approve repairs"), "yes_no"),
    ReadyField("deals", N_("Plate number")),
    ReadyField("deals", N_("Mileage (km)"), "number"),
    ReadyField("deals", N_("Fault")),
    ReadyField("deals", N_("Repair state"), "choice",
               (N_("To be checked"), N_("Waiting for parts"), N_("In work"), N_("Ready"), N_("Picked up"))),
    ReadyField("deals", N_("Ready on"), "date"),
    ReadyField("deals", N_("Cost of parts"), "money"),
    ReadyField("deals", N_("Hours worked"), "number"),
    ReadyField("deals", N_("Under warranty"), "yes_no"),
)
SETS = {
    "retail": ReadySet(N_("Retail shop"), _RETAIL), "services": ReadySet(N_("Services"), _SERVICES),
    "workshop": ReadySet(N_("Workshop"), _WORKSHOP),
}
"""The ready sets by trade."""
