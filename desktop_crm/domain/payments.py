"""Payments: money planned for a day, and money received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.values import Period

FIELDS = (
    Field("name", N_("For what")),
    Field("customer_id", N_("Customer"), FieldType.LINK, link="customers"),
    Field("deal_id", N_("Deal"), FieldType.LINK, link="deals"),
    Field("seller_id", N_("Seller"), FieldType.LINK, link="sellers"),
    Field("amount", N_("Amount"), FieldType.MONEY, required=True),
    Field("due_on", N_("Due on"), FieldType.DATE),
    Field("received_on", N_("Received on"), FieldType.DATE),
    Field("method", N_("Method")),
    Field("external_id", N_("External ID")),
)


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """Which payments a list shows; `due` and `received` are half-open periods of local days.

    `overdue_at` keeps those that were due before that day and not received when it began; `methods` and `sellers`
    those of some methods and receivers ("" or 0: without one). `collected_on` keeps money on account that was received
    on that day and was not for a sale of that day.
    """

    search: str = ""
    due: Period | None = None
    received: Period | None = None
    planned_only: bool = False
    overdue_at: date | None = None
    customers: tuple[int, ...] = ()
    deals: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()
    methods: tuple[str, ...] = ()
    sellers: tuple[int, ...] = ()
    collected_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment; minor units of `currency`."""

    id: int
    name: str
    customer_id: int | None
    customer: str | None
    deal_id: int | None
    amount: int
    currency: str
    due_on: date | None
    received_on: date | None
    method: str | None
