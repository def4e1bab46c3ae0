"""The inbox: every lead that is new and has no answer, with what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from desktop_crm.domain.intake import MARK
from desktop_crm.domain.values import sort_key
from desktop_crm.storage import requests

_OPEN = f"""FROM customers c WHERE c.state = 'lead' AND c.lead_state = 'new' AND NOT {requests.ANSWERED}"""
_WAY = "(SELECT w.value FROM channels w WHERE w.customer_id = c.id AND w.kind = '{}' ORDER BY w.preferred DESC, " \
       "w.position, w.id LIMIT 1)"
_ROWS = f"""SELECT c.id, c.name, s.name AS source, g.name AS campaign, v.name AS seller, c.created_on,
  (SELECT m.at FROM state_moves m WHERE m.customer_id = c.id ORDER BY m.id LIMIT 1) AS at,
  coalesce((SELECT a.name FROM activities a WHERE a.customer_id = c.id AND a.direction = 'in'
            ORDER BY a.on_date, a.id LIMIT 1), c.notes) AS said,
  {_WAY.format('phone')} AS phone, {_WAY.format('email')} AS email
FROM customers c LEFT JOIN choices s ON s.id = c.source_id LEFT JOIN campaigns g ON g.id = c.campaign_id
LEFT JOIN sellers v ON v.id = c.seller_id WHERE c.id IN ({{ids}})"""

_NEWEST = 100
"""Leads that are looked at for the source that was used last."""


class Stored(NamedTuple):
    """A request as stored; `at` is the instant of its first state where that is known."""

    id: int
    name: str
    source: str | None
    campaign: str | None
    seller: str | None
    created_on: date | None
    at: datetime | None
    said: str | None
    phone: str | None
    email: str | None


def list_ids(connection: Connection, until: date) -> list[int]:
    """The leads that are new and were not spoken to by the end of `until`, the newest first, undated ones last."""
    found = connection.exec_driver_sql(f"SELECT c.id {_OPEN} ORDER BY c.created_on DESC, c.id DESC",
                                       {"until": until.isoformat()})
    return [row[0] for row in found]


def count(connection: Connection, until: date) -> int:
    """How many `list_ids` would give."""
    return int(connection.exec_driver_sql(f"SELECT count(*) {_OPEN}", {"until": until.isoformat()}).scalar_one())


def rows(connection: Connection, ids: Sequence[int]) -> dict[int, Stored]:
    """Requests by id, whether they are answered or not; ids that are gone are left out.

    What they ask for is the first thing they said, else the notes.
    """
    found = connection.exec_driver_sql(_ROWS.format(ids=", ".join(str(int(row_id)) for row_id in ids)))
    return {row.id: Stored(row.id, row.name, row.source, row.campaign, row.seller,
                           date.fromisoformat(row.created_on) if row.created_on else None,
                           datetime.fromisoformat(row.at) if row.at else None, row.said, row.phone, row.email)
            for row in found}


def last_source(connection: Connection) -> int | None:
    """The source of the newest lead that was entered by hand, if that source is still offered."""
    return connection.exec_driver_sql(
        "SELECT c.source_id FROM (SELECT customer_id FROM state_moves WHERE before IS NULL AND after = 'lead' "
        "AND field = 'state' AND at IS NOT NULL ORDER BY id DESC LIMIT ?) m JOIN customers c ON c.id = m.customer_id "
        "JOIN choices s ON s.id = c.source_id AND s.active WHERE NOT EXISTS (SELECT 1 FROM activities a "
        "WHERE a.customer_id = c.id AND a.external_id LIKE ?) ORDER BY c.id DESC LIMIT 1",
        (_NEWEST, f"{MARK}%")).scalar()


def sealed(connection: Connection, beginning: str) -> bool:
    """Whether any activity has an external id that begins so."""
    end = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    return connection.exec_driver_sql("SELECT 1 FROM activities WHERE external_id >= ? AND external_id < ? LIMIT 1",
                                      (beginning, end)).scalar() is not None


def owners(connection: Connection, emails: Sequence[str]) -> list[int]:
    """The customers who have one of these normalised e-mail addresses, themselves or by their people; ascending."""
    places = ", ".join("?" * len(emails))
    found = connection.exec_driver_sql(
        "SELECT DISTINCT coalesce(w.customer_id, k.customer_id) AS owner FROM channels w "
        f"LEFT JOIN contacts k ON k.id = w.contact_id WHERE w.kind = 'email' AND w.normal IN ({places}) "
        "AND owner IS NOT NULL ORDER BY owner LIMIT 9", tuple(emails))
    return [row[0] for row in found]


def named_customer(connection: Connection, name: str) -> int | None:
    """The one customer of a name, case and accents aside; None if there is none, or several."""
    found = [row[0] for row in connection.exec_driver_sql(
        "SELECT id FROM customers WHERE name_sort = ? LIMIT 2", (sort_key(name),))]
    return found[0] if len(found) == 1 else None
