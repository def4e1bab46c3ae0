"""A workbook's sheet → grid, by calamine; cells keep their own types, blank ones are None."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_crm.domain.errors import N_
from desktop_crm.readers.grid import Grid, Record
from desktop_crm.readers.kinds import closed, no_rows, no_table, too_large
from desktop_crm.readers.raw import ReadOptions, Unreadable, Value

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SKIPPED = N_("A sheet before this one could not be read; choose it by name to see why.")

_MAX_MEMBER = 2**30  # bytes that one part of a workbook may unpack to
_MAX_AREA = 400_000_000  # cells between the first and the last one, blank ones included
_EXACT = 2**53  # beyond it a float is no exact whole number
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_sheet(path: Path, options: ReadOptions) -> Grid:
    """The records of the sheet that `options` names, else of the first one with a table.

    Raises Unreadable for a locked, damaged or empty workbook and for an unknown sheet.
    """
    _refuse_bombs(path)
    book = _open(path)
    notes: list[str] = []
    sheet = _named(path, book, options.sheet) if options.sheet else _first(path, book, notes)
    if sheet.height * sheet.width > _MAX_AREA:
        raise too_large(path)
    return Grid(_filled(sheet), None, notes, sheet=sheet.name, sheets=tuple(book.sheet_names))


def _refuse_bombs(path: Path) -> None:
    """Raise Unreadable for an archive that would unpack without end or is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        return  # an old .xls, or damaged: calamine tells
    except OSError as error:
        raise closed(path, error) from error
    if any(member.file_size > _MAX_MEMBER for member in members):
        raise too_large(path)
    names = {member.filename for member in members}
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise no_table(path)


def _open(path: Path) -> CalamineWorkbook:
    """The workbook, known by its content; what that does not show is asked by name, which also knows a locked file."""
    from python_calamine import CalamineError, PasswordError

    try:
        return _by_content(path) or _by_name(path)
    except PasswordError:
        raise _locked(path) from None
    except (CalamineError, OSError) as error:
        raise (_locked(path) if _ENCRYPTED in path.read_bytes() else _damaged(path, error)) from None


def _by_content(path: Path) -> CalamineWorkbook | None:
    """The workbook that the content is, whatever its file is called; None where the content shows none."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except (CalamineError, OSError):
        return None


def _by_name(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path)


def _locked(path: Path) -> Unreadable:
    return Unreadable(N_("“{name}” is protected by a password; open it in its own program, save it without "
                         "one and try again."), name=path.name)


def _damaged(path: Path, error: Exception) -> Unreadable:
    return Unreadable(N_("“{name}” is no workbook, or a damaged one ({reason}); open it in a spreadsheet "
                         "program, save it as .xlsx and try again."), name=path.name, reason=str(error))


def _named(path: Path, book: CalamineWorkbook, name: str) -> CalamineSheet:
    if name not in book.sheet_names:
        raise Unreadable(N_("“{name}” has no sheet “{sheet}”; it has: {sheets}."),
                         name=path.name, sheet=name, sheets=", ".join(book.sheet_names))
    return _load(path, book, name)


def _first(path: Path, book: CalamineWorkbook, notes: list[str]) -> CalamineSheet:
    """The first sheet with two rows, visible ones before hidden ones; else the first with anything."""
    single: CalamineSheet | None = None
    failure: Unreadable | None = None
    for name in _worksheets(book):
        try:
            sheet = _load(path, book, name)
        except Unreadable as error:
            failure = failure or error
            continue
        rows = sum(1 for _ in zip(_filled(sheet), range(2), strict=False)) if sheet.start else 0
        if rows == 2:
            single = sheet
            break
        single = single or (sheet if rows else None)
    if single is None:
        raise failure or no_rows(path)
    if failure:
        notes.append(SKIPPED)
    return single


def _worksheets(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    return [sheet.name for sheet in sheets]


def _load(path: Path, book: CalamineWorkbook, name: str) -> CalamineSheet:
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        raise _damaged(path, error) from None


def _filled(sheet: CalamineSheet) -> Iterator[Record]:
    for row, cells in enumerate(sheet.iter_rows(), 1):
        if cells.count("") == len(cells):
            continue  # a million such rows may follow where somebody formatted whole columns
        values = [_value(cell) for cell in cells]
        if any(value is not None for value in values):
            yield row, values


def _value(cell: str | float | bool | date | time | timedelta) -> Value:
    """A cell in our types: whole floats are ints, blank texts None, durations text like 255:10:10."""
    if isinstance(cell, str):
        return cell if cell and not cell.isspace() else None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell
    if isinstance(cell, timedelta):
        return _duration(cell)
    return cell


def _duration(span: timedelta) -> str:
    minutes, seconds = divmod(round(abs(span).total_seconds()), 60)
    return f"{'-' if span < timedelta() else ''}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
