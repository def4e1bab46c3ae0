"""Customers: lists, rows, figures, channels and tags, read and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from desktop_crm.domain import account_status as status
from desktop_crm.domain.custom_fields import read as own_values
from desktop_crm.domain.customers import Channel, CustomerFigures, CustomerFilter, CustomerRow
from desktop_crm.storage import account_status, accounts, behaviour, custom_fields, filter_conditions, records
from desktop_crm.storage.conditions import Where, as_day, by_ids, ids, named

_YEAR = timedelta(days=365)
_MANY = 5000  # from here on reading all of a column is quicker than looking each row up
_CURRENCY = "(SELECT value FROM settings WHERE key = 'currency')"
_ORDERS = {
    "name": "customers.name_sort", "state": "customers.state", "kind": "customers.kind",
    "heat": "CASE customers.heat WHEN 'hot' THEN 3 WHEN 'warm' THEN 2 WHEN 'cold' THEN 1 END",
    "score": "CASE customers.state WHEN 'lead' THEN customers.score END",
    "region": "customers.region", "industry": "customers.industry", "city": "customers.city",
    "created_on": "customers.created_on", "id": "customers.id",
    "seller": "(SELECT name FROM sellers s WHERE s.id = customers.seller_id)",
    "last_contact": "(SELECT max(on_date) FROM activities a WHERE a.customer_id = customers.id AND a.state = 'held')",
    "next_step": "(SELECT min(coalesce(due_on, '9999')) FROM tasks t WHERE t.customer_id = customers.id "
                 "AND t.done_on IS NULL)",
    "paid": "(SELECT sum(amount) FROM payments p WHERE p.customer_id = customers.id AND p.received_on > {year} "
            "AND p.currency = (SELECT value FROM settings WHERE key = 'currency'))",
    "open_deals": "(SELECT count(*) FROM deals d WHERE d.customer_id = customers.id AND d.status = 'open')",
    "rfm": "rfm({rfm}, customers.id, 'code')", "rfm_group": "rfm({rfm}, customers.id, 'place')",
    "activity": f"nullif({filter_conditions.LAST}, '')",
    "buyer_stage": "CASE " + filter_conditions.sql_of("buyer_stage")
                   + " WHEN 'never' THEN 1 WHEN 'first' THEN 2 WHEN 'repeat' THEN 3 ELSE 4 END",
    "revenue": f"nullif({filter_conditions.sql_of('revenue_year')}, 0)",
    "owes": "nullif(" + accounts.OWED_BY.format(customer="customers.id", currency=_CURRENCY) + ", 0)",
}
"""What each column sorts by; a look into an index per customer is quicker than a join with all sums."""
NO_NEXT_STEP = ("NOT EXISTS (SELECT 1 FROM tasks n WHERE n.customer_id = customers.id AND n.done_on IS NULL)")
ONCE_LEAD = ("(customers.state = 'lead' OR EXISTS (SELECT 1 FROM state_moves v WHERE v.customer_id = customers.id "
             "AND v.field = 'state' AND v.before = 'lead'))")


def where(connection: Connection, wanted: CustomerFilter, today: date, among: Sequence[int] | None = None) -> Where:
    """The filter as conditions on `customers`, for this connection; of the customers with the ids `among`, or all."""
    found = Where("customers.id", among)
    found.search("customers", wanted.search)
    found.any("customers.state", wanted.states)
    found.any("customers.heat", wanted.heats)
    found.any("customers.seller_id", wanted.sellers)
    found.any("customers.region", wanted.regions)
    found.any("customers.industry", wanted.industries)
    found.any("customers.source_id", wanted.sources)
    found.any("customers.id", wanted.ids)
    found.period("customers.created_on", wanted.created)
    if wanted.tags:
        inner = ", ".join(str(int(tag)) for tag in wanted.tags)
        found.add(f"customers.id IN (SELECT customer_id FROM customer_tags WHERE tag_id IN ({inner}))")
    if wanted.no_next_step:
        found.add("customers.state <> 'inactive' AND " + NO_NEXT_STEP)
    if wanted.once_lead:
        found.add(ONCE_LEAD)
    if wanted.starred:
        found.add("customers.starred = 1")
    if wanted.owes:
        found.add(accounts.OWES.format(customer="customers.id", currency=_CURRENCY))
    if wanted.untouched_days:
        since = (today - timedelta(days=wanted.untouched_days)).isoformat()
        found.add("customers.state <> 'inactive' AND coalesce(customers.created_on, '') <= :since AND NOT EXISTS "
                  "(SELECT 1 FROM activities r WHERE r.customer_id = customers.id AND r.on_date > :since)", since=since)
    if wanted.parent_id is not None:
        found.add("customers.parent_id = :parent", parent=wanted.parent_id)
    behaviour.narrow(found, wanted, today)
    if wanted.conditions is not None:
        found.add(filter_conditions.clause(connection, found, wanted.conditions, today))
    return found


def _order(sort: str) -> str:
    """What a column sorts by: a key of the list, or an own field as own:12 (numbers and money by their size)."""
    kind, _, number = sort.partition(":")
    return custom_fields.sql("customers", int(number)) + " COLLATE NOCASE" if kind == "own" else _ORDERS[sort]


def list_ids(connection: Connection, wanted: CustomerFilter, today: date, sort: str = "name",
             descending: bool = False, limit: int | None = None) -> list[int]:
    """Ids of the customers that pass the filter, sorted; unknown values last, ties by id."""
    found = where(connection, wanted, today)
    column = filter_conditions.filled_in(connection, found, _order(sort), today)
    nulls = "" if sort in ("name", "id") else " NULLS LAST"
    return ids(connection, found, "SELECT customers.id FROM customers",
               f"{column} {'DESC' if descending else 'ASC'}{nulls}, customers.id", limit)


def sort_names(connection: Connection, wanted: Sequence[int]) -> dict[int, str]:
    """What some customers are sorted by, by id: their sort name, else their name."""
    statement = "SELECT id, coalesce(nullif(sort_name, ''), name) FROM customers"
    if len(wanted) <= _MANY:
        return {row[0]: row[1] for row in by_ids(connection, f"{statement} WHERE id IN :ids", wanted)}
    return {row[0]: row[1] for row in connection.exec_driver_sql(statement)}


def count(connection: Connection, wanted: CustomerFilter, today: date) -> int:
    """How many customers pass the filter."""
    found = where(connection, wanted, today)
    return int(connection.execute(found.query("SELECT count(*) FROM customers")).scalar_one())


_ROW = """SELECT c.id, c.name, c.kind, c.state, c.heat, s.name AS seller, c.region, c.industry, c.city,
  (SELECT value FROM channels h WHERE h.customer_id = c.id AND h.kind = 'phone'
   ORDER BY preferred DESC, position, id LIMIT 1) AS phone,
  (SELECT value FROM channels h WHERE h.customer_id = c.id AND h.kind = 'email'
   ORDER BY preferred DESC, position, id LIMIT 1) AS email,
  (SELECT max(on_date) FROM activities a WHERE a.customer_id = c.id AND a.state = 'held') AS last_contact,
  (SELECT count(*) FROM deals d WHERE d.customer_id = c.id AND d.status = 'open') AS open_deals,
  (SELECT coalesce(sum(amount), 0) FROM payments p WHERE p.customer_id = c.id AND p.received_on > '{since}'
   AND p.currency = '{currency}') AS paid, c.created_on, c.starred = 1 AS starred, {owed} AS owed,
  c.custom AS own, CASE c.state WHEN 'lead' THEN c.score END AS score
