"""The WHERE of a list, built from a domain filter; one place that knows how a period or a choice is said in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, String, TextClause, bindparam, text
from sqlalchemy.types import TypeEngine

from desktop_crm.domain.values import Period
from desktop_crm.storage import search


class Where:
    """Conditions joined by AND, with their values; of the rows with the ids `among` (None: of all)."""

    def __init__(self, column: str = "", among: Sequence[int] | None = None) -> None:
        """Keep the rows whose `column` is one of the ids: none where there are none."""
        self.clauses: list[str] = []
        self.values: dict[str, Any] = {}
        self._lists: list[str] = []  # values that are lists and expand into several places
        self.held: list[object] = []  # what a condition speaks of must live as long as this
        self.among = among
        if among is not None:
            self.any(column, among) if among else self.add("0")

    def add(self, clause: str, **values: Any) -> None:
        """Add one condition with its named values."""
        self.clauses.append(clause)
        self.values.update(values)

    def bound(self, value: Any) -> str:
        """The place of one more value, to be written into a condition."""
        key = f"b{len(self.values)}"
        self.values[key] = value
        return f":{key}"

    def bound_list(self, values: Sequence[Any]) -> str:
        """The place of a list of values: `column IN` this."""
        place = self.bound(list(values))
        self._lists.append(place[1:])
        return place

    def any(self, column: str, values: Sequence[Any]) -> None:
        """Keep rows whose column is one of the values; 0 or "" among them also keeps rows without any."""
        if not values:
            return
        key = f"v{len(self.values)}"
        clause = f"{column} IN :{key}"
        self.clauses.append(f"({clause} OR {column} IS NULL)" if 0 in values or "" in values else clause)
        self.values[key] = list(values)
        self._lists.append(key)

    def period(self, column: str, period: Period | None) -> None:
        """Keep rows whose day lies in the half-open period; an unbounded one keeps all, undated rows too."""
        if period is None:
            return
        if period.start is not None:
            self.add(f"{column} >= :p{len(self.values)}", **{f"p{len(self.values)}": period.start.isoformat()})
        if period.end is not None:
            self.add(f"{column} < :p{len(self.values)}", **{f"p{len(self.values)}": period.end.isoformat()})

    def search(self, table: str, typed: str) -> None:
        """Keep rows that match what was typed."""
        if typed.strip():
            clause, values = search.matching(table, typed)
            self.add(clause, **values)

    def query(self, select: str, tail: str = "") -> TextClause:
        """The whole statement with its values bound."""
        where = " WHERE " + " AND ".join(self.clauses) if self.clauses else ""
        statement = text(f"{select}{where} {tail}")
        for key in self._lists:
            statement = statement.bindparams(listed(key, String()))
        return statement.bindparams(**self.values)


def ids(connection: Connection, where: Where, select: str, order: str, limit: int | None = None) -> list[int]:
    """The ids of a list in its order."""
    tail = f"ORDER BY {order}" + (f" LIMIT {int(limit)}" if limit is not None else "")
    return list(connection.execute(where.query(select, tail)).scalars())


def by_ids(connection: Connection, statement: str, wanted: Iterable[int]) -> list[Any]:
    """Run a statement that says `IN :ids` for the given ids."""
    return list(connection.execute(text(statement).bindparams(listed("ids", Integer())), {"ids": list(wanted)}))


def listed(key: str, kind: TypeEngine[Any]) -> BindParameter[Any]:
    """A place in a statement that takes a list of values of one kind: `IN :key`.

    With a kind, SQLAlchemy need not guess one from the list: its guess asks the mapper, which another thread may be
    loading at this moment (services.book.warm_up) and which is no good until it is whole.
    """
    return bindparam(key, expanding=True, type_=kind)


def as_day(text: str | None) -> date | None:
    """A stored day as a date."""
    return None if text is None else date.fromisoformat(text)


def named(row: Any, **changed: Any) -> dict[str, Any]:
    """A result row as keyword arguments, some of them changed."""
    return {**row._mapping, **changed}
