"""What every journalled table has: an integer key that is never used twice, and a `uid` for exchange."""

from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import String, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from desktop_crm.storage.shapes import stored
from desktop_crm.storage.uids import new_uid


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC text that sorts by time; a naive datetime is refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Turn an aware datetime into UTC text; ValueError for a naive one."""
        return None if value is None else str(stored(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Turn UTC text back into an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


class Record(SQLModel):
    """A journalled row."""

    __table_args__: ClassVar[Any] = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)


def flag() -> Any:
    """A yes or no that is no unless it is said; older files get it as no."""
    return Field(default=False, sa_column_kwargs={"server_default": text("0")})


def link(target: str, cascade: bool = False, required: bool = False) -> Any:
    """A foreign key column: deleted with its owner (`cascade`), else emptied when the other row goes."""
    rule: Literal["CASCADE", "SET NULL"] = "CASCADE" if cascade else "SET NULL"
    return Field(default=None, foreign_key=f"{target}.id", ondelete=rule, index=True, nullable=not required)
