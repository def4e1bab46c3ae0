"""Files that belong to a record: attached as one act, found again where they lie, shown, renamed, taken off.

What is in a file stays in its place when the file is taken off: the history is never pruned, so any undo may ask for
it. Only erasing a person takes it away.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.domain.attachments import MOST_MB, OWNERS, Attachment, Document, renamed, runs, safe_name
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, CrmError, FileRefused, InvalidInput, NotFound
from desktop_crm.services.book import Book
from desktop_crm.storage import attachments, opened, records
from desktop_crm.storage.unit_of_work import Connection, Work

_GONE = N_("The record is no longer in the file. Nothing was changed.")
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A file whose bytes are kept and which belongs to nobody yet."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that could be taken, and why the others could not."""

    files: tuple[Taken, ...]
    problems: tuple[CrmError, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """The ids of the new documents, in the order they were given in, and why the others were left out."""

    ids: tuple[int, ...]
    problems: tuple[CrmError, ...]


def of(book: Book, table: str, owners: Sequence[int]) -> dict[int, list[Attachment]]:
    """The attachments of customers, contacts, deals or tasks, by record, oldest first."""
    with book.read() as connection:
        return attachments.rows(connection, table, owners)


def documents(book: Book, table: str, owner: int, limit: int = -1) -> list[Document]:
    """The documents of a record, newest first; a customer's with those of their contact people, deals, tasks.

    NotFound if the record is gone.
    """
    with book.read() as connection:
        records.title(connection, table, owner)
        return attachments.documents(connection, book.path, table, owner, limit)


def document(book: Book, record: int) -> Document:
    """One document; NotFound if it is gone."""
    with book.read() as connection:
        found = attachments.document(connection, book.path, record)
    if found is None:
        raise NotFound(_GONE)
    return found


# --- attaching --------------------------------------------------------------------------------------------------------

def gather(book: Book, sources: Sequence[Path], step: Callable[[int, int], object] | None = None) -> Gathered:
    """Keep what is in these files, so that they can be attached; may run beside the window.

    One that is gone, empty, too large or unreadable is a problem and keeps none of the others back. `step` is told how
    many of how many are done, and may raise Cancelled.
    """
    files: list[Taken] = []
    problems: list[CrmError] = []
    for number, source in enumerate(sources):
        if step is not None:
            step(number, len(sources))
        try:
            files.append(keep(book, source.name, _read(source)))
        except CrmError as error:
            problems.append(error)
    return Gathered(tuple(files), tuple(problems))


def keep(book: Book, name: str, data: bytes) -> Taken:
    """Keep bytes under a name, to be attached; InvalidInput if there are none, FileRefused if they cannot be kept."""
    if not data:
        raise InvalidInput(N_("“{file}” is empty. It was not attached."), "", file=name)
    _small_enough(name, len(data))
    return Taken(safe_name(name) or book.language.say(N_("Document")), len(data), attachments.put(book.path, data))


def attach(book: Book, table: str, owner: int, files: Sequence[Taken]) -> Attached:
    """Attach files that were kept to one record as one act; what the record has already is left out, and told.

    NotFound if the record is gone.
    """
    with book.read() as connection:
        title = records.title(connection, table, owner)
        known = {item.sha256 for item in attachments.rows(connection, table, [owner]).get(owner, ())
                 if item.kind == "document"}
    fresh: dict[str, Taken] = {}
    problems: list[CrmError] = []
    for file in files:
        if file.sha256 in known or file.sha256 in fresh:
            problems.append(InvalidInput(N_("“{file}” is attached here already."), "", file=file.name))
        else:
            fresh[file.sha256] = file
    if not fresh:
        return Attached((), tuple(problems))
    one = next(iter(fresh.values())).name
    act, told = (N_("Attach {file} to {name}"), {"file": one}) if len(fresh) == 1 else \
        (N_("Attach {n} files to {name}"), {"n": len(fresh)})
    with book.work(act, name=title, **told) as work:
        ids = tuple(_add(work.connection, book, table, owner, file) for file in fresh.values())
    return Attached(ids, tuple(problems))


def put_on(book: Book, work: Work, table: str, owner: int, files: Sequence[Taken]) -> None:
    """Attach files that were kept to a record as a part of another act; what it has already is left out."""
    known = {item.sha256 for item in attachments.rows(work.connection, table, [owner]).get(owner, ())
             if item.kind == "document"}
    for sha256, file in {file.sha256: file for file in files}.items():
        if sha256 not in known:
            _add(work.connection, book, table, owner, file)


def add(book: Book, table: str, owner: int, name: str, data: bytes, media_type: str | None = None,
        kind: str = "document") -> int:
    """Attach a file to one record and return the attachment's id; FileRefused if it cannot be kept beside the file."""
    sha256 = attachments.put(book.path, data)
    with book.read() as connection:
        title = records.title(connection, table, owner)
    with book.work(N_("Attach {file} to {name}"), file=name, name=title) as work:
        return _add(work.connection, book, table, owner, Taken(name, len(data), sha256), kind, media_type)


def _add(connection: Connection, book: Book, table: str, owner: int, file: Taken, kind: str = "document",
         media_type: str | None = None) -> int:
    return records.add(connection, "attachments", {
        OWNERS[table]: owner, "kind": kind, "name": file.name, "size": file.size, "sha256": file.sha256,
        "media_type": media_type or mimetypes.guess_type(file.name)[0], "on_date": book.today()})


def _read(source: Path) -> bytes:
    """What is in a file; FileRefused, InvalidInput or NotFound with the reason where it cannot be attached."""
    try:
        if source.is_dir():
            raise InvalidInput(N_("“{file}” is a folder. Attach the files in it."), "", file=source.name)
        if not source.is_file() and source.exists():  # a pipe would never end
            raise InvalidInput(N_("“{file}” is no file that can be attached."), "", file=source.name)
        _small_enough(source.name, source.stat().st_size)
        return source.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(N_("“{file}” is no longer in {folder}. It was not attached."), file=source.name,
                       folder=str(source.parent)) from error
    except OSError as error:
        raise FileRefused(N_("“{file}” could not be read: {reason}. It was not attached."), file=source.name,
                          reason=error.strerror or str(error)) from error


def _small_enough(name: str, size: int) -> None:
    if size > MOST_MB * _MB:
        raise InvalidInput(N_("“{file}” has {size} MB; {most} MB can be attached. Keep it elsewhere and write down "
                              "where, or make it smaller."), "", file=name, size=-(-size // _MB), most=MOST_MB)


# --- what is there ----------------------------------------------------------------------------------------------------

def path(book: Book, attachment: Attachment) -> Path:
    """Where an attachment's bytes lie, whole; NotFound if they are gone or were changed."""
    return attachments.get(book.path, attachment.sha256)


def to_show(book: Book, record: int) -> Path:
    """A read-only copy of a document under its own name, for the system's program to show.

    InvalidInput for what would run instead of being shown; NotFound if it, or what is in it, is gone.
    """
    item = document(book, record)
    place = path(book, item)
    with place.open("rb") as file:
        beginning = file.read(8)
    if runs(item.name, beginning):
        raise InvalidInput(N_("“{file}” can run on this computer, so it is not opened from here. Save a copy of it if "
                              "you trust who sent it."), "", file=item.name)
    return opened.copy(place, safe_name(item.name) or item.sha256)


def save_copy(book: Book, record: int, target: Path) -> Path:
    """Write a document into a folder (under its own name), or to a file; returns where it is.

    In a folder nothing is overwritten: the name gets a number. NotFound if it is gone, FileRefused if it cannot be
    written.
    """
    item = document(book, record)
    place = path(book, item)
    if target.is_dir():
        target = _unused(target / (safe_name(item.name) or item.sha256))
    opened.save(place, target)
    return target


def _unused(target: Path) -> Path:
    number, free = 1, target
    while free.exists() or free.is_symlink():
        number += 1
        free = target.with_name(f"{target.stem} {number}{target.suffix}")
    return free


def rename(book: Book, record: int, name: str) -> Changes:
    """Give a document another name, with the old suffix where none was typed; InvalidInput for no name."""
    item = document(book, record)
    new = renamed(item.name, name)
    if not new:
        raise InvalidInput(N_("A document needs a name. Nothing was saved."), "name")
    with book.work(N_("Rename {file} to {name}"), file=item.name, name=new) as work:
        records.save(work.connection, "attachments", record, {"name": new})
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Take documents off their records; undo brings them back, for what is in them stays in its place."""
    items = [document(book, record) for record in ids]
    told = {"file": items[0].name} if len(items) == 1 else {"n": len(items)}
    with book.work(N_("Delete document {file}") if len(items) == 1 else N_("Delete {n} documents"), **told) as work:
        records.remove(work.connection, "attachments", ids)
    return work.done
