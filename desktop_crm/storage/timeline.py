"""The pieces of a customer's timeline that are not activities: stage moves, payments, finished tasks, documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from desktop_crm.storage.conditions import as_day


class Piece(NamedTuple):
    """One line: what kind, whose id, when, and its raw texts and amount."""

    kind: str
    id: int
    on_date: date | None
    at: datetime | None
    first: str
    second: str
    amount: int | None
    currency: str
    who: str


_ACTIVITIES = """SELECT 'activity', a.id, a.on_date, a.at, a.kind, a.name, a.minutes, coalesce(a.state, ''),
  coalesce(s.name, '') FROM activities a LEFT JOIN sellers s ON s.id = a.seller_id
WHERE a.customer_id = ? ORDER BY a.on_date DESC, a.id DESC LIMIT ?"""
_MOVES = """SELECT 'move', m.deal_id, m.on_date, m.at, coalesce(b.name, '') || ' → ' || n.name, d.name, m.amount,
  d.currency, coalesce(s.name, '') FROM stage_moves m JOIN deals d ON d.id = m.deal_id
JOIN stages n ON n.id = m.to_stage_id LEFT JOIN stages b ON b.id = m.from_stage_id
LEFT JOIN sellers s ON s.id = m.seller_id WHERE d.customer_id = ? ORDER BY m.on_date DESC, m.id DESC LIMIT ?"""
_PAYMENTS = """SELECT 'payment', p.id, p.received_on, NULL, p.name, coalesce(p.method, ''), p.amount, p.currency,
  coalesce(s.name, '')
FROM payments p LEFT JOIN sellers s ON s.id = p.seller_id
WHERE p.customer_id = ? AND p.received_on IS NOT NULL ORDER BY p.received_on DESC, p.id DESC LIMIT ?"""
_TASKS = """SELECT 'task', t.id, t.done_on, t.done_at, t.name, t.kind, NULL, '', coalesce(s.name, '')
FROM tasks t LEFT JOIN sellers s ON s.id = t.seller_id
WHERE t.customer_id = ? AND t.done_on IS NOT NULL ORDER BY t.done_on DESC, t.id DESC LIMIT ?"""
_DOCUMENTS = """SELECT 'document', a.id, a.on_date, w.at, a.name, coalesce(p.name, d.name, t.name, ''), a.size, '',
  coalesce(w.actor, '')
FROM attachments a LEFT JOIN contacts p ON p.id = a.contact_id LEFT JOIN deals d ON d.id = a.deal_id
LEFT JOIN tasks t ON t.id = a.task_id
LEFT JOIN journal j ON j.id = (
  SELECT min(id) FROM journal WHERE table_name = 'attachments' AND row_id = a.id AND op = 'I')
LEFT JOIN works w ON w.id = j.work_id
WHERE a.kind = 'document' AND a.id IN (
  SELECT id FROM attachments WHERE customer_id = ?1
  UNION ALL SELECT id FROM attachments WHERE contact_id IN (SELECT id FROM contacts WHERE customer_id = ?1)
  UNION ALL SELECT id FROM attachments WHERE deal_id IN (SELECT id FROM deals WHERE customer_id = ?1)
  UNION ALL SELECT id FROM attachments WHERE task_id IN (SELECT id FROM tasks WHERE customer_id = ?1)
  UNION ALL SELECT id FROM attachments WHERE task_id IN (SELECT id FROM tasks
    WHERE +customer_id IS NULL AND deal_id IN (SELECT id FROM deals WHERE customer_id = ?1)))
ORDER BY a.on_date DESC, a.id DESC LIMIT ?2"""
_STATEMENTS = {"activity": _ACTIVITIES, "move": _MOVES, "payment": _PAYMENTS, "task": _TASKS, "document": _DOCUMENTS}


def pieces(connection: Connection, kind: str, customer: int, limit: int) -> list[Piece]:
    """The newest `limit` lines of one kind (activity, move, payment, task, document) of a customer."""
    return [Piece(row[0], row[1], as_day(row[2]), datetime.fromisoformat(row[3]) if row[3] else None, *row[4:])
            for row in connection.exec_driver_sql(_STATEMENTS[kind], (customer, limit))]
