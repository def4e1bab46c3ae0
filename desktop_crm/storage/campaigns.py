"""Campaigns, and what came of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.campaigns import CampaignRow
from desktop_crm.domain.values import fold
from desktop_crm.storage import customers, records

_CAMPAIGNS = """SELECT g.*, s.name AS source FROM campaigns g LEFT JOIN choices s ON s.id = g.source_id
ORDER BY coalesce(g.from_on, '9999') DESC, g.id DESC"""
_LEADS = f"""SELECT campaign_id, count(*), sum(state = 'customer' OR EXISTS (
  SELECT 1 FROM state_moves m WHERE m.customer_id = customers.id AND m.field = 'state' AND m.after = 'customer'))
FROM customers WHERE campaign_id IS NOT NULL AND {customers.ONCE_LEAD} GROUP BY campaign_id"""
_WON = """SELECT c.campaign_id, d.currency, sum(d.amount) FROM deals d JOIN customers c ON c.id = d.customer_id
JOIN campaigns g ON g.id = c.campaign_id WHERE d.status = 'won' AND d.amount IS NOT NULL
AND (g.from_on IS NULL OR d.closed_on IS NULL OR d.closed_on >= g.from_on) GROUP BY c.campaign_id, d.currency"""
"""What was won before the campaign began it did not bring: who came by it may have been a customer already."""


def every(connection: Connection) -> list[CampaignRow]:
    """All campaigns with what came of them, the one that began last first; those without a first day on top."""
    rows = plain(connection)
    leads = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(_LEADS)}
    won: dict[int, dict[str, int]] = defaultdict(dict)
    for campaign, currency, amount in connection.exec_driver_sql(_WON):
        won[campaign][currency] = amount
    made = []
    for row in rows:
        count, converted = leads.get(row.id, (0, 0))
        sums = won.get(row.id, {})
        others = tuple(sorted((currency, amount) for currency, amount in sums.items() if currency != row.currency))
        made.append(replace(row, leads=count, converted=converted, won=sums.get(row.currency, 0), others=others))
    return made


def plain(connection: Connection) -> list[CampaignRow]:
    """All campaigns in the order of `every`, without what came of them."""
    return [CampaignRow(row.id, row.name, row.source_id, row.source, row.cost, row.currency, _day(row.from_on),
                        _day(row.until_on), row.notes) for row in connection.exec_driver_sql(_CAMPAIGNS)]


def same(connection: Connection, name: str, but: int | None = None) -> str | None:
    """The name of a campaign that reads like `name`, case and accents aside; None if there is none."""
    return next((row["name"] for row in records.find(connection, "campaigns")
                 if row["id"] != but and fold(row["name"]) == fold(name)), None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
