"""The sums of the pipeline report: what is open now, by stage."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.figures import PipelineFigures, StageFigures
from desktop_crm.storage import deals, pipelines
from desktop_crm.storage.figures.day import over_limit


def pipeline(connection: Connection, today: date, currency: str) -> PipelineFigures:
    """The open deals by stage (those of the board's columns), empty stages too; amounts in `currency` only."""
    sums = deals.sums(connection, DealFilter(statuses=("open",)), today, currency)
    over = over_limit(connection, today)
    stages = tuple(StageFigures(way.name, stage, *sums.get(stage.id, (0, 0, 0))[:3], over.get(stage.id, 0))
                   for way in pipelines.pipelines(connection) for stage in way.open_stages)
    idle = deals.where(DealFilter(no_next_step=True), today).query(
        "SELECT count(*) FROM deals JOIN stages st ON st.id = deals.stage_id")
    unknown, other = connection.execute(text(
        "SELECT coalesce(sum(amount IS NULL), 0), coalesce(sum(amount IS NOT NULL AND currency <> :currency), 0) "
        "FROM deals WHERE status = 'open'"), {"currency": currency}).one()
    return PipelineFigures(stages, connection.execute(idle).scalar_one(), unknown, other)
