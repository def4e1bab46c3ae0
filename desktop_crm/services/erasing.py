"""Erasing a person on request: from the file, what lies beside it, and the backups made before.

This is the one act that undo cannot mend. It is in the ledger before it begins, and goes on at the next start if the
program was killed: either nothing of it happened, or all of it will have.
"""

from __future__ import annotations

import glob
import json
import logging
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from desktop_crm import paths, settings
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.erasures import DONE, Erasure
from desktop_crm.domain.errors import N_, CrmError, FileRefused, InvalidInput, NotFound
from desktop_crm.domain.intake import NOT_READ, TAKEN
from desktop_crm.i18n import LANGUAGES, Language, language
from desktop_crm.services.book import Book
from desktop_crm.storage import attachments, erasing, erasures, holdings, opened, past, receipts, rewriting
from desktop_crm.storage.shapes import INSTANT

Step = Callable[[int, int], None]
"""Told how many of how many files are done."""

ACT = N_("Erase a person")
TITLES = {"customers": N_("Erased customer {number}"), "contacts": N_("Erased contact {number}")}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing would do: rows that go and rows that stay without a name, by table; files and backups of ours.

    `name` is the person's, `title` what they will be called; `backups` are the copies that have them; `watched` is the
    watched folder if files lie in it, which are the user's own, "" if none do.
    """

    name: str
    title: str
    goes: Mapping[str, int]
    stays: Mapping[str, int]
    files: int
    backups: tuple[Path, ...]
    watched: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: rows that went and that stay, texts elsewhere, backups rewritten, and what could not be done.

    `watched` is as in a Preview.
    """

    title: str
    goes: Mapping[str, int]
    stays: Mapping[str, int]
    mentions: int
    backups: int
    problems: tuple[CrmError, ...]
    watched: str = ""


def preview(book: Book, record: int, kind: str = "customers") -> Preview:
    """What erasing a person would do; NotFound if nothing is held about them. Nothing is changed."""
    with book.read() as connection:
        raw: Any = connection.connection.dbapi_connection
        found = holdings.held(raw, kind, record)
        made = _begun(book, raw, found)
        goes, stays = erasing.split(raw, found, made)
        names = raw.execute(f"SELECT name FROM {kind} WHERE id = ?", (record,)).fetchone()
    backups = tuple(place for place in rewriting.copies(book.path, _second(book.path)) if rewriting.has(place, made))
    return Preview(names[0] if names else "", made.title, _counted(goes), _counted(stays),
                   len(made.hashes) + sum(len(list(_papers(book.path, name))) for name in made.papers), backups,
                   _watched(book.path))


def preview_all(book: Book, people: Sequence[int], kind: str = "customers") -> Preview:
    """What erasing several people one after the other would do, all together; their names are parted by lines."""
    seen = [preview(book, one, kind) for one in people]
    if len(seen) == 1:
        return seen[0]
    return Preview("\n".join(one.name for one in seen), f"{seen[0].title} …", _summed(one.goes for one in seen),
                   _summed(one.stays for one in seen), sum(one.files for one in seen),
                   tuple(dict.fromkeys(place for one in seen for place in one.backups)), seen[0].watched)


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    made: Counter[str] = Counter()
    for each in counts:
        made.update(each)
    return dict(made)


def _counted(rows: Mapping[str, set[int]]) -> dict[str, int]:
    return {table: len(ids) for table, ids in rows.items()}


def erase(book: Book, record: int, kind: str = "customers", step: Step | None = None,
          stop: Callable[[], bool] | None = None) -> Outcome:
    """Erase a person, for good: rows, journal, search, free pages, files, and the backups made before.

    Past sums stay equal: deals, payments, receipts, what was done and when stay without a name. Undo ends here. Raises
    NotFound if nothing is held about them, and what saving raises; backups that could not be rewritten are `problems`,
    and those that were left for the next start because `stop()` became true.
    """
    with book.read() as connection:
        raw: Any = connection.connection.dbapi_connection
        made = _begun(book, raw, holdings.held(raw, kind, record))
    if book.reading:
        raise FileRefused(N_("{path} is open for reading only. Nothing was changed."), path=str(book.path))
    erasures.note(made)
    outcome = None
    try:
        outcome = _finish(book, made, step, stop)
    finally:
        if outcome is None and _still_there(book, made):  # refused before it began: nothing is to be done later
            erasures.forget(made)
    return outcome


def erase_all(book: Book, people: Sequence[int], kind: str = "customers", step: Step | None = None,
              stop: Callable[[], bool] | None = None) -> Outcome:
    """Erase several people, each for good before the next is begun; `step` is told how many of how many are done.

    Raises InvalidInput for nobody, and what `erase` raises while nobody is erased yet; afterwards that is one of the
    `problems`, as are those who were left as they are because `stop()` became true.
    """
    people = list(dict.fromkeys(people))
    if not people:
        raise InvalidInput(N_("Choose somebody first. Nothing was changed."), "ids")
    done: list[Outcome] = []
    problems: list[CrmError] = []
    for number, one in enumerate(people):
        if step is not None and len(people) > 1:
            step(number, len(people))
        if done and stop is not None and stop():
            problems.append(CrmError(N_("Stopped: {n} of them were not erased."), n=len(people) - number))
            break
        try:
            done.append(erase(book, one, kind, step if len(people) == 1 else None, stop))
        except CrmError as error:
            if not done:
                raise
            problems.append(error)
    return Outcome(done[0].title if len(done) == 1 else f"{done[0].title} …", _summed(one.goes for one in done),
                   _summed(one.stays for one in done), sum(one.mentions for one in done),
                   max(one.backups for one in done),
                   (*(problem for one in done for problem in one.problems), *problems), done[-1].watched)


