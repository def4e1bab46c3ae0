"""Taking a person out of a file: rows, journal, labels, search, free pages; the figures of the past stay equal.

This is the one sanctioned way to change the journal. All triggers step aside inside the one transaction, those that
guard the journal among them, and are put back as they were; a file that is killed meanwhile is as it was before. It
works on a raw connection and by the file's own schema, so that backups of older formats are served by the same lines.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_crm.domain.erasures import Erasure
from desktop_crm.domain.errors import N_, FileBusy
from desktop_crm.storage import folding, mentions, refolding
from desktop_crm.storage.holdings import Held, columns, held, listed, record, tables
from desktop_crm.storage.uids import new_uid

KEPT: Mapping[str, frozenset[str]] = {
    "customers": frozenset({"kind", "state", "source_id", "campaign_id", "seller_id", "created_on"}),
    "deals": frozenset({"customer_id", "seller_id", "pipeline_id", "stage_id", "status", "amount", "currency",
                        "source_id", "created_on", "expected_on", "closed_on", "stage_on", "lost_reason_id",
                        "on_account", "return_of_id"}),
    "deal_lines": frozenset({"deal_id", "product_id", "quantity", "price", "cost", "position"}),
    "stage_moves": frozenset({"deal_id", "from_stage_id", "to_stage_id", "on_date", "at", "amount", "seller_id"}),
    "state_moves": frozenset({"customer_id", "field", "before", "after", "on_date", "at"}),
    "payments": frozenset({"customer_id", "deal_id", "seller_id", "amount", "currency", "due_on", "received_on",
                           "method", "state", "taking", "on_account"}),
    "receipts": frozenset({"series", "number", "on_date", "amount", "currency", "taking", "customer_id", "deal_id",
                           "voided_at"}),
    "activities": frozenset({"kind", "direction", "state", "on_date", "at", "minutes", "customer_id", "deal_id",
                             "seller_id"}),
    "tasks": frozenset({"kind", "due_on", "due_time", "minutes", "important", "urgent", "done_on", "done_at",
                        "customer_id", "deal_id", "seller_id", "created_on"}),
}
"""What past reports are made of: of these tables the rows stay, with these columns alone. All else is emptied."""

_OF_FILTERS = ("segments", "assignment_rules", "score_rules")
"""The tables whose rows are named after, and hold, what somebody looked for."""

REMOVED = frozenset({"contacts", "channels", "addresses", "consents", "customer_tags", "distinctions", "affiliations",
                     "attachments", "checklist_marks"})
"""The tables whose rows go whole. So do those of a table that stands in neither list; a test wants it in one."""

SHARED = ("industry", "region")
"""Columns of customers by which reports are cut: kept where another customer has the same value."""

_IDENTITY = {"customers": ("name", "sort_name", "call_name", "invoice_title", "external_id", "tax_number",
                           "registration", "website"),
             "contacts": ("name", "external_id"), "channels": ("value", "normal")}
_DERIVED = ("name_fold", "more_fold", "name_sort", "value_fold", "digits_back")
_CODES = frozenset({"uid", "sha256", "taking", "at", "code", "pin"})  # texts in which nobody is named
_NAMED = ("customers", "contacts", "sellers", "products")
_TITLED = frozenset({"customers", "deals", "tasks", "activities"})  # whose rows have to have a name
_BLOCK = 1000  # rows that are looked at in one
LEDGER = "erased."
"""The settings with this beginning are the ledger in the file: one for each erased uid."""


@dataclass(slots=True)
class Struck:
    """What was taken out: rows by table that went, rows that stay without a name, texts elsewhere that named them."""

    gone: dict[str, int]
    stays: dict[str, int]
    mentions: int
    work: int = 0


def erased(raw: Any, uid: str) -> bool:
    """Whether the ledger in the file says that this uid was erased."""
    return raw.execute("SELECT 1 FROM settings WHERE key = ?", (LEDGER + uid,)).fetchone() is not None


def holds(raw: Any, erasure: Erasure) -> bool:
    """Whether a file still has the person, or remembers them."""
    return not erased(raw, erasure.uid) and record(raw, erasure.kind, erasure.uid) is not None


def numbers(raw: Any) -> list[int]:
    """The numbers that were given to those who were erased from a file."""
    return [int(json.loads(row[0])["number"]) for row in raw.execute(
        "SELECT value FROM settings WHERE key LIKE ?", (LEDGER + "%",))]


def hashes(raw: Any, found: Held) -> set[str]:
    """The SHA-256 of the attached files that are the person's alone, also of those that the journal remembers."""
    mine = listed(found.every("attachments"))
    own = {row[0] for row in raw.execute(
        f"SELECT sha256 FROM attachments WHERE id IN ({mine}) UNION SELECT json_extract(before, '$.sha256') FROM "
        f"journal WHERE table_name = 'attachments' AND row_id IN ({mine}) AND op = 'D'")}
    return own - {row[0] for row in raw.execute(f"SELECT sha256 FROM attachments WHERE id NOT IN ({mine})")} - {None}


