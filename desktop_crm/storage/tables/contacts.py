"""Contact people."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

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
    birthday: str | None = None
    custom: str | None = None


class Affiliation(Record, table=True):
    """A contact who belongs to one more company than the one that they are written under."""

    __tablename__ = "affiliations"
    __table_args__ = (UniqueConstraint("contact_id", "customer_id"), {"sqlite_autoincrement": True})

    contact_id: int = link("contacts", cascade=True, required=True)
    customer_id: int = link("customers", cascade=True, required=True)
    role: str | None = None
