"""The steps from one version of the schema to the next; each once released never changes."""

from __future__ import annotations

from sqlalchemy import Connection

_ADDED = {
    "customers": ("starred BOOLEAN DEFAULT 0 NOT NULL", "credit_limit INTEGER", "promised_on DATE", "language VARCHAR",
                  "invoice_title VARCHAR", "tax_number VARCHAR"),
    "deals": ("on_account BOOLEAN DEFAULT 0 NOT NULL",
              "return_of_id INTEGER REFERENCES deals (id) ON DELETE SET NULL"),
    "payments": ("state VARCHAR", "taking VARCHAR", "on_account BOOLEAN DEFAULT 0 NOT NULL"),
    "tasks": ("remind_minutes INTEGER", "ring_at VARCHAR"),
    "sellers": ("pin VARCHAR",),
}
_MADE = (
    "DROP INDEX payments_due",
    "CREATE INDEX payments_due ON payments (due_on, currency, amount, seller_id, state)",
    "DROP INDEX payments_received",
    "CREATE INDEX payments_received ON payments (received_on, due_on, currency, amount, seller_id, method, state, "
    "on_account, deal_id)",
    "DROP INDEX deals_sums",
    "CREATE INDEX deals_sums ON deals (status, closed_on, created_on, amount, currency, seller_id, customer_id, "
    "source_id, stage_id, lost_reason_id, on_account)",
    "CREATE INDEX deals_account ON deals (customer_id, currency, amount, closed_on) WHERE on_account = 1 "
    "AND status = 'won'",
    "CREATE INDEX deals_returns ON deals (created_on, status) WHERE amount < 0",
    "CREATE INDEX ix_deals_return_of_id ON deals (return_of_id)",
    "CREATE INDEX payments_account ON payments (customer_id, currency, amount, received_on) "
    "WHERE on_account = 1 AND received_on IS NOT NULL",
    "CREATE INDEX payments_taking ON payments (taking)",
    "CREATE INDEX ix_tasks_ring_at ON tasks (ring_at)",
    """CREATE TABLE receipts (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid VARCHAR NOT NULL UNIQUE,
        series VARCHAR NOT NULL, number INTEGER NOT NULL, on_date DATE NOT NULL, amount INTEGER NOT NULL,
        currency VARCHAR NOT NULL, taking VARCHAR, customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL,
        deal_id INTEGER REFERENCES deals (id) ON DELETE SET NULL, content VARCHAR NOT NULL, voided_at VARCHAR,
        UNIQUE (series, number))""",
    "CREATE INDEX ix_receipts_taking ON receipts (taking)",
    "CREATE INDEX ix_receipts_customer_id ON receipts (customer_id)",
    "CREATE INDEX ix_receipts_deal_id ON receipts (deal_id)",
    """CREATE TABLE cash_counts (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid VARCHAR NOT NULL UNIQUE,
        on_date DATE NOT NULL UNIQUE, amount INTEGER NOT NULL, currency VARCHAR NOT NULL,
        seller_id INTEGER REFERENCES sellers (id) ON DELETE SET NULL, notes VARCHAR)""",
    "CREATE INDEX ix_cash_counts_seller_id ON cash_counts (seller_id)",
    """CREATE TABLE targets (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid VARCHAR NOT NULL UNIQUE,
        from_on DATE NOT NULL, to_on DATE NOT NULL, seller_id INTEGER REFERENCES sellers (id) ON DELETE CASCADE,
        amount INTEGER NOT NULL, currency VARCHAR NOT NULL)""",
    "CREATE INDEX targets_period ON targets (from_on, to_on)",
    "CREATE INDEX ix_targets_seller_id ON targets (seller_id)",
    """CREATE TABLE printings (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid VARCHAR NOT NULL UNIQUE,
        report VARCHAR NOT NULL, on_date DATE NOT NULL, at VARCHAR NOT NULL)""",
    "CREATE INDEX printings_day ON printings (report, on_date, at)",
)


def to_credit_book(connection: Connection) -> frozenset[str]:
    """1 → 2: the credit book, receipts, reminders, targets. No row that is there changes, so undo goes on."""
    for table, columns in _ADDED.items():
        for column in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _MADE:
        connection.exec_driver_sql(statement)
    return frozenset()