def split(raw: Any, found: Held, erasure: Erasure) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Of the rows that are there: those that go and those that stay without a name, by table."""
    goes, stays = {}, {}
    for table in found.tables():
        ids = found.rows.get(table, set())
        kept = ids if table in KEPT else set()
        if table == "tasks" and found.kind == "customers":  # what was still to be done for them is not to be done
            kept = ids - {row[0] for row in raw.execute(
                f"SELECT id FROM tasks WHERE id IN ({listed(ids)}) AND done_on IS NULL "
                "AND coalesce(due_on, '9999') > ?", (erasure.on,))}
        if table == found.kind == "contacts":
            kept = set()
        goes[table], stays[table] = ids - kept, kept
    return ({table: ids for table, ids in goes.items() if ids}, {table: ids for table, ids in stays.items() if ids})


def mentioned(raw: Any, found: Held) -> list[tuple[str, int, str]]:
    """The texts of others' rows that name the person, as (table, id, text): notes, segments, settings."""
    reader = _Strike(raw, found, Erasure("", found.kind, 0, "", "", ""))
    reader.collect()
    return [(table, row_id, text) for table, row_id, values, by in reader.elsewhere(reader.words())
            if row_id not in found.every(table) for text in values.values() if by.found(mentions.plain(text))]


def strike(raw: Any, erasure: Erasure, work: Mapping[str, object] | None = None) -> Struck:
    """Take the person out, in one transaction; with `work` (a row of `works`) it is noted as an act.

    Undo ends here: an act before it may hold what is gone. Nothing happens to a file that has nothing of them.
    """
    raw.execute("BEGIN IMMEDIATE")
    try:
        row_id = record(raw, erasure.kind, erasure.uid)
        if row_id is None or erased(raw, erasure.uid):
            raw.execute("ROLLBACK")
            return Struck({}, {}, 0)
        done = _Strike(raw, held(raw, erasure.kind, row_id), erasure).run(work)
        broken = raw.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise RuntimeError(f"erasing would break a link of {broken[0]}")
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    return done


def clean(raw: Any) -> None:
    """Write the file anew without its free pages, and fold its log in; FileBusy while someone reads an older state."""
    raw.execute("VACUUM")
    for _ in range(3):
        if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
            return
    raise FileBusy(N_("The person is erased, but the file's log is still being read. Close the file once; the rest is "
                      "done when it is opened again."))


