"""A report as a PDF: A4, its figures, chart and lists on top, its tables below, its notes at the end."""

from __future__ import annotations

from pathlib import Path

from desktop_crm import i18n
from desktop_crm.domain.errors import N_
from desktop_crm.export.cells import forms
from desktop_crm.export.fonts import scripts
from desktop_crm.export.grid import Grid
from desktop_crm.export.panels import figures, picture
from desktop_crm.export.paper import BASE, Paper
from desktop_crm.export.progress import Progress
from desktop_crm.reports.report import Report


def write_pdf(report: Report, path: Path, progress: Progress | None = None) -> None:
    """Write the report on as many pages as it takes; the same report gives the same bytes.

    Letters that no font at hand has stand as boxes, can still be copied, and are named in a note at
    the end. Raises Cancelled when the user stops it, OSError from the disk.
    """
    language = i18n.language(report.language)
    progress = progress or Progress(report)
    paper = Paper(report, language)
    shapes = forms(report.currency, language)
    grids = [Grid(paper, table, shapes) for table in report.tables if table.columns]
    paper.begin(landscape=any(grid.wants_landscape() for grid in grids))
    figures(paper, report.figures)
    picture(paper, report.chart, report.sections)
    for grid in grids:
        grid.draw(progress)
    for note in report.notes:
        _note(paper, note)
    if paper.type.missing:
        _note(paper, boxes(paper))
    path.write_bytes(paper.finish())


def boxes(paper: Paper) -> str:
    """The sentence that names the scripts of the letters that stand as boxes."""
    return paper.language.say(N_("No font on this computer has these letters: {scripts}. They are printed "
                                 "as boxes; copied from this page they are whole."),
                              scripts=paper.language.listed(scripts(paper.type.missing, paper.language)))


def _note(paper: Paper, text: str) -> None:
    for piece in paper.type.wrap(text, paper.inner, BASE, most=12):
        paper.need(BASE * 1.5)
        paper.put(paper.left, paper.top + BASE, piece, "dim")
        paper.top += BASE * 1.45
    paper.top += 3
