"""What every journalled table has: an integer key that is never used twice, and a `uid` for exchange."""

import secrets
import time
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

import uuid6
from sqlalchemy import String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC text that sorts by time; a naive datetime is refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Turn an aware datetime into UTC text; ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Turn UTC text back into an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


def new_uid() -> str:
    """A fresh UUIDv7 as text: unique in every file, ascending in time."""
    return str(uuid6.uuid7())


def new_uids(count: int) -> list[str]:
    """As many fresh UUIDv7 at once, each greater than the one before: a tenth of the cost of making them singly."""
    stamp = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{stamp[:8]}-{stamp[8:]}-7"
    first = secrets.randbits(31)  # 32 bits count, 42 are random
    noise = secrets.token_hex(6 * count)
    made = []
    for number in range(first, first + count):
        at = 12 * (number - first)
        low = (2 << 62 | (number & 0xFFFFF) << 42 | int(noise[at:at + 12], 16) >> 6).to_bytes(8).hex()
        made.append(f"{head}{number >> 20:03x}-{low[:4]}-{low[4:]}")
    return made


class Record(SQLModel):
    """A journalled row."""

    __table_args__: ClassVar[Any] = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True)


def link(target: str, cascade: bool = False, required: bool = False) -> Any:
    """A foreign key column: deleted with its owner (`cascade`), else emptied when the other row goes."""
    rule: Literal["CASCADE", "SET NULL"] = "CASCADE" if cascade else "SET NULL"
    return Field(default=None, foreign_key=f"{target}.id", ondelete=rule, index=True, nullable=not required)