class _Strike:
    """One erasure of one file, inside its transaction."""

    def __init__(self, raw: Any, found: Held, erasure: Erasure) -> None:
        self.raw, self.held, self.erasure = raw, found, erasure
        self.title = erasure.title
        self.goes, self.stays = split(raw, found, erasure)
        self.texts: dict[str, set[str]] = {}  # what stood in the person's own rows, by "table.column"
        self.mentions = 0

    def run(self, work: Mapping[str, object] | None) -> Struck:
        triggers = self.raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            self.raw.execute(f'DROP TRIGGER "{name}"')
        next_entry = self.raw.execute("SELECT coalesce(max(id), 0) + 1 FROM journal").fetchone()[0]
        self.collect()
        known = self.words()
        touched = self._works_that_touched()
        for table, ids in self.goes.items():
            self.raw.execute(f"DELETE FROM {table} WHERE id IN ({listed(ids)})")
        for table, ids in self.stays.items():
            self._anonymous(table, ids)
        self._journal()
        self._labels(touched, known)
        self._elsewhere(known)
        number = self._note(work, next_entry)
        self._refill()
        for _, statement in triggers:
            self.raw.execute(statement)
        return Struck({table: len(ids) for table, ids in self.goes.items()},
                      {table: len(ids) for table, ids in self.stays.items()}, self.mentions, number)

    # --- what was known -------------------------------------------------------------------------------------------

    def collect(self) -> None:
        """Note every text of the person's rows, as they are and as the journal remembers them."""
        for table in self.held.tables():
            kept = KEPT.get(table, frozenset()) if table != "contacts" else frozenset()
            wanted = [name for name in columns(self.raw, table) if name not in kept and name not in ("id", "uid")]
            ids = listed(self.held.every(table))
            if not wanted:
                continue
            for row in self.raw.execute(f"SELECT {', '.join(wanted)} FROM {table} WHERE id IN ({ids})"):
                self._noted(table, dict(zip(wanted, row, strict=True)))
            for images in self.raw.execute(
                    f"SELECT before, after FROM journal WHERE table_name = ? AND row_id IN ({ids})", (table,)):
                for image in images:
                    values = json.loads(image or "{}")
                    self._noted(table, {name: values[name] for name in wanted if name in values})

    def _noted(self, table: str, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if isinstance(value, str) and value.strip() and name not in _DERIVED:
                self.texts.setdefault(f"{table}.{name}", set()).add(value)

    def words(self) -> mentions.Words:
        """What names the person, out of what was collected."""
        identity = {text for table, names in _IDENTITY.items() for name in names
                    for text in self.texts.get(f"{table}.{name}", ())}
        return mentions.words(identity, self._taken)

    def _taken(self, word: str) -> bool:
        """Whether a word is part of another's name, or another's number or address: families share them."""
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        present = tables(self.raw)
        named = any(self.raw.execute(
            f"SELECT 1 FROM {table} WHERE name LIKE ? ESCAPE '\\' AND id NOT IN ({listed(self.held.every(table))})",
            (like,)).fetchone() for table in _NAMED if table in present)
        return named or self.raw.execute(
            f"SELECT 1 FROM channels WHERE ? IN (value, normal) AND id NOT IN ({listed(self.held.every('channels'))}) "
            "UNION ALL SELECT 1 FROM settings WHERE key = 'name' AND value LIKE ? ESCAPE '\\'",
            (word, like)).fetchone() is not None

    # --- rows -----------------------------------------------------------------------------------------------------

    def _anonymous(self, table: str, ids: Collection[int]) -> None:
        """Leave of rows what past reports are made of."""
        for row_id in ids:
            before = self._row(table, row_id)
            row = {name: self._without(table, name, before[name], declared, needed)
                   for name, (declared, needed) in columns(self.raw, table).items()}
            if table == "receipts":
                row["content"] = self._paper(before["content"])
            row |= {key: value for key, value in folding.of_row(table, row).items() if key in row}
            self._save(table, row_id, {key: value for key, value in row.items() if value != before[key]})
        if table == "customers":
            self._inactive(ids)

    def _row(self, table: str, row_id: int) -> dict[str, Any]:
        names = list(columns(self.raw, table))
        row = self.raw.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
        return dict(zip(names, row, strict=True))

    def _save(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        if values:
            self.raw.execute(f"UPDATE {table} SET {', '.join(f'{key} = ?' for key in values)} WHERE id = ?",
                             (*values.values(), row_id))

    def _without(self, table: str, name: str, value: Any, declared: str, needed: bool) -> Any:
        """What a column of a row that stays has afterwards."""
        if name in ("id", "uid") or name in KEPT[table]:
            return value
        if name == "contact_id" and value not in self.held.every("contacts"):
            return value
        if name == "name" and table in _TITLED:
            return self.title
        if name == "no_marketing":
            return 1
        if name in SHARED and value and self._shared(name, value):
            return value
        return None if not needed else "" if declared == "VARCHAR" else 0

    def _shared(self, column: str, value: str) -> bool:
        return self.raw.execute(f"SELECT 1 FROM customers WHERE {column} = ? AND id NOT IN "
                                f"({listed(self.held.every('customers'))})", (value,)).fetchone() is not None

    def _paper(self, content: str) -> str:
        """A receipt's paper without its buyer and what it was for."""
        paper = json.loads(content)
        kept = {key: paper[key] for key in ("method", "seller", "actor", "balance", "change") if key in paper}
        return json.dumps({"for": [self.title for _ in paper.get("for", ())], "buyer": self.title, **kept},
                          ensure_ascii=False)

    def _inactive(self, ids: Collection[int]) -> None:
        """No list asks for them any more; that they were a lead once is logged as ever, for the counts of that day."""
        for row_id in ids:
            state = self.raw.execute("SELECT state FROM customers WHERE id = ?", (row_id,)).fetchone()[0]
            if state != "inactive":
                self.raw.execute("UPDATE customers SET state = 'inactive' WHERE id = ?", (row_id,))
                self.raw.execute("INSERT INTO state_moves(uid, customer_id, field, before, after, on_date) "
                                 "VALUES(?, ?, 'state', ?, 'inactive', ?)", (new_uid(), row_id, state, self.erasure.on))
        self.raw.execute(f"UPDATE customers SET parent_id = NULL WHERE parent_id IN ({listed(ids)})")

    # --- the journal and what was done ----------------------------------------------------------------------------

    def _works_that_touched(self) -> set[int]:
        """The acts that changed any row of the person, with those that undid or redid them."""
        found: set[int] = set()
        for table in self.held.tables():
            found |= {row[0] for row in self.raw.execute(
                f"SELECT work_id FROM journal WHERE table_name = ? AND row_id IN ({listed(self.held.every(table))})",
                (table,))}
        return found

    def _journal(self) -> None:
        """Forget the entries of rows that went; of those that stay, keep in them what stays in the rows."""
        for table in self.held.tables():
            stays = self.stays.get(table, set()) | (
                self.held.past.get(table, set()) if table in KEPT and table != "contacts" else set())
            gone = self.held.every(table) - stays
            self.raw.execute(f"DELETE FROM journal WHERE table_name = ? AND row_id IN ({listed(gone)})", (table,))
            for entry, op, before, after in self.raw.execute(
                    f"SELECT id, op, before, after FROM journal WHERE table_name = ? AND row_id IN ({listed(stays)})",
                    (table,)).fetchall():
                self.raw.execute("UPDATE journal SET before = ?, after = ? WHERE id = ?", (
                    self._image(table, before, whole=op == "D"), self._image(table, after), entry))

    def _image(self, table: str, image: str | None, whole: bool = False) -> str | None:
        """A remembered change with the columns alone that stay; of a `whole` row, all of them as they stay."""
        if image is None:
            return None
        values, shapes = json.loads(image), columns(self.raw, table)
        if not whole:
            kept = {"id", "uid"} | KEPT[table]
            return json.dumps({key: value for key, value in values.items() if key in kept}, ensure_ascii=False)
        row = {key: self._without(table, key, value, *shapes.get(key, ("", False))) for key, value in values.items()}
        if "content" in row:
            row["content"] = self._paper(values["content"])
        return json.dumps(row | {key: value for key, value in folding.of_row(table, row).items() if key in row},
                          ensure_ascii=False)

    def _labels(self, touched: set[int], known: mentions.Words) -> None:
        """Take the person out of the names of acts: of those that changed them whatever stood in their rows."""
        finder, in_segments = known.finder(weak=True), known.finder(weak=True, parts=True)
        of_segments = {row[0] for row in self.raw.execute(
            f"SELECT work_id FROM journal WHERE table_name IN {_OF_FILTERS!r}")}
        texts = {text for found in self.texts.values() for text in found}

        def said(text: str) -> str:
            mine = text in texts or any((len(known_text) > 4 and known_text in text) or
                                        (len(text) > 7 and text in known_text) for known_text in texts)
            return self.title if mine else mentions.cleaned(text, finder, self.title)

        for work, params in self.raw.execute("SELECT id, params FROM works WHERE params <> '{}'").fetchall():
            values = json.loads(params)
            wanted = in_segments if work in of_segments else finder
            if work in touched:
                made = {key: value if key == "kind" else mentions.replaced(value, said)
                        for key, value in values.items()}
            else:
                made = json.loads(mentions.cleaned(params, wanted, self.title))
            if made != values:
                self.raw.execute("UPDATE works SET params = ? WHERE id = ?", (json.dumps(made), work))

    def elsewhere(self, known: mentions.Words) -> Iterator[tuple[str, int, dict[str, str], mentions.Finder]]:
        """The rows in which something names the person: table, id, their texts, and what was looked for."""
        closer = _closer(known)
        for table in tables(self.raw):
            finder = closer.get(table, closer[""])
            texts = [name for name, (declared, _) in columns(self.raw, table).items()
                     if declared == "VARCHAR" and name not in _CODES and name not in _DERIVED]
            if finder is None or not texts:
                continue
            rows = self.raw.execute(f"SELECT id, {', '.join(texts)} FROM {table}")
            while block := rows.fetchmany(_BLOCK):
                if finder.may("\n".join(value for _, *values in block for value in values if isinstance(value, str))):
                    yield from ((table, row_id, stored, finder) for row_id, stored in _texts(block, texts)
                                if finder.found("\n".join(mentions.plain(text) for text in stored.values())))

    def _elsewhere(self, known: mentions.Words) -> None:
        """Take the person out of the texts of all other rows, and of what the journal remembers of them."""
        for table, row_id, values, finder in list(self.elsewhere(known)):
            made = {name: mentions.cleaned(value, finder, self.title) for name, value in values.items()}
            self._save(table, row_id, {name: value for name, value in made.items() if value != values[name]})
            whole = self._row(table, row_id)
            folded = refolding.of_row(self.raw.execute, table, whole)
            self._save(table, row_id, {key: value for key, value in folded.items()
                                       if key in whole and whole[key] != value})
            if table == "addresses":
                refolding.follow(self.raw.execute, [whole])
            self.mentions += made != values
        for table, by in _closer(known).items():
            self._mended_entries(table, by)

    def _mended_entries(self, table: str, by: mentions.Finder | None) -> None:
        where = f"AND table_name = '{table}'" if table else ""
        rows = self.raw.execute("SELECT id, before, after FROM journal WHERE op <> 'I' " + where)
        found = []
        while by is not None and (block := rows.fetchmany(_BLOCK)):
            if by.may("\n".join(image for _, *images in block for image in images if image)):
                found += block
        for entry, *images in found:
            made = [image and mentions.cleaned(image, by, self.title) for image in images]
            if made != images:
                self.raw.execute("UPDATE journal SET before = ?, after = ? WHERE id = ?", (*made, entry))

    def _note(self, work: Mapping[str, object] | None, entry: int) -> int:
        """End undo, write the ledger in the file, and note the act; returns its number, 0 if it is none."""
        self.raw.execute("UPDATE works SET undoable = 0")
        value = json.dumps({"kind": self.erasure.kind, "number": self.erasure.number, "on": self.erasure.on})
        self.raw.execute("INSERT INTO settings(uid, key, value) VALUES(?, ?, ?)",
                         (new_uid(), LEDGER + self.erasure.uid, value))
        if work is None:
            return 0
        row = {"uid": new_uid(), "kind": "do", "undone": 0, "undoable": 0, "first_entry": entry, "last_entry": entry,
               **work}
        number = self.raw.execute(
            f"INSERT INTO works({', '.join(row)}) VALUES({', '.join('?' * len(row))}) RETURNING id",
            tuple(row.values())).fetchone()[0]
        stays = self.erasure.kind in self.stays
        self.raw.execute("INSERT INTO journal(id, work_id, table_name, row_id, op, before, after) "
                         "VALUES(?, ?, ?, ?, ?, ?, ?)",
                         (entry, number, self.erasure.kind, self.held.id, "U" if stays else "D",
                          '{"name":null}' if stays else "{}", json.dumps({"name": self.title}) if stays else None))
        return int(number)

    def _refill(self) -> None:
        """Make the search anew: an index remembers the words of what was deleted from it."""
        for name, in self.raw.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'"
                                      ).fetchall():
            table, texts = name.removesuffix("_search"), ", ".join(columns(self.raw, name))
            self.raw.execute(f"INSERT INTO {name}({name}) VALUES('delete-all')")
            self.raw.execute(f"INSERT INTO {name}(rowid, {texts}) SELECT id, {texts} FROM {table}")


def _texts(block: Sequence[Any], names: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as their id and their texts by column."""
    for row_id, *values in block:
        yield row_id, {name: value for name, value in zip(names, values, strict=True) if isinstance(value, str)}


def _closer(known: mentions.Words) -> dict[str, mentions.Finder | None]:
    """What is looked for in every table (""), and in those where less is enough."""
    return {"": known.finder(), "settings": known.finder(weak=True),
            **dict.fromkeys(_OF_FILTERS, known.finder(weak=True, parts=True))}
