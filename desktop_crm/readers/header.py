"""Which row is the header: the first one made of words that spans the columns of the rows below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from desktop_crm.readers.cells import Look, look
from desktop_crm.readers.grid import Record, blank, extent
from desktop_crm.readers.raw import Value

_DEEPEST = 30  # title rows above the header, at most


def find_header(sample: Sequence[Record]) -> int | None:
    """The index in `sample` of the header, None where the first row is data already."""
    rows = [cells for _, cells in sample]
    body = _body_columns(rows)
    for index, cells in enumerate(rows[:_DEEPEST]):
        if not _spans(cells, body):
            continue
        below = rows[index + 1:]
        looks = _looks(cells, below)
        if _in_words(cells, looks):
            return None if _comes_back(cells, below) else index
        if _is_data(cells, looks, len(body)):
            return None
    return None


def _body_columns(rows: Sequence[Sequence[Value]]) -> set[int]:
    """The columns that a quarter of the rows fill; all that any row fills where none is so full."""
    filled = Counter(column for cells in rows for column, cell in enumerate(cells) if not blank(cell))
    return {column for column, count in filled.items() if count * 4 >= len(rows)} or set(filled)


def _looks(cells: Sequence[Value], below: Sequence[Sequence[Value]]) -> list[tuple[Look, Look]]:
    """How each cell looks that is not blank, and what is usual below it where it is no label."""
    found: list[tuple[Look, Look]] = []
    for column, cell in enumerate(cells):
        seen = look(cell)
        if seen != "blank":
            found.append((seen, seen if seen == "label" else _usual_look(below, column, len(cells))))
    return found


def _usual_look(rows: Sequence[Sequence[Value]], column: int, width: int) -> Look:
    """What most of the first rows have in a column, "blank" if nothing; few rows where they are wide."""
    some = rows[:max(5, min(100, 100_000 // width))]
    looks = Counter(look(cells[column]) for cells in some if column < len(cells) and not blank(cells[column]))
    return looks.most_common(1)[0][0] if looks else "blank"


def _spans(cells: Sequence[Value], body: set[int]) -> bool:
    """Whether a row fills three in five of the body's columns."""
    filled = sum(1 for column in body if column < len(cells) and not blank(cells[column]))
    return filled * 5 >= len(body) * 3


def _in_words(cells: Sequence[Value], looks: Sequence[tuple[Look, Look]]) -> bool:
    """Whether four cells in five read like labels; years and codes do over figures of another look."""
    good = sum(1 for seen, below in looks
               if seen == "label" or (seen in ("year", "date") and seen != below)
               or (seen == "other" and below in ("number", "year", "date")))
    lone = len(looks) == 1 and looks[0][0] != "label"
    return good * 5 >= len(looks) * 4 and _remarks(cells) * 2 < len(looks) and not lone


def _is_data(cells: Sequence[Value], looks: Sequence[tuple[Look, Look]], columns: int) -> bool:
    """Whether half of a row's cells are figures as in the rows below: no header comes after it."""
    figures = sum(1 for seen, below in looks if seen != "label" and (seen == below or columns == 1))
    return figures * 2 >= len(looks) and not _remarks(cells)


def _remarks(cells: Sequence[Value]) -> int:
    """How many cells introduce the next one, as in "Printed on:"."""
    return sum(1 for cell in cells if isinstance(cell, str) and cell.rstrip().endswith((":", "：")))


def _comes_back(cells: Sequence[Value], below: Sequence[Sequence[Value]]) -> bool:
    """Whether more than half of a row's cells are values of their column too, as only data's are."""
    texts = [(column, cell) for column, cell in enumerate(cells) if not blank(cell)]
    others = [row for row in below if len(texts) == 1 or list(row) != list(cells)]
    if not others:
        return bool(below)  # the same line over and over is a list, not a header
    back = sum(1 for column, cell in texts
               if any(column < len(row) and row[column] == cell for row in others))
    return back * 2 > len(texts)


def find_width(header: Sequence[Value], body: Sequence[Record]) -> int:
    """How many columns there are: the header's, and further ones that one row in twenty fills."""
    ends = sorted((extent(cells) for _, cells in body), reverse=True)
    return max(extent(header), ends[max(1, len(ends) // 20) - 1])


def column_names(header: Sequence[Value], width: int) -> tuple[str, ...]:
    """The header's texts on one line each; "Column 3" where blank, "Phone (2)" where repeated."""
    taken: set[str] = set()
    texts = (_text(header[column]) if column < len(header) else "" for column in range(width))
    return tuple(_unique(text or f"Column {column}", taken) for column, text in enumerate(texts, 1))


def _text(cell: Value) -> str:
    return "" if cell is None else " ".join(str(cell).split()).strip("\ufeff\u200b")


def _unique(text: str, taken: set[str]) -> str:
    name = next(name for name in _numbered(text) if name not in taken)
    taken.add(name)
    return name


def _numbered(text: str) -> Iterable[str]:
    yield text
    number = 1
    while True:
        number += 1
        yield f"{text} ({number})"
