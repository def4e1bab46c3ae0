"""Lines that reports print below their table: totals, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_crm.readers.cells import look
from desktop_crm.readers.grid import blank
from desktop_crm.readers.raw import Value

DEPTH = 10
"""How many of the last rows are looked at."""

_TOTAL = re.compile(
    r"(grand |sub)?\s?totals?( général| general)?|jumlah( besar| keseluruhan)?|total keseluruhan|"
    r"总计|合计|總計|合計|小计|小計|summe|gesamt|gesamtsumme|कुल|जम्मा|மொத்தம்", re.IGNORECASE)
_MONEY = re.compile(r"[-−(]?[^\W\d_]{0,3}\.?\s?[-−]?\d[\d.,]*\)?")
_COUNTED = re.compile(r"\s*[(:：]?\s*\d[\d.,]*\s*[\w ]*\)?\s*$|\s*[:：]\s*$")
_REMARK = re.compile(
    r"confidential information\b.*|copyright\b.*|©.*|\(c\) \d{4}.*|(report )?(generated|exported|printed)"
    r" (by|on|at|from)\b.*|end of (report|file|list)\W*|"
    r"\w+day, \w+ \d{1,2}, \d{4},? \d{1,2}:\d{2} [ap]m( gmt\S*)?|"
    r"\(?\d[\d,.]* (rows|records)( (selected|found|total))?\)?\W*",
    re.IGNORECASE)


def is_footer(cells: Sequence[Value]) -> bool:
    """Whether a row at the end is a report's closing line and no record."""
    filled = [cell for cell in cells if not blank(cell)]
    if not filled or not isinstance(filled[0], str):
        return False
    text = filled[0].strip()
    if len(filled) == 1 and _REMARK.fullmatch(text):
        return True
    if len(cells) == 1 or len(filled) >= max(3, len(cells)):
        return False  # a firm may be called Total
    figures = all(look(cell) in ("number", "year") or _MONEY.fullmatch(str(cell)) for cell in filled[1:])
    return figures and bool(_TOTAL.fullmatch(_COUNTED.sub("", text)))


def closing(rows: Sequence[Sequence[Value]], lines: Sequence[int]) -> int:
    """How many of the last rows close a report; between their remarks may stand its title and whose report it is."""
    count = _footers(rows, 0)
    lone = 0
    while lone < min(DEPTH, len(rows)) and _alone(rows[-1 - lone]):
        lone += 1
    remarks = [place for place in range(lone) if is_footer(rows[-1 - place])]
    if len(remarks) > 1:
        count = max(count, remarks[-1] + 1)
        if count < min(DEPTH, len(rows) - 1) and _alone(rows[-1 - count]) and lines[-1 - count] - lines[-2 - count] > 1:
            count += 1  # the title, below an empty line
    return _footers(rows, count)


def _footers(rows: Sequence[Sequence[Value]], count: int) -> int:
    while count < min(DEPTH, len(rows)) and is_footer(rows[-1 - count]):
        count += 1
    return count


def _alone(cells: Sequence[Value]) -> bool:
    """Whether a row of several columns holds one text."""
    filled = [cell for cell in cells if not blank(cell)]
    return len(cells) > 2 and len(filled) == 1 and isinstance(filled[0], str)
