"""Payments: lists and rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from desktop_crm.domain.payments import PaymentFilter, PaymentRow
from desktop_crm.storage.conditions import Where, as_day, by_ids, ids, named

_ORDERS = {"id": "payments.id", "due": "payments.due_on", "received": "payments.received_on",
           "amount": "payments.amount"}


def where(wanted: PaymentFilter) -> Where:
    """The filter as conditions on `payments`."""
    found = Where()
    if wanted.search.strip():
        found.add("(instr(lower(payments.name), lower(:typed)) OR payments.customer_id IN "
                  "(SELECT id FROM customers WHERE instr(name_fold, lower(:typed))))", typed=wanted.search.strip())
    found.any("payments.customer_id", wanted.customers)
    found.any("payments.deal_id", wanted.deals)
    found.any("payments.id", wanted.ids)
    found.any("payments.method", wanted.methods)
    found.any("payments.seller_id", wanted.sellers)
    found.period("payments.due_on", wanted.due)
    found.period("payments.received_on", wanted.received)
    if wanted.planned_only:
        found.add("payments.received_on IS NULL AND coalesce(payments.state, '') <> 'bounced'")
    if wanted.overdue_at is not None:
        found.add("payments.due_on < :overdue_at AND coalesce(payments.state, '') <> 'bounced' "
                  "AND (payments.received_on IS NULL OR payments.received_on >= :overdue_at)",
                  overdue_at=wanted.overdue_at.isoformat())
    if wanted.collected_on is not None:
        found.add("payments.received_on = :collected_on AND payments.on_account = 1 AND NOT EXISTS "
                  "(SELECT 1 FROM deals d WHERE d.id = payments.deal_id AND d.status = 'won' "
                  "AND d.on_account = 1 AND d.closed_on = :collected_on)",
                  collected_on=wanted.collected_on.isoformat())
    return found


def list_ids(connection: Connection, wanted: PaymentFilter, sort: str = "id", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the payments that pass the filter, sorted; unknown days last, ties by id."""
    column, direction = _ORDERS[sort], "DESC" if descending else "ASC"
    return ids(connection, where(wanted), "SELECT payments.id FROM payments",
               f"{column} IS NULL, {column} {direction}, payments.id", limit)


_ROW = """SELECT p.id, p.name, p.customer_id, c.name AS customer, p.deal_id, p.amount, p.currency,
  p.due_on, p.received_on, p.method
FROM payments p LEFT JOIN customers c ON c.id = p.customer_id WHERE p.id IN :ids"""


def rows(connection: Connection, wanted: Sequence[int]) -> list[PaymentRow]:
    """List rows by id, in the order asked for; ids that are gone are left out."""
    found = {row[0]: PaymentRow(**named(row, due_on=as_day(row.due_on), received_on=as_day(row.received_on)))
             for row in by_ids(connection, _ROW, wanted)}
    return [found[key] for key in wanted if key in found]
