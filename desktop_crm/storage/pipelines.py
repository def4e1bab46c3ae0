"""Pipelines and their stages."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from desktop_crm.domain.deals import Pipeline, Stage


def pipelines(connection: Connection) -> tuple[Pipeline, ...]:
    """Every pipeline with its stages, in their order."""
    stages: dict[int, list[Stage]] = {}
    for row in connection.exec_driver_sql(
            "SELECT id, pipeline_id, name, kind, probability, day_limit, position FROM stages "
            "ORDER BY CASE kind WHEN 'open' THEN 0 WHEN 'won' THEN 1 ELSE 2 END, position, id"):
        stages.setdefault(row[1], []).append(Stage(*row))
    return tuple(Pipeline(row[0], row[1], tuple(stages.get(row[0], ()))) for row in connection.exec_driver_sql(
        "SELECT id, name FROM pipelines ORDER BY position, id"))


def deals_in(connection: Connection, stage: int) -> int:
    """How many deals stand in a stage, or have ever passed through it."""
    return int(connection.exec_driver_sql(
        "SELECT (SELECT count(*) FROM deals WHERE stage_id = ?1) + (SELECT count(*) FROM stage_moves "
        "WHERE from_stage_id = ?1 OR to_stage_id = ?1)", (stage,)).scalar_one())


def deals_along(connection: Connection, pipeline: int) -> bool:
    """Whether a deal stands in a pipeline or has ever passed one of its stages."""
    own = "(SELECT id FROM stages WHERE pipeline_id = ?1)"
    return bool(connection.exec_driver_sql(
        f"SELECT EXISTS (SELECT 1 FROM deals WHERE pipeline_id = ?1) OR EXISTS (SELECT 1 FROM deals WHERE stage_id IN "
        f"{own}) OR EXISTS (SELECT 1 FROM stage_moves WHERE from_stage_id IN {own} OR to_stage_id IN {own})",
        (pipeline,)).scalar_one())


def standing(connection: Connection) -> dict[int, int]:
    """How many open deals stand in each stage, by its id."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        "SELECT stage_id, count(*) FROM deals WHERE status = 'open' GROUP BY stage_id")}


def used_stages(connection: Connection) -> set[int]:
    """The ids of the stages in which a deal stands or has ever stood."""
    return set(connection.exec_driver_sql(
        "SELECT stage_id FROM deals UNION SELECT from_stage_id FROM stage_moves UNION SELECT to_stage_id "
        "FROM stage_moves").scalars()) - {None}


def won_stage(connection: Connection, names: Collection[str]) -> tuple[int, int] | None:
    """The ids of the first won stage, and of its pipeline, of the first pipeline with one of these names."""
    places = ", ".join("?" * len(names))
    row = connection.exec_driver_sql(
        f"SELECT s.id, p.id FROM pipelines p JOIN stages s ON s.pipeline_id = p.id WHERE p.name IN ({places}) "
        "AND s.kind = 'won' ORDER BY p.position, p.id, s.position, s.id LIMIT 1", tuple(names)).one_or_none()
    return None if row is None else (row[0], row[1])
