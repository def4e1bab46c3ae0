"""Contact people."""

from datetime import date

from sqlmodel import Field

from desktop_crm.storage.tables.base import Record, link


class Contact(Record, table=True):
    """A person to talk to, with a company or none; the e-mails and phones are channels."""

    __tablename__ = "contacts"

    external_id: str | None = Field(default=None, index=True)
    name: str
    customer_id: int | None = link("customers", cascade=True)
    role: str | None = None
    notes: str | None = None
    created_on: date | None = None
    name_fold: str = ""
    more_fold: str = ""
