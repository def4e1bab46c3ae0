"""Editing pipelines and their stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.deals import STAGE_FIELDS
from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.services.book import Book
from desktop_crm.storage import pipelines, records


def add_pipeline(book: Book, name: str, like: int) -> int:
    """Add a pipeline with the same stages as pipeline `like`; returns its id."""
    name = _named(name)
    with book.work(N_("Add pipeline {name}"), name=name) as work:
        last = len(pipelines.pipelines(work.connection))
        new = records.add(work.connection, "pipelines", {"name": name, "position": last + 1})
        for stage in records.find(work.connection, "stages", pipeline_id=like):
            records.add(work.connection, "stages", {
                "pipeline_id": new, **{key: stage[key] for key in
                                       ("name", "position", "kind", "probability", "day_limit")}})
    return new


def rename_pipeline(book: Book, pipeline: int, name: str) -> None:
    """Give a pipeline another name."""
    name = _named(name)
    with book.work(N_("Rename pipeline {name}"), name=name) as work:
        records.save(work.connection, "pipelines", pipeline, {"name": name})


def _named(name: str) -> str:
    if not name.strip():
        raise InvalidInput(N_("{field} is needed. Nothing was saved."), "name", field=Term(N_("Name")))
    return name.strip()


def add_stage(book: Book, pipeline: int, values: Mapping[str, object]) -> int:
    """Add an open stage before the pipeline's won and lost ones; returns its id."""
    clean = fields.checked(STAGE_FIELDS, values, new=True)
    with book.work(N_("Add stage {name}"), name=clean["name"]) as work:
        found = next((item for item in pipelines.pipelines(work.connection) if item.id == pipeline), None)
        position = max((stage.position for stage in found.open_stages), default=0) if found else 0
        return records.add(work.connection, "stages", {"pipeline_id": pipeline, "position": position + 1, **clean,
                                                       "kind": "open"})


def edit_stage(book: Book, stage: int, values: Mapping[str, object]) -> None:
    """Change a stage's name, probability (per cent) or day limit; its kind stays what it is."""
    clean = fields.checked(STAGE_FIELDS, {key: value for key, value in values.items() if key != "kind"})
    with book.read() as connection:
        name = records.title(connection, "stages", stage)
    with book.work(N_("Edit stage {name}"), name=name) as work:
        records.save(work.connection, "stages", stage, clean)


def order_stages(book: Book, ids: Sequence[int]) -> None:
    """Put the stages of a pipeline into this order."""
    with book.work(N_("Order the stages")) as work:
        for position, stage in enumerate(ids, 1):
            records.save(work.connection, "stages", stage, {"position": position})


def delete_stage(book: Book, stage: int) -> None:
    """Delete a stage that no deal stands in or has passed; InvalidInput otherwise."""
    with book.read() as connection:
        found = records.get(connection, "stages", stage)
        used = pipelines.deals_in(connection, stage)
    if used or found["kind"] != "open":
        raise InvalidInput(N_("Stage “{name}” is used by deals or closes them, so it stays. Rename it instead."),
                           "stage_id", name=found["name"])
    with book.work(N_("Delete stage {name}"), name=found["name"]) as work:
        records.remove(work.connection, "stages", [stage])
