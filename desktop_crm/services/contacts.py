"""What a user does with contact people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.channels import channel
from desktop_crm.domain.contacts import FIELDS, ContactRow
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services import custom_fields
from desktop_crm.services.book import Book
from desktop_crm.storage import contacts, customers, records

Membership = tuple[int, str]
"""A company that a person belongs to beside their own: the customer's id, and the role there."""


def list_ids(book: Book, search: str = "", customer: int | None = None, limit: int | None = None) -> list[int]:
    """Ids of the contacts that match what was typed, or of one customer."""
    with book.read() as connection:
        return contacts.list_ids(connection, search, customer, limit)


def rows(book: Book, ids: Sequence[int]) -> list[ContactRow]:
    """Contact rows by id."""
    with book.read() as connection:
        return contacts.rows(connection, ids)


def add(book: Book, values: Mapping[str, object], *, phones: Sequence[str] = (), emails: Sequence[str] = (),
        typed: Sequence[tuple[str, str, str, int]] = (), affiliations: Sequence[Membership] = (),
        own: Mapping[int, object] | None = None) -> int:
    """Add a contact and return its id; only the name is required.

    `typed` are further ways, with their labels, `affiliations` the companies beside their own, with the role there;
    `own` values of own fields by field id.
    """
    clean = {**fields.checked(FIELDS, values, new=True)}
    clean["created_on"] = clean.get("created_on") or book.today()
    ways = [channel(kind, value, book.business.country, label) for kind, label, value, _ in
            (*(("phone", "", value, 0) for value in phones), *(("email", "", value, 0) for value in emails), *typed)
            if value.strip()]
    with book.work(N_("Add contact {name}"), name=clean["name"]) as work:
        new = records.add(work.connection, "contacts",
                          {**clean, **custom_fields.column(work.connection, "contacts", own)})
        customers.set_channels(work.connection, "contact_id", new, ways)
        contacts.set_affiliations(work.connection, new, _companies(affiliations, clean.get("customer_id")))
    return new


def edit(book: Book, contact: int, values: Mapping[str, object],
         typed: Sequence[tuple[str, str, str, int]] | None = None,
         affiliations: Sequence[Membership] | None = None, own: Mapping[int, object] | None = None) -> None:
    """Change a contact's fields and, if given, make `typed` (kind, label, value, id or 0) their ways to be reached and
    `affiliations` (customer id, role) the companies beside their own; `own` are values of own fields by field id.
    """
    clean = fields.checked(FIELDS, values)
    with book.read() as connection:
        name = records.title(connection, "contacts", contact)
    ways = None if typed is None else [channel(kind, value, book.business.country, label, row_id)
                                       for kind, label, value, row_id in typed if value.strip()]
    with book.work(N_("Edit contact {name}"), name=name) as work:
        records.save(work.connection, "contacts", contact,
                     {**clean, **custom_fields.changed(work, "contacts", contact, own)})
        if ways is not None:
            customers.set_channels(work.connection, "contact_id", contact, ways)
        if affiliations is not None:
            own = records.get(work.connection, "contacts", contact)["customer_id"]
            contacts.set_affiliations(work.connection, contact, _companies(affiliations, own))


def _companies(given: Sequence[Membership], own: object) -> dict[int, str]:
    """The role by company; one's own company is none beside it, and one that is named twice counts once."""
    found: dict[int, str] = {}
    for customer, role in given:
        if customer != own:
            found[customer] = found.get(customer) or " ".join(role.split())[:200]
    return found


def affiliate(book: Book, contact: int, customer: int, role: str = "") -> None:
    """Let a person belong to one more company; InvalidInput if they are written under it."""
    row = rows(book, [contact])
    with book.read() as connection:
        name, where = records.title(connection, "contacts", contact), records.title(connection, "customers", customer)
    if row[0].customer_id == customer:
        raise InvalidInput(N_("{name} is a contact of {customer} already. Nothing was saved."), "contact",
                           name=name, customer=where)
    known = [(one.customer_id, one.role) for one in row[0].affiliations if one.customer_id != customer]
    with book.work(N_("Add {name} to {customer}"), name=name, customer=where) as work:
        contacts.set_affiliations(work.connection, contact, _companies([*known, (customer, role)], None))


def leave(book: Book, contact: int, customer: int) -> None:
    """Let a person belong to a company no longer that they belong to beside their own."""
    with book.read() as connection:
        name, where = records.title(connection, "contacts", contact), records.title(connection, "customers", customer)
        ids = [row["id"] for row in records.find(connection, "affiliations", contact_id=contact, customer_id=customer)]
    with book.work(N_("Take {name} off {customer}"), name=name, customer=where) as work:
        records.remove(work.connection, "affiliations", ids)


def delete(book: Book, ids: Sequence[int]) -> None:
    """Delete contacts with their e-mails and phones."""
    with book.read() as connection:
        names = records.names(connection, "contacts", ids)
    with book.work(N_("Delete contact {name}"), name=", ".join(names.values())) as work:
        records.remove(work.connection, "contacts", ids)
