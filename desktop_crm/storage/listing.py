"""Whole rows of one kind with the names of what they are linked to, for lists that leave the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from desktop_crm.storage import customers
from desktop_crm.storage.conditions import by_ids

_SELLER = "LEFT JOIN sellers seller ON seller.id = t.seller_id "
_CUSTOMER = "LEFT JOIN customers customer ON customer.id = t.customer_id "
_DEAL = "LEFT JOIN deals deal ON deal.id = t.deal_id "
_STATEMENTS = {
    "customers": "SELECT t.*, seller.name AS seller, source.name AS source, campaign.name AS campaign, "
                 "parent.name AS parent FROM customers t "
                 + _SELLER + "LEFT JOIN choices source ON source.id = t.source_id "
                 "LEFT JOIN campaigns campaign ON campaign.id = t.campaign_id "
                 "LEFT JOIN customers parent ON parent.id = t.parent_id",
    "contacts": f"SELECT t.*, customer.name AS customer FROM contacts t {_CUSTOMER}",
    "sellers": "SELECT t.* FROM sellers t",
    "products": "SELECT t.* FROM products t",
    "deals": "SELECT t.*, customer.name AS customer, seller.name AS seller, stage.name AS stage, "
             "pipeline.name AS pipeline, source.name AS source, reason.name AS lost_reason FROM deals t "
             + _CUSTOMER + _SELLER + "JOIN stages stage ON stage.id = t.stage_id "
             "JOIN pipelines pipeline ON pipeline.id = t.pipeline_id "
             "LEFT JOIN choices source ON source.id = t.source_id "
             "LEFT JOIN choices reason ON reason.id = t.lost_reason_id",
    "payments": "SELECT t.*, customer.name AS customer, seller.name AS seller, deal.name AS deal FROM payments t "
                + _CUSTOMER + _SELLER + _DEAL,
    **{kind: f"SELECT t.*, customer.name AS customer, contact.name AS contact, seller.name AS seller, "
             f"deal.name AS deal FROM {kind} t " + _CUSTOMER + _SELLER + _DEAL
             + "LEFT JOIN contacts contact ON contact.id = t.contact_id" for kind in ("tasks", "activities")},
}
KINDS = tuple(_STATEMENTS)
"""The kinds of records that can be listed."""


def rows(connection: Connection, kind: str, ids: Sequence[int] | None) -> list[dict[str, Any]]:
    """Rows of a kind by id, or all of them; ascending id."""
    statement = _STATEMENTS[kind]
    if ids is None:
        return [dict(row._mapping) for row in connection.exec_driver_sql(f"{statement} ORDER BY t.id")]
    return [dict(row._mapping) for row in by_ids(connection, f"{statement} WHERE t.id IN :ids ORDER BY t.id", ids)]


def ids(connection: Connection, kind: str) -> list[int]:
    """The ids of all rows of a kind, ascending."""
    return [row[0] for row in connection.exec_driver_sql(f"SELECT id FROM {kind} ORDER BY id")]


def identities(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """What tells each of these rows from all others outside of the file: its external id, else its uid."""
    return {row[0]: row[1] for row in by_ids(
        connection, f"SELECT id, coalesce(nullif(external_id, ''), uid) FROM {kind} WHERE id IN :ids", ids)}


def namesakes(connection: Connection) -> set[int]:
    """The ids of the sellers whose name another one has too."""
    return {row[0] for row in connection.exec_driver_sql(
        "SELECT id FROM sellers WHERE name IN (SELECT name FROM sellers GROUP BY name HAVING count(*) > 1)")}


class Sold(NamedTuple):
    """One line of a deal: `alone` says that the product's name alone tells which one it is; quantity in thousandths,
    price and cost in minor units."""

    product: str | None
    identity: str | None
    alone: bool
    item: str | None
    quantity: int
    price: int | None
    cost: int | None


def sold(connection: Connection, ids: Sequence[int]) -> dict[int, list[Sold]]:
    """The lines of deals by deal, in their order."""
    found: dict[int, list[Sold]] = defaultdict(list)
    once = {row[0] for row in connection.exec_driver_sql(
        "SELECT min(id) FROM products GROUP BY name HAVING count(*) = 1")}
    for row in by_ids(connection, "SELECT l.deal_id, l.product_id, p.name, coalesce(nullif(p.external_id, ''), p.uid), "
                                  "l.name, l.quantity, l.price, l.cost FROM deal_lines l LEFT JOIN products p "
                                  "ON p.id = l.product_id WHERE l.deal_id IN :ids "
                                  "ORDER BY l.deal_id, l.position, l.id", ids):
        found[row[0]].append(Sold(row[2], row[3], row[1] in once, *row[4:]))
    return dict(found)


class Moved(NamedTuple):
    """One move of the stage log; a pipeline is named where it is another than the deal's own; minor units."""

    before: str | None
    before_pipeline: str | None
    after: str
    pipeline: str | None
    on_date: str | None
    at: str | None
    amount: int | None
    seller: str | None
    seller_identity: str | None


_LOG = """SELECT m.deal_id, b.name, CASE WHEN b.pipeline_id <> d.pipeline_id THEN bp.name END, a.name,
    CASE WHEN a.pipeline_id <> d.pipeline_id THEN ap.name END, m.on_date, m.at, m.amount, s.name,
    coalesce(nullif(s.external_id, ''), s.uid)
    FROM stage_moves m JOIN deals d ON d.id = m.deal_id JOIN stages a ON a.id = m.to_stage_id
    JOIN pipelines ap ON ap.id = a.pipeline_id LEFT JOIN stages b ON b.id = m.from_stage_id
    LEFT JOIN pipelines bp ON bp.id = b.pipeline_id LEFT JOIN sellers s ON s.id = m.seller_id
    WHERE m.deal_id IN :ids ORDER BY m.deal_id, m.id"""


