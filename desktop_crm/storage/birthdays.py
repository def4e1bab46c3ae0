"""Whose birthday is known."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

_KNOWN = """SELECT uid, name, birthday, NULL AS company FROM customers WHERE birthday > ''
UNION ALL SELECT t.uid, t.name, t.birthday, c.name FROM contacts t LEFT JOIN customers c ON c.id = t.customer_id
WHERE t.birthday > ''"""


class Born(NamedTuple):
    """A person, customer or contact (then with the customer's name), and their birthday as it is kept."""

    uid: str
    name: str
    birthday: str
    company: str | None


def known(connection: Connection) -> list[Born]:
    """All customers and contacts whose birthday is known."""
    return [Born(*row) for row in connection.exec_driver_sql(_KNOWN)]
