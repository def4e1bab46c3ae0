"""What is dropped or pasted onto the leads: one request is taken at once, a list goes to the import wizard.

A request of someone who is known is offered to their card.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal

from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.domain.intake import MAILBOXES, NO_REQUEST, SUFFIXES, Incoming, Known, Taken
from desktop_crm.services import intake
from desktop_crm.ui.jobs import Progress
from desktop_crm.ui.leads.section import Desk
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

TABLES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".txt")
"""Files that are lists in any case."""
_MOST = 1_000_000
_CARD = re.compile(r"\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_CAME = N_count("{n} request came in.", "{n} requests came in.")
_ONTO = N_count("{n} is on a known customer's card, with a task to answer.",
                "{n} are on known customers' cards, with a task to answer.")
_LEFT_OUT = N_count("{n} e-mail was left out. The first: {first}", "{n} e-mails were left out. The first: {first}")


@dataclass(frozen=True, slots=True)
class _Read:
    """What a file or a text says: its requests, whom the only one of them seems to be of, and what it is called."""

    requests: Sequence[Incoming]
    known: Known | None
    name: str


def said(taken: Sequence[Taken]) -> str:
    """What came in, in a sentence or two."""
    created, logged = (len({key for one in taken for key in getattr(one, part)}) for part in ("created", "logged"))
    lines = [tr_count(*_CAME, created)] if created or not logged else []
    lines += [tr_count(*_ONTO, logged)] if logged else []
    problems = [problem for one in taken for problem in one.problems]
    if len(problems) == 1:
        lines.append(current().error(problems[0]))
    elif problems:
        lines.append(tr_count(*_LEFT_OUT, len(problems), first=current().error(problems[0])))
    return " ".join(lines)


def fits(data: QMimeData) -> bool:
    """Whether something that is dragged could be a request or a list."""
    return bool(files(data)) or (data.hasText() and not data.hasUrls())


def files(data: QMimeData) -> list[Path]:
    """The files in what is dragged or pasted that could be requests or lists."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (*SUFFIXES, *TABLES)]


class Taking(QObject):
    """`list_wanted(path)` asks for the wizard, `taken(customer)` tells whose request came in."""

    list_wanted = Signal(str)
    taken = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def take(self, data: QMimeData) -> None:
        """Take what was dropped or pasted."""
        found, desk = files(data), self._desk
        if desk.book.reading:
            desk.messages.note(tr(N_("This file is open for reading only, so nothing can be changed here.")), "warn")
        elif found and all(path.suffix.lower() in (SUFFIXES if len(found) > 1 else MAILBOXES) for path in found):
            self._run_all(found)
        elif found and found[0].suffix.lower() in TABLES:
            self.list_wanted.emit(str(found[0]))
        elif found:
            desk.jobs.run(lambda progress: self._read(found[0], progress), lambda read: self._decide(read, found[0]),
                          desk.messages.tell, label=tr(N_("Reading {name}"), name=found[0].name))
        elif data.hasText() and data.text().strip():
            self._take_text(data.text())

    # --- one ------------------------------------------------------------------------------------------------------

    def _read(self, path: Path, progress: Progress) -> _Read:
        from desktop_crm.services import intake_files

        return self._of(intake_files.read(self._desk.book, path, progress.cancelled), path.name)

    def _of(self, requests: Sequence[Incoming], name: str) -> _Read:
        told = [one for one in requests if one.name.strip() or one.phones or one.emails]
        if not told:
            raise InvalidInput(NO_REQUEST, name=name)
        if any(one.seal and intake.seen(self._desk.book, one.seal) for one in told):
            raise InvalidInput(N_("“{name}” was taken before. Nothing was saved."), name=name)
        return _Read(told, intake.known(self._desk.book, told[0]) if len(told) == 1 else None, name)

    def _take_text(self, text: str) -> None:
        """A card, a form's lines, a signature or a phone number; a block of cells is a list."""
        if len([line for line in text.splitlines() if "\t" in line]) > 1:
            self._desk.messages.note(tr(N_("That is a list: paste it into the list of customers, or import it as a "
                                           "file.")))
            return

        def work(progress: Progress) -> _Read:
            from desktop_crm.services import intake_files

            name = tr(N_("Pasted text"))
            if _CARD.match(text):
                with tempfile.TemporaryDirectory(prefix="desktop-crm-") as folder:
                    card = Path(folder) / "card.vcf"
                    card.write_text(text[:_MOST], "utf-8")
                    return self._of(intake_files.read(self._desk.book, card, progress.cancelled), name)
            one = intake_files.of_text(self._desk.book, text[:_MOST])
            return self._of([one] if one is not None else [], name)

        self._desk.jobs.run(work, lambda read: self._decide(read, None), self._desk.messages.tell, label="")

    def _decide(self, read: _Read, path: Path | None) -> None:
        """Take one at once, unless it seems to be of someone who is known: then ask."""
        if len(read.requests) > 1 and path is not None:
            self.list_wanted.emit(str(path))
        elif read.known is None:
            self._take(read, {})
        else:
            one = read.known
            self._desk.messages.offer(
                tr(N_("{name} looks like {other}, who is known."), name=read.requests[0].name or read.name,
                   other=one.name),
                tr(N_("Log it on their card")), lambda: self._take(read, {0: one.id}), "warn",
                (tr(N_("New request")), lambda: self._take(read, {})))

    def _take(self, read: _Read, onto: dict[int, int]) -> None:
        desk = self._desk
        try:
            done = intake.take(desk.book, read.requests, onto=onto, said=read.name)
        except CrmError as error:
            desk.messages.tell(error)
            return
        self._tell([done])

    # --- several --------------------------------------------------------------------------------------------------

    def _run_all(self, paths: Sequence[Path]) -> None:
        def work(progress: Progress) -> tuple[list[Taken], list[CrmError]]:
            from desktop_crm.services import intake_files

            done: list[Taken] = []
            refused: list[CrmError] = []
            for path in paths:
                progress.check()
                try:
                    done.append(intake_files.take_file(self._desk.book, path, progress.cancelled))
                except CrmError as error:
                    refused.append(error)
            return done, refused

        self._desk.jobs.run(work, lambda found: self._took(*found), self._desk.messages.tell,
                            label=tr(N_("Reading the files")))

    def _took(self, done: list[Taken], refused: list[CrmError]) -> None:
        new = [one for one in done if not one.again]
        if refused:
            self._desk.messages.tell(refused[0])
        elif new:
            self._tell(new)
        else:
            self._desk.messages.note(tr(N_("Nothing new came in.")))

    def _tell(self, done: Sequence[Taken]) -> None:
        self._desk.messages.undoable(said(done), lambda: self._take_back([one.work for one in done]))
        for key in [key for one in done for key in one.created][:1]:
            self.taken.emit(key)

    def _take_back(self, works: Sequence[int]) -> None:
        try:
            intake.take_back(self._desk.book, works)
        except CrmError as error:
            self._desk.messages.tell(error)