FROM customers c LEFT JOIN sellers s ON s.id = c.seller_id WHERE c.id IN :ids"""


def rows(connection: Connection, wanted: Sequence[int], today: date, currency: str) -> list[CustomerRow]:
    """List rows by id, in the order asked for; ids that are gone are left out."""
    since = (today - _YEAR).isoformat()
    owed = accounts.OWED_BY.format(customer="c.id", currency=f"'{currency}'")
    facts, lapse = account_status.facts(connection, wanted, today, currency), account_status.lapse_days(connection)
    statement = _ROW.format(since=since, currency=currency, owed=owed)
    found = {row[0]: row for row in by_ids(connection, statement, wanted)}
    marks = tags(connection, list(found))
    steps = _next_steps(connection, list(found))
    made = []
    for row in (found[key] for key in wanted if key in found):
        step, on = steps.get(row[0], (None, None))
        known = facts.get(row[0], account_status.NOTHING)
        made.append(CustomerRow(**named(
            row, tags=tuple(name for _, name in marks.get(row.id, ())), last_contact=as_day(row.last_contact),
            created_on=as_day(row.created_on), next_step=step, next_step_on=on, starred=bool(row.starred),
            activity=status.activity(known, today, lapse), buyer_stage=status.stage(known, today, lapse),
            revenue=known.revenue, revenue_before=known.before, own=own_values(row.own))))
    return made


def _next_steps(connection: Connection, wanted: Sequence[int]) -> dict[int, tuple[str, date | None]]:
    """The first open task of each customer: its name and day."""
    found: dict[int, tuple[str, date | None]] = {}
    for customer, name, due in by_ids(
            connection, "SELECT customer_id, name, due_on FROM tasks WHERE customer_id IN :ids AND done_on IS NULL "
            "ORDER BY due_on IS NULL, due_on, due_time IS NULL, due_time, id", wanted):
        found.setdefault(customer, (name, as_day(due)))
    return found


def tags(connection: Connection, wanted: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """The tags (id, name) of each customer, by name."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for customer, tag, name in by_ids(
            connection, "SELECT m.customer_id, t.id, t.name FROM customer_tags m JOIN tags t ON t.id = m.tag_id "
            "WHERE m.customer_id IN :ids ORDER BY t.name", wanted):
        found[customer].append((tag, name))
    return dict(found)


