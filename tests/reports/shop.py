"""A small shop whose figures are worked out by hand in the tests, and the rows behind a figure.

Today is Saturday 21 November 2026. Deals (amounts in sen):

| deal | seller | customer | status | amount | created | closed | days | lines |
|---|---|---|---|---|---|---|---|---|
| D1 | Aminah | Acme | won  | 10,000 | 1 Oct  | 21 Nov | 51 | Tile 2 × 3,000, Grout 1 × 4,000 |
| D2 | Aminah | Acme | won  | 20,001 | 1 Nov  | 10 Nov |  9 | Tile, no price |
| D3 | Bala   | –    | lost |  5,000 | 5 Nov  | 21 Nov | 16 | – (reason: Price) |
| D4 | Bala   | –    | lost |  7,000 | 6 Nov  | 21 Nov | 15 | – (entered by mistake) |
| D5 | Chen   | Beta | open |  3,000 | 21 Nov | –      |    | – |
| D6 | –      | –    | open | unknown | –     | –      |    | – |
| D7 | Bala   | Beta | won  | USD 9,000 | 21 Nov | 21 Nov | 0 | – |
| D8 | Aminah | Beta | won  | unknown | –     | 12 Nov |    | – |
| D9 | Chen   | Beta | lost |    100 | 31 Oct | 1 Dec  | 31 | – |
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_crm.domain.activities import ActivityFilter
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.reports.report import Report, Table
from desktop_crm.services.book import Book
from desktop_crm.storage import activities, customers, deals, payments, records, tasks

OCT, NOV, DEC = 10, 11, 12
AMINAH, BALA, CHEN = 1, 2, 3
ACME, BETA, GAMMA = 1, 2, 3


def on(month: int, day: int) -> date:
    return date(2026, month, day)


def deal(name: str, status: str, amount: int | None, created: date | None, closed: date | None = None,
         **more: Any) -> dict[str, Any]:
    """A row of `deals`, in the first pipeline."""
    stage = {"open": 1, "won": 6, "lost": 7}[status]
    return {"name": name, "status": status, "amount": amount, "created_on": created, "closed_on": closed,
            "pipeline_id": 1, "stage_id": more.pop("stage", stage), "currency": more.pop("currency", "MYR"),
            "seller_id": more.pop("seller", None), "customer_id": more.pop("customer", None), "lost_reason_id": None,
            "source_id": None, "stage_on": None, **more}


def reason(book: Book, code: str) -> int:
    with book.read() as connection:
        return int(records.find(connection, "choices", kind="lost_reason", code=code)[0]["id"])


def fill(book: Book, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Put whole rows into the file in one act."""
    with book.work("Fill", bulk=True) as work:
        for name, rows in tables.items():
            records.add_many(work.connection, name, rows)


def deals_of(book: Book) -> list[dict[str, Any]]:
    """The nine deals of the table above."""
    return [
        deal("D1", "won", 10_000, on(OCT, 1), on(NOV, 21), seller=AMINAH, customer=ACME),
        deal("D2", "won", 20_001, on(NOV, 1), on(NOV, 10), seller=AMINAH, customer=ACME),
        deal("D3", "lost", 5_000, on(NOV, 5), on(NOV, 21), seller=BALA, lost_reason_id=reason(book, "price")),
        deal("D4", "lost", 7_000, on(NOV, 6), on(NOV, 21), seller=BALA, lost_reason_id=reason(book, "mistake")),
        deal("D5", "open", 3_000, on(NOV, 21), seller=CHEN, customer=BETA, source_id=1, stage_on=on(NOV, 21)),
        deal("D6", "open", None, None, stage=4, stage_on=on(NOV, 6)),
        deal("D7", "won", 9_000, on(NOV, 21), on(NOV, 21), seller=BALA, customer=BETA, currency="USD"),
        deal("D8", "won", None, None, on(NOV, 12), seller=AMINAH, customer=BETA),
        deal("D9", "lost", 100, on(OCT, 31), on(DEC, 1), seller=CHEN, customer=BETA),
    ]


def open_shop(book: Book) -> None:
    """Fill the file with sellers, products, customers and the nine deals."""
    fill(book, {
        "sellers": [{"name": "Aminah", "team": "North", "region": "Penang"},
                    {"name": "Bala", "team": "North", "region": "Johor"},
                    {"name": "Chen", "team": None, "region": None}],
        "products": [{"name": "Tile", "line": "Floor", "currency": "MYR"},
                     {"name": "Grout", "line": "Floor", "currency": "MYR"}],
        "customers": [{"name": "Acme", "state": "customer", "heat": "hot", "industry": "Building", "region": "Penang",
                       "created_on": on(OCT, 1), "seller_id": AMINAH},
                      {"name": "Beta", "state": "lead", "heat": None, "industry": None, "region": None,
                       "created_on": on(NOV, 21), "seller_id": None},
                      {"name": "Gamma", "state": "customer", "heat": "hot", "industry": "Building", "region": None,
                       "created_on": on(NOV, 21), "seller_id": CHEN}],
        "deals": deals_of(book),
        "deal_lines": [{"deal_id": 1, "product_id": 1, "quantity": 2000, "price": 3_000},
                       {"deal_id": 1, "product_id": 2, "quantity": 1000, "price": 4_000},
                       {"deal_id": 2, "product_id": 1, "quantity": 1000, "price": None}],
        "state_moves": [{"customer_id": GAMMA, "field": "state", "before": "lead", "after": "customer",
                         "on_date": on(NOV, 21)}],
    })


def listed(book: Book, wanted: Any) -> list[Any]:
    """The rows that a figure's filter lists, as the tabs would show them."""
    today = book.today()
    with book.read() as connection:
        if isinstance(wanted, DealFilter):
            return list(deals.rows(connection, deals.list_ids(connection, wanted, today)))
        if isinstance(wanted, CustomerFilter):
            ids = customers.list_ids(connection, wanted, today)
            return list(customers.rows(connection, ids, today, book.currency))
        if isinstance(wanted, TaskFilter):
            return list(tasks.rows(connection, tasks.list_ids(connection, wanted)))
        if isinstance(wanted, PaymentFilter):
            return list(payments.rows(connection, payments.list_ids(connection, wanted)))
        assert isinstance(wanted, ActivityFilter)
        return list(activities.rows(connection, activities.list_ids(connection, wanted)))


def summed(book: Book, wanted: Any) -> int:
    """The sum of the listed rows' amounts in the business's currency."""
    return sum(row.amount or 0 for row in listed(book, wanted) if row.currency == book.currency)


def cells(report: Report | Table, *keys: str) -> dict[Any, tuple[Any, ...]]:
    """The rows of a report's first table by their first column, as the values of the columns `keys`."""
    table = report.tables[0] if isinstance(report, Report) else report
    places = [[column.key for column in table.columns].index(key) for key in keys]
    return {row[0]: tuple(row[place] for place in places) for row in table.rows}


def values(report: Report) -> dict[str, Any]:
    """The figures' values by key."""
    return {figure.key: figure.value for figure in report.figures}
