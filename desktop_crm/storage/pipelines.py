"""Pipelines and their stages."""

from __future__ import annotations

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
