"""Sellers."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop_crm.domain.sellers import SellerRow
from desktop_crm.storage.conditions import named


def sellers(connection: Connection) -> list[SellerRow]:
    """Every seller, ascending id."""
    return [SellerRow(**named(row, active=bool(row.active))) for row in connection.exec_driver_sql(
        "SELECT id, name, team, region, active FROM sellers ORDER BY id")]