def set_tags(connection: Connection, customer: int, names: Sequence[str]) -> None:
    """Make exactly these the customer's tags; unknown ones come into the file."""
    present = {name: tag for tag, name in tags(connection, [customer]).get(customer, [])}
    wanted = {name: tag_id(connection, name) for name in names}
    gone = [tag for name, tag in present.items() if name not in wanted]
    for tag in gone:
        connection.exec_driver_sql("DELETE FROM customer_tags WHERE customer_id = ? AND tag_id = ?", (customer, tag))
    for name, tag in wanted.items():
        if name not in present:
            records.add(connection, "customer_tags", {"customer_id": customer, "tag_id": tag})


def tag_id(connection: Connection, name: str) -> int:
    """The id of a tag, made if the file has none of this name."""
    found = records.find(connection, "tags", name=name)
    return int(found[0]["id"]) if found else records.add(connection, "tags", {"name": name})


def channels(connection: Connection, owner: str, wanted: Sequence[int]) -> dict[int, tuple[Channel, ...]]:
    """The ways to reach by owner id, in their order; `owner` is customer_id or contact_id."""
    found: dict[int, list[Channel]] = defaultdict(list)
    for key, kind, value, label, normal, row_id, preferred in by_ids(
            connection, f"SELECT {owner}, kind, value, label, normal, id, preferred FROM channels "
            f"WHERE {owner} IN :ids ORDER BY position, id", wanted):
        found[key].append(Channel(kind, value, label or "", normal, row_id, bool(preferred)))
    return {key: tuple(items) for key, items in found.items()}


