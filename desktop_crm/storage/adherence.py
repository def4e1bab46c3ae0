"""How long won deals stood in their stages, and how long open ones stand there by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.adherence import Adherence, Standing, judge
from desktop_crm.storage.conditions import by_ids

# Both read indexes alone where there are many rows: the open deals of each stage out of `deals_stage`, the won ones
# out of `deals_sums`; the log of each won deal is found by its deal and read in the order in which it was written.
_OPEN = ("SELECT d.id, d.stage_id, d.stage_on FROM stages s CROSS JOIN deals d ON d.stage_id = s.id "
         "AND d.status = 'open' WHERE s.kind = 'open'")
_STAYS = """SELECT stage_id, came_on, went_on, count(*) FROM (
  SELECT m.to_stage_id AS stage_id, m.on_date AS came_on,
    lead(m.on_date) OVER (PARTITION BY m.deal_id ORDER BY m.id) AS went_on
  FROM stage_moves m WHERE m.deal_id IN (SELECT id FROM deals WHERE status = 'won' AND coalesce(amount, 0) >= 0))
WHERE went_on >= came_on AND stage_id IN (SELECT id FROM stages WHERE kind = 'open')
GROUP BY stage_id, came_on, went_on"""
_STAGES = ("SELECT s.id, s.name FROM stages s JOIN pipelines p ON p.id = s.pipeline_id WHERE s.kind = 'open' "
           "ORDER BY p.position, p.id, s.position, s.id")


def adherence(connection: Connection, today: date) -> Adherence:
    """How steadily the open deals move on, by the finished stays of won deals (returns aside)."""
    names = {row[0]: row[1] for row in connection.exec_driver_sql(_STAGES)}
    deals = (Standing(row[0], row[1], _days(row[2], today)) for row in connection.exec_driver_sql(_OPEN))
    return judge(deals, _stays(connection), names)


def _stays(connection: Connection) -> dict[int, dict[int, int]]:
    """By stage: days → how many finished stays were so long."""
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for stage, came_on, went_on, count in connection.exec_driver_sql(_STAYS):
        found[stage][(date.fromisoformat(went_on) - date.fromisoformat(came_on)).days] += count
    return found


def _days(since: str | None, today: date) -> int | None:
    return None if since is None else max(0, (today - date.fromisoformat(since)).days)


def stages_of(connection: Connection, ids: Sequence[int], today: date) -> dict[int, tuple[str, int | None]]:
    """The stage in which each of some deals stands, and for how many days."""
    return {row[0]: (row[1], _days(row[2], today)) for row in by_ids(
        connection, "SELECT d.id, s.name, d.stage_on FROM deals d JOIN stages s ON s.id = d.stage_id "
                    "WHERE d.id IN :ids", ids)}
