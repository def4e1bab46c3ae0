"""What is being imported, and the slow work on it: reading, proposing, looking, checking, importing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import Cancelled, CrmError, InvalidInput
from desktop_crm.domain.importing import ImportResult, Mapping, Preview
from desktop_crm.readers import RawTable, ReadOptions, read_table
from desktop_crm.services import history, importing
from desktop_crm.services.book import Book
from desktop_crm.services.importing import cards
from desktop_crm.services.importing.guessing import guess
from desktop_crm.services.importing.mapping import BY_HAND, formatted
from desktop_crm.services.importing.meanings import Meaning, choices, meanings
from desktop_crm.services.importing.remembered import kind_of
from desktop_crm.ui.jobs import Job, Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

T = TypeVar("T")
SAMPLE_ROWS = 500
"""How many rows are read to show what a file looks like."""


@dataclass(frozen=True, slots=True)
class _Look:
    """The first rows as they will be (or why there are none), and the words of choices with what they can mean."""

    mapping: Mapping
    preview: Preview | None
    why: str
    words: tuple[Meaning, ...]
    offers: dict[str, dict[str, str]]


class Session(QObject):
    """One file on its way into the book. Its slow work runs in jobs; of each sort the newest request wins.

    `busy(label, Job)` and `idle()` frame the work that the user waits for; `refused(sentence)` says why it failed.
    """

    busy = Signal(str, object)
    idle = Signal()
    refused = Signal(str)
    sampled = Signal()
    loaded = Signal()
    remapped = Signal()
    looked = Signal(object, str)  # Preview of the first rows, or None and why there is none
    checked = Signal()
    imported = Signal()
    undone = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._messages = book, jobs, messages
        self._work, self._looking = Latest(jobs), Latest(jobs)
        self._job: Job | None = None
        self.committing = False
        self.clear()

    def clear(self) -> None:
        """Forget the file and all that was said about it."""
        self.drop()
        self.path = Path()
        self.options = ReadOptions()
        self.kind = ""
        self.apart = True  # of contact cards: whether persons of no company become customers
        self.sample: RawTable | None = None
        self.table: RawTable | None = None
        self.mapping: Mapping | None = None
        self.check_result: Preview | None = None
        self.result: ImportResult | None = None
        self.words: tuple[Meaning, ...] = ()
        self.offers: dict[str, dict[str, str]] = {}
        self.actions: list[str] = []
        self.parked: set[int] = set()
        self._proposed: object = None
        self._unformatted: set[int] = set()

    def drop(self) -> None:
        """Forget the work on its way, except an import that is being saved."""
        self._looking.drop()
        if not self.committing:
            self._work.drop()
            self._job = None
            self.idle.emit()

    @property
    def working(self) -> bool:
        """Whether the user waits for something."""
        return self._job is not None

    def cancel(self) -> None:
        """Stop what the user waits for; an import that is past stopping ends as done."""
        if self.committing and self._job is not None:
            self._job.cancel()
        else:
            self.drop()

    # --- the file -------------------------------------------------------------------------------------------------

    def take(self, path: Path) -> None:
        """Begin with a file: read its first rows and guess what they are."""
        if self.committing:
            return
        self.clear()
        self.path = path
        self._read_sample()

    def reread(self, **options: object) -> None:
        """Read the first rows anew, as the user says (encoding, delimiter, sheet, header_row)."""
        self.options = replace(self.options, **options)  # type: ignore[arg-type]  # ReadOptions' own fields
        self.table = self.mapping = None
        self._read_sample()

    def _read_sample(self) -> None:
        path, options, book, first = self.path, replace(self.options, limit_rows=SAMPLE_ROWS), self._book, not self.kind

        def work(progress: Progress) -> tuple[RawTable, str]:
            table = read_table(path, options, cancelled=progress.cancelled)
            return table, (kind_of(table, book) or guess(table, book)) if first else ""

        self._run(work, self._sampled, tr(N_("Reading {file}"), file=path.name))

    def _sampled(self, found: tuple[RawTable, str]) -> None:
        self.sample, kind = found
        self.kind = self.kind or kind
        self.table = self.sample if len(self.sample.rows) < SAMPLE_ROWS else None
        self.mapping = None
        self.sampled.emit()

    def choose_kind(self, kind: str) -> None:
        """Say what the file's rows are."""
        self.kind = kind

    def choose_apart(self, apart: bool) -> None:
        """Say of contact cards whether persons of no company become customers."""
        self.apart = apart

    # --- the columns ----------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the whole file and propose what its columns become; what was changed by hand before stays."""
        if self.mapping is not None and self._proposed == (self.options, self.kind, self.apart):
            self.loaded.emit()
            return
        path, options, kind, book, known = self.path, self.options, self.kind, self._book, self.table
        apart = self.apart

        def work(progress: Progress) -> tuple[RawTable, Mapping]:
            table = known or read_table(path, options, cancelled=progress.cancelled)
            return table, cards.told(importing.proposed(table, kind, book), table, apart)

        self._run(work, self._loaded, tr(N_("Reading {file}"), file=path.name))

    def _loaded(self, found: tuple[RawTable, Mapping]) -> None:
        self.table, self.mapping = found
        self._proposed = (self.options, self.kind, self.apart)
        self._unformatted, self.parked = set(), set()
        self.loaded.emit()

    def choose_field(self, index: int, key: str) -> None:
        """Say what a column becomes ("" leaves it out).

        A field that takes one column only leaves the one that was proposed; of two chosen by hand the first rows say
        which they are.
        """
        if self.mapping is None:
            return
        single = key in {item.key for item in self.mapping.offered if not item.many}
        columns = [replace(column, field="", reason="") for column in self.mapping.of(key)
                   if key and single and column.reason != BY_HAND]
        columns.append(replace(self.mapping.columns[index], field=key, reason=BY_HAND if key else ""))
        self._unformatted.add(index)
        self._remap(self.mapping.changed(columns))

    def choose_order(self, index: int, order: str) -> None:
        """Say in which order a column writes its dates."""
        if self.mapping is not None:
            self._unformatted.discard(index)
            self._remap(self.mapping.changed([replace(self.mapping.columns[index], order=order)]))

    def choose_sign(self, index: int, sign: str) -> None:
        """Say which decimal sign a column writes."""
        if self.mapping is not None:
            self._unformatted.discard(index)
            self._remap(self.mapping.changed([replace(self.mapping.columns[index], decimal=sign)]))

    def choose_match(self, match: str) -> None:
        """Say by which field rows find the records that are there already."""
        if self.mapping is not None:
            self._remap(replace(self.mapping, match=match))

    def choose_meaning(self, field: str, word: str, meaning: str) -> None:
        """Say what a word of a column means ("" leaves it out)."""
        if self.mapping is not None:
            self._remap(self.mapping.meaning(field, word, meaning))

    def keep(self, field: str, kept: bool) -> None:
        """Say whether a field stays as it is in records that exist, and check anew."""
        if self.mapping is not None:
            self._rechecked(replace(self.mapping, kept=self.mapping.kept | {field} if kept else
                                    self.mapping.kept - {field}))

    def choose_empties(self, on: bool) -> None:
        """Say whether an empty cell empties its field, and check anew."""
        if self.mapping is not None:
            self._rechecked(replace(self.mapping, empties=on))

    def choose_replaces(self, on: bool) -> None:
        """Say whether e-mails, phones and tags take the place of the old ones, and check anew."""
        if self.mapping is not None:
            self._rechecked(replace(self.mapping, replaces=on))

    def _rechecked(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.check()

    def ahead(self) -> int:
        """How many rows would make or change something, of those that are not parked."""
        if self.check_result is None:
            return 0
        if not self.parked:
            found = self.check_result
            return found.created + found.updated or sum(found.also_created.values()) + sum(found.also_updated.values())
        return sum(action != "skip" for row, action in enumerate(self.actions) if row not in self.parked)

    def _remap(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.remapped.emit()
        self.look()

    def look(self) -> None:
        """Show the first rows as they will be."""
        if self.table is None or self.mapping is None:
            return
        table, mapping, book, settle = self.table, self.mapping, self._book, self._settler()
        head = replace(table, rows=table.rows[:importing.PREVIEW_ROWS], lines=table.lines[:importing.PREVIEW_ROWS])
        language = current()

        def work(progress: Progress) -> _Look:
            settled = settle(mapping)
            words = meanings(book, table, settled, language)
            offers = {word.field: dict(choices(book, settled.kind, word.field)) for word in words}
            try:
                shown = importing.preview(book, head, settled, settled.kind, language=language)
                return _Look(settled, shown, "", words, offers)
            except InvalidInput as error:
                return _Look(settled, None, language.error(error), words, offers)

        self._looking.run(work, self._looked, self._failed, label="")

    def _looked(self, found: _Look) -> None:
        self._settled(found.mapping)
        self.words, self.offers = found.words, found.offers
        self.remapped.emit()
        self.looked.emit(found.preview, found.why)

    def _settler(self) -> Callable[[Mapping], Mapping]:
        """What finds the date order and decimal sign of the columns that were chosen by hand."""
        table, waiting, book = self.table, tuple(self._unformatted), self._book

        def settle(mapping: Mapping) -> Mapping:
            rows = table.rows if table is not None else ()
            return mapping.changed([formatted(mapping.columns[index], [row[index] for row in rows], mapping.kind, book)
                                    for index in waiting])

        return settle

    def _settled(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self._unformatted.clear()

    # --- the check and the import ---------------------------------------------------------------------------------

    def check(self) -> None:
        """Think the whole import through, changing nothing."""
        if self.table is None or self.mapping is None:
            return
        table, mapping, book, settle, language = self.table, self.mapping, self._book, self._settler(), current()
        self._looking.drop()
        self.check_result = None

        def work(progress: Progress) -> tuple[Mapping, Preview, list[str]]:
            settled = settle(mapping)
            found = importing.preview(book, table, settled, settled.kind, rows=0, language=language)
            return settled, found, list(found.actions)

        self._run(work, self._checked, tr(N_("Checking {file}"), file=self.path.name))

    def _checked(self, found: tuple[Mapping, Preview, list[str]]) -> None:
        self._settled(found[0])
        self.check_result, self.actions = found[1], found[2]
        self.checked.emit()

    def run(self) -> None:
        """Import the file, in one act."""
        if self.table is None or self.mapping is None or self.committing:
            return
        table, mapping, book = self.table, self.mapping, self._book
        rows = set(range(len(table.rows))) - self.parked if self.parked else None

        def work(progress: Progress) -> ImportResult:
            return importing.run(book, table, mapping.kind, mapping=mapping, rows=rows, cancelled=progress.cancelled,
                                 progress=lambda done, total: progress.report(done, total))

        self.committing = True
        self._run(work, self._imported, tr(N_("Importing {file}"), file=self.path.name))

    def _imported(self, result: ImportResult) -> None:
        self.result = result
        self.table = self.mapping = None  # a big file need not stay in memory behind the figures
        self.imported.emit()

    def undo(self) -> bool:
        """Take the import back; False, and told, if it is no longer the newest act."""
        book = self._book
        if self.committing or not self.can_undo():
            self._messages.note(tr(N_("This import is no longer the newest act: undo what came after it first.")))
            return False
        self.committing = True
        self._run(lambda _: book.undo(), self._undone, tr(N_("Undoing")))
        return True

    def _undone(self, _: Changes) -> None:
        self.result = None
        self.undone.emit()

    def can_undo(self) -> bool:
        """Whether this import is what an undo would take back."""
        if self.result is None or self.result.changes is None:
            return False
        standing = [act.id for act in history.acts(self._book, current(), limit=50) if not act.undone]
        return standing[-1:] == [self.result.changes.work_id]

    # --- jobs -----------------------------------------------------------------------------------------------------

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None], label: str) -> None:
        def answer(result: T) -> None:
            self._rest()
            done(result)

        def refuse(error: Exception) -> None:
            self._rest()
            self._failed(error)

        self._job = self._work.run(work, answer, refuse, label=label)
        self.busy.emit(label, self._job)

    def _rest(self) -> None:
        self._job, self.committing = None, False
        self.idle.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._messages.note(current().error(error))
        elif isinstance(error, CrmError):
            self.refused.emit(current().error(error))
        else:
            self._messages.tell(error)
