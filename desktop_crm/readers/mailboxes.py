"""A mailbox kept as one file (.mbox, .mbx): its e-mails one after the other, never more than one of them in memory.

Mail programs write it in several ways. An e-mail begins with a line "From …" that has a day and a time, or next to
nothing, after an empty line or with headers below it; in its text such a line has a ">" before it, which is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop_crm.domain.errors import N_, Cancelled
from desktop_crm.readers.child import never
from desktop_crm.readers.emails import MAX_BYTES as MOST_OF_ONE
from desktop_crm.readers.kinds import check, closed
from desktop_crm.readers.raw import Unreadable

MAX_BYTES = 4 * 2**30
"""The largest mailbox that is read: 4 GiB."""

_NO_MAILBOX = N_("“{name}” is no mailbox, or one of another kind; save the e-mails from your mail program as .mbox or "
                 ".eml.")
_LINE = 2**16  # bytes of a line that are read at once
_BLANK = frozenset({b"\n", b"\r\n", b""})
_BEGINNING = re.compile(
    rb"From .*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b.*\b\d{1,2}:\d\d.*\b\d{4}\b"
    rb"|From (?:-|\S+@\S+|MAILER.DAEMON)?\s*$")
_HEADER = re.compile(rb"[A-Za-z][!-9;-~]{0,99}[ \t]*:|>From ")
_QUOTED = re.compile(rb">+From ")
_DELETED = re.compile(rb"^X-Mozilla-Status:\s*[0-9a-f]{0,3}[89a-f]\s*$", re.IGNORECASE | re.MULTILINE)
_HEAD = 2**16


def letters(path: Path, cancelled: Callable[[], bool] = never) -> Iterator[bytes | None]:
    """The e-mails of a mailbox in its order, each as its bytes; None for one that is too large to be read.

    Those that Thunderbird has deleted, and only not yet taken out of the file, are not there. Unreadable for what is no
    mailbox, Cancelled when `cancelled()` turns true.
    """
    check(path, MAX_BYTES)
    try:
        with path.open("rb") as file:
            for letter in _cut(file, path):
                go_on(path, cancelled)
                if letter.data is None or not _DELETED.search(letter.data[:_HEAD]):
                    yield letter.data
    except OSError as error:
        raise closed(path, error) from error


def go_on(path: Path, cancelled: Callable[[], bool]) -> None:
    """Cancelled if the user wants no more of a file."""
    if cancelled():
        raise Cancelled(N_("Reading “{name}” was stopped. Nothing was saved."), name=path.name)


class _Letter:
    """One e-mail as its lines come; what is too large is counted and not kept."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, line: bytes, fresh: bool) -> None:
        """Put a line to it, or the next piece of a long one (not `fresh`)."""
        self._size += len(line)
        if self._size > MOST_OF_ONE:
            self._lines.clear()
        else:
            self._lines.append(line[1:] if fresh and line.startswith(b">") and _QUOTED.match(line) else line)

    @property
    def data(self) -> bytes | None:
        """Its bytes; None if there are too many."""
        return None if self._size > MOST_OF_ONE else b"".join(self._lines)


def _cut(file: BinaryIO, path: Path) -> Iterator[_Letter]:
    letter: _Letter | None = None
    held, after_blank, blank = b"", True, True  # a line "From …" is held until the next one tells what it is
    for line, fresh in _lines(file):
        if held:
            if _begins(held, line, after_blank):
                if letter is not None:
                    yield letter
                letter = _Letter()
            elif letter is not None:
                letter.add(held, fresh=True)
            held = b""
        if fresh and line.startswith(b"From ") and len(line) < _LINE:
            held, after_blank, blank = line, blank, False
            continue
        blank = fresh and line in _BLANK
        if letter is not None:
            letter.add(line, fresh)
        elif not blank:
            raise Unreadable(_NO_MAILBOX, name=path.name)
    if letter is None:
        raise Unreadable(_NO_MAILBOX, name=path.name)
    if held:
        letter.add(held, fresh=True)
    yield letter


def _begins(held: bytes, after: bytes, after_blank: bool) -> bool:
    """Whether a line "From …" begins an e-mail: by its form, and by what stands before or after it."""
    return bool(_BEGINNING.match(held)) and (after_blank or bool(_HEADER.match(after)))


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The lines of a file, each whole or in pieces, and whether a piece begins its line."""
    fresh = True
    first = file.readline(_LINE).removeprefix(b"\xef\xbb\xbf")
    for line in _pieces(first, file):
        yield line, fresh
        fresh = line.endswith(b"\n")


def _pieces(first: bytes, file: BinaryIO) -> Iterator[bytes]:
    if first:
        yield first
    while piece := file.readline(_LINE):
        yield piece
