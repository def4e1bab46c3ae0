"""Blocks of cells as spreadsheets put them on the clipboard: tab-separated lines, a cell of several lines in quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

Block = tuple[tuple[str, ...], ...]
"""Cells by row; rows may differ in their length."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_BARE = re.compile(r"[^\t\n]*")
_NEEDS_QUOTES = re.compile(r'[\t\n]|\A"')


def parse(text: str) -> Block:
    """The cells of a text from the clipboard; a trailing line end is no row.

    Quotes are of the clipboard where they hold a line end, a tab or doubled quotes; else they are the cell's own,
    which spreadsheets do not double.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[tuple[str, ...]] = []
    row: list[str] = []
    place = 0
    while True:
        cell, place = _cell(text, place)
        row.append(cell)
        if text[place:place + 1] != "\t":
            rows.append(tuple(row))
            row = []
        if place >= len(text):
            return tuple(rows)
        place += 1


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins at `place`, and where it ends."""
    quoted = _QUOTED.match(text, place) if text[place:place + 1] == '"' else None
    if quoted is not None and re.search(r'[\t\n]|""', quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    bare = _BARE.match(text, place)
    return (bare[0], bare.end()) if bare is not None else ("", place)


def written(block: Sequence[Sequence[str]]) -> str:
    """The cells as a text for the clipboard, which `parse` reads back."""
    return "\n".join("\t".join(map(_written, row)) for row in block)


def _written(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
