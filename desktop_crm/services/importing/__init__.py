"""Bringing a user's table into the business: proposed, previewed, corrected by hand, done as one undoable act."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.domain.errors import N_, Cancelled, CrmError, InvalidInput
from desktop_crm.domain.importing import (
    KINDS,
    ColumnMapping,
    ImportField,
    ImportResult,
    Mapping,
    Preview,
    PreviewRow,
    Problem,
    fields,
)
from desktop_crm.i18n import Language
from desktop_crm.readers import RawTable, ReadOptions, read_table
from desktop_crm.services import reminders, safety
from desktop_crm.services.book import Book
from desktop_crm.services.importing import mapping as mappings
from desktop_crm.services.importing import preview as previews
from desktop_crm.services.importing.mapping import propose
from desktop_crm.services.importing.plan import Plan, planned
from desktop_crm.services.importing.writing import write
from desktop_crm.storage import importing as storage

Progress = Callable[[int, int], None]

PREVIEW_ROWS = 20


def preview(book: Book, table: RawTable, mapping: Mapping, kind: str, rows: int = PREVIEW_ROWS,
            language: Language | None = None) -> Preview:
    """What the import would do, and its first rows as they will be, in `language` (default the file's).

    Raises InvalidInput while no column gives what a record of the kind must have, or two give the same.
    """
    mappings.complete(mapping, table)
    with _uncollected(), book.read() as connection:
        plan = planned(connection, book, table, mapping)
        shown = previews.first_rows(plan, rows, book.currency, language or book.language)
        counts = _Counts.of(plan)
        return Preview(shown, counts.read, counts.created, counts.updated, counts.skipped, plan.also_created,
                       _problems(plan))


def change(book: Book, table: RawTable, mapping: Mapping, changes: Sequence[tuple[str, str]] = (),
           match: str = "") -> Mapping:
    """The mapping with columns changed by hand ((column, field), "" leaves it out) and the field that rows match by."""
    return mappings.matching(mappings.overridden(mapping, table, changes, book), match)


def run(book: Book, source: Path | RawTable, kind: str, *, mapping: Mapping | None = None,
        overrides: Sequence[tuple[str, str]] = (), match: str = "", dry_run: bool = False, encoding: str = "",
        sheet: str = "", progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> ImportResult:
    """Import a file, or a table that was read, as `kind`, in one act that can be undone.

    Rows match records by external id, else by name; what is wrong in a row is told and does not stop the
    others. Raises Unreadable for a file that gives no table, InvalidInput for a mapping that cannot be,
    CrmError if no row could be taken, Cancelled if `cancelled()` turned true; then nothing is kept.
    """
    stop = cancelled or _never
    options = ReadOptions(encoding=encoding, sheet=sheet)
    table = source if isinstance(source, RawTable) else read_table(source, options, cancelled=stop)
    if sheet and not table.sheets:
        raise InvalidInput(N_("“{name}” is a text file and has no sheets; leave out --sheet. Nothing was imported."),
                           "sheet", name=Path(table.path).name)
    chosen = change(book, table, mapping or propose(table, kind, book), overrides, match)
    mappings.complete(chosen, table)
    with _uncollected():
        return _dry(book, table, chosen) if dry_run else _done(book, table, chosen, progress, stop)


def _never() -> bool:
    return False


def _dry(book: Book, table: RawTable, mapping: Mapping) -> ImportResult:
    with book.read() as connection:
        plan = planned(connection, book, table, mapping)
        _some(plan, table, book.language)
        return _result(plan, previews.first_rows(plan, PREVIEW_ROWS, book.currency, None))


def _done(book: Book, table: RawTable, mapping: Mapping, progress: Progress | None,
          stop: Callable[[], bool]) -> ImportResult:
    name = Path(table.path).name
    safety.keep(book, "import", lambda *_: _go_on(name, stop))
    with book.work(N_("Import {file}"), bulk=True, file=name) as work:
        plan = planned(work.connection, book, table, mapping)
        _some(plan, table, book.language)
        rung = list(plan.changes) if plan.made.kind == "tasks" else []
        with storage.roomy(work.connection), reminders.kept_right(book, work.connection, rung):
            write(work.connection, plan, book.currency, _Steps(name, len(plan.new), progress, stop))
        result = _result(plan, None)
    changes = work.done
    return ImportResult(result.read, result.created, result.updated, result.skipped, result.also_created,
                        result.problems, None, changes if changes.count else None)


def _go_on(name: str, stop: Callable[[], bool]) -> None:
    if stop():
        raise Cancelled(N_("The import of “{name}” was stopped; nothing was changed."), name=name)


class _Steps:
    """Tells how far the writing is, and stops it where the user wants."""

    def __init__(self, name: str, total: int, progress: Progress | None, stop: Callable[[], bool]) -> None:
        self._name, self._total, self._progress, self._stop = name, total, progress, stop
        self._done = 0
        self(0)

    def __call__(self, rows: int) -> None:
        """Note `rows` more; Cancelled if the user wants no more."""
        _go_on(self._name, self._stop)
        self._done += rows
        if self._progress is not None:
            self._progress(self._done, self._total)


@dataclass(frozen=True, slots=True)
class _Counts:
    read: int
    created: int
    updated: int
    skipped: int

    @classmethod
    def of(cls, plan: Plan) -> _Counts:
        """How many rows do what."""
        read, created, updated = len(plan.made), len(plan.new), len(plan.updated)
        return cls(read, created, updated, read - created - updated)


def _some(plan: Plan, table: RawTable, words: Language) -> None:
    """Raise CrmError where not one row can be taken."""
    if len(plan.made.bad) < len(plan.made):
        return
    name = Path(table.path).name
    problem = next(iter(_problems(plan)), None)
    if problem is None:
        raise CrmError(N_("“{name}” holds no rows below its headings. Nothing was imported."), name=name)
    raise CrmError(N_("Not one row of “{name}” could be imported; row {row}, {column}: {why}"), name=name,
                   row=problem.row, column=problem.column, why=problem.text(words))


def _problems(plan: Plan) -> tuple[Problem, ...]:
    return tuple(sorted(plan.made.problems, key=lambda problem: problem.row))


def _result(plan: Plan, shown: tuple[PreviewRow, ...] | None) -> ImportResult:
    counts = _Counts.of(plan)
    return ImportResult(counts.read, counts.created, counts.updated, counts.skipped, plan.also_created,
                        _problems(plan), shown)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: it would look at millions of small values, that come to stay, again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


__all__ = [
    "KINDS", "PREVIEW_ROWS", "ColumnMapping", "ImportField", "ImportResult", "Mapping", "Preview", "PreviewRow",
    "Problem", "change", "fields", "preview", "propose", "run",
]
