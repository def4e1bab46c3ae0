"""What goes from a customer to the contact person that they become."""

from __future__ import annotations

from sqlalchemy import Connection


def hand_over(connection: Connection, customer: int, contact: int) -> None:
    """Let the ways to reach a customer be the contact's, and let its tasks and activities name the contact."""
    connection.exec_driver_sql(
        "UPDATE channels SET customer_id = NULL, contact_id = ? WHERE customer_id = ?", (contact, customer))
    for table in ("tasks", "activities"):
        connection.exec_driver_sql(
            f"UPDATE {table} SET contact_id = ? WHERE customer_id = ? AND contact_id IS NULL", (contact, customer))
