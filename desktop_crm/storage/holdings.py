"""Everything that a file holds about one person: found by walking its own foreign keys, in the rows and in the journal.

It works on a raw connection and asks the file itself for its tables and links, so that a backup of an older format is
walked as well, and no table that is added later can be forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

PERSONS = ("customers", "contacts")
"""The kinds of records that are a person, or a company with its people."""

OTHERS = frozenset({("customers", "parent_id"), ("deals", "return_of_id")})
"""Links from one person's record to another's: they are cut, not followed."""

PLUMBING = frozenset({"works", "journal", "work_now"})


class Link(NamedTuple):
    """A column of a table that holds ids of another table."""

    table: str
    column: str
    target: str


@dataclass(slots=True)
class Held:
    """What is held about record `id` of `kind`: ids of rows by table, and of rows that the journal alone remembers."""

    kind: str
    id: int
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    past: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def every(self, table: str) -> set[int]:
        """The ids of a table, of rows that are there and of rows that were."""
        return self.rows.get(table, set()) | self.past.get(table, set())

    def tables(self) -> list[str]:
        """The tables that have, or had, anything."""
        return sorted({name for found in (self.rows, self.past) for name, ids in found.items() if ids})


def tables(raw: Any) -> list[str]:
    """The journalled tables of a file: those whose rows have a uid."""
    names = [row[0] for row in raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")]
    return [name for name in names if name not in PLUMBING and "uid" in columns(raw, name)]


def columns(raw: Any, table: str) -> dict[str, tuple[str, bool]]:
    """The columns of a table in their order: the declared type, and whether it must have a value."""
    return {row[0]: (row[1], bool(row[2])) for row in raw.execute(
        'SELECT name, type, "notnull" FROM pragma_table_info(?)', (table,))}


def links(raw: Any) -> list[Link]:
    """Every foreign key between journalled tables."""
    return [Link(table, row[0], row[1]) for table in tables(raw) for row in raw.execute(
        'SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))]


def record(raw: Any, kind: str, uid: str) -> int | None:
    """The id of the record with this uid, also of one that was deleted and is only remembered; None if none was."""
    found = raw.execute(f"SELECT id FROM {kind} WHERE uid = ?", (uid,)).fetchone() or raw.execute(
        "SELECT row_id FROM journal WHERE table_name = ? AND op = 'D' AND json_extract(before, '$.uid') = ?",
        (kind, uid)).fetchone()
    return None if found is None else int(found[0])


def uid_of(raw: Any, kind: str, row_id: int) -> str | None:
    """The uid of a record by its id, also of one that was deleted and is only remembered; None if none was."""
    found = raw.execute(f"SELECT uid FROM {kind} WHERE id = ?", (row_id,)).fetchone() or raw.execute(
        "SELECT json_extract(before, '$.uid') FROM journal WHERE table_name = ? AND row_id = ? AND op = 'D' "
        "ORDER BY id DESC", (kind, row_id)).fetchone()
    return None if found is None else str(found[0])


def held(raw: Any, kind: str, row_id: int) -> Held:
    """What is held about one record of `PERSONS`; empty if there is nothing at all."""
    made, known = Held(kind, row_id), links(raw)
    if uid_of(raw, kind, row_id) is None:
        return made
    _add(raw, made, kind, {row_id})
    size = -1
    while size != (size := sum(len(made.every(table)) for table in made.tables())):
        _add(raw, made, kind, _merged(raw, made))
        for link in known:
            if _followed(link, made):
                _add(raw, made, link.table, _own(raw, made, link, _pointing(raw, link, made.every(link.target))))
    _add(raw, made, "tags", _tags(raw, made))
    return made


def _followed(link: Link, made: Held) -> bool:
    """Whether what points along a link is the person's: another person's record never is, a customer's contacts are."""
    if (link.table, link.column) in OTHERS or not made.every(link.target):
        return False
    return link.table not in PERSONS or (link.table, made.kind) == ("contacts", "customers")


