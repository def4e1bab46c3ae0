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


_KNOWN = {
    "customers": ("registration VARCHAR", "birthday VARCHAR", "pinned_note VARCHAR", "preferences VARCHAR",
                  "prefers VARCHAR", "call_from VARCHAR", "call_until VARCHAR",
                  "no_marketing BOOLEAN DEFAULT 0 NOT NULL", "verified_on DATE"),
    "contacts": ("birthday VARCHAR",),
    "channels": ("preferred BOOLEAN DEFAULT 0 NOT NULL",),
}
_OWNERS = ("customer_id INTEGER REFERENCES customers (id) ON DELETE CASCADE, "
           "contact_id INTEGER REFERENCES contacts (id) ON DELETE CASCADE")
_ONE_OWNER = "CONSTRAINT one_owner CHECK ((customer_id IS NULL) <> (contact_id IS NULL))"
_KEYS = "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid VARCHAR NOT NULL UNIQUE"
_TRUSTED = (
    f"""CREATE TABLE addresses ({_KEYS}, {_OWNERS}, label VARCHAR, street VARCHAR, city VARCHAR, region VARCHAR,
        postcode VARCHAR, country VARCHAR, position INTEGER NOT NULL, {_ONE_OWNER})""",
    "CREATE INDEX customers_starred ON customers (name_sort) WHERE starred = 1",
    "CREATE INDEX ix_addresses_customer_id ON addresses (customer_id)",
    "CREATE INDEX ix_addresses_contact_id ON addresses (contact_id)",
    f"""CREATE TABLE consents ({_KEYS}, {_OWNERS}, purpose VARCHAR NOT NULL, basis VARCHAR NOT NULL, source VARCHAR,
        on_date DATE, withdrawn_on DATE, {_ONE_OWNER})""",
    "CREATE INDEX ix_consents_customer_id ON consents (customer_id)",
    "CREATE INDEX ix_consents_contact_id ON consents (contact_id)",
    f"""CREATE TABLE distinctions ({_KEYS},
        first_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        second_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE, UNIQUE (first_id, second_id))""",
    "CREATE INDEX ix_distinctions_first_id ON distinctions (first_id)",
    "CREATE INDEX ix_distinctions_second_id ON distinctions (second_id)",
    f"""CREATE TABLE affiliations ({_KEYS},
        contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
        customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE, role VARCHAR,
        UNIQUE (contact_id, customer_id))""",
    "CREATE INDEX ix_affiliations_contact_id ON affiliations (contact_id)",
    "CREATE INDEX ix_affiliations_customer_id ON affiliations (customer_id)",
    f"""CREATE TABLE attachments ({_KEYS}, {_OWNERS},
        deal_id INTEGER REFERENCES deals (id) ON DELETE CASCADE, kind VARCHAR NOT NULL, name VARCHAR NOT NULL,
        media_type VARCHAR, size INTEGER NOT NULL, sha256 VARCHAR NOT NULL, on_date DATE)""",
    "CREATE INDEX ix_attachments_customer_id ON attachments (customer_id)",
    "CREATE INDEX ix_attachments_contact_id ON attachments (contact_id)",
    "CREATE INDEX ix_attachments_deal_id ON attachments (deal_id)",
    "CREATE INDEX ix_attachments_sha256 ON attachments (sha256)",
    f"""CREATE TABLE health_scores ({_KEYS}, on_date DATE NOT NULL UNIQUE, completeness INTEGER NOT NULL,
        findings INTEGER NOT NULL)""",
)


def to_trusted_data(connection: Connection) -> frozenset[str]:
    """2 → 3: more of a customer, duplicates that are none, files, health. No row changes, so undo goes on."""
    for table, columns in _KNOWN.items():
        for column in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _TRUSTED:
        connection.exec_driver_sql(statement)
    return frozenset()


_OWN = {
    "customers": ("campaign_id INTEGER REFERENCES campaigns (id) ON DELETE SET NULL", "score INTEGER",
                  "heat_scored BOOLEAN DEFAULT 0 NOT NULL", "custom VARCHAR"),
    "contacts": ("custom VARCHAR",),
    "deals": ("custom VARCHAR",),
    "segments": ("columns VARCHAR", "sort VARCHAR"),
}
_LEADS = (
    f"""CREATE TABLE custom_fields ({_KEYS}, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, type VARCHAR NOT NULL,
        choices VARCHAR, position INTEGER NOT NULL, UNIQUE (kind, name))""",
    f"""CREATE TABLE campaigns ({_KEYS}, name VARCHAR NOT NULL UNIQUE,
        source_id INTEGER REFERENCES choices (id) ON DELETE SET NULL, cost INTEGER, currency VARCHAR NOT NULL,
        from_on DATE, until_on DATE, notes VARCHAR)""",
    "CREATE INDEX ix_campaigns_source_id ON campaigns (source_id)",
    "CREATE INDEX ix_customers_campaign_id ON customers (campaign_id)",
    f"""CREATE TABLE score_rules ({_KEYS}, name VARCHAR NOT NULL, filter VARCHAR NOT NULL, points INTEGER NOT NULL,
        position INTEGER NOT NULL)""",
    f"""CREATE TABLE checklist_items ({_KEYS}, list VARCHAR NOT NULL, name VARCHAR NOT NULL, position INTEGER NOT NULL,
        UNIQUE (list, name))""",
    f"""CREATE TABLE checklist_marks ({_KEYS},
        item_id INTEGER NOT NULL REFERENCES checklist_items (id) ON DELETE CASCADE,
        customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        seller_id INTEGER REFERENCES sellers (id) ON DELETE SET NULL, on_date DATE NOT NULL,
        UNIQUE (item_id, customer_id))""",
    "CREATE INDEX ix_checklist_marks_item_id ON checklist_marks (item_id)",
    "CREATE INDEX ix_checklist_marks_customer_id ON checklist_marks (customer_id)",
    "CREATE INDEX ix_checklist_marks_seller_id ON checklist_marks (seller_id)",
    f"""CREATE TABLE assignment_rules ({_KEYS}, name VARCHAR NOT NULL, filter VARCHAR NOT NULL,
        seller_id INTEGER REFERENCES sellers (id) ON DELETE CASCADE, most INTEGER, position INTEGER NOT NULL)""",
    "CREATE INDEX ix_assignment_rules_seller_id ON assignment_rules (seller_id)",
)


def to_own_fields_and_leads(connection: Connection) -> frozenset[str]:
    """3 → 4: fields of the business's own, segments with columns, leads. No row changes, so undo goes on."""
    for table, columns in _OWN.items():
        for column in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _LEADS:
        connection.exec_driver_sql(statement)
    return frozenset()


def to_documents_of_tasks(connection: Connection) -> frozenset[str]:
    """4 → 5: documents of tasks. No row changes, so undo goes on."""
    connection.exec_driver_sql(
        "ALTER TABLE attachments ADD COLUMN task_id INTEGER REFERENCES tasks (id) ON DELETE CASCADE")
    connection.exec_driver_sql("CREATE INDEX ix_attachments_task_id ON attachments (task_id)")
    return frozenset()
