"""A text file → grid: decoded, split by the delimiter that fits, each record with its physical line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from desktop_crm.domain.errors import N_
from desktop_crm.readers.delimiters import Dialect, find_dialect, records
from desktop_crm.readers.encoding import decode
from desktop_crm.readers.grid import Grid, Record
from desktop_crm.readers.kinds import closed
from desktop_crm.readers.raw import ReadOptions, Unreadable

_RUN = tuple("=+-@\t＝＋－＠")
_GUARDED = re.compile(r"""(?:^|[,;\t|"])'+[=+\-@\t＝＋－＠]""", re.MULTILINE)
_NUMBER = re.compile(r"[-+][\d.,]+%?|-+")
_SEPARATOR = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)  # the line that Excel puts on top


def read_text(path: Path, options: ReadOptions) -> Grid:
    """The records of a text file; raises Unreadable for binary data and impossible options."""
    if options.delimiter and (len(options.delimiter) > 1 or options.delimiter in '"\r\n'):
        raise Unreadable(N_("“{delimiter}” cannot set columns apart; give one character, like a comma."),
                         delimiter=options.delimiter)
    try:
        decoded = decode(path.read_bytes(), path, options.encoding)
    except OSError as error:
        raise closed(path, error) from error
    text, first, named = _without_separator(decoded.text)
    dialect = find_dialect(text, options.delimiter or named)
    notes = list(decoded.notes)
    found = _filled(text, dialect, first, notes)
    return Grid(_unguarded(found) if _GUARDED.search(text) else found, "", notes,
                encoding=decoded.encoding, delimiter=dialect.delimiter)


def _without_separator(text: str) -> tuple[str, int, str]:
    """The text below Excel's `sep=;` line if there is one, its first line's number, the delimiter named."""
    named = _SEPARATOR.match(text)
    return (text[named.end():], 2, named.group(1)) if named else (text, 1, "")


def _unguarded(found: Iterator[Record]) -> Iterator[Record]:
    """The records without the apostrophe that keeps a spreadsheet from running a text.

    A writer who puts it does so everywhere: where one text that would be run has none, all stay as they are.
    """
    kept = list(found)
    if any(cell.startswith(_RUN) and not _NUMBER.fullmatch(cell) for _, cells in kept for cell in map(str, cells)):
        yield from kept
        return
    for line, cells in kept:
        yield line, [cell[1:] if isinstance(cell, str) and cell.startswith("'") and cell.lstrip("'").startswith(_RUN)
                     else cell for cell in cells]


def _filled(text: str, dialect: Dialect, first: int, notes: list[str]) -> Iterator[Record]:
    for line, cells in records(text, dialect, notes):
        if any(map(str.strip, cells)):
            yield first + line, cells
