"""Consents, read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from desktop_crm.domain.consents import Consent
from desktop_crm.storage.conditions import as_day, by_ids


def of(connection: Connection, customers: Sequence[int]) -> dict[int, list[Consent]]:
    """The consents of customers by customer, the newest first; who has none is left out."""
    found: dict[int, list[Consent]] = defaultdict(list)
    for customer, record, purpose, basis, source, given, withdrawn in by_ids(
            connection, "SELECT customer_id, id, purpose, basis, source, on_date, withdrawn_on FROM consents "
            "WHERE customer_id IN :ids ORDER BY on_date DESC, id DESC", customers):
        found[customer].append(Consent(record, purpose, basis, source or "", as_day(given), as_day(withdrawn)))
    return dict(found)
