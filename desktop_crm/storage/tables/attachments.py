"""Files that belong to a record; what is in them lies beside the business file, under its hash."""

from datetime import date

from sqlmodel import Field

from desktop_crm.storage.tables.base import Record, link


class Attachment(Record, table=True):
    """One file of a customer, contact, deal or task: its name, type and bytes, and the SHA-256 that it is kept under.

    `kind` is document, or photo for the picture of a person.
    """

    __tablename__ = "attachments"

    customer_id: int | None = link("customers", cascade=True)
    contact_id: int | None = link("contacts", cascade=True)
    deal_id: int | None = link("deals", cascade=True)
    kind: str = "document"
    name: str
    media_type: str | None = None
    size: int = 0
    sha256: str = Field(index=True)
    on_date: date | None = None
    task_id: int | None = link("tasks", cascade=True)
