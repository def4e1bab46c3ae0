"""Several customers become one: field by field, with all that hangs on them; one act, undoable while it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.merging import Line, Preview, lines, own_lines, own_result, together
from desktop_crm.domain.values import fold
from desktop_crm.services import scored
from desktop_crm.services.book import Book
from desktop_crm.storage import custom_fields, customers, merging, records
from desktop_crm.storage.unit_of_work import Connection, Work

_LISTS = {"sources": "choices"}
_STOOD = frozenset({"campaign_id", "kind", "state", "lead_state", "heat", "seller_id", "source_id", "created_on",
                    "verified_on", "starred", "no_marketing", "promised_on"})


def preview(book: Book, keep: int, others: Sequence[int], choices: Mapping[str, int] | None = None) -> Preview:
    """What `merge` would do with the same arguments; nothing is changed. NotFound if one of them is gone."""
    with book.read() as connection:
        return _preview(book, connection, keep, others, choices or {})


def merge(book: Book, keep: int, others: Sequence[int], choices: Mapping[str, int] | None = None) -> Changes:
    """Make `others` one with `keep`: fields by `choices` (field → whose value), and everything that hangs on them.

    Where nothing is chosen the rules of domain.merging.lines decide. `Book.undo_work` takes the act back at any time
    as long as nothing contradicts. Raises NotFound, and InvalidInput if there is nothing to merge.
    """
    with book.read() as connection:
        name = records.title(connection, "customers", keep)
        names = [records.title(connection, "customers", other) for other in others]
    label = N_("Merge {other} into {name}") if len(others) == 1 else N_("Merge {count} customers into {name}")
    with book.work(label, name=name, other=names[0] if names else "", count=len(others)) as work:
        join(book, work, keep, others, choices)
    return work.done


def join(book: Book, work: Work, keep: int, others: Sequence[int], choices: Mapping[str, int] | None = None) -> None:
    """Make `others` one with `keep` as a part of another act; as `merge`."""
    plan = _preview(book, work.connection, keep, others, choices or {})
    heat = next(line.chosen for line in plan.lines if line.field.key == "heat")
    by_score = records.get(work.connection, "customers", heat or keep)["heat_scored"]
    merging.move(work.connection, keep, others)
    before = records.save(work.connection, "customers", keep, {**plan.result, "heat_scored": by_score})
    if plan.result["state"] != "lead" and "state" not in before and _leads(plan):
        customers.log_state(work.connection, keep, "state", "lead", plan.result["state"], book.today(), book.now())
    for field in ("state", "lead_state"):
        if field in before:
            customers.log_state(work.connection, keep, field, before[field], plan.result[field], book.today(),
                                book.now())
    records.remove(work.connection, "customers", others)
    scored.follow(book, work, [keep])


def _leads(plan: Preview) -> bool:
    """Whether a lead is among those who become one with the kept customer: they were one once, then."""
    state = next(line for line in plan.lines if line.field.key == "state")
    return any(value == "lead" for record, value in state.values if record != plan.keep)


def left_out(book: Book, work: Work, keep: int, other: int) -> list[str]:
    """What `join` keeps in no field of one that becomes one with another, as lines ("City: Klang") to be written down.

    How somebody stood (state, heat, seller, source, days of work) is of the past then, and in the history; a campaign
    is in the notes already.
    """
    plan = _preview(book, work.connection, keep, [other], {})
    found = []
    for line in plan.lines:
        value = dict(line.values)[other]
        if line.field.key in _STOOD or line.joins or value in (None, "", False) or value == line.result:
            continue
        found.append(f"{book.language.say(line.field.title)}: {_written(book, plan, line.field, value)}")
    return found


def _written(book: Book, plan: Preview, field: Field, value: Any) -> str:
    """A field's value in the file's language."""
    words = book.language
    if field.type is FieldType.LINK:
        return plan.linked.get((field.key, int(value)), str(value))
    if field.type is FieldType.MONEY:
        return words.money(value, book.currency)
    if isinstance(value, date):
        return words.day(value)
    return words.say(field.choices[value]) if value in field.choices else str(value)


def _preview(book: Book, connection: Connection, keep: int, others: Sequence[int],
             choices: Mapping[str, int]) -> Preview:
    ids = [keep, *others]
    if not others or len(set(ids)) < len(ids):
        raise InvalidInput(N_("Choose two or more different customers to make one of. Nothing was changed."))
    rows = [records.get(connection, "customers", record) for record in ids]
    made = [_parent(connection, line, ids, "parent_id" in choices) if line.field.key == "parent_id" else line
            for line in lines(rows, choices)]
    linked = _linked(connection, made)
    made = _with_campaigns(book, made, linked)
    held = [(record, own_rules.read(row["custom"])) for record, row in zip(ids, rows, strict=True)]
    own = own_lines(custom_fields.listed(connection, "customers"), held, choices)
    return Preview(keep, tuple(others), {row["id"]: row["name"] for row in rows}, (*made, *own),
                   merging.hanging(connection, others), linked, _ways(connection, ids),
                   own_result(own, held))


def _with_campaigns(book: Book, made: list[Line], linked: Mapping[tuple[str, int], str]) -> list[Line]:
    """The lines with a note of every campaign that brought one of them and that the kept one does not stand for."""
    line = next(line for line in made if line.field.key == "campaign_id")
    title = book.language.say(line.field.title)
    notes = next(line for line in made if line.field.key == "notes")
    said = [] if notes.result is None else str(notes.result).split("\n")
    lost = dict.fromkeys(f"{title}: {linked[line.field.key, value]}" for _, value in line.values
                         if value not in (None, line.result))
    fresh = [told for told in lost if told not in said]
    return [replace(each, result="\n".join([*said, *fresh])) if fresh and each is notes else each for each in made]


def _ways(connection: Connection, ids: Sequence[int]) -> tuple[Line, ...]:
    """The phones, e-mails, other ways and tags of all, as they will stand together."""
    found, tags = customers.channels(connection, "customer_id", ids), customers.tags(connection, ids)

    def of(kinds: Collection[str], record: int) -> list[tuple[str, str]]:
        return [(way.normal or fold(way.value), way.value) for way in found.get(record, ()) if way.kind in kinds]

    others = {way.kind for ways in found.values() for way in ways} - {"phone", "email"}
    return (together("phones", N_("Phones"), [(record, of({"phone"}, record)) for record in ids]),
            together("emails", N_("E-mails"), [(record, of({"email"}, record)) for record in ids]),
            together("others", N_("Messengers and pages"), [(record, of(others, record)) for record in ids]),
            together("tags", N_("Tags"), [(record, [(name, name) for _, name in tags.get(record, [])])
                                          for record in ids]))


def _parent(connection: Connection, line: Line, ids: Sequence[int], asked: bool) -> Line:
    """Whom the kept one belongs to: nobody who becomes one with it, or belongs to one of them."""
    sides = [(line.chosen, line.result)] if asked else [(line.chosen, line.result), *line.values]
    free = next(((owner, parent) for owner, parent in sides
                 if parent is not None and not merging.hangs_on(connection, ids, parent)), (None, None))
    return replace(line, chosen=free[0], result=free[1])


def _linked(connection: Connection, made: Sequence[Line]) -> dict[tuple[str, int], str]:
    """The names of what the link fields lead to."""
    found: dict[tuple[str, int], str] = {}
    for line in made:
        if line.field.type is FieldType.LINK:
            table = _LISTS.get(line.field.link, line.field.link)
            ids = {int(value) for _, value in line.values if value is not None}
            found |= {(line.field.key, row_id): name for row_id, name in records.names(connection, table, ids).items()}
    return found
