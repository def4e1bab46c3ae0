"""Full-text search: one FTS5 index per table, kept by triggers; ranked hits for what was typed.

The stored columns are folded (domain.values.fold), so that accents and case do not matter and each
Chinese character is a word of its own. A phone is found from its start (`digits`) and, as a prefix of
its digits turned round (`digits_back`), from its end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from desktop_crm.domain.values import digits, fold

INDEXED = {
    "customers": ("name_fold", "more_fold"),
    "contacts": ("name_fold", "more_fold"),
    "deals": ("name_fold", "more_fold"),
    "products": ("name_fold", "more_fold"),
    "tasks": ("name_fold", "more_fold"),
    "activities": ("name_fold",),
    "channels": ("value_fold", "normal", "digits_back"),
}
"""The searched tables and their folded columns."""

_MERGING = {"automerge": 0, "crisismerge": 8}
"""How an index's segments are merged: eight of a size at a time, when the eighth comes.

By itself FTS5 takes a share of the largest ones at every 64 pages written: a save of every 25th customer then waited
20 to 50 ms on a file of 100,000. So most wait for nothing, and a search reads a handful of segments more at most.
"""
_TOKENS = "unicode61 remove_diacritics 2 categories ''L* N* Co Mc Mn''"


def create(connection: Connection) -> None:
    """(Re)create the indexes and their triggers; call `rebuild` after it if rows exist."""
    for table, columns in INDEXED.items():
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_search USING fts5({', '.join(columns)}, content='', "
            f"contentless_delete=1, prefix='1 2 3', tokenize='{_TOKENS}')")
        for option, value in _MERGING.items():
            connection.exec_driver_sql(
                f"INSERT INTO {table}_search({table}_search, rank) VALUES(?, ?)", (option, value))
        for op, trigger in _triggers(table, columns).items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_search_{op}")
            connection.exec_driver_sql(trigger)


def _triggers(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    """The triggers that keep one index.

    While `work_now.bulk` is 1 those of inserts step aside (`index_new` follows), while it is 2 all of them do
    (`rebuild` follows).
    """
    names = ", ".join(columns)
    add = (f"INSERT INTO {table}_search(rowid, {names}) VALUES(new.id, "
           + ", ".join(f"new.{name}" for name in columns) + ");")
    drop = f"DELETE FROM {table}_search WHERE rowid = old.id;"
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    return {
        "insert": f"CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} "
                  f"WHEN (SELECT bulk FROM work_now) = 0 BEGIN {add} END",
        "update": f"CREATE TRIGGER {table}_search_update AFTER UPDATE OF {names} ON {table} "
                  f"WHEN (SELECT bulk FROM work_now) < 2 AND ({changed}) BEGIN {drop} {add} END",
        "delete": f"CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} "
                  f"WHEN (SELECT bulk FROM work_now) < 2 BEGIN {drop} END",
    }


def newest(connection: Connection) -> dict[str, int]:
    """The highest id of each searched table, to be given to `index_new` after a bulk insert."""
    return {table: connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
            for table in INDEXED}


def index_new(connection: Connection, before: dict[str, int]) -> None:
    """Index the rows that a bulk insert added after `before`, one INSERT…SELECT a table."""
    for table, last in before.items():
        names = ", ".join(INDEXED[table])
        connection.exec_driver_sql(
            f"DELETE FROM {table}_search WHERE rowid IN (SELECT id FROM {table} WHERE id > ? "
            f"AND id IN (SELECT rowid FROM {table}_search WHERE rowid > ?))", (last, last))
        connection.exec_driver_sql(
            f"INSERT INTO {table}_search(rowid, {names}) SELECT id, {names} FROM {table} WHERE id > ?", (last,))


def rebuild(connection: Connection, tables: Iterable[str] = tuple(INDEXED)) -> None:
    """Empty and fill the indexes of some tables, or of all."""
    for table in tables:
        connection.exec_driver_sql(f"INSERT INTO {table}_search({table}_search) VALUES('delete-all')")
        index_new(connection, {table: 0})


def worth_rebuilding(connection: Connection, changed: Mapping[str, int]) -> list[str]:
    """The tables whose index is sooner made anew than followed row by row: deleting from it costs ten times adding."""
    return [table for table, count in changed.items() if table in INDEXED and count > 2000 and count * 8 >
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()]


def expression(text: str) -> str:
    """What was typed as an FTS5 query: every word must occur, each as a beginning, Chinese as a phrase."""
    words: list[str] = []
    run: list[str] = []  # neighbouring single CJK characters make one phrase
    for word in _words(text):
        if len(word) == 1 and ord(word) >= 0x3040:
            run.append(word)
            continue
        words += _phrase(run)
        run = []
        words.append(f'"{word}"*')
    return " AND ".join(words + _phrase(run))


def _phrase(run: list[str]) -> list[str]:
    return ['"' + " ".join(run) + '"'] if run else []


def _words(text: str) -> list[str]:
    """The folded words of `text` as the index's tokenizer would cut them."""
    cleaned = "".join(character if character.isalnum() or _is_mark(character) else " " for character in fold(text))
    return cleaned.split()


def _is_mark(character: str) -> bool:
    # Vowel signs of Indic scripts, which str.isalnum() does not count as part of a word.
    return unicodedata.category(character) in ("Mn", "Mc")


