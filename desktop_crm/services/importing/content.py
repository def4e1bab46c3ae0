"""What the cells of a column look like: it confirms a heading, or speaks where the heading says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import ImportField, dates, numbers, words
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.domain.importing.fields import WAYS
from desktop_crm.domain.values import squash
from desktop_crm.readers import Value
from desktop_crm.services.importing.cells import NOTHING, text_of

SAMPLE = 300  # cells that are looked at
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_PHONE = re.compile(
    r"(?=(?:.*\d){6})(?:\+|\(|0|\d{1,4}[-. (/)]|\d{10,})[\d\s().+\-/]*(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_DECIMAL = re.compile(r"[1-9]\d*\.\d+|0?\.\d+|0\.0")
_TRUTH = frozenset({"true", "false"})
_UTC = ZoneInfo("UTC")


def sample(column: Sequence[Value]) -> list[Value]:
    """The first cells of a column that hold something."""
    filled = (cell for cell in column if cell is not None and (not isinstance(cell, str) or cell.strip()))
    return list(islice(filled, SAMPLE))


def share(cells: Sequence[Value], test: Callable[[Value], bool]) -> float:
    """How many of the cells pass a test, 0 to 1; 0 for none at all."""
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def fits(item: ImportField, kind: str, cells: Sequence[Value]) -> bool:
    """Whether the cells of a column can be what its heading says; an empty column can be anything."""
    told = [cell for cell in cells if text_of(cell).casefold() not in NOTHING]
    if not told:
        return item.key != "external_id"
    test = _test(item, kind)
    return test is None or share(told, test) >= 0.5


def _test(item: ImportField, kind: str) -> Callable[[Value], bool] | None:
    """What at least half of the cells must be."""
    if item.key == "emails":
        return is_email
    if item.key in ("consent", "language"):
        known = {"consent": words.consents(), "language": words.languages()}[item.key]
        return lambda cell: squash(text_of(cell)) in known or (item.key == "consent" and is_yes_no(cell)) or (
            item.key == "language" and squash(re.split("[-_(]", text_of(cell))[0]) in known)
    if item.key in WAYS and item.key not in ("emails", "phones", "whatsapp", "viber"):
        return lambda cell: not (is_truth(cell) or is_date(cell))
    if item.key in ("phones", "whatsapp", "viber"):
        return lambda cell: sum(map(str.isdigit, text_of(cell))) >= 5
    if item.key == "done":
        return lambda cell: is_date(cell) or is_yes_no(cell)
    if item.key in ("state", "status") or item.type is FieldType.CHOICE:
        return chooses(item.key, kind)
    if item.key == "name" and kind not in ("products", "deals"):
        return lambda cell: not (is_truth(cell) or is_phone(cell) or is_email(cell))
    return {FieldType.DATE: is_date, FieldType.MONEY: is_number, FieldType.INTEGER: is_number,
            FieldType.QUANTITY: is_number, FieldType.YES_NO: is_yes_no,
            FieldType.LINK: lambda cell: not is_truth(cell)}.get(item.type)


def chooses(field: str, kind: str) -> Callable[[Value], bool]:
    """A test whether a cell is a word for a choice."""
    known: set[str] = set(words.codes(kind, field))
    if field == "state" and kind == "customers":
        known |= set(words.states())
    if field == "status":
        known |= set(words.statuses())
    return lambda cell: squash(text_of(cell)) in known


def is_email(cell: Value) -> bool:
    """Whether a cell holds an e-mail address."""
    return isinstance(cell, str) and _EMAIL.search(cell) is not None


def is_phone(cell: Value) -> bool:
    """Whether a text looks like a phone number: figures with a phone's marks, and no plain number or date."""
    text = text_of(cell).strip()
    return isinstance(cell, str) and _PHONE.fullmatch(text) is not None and not (
        _DECIMAL.fullmatch(text) or is_date(cell))


def is_website(cell: Value) -> bool:
    """Whether a cell holds an address of the net."""
    return isinstance(cell, str) and cell.strip().casefold().startswith(("http://", "https://", "www."))


def is_country(cell: Value) -> bool:
    """Whether a cell names a country."""
    return isinstance(cell, str) and bool(country_code(cell.strip()))


def is_truth(cell: Value) -> bool:
    """Whether a cell is true or false."""
    return isinstance(cell, bool) or text_of(cell).casefold() in _TRUTH


def is_yes_no(cell: Value) -> bool:
    """Whether a cell says yes or no."""
    return isinstance(cell, bool) or squash(text_of(cell)) in words.yes_no()


def is_number(cell: Value) -> bool:
    """Whether a cell holds a number or an amount."""
    if isinstance(cell, int | float):
        return True
    return isinstance(cell, str) and numbers.number(cell, ".") is not None


def is_date(cell: Value) -> bool:
    """Whether a cell holds a day, in whatever order."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, int | float):
        return dates.whole(cell, _UTC) is not None
    return isinstance(cell, str) and any(dates.moment(cell, order, _UTC) is not None for order in ("DMY", "MDY"))


def is_wording(cell: Value) -> bool:
    """Whether a cell holds words, as a name does."""
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and len(cell) <= 120 and not (
        is_email(cell) or is_website(cell) or is_date(cell) or is_truth(cell))
