"""What files and pasted texts say of requests, and the watched folder whose files become requests.

A file is taken in one act and then moved into the folder "Taken"; killed between the two, it is known again by its
SHA-256 and only moved. What cannot be read goes into "Not read".
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_crm.domain import signatures
from desktop_crm.domain.cards import LABELS, Card, Place
from desktop_crm.domain.errors import N_, Cancelled, CrmError, FileRefused, InvalidInput
from desktop_crm.domain.importing.fields import parted
from desktop_crm.domain.intake import (
    MAILBOXES,
    MOST_ROWS,
    NO_REQUEST,
    NOT_READ,
    SUFFIXES,
    TAKEN,
    TOO_MANY,
    Incoming,
    Taken,
)
from desktop_crm.domain.values import squash
from desktop_crm.readers import RawTable, Unreadable, emails, read_table
from desktop_crm.readers.kinds import check
from desktop_crm.services import intake, intake_mails
from desktop_crm.services.book import Book
from desktop_crm.services.importing.cells import text_of
from desktop_crm.services.importing.mapping import BY_CELLS, propose

_OWN_FIELDS = ("address", "city", "postcode", "region", "country", "website", "birthday", "industry", "call_name",
               "registration", "tax_number")


def _never() -> bool:
    return False


# --- what files and texts say ---------------------------------------------------------------------------------------

def read(book: Book, path: Path, cancelled: Callable[[], bool] = _never) -> list[Incoming]:
    """The requests in a contact card file, an e-mail or a table, in its order; Unreadable, or Cancelled."""
    if path.suffix.lower() == ".eml":
        return [intake_mails.of_email(book, emails.read(path))]
    table = read_table(path, cancelled=cancelled)
    if table.cards is not None:
        return [_of_card(book, card) for card in table.cards.whole.values()]
    return list(_of_table(book, table))


def of_text(book: Book, text: str) -> Incoming | None:
    """The request in a pasted text or signature; None for one that tells nobody's phone or e-mail."""
    said = signatures.read(text, book.business.country)
    if not said.said:
        return None
    name = said.name or said.company or (signatures.name_of_address(said.emails[0]) if said.emails
                                         else said.phones[0])
    company = said.company if said.company != name else ""
    return Incoming(name, bool(said.name) or not said.company, company, said.phones, said.emails, said.pages,
                    text.strip(), "note", None, "", "", dict(said.fields))


def _of_card(book: Book, card: Card) -> Incoming:
    """The request in a contact card: what has no field of its own stands in the notes."""
    place, *places = [place for place in card.places if place.said] or [Place()]
    ways = sorted(card.ways, key=lambda way: not way.preferred)  # what is preferred goes first
    fields = {"address": place.street, "city": place.city, "region": place.region, "postcode": place.postcode,
              "country": place.country, "birthday": card.birthday, "call_name": card.nickname}
    more = [f"{title}: {value}" for title, value in card.more]
    more += [", ".join(filter(None, (one.street, one.city, one.region, one.postcode, one.country))) for one in places]
    notes = "\n".join(filter(None, (card.title, card.role, card.department, ", ".join(card.tags), *more)))
    labels = {way.value: book.language.say(LABELS[way.label]) if way.label in LABELS else way.label[:100]
              for way in ways if way.label}

    def reached(kind: str) -> tuple[str, ...]:
        return tuple(way.value for way in ways if way.kind == kind)

    return Incoming(card.name, card.kind == "person", card.company if card.company != card.name else "",
                    reached("phone"), reached("email"), reached("web"), card.note, "note", None, "", "",
                    {key: value for key, value in (fields | {"notes": notes}).items() if value},
                    tuple((way.kind, way.value) for way in ways if way.kind not in ("phone", "email", "web")),
                    labels, ((card.photo.file_name(card.name), card.photo.data),) if card.photo is not None else ())


def _of_table(book: Book, table: RawTable) -> Iterator[Incoming]:
    """The rows of a table as requests: columns that an import would know, the others with their headings.

    None for a table that speaks of nobody: no phones, no e-mails, and no heading that says whose names these are.
    """
    columns = propose(table, "customers", book).columns
    known = {column.index: parted(column.field)[1] for column in columns}
    if not any(known[column.index] in _REACH or (known[column.index] in _NAMES and column.reason != BY_CELLS)
               for column in columns):
        return
    for row in table.rows:
        said: dict[str, list[str]] = {}
        rest: list[str] = []
        for index, cell in enumerate(row):
            text, key = text_of(cell), known.get(index, "")
            if not text:
                continue
            if key in _TABLE:
                said.setdefault(key, []).append(text)
            elif key in ("notes", "more") or squash(table.columns[index]) in _WORDS:
                rest.append(text)
            else:
                rest.append(f"{table.columns[index]}: {text}")
        yield _of_row(said, rest)


_NAMES = frozenset({"name", "first_name", "middle_name", "last_name", "company"})
_REACH = frozenset({"emails", "phones"})
_WORDS = frozenset({"message", "messages", "comment", "comments", "enquiry", "inquiry", "request", "question", "mesej",
                    "pertanyaan", "permintaan", "留言", "訊息", "消息", "需求", "mensahe", "tanong", "सन्देश", "செய்தி"})
"""Headings, squashed, whose cells are what somebody asks for: they need not be repeated before the words."""
_TABLE = _NAMES | _REACH | {"source", "campaign", *_OWN_FIELDS}


