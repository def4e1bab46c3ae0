"""Fields of the business's own: their types, what a value of each may be, and how a record keeps its values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import Field, checked
from desktop_crm.domain.values import fold

Value = str | int | float | bool
"""A value as a record keeps it: text, choice, link and date (ISO) a str, money an int (minor units of the business's
currency), a number an int or float, yes or no a bool. Nothing is kept for an empty one."""

TYPES = {
    "text": N_("Any text"), "number": N_("A number"), "money": N_("Money"), "date": N_("Date"), "choice": N_("Choice"),
    "yes_no": N_("Yes or no"), "link": N_("Web link"),
}
KINDS = {"customers": N_("Customers"), "contacts": N_("Contacts"), "deals": N_("Deals")}
"""The kinds of records that can have fields of the business's own."""

MOST_TEXT, MOST_CHOICES = 1000, 200
_NAME = (Field("name", N_("Name"), required=True, most=60),)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class CustomField:
    """One field of the business's own: of which `kind` of record, its name, its type, the choices of a choice."""

    id: int
    kind: str
    name: str
    type: str = "text"
    choices: tuple[str, ...] = ()


def read(stored: str | None) -> dict[int, Value]:
    """The values out of a record's column `custom`, by field id."""
    return {int(key): value for key, value in json.loads(stored).items()} if stored else {}


def stored(values: Mapping[int, Value | None]) -> str | None:
    """The column `custom` of these values, written in one way only; None for none."""
    kept = {str(key): values[key] for key in sorted(values) if values[key] is not None}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else None


def name_checked(name: str) -> str:
    """A field's name as it may be saved; InvalidInput for an empty or too long one."""
    return " ".join(str(checked(_NAME, {"name": name}, new=True)["name"]).split())


def choices_checked(kind_of_value: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The choices of a field as they may be saved, each once; only a choice has any, and it has at least one."""
    if kind_of_value != "choice":
        return ()
    clean = tuple({fold(text): text for raw in reversed(choices) if (text := " ".join(raw.split()))}.values())[::-1]
    if not clean:
        raise InvalidInput(N_("A choice needs at least one word to choose. Nothing was saved."), "choices")
    if len(clean) > MOST_CHOICES or any(len(text) > 100 for text in clean):
        raise InvalidInput(N_("At most {most} choices of 100 letters fit. Nothing was saved."), "choices",
                           most=MOST_CHOICES)
    return clean


def respelled(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """The choices that are only spelled otherwise now ("large" → "Large"): old → new."""
    now = {fold(choice): choice for choice in after}
    return {choice: now[fold(choice)] for choice in before if choice not in after and fold(choice) in now}


def renamed(before: Sequence[str], after: Sequence[str]) -> tuple[str, str] | None:
    """The one choice that went and the one that came, which may be its new name; None if it was another change."""
    gone = [choice for choice in before if choice not in after]
    come = [choice for choice in after if choice not in before]
    return (gone[0], come[0]) if len(gone) == len(come) == 1 else None


def type_checked(kind_of_value: str) -> str:
    """A field's type; InvalidInput, naming all, for one that there is not."""
    if kind_of_value not in TYPES:
        raise InvalidInput(N_("“{value}” is not a type of field. There are: {types}."), "type", value=kind_of_value,
                           types=", ".join(TYPES))
    return kind_of_value


def kind_checked(kind: str) -> str:
    """A kind of record that can have own fields; InvalidInput, naming all, for another."""
    if kind not in KINDS:
        raise InvalidInput(N_("“{value}” cannot have own fields. There are: {kinds}."), "kind", value=kind,
                           kinds=", ".join(KINDS))
    return kind


def value_checked(field: CustomField, value: object) -> Value | None:
    """A value as it may be kept, None for an empty one; InvalidInput, naming the field, for what does not fit."""
    if value is None or value == "":
        return None
    return _CHECKS[field.type](field, value)


def _refused(field: CustomField, value: object, message: str) -> InvalidInput:
    return InvalidInput(message, key(field), value=str(value), field=field.name)


def key(field: CustomField) -> str:
    """The name of the field in forms, columns and refusals: own:12."""
    return f"own:{field.id}"


def _text(field: CustomField, value: object) -> Value | None:
    text = _CONTROL.sub(" ", str(value)).encode("utf-8", "replace").decode().strip()
    if len(text) > MOST_TEXT:
        raise InvalidInput(N_("{field} is too long: {count} characters, {most} fit. Nothing was saved."), key(field),
                           field=field.name, count=len(text), most=MOST_TEXT)
    return text or None


def _number(field: CustomField, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not (
            math.isfinite(float(value)) and abs(float(value)) < 10**15):
        raise _refused(field, value, N_("“{value}” does not fit {field}. Nothing was saved."))
    return int(value) if value == int(value) else float(value)


def _money(field: CustomField, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**53:
        raise _refused(field, value, N_("“{value}” does not fit {field}. Nothing was saved."))
    return value


def _day(field: CustomField, value: object) -> Value | None:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise _refused(field, value, N_("“{value}” is not a date for {field}. Nothing was saved.")) from None
    if not 1800 <= day.year <= 2300:
        raise _refused(field, value, N_("“{value}” is not a date for {field}. Nothing was saved."))
    return day.isoformat()[:10]


def _choice(field: CustomField, value: object) -> Value | None:
    wanted = fold(str(value))
    for text in field.choices:
        if fold(text) == wanted:
            return text
    raise _refused(field, value, N_("“{value}” is not a choice for {field}. Nothing was saved."))


def _yes_no(field: CustomField, value: object) -> Value | None:
    if value not in (True, False):
        raise _refused(field, value, N_("“{value}” does not fit {field}. Nothing was saved."))
    return bool(value)


def _link(field: CustomField, value: object) -> Value | None:
    """A web address; one without its scheme gets https."""
    text = str(_text(field, value) or "")
    if not text:
        return None
    whole = text if _SCHEME.match(text) and not re.match(r"[^/:]+:\d", text) else f"https://{text}"
    if not re.fullmatch(r"https?://[^\s/?#]+\.?[^\s]*", whole, re.IGNORECASE) or " " in whole:
        raise _refused(field, value, N_("“{value}” is no web address for {field}. Nothing was saved."))
    return whole


_CHECKS: Mapping[str, Callable[[CustomField, object], Value | None]] = {
    "text": _text, "number": _number, "money": _money, "date": _day, "choice": _choice, "yes_no": _yes_no,
    "link": _link,
}
