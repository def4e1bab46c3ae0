"""Bringing a user's table into the business: proposed, previewed, corrected by hand, done as one undoable act."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
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
from desktop_crm.domain.importing.fields import RING
from desktop_crm.i18n import Language
from desktop_crm.readers import RawTable, ReadOptions, read_table
from desktop_crm.services import reminders, safety, scored
from desktop_crm.services.book import Book
from desktop_crm.services.importing import cards, meanings, picking, remembered
from desktop_crm.services.importing import mapping as mappings
from desktop_crm.services.importing import preview as previews
from desktop_crm.services.importing.cells import text_of
from desktop_crm.services.importing.differences import differences
from desktop_crm.services.importing.mapping import propose
from desktop_crm.services.importing.together import Together, together
from desktop_crm.services.importing.values import ANSWERED
from desktop_crm.services.importing.writing import write
from desktop_crm.storage import importing as storage
from desktop_crm.storage.reminders import set_rings

Progress = Callable[[int, int], None]

PREVIEW_ROWS = 20


def preview(book: Book, table: RawTable, mapping: Mapping, kind: str, rows: int = PREVIEW_ROWS,
            language: Language | None = None) -> Preview:
    """What the import would do: its first rows as they will be, in `language` (default the file's), and each change.

    With `rows` 0 all rows are there, put in words as they are looked at. Raises InvalidInput while no column gives
    what a record of the kind must have, or two give the same.
    """
    mappings.complete(mapping, table)
    words = language or book.language
    with _uncollected(), book.read() as connection:
        plans = together(connection, book, table, mapping)
        shown = previews.first_rows(plans, rows, book.currency, words) if rows else previews.Rows(
            plans, book.currency, words)
        counts = _Counts.of(plans)
        return Preview(shown, counts.read, counts.created, counts.updated, counts.skipped, plans.also_created,
                       plans.problems, plans.also_updated, differences(connection, plans, book.currency, words),
                       () if rows else previews.actions(plans))


def proposed(table: RawTable, kind: str, book: Book) -> Mapping:
    """The likeliest mapping, with what was said by hand about the last table of the same headings."""
    return remembered.recalled(propose(table, kind, book), table, book)


def change(book: Book, table: RawTable, mapping: Mapping, changes: Sequence[tuple[str, str]] = (),
           match: str = "") -> Mapping:
    """The mapping with columns changed by hand ((column, field), "" leaves it out) and the field that rows match by."""
    return mappings.matching(mappings.overridden(mapping, table, changes, book), match)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is said besides the columns: words that mean something ("Column: word=meaning"), fields to be kept as they
    are, whether empty cells empty, whether e-mails, phones and tags replace the old ones, and the rows ("1-20,35")."""

    values: Sequence[str] = ()
    keep: Sequence[str] = ()
    empties: bool = False
    replaces: bool = False
    rows: str = ""


def run(book: Book, source: Path | RawTable, kind: str, *, mapping: Mapping | None = None,
        overrides: Sequence[tuple[str, str]] = (), match: str = "", dry_run: bool = False, encoding: str = "",
        sheet: str = "", wishes: Wishes | None = None, rows: Collection[int] | None = None,
        progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> ImportResult:
    """Import a file, or a table that was read, as `kind`, in one act that can be undone; of `rows` (from 0) only these.

    Without a kind cards become contacts of their companies, and persons of none customers; a table wants a kind.
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
    if not kind:
        kind, mapping = _of_cards(table, mapping, book)
    usual = propose(table, kind, book)
    chosen = change(book, table, mapping or remembered.recalled(usual, table, book), overrides, match)
    if wishes is not None:
        chosen = _wished(chosen, table, wishes)
        rows = picking.rows_of(wishes.rows, len(table.rows)) if wishes.rows else rows
    mappings.complete(chosen, table)
    part = picking.picked(table, rows)
    with _uncollected():
        done = _dry(book, part, chosen) if dry_run else _done(book, part, chosen, usual, progress, stop)
    return replace(done, parked=len(table.rows) - len(part.rows), shape=chosen.shape, aside=_aside(chosen, part))


def _aside(mapping: Mapping, table: RawTable) -> tuple[str, ...]:
    """The headings of the columns that hold something and become nothing."""
    return tuple(column.column for column in mapping.columns
                 if not column.field and not cards.taken(mapping, table, column)
                 and any(text_of(row[column.index]) for row in table.rows))


def _of_cards(table: RawTable, mapping: Mapping | None, book: Book) -> tuple[str, Mapping]:
    """The kind and mapping of a file of cards, persons of no company apart; InvalidInput for a table."""
    if table.cards is None:
        raise InvalidInput(N_("Say what the rows of “{name}” are. Nothing was imported."), "kind",
                           name=Path(table.path).name)
    return "contacts", mapping or cards.told(proposed(table, "contacts", book), table, True)


def _wished(mapping: Mapping, table: RawTable, wishes: Wishes) -> Mapping:
    """The mapping with what was said besides the columns; InvalidInput for a field or a column that there is not."""
    for given in wishes.values:
        mapping = meanings.said(mapping, table, given)
    kept = {mappings.named_field(mapping.kind, name, mapping.own) for name in wishes.keep}
    return replace(mapping, kept=mapping.kept | kept, empties=mapping.empties or wishes.empties,
                   replaces=mapping.replaces or wishes.replaces)


def _never() -> bool:
    return False


def _dry(book: Book, table: RawTable, mapping: Mapping) -> ImportResult:
    with book.read() as connection:
        plans = together(connection, book, table, mapping)
        _some(plans, table, book.language)
        result = _result(plans, previews.first_rows(plans, PREVIEW_ROWS, book.currency, None))
        return replace(result, differences=differences(connection, plans, book.currency, None))


def _done(book: Book, table: RawTable, mapping: Mapping, usual: Mapping, progress: Progress | None,
          stop: Callable[[], bool]) -> ImportResult:
    name = Path(table.path).name
    safety.keep(book, "import", lambda *_: _go_on(name, stop))
    with book.work(N_("Import {file}"), bulk=True, file=name) as work:
        plans = together(work.connection, book, table, mapping)
        _some(plans, table, book.language)
        if table.cards is not None:
            cards.keep(book, plans.plans, table.cards)
        rung = [task for plan in plans.plans if plan.made.kind == "tasks" for task in plan.changes]
        with storage.roomy(work.connection), reminders.kept_right(book, work.connection, rung):
            write(work.connection, plans, book.currency, _Steps(name, plans.new, progress, stop))
            reminders.begin(book, work.connection, [plan.ids[row] for plan in plans.plans
                                                    if "remind_minutes" in plan.made.values for row in plan.new])
            set_rings(work.connection, _rings(plans))
        scored.follow(book, work, None)
        remembered.remember(work.connection, mapping, usual)
        result = _result(plans, None)
    changes = work.done
    return replace(result, changes=changes if changes.count else None)


def _rings(plans: Together) -> dict[int, datetime | None]:
    """The rings of new tasks that the file says, None for a reminder that was answered."""
    return {plan.ids[row]: None if said == ANSWERED else datetime.fromisoformat(said)
            for plan in plans.plans if plan.made.kind == "tasks" and RING in plan.made.values
            for row in plan.new if (said := plan.made.values[RING][row]) is not None}


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
    def of(cls, plans: Together) -> _Counts:
        """How many rows do what."""
        read, created, updated = plans.rows, 0, 0
        for plan in plans.own:
            created, updated = created + len(plan.new), updated + len(plan.updated)
        return cls(read, created, updated, read - created - updated)


def _some(plans: Together, table: RawTable, words: Language) -> None:
    """Raise CrmError where not one row can be taken."""
    if any(len(plan.made.bad) < len(plan.made) for plan in plans.own):
        return
    name = Path(table.path).name
    problem = next(iter(plans.problems), None)
    if problem is None:
        raise CrmError(N_("“{name}” holds no rows below its headings. Nothing was imported."), name=name)
    raise CrmError(N_("Not one row of “{name}” could be imported; row {row}, {column}: {why}"), name=name,
                   row=problem.row, column=problem.column, why=problem.text(words))


def _result(plans: Together, shown: tuple[PreviewRow, ...] | None) -> ImportResult:
    counts = _Counts.of(plans)
    return ImportResult(counts.read, counts.created, counts.updated, counts.skipped, plans.also_created,
                        plans.problems, shown, also_updated=plans.also_updated)


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
    "Problem", "Wishes", "change", "fields", "preview", "propose", "proposed", "run",
]
