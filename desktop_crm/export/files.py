"""Write a report to the file that the user named; the old file stays until the new one is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_crm import paths
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.export_profiles import CsvForm
from desktop_crm.export.progress import Progress
from desktop_crm.reports.report import Report

SUFFIXES = (".pdf", ".xlsx", ".csv", ".json")
"""The kinds of files that a report can be written to."""


def write(report: Report, path: Path, *, progress: Callable[[int, int], None] | None = None,
          cancelled: Callable[[], bool] | None = None, form: CsvForm | None = None) -> None:
    """Write the report as PDF, XLSX, CSV (in a `form`) or JSON, by the path's suffix; `progress(rows done, rows)`.

    The file appears whole or not at all. Raises InvalidInput for another suffix, FileRefused where
    the file cannot be written, Cancelled when the user stopped it.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInput(N_("“{file}” names no kind of file that a report can be written to: "
                              "let it end in {suffixes}."),
                           "path", file=path.name, suffixes=", ".join(SUFFIXES))
    paths.whole(path, lambda part: _write(report, part, suffix, Progress(report, progress, cancelled), form))


def _write(report: Report, path: Path, suffix: str, progress: Progress, form: CsvForm | None) -> None:
    """Hand over to the writer of the suffix, whose library is imported only now."""
    if suffix == ".pdf":
        from desktop_crm.export.pdf import write_pdf
        write_pdf(report, path, progress)
    elif suffix == ".xlsx":
        from desktop_crm.export.sheets import write_xlsx
        write_xlsx(report, path, progress)
    elif suffix == ".csv":
        from desktop_crm.export.sheets import write_csv
        write_csv(report, path, form or CsvForm())
    else:
        from desktop_crm.export.plain import write_json
        write_json(report, path)
