"""A deal's lines and its stage log as JSON in one cell of a list that leaves the program and comes back without loss.

Each line or move is an object of what is known of it. Amounts are decimal strings in major units of the deal's
currency, quantities decimal strings; who or what is named has beside its name what tells equal names apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

LARGEST = 2**53
_THOUSAND = 1000


class SaidLine(NamedTuple):
    """One line: its product's name, or with `free` that of an item which is no product; quantity in thousandths."""

    name: str
    ref: str = ""
    free: bool = False
    quantity: int = _THOUSAND
    price: Decimal | None = None
    cost: Decimal | None = None


class SaidMove(NamedTuple):
    """One move of the stage log: to which stage and from which, with its pipeline if the deal has left it since."""

    stage: str
    before: str = ""
    pipeline: str = ""
    before_pipeline: str = ""
    day: str | None = None
    at: str | None = None
    amount: Decimal | None = None
    seller: str = ""
    seller_ref: str = ""


def written(items: Iterable[Mapping[str, Any]]) -> str | None:
    """What is known of lines or moves, as the text of a cell; None for none of them."""
    said = [{key: value for key, value in item.items() if value not in (None, "", False)} for item in items]
    return json.dumps(said, ensure_ascii=False) if said else None


def quantity(thousandths: int) -> str:
    """A quantity in thousandths as a decimal string."""
    return format((Decimal(thousandths) / _THOUSAND).normalize(), "f")


def lines(cell: str) -> tuple[SaidLine, ...] | None:
    """The lines that a cell says, None for an empty one; ValueError for what `written` did not write."""
    return tuple(_line(item) for item in objects(cell)) or None


def moves(cell: str) -> tuple[SaidMove, ...] | None:
    """The moves that a cell says, oldest first, None for an empty one; ValueError for what `written` did not write."""
    return tuple(_move(item) for item in objects(cell)) or None


def objects(cell: str) -> list[dict[str, Any]]:
    """The objects that `written` wrote; ValueError for anything else."""
    found = json.loads(cell) if cell.strip() else []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError("a list of objects is needed")
    return found


def _line(item: Mapping[str, Any]) -> SaidLine:
    free = "product" not in item
    thousandths = (_amount(item.get("quantity", "1")) or Decimal(0)) * _THOUSAND
    if thousandths != int(thousandths) or abs(thousandths) > LARGEST:
        raise ValueError("a quantity has three decimals")
    return SaidLine(text(item.get("item") if free else item["product"]), text(item.get("id")), free,
                    int(thousandths), _amount(item.get("price")), _amount(item.get("cost")))


def _move(item: Mapping[str, Any]) -> SaidMove:
    stage, day, at = text(item.get("to")), item.get("day"), item.get("at")
    if not stage:
        raise ValueError("a move leads to a stage")
    return SaidMove(stage, text(item.get("from")), text(item.get("pipeline")), text(item.get("from_pipeline")),
                    day_of(day), instant(at), _amount(item.get("amount")),
                    text(item.get("seller")), text(item.get("seller_id")))


def day_of(value: object) -> str | None:
    """A day as the file keeps it, None for none; ValueError for what is no day."""
    return None if value is None else date.fromisoformat(text(value)).isoformat()


def instant(value: object) -> str | None:
    """An instant as the file keeps it, None for none; ValueError for one without its zone."""
    if value is None:
        return None
    found = datetime.fromisoformat(text(value))
    if found.tzinfo is None:
        raise ValueError("an instant has a zone")
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _amount(value: object) -> Decimal | None:
    if value is None:
        return None
    try:
        found = Decimal(text(value))
    except InvalidOperation:
        raise ValueError("a number is needed") from None
    if not found.is_finite():
        raise ValueError("a number is needed")
    return found


def text(value: object) -> str:
    """A text as it stands, less what no file can hold; ValueError for anything else."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("a text is needed")
    return value.replace("\0", "").strip()[:1000]
