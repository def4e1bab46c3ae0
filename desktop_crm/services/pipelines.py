"""Editing pipelines and their stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.deals import STAGE_FIELDS
from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.domain.values import fold
from desktop_crm.services.book import Book
from desktop_crm.storage import pipelines, records
from desktop_crm.storage.unit_of_work import Connection


def standing(book: Book) -> dict[int, int]:
    """How many open deals stand in each stage, by its id; stages without any are left out."""
    with book.read() as connection:
        return pipelines.standing(connection)


def add_pipeline(book: Book, name: str, like: int) -> int:
    """Add a pipeline with the same stages as pipeline `like`, after the others; returns its id.

    Raises InvalidInput for an empty name, and for one that another pipeline has.
    """
    name = _named(name)
    with book.work(N_("Add pipeline {name}"), name=name) as work:
        every = pipelines.pipelines(work.connection)
        _free(name, {item.id: item.name for item in every})
        new = records.add(work.connection, "pipelines", {"name": name, "position": _last(work.connection) + 1})
        for stage in records.find(work.connection, "stages", pipeline_id=like):
            records.add(work.connection, "stages", {
                "pipeline_id": new, **{key: stage[key] for key in
                                       ("name", "position", "kind", "probability", "day_limit")}})
    return new


def rename_pipeline(book: Book, pipeline: int, name: str) -> None:
    """Give a pipeline another name; raises as `add_pipeline` does."""
    name = _named(name)
    with book.work(N_("Rename pipeline {name}"), name=name) as work:
        _free(name, {item.id: item.name for item in pipelines.pipelines(work.connection) if item.id != pipeline})
        records.save(work.connection, "pipelines", pipeline, {"name": name})


def order_pipelines(book: Book, ids: Sequence[int]) -> None:
    """Put the pipelines into this order; new deals begin in the first."""
    with book.work(N_("Order the pipelines")) as work:
        records.order(work.connection, "pipelines", ids)


def delete_pipeline(book: Book, pipeline: int) -> None:
    """Delete a pipeline, with its stages, through which no deal has gone; InvalidInput otherwise, and for the last."""
    with book.read() as connection:
        name = records.title(connection, "pipelines", pipeline)
        every = pipelines.pipelines(connection)
        if len(every) < 2:
            raise InvalidInput(N_("“{name}” is the only pipeline, so it stays. Rename it instead."), "pipeline_id",
                               name=name)
        if pipelines.deals_along(connection, pipeline):
            raise InvalidInput(N_("Pipeline “{name}” is used by deals, so it stays. Rename it instead."),
                               "pipeline_id", name=name)
    with book.work(N_("Delete pipeline {name}"), name=name) as work:
        records.remove(work.connection, "pipelines", [pipeline])


def _named(name: str) -> str:
    if not name.strip():
        raise InvalidInput(N_("{field} is needed. Nothing was saved."), "name", field=Term(N_("Name")))
    return name.strip()


def _free(name: object, taken: Mapping[int, str]) -> None:
    """Refuse a name that another has: import and the command line find pipelines and stages by their names."""
    same = next((other for other in taken.values() if fold(other) == fold(str(name))), None)
    if same is not None:
        raise InvalidInput(N_("“{name}” is in the list already. Nothing was saved."), "name", name=same)


def _last(connection: Connection) -> int:
    return max((row["position"] for row in records.find(connection, "pipelines")), default=0)


def _siblings(connection: Connection, pipeline: int) -> dict[int, str]:
    return {row["id"]: row["name"] for row in records.find(connection, "stages", pipeline_id=pipeline)}


def add_stage(book: Book, pipeline: int, values: Mapping[str, object]) -> int:
    """Add an open stage before the pipeline's won and lost ones; returns its id.

    Raises InvalidInput for an empty name, one that another stage of the pipeline has, and a number out of range.
    """
    clean = fields.checked(STAGE_FIELDS, values, new=True)
    with book.work(N_("Add stage {name}"), name=clean["name"]) as work:
        _free(clean["name"], _siblings(work.connection, pipeline))
        found = next((item for item in pipelines.pipelines(work.connection) if item.id == pipeline), None)
        position = max((stage.position for stage in found.open_stages), default=0) if found else 0
        return records.add(work.connection, "stages", {"pipeline_id": pipeline, "position": position + 1, **clean,
                                                       "kind": "open"})


def edit_stage(book: Book, stage: int, values: Mapping[str, object]) -> None:
    """Change a stage's name, probability (per cent) or day limit; its kind stays what it is. Raises as `add_stage`."""
    clean = fields.checked(STAGE_FIELDS, {key: value for key, value in values.items() if key != "kind"})
    with book.read() as connection:
        found = records.get(connection, "stages", stage)
        if "name" in clean:
            siblings = _siblings(connection, found["pipeline_id"])
            _free(clean["name"], {key: name for key, name in siblings.items() if key != stage})
    with book.work(N_("Edit stage {name}"), name=found["name"]) as work:
        records.save(work.connection, "stages", stage, clean)


def order_stages(book: Book, ids: Sequence[int]) -> None:
    """Put the stages of a pipeline into this order."""
    with book.work(N_("Order the stages")) as work:
        records.order(work.connection, "stages", ids)


def delete_stage(book: Book, stage: int) -> None:
    """Delete an open stage that no deal stands in or has passed; InvalidInput otherwise, and for a pipeline's last."""
    with book.read() as connection:
        found = records.get(connection, "stages", stage)
        used = pipelines.deals_in(connection, stage)
        others = records.find(connection, "stages", pipeline_id=found["pipeline_id"], kind="open")
    if used or found["kind"] != "open":
        raise InvalidInput(N_("Stage “{name}” is used by deals or closes them, so it stays. Rename it instead."),
                           "stage_id", name=found["name"])
    if len(others) < 2:
        raise InvalidInput(N_("“{name}” is the only open stage of its pipeline, so it stays. Rename it instead."),
                           "stage_id", name=found["name"])
    with book.work(N_("Delete stage {name}"), name=found["name"]) as work:
        records.remove(work.connection, "stages", [stage])
