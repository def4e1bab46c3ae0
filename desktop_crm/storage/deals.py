"""Deals: lists, board sums, lines and the stage log, read and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from desktop_crm.domain.custom_fields import read as own_values
from desktop_crm.domain.deals import DealFilter, DealLine, DealRow, StageMove
from desktop_crm.storage import custom_fields, records
from desktop_crm.storage.conditions import Where, as_day, by_ids, ids

_FROM = "FROM deals JOIN stages st ON st.id = deals.stage_id "
_ORDERS = {
    "id": "deals.id", "name": "deals.name_fold", "customer": "c.name_sort", "seller": "s.name",
    "stage": "st.pipeline_id, st.kind = 'lost', st.kind = 'won', st.position", "amount": "deals.amount",
    "created_on": "deals.created_on", "expected_on": "deals.expected_on", "closed_on": "deals.closed_on",
    "stage_on": "deals.stage_on", "next_step": "t.next_on", "status": "deals.status",
}
_JOINS = {
    "customer": "LEFT JOIN customers c ON c.id = deals.customer_id ",
    "seller": "LEFT JOIN sellers s ON s.id = deals.seller_id ",
    "next_step": "LEFT JOIN (SELECT deal_id, min(coalesce(due_on, '9999')) AS next_on FROM tasks "
                 "WHERE done_on IS NULL GROUP BY deal_id) t ON t.deal_id = deals.id ",
}


_NAMED = {
    "name": "SELECT id, name FROM deals d",
    "customer": "SELECT d.id, coalesce(nullif(c.sort_name, ''), c.name) FROM deals d "
                "JOIN customers c ON c.id = d.customer_id",
    "seller": "SELECT d.id, s.name FROM deals d JOIN sellers s ON s.id = d.seller_id",
}
NAMES = tuple(_NAMED)
"""The columns that are sorted by a name."""
_MANY = 5_000  # more ids than this are read with all others


def sort_names(connection: Connection, by: str, wanted: Sequence[int]) -> dict[int, str]:
    """The name that some deals are sorted by, by id: their own, their customer's or their seller's."""
    if len(wanted) <= _MANY:
        return {row[0]: row[1] for row in by_ids(connection, f"{_NAMED[by]} WHERE d.id IN :ids", wanted)}
    return {row[0]: row[1] for row in connection.exec_driver_sql(_NAMED[by])}


def where(wanted: DealFilter, today: date) -> Where:
    """The filter as conditions on `deals` joined with its stage `st`."""
    found = Where()
    found.search("deals", wanted.search)
    found.any("deals.status", wanted.statuses)
    found.any("deals.pipeline_id", wanted.pipelines)
    found.any("deals.stage_id", wanted.stages)
    found.any("deals.seller_id", wanted.sellers)
    found.any("deals.customer_id", wanted.customers)
    found.any("deals.source_id", wanted.sources)
    found.any("deals.lost_reason_id", wanted.lost_reasons)
    found.any("deals.id", wanted.ids)
    found.period("deals.created_on", wanted.created)
    found.period("deals.closed_on", wanted.closed)
    found.period("deals.expected_on", wanted.expected)
    _by_relations(found, wanted)
    _by_state(found, wanted, today)
    return found


def _by_relations(found: Where, wanted: DealFilter) -> None:
    """Conditions on what the deal is linked to; an empty text means "none"."""
    for column, values in (("region", wanted.regions), ("team", wanted.teams)):
        _linked(found, "deals.seller_id", "sellers", column, values)
    _linked(found, "deals.customer_id", "customers", "industry", wanted.industries)
    _sold(found, "l.product_id", wanted.products, none=0)
    _sold(found, "p.line", wanted.lines, none="")


def _linked(found: Where, key: str, table: str, column: str, values: Sequence[str]) -> None:
    """Keep deals whose linked row has one of the texts."""
    if values:
        names = {f"{column}{number}": value for number, value in enumerate(values)}
        none = (f" OR {key} IS NULL OR {key} IN (SELECT id FROM {table} WHERE {column} IS NULL)"
                if "" in values else "")
        found.add(f"({key} IN (SELECT id FROM {table} WHERE {column} IN ({_places(names)})){none})", **names)


def _sold(found: Where, column: str, values: Sequence[int] | Sequence[str], none: int | str) -> None:
    """Keep deals that sell one of the products or lines; `none` among them keeps what is sold without any."""
    if values:
        names = {f"{column[2:]}{number}": value for number, value in enumerate(values)}
        lines = "SELECT 1 FROM deal_lines l LEFT JOIN products p ON p.id = l.product_id WHERE l.deal_id = deals.id"
        some = f"EXISTS ({lines} AND {column} IN ({_places(names)}))"
        without = f" OR EXISTS ({lines} AND {column} IS NULL) OR NOT EXISTS ({lines})" if none in values else ""
        found.add(f"({some}{without})", **names)


def _places(names: Mapping[str, object]) -> str:
    return ", ".join(f":{name}" for name in names)


def _by_state(found: Where, wanted: DealFilter, today: date) -> None:
    if wanted.moved is not None:
        found.add("deals.id IN (SELECT m.deal_id FROM stage_moves m WHERE m.from_stage_id IS NOT NULL "
                  "AND m.on_date >= :moved_from AND m.on_date < :moved_to)",
                  moved_from=(wanted.moved.start or date.min).isoformat(),
                  moved_to=(wanted.moved.end or date.max).isoformat())
    if wanted.open_at is not None:
        found.add("deals.created_on < :open_at AND (deals.status = 'open' OR deals.closed_on >= :open_at)",
                  open_at=wanted.open_at.isoformat())
    if wanted.credit_on is not None:
        found.add("deals.status = 'won' AND deals.closed_on = :credit_on AND deals.on_account = 1 AND deals.amount > "
                  "coalesce((SELECT sum(p.amount) FROM payments p WHERE p.deal_id = deals.id AND p.on_account = 1 "
                  "AND p.received_on = :credit_on AND p.currency = deals.currency), 0) AND deals.amount > 0",
                  credit_on=wanted.credit_on.isoformat())
    if wanted.undated:
        found.add("deals.created_on IS NULL")
    if wanted.over_limit:
        found.add("deals.status = 'open' AND julianday(:today) - julianday(deals.stage_on) > st.day_limit",
                  today=today.isoformat())
    if wanted.no_next_step:
        found.add("deals.status = 'open' AND NOT EXISTS (SELECT 1 FROM tasks n WHERE n.deal_id = deals.id "
                  "AND n.done_on IS NULL)")
    if wanted.without_mistakes:
        found.add("(deals.status <> 'lost' OR deals.lost_reason_id IS NULL OR deals.lost_reason_id NOT IN "
                  "(SELECT id FROM choices WHERE kind = 'lost_reason' AND code = 'mistake'))")


def list_ids(connection: Connection, wanted: DealFilter, today: date, sort: str = "id", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the deals that pass the filter, sorted; unknown values last, ties by id."""
    kind, _, number = sort.partition(":")
    column = (custom_fields.sql("deals", int(number)) + " COLLATE NOCASE") if kind == "own" else _ORDERS[sort]
    direction = "DESC" if descending else "ASC"
    parts = ", ".join(f"{part} {direction}" for part in column.split(", "))
    nulls = "" if sort in ("id", "name", "stage", "status") else f"{column} IS NULL, "
    return ids(connection, where(wanted, today), f"SELECT deals.id {_FROM}{_JOINS.get(sort, '')}",
               f"{nulls}{parts}, deals.id", limit)


