"""The first rows as they will be, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import ImportField, PreviewRow, fields
from desktop_crm.domain.values import to_major
from desktop_crm.i18n import Language
from desktop_crm.services.importing.plan import Plan


def first_rows(plan: Plan, rows: int, currency: str, language: Language | None) -> tuple[PreviewRow, ...]:
    """The first rows of the file, field by field; without a language as ISO days and plain decimals."""
    shown = [item for item in fields(plan.made.kind) if item.key in plan.made.values]
    found = []
    for row in range(min(rows, len(plan.made))):
        texts = {item.key: _text(plan, item, row, currency, language) for item in shown}
        said = {key: text for key, text in texts.items() if text}
        found.append(PreviewRow(plan.made.lines[row], action(plan, row), said))
    return tuple(found)


def action(plan: Plan, row: int) -> str:
    """What happens to a row: create, update or skip."""
    if not plan.ids[row]:
        return "skip"
    if plan.targets[row] is None:
        return "create"
    return "update" if plan.ids[row] in plan.updated else "skip"


def _text(plan: Plan, item: ImportField, row: int, currency: str, language: Language | None) -> str:
    value = plan.made.values[item.key][row]
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(part if isinstance(part, str) else part[0] for part in value)
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


def _number(value: float, language: Language | None) -> str:
    return language.number(value) if language else f"{value:g}"


def _linked(plan: Plan, item: ImportField, row: int, value: Any) -> str:
    """The name that a link leads to, which may be written otherwise in the cell."""
    ids = plan.made.values.get(item.column or f"{item.key}_id") if item.link else None
    if ids is None or ids[row] is None or item.link in ("stages", "pipelines"):
        return str(value)
    return plan.links.of(item.link).names.get(ids[row], str(value))
