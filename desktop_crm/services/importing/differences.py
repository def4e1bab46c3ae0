"""What an import changes in records that are there already: field by field, before it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop_crm.domain import custom_fields as rules
from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import Difference, ImportField, fields
from desktop_crm.domain.importing.fields import WAYS
from desktop_crm.domain.values import to_major
from desktop_crm.i18n import Language
from desktop_crm.services.importing.plan import Plan
from desktop_crm.services.importing.preview import own_text
from desktop_crm.services.importing.together import Together
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection

_WAYS = {kind: field for field, kind in WAYS.items()}


def differences(connection: Connection, plans: Together, currency: str,
                language: Language | None) -> tuple[Difference, ...]:
    """Every field of every older record that changes, in the order of the file; texts as the language writes them."""
    found: list[Difference] = []
    for plan in plans.plans:
        found += _of_plan(connection, plan, plans.kind, currency, language)
    return tuple(sorted(found, key=lambda item: item.row))


def _of_plan(connection: Connection, plan: Plan, main: str, currency: str,
             language: Language | None) -> list[Difference]:
    row_of = {found: row for row, found in plan.matched()}
    changed = plan.updated
    names = {row[0]: row[1] for row in importing.rows(connection, plan.made.kind, ("name",), sorted(changed))}
    prefix = "" if plan.made.kind == main else f"{plan.made.kind}."
    made: list[Difference] = []

    def note(record: int, item: ImportField, before: str, after: str) -> None:
        made.append(Difference(plan.made.lines[row_of[record]], plan.made.kind, record, names[record] or "",
                               f"{prefix}{item.key}", item.title, before, after))

    _columns(connection, plan, currency, language, note)
    _own(connection, plan, currency, language, note)
    if plan.made.kind in ("customers", "contacts"):
        _lists(connection, plan, row_of, note)
    return made


Note = Callable[[int, ImportField, str, str], None]


def _columns(connection: Connection, plan: Plan, currency: str, language: Language | None, note: Note) -> None:
    """The columns of the records themselves."""
    items = {item.column: item for item in fields(plan.made.kind) if item.column}
    keys = sorted({key for change in plan.changes.values() for key in change if key in items})
    if not keys:
        return
    for record, *before in importing.rows(connection, plan.made.kind, keys, sorted(plan.changes)):
        for key, old in zip(keys, before, strict=True):
            new = plan.changes[record].get(key, old)
            if new != old:
                before_text, after_text = (_text(plan, items[key], value, currency, language) for value in (old, new))
                note(record, items[key], before_text, after_text)


def _own(connection: Connection, plan: Plan, currency: str, language: Language | None, note: Note) -> None:
    """The business's own fields, each by itself."""
    changed = [record for record, change in plan.changes.items() if "custom" in change]
    for record, stored in importing.rows(connection, plan.made.kind, ("custom",), sorted(changed)):
        before, after = rules.read(stored), rules.read(plan.changes[record]["custom"])
        for field in plan.own.fields.values():
            if before.get(field.id) != after.get(field.id):
                key = rules.key(field)
                texts = [own_text(plan, key, side.get(field.id), currency, language) for side in (before, after)]
                note(record, ImportField(key, field.name), *texts)


def _lists(connection: Connection, plan: Plan, row_of: Mapping[int, int], note: Note) -> None:
    """E-mails, phones and tags: all of them before, and after."""
    items = {item.key: item for item in fields(plan.made.kind)}
    owner = "customer_id" if plan.made.kind == "customers" else "contact_id"
    gone = {(part.table, row_id) for part in plan.removals for row_id in part.ids}
    new: dict[tuple[int, str], list[str]] = defaultdict(list)
    for addition in plan.additions:
        for place, record in enumerate(addition.owners):
            if record in row_of and addition.table == "channels" and addition.columns["kind"][place] in _WAYS:
                new[record, _WAYS[addition.columns["kind"][place]]].append(addition.columns["value"][place])
            elif record in row_of and addition.table == "customer_tags":
                new[record, "tags"].append(plan.links.of("tags").names[addition.columns["tag_id"][place]])
    touched = {record for record, _ in new} | {record for part in plan.removals for record in part.owners}
    old: dict[tuple[int, str], list[tuple[str, bool]]] = defaultdict(list)
    for record, row_id, kind, value in importing.rows(connection, "channels", ("id", "kind", "value"), sorted(touched),
                                                      by=owner):
        old[record, _WAYS.get(kind, "")].append((value, ("channels", row_id) in gone))
    if owner == "customer_id" and "tags" in plan.made.values:
        names = plan.links.of("tags").names
        for record, row_id, tag in importing.rows(connection, "customer_tags", ("id", "tag_id"), sorted(touched),
                                                  by=owner):
            old[record, "tags"].append((names[tag], ("customer_tags", row_id) in gone))
    for record, key in sorted({*new, *(place for place, values in old.items() if any(out for _, out in values))}):
        before = [value for value, _ in old[record, key]]
        after = [value for value, out in old[record, key] if not out] + new[record, key]
        note(record, items[key], ", ".join(before), ", ".join(after))


def _text(plan: Plan, item: ImportField, value: Any, currency: str, language: Language | None) -> str:
    """A value as a person reads it; without a language as ISO days and plain decimals."""
    if value is None or value == "":
        return ""
    if item.link == "stages" and plan.deals is not None:
        return plan.deals.stages.name(value)
    if item.link and item.link != "pipelines":
        return plan.links.of(item.link).names.get(value, str(value))
    if item.type is FieldType.MONEY:
        return language.money(value, currency) if language else str(to_major(value, currency))
    if item.type is FieldType.DATE and language:
        return language.day(date.fromisoformat(value))
    if language and item.choices:
        return language.say(item.choices.get(value, str(value)))
    if language and item.key == "method":
        return language.say(METHODS.get(value, str(value)))
    return str(value)


def counted(found: Sequence[Difference]) -> tuple[int, int]:
    """(changes, records that they are in)."""
    return len(found), len({(item.kind, item.record) for item in found})
