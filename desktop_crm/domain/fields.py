"""The fields of the nouns, described once: forms, validation, history, import and export read this."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop_crm.domain import birthdays
from desktop_crm.domain.errors import N_, InvalidInput, Term

Value = str | int | float | bool | date | datetime | None


class FieldType(StrEnum):
    """What a field holds, and so how it is typed, checked and shown."""

    TEXT = "text"
    LONG = "long"          # several lines
    CHOICE = "choice"      # a code out of `choices`
    MONEY = "money"        # integer minor units of the record's currency
    INTEGER = "integer"
    QUANTITY = "quantity"  # integer thousandths
    YES_NO = "yes_no"
    DATE = "date"          # local calendar day
    TIME = "time"          # 'HH:MM'
    INSTANT = "instant"    # aware datetime
    LINK = "link"          # the id of a record of another kind
    BIRTHDAY = "birthday"  # 'YYYY-MM-DD', or '--MM-DD' where the year is not known


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its column, its title (a message id) and its rules.

    `choices` maps codes to titles; `link` names the kind that a link leads to; `most` bounds the length
    of a text or the size of a number.
    """

    key: str
    title: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    least: int = 0
    most: int = 1000


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def checked(fields: tuple[Field, ...], values: Mapping[str, object], *, new: bool = False) -> dict[str, Value]:
    """The values as they may be saved: texts trimmed, empty ones None, codes, numbers and days checked.

    Keys that are no field raise KeyError (our mistake); a value that breaks a rule raises InvalidInput
    with the field's key. With `new`, required fields must be there.
    """
    known = {item.key: item for item in fields}
    clean = {key: _checked(known[key], value) for key, value in values.items()}
    for item in fields:
        if item.required and clean.get(item.key) is None and (new or item.key in clean):
            raise InvalidInput(N_("{field} is needed. Nothing was saved."), item.key, field=Term(item.title))
    return clean


def _checked(item: Field, value: object) -> Value:
    if value is None or value == "":
        return None
    check = _CHECKS.get(item.type, _text)
    return check(item, value)


def _text(item: Field, value: object) -> Value:
    text = _CONTROL.sub("", str(value)).encode("utf-8", "replace").decode().strip()
    if len(text) > (20 * item.most if item.type is FieldType.LONG else item.most):
        raise InvalidInput(N_("{field} is too long: {count} characters, {most} fit. Nothing was saved."), item.key,
                           field=Term(item.title), count=len(text), most=item.most)
    return text or None


def _choice(item: Field, value: object) -> Value:
    if value not in item.choices:
        raise InvalidInput(N_("“{value}” is not a choice for {field}. Nothing was saved."), item.key,
                           value=str(value), field=Term(item.title))
    return str(value)


def _whole(item: Field, value: object) -> Value:
    most = item.most if item.type is FieldType.INTEGER and item.most != 1000 else 2**62
    if isinstance(value, bool) or not isinstance(value, int) or not -most <= value <= most or (
            item.type is FieldType.INTEGER and value < item.least):
        raise InvalidInput(N_("“{value}” does not fit {field}. Nothing was saved."), item.key,
                           value=str(value), field=Term(item.title))
    return value


def _day(item: Field, value: object) -> Value:
    if isinstance(value, datetime) or not isinstance(value, date) or not 1800 <= value.year <= 2300:
        raise InvalidInput(N_("“{value}” is not a date for {field}. Nothing was saved."), item.key,
                           value=str(value), field=Term(item.title))
    return value


def _instant(item: Field, value: object) -> Value:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise InvalidInput(N_("“{value}” is not a date for {field}. Nothing was saved."), item.key,
                           value=str(value), field=Term(item.title))
    return value


def _time(item: Field, value: object) -> Value:
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise InvalidInput(N_("“{value}” is not a time of day for {field}. Nothing was saved."), item.key,
                           value=str(value), field=Term(item.title))
    return value


def _yes_no(item: Field, value: object) -> Value:
    return bool(value)


def _birthday(item: Field, value: object) -> Value:
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    if birthdays.parts(text) is None:
        raise InvalidInput(N_("“{value}” is not a date for {field}. Nothing was saved."), item.key,
                           value=text, field=Term(item.title))
    return text


_CHECKS = {
    FieldType.CHOICE: _choice, FieldType.MONEY: _whole, FieldType.INTEGER: _whole, FieldType.QUANTITY: _whole,
    FieldType.LINK: _whole, FieldType.DATE: _day, FieldType.TIME: _time, FieldType.INSTANT: _instant,
    FieldType.YES_NO: _yes_no, FieldType.BIRTHDAY: _birthday,
}
