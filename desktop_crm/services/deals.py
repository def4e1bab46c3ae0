"""What a user does with deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import (
    FIELDS,
    DealFilter,
    DealLine,
    DealRow,
    DealTotals,
    Pipeline,
    Stage,
    StageMove,
    StageSum,
    checked_lines,
)
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services import custom_fields
from desktop_crm.services import customers as customer_services
from desktop_crm.services.book import Book
from desktop_crm.storage import accounts, deals, pipelines, receipts, records
from desktop_crm.storage.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a deal's card shows."""

    row: DealRow
    values: Mapping[str, Any]
    lines: tuple[DealLine, ...]
    moves: tuple[StageMove, ...]
    lost_reason: str | None


def list_ids(book: Book, wanted: DealFilter | None = None, sort: str = "id", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the deals that pass the filter, sorted; unknown values last."""
    with book.read() as connection:
        return deals.list_ids(connection, wanted or DealFilter(), book.today(), sort, descending, limit)


def sort_names(book: Book, by: str, ids: Sequence[int]) -> dict[int, str]:
    """The name that some deals are sorted by, by id: by `name`, `customer` or `seller`; those without have none."""
    with book.read() as connection:
        return deals.sort_names(connection, by, ids)


def rows(book: Book, ids: Sequence[int]) -> list[DealRow]:
    """List rows by id, in the order asked for."""
    with book.read() as connection:
        return deals.rows(connection, ids)


def card(book: Book, deal: int) -> Card:
    """The card of one deal; NotFound if it is gone."""
    with book.read() as connection:
        values = records.get(connection, "deals", deal)
        reason = values["lost_reason_id"]
        return Card(deals.rows(connection, [deal])[0], values, deals.lines(connection, [deal]).get(deal, ()),
                    tuple(deals.moves(connection, deal)),
                    records.title(connection, "choices", reason) if reason else None)


def board(book: Book, pipeline: Pipeline, wanted: DealFilter) -> tuple[StageSum, ...]:
    """The columns of the board: count, sum and weighted sum of the open deals in each open stage."""
    with book.read() as connection:
        found = deals.sums(connection, wanted, book.today(), book.currency)
    return tuple(StageSum(stage, *found.get(stage.id, (0, 0, 0, 0))) for stage in pipeline.open_stages)


def totals(book: Book, wanted: DealFilter) -> DealTotals:
    """What the deals that pass the filter come to, whatever their stage."""
    with book.read() as connection:
        found = deals.sums(connection, wanted, book.today(), book.currency).values()
    return DealTotals(*(sum(part) for part in zip(*found, strict=True)))


def all_pipelines(book: Book) -> tuple[Pipeline, ...]:
    """Every pipeline with its stages."""
    with book.read() as connection:
        return pipelines.pipelines(connection)


def add(book: Book, values: Mapping[str, object], lines: Sequence[DealLine] = (), *, new_customer: str = "",
        own: Mapping[int, object] | None = None) -> int:
    """Add a deal and return its id: in the first open stage of the first pipeline, today, unless said otherwise.

    Without an amount, a deal with lines has their sum. `new_customer` is the name of a customer to add with it, `own`
    are values of own fields by field id.
    """
    lines = checked_lines(lines)
    clean = _complete(book, values, lines)
    with book.work(N_("Add deal {name}"), name=clean["name"]) as work:
        if new_customer.strip():
            clean["customer_id"] = customer_services.insert(book, work, {"name": new_customer})
        return _insert(book, work, clean, lines, own)


def insert(book: Book, work: Work, values: Mapping[str, object]) -> int:
    """Add a deal as a part of another act, as when a lead is converted; returns its id."""
    return _insert(book, work, _complete(book, values, ()), (), None)


def _complete(book: Book, values: Mapping[str, object], lines: Sequence[DealLine]) -> dict[str, Any]:
    """A new deal's checked values with what is so unless said otherwise: its stage, today, the sum of its lines."""
    clean = {"seller_id": book.seller, **fields.checked(FIELDS, values, new=True)}
    stage = _stage(book, clean.get("stage_id"), clean.get("pipeline_id"))
    today = book.today()
    clean |= {"stage_id": stage.id, "pipeline_id": stage.pipeline_id, "status": stage.kind,
              "created_on": clean.get("created_on") or today, "stage_on": today, "currency": book.currency}
    if stage.kind != "open":
        clean["closed_on"] = clean.get("closed_on") or today
    if clean.get("amount") is None and lines:
        clean |= fields.checked(FIELDS, {"amount": total(lines)})
    return clean


def _insert(book: Book, work: Work, clean: Mapping[str, Any], lines: Sequence[DealLine],
            own: Mapping[int, object] | None) -> int:
    new = records.add(work.connection, "deals", {**clean, **custom_fields.column(work.connection, "deals", own)})
    deals.set_lines(work.connection, new, lines)
    deals.log_move(work.connection, new, None, clean["stage_id"], clean["stage_on"], book.now(), clean.get("amount"),
                   clean.get("seller_id"))
    return new


def total(lines: Sequence[DealLine]) -> int | None:
    """The sum of the lines in minor units; None if no line has a price."""
    known = [line.amount for line in lines if line.amount is not None]
    return sum(known) if known else None


def _stage(book: Book, stage: object, pipeline: object = None) -> Stage:
    """The stage by id, or the first open one of the pipeline (or of the first pipeline)."""
    for candidate in all_pipelines(book):
        for item in candidate.stages:
            if item.id == stage or (stage is None and item.kind == "open" and pipeline in (None, candidate.id)):
                return item
    raise InvalidInput(N_("This stage is no longer in the file. Nothing was saved."), "stage_id")


def edit(book: Book, deal: int, values: Mapping[str, object], *, lines: Sequence[DealLine] | None = None,
         seen: Mapping[str, Any] | None = None, new_customer: str = "",
         own: Mapping[int, object] | None = None) -> Changes:
    """Change a deal's fields and, if given, its lines (their sum becomes the amount unless one is given too).

    The stage is changed by `move`, which logs it. `new_customer` is the name of a customer to add and link; `own` are
    values of own fields by field id.
    """
    clean = dict(fields.checked(FIELDS, values))
    clean.pop("stage_id", None)
    if lines is not None:
        lines = checked_lines(lines)
        clean = {**fields.checked(FIELDS, {"amount": total(lines)}), **clean}
    with book.read() as connection:
        name = records.title(connection, "deals", deal)
    with book.work(N_("Edit deal {name}"), name=name) as work:
        if new_customer.strip():
            clean["customer_id"] = customer_services.insert(book, work, {"name": new_customer})
        clean |= custom_fields.changed(work, "deals", deal, own)
        records.save(work.connection, "deals", deal, clean, seen)
        if lines is not None:
            deals.set_lines(work.connection, deal, lines)
    return work.done


def edit_many(book: Book, ids: Sequence[int], values: Mapping[str, object]) -> Changes:
    """Change the same fields of many deals in one act."""
    clean = dict(fields.checked(FIELDS, values))
    with book.work(N_("Edit {count} deals"), count=len(ids)) as work:
        for deal in ids:
            records.save(work.connection, "deals", deal, clean)
    return work.done


def move(book: Book, ids: Sequence[int], stage_id: int, *, reason_id: int | None = None, note: str = "",
         on: date | None = None) -> Changes:
    """Move deals to a stage on a day (default today) and log it; won and lost close them, open reopens them.

    A lost deal keeps its reason and note. Winning a deal makes its customer, if still a lead, a customer.
    """
    stage = _stage(book, stage_id)
    day = on or book.today()
    with book.read() as connection:
        names = records.names(connection, "deals", ids)
    label = N_("Move {name} to {stage}") if len(ids) == 1 else N_("Move {count} deals to {stage}")
    with book.work(label, name="".join(names.values()) if len(ids) == 1 else "", count=len(ids),
                   stage=stage.name) as work:
        for deal in ids:
            _move(book, work, deal, stage, day, reason_id, note)
    return work.done


def _move(book: Book, work: Work, deal: int, stage: Stage, day: date, reason: int | None, note: str) -> None:
    before = records.get(work.connection, "deals", deal)
    closed = stage.kind != "open"
    values = {"stage_id": stage.id, "pipeline_id": stage.pipeline_id, "status": stage.kind,
              "closed_on": day if closed else None,
              "lost_reason_id": reason if stage.kind == "lost" else None,
              "lost_note": (note.strip() or None) if stage.kind == "lost" else None}
    if before["stage_id"] != stage.id:
        values["stage_on"] = day
        deals.log_move(work.connection, deal, before["stage_id"], stage.id, day, book.now(), before["amount"],
                       before["seller_id"])
    else:
        values["closed_on"] = before["closed_on"] if closed else None
    records.save(work.connection, "deals", deal, values)
    if stage.kind == "won" and before["customer_id"]:
        customer_services.became_customer(book, work, before["customer_id"])


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete deals with their lines, stage log and tasks; what was paid stays, what was planned of a sale goes."""
    with book.read() as connection:
        names = list(records.names(connection, "deals", ids).values())
    label = N_("Delete deal {name}") if len(names) == 1 else N_("Delete {count} deals")
    with book.work(label, name=names[0] if names else "", count=len(ids)) as work:
        receipts.void(work.connection, book.now(), deals=ids)
        records.remove(work.connection, "payments", [
            row for deal in ids for row, *_ in accounts.planned(work.connection, deal)])
        records.remove(work.connection, "deals", ids)
    return work.done
