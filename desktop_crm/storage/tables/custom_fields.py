"""Fields that the business has made for itself; their values stand in the column `custom` of each record."""

from sqlmodel import UniqueConstraint

from desktop_crm.storage.tables.base import Record


class CustomField(Record, table=True):
    """One field of customers, contacts or deals (`kind`): its name, its type, and the choices of a choice as JSON.

    A record's `custom` is a JSON object: the field's id → the value in the form that its type has
    (domain/custom_fields).
    """

    __tablename__ = "custom_fields"
    __table_args__ = (UniqueConstraint("kind", "name"), {"sqlite_autoincrement": True})

    kind: str
    name: str
    type: str
    choices: str | None = None
    position: int = 0
