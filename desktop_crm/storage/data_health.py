"""What is wrong, odd, stale or missing in the file's data: ids of records, and the rows and values behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from desktop_crm.domain.data_health import Kind, Score
from desktop_crm.storage import records, uids
from desktop_crm.storage.conditions import as_day, by_ids

_USABLE = ("CASE WHEN h.kind = 'email' THEN h.normal <> '' WHEN h.kind IN ('phone', 'whatsapp', 'viber') "
           "THEN h.normal >= '+' AND h.normal < ',' ELSE h.kind <> 'web' END")
_TOUCHED = (
    "EXISTS (SELECT 1 FROM activities a WHERE a.customer_id = c.id AND a.state IN ('held', 'planned') "
    "AND a.on_date > :since) OR EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id "
    "AND (d.created_on > :since OR d.closed_on > :since)) "
    "OR EXISTS (SELECT 1 FROM payments p WHERE p.customer_id = c.id AND p.received_on > :since)")
TOUCHED_ON = (
    "max(coalesce(c.created_on, ''), coalesce((SELECT max(a.on_date) FROM activities a WHERE a.customer_id = c.id "
    "AND a.state = 'held'), ''), coalesce((SELECT max(d.created_on) FROM deals d WHERE d.customer_id = c.id), ''), "
    "coalesce((SELECT max(d.closed_on) FROM deals d WHERE d.customer_id = c.id), ''), "
    "coalesce((SELECT max(p.received_on) FROM payments p WHERE p.customer_id = c.id), ''))")
"""The day of the last activity, deal or payment of the customer `c`, or of its creation, ISO; "" if unknown."""
_ACTIVE = "SELECT c.id FROM customers c WHERE c.state <> 'inactive' AND "
# Of one that came in without the day of its creation, the day on which it was written here counts.
_UNTOUCHED = ("(c.created_on <= :since OR c.created_on IS NULL AND c.uid < :entered) "
              f"AND coalesce(c.verified_on, '') <= :since AND NOT ({_TOUCHED})")
MISSING = {
    "reach": f"NOT EXISTS (SELECT 1 FROM channels h WHERE h.customer_id = c.id AND {_USABLE}) AND NOT EXISTS (SELECT 1 "
             f"FROM contacts k JOIN channels h ON h.contact_id = k.id WHERE k.customer_id = c.id AND {_USABLE})",
    "seller": "c.seller_id IS NULL",
    "place": "coalesce(c.city, c.address) IS NULL",
    "contact": "c.kind = 'company' AND NOT EXISTS (SELECT 1 FROM contacts k WHERE k.customer_id = c.id) "
               "AND NOT EXISTS (SELECT 1 FROM affiliations f WHERE f.customer_id = c.id)",
    "source": "c.source_id IS NULL",
    "industry": "c.kind = 'company' AND c.industry IS NULL",
    "country": "c.country IS NULL",
    "region": "c.region IS NULL",
}
"""When a customer `c` lacks a wanted field, by its key."""

QUERIES: dict[str, str] = {
    "deal_no_customer":
        "SELECT d.id FROM deals d WHERE d.customer_id IS NULL AND NOT (d.status = 'won' AND EXISTS (SELECT 1 "
        "FROM payments p WHERE p.deal_id = d.id AND p.taking IS NOT NULL))",  # a walk-in is nobody by design
    "deal_dates": "SELECT id FROM deals WHERE closed_on < created_on",
    "deal_no_amount": "SELECT id FROM deals WHERE status = 'won' AND amount IS NULL",
    "payment_future": "SELECT id FROM payments WHERE received_on > :today",
    "payment_orphan": "SELECT id FROM payments WHERE customer_id IS NULL AND deal_id IS NULL",
    "activity_future": "SELECT id FROM activities WHERE on_date > :today AND state = 'held'",
    "created_future": "SELECT id FROM customers WHERE created_on > :today",
    "price_below_cost": "SELECT id FROM products WHERE price < cost AND active = 1",
    "contact_gone":
        "SELECT k.id FROM contacts k WHERE EXISTS (SELECT 1 FROM channels h WHERE h.contact_id = k.id "
        "AND h.kind <> 'web') "
        f"AND NOT EXISTS (SELECT 1 FROM channels h WHERE h.contact_id = k.id AND {_USABLE})",
    "inactive_with_deals":
        "SELECT c.id FROM customers c WHERE c.state = 'inactive' AND EXISTS (SELECT 1 FROM deals d "
        "WHERE d.customer_id = c.id AND d.status = 'open')",
    "dead":
        _ACTIVE + f"{_UNTOUCHED} AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id "
        "AND d.status = 'open') AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.customer_id = c.id "
        "AND t.done_on IS NULL)",
    "stale": _ACTIVE + _UNTOUCHED,
    **{f"missing_{key}": _ACTIVE + condition for key, condition in MISSING.items()},
}
"""What the database finds alone, by kind of finding; `:today` is the present day, an age counts from `:since`."""


def found(connection: Connection, kind: str, today: date, since: date) -> tuple[int, ...]:
    """The ids that the query of a kind finds, ascending."""
    query = QUERIES[kind]
    values = {"today": today.isoformat(), "since": since.isoformat(), "entered": uids.last_of(since)}
    rows = connection.exec_driver_sql(query, {key: value for key, value in values.items() if f":{key}" in query})
    return tuple(sorted(rows.scalars()))


def judged(connection: Connection) -> dict[str, int]:
    """How many customers of each kind (company, person) are not inactive: those that are judged."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        "SELECT kind, count(*) FROM customers WHERE state <> 'inactive' GROUP BY kind")}