def _of_row(said: dict[str, list[str]], rest: Sequence[str]) -> Incoming:
    def first(key: str) -> str:
        return said.get(key, [""])[0]

    name = first("name") or " ".join(filter(None, map(first, ("first_name", "middle_name", "last_name"))))
    split = {key: tuple(part.strip() for value in said.get(key, ()) for part in value.replace(";", ",").split(",")
                        if part.strip()) for key in ("emails", "phones")}
    company = first("company")
    return Incoming(name or company, bool(name), company if name else "", split["phones"], split["emails"], (),
                    "\n".join(rest), "note", None, first("source"), first("campaign"),
                    {key: first(key) for key in _OWN_FIELDS if first(key)})


# --- files that are taken -------------------------------------------------------------------------------------------

def take_file(book: Book, path: Path, cancelled: Callable[[], bool] = _never) -> Taken:
    """Take the requests of a file as one act: who is known gets theirs on the card, the others become leads.

    A file that was taken before is not taken again, nor is an e-mail of a mailbox. Unreadable, InvalidInput for one of
    nobody, or of too many rows.
    """
    if path.suffix.lower() in MAILBOXES:
        return intake_mails.take_mailbox(book, path, cancelled)
    check(path)
    seal = _seal(path)
    if intake.seen(book, seal):
        return Taken(again=True)
    found = read(book, path, cancelled)
    if any(one.seal and intake.seen(book, one.seal) for one in found):
        return Taken(again=True)
    if len(found) > MOST_ROWS:
        raise InvalidInput(TOO_MANY, name=path.name, count=len(found))
    requests = [one for one in found if one.name.strip() or one.phones or one.emails]
    if not requests:
        raise InvalidInput(NO_REQUEST, name=path.name)
    known = {number: who.id for number, one in enumerate(requests) if (who := intake.known(book, one)) is not None}
    return intake.take(book, requests, onto=known, seal=seal, said=path.name)


def _seal(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileRefused(N_("“{name}” cannot be opened ({reason})."), name=path.name,
                          reason=error.strerror or str(error)) from error


@dataclass(slots=True)
class Folder:
    """A watched folder and what is known of it: the sizes and times of files that may still be growing, of those that
    are done with but could not be moved, and of those that could not be opened, which was told and is tried again."""

    path: Path
    growing: dict[Path, tuple[int, int]] = field(default_factory=dict)
    done: dict[Path, tuple[int, int]] = field(default_factory=dict)
    told: dict[Path, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Swept:
    """One look at a folder: what was taken, the names that could not be read with why, whether files still grow, and
    how many files brought nothing new."""

    taken: tuple[Taken, ...] = ()
    refused: tuple[tuple[str, CrmError], ...] = ()
    growing: bool = False
    known: int = 0


def sweep(book: Book, folder: Folder, *, settled: bool = False, cancelled: Callable[[], bool] = _never) -> Swept:
    """Take the files of a folder whose size is what it was at the last look (or all of them, if they are `settled`).

    FileRefused if the folder cannot be looked into.
    """
    taken: list[Taken] = []
    known = 0
    refused: list[tuple[str, CrmError]] = []
    before, folder.growing = folder.growing, {}
    grows = False
    for path, state in _files(folder):
        if cancelled():
            break  # what was taken is whole; the rest is taken at another look
        if not settled and before.get(path) != state:
            folder.growing[path], grows = state, True
            continue
        try:
            done = take_file(book, path, cancelled)
            taken += [] if done.again else [done]
            known += done.again
            home = TAKEN
        except (Unreadable, InvalidInput) as error:
            if _state(path) is None:
                continue  # another program, or another computer that shares the folder, took it away meanwhile
            refused.append((path.name, error))
            home = NOT_READ
        except Cancelled:
            raise
        except CrmError as error:  # not the file's own fault, as one that is locked: tried at the next look, told once
            if _state(path) is not None and folder.told.get(path) != state:
                refused.append((path.name, error))
            folder.growing[path] = folder.told[path] = state
            continue
        if not _moved(path, home):
            folder.done[path] = state
    return Swept(tuple(taken), tuple(refused), grows, known)


def _files(folder: Folder) -> list[tuple[Path, tuple[int, int]]]:
    """The files of a folder that may be requests, with size and time, by name; what is done with is left out."""
    try:
        found = sorted(path for path in folder.path.iterdir()
                       if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~")))
    except OSError as error:
        raise FileRefused(N_("The watched folder {path} cannot be read: {reason}."), path=str(folder.path),
                          reason=error.strerror or str(error)) from error
    states = ((path, _state(path)) for path in found)
    return [(path, state) for path, state in states if state is not None and folder.done.get(path) != state]


def _state(path: Path) -> tuple[int, int] | None:
    """The size and the time of a file; None for what is no file, an empty one (it is only beginning) or gone.

    A link is no file of the folder: whoever may write into it would choose by one what else is read here.
    """
    try:
        found = path.lstat()
    except OSError:
        return None  # it was moved away meanwhile
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) and found.st_size else None


def _moved(path: Path, home: str) -> bool:
    """Move a file into a folder beside it, under a name that is free there; whether that could be done."""
    try:
        target = path.parent / home
        target.mkdir(exist_ok=True)
        free, number = target / path.name, 2
        while free.exists():
            free, number = target / f"{path.stem} {number}{path.suffix}", number + 1
        path.rename(free)
    except OSError:
        return False  # it is known again by its SHA-256, and in this session by its size and time
    return True
