"""Files that belong to a record: attached as one act, and found again where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_crm.domain.attachments import OWNERS, Attachment
from desktop_crm.domain.errors import N_
from desktop_crm.services.book import Book
from desktop_crm.storage import attachments, records


def of(book: Book, table: str, owners: Sequence[int]) -> dict[int, list[Attachment]]:
    """The attachments of customers, contacts or deals, by record, oldest first."""
    with book.read() as connection:
        return attachments.rows(connection, table, owners)


def add(book: Book, table: str, owner: int, name: str, data: bytes, media_type: str | None = None,
        kind: str = "document") -> int:
    """Attach a file to one record and return the attachment's id; FileRefused if it cannot be kept beside the file."""
    sha256 = attachments.put(book.path, data)
    with book.read() as connection:
        title = records.title(connection, table, owner)
    with book.work(N_("Attach {file} to {name}"), file=name, name=title) as work:
        return records.add(work.connection, "attachments", {
            OWNERS[table]: owner, "kind": kind, "name": name, "media_type": media_type, "size": len(data),
            "sha256": sha256, "on_date": book.today()})


def path(book: Book, attachment: Attachment) -> Path:
    """Where an attachment's bytes lie, whole; NotFound if they are gone or were changed."""
    return attachments.get(book.path, attachment.sha256)