def phone_digits(text: str) -> str:
    """The digits of a text that looks like (part of) a phone number: at least three of them, else ''."""
    found = digits(text)
    others = [character for character in text if not character.isdecimal() and character not in " +-()./"]
    return found if len(found) >= 3 and not others else ""


def hits(connection: Connection, table: str, text: str, limit: int) -> list[int]:
    """Ids of the best rows of one table for what was typed, best first, at most `limit`.

    The name decides before the rest; where more than a thousand rows match, the newest come first.
    """
    query = expression(text)
    if not query:
        return []
    rows = connection.exec_driver_sql(
        f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid DESC LIMIT 1000", (query,))
    found = [row[0] for row in rows]
    if len(found) >= 1000 or len(found) <= 1:
        return found[:limit]
    ranked = connection.exec_driver_sql(
        f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY bm25({table}_search, 8.0, 1.0), "
        f"rowid DESC LIMIT ?", (query, limit))
    return [row[0] for row in ranked]


def named(connection: Connection, table: str, text: str, limit: int) -> list[tuple[int, str]]:
    """Ids and names of rows whose own name (no other field) holds every word of `text` as a beginning."""
    query = expression(text)
    if not query:
        return []
    rows = connection.exec_driver_sql(
        f"SELECT t.id, t.name FROM {table}_search s JOIN {table} t ON t.id = s.rowid "
        f"WHERE {table}_search MATCH ? ORDER BY s.rowid DESC LIMIT ?", (f"name_fold : ({query})", limit))
    return [(row[0], row[1]) for row in rows]


def holding(connection: Connection, table: str, beginnings: Iterable[str], limit: int) -> list[int]:
    """Ids of rows that hold, beside their name, a word with any of these beginnings; newest first."""
    query = " OR ".join(f'"{word}"*' for beginning in beginnings for word in _words(beginning))
    return list(connection.exec_driver_sql(
        f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid DESC LIMIT ?",
        (f"more_fold : ({query})", limit)).scalars()) if query else []


def inside(connection: Connection, table: str, text: str, limit: int) -> list[int]:
    """Ids of rows whose folded name holds `text` anywhere, inside words too; newest first."""
    needle = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    column = INDEXED[table][0]
    rows = connection.exec_driver_sql(
        f"SELECT id FROM {table} WHERE {column} LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?", (f"%{needle}%", limit))
    return [row[0] for row in rows] if needle else []


def matching(table: str, text: str) -> tuple[str, dict[str, str]]:
    """An SQL condition on `{table}.id` for a list that is narrowed by what was typed, and its values.

    Customers and contacts match by their e-mails and phones too; a part of a word matches as well.
    """
    query, number = expression(text), phone_digits(text)
    needle = "%" + fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    values = {"needle": needle}
    clauses = [f"{table}.{INDEXED[table][0]} LIKE :needle ESCAPE '\\'"]
    if query:
        values["match"] = query
        clauses.append(f"{table}.id IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH :match)")
    owner = {"customers": "customer_id", "contacts": "contact_id"}.get(table)
    if owner and query:
        values["channel"] = _channel_query(query, number)
        clauses.append(f"{table}.id IN (SELECT c.{owner} FROM channels_search s JOIN channels c ON c.id = s.rowid "
                       f"WHERE channels_search MATCH :channel)")
    return "(" + " OR ".join(clauses) + ")", values


def _channel_query(query: str, number: str) -> str:
    return f'{{value_fold normal}}: "{number}"* OR {{digits_back}}: "{number[::-1]}"*' if number else query


def owners(connection: Connection, text: str, limit: int) -> list[tuple[int | None, int | None]]:
    """(customer id, contact id) of the owners of matching e-mails and phones, phones from either end."""
    query = _channel_query(expression(text), phone_digits(text))
    if not query:
        return []
    rows = connection.exec_driver_sql(
        "SELECT c.customer_id, c.contact_id FROM channels_search s JOIN channels c ON c.id = s.rowid "
        "WHERE channels_search MATCH ? ORDER BY s.rowid DESC LIMIT ?", (query, limit))
    return [(row[0], row[1]) for row in rows]


def names(connection: Connection) -> dict[int, str]:
    """Every customer's folded name by id, for a search that forgives typing errors."""
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, name_fold FROM customers")}


_TITLES = {
    "customers": "SELECT t.id, t.name, coalesce(t.city, t.industry, t.region), t.id, t.kind = 'person' "
                 "FROM customers t",
    "products": "SELECT t.id, t.name, t.line, NULL, 0 FROM products t",
    **{kind: f"SELECT t.id, t.name, c.name, t.customer_id, 0 FROM {kind} t "
             "LEFT JOIN customers c ON c.id = t.customer_id"
       for kind in ("contacts", "deals", "tasks", "activities")},
}


def titles(connection: Connection, kind: str, ids: list[int]) -> list[tuple[int, str, str | None, int | None, int]]:
    """Id, name, second line, customer, and whether it is a customer that is a person, of rows of one kind."""
    places = ", ".join(str(int(row_id)) for row_id in ids)
    return [tuple(row) for row in connection.exec_driver_sql(f"{_TITLES[kind]} WHERE t.id IN ({places})")]
