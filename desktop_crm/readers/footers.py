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
