"""One cell in three forms: as a reader sees it, as a plain string for CSV, as a value for JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from desktop_crm.domain.values import to_major
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Cell, Column, ValueType

_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Form = Callable[[Cell], str]
"""Writes a cell of one type as text."""


def sound(text: str) -> str:
    """The text with � for each code that no XML or UTF-8 file may hold (controls, lone surrogates)."""
    return text if text.isprintable() else _UNSOUND.sub("\ufffd", text)


def exact(value: Cell, kind: ValueType, currency: str) -> str | int | float | None:
    """A cell for JSON: money as a decimal string in major units, dates ISO, numbers unrounded."""
    if value is None or (isinstance(value, (int, float)) and kind is not ValueType.MONEY):
        return value
    if isinstance(value, int):
        return format(to_major(value, currency), "f")
    return value.isoformat() if isinstance(value, date) else sound(str(value))


def plain(value: Cell, kind: ValueType, currency: str) -> str:
    """A cell for CSV: the same value as in JSON, as text; an unknown one is empty."""
    value = exact(value, kind, currency)
    return "" if value is None else value if isinstance(value, str) else repr(value)


def shown(value: Cell, kind: ValueType, currency: str, language: Language, symbol: bool = False) -> str:
    """A cell as a reader sees it, in the language's format; an unknown value is an em dash.

    Money carries the currency's sign only where `symbol` asks for it: in a table the title does.
    """
    if value is None:
        return "—"
    if isinstance(value, date):
        return language.day(value)
    if isinstance(value, str):
        return value
    return _number(value, kind, currency, language, symbol)


def titled(column: Column, currency: str, language: Language) -> str:
    """The column's title; money says its currency, unless the title does already."""
    symbol = language.symbol(currency)
    if column.type is not ValueType.MONEY or column.bare or symbol in column.title or currency in column.title:
        return column.title
    return f"{column.title} ({symbol})"


def _number(value: int | float, kind: ValueType, currency: str, language: Language, symbol: bool) -> str:
    match kind:
        case ValueType.MONEY:
            return language.money(int(value), currency, symbol=symbol)
        case ValueType.RATE:
            return language.rate(value)
        case ValueType.DAYS:
            return language.number(value, 1)
        case ValueType.COUNT:
            return language.number(value, 0)
        case _:
            return language.number(value)


def forms(currency: str, language: Language) -> dict[ValueType, Form]:
    """For each type the function that writes a table's cell as a reader sees it; it remembers."""
    def form(kind: ValueType) -> Form:
        return lru_cache(maxsize=16_384)(lambda value: shown(value, kind, currency, language))

    return {kind: form(kind) for kind in ValueType}
