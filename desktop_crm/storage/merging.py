"""Everything that hangs on some customers moved to another, by the file's own foreign keys: no table is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import Connection

from desktop_crm.storage import checklists, records, refolding, standing


def hanging(connection: Connection, others: Sequence[int]) -> dict[str, int]:
    """How many rows of each table hang on the customers `others`, tables without any left out."""
    found: dict[str, int] = {}
    for table, column in _places(connection):
        count = connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE {column} IN ({_listed(others)})").scalar_one()
        if count:
            found[table] = found.get(table, 0) + int(count)
    return found


def move(connection: Connection, keep: int, others: Sequence[int]) -> None:
    """Let everything that hangs on `others` hang on `keep`; what `keep` has already is not doubled."""
    for table, column in _places(connection):
        if table in _BEFORE:
            _BEFORE[table](connection, keep, others)
        not_itself = f"AND id <> {int(keep)}" if table == "customers" else ""
        connection.exec_driver_sql(
            f"UPDATE {table} SET {column} = ? WHERE {column} IN ({_listed(others)}) {not_itself}", (keep,))
    refolding.refold(connection.exec_driver_sql, "customers", [keep])
    connection.exec_driver_sql(  # who now is written under the kept one need not belong to it besides
        "DELETE FROM affiliations WHERE customer_id = ?1 AND contact_id IN (SELECT id FROM contacts "
        "WHERE customer_id = ?1)", (keep,))


def _places(connection: Connection) -> list[tuple[str, str]]:
    """The tables and columns that lead to a customer."""
    return [(table, column) for table, column, target in standing.links(connection) if target == "customers"]


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(str(int(row_id)) for row_id in ids)


def _channels(connection: Connection, keep: int, others: Sequence[int]) -> None:
    """A phone or e-mail that the kept one has is not doubled, but lends it its label; the rest come after."""
    rows = _in_turn(connection, "channels", keep, others)
    seen: dict[tuple[str, str], records.Row] = {}
    preferred: set[str] = set()
    for position, row in enumerate(rows):
        first = seen.setdefault((row["kind"], row["normal"] or row["value_fold"]), row)
        if first is not row:
            if row["label"] and not first["label"]:
                records.save(connection, "channels", first["id"], {"label": row["label"]})
            records.remove(connection, "channels", [row["id"]])
            continue
        one = bool(row["preferred"]) and row["kind"] not in preferred
        preferred |= {row["kind"]} if one else set()
        records.save(connection, "channels", row["id"], {"position": position, "preferred": one})


def _addresses(connection: Connection, keep: int, others: Sequence[int]) -> None:
    """An address that the kept one has word by word is not doubled; the rest come after."""
    seen: set[tuple[str, ...]] = set()
    for position, row in enumerate(_in_turn(connection, "addresses", keep, others)):
        key = tuple(" ".join(str(row[part] or "").casefold().split())
                    for part in ("label", "street", "city", "region", "postcode", "country"))
        if key in seen:
            records.remove(connection, "addresses", [row["id"]])
        else:
            seen.add(key)
            records.save(connection, "addresses", row["id"], {"position": position})


def _in_turn(connection: Connection, table: str, keep: int, others: Sequence[int]) -> list[records.Row]:
    """The rows of a customer, then those of the others, each in their order."""
    return [row for customer in (keep, *others)
            for row in sorted(records.find(connection, table, customer_id=customer),
                              key=lambda row: (row["position"], row["id"]))]


def _once(table: str, by: str) -> Callable[[Connection, int, Sequence[int]], None]:
    """What takes away the rows of a table that would say the same of the kept one twice."""
    def clear(connection: Connection, keep: int, others: Sequence[int]) -> None:
        seen = {row[by] for row in records.find(connection, table, customer_id=keep)}
        for customer in others:
            for row in records.find(connection, table, customer_id=customer):
                if row[by] in seen:
                    records.remove(connection, table, [row["id"]])
                seen.add(row[by])

    return clear


def _distinctions(connection: Connection, keep: int, others: Sequence[int]) -> None:
    """Whom the others are not, the kept one is not; that they were told apart from each other ends."""
    gone = {keep, *others}
    known = {(row["first_id"], row["second_id"]) for row in records.find(connection, "distinctions", first_id=keep)}
    known |= {(row["first_id"], row["second_id"]) for row in records.find(connection, "distinctions", second_id=keep)}
    for customer in others:
        rows = [*records.find(connection, "distinctions", first_id=customer),
                *records.find(connection, "distinctions", second_id=customer)]
        for row in rows:
            other = row["second_id"] if row["first_id"] == customer else row["first_id"]
            pair = (min(keep, other), max(keep, other))
            if other in gone or pair in known:
                records.remove(connection, "distinctions", [row["id"]])
            else:
                known.add(pair)
                records.save(connection, "distinctions", row["id"], {"first_id": pair[0], "second_id": pair[1]})


_BEFORE: dict[str, Callable[[Connection, int, Sequence[int]], None]] = {
    "channels": _channels, "addresses": _addresses, "customer_tags": _once("customer_tags", "tag_id"),
    "affiliations": _once("affiliations", "contact_id"), "distinctions": _distinctions,
    "checklist_marks": checklists.keep_earliest,
}


def hangs_on(connection: Connection, customers: Collection[int], parent: int | None) -> bool:
    """Whether `parent` is one of the customers, or leads to one of them over any number of steps."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent in customers:
            return True
        seen.add(parent)
        parent = connection.exec_driver_sql("SELECT parent_id FROM customers WHERE id = ?", (parent,)).scalar()
    return False
