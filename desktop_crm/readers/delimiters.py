"""Text → records: which character stands between the cells, and how quotes are meant."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from desktop_crm.domain.errors import N_
from desktop_crm.readers.cells import look

UNCLOSED = N_("A quotation mark is opened and never closed; it was read as a plain character.")

_COMMON = {",": 0.25, ";": 0.5, "\t": 3.0, "|": 1.0}  # how odd each is inside a cell
_CANDIDATES = (*_COMMON, "^", "~", "\x1f")
_ABSENT = "\x1e"  # no text has it: the delimiter of a file with one column
_SAMPLE_LINES, _SAMPLE_CHARACTERS, _BLOCK_CHARACTERS = 400, 2**18, 2**20
_END = "\ue0ff"  # a private character; a line of its own that tells whether a quote is still open

csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written; delimiter " " means runs of blanks, "" one column."""

    delimiter: str
    skip_spaces: bool = False
    escape: str = ""
    quote: str = '"'


Line = tuple[int, list[str]]


def records(text: str, dialect: Dialect, notes: list[str]) -> Iterator[Line]:
    """Yield the physical line (from 0) where each record starts, and its cells.

    A quote that is never closed would swallow the rest of the file: its line is read without quotes.
    """
    if dialect.delimiter == " ":
        yield from enumerate(line.split() for line in text.split("\n"))
        return
    start, total = 0, text.count("\n") + (not text.endswith("\n"))
    while start < total:
        for line, cells in _records_from(text, dialect, start):
            if line < total and _END not in (cells[-1] if cells else ""):
                yield line, cells
            elif line < total:
                notes.append(UNCLOSED)
                yield line, _plain(_lines(text, line), dialect)
            start = line + 1


def _records_from(text: str, dialect: Dialect, start: int) -> Iterator[Line]:
    """Records from line `start` to the closing line that is added."""
    reader = csv.reader(chain(_lines(text, start), [_END]), delimiter=dialect.delimiter or _ABSENT,
                        skipinitialspace=dialect.skip_spaces, escapechar=dialect.escape or None,
                        quotechar=dialect.quote)
    line = start
    for cells in reader:
        yield line, cells
        line = start + reader.line_num


def _lines(text: str, start: int) -> Iterator[str]:
    """The lines from `start` with their ends; str.splitlines would cut at other characters too."""
    lines = chain.from_iterable(io.StringIO(block, newline="\n") for block in _blocks(text))
    return islice(lines, start, None)


def _blocks(text: str) -> Iterator[str]:
    """The text in blocks of whole lines: StringIO takes four bytes a character."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _BLOCK_CHARACTERS) + 1 or len(text)
        yield text[start:end]
        start = end


def _plain(lines: Iterator[str], dialect: Dialect) -> list[str]:
    return next(csv.reader(lines, delimiter=dialect.delimiter or _ABSENT, quoting=csv.QUOTE_NONE))


def find_dialect(text: str, delimiter: str = "") -> Dialect:
    """The dialect that splits the first lines most evenly; `delimiter` if the user chose one."""
    sample = _sample(text)
    if delimiter == " ":
        return Dialect(" ")
    variants = [variant for character in ((delimiter,) if delimiter else _CANDIDATES)
                for variant in _variants(sample, character)]
    scores = {variant: _evenness(sample, variant) for variant in variants}
    best = max(scores, key=lambda variant: scores[variant], default=Dialect(delimiter))
    if delimiter or scores.get(best, 0.0) >= _EVEN_ENOUGH:
        return _wider(sample, best, scores)
    return Dialect(" ") if _by_blanks(sample) else Dialect("", quote=best.quote)


def _wider(sample: str, best: Dialect, scores: dict[Dialect, float]) -> Dialect:
    """Another good dialect whose delimiter is in every line where the best one's is, and in more.

    So `Name;Address` on top decides for semicolons, however even the commas in the addresses are.
    """
    lines = sample.split("\n")
    own = {index for index, line in enumerate(lines) if best.delimiter in line}
    others = [variant for variant, score in scores.items() if score * 2 >= scores[best]
              and own < {index for index, line in enumerate(lines) if variant.delimiter in line}]
    return max(others, key=lambda variant: scores[variant], default=best)


_EVEN_ENOUGH = 0.12  # three lines in ten alike, two columns


def _sample(text: str) -> str:
    lines = "".join(islice(_lines(text[:_SAMPLE_CHARACTERS], 0), _SAMPLE_LINES))
    whole = lines.rpartition("\n")[0]
    return whole + "\n" if whole and len(text) > len(lines) else lines


def _variants(sample: str, delimiter: str) -> Iterator[Dialect]:
    """The ways to write with `delimiter` that the sample gives reason for, the plainest last."""
    if delimiter not in sample:
        return
    quote = "'" if _all_in(sample, "'") else '"'
    if '\\"' in sample:
        yield Dialect(delimiter, escape="\\", quote=quote)
    if delimiter + " " in sample:
        yield Dialect(delimiter, skip_spaces=True, quote=quote)
    yield Dialect(delimiter, quote=quote)


def _all_in(sample: str, quote: str) -> bool:
    """Whether every line starts and ends with `quote`."""
    lines = [line.strip() for line in sample.split("\n") if line.strip()]
    return all(len(line) > 1 and line[0] == line[-1] == quote for line in lines)


def _evenness(sample: str, dialect: Dialect) -> float:
    """How well a dialect fits (0 to 1.3): many records alike, columns, clean cells, labels on top."""
    rows = [cells for _, cells in records(sample, dialect, []) if any(cells)]
    widths = Counter(len(cells) for cells in rows)
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return 0.0
    count, width = max(several)
    alike = [cells for cells in rows if len(cells) == width]
    labels = all(look(cell) in ("label", "blank") for cell in alike[0])
    return (count / len(rows)) * (1 - 1 / width) * (0.5 + 0.5 * _clean(alike[:100], dialect)) \
        * (1.3 if labels else 1)


def _clean(rows: Sequence[Sequence[str]], dialect: Dialect) -> float:
    """1 less what other delimiters and quotes inside the cells speak against; a decimal comma says nothing."""
    others = {character: weight for character, weight in _COMMON.items() if character != dialect.delimiter}
    cells = [cell for cells in rows for cell in cells if cell]
    doubt = sum(weight for cell in cells for character, weight in others.items()
                if character in cell and look(cell) != "number")
    doubt += sum(0.5 for cell in cells if dialect.quote in cell)
    return max(0.0, 1 - doubt / max(1, len(cells)))


def _by_blanks(sample: str) -> bool:
    """Whether runs of blanks set columns of figures apart; two names in a line are one cell."""
    rows = [line.split() for line in sample.split("\n") if line.strip()]
    if not rows:
        return False
    width, count = Counter(map(len, rows)).most_common(1)[0]
    figures = [cell for row in rows if len(row) == width for cell in row]
    numeric = sum(look(cell) in ("number", "year", "date") for cell in figures)
    return width > 1 and count > 2 and count >= 0.9 * len(rows) and numeric * 2 >= len(figures)
