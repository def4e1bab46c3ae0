"""A list as a file: CSV or Excel; customers and contacts also as vCard, a carried page or a printed address book;
tasks also as a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from desktop_crm.domain.calendars import Calendar, Event
from desktop_crm.domain.cards import AddressBook, Card, Entry
from desktop_crm.domain.errors import N_, Cancelled, InvalidInput
from desktop_crm.domain.export_profiles import CsvForm
from desktop_crm.export.files import write as write_report
from desktop_crm.reports.report import Report

SUFFIXES = (".vcf", ".csv", ".xlsx", ".html", ".pdf", ".ics")
"""The kinds of files that a list can be written to."""
_STEP = 50


class Source(Protocol):
    """What a list is written from: each shape is made when it is asked for."""

    @property
    def count(self) -> int:
        """How many records there are."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The kinds of files that they can be written to."""

    def cards(self) -> Iterator[Card]:
        """Their cards."""

    def entries(self) -> Iterator[Entry]:
        """The lines of an address book."""

    def table(self, progress: Callable[[int, int], None] | None = None) -> Report:
        """A report of one table."""

    @property
    def form(self) -> CsvForm:
        """How its CSV is written."""

    def heading(self) -> AddressBook:
        """What heads an address book."""

    def events(self) -> Iterator[Event]:
        """The entries of a calendar."""

    def calendar(self) -> Calendar:
        """What heads a calendar."""


def write(source: Source, path: Path, *, version: str = "4.0", progress: Callable[[int, int], None] | None = None,
          cancelled: Callable[[], bool] | None = None) -> None:
    """Write a list by the path's suffix, whole or not at all; `version` is a vCard's; `progress(done, all)`.

    Raises InvalidInput for another suffix or version, FileRefused where the file cannot be written, Cancelled when
    the user stopped it.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInput(N_("“{file}” names no kind of file that a list can be written to: let it end in "
                              "{suffixes}."), "path", file=path.name, suffixes=", ".join(SUFFIXES))
    if suffix not in source.suffixes:
        raise InvalidInput(N_("“{file}” cannot hold this list: let it end in {suffixes}. Nothing was written."), "path",
                           file=path.name, suffixes=", ".join(source.suffixes))
    step = _Step(path, source.count, progress, cancelled)
    if suffix == ".vcf":
        from desktop_crm.export.vcards import write_vcards

        write_vcards(source.cards(), path, version, step)
    elif suffix == ".html":
        from desktop_crm.export.address_html import write_html

        write_html(source.heading(), source.entries(), path, step)
    elif suffix == ".pdf":
        from desktop_crm.export.address_pdf import write_pdf

        write_pdf(source.heading(), source.entries(), path, step)
    elif suffix == ".ics":
        from desktop_crm.export.calendars import write_calendar

        write_calendar(source.calendar(), source.events(), path, step)
    else:
        write_report(source.table(step.at), path, progress=progress, cancelled=cancelled, form=source.form)


class _Step:
    """Tells how far the writing is, and stops it where the user wants."""

    def __init__(self, path: Path, total: int, progress: Callable[[int, int], None] | None,
                 cancelled: Callable[[], bool] | None) -> None:
        self._path, self._total, self._progress, self._cancelled = path, total, progress, cancelled
        self._done = 0

    def __call__(self) -> None:
        """Note one record more; Cancelled if the user wants no more."""
        self._done += 1
        if self._done % _STEP == 0 or self._done >= self._total:
            self.at(self._done, self._total)

    def at(self, done: int, total: int) -> None:
        """Say that so many of `total` records are done; Cancelled if the user wants no more."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled(N_("Writing “{file}” was stopped; nothing was written."), file=self._path.name)
        if self._progress is not None:
            self._progress(done, total)