def moves(connection: Connection, ids: Sequence[int]) -> dict[int, list[Moved]]:
    """The stage log of deals by deal, oldest first."""
    found: dict[int, list[Moved]] = defaultdict(list)
    for row in by_ids(connection, _LOG, ids):
        found[row[0]].append(Moved(*row[1:]))
    return dict(found)


def channels(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    """The e-mails and phones (as written) of customers or contacts, and all their ways to be reached, by id."""
    owner = {"customers": "customer_id", "contacts": "contact_id"}[kind]
    found: dict[int, dict[str, list[Any]]] = {}
    for start in range(0, len(ids), 10_000):
        for key, items in customers.channels(connection, owner, ids[start:start + 10_000]).items():
            found[key] = {"emails": [item.value for item in items if item.kind == "email"],
                          "phones": [item.value for item in items if item.kind == "phone"],
                          "channels": [{"kind": item.kind, "label": item.label, "value": item.value,
                                        "preferred": item.preferred} for item in items]}
    return found


def places(connection: Connection, owner: str, ids: Sequence[int]) -> dict[int, list[Sequence[Any]]]:
    """The addresses of customers or contacts (`owner`: customer_id or contact_id) by id, in their order.

    Each is (label, street, city, region, postcode, country); a customer's first one stands in its own fields.
    """
    found: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for row in by_ids(connection, f"SELECT {owner}, label, street, city, region, postcode, country FROM addresses "
                                  f"WHERE {owner} IN :ids ORDER BY position, id", ids):
        found[row[0]].append(tuple(row[1:]))
    return dict(found)


def companies(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str, str | None]]]:
    """The further companies of contacts by contact: name, what tells it from all others, role."""
    found: dict[int, list[tuple[str, str, str | None]]] = defaultdict(list)
    for row in by_ids(connection, "SELECT f.contact_id, c.name, coalesce(nullif(c.external_id, ''), c.uid), f.role "
                                  "FROM affiliations f JOIN customers c ON c.id = f.customer_id "
                                  "WHERE f.contact_id IN :ids ORDER BY f.id", ids):
        found[row[0]].append((row[1], row[2], row[3]))
    return dict(found)


def states(connection: Connection, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The log of states of customers by customer, oldest first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in by_ids(connection, "SELECT customer_id, field, before, after, on_date, at FROM state_moves "
                                  "WHERE customer_id IN :ids ORDER BY id", ids):
        found[row[0]].append(dict(list(row._mapping.items())[1:]))
    return dict(found)


_STAYING = {
    **{kind: f"SELECT {kind[:-1]}_id FROM attachments WHERE {kind[:-1]}_id IN :ids"
       for kind in ("customers", "contacts", "deals", "tasks")},
    "payments": "SELECT p.id FROM payments p JOIN receipts r ON r.taking = p.taking WHERE p.id IN :ids",
}
_MARKED = "SELECT customer_id FROM checklist_marks WHERE customer_id IN :ids"


def staying(connection: Connection, kind: str, ids: Sequence[int]) -> int:
    """How many records of a kind have what no list holds: documents, receipts, marks in a checklist."""
    found = {row[0] for row in by_ids(connection, _STAYING[kind], ids)} if kind in _STAYING else set()
    return len(found | {row[0] for row in by_ids(connection, _MARKED, ids)} if kind == "customers" else found)


_ADDRESSES = ("SELECT {owner}, label, street, postcode, city, region, country FROM addresses WHERE {owner} IN :ids "
              "ORDER BY position, id")
_HANGING = {
    "customers": {
        "addresses": _ADDRESSES.format(owner="customer_id"),
        "consents": "SELECT customer_id, purpose, basis, source, on_date, withdrawn_on FROM consents "
                    "WHERE customer_id IN :ids ORDER BY on_date, id"},
    "contacts": {
        "addresses": _ADDRESSES.format(owner="contact_id"),
        "companies": "SELECT f.contact_id, c.name AS customer, f.role FROM affiliations f JOIN customers c "
                     "ON c.id = f.customer_id WHERE f.contact_id IN :ids ORDER BY f.id"},
}


def hanging(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """What else hangs on customers (addresses, consents) or contacts (addresses, further companies), by id."""
    wanted = _HANGING.get(kind, {})
    found: dict[int, dict[str, list[dict[str, Any]]]] = {one: {key: [] for key in wanted} for one in ids if wanted}
    for key, statement in wanted.items():
        for start in range(0, len(ids), 10_000):
            for row in by_ids(connection, statement, ids[start:start + 10_000]):
                found[row[0]][key].append(dict(list(row._mapping.items())[1:]))
    return found


def tags(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """The tags of customers by id."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(ids), 10_000):
        for key, items in customers.tags(connection, ids[start:start + 10_000]).items():
            found[key] = [name for _, name in items]
    return found


def lines(connection: Connection) -> dict[int, list[dict[str, Any]]]:
    """Every deal's lines by deal: product name, quantity in thousandths, price and cost in minor units."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.exec_driver_sql(
            "SELECT l.deal_id, coalesce(p.name, l.name) AS product, l.quantity, l.price, l.cost FROM deal_lines l "
            "LEFT JOIN products p ON p.id = l.product_id ORDER BY l.deal_id, l.position, l.id"):
        found[row.deal_id].append({"product": row.product, "quantity": row.quantity, "price": row.price,
                                   "cost": row.cost})
    return dict(found)
