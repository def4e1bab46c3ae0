"""The business's own settings, choice lists and saved segments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from desktop_crm.domain import business as rules
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.services.book import Book
from desktop_crm.storage import customers, records, settings


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a form: its id (or code) and its name."""

    id: int
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved filter of the customers list."""

    id: int
    name: str
    filter: CustomerFilter


def set_business(book: Book, values: Mapping[str, str]) -> None:
    """Change settings of the business (name, currency, timezone, country, language, cutoff …)."""
    clean = {key: rules.checked(key, value) for key, value in values.items()}
    with book.work(N_("Change the settings of the business")) as work:
        for key, value in clean.items():
            settings.put(work.connection, key, value)


def choices(book: Book, kind: str) -> list[Choice]:
    """What a link field may hold: `sources`, `lost_reasons`, `sellers`, `products`, `pipelines` or `tags`."""
    with book.read() as connection:
        if kind in ("sources", "lost_reasons"):
            return [Choice(row[0], row[1]) for row in settings.choices(connection, kind[:-1])]
        if kind == "tags":
            return [Choice(*row) for row in customers.all_tags(connection)]
        return [Choice(row["id"], row["name"]) for row in records.find(connection, kind)]


def values_of(book: Book, column: str) -> list[tuple[str, int]]:
    """The regions, industries or cities in use, with how many customers have each."""
    with book.read() as connection:
        return customers.distinct(connection, column)


def segments(book: Book) -> list[Segment]:
    """The saved segments, in their order."""
    with book.read() as connection:
        found = records.find(connection, "segments", kind="customers")
    return [Segment(row["id"], row["name"], _filter(json.loads(row["filter"]))) for row in
            sorted(found, key=lambda row: (row["position"], row["id"]))]


def _filter(stored: Mapping[str, Any]) -> CustomerFilter:
    """The filter out of its stored form; a field that this version does not know is left out."""
    known = {item.name for item in fields(CustomerFilter)} - {"created"}
    kept: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value
                            for key, value in stored.items() if key in known}
    return CustomerFilter(**kept)


def save_segment(book: Book, name: str, wanted: CustomerFilter, segment: int | None = None) -> int:
    """Save a filter under a name, as a new segment or in place of an old one; returns its id."""
    if not name.strip():
        raise InvalidInput(N_("{field} is needed. Nothing was saved."), "name", field=Term(N_("Name")))
    stored = json.dumps({key: value for key, value in asdict(wanted).items() if value and key != "created"})
    values = {"name": name.strip(), "filter": stored}
    with book.work(N_("Save segment {name}"), name=name.strip()) as work:
        if segment is None:
            return records.add(work.connection, "segments", {"kind": "customers", **values})
        records.save(work.connection, "segments", segment, values)
        return segment


def delete_segment(book: Book, segment: int) -> None:
    """Delete a saved segment; its customers stay."""
    with book.read() as connection:
        name = records.get(connection, "segments", segment)["name"]
    with book.work(N_("Delete segment {name}"), name=name) as work:
        records.remove(work.connection, "segments", [segment])


def counts(book: Book) -> dict[str, int]:
    """How many customers, open deals and due tasks there are, for the tabs."""
    with book.read() as connection:
        today = book.today().isoformat()
        run = connection.exec_driver_sql
        return {
            "customers": run("SELECT count(*) FROM customers").scalar_one(),
            "deals": run("SELECT count(*) FROM deals WHERE status = 'open'").scalar_one(),
            "tasks": run("SELECT count(*) FROM tasks WHERE done_on IS NULL AND due_on <= ?", (today,)).scalar_one(),
        }
