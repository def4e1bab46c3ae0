"""What a single cell looks like: a label as headers have them, a number, a date, or something else."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Literal

from desktop_crm.readers.grid import blank
from desktop_crm.readers.raw import Value

Look = Literal["blank", "label", "year", "number", "date", "other"]

_NUMBER = re.compile(r"[-+−(]?\s*[^\w\s]?\s*[-+−]?\d[\d.,'’\s]*(?:[eE][-+]?\d+)?\s*[%\w$€£]?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,4}日?)?(?:[T\s].*)?")
_PLACEHOLDERS = frozenset({"null", "(null)", "none", "nil", "nan", "n/a", "#n/a", "true", "false", "yes"})
_LONGEST_LABEL = 250  # questions of a form are long; notes are longer


def look(cell: Value) -> Look:
    """Tell what `cell` looks like, from its type or its text."""
    if isinstance(cell, str):
        return _look_of_text(cell.strip())
    if blank(cell):
        return "blank"
    if isinstance(cell, date):
        return "date"
    if isinstance(cell, bool | time):
        return "other"
    return "year" if isinstance(cell, int) and 1900 <= cell < 2100 else "number"


def _look_of_text(text: str) -> Look:
    if not text:
        return "blank"
    if _YEAR.fullmatch(text):
        return "year"
    if _NUMBER.fullmatch(text):
        return "number"
    if _DATE.fullmatch(text):
        return "date"
    return "label" if _reads_like_label(text) else "other"


def _reads_like_label(text: str) -> bool:
    """Words, with at most as many digits as letters; no address of the net, no stand-in for a value."""
    if text.casefold() in _PLACEHOLDERS or "@" in text or "://" in text or len(text) > _LONGEST_LABEL:
        return False
    figures = sum(map(str.isdigit, text))
    letters = sum(map(str.isalpha, text))
    return letters >= figures if letters or figures else text in ("#", "%", "№", "$", "€", "£")