def sums(connection: Connection, wanted: DealFilter, today: date,
         currency: str) -> dict[int, tuple[int, int, int, int]]:
    """Per stage of the deals that pass the filter: how many, Σ amount, Σ amount × probability (minor units).

    Amounts in other currencies than the business's are counted as deals but not summed; how many comes last.
    """
    statement = where(wanted, today).query(
        "SELECT deals.stage_id, count(*), "
        "coalesce(sum(CASE WHEN deals.currency = :currency THEN deals.amount END), 0), "
        "coalesce(sum(CASE WHEN deals.currency = :currency THEN (deals.amount * st.probability + 50) / 100 END), 0), "
        "count(CASE WHEN deals.currency <> :currency THEN 1 END) " + _FROM,
        "GROUP BY deals.stage_id").bindparams(currency=currency)
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in connection.execute(statement)}


_ROW = """SELECT d.id, d.name, d.customer_id, c.name AS customer, s.name AS seller, d.stage_id, st.name AS stage,
  d.status, st.probability, st.day_limit, d.amount, d.currency, h.name AS source, d.created_on, d.expected_on,
  d.closed_on, d.stage_on, d.external_id, d.custom,
  (SELECT group_concat(coalesce(p.name, l.name), ', ') FROM deal_lines l LEFT JOIN products p ON p.id = l.product_id
   WHERE l.deal_id = d.id) AS products
FROM deals d JOIN stages st ON st.id = d.stage_id LEFT JOIN customers c ON c.id = d.customer_id
LEFT JOIN sellers s ON s.id = d.seller_id LEFT JOIN choices h ON h.id = d.source_id WHERE d.id IN :ids"""