def set_channels(connection: Connection, owner: str, owner_id: int, wanted: Sequence[Channel]) -> None:
    """Make exactly these the owner's ways to be reached, in this order; kept ones keep their ids, and their preference
    if they keep their kind."""
    present = {item.id: item for item in channels(connection, owner, [owner_id]).get(owner_id, ())}
    kept = {item.id for item in wanted if item.id in present}
    records.remove(connection, "channels", [key for key in present if key not in kept])
    for position, item in enumerate(wanted):
        values = {"kind": item.kind, "value": item.value, "label": item.label or None, "normal": item.normal,
                  "position": position}
        if item.id in kept:
            values |= {} if present[item.id].kind == item.kind else {"preferred": False}
            records.save(connection, "channels", item.id, values)
        else:
            records.add(connection, "channels", {owner: owner_id, **values})


def log_state(connection: Connection, customer: int, field: str, before: str | None, after: str | None,
              on: date | None, at: datetime | None) -> None:
    """Add one line to the log of states (`field` is state or lead_state)."""
    records.add(connection, "state_moves", {"customer_id": customer, "field": field, "before": before,
                                            "after": after, "on_date": on, "at": at})


def figures(connection: Connection, customer: int, today: date, currency: str) -> CustomerFigures:
    """The key figures of one customer's card, in the business's currency."""
    since = (today - _YEAR).isoformat()
    deals = connection.exec_driver_sql(
        "SELECT sum(status = 'open'), coalesce(sum(CASE WHEN status = 'open' AND currency = ?1 THEN amount END), 0), "
        "sum(status = 'won' AND coalesce(amount, 0) >= 0), "
        "coalesce(sum(CASE WHEN status = 'won' AND currency = ?1 THEN amount END), 0), "
        "coalesce(max(currency <> ?1), 0) FROM deals WHERE customer_id = ?2", (currency, customer)).one()
    paid = connection.exec_driver_sql(
        "SELECT coalesce(sum(amount), 0), coalesce(sum(CASE WHEN received_on > ?3 THEN amount END), 0) FROM payments "
        "WHERE received_on IS NOT NULL AND currency = ?1 AND customer_id = ?2", (currency, customer, since)).one()
    last = connection.exec_driver_sql(
        "SELECT max(on_date) FROM activities WHERE customer_id = ? AND state = 'held'", (customer,)).scalar()
    return CustomerFigures(deals[0] or 0, deals[1], deals[2] or 0, deals[3], paid[0], paid[1], as_day(last),
                           bool(deals[4]), accounts.balance(connection, customer, currency),
                           accounts.on_the_way(connection, customer, currency))


def distinct(connection: Connection, column: str) -> list[tuple[str, int]]:
    """The values of a text column (region, industry, city) with how many customers have each, by value."""
    return [(row[0], row[1]) for row in connection.exec_driver_sql(
        f"SELECT {column}, count(*) FROM customers WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY {column}")]


def counts(connection: Connection, column: str) -> dict[Any, int]:
    """How many customers have each value of `column` (None for none)."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        f"SELECT {column}, count(*) FROM customers GROUP BY {column}")}


def all_tags(connection: Connection) -> list[tuple[int, str, int]]:
    """Every tag with its id and how many customers carry it, by name."""
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(
        "SELECT t.id, t.name, count(m.id) FROM tags t LEFT JOIN customer_tags m ON m.tag_id = t.id "
        "GROUP BY t.id ORDER BY t.name")]


def exported(connection: Connection, wanted: Sequence[int]) -> list[Mapping[str, Any]]:
    """Whole customer rows by id in the order asked for, with the names of what they are linked to."""
    found = {row.id: dict(row._mapping) for row in by_ids(
        connection, "SELECT c.*, s.name AS seller, h.name AS source, g.name AS campaign, p.name AS parent "
        "FROM customers c LEFT JOIN sellers s ON s.id = c.seller_id LEFT JOIN choices h ON h.id = c.source_id "
        "LEFT JOIN campaigns g ON g.id = c.campaign_id LEFT JOIN customers p ON p.id = c.parent_id "
        "WHERE c.id IN :ids", wanted)}
    return [found[key] for key in wanted if key in found]