def resume(book: Book) -> None:
    """Go on with what a killed program had begun in this file, or erase again who came back with an older copy of it.

    What cannot be done yet is logged, and tried again at the next start.
    """
    try:
        own = [item for item in erasures.known() if item.file == str(book.path.resolve())]
    except CrmError as error:
        _log.warning("the ledger of erasures: %s", type(error).__name__)
        return
    for item in own:
        try:
            if item.state != DONE or _still_there(book, item):
                _finish(book, item)
        except CrmError as error:
            _log.warning("an erasure could not be finished: %s", type(error).__name__)


def _still_there(book: Book, made: Erasure) -> bool:
    """Whether the open file has the person, or remembers them."""
    with book.read() as connection:
        return erasing.holds(connection.connection.dbapi_connection, made)


def _begun(book: Book, raw: Any, found: holdings.Held) -> Erasure:
    """The ledger's entry of an erasure that begins; NotFound if nothing is held."""
    uid = holdings.uid_of(raw, found.kind, found.id)
    if uid is None or not found.tables() or erasing.erased(raw, uid):
        raise NotFound(N_("The record is no longer in the file. Nothing was changed."))
    file = str(book.path.resolve())
    number = max([*erasing.numbers(raw), *(item.number for item in erasures.known() if item.file == file)],
                 default=0) + 1
    title = book.language.say(TITLES[found.kind], number=number)
    return Erasure(uid, found.kind, number, title, file, book.today().isoformat(),
                   hashes=tuple(sorted(erasing.hashes(raw, found))), papers=tuple(_numbers(raw, found)))


def _numbers(raw: Any, found: holdings.Held) -> list[str]:
    """The numbers of the person's receipts, as printed."""
    return [receipts.printed(*row) for row in raw.execute(
        f"SELECT series, number FROM receipts WHERE id IN ({holdings.listed(found.rows.get('receipts', ()))})")]


def _finish(book: Book, made: Erasure, step: Step | None = None, stop: Callable[[], bool] | None = None) -> Outcome:
    """Do all that is left of an erasure, in an order in which each step can be done again."""
    with book.alone() as raw:
        done = erasing.strike(raw, made, {
            "message": ACT, "params": json.dumps({"name": made.title}), "actor": book.actor,
            "device": socket.gethostname(), "at": book.now().astimezone(UTC).strftime(INSTANT)})
        problems: list[CrmError] = []
        try:
            erasing.clean(raw)
        except CrmError as error:
            problems.append(error)
    _announce(book, made, done)
    problems += _files(book.path, made)
    places = rewriting.copies(book.path, _second(book.path))
    rewritten = 0
    for number, place in enumerate(places):
        if stop is not None and stop():
            problems.append(CrmError(N_("The person is erased from the file. Backups that still have them are "
                                        "rewritten when the file is opened again.")))
            break
        if step is not None:
            step(number, len(places))
        try:
            rewritten += rewriting.rewrite(place, made)
        except CrmError as error:
            problems.append(error)
    rewriting.sweep(book.path, _second(book.path))
    past.sweep()
    if not problems:
        erasures.finish(made)
    return Outcome(made.title, done.gone, done.stays, done.mentions, rewritten, tuple(problems),
                   _watched(book.path))


def _announce(book: Book, made: Erasure, done: erasing.Struck) -> None:
    if done.work:
        touched = {*done.gone, *done.stays, "settings", "segments", "customers", "tags", "works"}
        book.announce(Changes(done.work, ACT, {"name": made.title}, 1, dict.fromkeys(touched)))


def _second(file: Path) -> Path | None:
    """The second place of the file's backups, if one was chosen."""
    folder = settings.load().second_place(file)
    return Path(folder) if folder else None


def _watched(file: Path) -> str:
    """The folder whose files became requests, if any lie in it or in "Taken" and "Not read"."""
    folder = settings.load().watched_folder(file)
    try:
        lies = bool(folder) and any(path.is_file() for place in (".", TAKEN, NOT_READ)
                                    for path in (Path(folder) / place).glob("*"))
    except OSError:
        return folder  # what cannot be looked into may hold them
    return folder if lies else ""


# --- files ----------------------------------------------------------------------------------------------------------

def _files(file: Path, made: Erasure) -> list[CrmError]:
    """Take away the attached files that nobody else has, and the receipts' papers; gives what could not be."""
    problems: list[CrmError] = []
    opened.clear()
    for place in [*_kept_files(file, made.hashes), *(path for name in made.papers for path in _papers(file, name))]:
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            problems.append(FileRefused(N_("{path} could not be deleted: {reason}. Delete it yourself."),
                                        path=str(place), reason=error.strerror or ""))
    return problems


def _kept_files(file: Path, hashes: Sequence[str]) -> list[Path]:
    """Where attached files lie: beside the file, and in the places of its backups."""
    second = _second(file)
    found = [attachments.place(file, name) for name in hashes]
    for folder in (paths.backups(), *([second] if second is not None and second.is_dir() else ())):
        found += [path for name in hashes for path in folder.rglob(f"{name}*") if path.is_file()]
    return found


def _papers(file: Path, number: str) -> list[Path]:
    """The files of a receipt, whatever language the window had when it was given."""
    found = set()
    for words in _every_language():
        folder = file.with_name(words.say(N_("{name} receipts"), name=file.stem))
        name = " ".join(_UNSAFE.sub(" ", words.say(N_("Receipt {number}"), number=number)).split())
        found |= set(folder.glob(f"{glob.escape(name)}.pdf"))
    return sorted(found)


def _every_language() -> list[Language]:
    return [language(code) for code in LANGUAGES]
