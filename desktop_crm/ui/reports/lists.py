"""The rows behind a figure that have no tab of their own, payments and activities, as a report of their own.

So they can be sorted, copied, printed and exported as every report can.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_crm.domain.activities import KINDS, STATES, ActivityFilter, ActivityRow
from desktop_crm.domain.payments import PaymentFilter, PaymentRow
from desktop_crm.reports.report import Cell, Column, Report, Table, ValueType
from desktop_crm.services import activities, payments
from desktop_crm.services.book import Book
from desktop_crm.ui.words import N_, current, tr, tr_count

_PART = 5000
"""Ids asked for at once: a statement of SQLite takes only so many."""


def listed(book: Book, wanted: PaymentFilter | ActivityFilter, title: str) -> Report:
    """The rows of a filter, by day, as a report with one table whose rows lead to their customers."""
    if isinstance(wanted, PaymentFilter):
        ids = payments.list_ids(book, wanted, "received" if wanted.received else "due")
        table = _payments(book, [row for part in _parts(ids) for row in payments.rows(book, part)])
    else:
        ids = activities.list_ids(book, wanted, "on")
        table = _activities([row for part in _parts(ids) for row in activities.rows(book, part)])
    return Report(table.key, title, book.business.name, book.currency, current().code, None, None,
                  subtitle=tr_count(N_("{n} row"), N_("{n} rows"), len(ids)), tables=(table,))


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start:start + _PART] for start in range(0, len(ids), _PART))


def _payments(book: Book, rows: list[PaymentRow]) -> Table:
    """Payments with their sum; those in another currency say so and stand outside it."""
    columns = (Column("customer", tr(N_("Customer")), weight=2), Column("name", tr(N_("For what")), weight=2),
               Column("due_on", tr(N_("Due on")), ValueType.DATE),
               Column("received_on", tr(N_("Received on")), ValueType.DATE), Column("method", tr(N_("Method"))),
               Column("amount", tr(N_("Amount")), ValueType.MONEY))
    own = [row.amount for row in rows if row.currency == book.currency]
    lines = tuple((row.customer, row.name, row.due_on, row.received_on, row.method, _amount(row, book.currency))
                  for row in rows)
    note = "" if len(own) == len(rows) else tr_count(
        N_("{n} payment in another currency is not in the sum."),
        N_("{n} payments in other currencies are not in the sum."), len(rows) - len(own))
    totals = (tr(N_("Total")), None, None, None, None, sum(own))
    return Table("payments", "", columns, lines, totals, "customers", _customers(rows), note)


def _amount(row: PaymentRow, currency: str) -> Cell:
    return row.amount if row.currency == currency else current().money(row.amount, row.currency)


def _activities(rows: list[ActivityRow]) -> Table:
    columns = (Column("on_date", tr(N_("Date")), ValueType.DATE), Column("kind", tr(N_("Kind"))),
               Column("state", tr(N_("State"))), Column("customer", tr(N_("Customer")), weight=2),
               Column("name", tr(N_("Text")), weight=4), Column("seller", tr(N_("Seller"))),
               Column("minutes", tr(N_("Minutes")), ValueType.COUNT))
    lines = tuple((row.on_date, tr(KINDS.get(row.kind, row.kind)), tr(STATES.get(row.state, row.state)), row.customer,
                   row.name, row.seller, row.minutes) for row in rows)
    minutes = sum(row.minutes or 0 for row in rows)
    return Table("activities", "", columns, lines, (tr(N_("Total")), *(None,) * 5, minutes), "customers",
                 _customers(rows))


def _customers(rows: list[PaymentRow] | list[ActivityRow]) -> tuple[int, ...]:
    """The customer of each row, 0 for none."""
    return tuple(row.customer_id or 0 for row in rows)
