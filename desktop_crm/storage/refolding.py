"""What customers and contacts are found by, made anew when it depends on more than their own row: further addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from desktop_crm.storage import folding

OWNERS = {"customers": "customer_id", "contacts": "contact_id"}
"""The tables that addresses hang on, and the column that says on which row."""
_AT_ONCE = 500
Execute = Callable[..., Any]
"""Runs a statement with its values: a connection's `exec_driver_sql`, or the driver's `execute`."""


def said(execute: Execute, table: str, ids: Collection[int]) -> dict[int, str]:
    """The places in the further addresses of some rows, each row's as one text; {} for tables without addresses."""
    found: dict[int, str] = {}
    if table not in OWNERS:
        return found
    for part in _parts(sorted(ids)):
        for owner, text in execute(
                f"SELECT {OWNERS[table]}, concat_ws(' ', street, city, region, postcode, country) FROM addresses "
                f"WHERE {OWNERS[table]} IN ({part}) ORDER BY id"):
            found[owner] = f"{found[owner]} {text}" if owner in found else text
    return found


def of_row(execute: Execute, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The folded columns that a whole row of a table must have, its further addresses looked up."""
    return folding.of_row(table, {**row, folding.ELSEWHERE: said(execute, table, [row["id"]]).get(row["id"], "")})


def refold(execute: Execute, table: str, ids: Collection[int] | None = None) -> None:
    """Make the folded columns of some rows of a table anew, or of all; only what differs is written."""
    columns = folding.columns(table)
    present = [row[1] for row in execute(f"PRAGMA table_info({table})").fetchall()]
    names = [*columns, *sorted(folding.sources(table).intersection(present))]
    wanted = sorted(ids) if ids is not None else [row[0] for row in execute(f"SELECT id FROM {table}").fetchall()]
    for part in _parts(wanted):
        places = said(execute, table, [int(number) for number in part.split(",")])
        for row_id, *values in execute(f"SELECT id, {', '.join(names)} FROM {table} WHERE id IN ({part})").fetchall():
            row = {**dict(zip(names, values, strict=True)), folding.ELSEWHERE: places.get(row_id, "")}
            changed = {key: value for key, value in folding.of_row(table, row).items() if row[key] != value}
            if changed:
                execute(f"UPDATE {table} SET {', '.join(f'{key} = ?' for key in changed)} WHERE id = ?",
                        (*changed.values(), row_id))


def follow(execute: Execute, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let the owners of these addresses, which came, changed or go, be found by the addresses that they have now."""
    for table, column in OWNERS.items():
        owners = {row[column] for row in rows if row.get(column)}
        if owners:
            refold(execute, table, owners)


def _parts(ids: Sequence[int]) -> Iterator[str]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ",".join(str(int(row_id)) for row_id in ids[start:start + _AT_ONCE])
