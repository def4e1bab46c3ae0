"""Consents, read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from desktop_crm.domain.consents import Consent
from desktop_crm.storage.conditions import as_day, by_ids


def of(connection: Connection, customers: Sequence[int]) -> dict[int, list[Consent]]:
    """The consents of customers by customer, the newest first; who has none is left out."""
    return of_people(connection, "customers", customers)


def of_people(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, list[Consent]]:
    """The consents of customers or contacts by their ids, the newest first; who has none is left out."""
    owner = f"{kind[:-1]}_id"
    found: dict[int, list[Consent]] = defaultdict(list)
    for person, record, purpose, basis, source, given, withdrawn in by_ids(
            connection, f"SELECT {owner}, id, purpose, basis, source, on_date, withdrawn_on FROM consents "
            f"WHERE {owner} IN :ids ORDER BY on_date DESC, id DESC", ids):
        found[person].append(Consent(record, purpose, basis, source or "", as_day(given), as_day(withdrawn)))
    return dict(found)