def _add(raw: Any, made: Held, table: str, ids: Iterable[int]) -> None:
    """Note rows as there, or as remembered alone."""
    wanted = set(ids) - made.every(table)
    if wanted:
        there = {row[0] for row in raw.execute(f"SELECT id FROM {table} WHERE id IN ({listed(wanted)})")}
        made.rows[table] |= there
        made.past[table] |= wanted - there


def _pointing(raw: Any, link: Link, ids: Collection[int]) -> set[int]:
    """The rows whose link points, or pointed last before it was emptied or the row deleted, at one of `ids`."""
    table, column, wanted = link.table, link.column, listed(ids)
    now = {row[0] for row in raw.execute(f"SELECT id FROM {table} WHERE {column} IN ({wanted})")}
    deleted = {row[0] for row in raw.execute(
        f"SELECT row_id FROM journal WHERE table_name = ? AND op = 'D' AND json_extract(before, '$.{column}') "
        f"IN ({wanted}) AND row_id NOT IN (SELECT id FROM {table})", (table,))}
    cut = {row[0] for row in raw.execute(
        f"SELECT row_id FROM journal WHERE table_name = ? AND op = 'U' AND json_extract(before, '$.{column}') "
        f"IN ({wanted}) AND json_type(after, '$.{column}') = 'null' AND row_id NOT IN "
        f"(SELECT id FROM {table} WHERE {column} IS NOT NULL)", (table,))}
    return now | deleted | cut


def _own(raw: Any, made: Held, link: Link, ids: set[int]) -> set[int]:
    """Of rows that point at what is held, those that are not another customer's: a task may name a contact of ours."""
    if made.kind != "customers" or link.column == "customer_id" or "customer_id" not in columns(raw, link.table):
        return ids
    mine = listed(made.every("customers"))
    return ids - {row[0] for row in raw.execute(
        f"SELECT id FROM {link.table} WHERE id IN ({listed(ids)}) AND customer_id NOT IN ({mine})")}


def _merged(raw: Any, made: Held) -> set[int]:
    """Records that went into this one: deleted in the same act in which what hung on them was moved here."""
    column, mine = f"$.{made.kind[:-1]}_id", listed(made.every(made.kind))
    return {row[0] for row in raw.execute(
        "SELECT DISTINCT d.row_id FROM journal u JOIN journal d ON d.work_id = u.work_id AND d.op = 'D' "
        "AND d.table_name = ? AND d.row_id = json_extract(u.before, ?) WHERE u.op = 'U' "
        f"AND json_extract(u.after, ?) IN ({mine}) AND d.row_id NOT IN (SELECT id FROM {made.kind})",
        (made.kind, column, column))}


class Remembered(NamedTuple):
    """One entry of the journal: the act's instant (UTC text), actor, message and values, and what it changed."""

    at: str
    actor: str
    message: str
    params: str
    table: str
    row_id: int
    op: str
    before: str | None
    after: str | None


def remembered(raw: Any, found: Held) -> list[Remembered]:
    """What the journal remembers of the rows that are held, oldest first."""
    entries: list[tuple[int, Remembered]] = []
    for table in found.tables():
        entries += [(row[0], Remembered(*row[1:])) for row in raw.execute(
            "SELECT j.id, w.at, w.actor, w.message, w.params, j.table_name, j.row_id, j.op, j.before, j.after "
            "FROM journal j JOIN works w ON w.id = j.work_id WHERE j.table_name = ? "
            f"AND j.row_id IN ({listed(found.every(table))})", (table,))]
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]


def _tags(raw: Any, made: Held) -> set[int]:
    """The tags that nobody else carries: what they are called says something about this one."""
    mine = listed(made.every("customer_tags"))
    return {row[0] for row in raw.execute(
        f"SELECT tag_id FROM customer_tags WHERE id IN ({mine}) UNION SELECT json_extract(before, '$.tag_id') "
        f"FROM journal WHERE table_name = 'customer_tags' AND op = 'D' AND row_id IN ({mine}) "
        f"EXCEPT SELECT tag_id FROM customer_tags WHERE id NOT IN ({mine})")}


def listed(ids: Iterable[int]) -> str:
    """Ids as they stand between the brackets of IN."""
    return ", ".join(str(int(row_id)) for row_id in ids)
