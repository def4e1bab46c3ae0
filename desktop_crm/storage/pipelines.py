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


def won_stage(connection: Connection, names: Collection[str]) -> tuple[int, int] | None:
    """The ids of the first won stage, and of its pipeline, of the first pipeline with one of these names."""
    places = ", ".join("?" * len(names))
    row = connection.exec_driver_sql(
        f"SELECT s.id, p.id FROM pipelines p JOIN stages s ON s.pipeline_id = p.id WHERE p.name IN ({places}) "
        "AND s.kind = 'won' ORDER BY p.position, p.id, s.position, s.id LIMIT 1", tuple(names)).one_or_none()
    return None if row is None else (row[0], row[1])
