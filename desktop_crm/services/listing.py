"""Lists that leave the program: every row of a kind as plain values that no clock changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.domain.activities import ActivityFilter
from desktop_crm.domain.conditions import Group
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import fold, to_major
from desktop_crm.services import (
    activities,
    contacts,
    custom_fields,
    customers,
    deals,
    payments,
    products,
    segments,
    tasks,
)
from desktop_crm.services.book import Book
from desktop_crm.services.history import FIELDS
from desktop_crm.storage import listing

KINDS = listing.KINDS


def rows(book: Book, kind: str, search: str = "", limit: int | None = None,
         segment: str = "", where: Group | None = None, named_in: Book | None = None) -> list[dict[str, Any]]:
    """Rows of a kind, ascending id, those that match `search`, at most `limit`; InvalidInput for no such kind.

    With the name of a `segment` only its customers, with `where` those who pass; InvalidInput for another kind, or if
    there is no such segment. Of a past day, `named_in` is the present book, whose segments are meant.

    Money is a decimal string in major units, days are ISO; customers and contacts have `emails`, `phones` and all
    `channels` and their further `addresses`, customers `tags`, a lead's `score` and `consents`, contacts their further
    `companies`, deals `lines`.
    """
    if kind not in KINDS:
        raise InvalidInput(N_("There is no list of “{kind}”. There are: {kinds}."), "kind", kind=kind,
                           kinds=", ".join(KINDS))
    if (segment or where is not None) and kind != "customers":
        raise InvalidInput(N_("Only customers have segments."), "segment")
    narrowed = bool(segment) or where is not None
    ids = (_of_segment(book, named_in or book, segment, where, search) if narrowed
           else _matching(book, kind, search) if search.strip() else None)
    with book.read() as connection:
        found = listing.rows(connection, kind, ids)[:limit]
        keys = [row["id"] for row in found]
        ways = listing.channels(connection, kind, keys) if kind in ("customers", "contacts") else {}
        more = listing.hanging(connection, kind, keys)
        marks = listing.tags(connection, keys) if kind == "customers" else {}
        lines = listing.lines(connection) if kind == "deals" else {}
    mine = custom_fields.listed(book, kind) if kind in own_rules.KINDS else []
    made = []
    for row in found:
        plain = _plain(book, kind, row)
        if kind in own_rules.KINDS:
            plain["own"] = _own(book, mine, row["custom"])
        if kind in ("customers", "contacts"):
            plain |= ways.get(row["id"], {"emails": [], "phones": [], "channels": []})
            plain |= more.get(row["id"], {})
        if kind == "customers":
            plain["tags"] = marks.get(row["id"], [])
            plain["score"] = row["score"] if row["state"] == "lead" else None
        if kind == "deals":
            plain["lines"] = [_line(line, row["currency"]) for line in lines.get(row["id"], [])]
        made.append(plain)
    return made


def _plain(book: Book, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row as its fields: identity first, links by name, money in major units."""
    currency = row.get("currency") or book.currency
    plain: dict[str, Any] = {key: row[key] for key in ("id", "uid", "external_id", "name")}
    for item in FIELDS[kind]:
        key = item.key.removesuffix("_id") if item.type is FieldType.LINK else item.key
        if key not in plain and key in row:
            plain[key] = _value(item.type, row[key], currency)
    if "currency" in row:
        plain["currency"] = row["currency"]
    return plain


def _value(kind: FieldType, value: Any, currency: str) -> Any:
    if value is None:
        return None
    if kind is FieldType.MONEY:
        return str(to_major(value, currency))
    return bool(value) if kind is FieldType.YES_NO else value


def _own(book: Book, fields: Sequence[CustomField], stored: str | None) -> dict[str, Any]:
    """The business's own fields by name: money as a decimal string, the others as they are kept."""
    values = own_rules.read(stored)
    return {field.name: str(to_major(int(values[field.id]), book.currency)) if field.type == "money"
            else values[field.id] for field in fields if field.id in values}


def _line(line: dict[str, Any], currency: str) -> dict[str, Any]:
    quantity = Decimal(line["quantity"]) / 1000
    return {"product": line["product"], "quantity": f"{quantity.normalize():f}",
            "price": _value(FieldType.MONEY, line["price"], currency),
            "cost": _value(FieldType.MONEY, line["cost"], currency)}


def _of_segment(book: Book, named_in: Book, segment: str, where: Group | None, search: str) -> list[int]:
    """Ids of the customers of a segment ("": all) that pass `where`, those that match what was typed."""
    wanted = segments.named(named_in, segment) if segment else CustomerFilter()
    both = tuple(group for group in (wanted.conditions, where) if group is not None)
    found = customers.list_ids(book, replace(wanted, conditions=Group(True, both) if both else None), "id")
    kept = set(_matching(book, "customers", search)) if search.strip() else None
    return found if kept is None else [row for row in found if row in kept]


def _matching(book: Book, kind: str, search: str) -> list[int]:
    """Ids of the rows of a kind that match what was typed."""
    if kind == "customers":
        return customers.list_ids(book, CustomerFilter(search=search), "id")
    if kind == "contacts":
        return contacts.list_ids(book, search)
    if kind == "deals":
        return deals.list_ids(book, DealFilter(search=search))
    if kind == "tasks":
        return tasks.list_ids(book, TaskFilter(search=search), "id")
    if kind == "activities":
        return activities.list_ids(book, ActivityFilter(search=search))
    if kind == "payments":
        return payments.list_ids(book, PaymentFilter(search=search))
    if kind == "products":
        return [row.id for row in products.all_products(book, search)]
    with book.read() as connection:
        return [row["id"] for row in listing.rows(connection, kind, None) if fold(search) in fold(row["name"])]