def rows(connection: Connection, wanted: Sequence[int]) -> list[DealRow]:
    """List rows by id, in the order asked for; ids that are gone are left out."""
    found = {row.id: row for row in by_ids(connection, _ROW, wanted)}
    steps = _next_steps(connection, list(found))
    made = []
    for row in (found[key] for key in wanted if key in found):
        step, on = steps.get(row.id, (None, None))
        made.append(DealRow(
            row.id, row.name, row.customer_id, row.customer, row.seller, row.stage_id, row.stage, row.status,
            row.probability, row.day_limit, row.amount, row.currency, row.source, as_day(row.created_on),
            as_day(row.expected_on), as_day(row.closed_on), as_day(row.stage_on), step, on, row.products or "",
            row.external_id, own_values(row.custom)))
    return made


def _next_steps(connection: Connection, wanted: Sequence[int]) -> dict[int, tuple[str, date | None]]:
    """The first open task of each deal: its name and day."""
    found: dict[int, tuple[str, date | None]] = {}
    for deal, name, due in by_ids(
            connection, "SELECT deal_id, name, due_on FROM tasks WHERE deal_id IN :ids AND done_on IS NULL "
            "ORDER BY due_on IS NULL, due_on, due_time IS NULL, due_time, id", wanted):
        found.setdefault(deal, (name, as_day(due)))
    return found


def lines(connection: Connection, wanted: Sequence[int]) -> dict[int, tuple[DealLine, ...]]:
    """The product lines of each deal, in their order."""
    found: dict[int, list[DealLine]] = defaultdict(list)
    for row in by_ids(connection, "SELECT l.deal_id, l.product_id, coalesce(p.name, l.name, ''), l.quantity, l.price, "
                      "l.cost, l.id FROM deal_lines l LEFT JOIN products p ON p.id = l.product_id "
                      "WHERE l.deal_id IN :ids ORDER BY l.position, l.id", wanted):
        found[row[0]].append(DealLine(*row[1:]))
    return {key: tuple(items) for key, items in found.items()}


def set_lines(connection: Connection, deal: int, wanted: Sequence[DealLine]) -> None:
    """Make exactly these the deal's lines, in this order; kept ones keep their ids."""
    present = {line.id for line in lines(connection, [deal]).get(deal, ())}
    kept = {line.id for line in wanted} & present
    records.remove(connection, "deal_lines", sorted(present - kept))
    for position, line in enumerate(wanted):
        values = {**_line(line), "position": position}
        if line.id in kept:
            records.save(connection, "deal_lines", line.id, values)
        else:
            records.add(connection, "deal_lines", {"deal_id": deal, **values})


def add_lines(connection: Connection, deal: int, wanted: Sequence[DealLine]) -> None:
    """Add the lines of a deal that has none yet, in this order."""
    records.add_many(connection, "deal_lines", [
        {"deal_id": deal, "position": position, **_line(line)} for position, line in enumerate(wanted)])


def _line(line: DealLine) -> dict[str, Any]:
    return {"product_id": line.product_id, "name": None if line.product_id else line.name or None,
            "quantity": line.quantity, "price": line.price, "cost": line.cost}


def log_move(connection: Connection, deal: int, before: int | None, after: int, on: date | None,
             at: datetime | None, amount: int | None, seller: int | None) -> None:
    """Add one line to the stage log."""
    records.add(connection, "stage_moves", {
        "deal_id": deal, "from_stage_id": before, "to_stage_id": after, "on_date": on, "at": at, "amount": amount,
        "seller_id": seller})


def moves(connection: Connection, deal: int) -> list[StageMove]:
    """The stage log of one deal, oldest first."""
    return [StageMove(as_day(row[0]), datetime.fromisoformat(row[1]) if row[1] else None, *row[2:])
            for row in connection.exec_driver_sql(
        "SELECT m.on_date, m.at, b.name, a.name, s.name, m.amount FROM stage_moves m LEFT JOIN stages b "
        "ON b.id = m.from_stage_id JOIN stages a ON a.id = m.to_stage_id LEFT JOIN sellers s ON s.id = m.seller_id "
        "WHERE m.deal_id = ? ORDER BY m.id", (deal,))]
