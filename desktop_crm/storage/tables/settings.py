"""What the file itself remembers: the business's settings, choice lists and saved segments."""

from sqlmodel import Field, UniqueConstraint

from desktop_crm.storage.tables.base import Record


class Setting(Record, table=True):
    """One setting of the business, as text."""

    __tablename__ = "settings"

    key: str = Field(unique=True)
    value: str = ""


class Choice(Record, table=True):
    """One word of a choice list (`source`, `lost_reason`), in the file's language; `code` if it is seeded."""

    __tablename__ = "choices"
    __table_args__ = (UniqueConstraint("kind", "name"), {"sqlite_autoincrement": True})

    kind: str
    name: str
    code: str | None = None
    position: int = 0
    active: bool = True


class Segment(Record, table=True):
    """A saved filter of a list, always as fresh as the file, with its own `columns` (JSON) and order, if it has them.

    `sort` is the key of the column that it is ordered by, with a "-" before it for downwards.
    """

    __tablename__ = "segments"

    kind: str = "customers"
    name: str
    filter: str = "{}"
    position: int = 0
    columns: str | None = None
    sort: str | None = None
