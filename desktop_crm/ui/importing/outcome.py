"""What an import does, as cells: the first rows as they will be, and the list of what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import Mapping as ColumnsMapping
from desktop_crm.domain.importing import Preview, PreviewRow, Problem
from desktop_crm.readers import RawTable
from desktop_crm.services.importing.cells import text_of
from desktop_crm.services.importing.draft import LEFT_OUT
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Cell, LazyRows
from desktop_crm.ui.words import N_, current, tr

_NUMBERS = (FieldType.MONEY, FieldType.INTEGER, FieldType.QUANTITY)
Cells = list[tuple[Cell, ...]]


def first_rows(found: Preview, table: RawTable, mapping: ColumnsMapping) -> tuple[list[str], Cells]:
    """Headings and cells of the first rows; what was not taken stands struck, with the reason."""
    said = mapping.mapped.union(*(row.values for row in found.rows))
    shown = [item for item in mapping.offered if item.key in said]
    wrong = _by_place(found.problems, mapping)
    out = {problem.row for problem in found.problems if problem.values.get("fate") is LEFT_OUT}
    lines = {line: number for number, line in enumerate(table.lines[:len(found.rows)])}
    rows = []
    for row in found.rows:
        cells = [Cell(current().number(row.row), "dim", at_end=True), action_cell(row, row.row in out)]
        for item in shown:
            problem = wrong.get((row.row, item.key))
            cells.append(_taken(row, item.key, item.type in _NUMBERS) if problem is None else
                         _refused(problem, table, mapping, item.key, lines[row.row]))
        rows.append(tuple(cells))
    return [tr(N_("Line")), tr(N_("Will be")), *(phrases.field_title(item) for item in shown)], rows


def problem_rows(found: Sequence[Problem]) -> Sequence[tuple[Cell, ...]]:
    """Line, fate, column and reason of what was not taken."""
    return LazyRows(found, _problem)


def _problem(problem: Problem) -> tuple[Cell, ...]:
    tone = "bad" if problem.values.get("fate") is LEFT_OUT else "warn"
    return (Cell(current().number(problem.row), "dim", at_end=True), Cell(_fate(problem), tone, kind="badge"),
            Cell(problem.column or "—"), Cell(problem.text(current())))


def problem_headings() -> list[str]:
    """The headings of the list of problems."""
    return [tr(N_("Line")), tr(N_("What is left out")), tr(N_("Column")), tr(N_("Why"))]


def _fate(problem: Problem) -> str:
    return tr(N_("The row")) if problem.values.get("fate") is LEFT_OUT else tr(N_("The cell"))


def _by_place(found: Iterable[Problem], mapping: ColumnsMapping) -> Mapping[tuple[int, str], Problem]:
    keys = {column.column: column.field for column in mapping.columns if column.field}
    return {(problem.row, keys.get(problem.column, "name")): problem for problem in found}


def action_cell(row: PreviewRow, left_out: bool) -> Cell:
    """What happens to a row, as a badge."""
    if left_out:
        return Cell(tr(N_("Left out")), "bad", kind="badge")
    titles = {"create": (N_("New"), "good"), "update": (N_("Updated"), "accent"), "skip": (N_("Unchanged"), "neutral")}
    title, tone = titles[row.action]
    return Cell(tr(title), tone, kind="badge")


def _taken(row: PreviewRow, key: str, at_end: bool) -> Cell:
    return Cell(row.values.get(key, ""), at_end=at_end)


def _refused(problem: Problem, table: RawTable, mapping: ColumnsMapping, key: str, number: int) -> Cell:
    """The cell as the file has it, struck, with the reason; a missing one says so."""
    texts = [text_of(table.rows[number][column.index]) for column in mapping.of(key)]
    text = " ".join(text for text in texts if text)
    return Cell(text or tr(N_("missing")), "bad", problem.text(current()), struck=bool(text))
