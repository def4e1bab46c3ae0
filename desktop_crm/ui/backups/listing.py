"""The list of a file's backups: when, why, how large, what each holds, and whether it is verified."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.domain.backups import Backup
from desktop_crm.services import backup_words
from desktop_crm.services.book import Book
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.words import N_, current, tr


class BackupList(RecordTable):
    """The backups, newest first; `selected` and `opened` carry their places, from 1."""

    def __init__(self, book: Book) -> None:
        super().__init__(tr(N_("Backups")))
        self._book = book
        self._rows: tuple[Backup, ...] = ()
        self.model_: PagedModel[Backup] = PagedModel(
            self._columns(), lambda ids: [self.backup(key) for key in ids], self)
        self.set_paged(self.model_)
        self.setSelectionMode(RecordTable.SelectionMode.SingleSelection)

    def backup(self, place: int | None) -> Backup | None:
        """The backup at a place, None outside."""
        return self._rows[place - 1] if place is not None and 0 < place <= len(self._rows) else None

    def chosen(self) -> Backup | None:
        """The backup that is selected."""
        return self.backup(next(iter(self.selected_ids()), None))

    def show_backups(self, rows: Sequence[Backup]) -> None:
        """Show these; the one that was chosen stays chosen, else the newest is."""
        before = self.chosen()
        self._rows = tuple(rows)
        self.model_.set_ids(range(1, len(self._rows) + 1))
        places = [place for place, item in enumerate(self._rows, 1) if before is not None and item.path == before.path]
        self.select(places[0] if places else 1)

    def _columns(self) -> list[ColumnSpec[Backup]]:
        words = current()
        zone = self._book.business.zone

        def count(kind: str, item: Backup) -> str:
            return words.number(item.counts[kind]) if kind in item.counts else "—"

        return [
            ColumnSpec("at", tr(N_("When")), lambda item: backup_words.moment(
                words, item.instant, self._book.now(), zone), bold=True, width=180, stretch=True, sortable=False),
            ColumnSpec("why", tr(N_("Why")), lambda item: backup_words.why(words, item), kind="dim", width=210,
                       sortable=False),
            ColumnSpec("customers", tr(N_("Customers")), lambda item: count("customers", item), align="end",
                       width=150, sortable=False),
            ColumnSpec("deals", tr(N_("Deals")), lambda item: count("deals", item), align="end", width=130,
                       sortable=False),
            ColumnSpec("size", tr(N_("Size")), lambda item: backup_words.size(words, item), align="end", width=100,
                       sortable=False),
            ColumnSpec("state", tr(N_("Verified")), lambda item: backup_words.state(words, item), kind="badge",
                       tone=_tone, width=150, sortable=False),
        ]


def _tone(item: Backup) -> str:
    return "bad" if item.problem else "good" if item.verified else "neutral"
