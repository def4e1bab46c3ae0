"""What a user does with contact people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.channels import channel
from desktop_crm.domain.contacts import FIELDS, ContactRow
from desktop_crm.domain.errors import N_
from desktop_crm.services.book import Book
from desktop_crm.storage import contacts, customers, records


def list_ids(book: Book, search: str = "", customer: int | None = None, limit: int | None = None) -> list[int]:
    """Ids of the contacts that match what was typed, or of one customer."""
    with book.read() as connection:
        return contacts.list_ids(connection, search, customer, limit)


def rows(book: Book, ids: Sequence[int]) -> list[ContactRow]:
    """Contact rows by id."""
    with book.read() as connection:
        return contacts.rows(connection, ids)


def add(book: Book, values: Mapping[str, object], *, phones: Sequence[str] = (), emails: Sequence[str] = (),
        typed: Sequence[tuple[str, str, str, int]] = ()) -> int:
    """Add a contact and return its id; only the name is required. `typed` are further ways, with their labels."""
    clean = {**fields.checked(FIELDS, values, new=True)}
    clean["created_on"] = clean.get("created_on") or book.today()
    ways = [channel(kind, value, book.business.country, label) for kind, label, value, _ in
            (*(("phone", "", value, 0) for value in phones), *(("email", "", value, 0) for value in emails), *typed)
            if value.strip()]
    with book.work(N_("Add contact {name}"), name=clean["name"]) as work:
        new = records.add(work.connection, "contacts", clean)
        customers.set_channels(work.connection, "contact_id", new, ways)
    return new


def edit(book: Book, contact: int, values: Mapping[str, object],
         typed: Sequence[tuple[str, str, str, int]] | None = None) -> None:
    """Change a contact's fields and, if given, make (kind, label, value, id or 0) its e-mails and phones."""
    clean = fields.checked(FIELDS, values)
    with book.read() as connection:
        name = records.title(connection, "contacts", contact)
    ways = None if typed is None else [channel(kind, value, book.business.country, label, row_id)
                                       for kind, label, value, row_id in typed if value.strip()]
    with book.work(N_("Edit contact {name}"), name=name) as work:
        records.save(work.connection, "contacts", contact, clean)
        if ways is not None:
            customers.set_channels(work.connection, "contact_id", contact, ways)


def delete(book: Book, ids: Sequence[int]) -> None:
    """Delete contacts with their e-mails and phones."""
    with book.read() as connection:
        names = records.names(connection, "contacts", ids)
    with book.work(N_("Delete contact {name}"), name=", ".join(names.values())) as work:
        records.remove(work.connection, "contacts", ids)
