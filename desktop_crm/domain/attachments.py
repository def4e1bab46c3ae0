"""Files that belong to a record: documents, and the photo of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_

KINDS = {"document": N_("Document"), "photo": N_("Photo")}
OWNERS = {"customers": "customer_id", "contacts": "contact_id", "deals": "deal_id"}
"""The kinds of record that a file can belong to, and the column that says to which one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a record: its name, media type and bytes, and the SHA-256 (hex) that it is kept under."""

    id: int
    kind: str
    name: str
    media_type: str | None
    size: int
    sha256: str
    on_date: date | None
