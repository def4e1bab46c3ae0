"""A planned import into the file, part by part: bulk inserts in an order that links can follow, then the changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_crm.services.importing import own
from desktop_crm.services.importing.deals import Deals
from desktop_crm.services.importing.plan import Plan
from desktop_crm.services.importing.together import Together
from desktop_crm.storage import importing, records
from desktop_crm.storage.unit_of_work import Connection

Step = Callable[[int], None]

_FIRST = ("sellers", "products", "tags", "sources", "lost_reasons", "campaigns", "customers")


def write(connection: Connection, plans: Together, currency: str, step: Step) -> None:
    """Write everything that the plans hold under the open piece of work; `step` hears of rows done and may raise."""
    importing.later(connection)
    for kind in _FIRST:
        if kind in plans.links.new():
            _linked(connection, kind, plans.links.new()[kind], currency)
    for plan in plans.plans:
        _plan(connection, plan, step)


def _plan(connection: Connection, plan: Plan, step: Step) -> None:
    if plan.deals is not None:
        _stages(connection, plan.deals)
    own.make(connection, plan.own)
    new = plan.new
    if new:
        importing.insert(connection, plan.made.kind, plan.columns, plan.ids[new[0]], step)
    importing.update(connection, plan.made.kind, {
        record: {**values, "heat_scored": False} if "heat" in values else values  # what a file says, somebody has said
        for record, values in plan.changes.items()})
    if plan.deals is not None:
        importing.delete(connection, "deal_lines", "deal_id", plan.deals.replaced)
        _became_customers(connection, plan.deals)
    for gone in plan.removals:
        importing.delete(connection, gone.table, "id", gone.ids)
    for addition in plan.additions:
        importing.insert(connection, addition.table, addition.columns, records.next_id(connection, addition.table),
                         lambda _: step(0))


def _linked(connection: Connection, kind: str, names: Mapping[int, str], currency: str) -> None:
    """The sellers, products, customers … that rows name and the file lacks."""
    columns: dict[str, list[Any]] = {"name": list(names.values())}
    count, table = len(names), kind
    if kind == "customers":
        columns["state"] = ["customer"] * count
    elif kind in ("products", "campaigns"):
        columns["currency"] = [currency] * count
    elif kind in ("sources", "lost_reasons"):
        table, code = "choices", kind.removesuffix("s")
        last = importing.last_position(connection, code)
        columns |= {"kind": [code] * count, "position": list(range(last + 1, last + 1 + count))}
    importing.insert_with_ids(connection, table, columns, list(names))


def _stages(connection: Connection, deals: Deals) -> None:
    """The new stages in their places; those behind them move up."""
    stages = deals.stages
    if not stages.new:
        return
    importing.update(connection, "stages", {stage: {"position": place} for stage, place in stages.moved().items()})
    places = stages.positions()
    importing.insert(connection, "stages", {
        "pipeline_id": [stage.pipeline_id for stage in stages.new], "name": [stage.name for stage in stages.new],
        "probability": [stage.probability for stage in stages.new],
        "position": [places[stage.id] for stage in stages.new]}, stages.new[0].id)


def _became_customers(connection: Connection, deals: Deals) -> None:
    """A lead who has bought is a customer since that day."""
    leads = [row[0] for row in importing.rows(connection, "customers", ("state",), list(deals.winners))
             if row[1] == "lead"]
    importing.update(connection, "customers", {key: {"state": "customer", "lead_state": "converted"} for key in leads})
    if leads:
        importing.insert(connection, "state_moves", {
            "customer_id": leads, "before": ["lead"] * len(leads), "after": ["customer"] * len(leads),
            "on_date": [deals.winners[lead] for lead in leads]}, records.next_id(connection, "state_moves"))
