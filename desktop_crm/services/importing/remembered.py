"""What was said by hand about a shape of table, kept in the business file for the next table of the same headings.

It is written in the import's own piece of work: the file's words (a stage, a state) are the business's and travel with
it, and an undo takes the import back together with what was learnt from it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from desktop_crm.domain.importing import KINDS, Mapping
from desktop_crm.domain.importing.shapes import key
from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing.mapping import AS_BEFORE, BY_HAND, formatted
from desktop_crm.storage import settings
from desktop_crm.storage.unit_of_work import Connection

_PREFIX = "import"


def setting_key(kind: str, columns: Sequence[str]) -> str:
    """The name under which a shape is kept: the kind, and its headings in any order."""
    said = "\n".join(sorted(key(column) for column in columns))
    return f"{_PREFIX}.{kind}.{sha256(said.encode()).hexdigest()[:16]}"


def kind_of(table: RawTable, book: Book) -> str:
    """What a table of these headings was last imported as, "" if none was remembered."""
    with book.read() as connection:
        kept = settings.settings(connection)
    return next((kind for kind in KINDS if setting_key(kind, table.columns) in kept), "")


def recalled(mapping: Mapping, table: RawTable, book: Book) -> Mapping:
    """The mapping with what was said the last time about a table of the same headings."""
    with book.read() as connection:
        text = settings.settings(connection).get(setting_key(mapping.kind, table.columns), "")
    if not text:
        return mapping
    said = json.loads(text)
    known = {item.key for item in mapping.offered}
    columns = []
    for column in mapping.columns:
        field = said["fields"].get(column.column, column.field)
        if field != column.field and (not field or field in known):
            column = formatted(replace(column, field=field, reason=AS_BEFORE),
                               [row[column.index] for row in table.rows], mapping.kind, book)
        columns.append(replace(column, **said["written"].get(column.column, {})))
    return replace(mapping, columns=tuple(columns), match=said["match"], empties=said["empties"],
                   replaces=said["replaces"], kept=frozenset(said["kept"]),
                   meanings=tuple((field, word, meaning) for field, word, meaning in said["meanings"]))


def remember(connection: Connection, mapping: Mapping, proposed: Mapping) -> None:
    """Keep what differs from what is proposed by itself, where it was said by hand; nothing where nothing was."""
    usual = {column.column: column for column in proposed.columns}
    by_hand = {column.column: column.field for column in mapping.columns
               if column.reason in (BY_HAND, AS_BEFORE) or column.field != usual[column.column].field}
    written = {column.column: {"order": column.order, "decimal": column.decimal} for column in mapping.columns
               if (column.order, column.decimal) != (usual[column.column].order, usual[column.column].decimal)
               and column.field == usual[column.column].field}
    said = {"fields": by_hand, "written": written, "meanings": [list(item) for item in mapping.meanings],
            "match": mapping.match, "kept": sorted(mapping.kept), "empties": mapping.empties,
            "replaces": mapping.replaces}
    name = setting_key(mapping.kind, [column.column for column in mapping.columns])
    kept = settings.settings(connection).get(name, "")
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    if text != kept and (kept or any(said.values())):
        settings.put(connection, name, text)
