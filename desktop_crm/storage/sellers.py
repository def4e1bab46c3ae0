"""Sellers."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop_crm.domain.sellers import SellerRow


def sellers(connection: Connection) -> list[SellerRow]:
    """Every seller, ascending id."""
    return [SellerRow(*row[:4], bool(row[4])) for row in connection.exec_driver_sql(
        "SELECT id, name, team, region, active FROM sellers ORDER BY id")]
