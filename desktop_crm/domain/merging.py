"""Two customers become one: which value of each field is kept, and what the result will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.domain.custom_fields import CustomField, Value, stored
from desktop_crm.domain.custom_fields import key as own_key
from desktop_crm.domain.customers import FIELDS
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import Field, FieldType

ALL = 0
"""Chosen in place of a customer's id: all the texts of a field, one below the other."""

_STATES = {"customer": 2, "lead": 1, "inactive": 0}
_JOINED = frozenset({"notes", "preferences", "pinned_note"})
_NOBODYS = N_("Choose one of the customers that become one. Nothing was changed.")
_OWN_TYPES = {"money": FieldType.MONEY, "date": FieldType.DATE, "yes_no": FieldType.CHOICE}
_YES_NO = {"yes": N_("Yes"), "no": N_("No")}
_FOLLOWS = {"lead_state": "state"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what each customer has (by id, in the order of the merge), whose value is taken, and the result.

    `chosen` is the id of that customer, ALL for the texts of all, None where nobody has a value.
    """

    field: Field
    values: tuple[tuple[int, Any], ...]
    chosen: int | None
    result: Any

    @property
    def differs(self) -> bool:
        """Whether there is something to choose: at least two values that are not the same."""
        return len({value for _, value in self.values if not _empty(value)}) > 1

    @property
    def joins(self) -> bool:
        """Whether the texts may also be kept all."""
        return self.field.key in _JOINED

    @property
    def present(self) -> bool:
        """Whether anybody has a value."""
        return any(not _empty(value) for _, value in self.values)


def lines(rows: Sequence[Mapping[str, Any]], choices: Mapping[str, int]) -> list[Line]:
    """Every field of the merge of `rows` (the kept one first), each by the choice made or by the rule for its kind.

    Unless chosen: the furthest state, the oldest day of creation, every note, a star or a "no marketing" of anyone;
    else the kept one's value, or the first that there is. Raises InvalidInput for a choice of nobody's.
    """
    ids = [int(row["id"]) for row in rows]
    made: dict[str, Line] = {}
    for field in FIELDS:
        choice = choices.get(field.key, choices.get(_FOLLOWS.get(field.key, "")))
        if choice is not None and choice not in ids and not (choice == ALL and field.key in _JOINED):
            raise InvalidInput(_NOBODYS, field.key)
        values = tuple((int(row["id"]), row[field.key]) for row in rows)
        chosen = choice if choice is not None else _by_rule(field, values, made)
        made[field.key] = Line(field, values, chosen, _result(field, values, chosen))
    return list(made.values())


def own_lines(fields: Sequence[CustomField], values: Sequence[tuple[int, Mapping[int, Value]]],
              choices: Mapping[str, int]) -> list[Line]:
    """The business's own fields of the merge: the kept one's value, or the first that there is, unless chosen.

    A yes or no is a choice between both, a day a date. Raises as `lines` does.
    """
    made = []
    for own in fields:
        field = Field(own_key(own), own.name, _OWN_TYPES.get(own.type, FieldType.TEXT),
                      choices=_YES_NO if own.type == "yes_no" else {})
        sides = tuple((row_id, _own_shown(own, held.get(own.id))) for row_id, held in values)
        chosen = choices.get(field.key)
        if chosen is not None and chosen not in dict(sides):
            raise InvalidInput(_NOBODYS, field.key)
        chosen = chosen if chosen is not None else next((row_id for row_id, value in sides if value is not None), None)
        made.append(Line(field, sides, chosen, None if chosen is None else dict(sides)[chosen]))
    return made


def own_result(made: Sequence[Line], values: Sequence[tuple[int, Mapping[int, Value]]]) -> str | None:
    """The column of own fields as the merge leaves it: by the lines, and what is of no line from whoever has it."""
    held = dict(values)
    kept = {key: value for _, side in reversed(values) for key, value in side.items()}
    for line in made:
        if line.chosen is not None:
            field = int(line.field.key.removeprefix("own:"))
            kept[field] = held[line.chosen].get(field)  # type: ignore[assignment]  # an empty one is left out below
    return stored(kept)


def _own_shown(own: CustomField, value: Value | None) -> Any:
    if value is None:
        return None
    if own.type == "yes_no":
        return "yes" if value else "no"
    return date.fromisoformat(str(value)) if own.type == "date" else value


def together(key: str, title: str, values: Sequence[tuple[int, Sequence[tuple[str, str]]]]) -> Line:
    """What is kept of everyone, each once: by customer (what makes it the same, as it is written), in their order."""
    kept: dict[str, str] = {}
    for _, items in values:
        for same, written in items:
            kept.setdefault(same, written)
    shown = tuple((row_id, ", ".join(written for _, written in items)) for row_id, items in values)
    return Line(Field(key, title), shown, ALL, ", ".join(kept.values()))


def _by_rule(field: Field, values: Sequence[tuple[int, Any]], made: Mapping[str, Line]) -> int | None:
    """Whose value is taken where nothing was chosen."""
    there = [(row_id, value) for row_id, value in values if not _empty(value)]
    if field.key in _FOLLOWS:  # a lead's state belongs to the state that was taken
        followed = made[_FOLLOWS[field.key]].chosen
        return followed if dict(values).get(followed or 0) is not None else None
    if not there:
        return None
    if field.key == "state":
        return max(there, key=lambda item: _STATES.get(item[1], -1))[0]
    if field.key in ("created_on", "verified_on"):
        pick = min if field.key == "created_on" else max
        return pick(there, key=lambda item: item[1] if isinstance(item[1], date) else date.max)[0]
    if field.key in _JOINED and len({value for _, value in there}) > 1:
        return ALL
    return there[0][0]


def _result(field: Field, values: Sequence[tuple[int, Any]], chosen: int | None) -> Any:
    if chosen is None:
        return False if field.type is FieldType.YES_NO else None
    if chosen == ALL:
        return "\n".join(dict.fromkeys(str(value) for _, value in values if not _empty(value)))
    return dict(values)[chosen]


def _empty(value: Any) -> bool:
    return value is None or value == "" or value is False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: every field, and how many rows of each table move to the kept customer.

    `names` are of the customers in the order of the merge; `linked` are the names behind the ids of link fields, by
    (field, id); `ways` are their phones, e-mails and tags, which are all kept, none twice. `custom` is the column of
    the business's own fields as it will be; their lines have keys like own:12.
    """

    keep: int
    others: tuple[int, ...]
    names: Mapping[int, str]
    lines: tuple[Line, ...]
    moved: Mapping[str, int]
    linked: Mapping[tuple[str, int], str]
    ways: tuple[Line, ...] = ()
    custom: str | None = None

    @property
    def result(self) -> dict[str, Any]:
        """The kept customer's fields as they will be."""
        common = {line.field.key: line.result for line in self.lines if not line.field.key.startswith("own:")}
        return {**common, "custom": self.custom}
