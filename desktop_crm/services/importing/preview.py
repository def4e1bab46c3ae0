"""The rows as they will be, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, overload

from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import ImportField, PreviewRow, fields
from desktop_crm.domain.values import to_major
from desktop_crm.i18n import Language
from desktop_crm.services import custom_fields
from desktop_crm.services.importing.own import NEW
from desktop_crm.services.importing.plan import Plan
from desktop_crm.services.importing.together import Together


def first_rows(plans: Together, rows: int, currency: str, language: Language | None) -> tuple[PreviewRow, ...]:
    """The first rows of the file, field by field; without a language as ISO days and plain decimals."""
    shown = Rows(plans, currency, language)
    return tuple(shown[row] for row in range(min(rows, len(shown))))


class Rows(Sequence[PreviewRow]):
    """All rows of a file as they will be; one is put in words when it is looked at."""

    def __init__(self, plans: Together, currency: str, language: Language | None) -> None:
        self._plans, self._currency, self._language = plans, currency, language
        self._actions = actions(plans)
        self._shown = {plan.made.kind: [item for item in (*fields(plan.made.kind), *plan.own.shown)
                                        if item.key in plan.made.values]
                       for plan in plans.plans}

    def __len__(self) -> int:
        return self._plans.rows

    @overload
    def __getitem__(self, index: int) -> PreviewRow: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[PreviewRow]: ...

    def __getitem__(self, index: int | slice) -> PreviewRow | Sequence[PreviewRow]:
        if isinstance(index, slice):
            return tuple(self[row] for row in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        texts: dict[str, str] = {}
        for plan, part in zip(self._plans.plans, self._plans.parts, strict=True):
            row = part.row_of[index]
            prefix = "" if plan.made.kind == self._plans.kind or self._plans.apart else f"{plan.made.kind}."
            if row is None:
                continue
            for item in self._shown[plan.made.kind]:
                text = _text(plan, item, row, self._currency, self._language)
                if text:
                    texts[f"{prefix}{item.key}"] = text
        return PreviewRow(self._plans.lines[index], self._actions[index], texts)


def actions(plans: Together) -> tuple[str, ...]:
    """What happens to each row: create, update or skip; what is made or changed beside its own record counts too."""
    found = ["skip"] * plans.rows
    updated = plans.updated_ids
    for number, (plan, part) in enumerate(zip(plans.plans, plans.parts, strict=True)):
        acts = [action(plan, row, updated[number]) for row in range(len(plan.ids))]
        for row, place in zip(part.first, range(len(plan.ids)), strict=True):
            if acts[place] == "create" or (acts[place] == "update" and found[row] == "skip"):
                found[row] = acts[place]
    main = next(part for part in plans.parts if part.kind == plans.kind)
    for row, at in enumerate(main.row_of):
        if at is not None and not plans.main.ids[at]:
            found[row] = "skip"
    return tuple(found)


def action(plan: Plan, row: int, updated: set[int]) -> str:
    """What happens to a row of a part: create, update or skip."""
    if not plan.ids[row]:
        return "skip"
    if plan.targets[row] is None:
        return "create"
    return "update" if plan.ids[row] in updated else "skip"


def _text(plan: Plan, item: ImportField, row: int, currency: str, language: Language | None) -> str:
    value = plan.made.values[item.key][row]
    if value is None:
        return ""
    if item.key.startswith("own:"):
        return own_text(plan, item.key, value, currency, language)
    if isinstance(value, tuple):
        said = (part if isinstance(part, str) else next((one for one in part if isinstance(one, str) and one), "")
                for part in value)
        return ", ".join(text for text in said if text)
    if item.type is FieldType.MONEY:
        own = plan.made.column("currency")[row] or currency
        return language.money(value, own) if language else str(to_major(value, own))
    if item.type is FieldType.DATE:
        return language.day(date.fromisoformat(value)) if language else str(value)
    if item.type is FieldType.QUANTITY:
        return _number(value / 1000, language)
    if item.key == "method" and language:
        return language.say(METHODS.get(value, value))
    if item.choices and language:
        return language.say(item.choices[value]) if value in item.choices else str(value)
    return _linked(plan, item, row, value)


def own_text(plan: Plan, key: str, value: Any, currency: str, language: Language | None) -> str:
    """A value of an own field by its key; without a language as ISO days and plain decimals."""
    if key == NEW:
        return str(value)
    field = plan.own.fields[int(key.removeprefix("own:"))]
    if language is not None:
        return custom_fields.shown(language, currency, field, value)
    return str(to_major(value, currency)) if field.type == "money" and value is not None else (
        "" if value is None else str(value))


def _number(value: float, language: Language | None) -> str:
    return language.number(value) if language else f"{value:g}"


def _linked(plan: Plan, item: ImportField, row: int, value: Any) -> str:
    """The name that a link leads to, which may be written otherwise in the cell."""
    ids = plan.made.values.get(item.column or f"{item.key}_id") if item.link else None
    if ids is None or ids[row] is None or item.link in ("stages", "pipelines"):
        return str(value)
    return plan.links.of(item.link).names.get(ids[row], str(value))
