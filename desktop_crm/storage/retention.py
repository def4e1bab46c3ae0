"""People who are kept without a reason that the file knows: nothing happened for years, or all consents are withdrawn.

Of a company itself no law asks this; its contact people are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.consents import KEEPING, KEPT_MONTHS
from desktop_crm.domain.data_health import back
from desktop_crm.storage import uids
from desktop_crm.storage.conditions import by_ids
from desktop_crm.storage.data_health import TOUCHED_ON
from desktop_crm.storage.erasing import LEDGER

_OPEN = ("EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id AND d.status = 'open') "
         "OR EXISTS (SELECT 1 FROM tasks t WHERE t.customer_id = c.id AND t.done_on IS NULL) "
         "OR EXISTS (SELECT 1 FROM payments p WHERE p.customer_id = c.id AND p.received_on IS NULL)")
_LIVE = (f"{_OPEN} OR EXISTS (SELECT 1 FROM activities a WHERE a.customer_id = c.id AND a.state IN ('held', 'planned') "
         "AND a.on_date > :since) OR EXISTS (SELECT 1 FROM deals d WHERE d.customer_id = c.id "
         "AND (d.created_on > :since OR d.closed_on > :since)) "
         "OR EXISTS (SELECT 1 FROM tasks t WHERE t.customer_id = c.id AND t.done_on > :since) "
         "OR EXISTS (SELECT 1 FROM payments p WHERE p.customer_id = c.id AND p.received_on > :since)")
_PERSON_LIVE = ("EXISTS (SELECT 1 FROM activities a WHERE a.contact_id = k.id AND a.state IN ('held', 'planned') "
                "AND a.on_date > :since) OR EXISTS (SELECT 1 FROM tasks t WHERE t.contact_id = k.id "
                "AND (t.done_on IS NULL OR t.done_on > :since))")
_COMPANIES = ("(c.id = k.customer_id OR c.id IN (SELECT f.customer_id FROM affiliations f WHERE f.contact_id = k.id))")


def _old(row: str) -> str:
    """That a row came in by the day :since; of one without its day of creation, when it was written here counts."""
    return f"({row}.created_on <= :since OR {row}.created_on IS NULL AND {row}.uid < :entered)"


def _known(row: str, owner: str) -> str:
    """That somebody said within the year why the person is kept, or that nothing but a nameless row is left."""
    return (f"(EXISTS (SELECT 1 FROM consents s WHERE s.{owner} = {row}.id AND s.purpose = '{KEEPING}' "
            "AND s.on_date > :kept AND (s.withdrawn_on IS NULL OR s.withdrawn_on > :today)) "
            f"OR EXISTS (SELECT 1 FROM settings e WHERE e.key = '{LEDGER}' || {row}.uid))")


def _withdrawn(row: str, owner: str) -> str:
    """That the person had agreed to something, and nothing of it stands."""
    return (f"{row}.id IN (SELECT s.{owner} FROM consents s WHERE s.purpose <> '{KEEPING}') "
            f"AND NOT EXISTS (SELECT 1 FROM consents s WHERE s.{owner} = {row}.id AND s.purpose <> '{KEEPING}' "
            "AND (s.withdrawn_on IS NULL OR s.withdrawn_on > :today))")


QUERIES = {
    "retention":
        f"SELECT c.id FROM customers c WHERE c.kind <> 'company' AND {_old('c')} AND NOT ({_LIVE}) "
        f"AND NOT {_known('c', 'customer_id')}",
    "contact_retention":
        "SELECT k.id FROM contacts k LEFT JOIN customers own ON own.id = k.customer_id "
        f"WHERE coalesce(own.kind, 'company') = 'company' AND {_old('k')} AND NOT ({_PERSON_LIVE}) "
        f"AND NOT EXISTS (SELECT 1 FROM customers c WHERE {_COMPANIES} AND (NOT {_old('c')} OR {_LIVE})) "
        f"AND NOT {_known('k', 'contact_id')}",
    "consent_ended":
        f"SELECT c.id FROM customers c WHERE {_withdrawn('c', 'customer_id')} AND NOT ({_OPEN}) "
        f"AND NOT {_known('c', 'customer_id')}",
    "contact_consent_ended":
        f"SELECT k.id FROM contacts k WHERE {_withdrawn('k', 'contact_id')} AND NOT {_known('k', 'contact_id')}",
}
"""What is found, by kind of finding; the first two once a time to keep people is set."""


def found(connection: Connection, kind: str, today: date, years: int) -> tuple[int, ...]:
    """The ids that the query of a kind finds, ascending; none of the kinds that count years where 0 are set."""
    query = QUERIES[kind]
    if ":since" in query and not years:
        return ()
    since = back(today, 12 * years)
    values = {"today": today.isoformat(), "since": since.isoformat(), "entered": uids.last_of(since),
              "kept": back(today, KEPT_MONTHS).isoformat()}
    rows = connection.exec_driver_sql(query, {key: value for key, value in values.items() if f":{key}" in query})
    return tuple(sorted(rows.scalars()))


def last_touched(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """The day of the last activity, deal or payment of people, or of their creation, ISO; "" if unknown.

    Of contacts that of their companies counts too.
    """
    if kind == "customers":
        query = f"SELECT c.id, {TOUCHED_ON} FROM customers c WHERE c.id IN :ids"
    else:
        query = ("SELECT k.id, max(coalesce(k.created_on, ''), coalesce((SELECT max(a.on_date) FROM activities a "
                 "WHERE a.contact_id = k.id AND a.state = 'held'), ''), coalesce((SELECT max("
                 f"{TOUCHED_ON}) FROM customers c WHERE {_COMPANIES}), '')) FROM contacts k WHERE k.id IN :ids")
    return {row[0]: row[1] for row in by_ids(connection, query, ids)}


def hanging(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many deals, payments, receipts, activities and attached files people have, by table; none left out."""
    owner = f"{kind[:-1]}_id"
    tables = ("deals", "payments", "receipts", "activities", "attachments") if kind == "customers" else (
        "activities", "attachments")
    made: dict[int, dict[str, int]] = {key: {} for key in ids}
    for table in tables:
        for person, count in by_ids(connection, f"SELECT {owner}, count(*) FROM {table} WHERE {owner} IN :ids "
                                                f"GROUP BY {owner}", ids):
            made[person][table] = count
    return made