def lacking(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, frozenset[str]]]:
    """The kind (company, person) of some customers and the keys of the wanted fields that each lacks."""
    columns = ", ".join(f"({condition})" for condition in MISSING.values())
    return {row[0]: (row[1], frozenset(key for key, lacks in zip(MISSING, row[2:], strict=True) if lacks))
            for row in by_ids(connection, f"SELECT c.id, c.kind, {columns} FROM customers c WHERE c.id IN :ids", ids)}


def names(connection: Connection, table: str) -> Iterator[tuple[int, str, bool]]:
    """The names of all customers or contacts, with their ids and whether they are a person's."""
    person = "kind = 'person'" if table == "customers" else "1"
    for row in connection.exec_driver_sql(f"SELECT id, name, {person} FROM {table} ORDER BY id"):
        yield row[0], row[1], bool(row[2])


def emails(connection: Connection, owner: str) -> Iterator[tuple[int, str]]:
    """The e-mails of customers (`owner` customer_id) or contacts (contact_id), with their owners."""
    for row in connection.exec_driver_sql(
            f"SELECT {owner}, value FROM channels WHERE kind = 'email' AND {owner} IS NOT NULL ORDER BY {owner}"):
        yield row[0], row[1]


def odd_phones(connection: Connection, owner: str) -> list[tuple[int, str, str]]:
    """The phones that could not be read or have letters in them: owner, as written, and normalised."""
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(
        f"SELECT {owner}, value, normal FROM channels WHERE kind = 'phone' AND {owner} IS NOT NULL "
        f"AND (normal NOT LIKE '+%' OR lower(value) <> upper(value)) ORDER BY {owner}")]


def texts(connection: Connection, column: str) -> list[tuple[int, str]]:
    """The customers that have a text in a column, with it."""
    return [(row[0], row[1]) for row in connection.exec_driver_sql(
        f"SELECT id, {column} FROM customers WHERE {column} IS NOT NULL ORDER BY id")]


class Way(NamedTuple):
    """An e-mail or phone as written and as read, its label, and the country of the customer behind it."""

    id: int
    owner: int
    value: str
    normal: str
    label: str
    country: str


def channels(connection: Connection, owner: str, ids: Sequence[int], kind: str) -> list[Way]:
    """The e-mails or phones of some customers (`owner` customer_id) or contacts (contact_id)."""
    joined = ("LEFT JOIN customers c ON c.id = h.customer_id" if owner == "customer_id" else
              "LEFT JOIN contacts k ON k.id = h.contact_id LEFT JOIN customers c ON c.id = k.customer_id")
    return [Way(row[0], row[1], row[2], row[3], row[4] or "", row[5] or "") for row in by_ids(
        connection, f"SELECT h.id, h.{owner}, h.value, h.normal, h.label, c.country FROM channels h {joined} "
        f"WHERE h.kind = '{kind}' AND h.{owner} IN :ids ORDER BY h.{owner}, h.position, h.id", ids)]


class Shown(NamedTuple):
    """What a list of findings tells of a record: two days, an amount and a cost, the customer and deal behind it."""

    id: int
    name: str
    text: str | None
    first: date | None
    second: date | None
    currency: str | None
    amount: int | None
    cost: int | None
    customer: int | None
    deal: int | None


_SHOWN = {
    "customers": "SELECT t.id, t.name, coalesce({text}, ''), t.created_on, NULL, NULL, NULL, NULL, t.id, NULL "
                 "FROM customers t",
    "contacts": "SELECT t.id, t.name, c.name, t.created_on, NULL, NULL, NULL, NULL, c.id, NULL FROM contacts t "
                "LEFT JOIN customers c ON c.id = t.customer_id",
    "deals": "SELECT t.id, t.name, NULL, t.created_on, t.closed_on, t.currency, t.amount, NULL, t.customer_id, t.id "
             "FROM deals t",
    "payments": "SELECT t.id, coalesce(nullif(t.name, ''), c.name, d.name, ''), NULL, t.received_on, t.due_on, "
                "t.currency, t.amount, NULL, t.customer_id, t.deal_id FROM payments t "
                "LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN deals d ON d.id = t.deal_id",
    "products": "SELECT t.id, t.name, NULL, NULL, NULL, t.currency, t.price, t.cost, NULL, NULL FROM products t",
    "attachments": "SELECT t.id, t.name, coalesce(c.name, k.name, d.name, s.name), t.on_date, NULL, NULL, NULL, NULL, "
                   "coalesce(t.customer_id, k.customer_id, s.customer_id), t.deal_id FROM attachments t "
                   "LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN contacts k ON k.id = t.contact_id "
                   "LEFT JOIN deals d ON d.id = t.deal_id LEFT JOIN tasks s ON s.id = t.task_id",
    "activities": "SELECT t.id, t.name, NULL, t.on_date, NULL, NULL, NULL, NULL, t.customer_id, NULL "
                  "FROM activities t",
}


