"""What is in attached files: each lies under its SHA-256 in a folder beside the business file, and never changes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection

from desktop_crm.domain.attachments import OWNERS, Attachment, Document
from desktop_crm.domain.errors import N_, FileRefused, NotFound
from desktop_crm.storage.conditions import as_day, by_ids

_HASH = re.compile("[0-9a-f]{64}")
_OF_CARD = """a.customer_id = :id OR a.contact_id IN (SELECT id FROM contacts WHERE customer_id = :id)
  OR a.deal_id IN (SELECT id FROM deals WHERE customer_id = :id)
  OR a.task_id IN (SELECT id FROM tasks WHERE customer_id = :id UNION ALL SELECT id FROM tasks
    WHERE +customer_id IS NULL AND deal_id IN (SELECT id FROM deals WHERE customer_id = :id))"""
_DOCUMENTS = """SELECT a.id, a.kind, a.name, a.media_type, a.size, a.sha256, a.on_date,
  CASE WHEN a.customer_id IS NOT NULL THEN 'customers' WHEN a.contact_id IS NOT NULL THEN 'contacts'
    WHEN a.deal_id IS NOT NULL THEN 'deals' ELSE 'tasks' END,
  coalesce(a.customer_id, a.contact_id, a.deal_id, a.task_id), coalesce(c.name, p.name, d.name, t.name, '')
FROM attachments a LEFT JOIN customers c ON c.id = a.customer_id LEFT JOIN contacts p ON p.id = a.contact_id
LEFT JOIN deals d ON d.id = a.deal_id LEFT JOIN tasks t ON t.id = a.task_id WHERE a.kind = 'document' AND ({which})
ORDER BY a.on_date DESC, a.id DESC LIMIT :limit"""


def folder(business: Path) -> Path:
    """The folder of a business file's attachments: "shop.files" beside "shop.crm". It may not be there yet."""
    return business.with_name(f"{business.stem}.files")


def place(business: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie, or would."""
    return folder(business) / sha256


def put(business: Path, data: bytes) -> str:
    """Keep bytes and return their SHA-256 (hex); on the disk, whole and read back, before this returns.

    What is there already is not written again. Raises FileRefused where it cannot be kept.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = place(business, sha256)
    try:
        if not _whole(target, sha256):
            target.parent.mkdir(exist_ok=True)
            _write(target, data, sha256)
    except OSError as error:
        raise FileRefused(N_("An attached file could not be kept in {folder}: {reason}. Nothing was changed."),
                          folder=str(target.parent), reason=error.strerror or str(error)) from error
    return sha256


def _write(target: Path, data: bytes, sha256: str) -> None:
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not _whole(part, sha256):
            raise OSError("it reads back otherwise than it was written")
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()


def named(closed: Path) -> set[str]:
    """The hashes of the attached files that a closed business file speaks of; none where it is older than they are."""
    from desktop_crm.storage import encryption  # rows of attachments are read without it

    with closing(encryption.at_rest(closed)) as raw:
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachments'").fetchone() is None:
            return set()
        return {row[0] for row in raw.execute("SELECT sha256 FROM attachments")}


def carry(source: Path, target: Path, only: Collection[str] | None = None) -> int:
    """Copy to a folder what it lacks of another's attached files, each whole and on the disk; how many were copied.

    `only` are the hashes that are wanted (None: all). A file that is not what its name says is left where it is.
    Raises FileRefused where the folder refuses.
    """
    copied = 0
    for file in sorted(source.iterdir()) if source.is_dir() else ():
        try:
            if only is not None and file.name not in only:
                continue
            if not _HASH.fullmatch(file.name) or (target / file.name).exists() or not _whole(file, file.name):
                continue
            target.mkdir(parents=True, exist_ok=True)
            _write(target / file.name, file.read_bytes(), file.name)
        except OSError as error:
            raise FileRefused(N_("An attached file could not be kept in {folder}: {reason}. Nothing was changed."),
                              folder=str(target), reason=error.strerror or str(error)) from error
        copied += 1
    return copied


def move(source: Path, target: Path) -> None:
    """Move attached files to another folder; one that cannot be taken away from where it was stays in both.

    Raises FileRefused where the folder refuses.
    """
    carry(source, target)
    with suppress(OSError):
        for file in sorted(source.iterdir()) if source.is_dir() else ():
            if _HASH.fullmatch(file.name) and _whole(target / file.name, file.name):
                file.unlink()
        source.rmdir()  # refused while anything else lies in it


def get(business: Path, sha256: str) -> Path:
    """The file with this hash; NotFound if it is gone or no longer what it was."""
    target = place(business, sha256)
    if not _whole(target, sha256):
        raise NotFound(N_("The attached file is no longer in {folder}, or was changed there. Copy the folder from a "
                          "backup."), folder=str(target.parent))
    return target


def present(business: Path, sha256: str, size: int) -> bool:
    """Whether the bytes seem to be there, by their name and number; `get` looks at every one of them."""
    try:
        return place(business, sha256).stat().st_size == size
    except OSError:
        return False


def lacking(connection: Connection, business: Path) -> tuple[int, ...]:
    """The ids of the attachments whose bytes seem not to lie beside the file, ascending."""
    return tuple(row[0] for row in connection.exec_driver_sql("SELECT id, sha256, size FROM attachments ORDER BY id")
                 if not present(business, row[1], row[2]))


def _whole(path: Path, sha256: str) -> bool:
    """Whether a file is there and has this hash."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def rows(connection: Connection, table: str, owners: Sequence[int]) -> dict[int, list[Attachment]]:
    """The attachments of records of a kind (customers, contacts, deals, tasks) by record, oldest first."""
    found: dict[int, list[Attachment]] = {}
    column = OWNERS[table]
    for row in by_ids(connection, f"SELECT {column}, id, kind, name, media_type, size, sha256, on_date "
                                  f"FROM attachments WHERE {column} IN :ids ORDER BY id", owners):
        found.setdefault(row[0], []).append(Attachment(
            row[1], row[2], row[3], row[4], row[5], row[6], date.fromisoformat(row[7]) if row[7] else None))
    return found


def documents(connection: Connection, business: Path, table: str, owner: int, limit: int = -1) -> list[Document]:
    """The newest `limit` documents of a record, newest first; a customer's contact people's, deals' and tasks'
    among them.
    """
    which = _OF_CARD if table == "customers" else f"a.{OWNERS[table]} = :id"
    return _documents(connection, business, which, {"id": owner, "limit": limit})


def document(connection: Connection, business: Path, record: int) -> Document | None:
    """One document with whose it is; None if it is gone."""
    found = _documents(connection, business, "a.id = :id", {"id": record, "limit": 1})
    return found[0] if found else None


def _documents(connection: Connection, business: Path, which: str, values: dict[str, int]) -> list[Document]:
    return [Document(row[0], row[1], row[2], row[3], row[4], row[5], as_day(row[6]), row[7], row[8], row[9],
                     not present(business, row[5], row[4]))
            for row in connection.exec_driver_sql(_DOCUMENTS.format(which=which), values)]
