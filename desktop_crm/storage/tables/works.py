"""The journal: pieces of work and the changes under each. Written by triggers and `storage.journal` alone."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field, Index, SQLModel

from desktop_crm.storage.tables.base import Instant


class Work(SQLModel, table=True):
    """One named act of a user, one transaction, one undo step.

    `message` and `params` make its label in any language; `kind` is do, undo or redo; `target_id`
    is the act that an undo or redo turned; `undone` is its state today.
    """

    __tablename__ = "works"
    __table_args__ = (
        Index("works_standing", "kind", "undone", "undoable"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str = "do"
    message: str
    params: str = "{}"
    actor: str = ""
    device: str = ""
    at: datetime = Field(sa_type=Instant)
    target_id: int | None = None
    undone: bool = False
    undoable: bool = True
    first_entry: int = 0
    last_entry: int = 0


class Entry(SQLModel, table=True):
    """One changed row under one piece of work: the columns before and after as JSON objects."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("work_id IS NOT NULL", name="write_outside_a_named_piece_of_work"),
        Index("journal_record", "table_name", "row_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    work_id: int | None = None
    table_name: str
    row_id: int
    op: str
    before: str | None = None
    after: str | None = None


class Now(SQLModel, table=True):
    """The one row that says which piece of work is open in this transaction.

    `bulk`: 1 while an import inserts, 2 while whole tables change; the search then steps aside (storage.search).
    """

    __tablename__ = "work_now"

    one: int = Field(default=1, primary_key=True)
    work_id: int | None = None
    bulk: int = 0