def shown(connection: Connection, kind: Kind, ids: Sequence[int]) -> dict[int, Shown]:
    """What a list of findings of a kind tells of its records, by id."""
    text = "t.birthday" if kind.key == "birthday_format" else "t.country"
    return {row[0]: Shown(row[0], row[1], row[2], as_day(row[3]), as_day(row[4]), *row[5:]) for row in by_ids(
        connection, f"{_SHOWN[kind.of].format(text=text)} WHERE t.id IN :ids", ids)}


def facts(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """What is written about some customers and can be verified: e-mails, phones, address and city, on one line."""
    found: dict[int, list[str]] = {key: [] for key in ids}
    for row in by_ids(connection, "SELECT customer_id, value FROM channels WHERE customer_id IN :ids "
                                  "ORDER BY position, id", ids):
        found[row[0]].append(row[1])
    for row in by_ids(connection, "SELECT id, address, city FROM customers WHERE id IN :ids", ids):
        found[row[0]] += [" ".join(part.split()) for part in row[1:] if part]
    return {key: " · ".join(parts) for key, parts in found.items()}


def last_touched(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The day of the last activity, deal or payment of some customers, or of their creation, ISO; "" if unknown."""
    return {row[0]: row[1] for row in by_ids(
        connection, f"SELECT c.id, {TOUCHED_ON} FROM customers c WHERE c.id IN :ids", ids)}


def handful(connection: Connection, since: date, most: int) -> list[int]:
    """The stale customers that are to be verified first: who paid most, then who waits longest."""
    return list(connection.exec_driver_sql(
        QUERIES["stale"] + " ORDER BY (SELECT coalesce(sum(p.amount), 0) FROM payments p WHERE p.customer_id = c.id "
        f"AND p.received_on IS NOT NULL) DESC, coalesce(c.verified_on, ''), c.id LIMIT {int(most)}",
        {"since": since.isoformat(), "entered": uids.last_of(since)}).scalars())


def verified_on(connection: Connection, day: date) -> int:
    """How many customers were verified on a day."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM customers WHERE verified_on = ?",
                                          (day.isoformat(),)).scalar_one())


def verify(connection: Connection, ids: Sequence[int], day: date) -> None:
    """Note that customers are as they are written down on a day."""
    for some in _parts(ids):
        connection.exec_driver_sql(f"UPDATE customers SET verified_on = ? WHERE id IN ({some})", (day.isoformat(),))


def set_inactive(connection: Connection, ids: Sequence[int], day: date, at: datetime) -> None:
    """Set customers aside, each change of state in its log."""
    for some in _parts(ids):
        before = connection.exec_driver_sql(
            f"SELECT id, state FROM customers WHERE state <> 'inactive' AND id IN ({some})").all()
        connection.exec_driver_sql(f"UPDATE customers SET state = 'inactive' WHERE id IN ({some})")
        records.add_many(connection, "state_moves", [
            {"customer_id": row[0], "field": "state", "before": row[1], "after": "inactive", "on_date": day, "at": at}
            for row in before])


def _parts(ids: Sequence[int], size: int = 5000) -> Iterator[str]:
    """The ids as lists for IN, so many at a time: a statement has its longest length."""
    for start in range(0, len(ids), size):
        yield ", ".join(str(int(key)) for key in ids[start:start + size])


def scores(connection: Connection, most: int) -> list[Score]:
    """The scores of the last `most` days that have one, oldest first."""
    rows = connection.exec_driver_sql(
        f"SELECT on_date, completeness, findings FROM health_scores ORDER BY on_date DESC LIMIT {int(most)}").all()
    return [Score(date.fromisoformat(row[0]), row[1], row[2]) for row in reversed(rows)]


def keep(connection: Connection, score: Score) -> None:
    """Write a day's score, in place of the one that it had."""
    values = {"completeness": score.completeness, "findings": score.findings}
    present = records.find(connection, "health_scores", on_date=score.on_date)
    if present:
        records.save(connection, "health_scores", present[0]["id"], values)
    else:
        records.add(connection, "health_scores", {"on_date": score.on_date, **values})
