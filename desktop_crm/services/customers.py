"""What a user does with customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.channels import channel
from desktop_crm.domain.contacts import ContactRow
from desktop_crm.domain.customers import FIELDS, Channel, CustomerFigures, CustomerFilter, CustomerRow
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services import custom_fields, scored
from desktop_crm.services.book import Book
from desktop_crm.storage import contacts, customers, records
from desktop_crm.storage.assignment import any_rules
from desktop_crm.storage.unit_of_work import Work

Typed = tuple[str, str, str, int]
"""A way to reach someone as typed: kind (phone, email, whatsapp …), label, value, and the id of the row or 0."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a customer's card shows at once; the timeline comes by itself."""

    id: int
    values: Mapping[str, Any]
    names: Mapping[str, str]
    channels: tuple[Channel, ...]
    tags: tuple[str, ...]
    figures: CustomerFigures
    contacts: tuple[ContactRow, ...]


def list_ids(book: Book, wanted: CustomerFilter | None = None, sort: str = "name", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the customers that pass the filter, in human order of `sort`; unknown values last."""
    with book.read() as connection:
        return customers.list_ids(connection, wanted or CustomerFilter(), book.today(), sort, descending, limit)


def sort_names(book: Book, ids: Sequence[int]) -> dict[int, str]:
    """What some customers are sorted by, by id: their sort name, else their name."""
    with book.read() as connection:
        return customers.sort_names(connection, ids)


def rows(book: Book, ids: Sequence[int]) -> list[CustomerRow]:
    """List rows by id, in the order asked for."""
    with book.read() as connection:
        return customers.rows(connection, ids, book.today(), book.currency)


def count(book: Book, wanted: CustomerFilter) -> int:
    """How many customers pass the filter."""
    with book.read() as connection:
        return customers.count(connection, wanted, book.today())


def card(book: Book, customer: int) -> Card:
    """The card of one customer; NotFound if it is gone."""
    with book.read() as connection:
        values = customers.exported(connection, [customer])
        if not values:
            records.get(connection, "customers", customer)  # says that it is gone
        linked = {key: str(values[0][key]) for key in ("seller", "source", "campaign", "parent") if values[0][key]}
        return Card(
            customer, records.get(connection, "customers", customer), linked,
            customers.channels(connection, "customer_id", [customer]).get(customer, ()),
            tuple(name for _, name in customers.tags(connection, [customer]).get(customer, [])),
            customers.figures(connection, customer, book.today(), book.currency),
            tuple(contacts.rows(connection, contacts.list_ids(connection, customer=customer))))


def count_by(book: Book, column: str) -> dict[Any, int]:
    """How many customers have each value of `column` (state, heat, seller_id); None for those without."""
    with book.read() as connection:
        return customers.counts(connection, column)


def add(book: Book, values: Mapping[str, object], *, phones: Sequence[str] = (), emails: Sequence[str] = (),
        tags: Sequence[str] = (), typed: Sequence[Typed] = (), own: Mapping[int, object] | None = None) -> int:
    """Add a customer and return its id; only the name is required. Created today unless said otherwise.

    `typed` are further e-mails and phones, with their labels; `own` values of own fields by field id.
    """
    clean = _complete(book, values)
    ways = _channels(book, [*(("phone", "", value, 0) for value in phones),
                            *(("email", "", value, 0) for value in emails), *typed])
    with book.work(N_("Add {name}"), name=clean["name"]) as work:
        new = _insert(book, work, clean, own)
        customers.set_channels(work.connection, "customer_id", new, ways)
        customers.set_tags(work.connection, new, _tags(tags))
        scored.follow(book, work, [new])
        assign_new(book, work, new)
    return new


def insert(book: Book, work: Work, values: Mapping[str, object], own: Mapping[int, object] | None = None) -> int:
    """Add a customer as a part of another act, as when a deal names a new one; returns its id."""
    new = _insert(book, work, _complete(book, values), own)
    scored.follow(book, work, [new])
    assign_new(book, work, new)
    return new


def _insert(book: Book, work: Work, clean: Mapping[str, fields.Value], own: Mapping[int, object] | None) -> int:
    new = records.add(work.connection, "customers",
                      {**clean, **custom_fields.column(work.connection, "customers", own)})
    customers.log_state(work.connection, new, "state", None, str(clean["state"]), book.today(), book.now())
    return new


def assign_new(book: Book, work: Work, customer: int) -> None:
    """Give a new lead to the seller that the assignment rules mean, as the last part of the act that adds it."""
    if any_rules(work.connection):
        from desktop_crm.services import assignment  # for a file that has rules

        assignment.of_new(book, work, customer)


def _complete(book: Book, values: Mapping[str, object]) -> dict[str, fields.Value]:
    """A new customer's checked values with what is so unless said otherwise: a new lead, a company, today."""
    clean = fields.checked(FIELDS, values, new=True)
    clean |= {"state": clean.get("state") or "lead", "kind": clean.get("kind") or "company",
              "created_on": clean.get("created_on") or book.today()}
    if clean["state"] == "lead" and not clean.get("lead_state"):
        clean["lead_state"] = "new"
    return clean


def _channels(book: Book, typed: Sequence[Typed]) -> list[Channel]:
    """Channels from (kind, label, value, id or 0) as typed; empty ones are left out."""
    return [channel(kind, value, book.business.country, label, row_id)
            for kind, label, value, row_id in typed if value.strip()]


def _tags(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(name.split())[:100] for name in typed if name.strip()))


def edit(book: Book, customer: int, values: Mapping[str, object], *, seen: Mapping[str, Any] | None = None,
         typed: Sequence[Typed] | None = None, tags: Sequence[str] | None = None,
         own: Mapping[int, object] | None = None) -> Changes:
    """Change fields of a customer; Conflict if what the user saw (`seen`) is no longer so.

    If given, `typed` become all the ways to reach it and `tags` its tags, in the same act; `own` are values of own
    fields by field id.
    """
    clean = fields.checked(FIELDS, values)
    ways = None if typed is None else _channels(book, typed)
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
    with book.work(N_("Edit {name}"), name=name) as work:
        change(book, work, customer, clean, seen, own)
        if ways is not None:
            customers.set_channels(work.connection, "customer_id", customer, ways)
        if tags is not None:
            customers.set_tags(work.connection, customer, _tags(tags))
        scored.follow(book, work, [customer])
    return work.done


def star(book: Book, ids: Sequence[int], starred: bool = True) -> Changes:
    """Mark customers with a star, or take it away."""
    with book.read() as connection:
        names = list(records.names(connection, "customers", ids).values())
    one = (N_("Star {name}"), N_("Take the star off {name}"))
    many = (N_("Star {count} customers"), N_("Take the star off {count} customers"))
    label = (one if len(names) == 1 else many)[0 if starred else 1]
    with book.work(label, name=names[0] if names else "", count=len(ids)) as work:
        for customer in ids:
            records.save(work.connection, "customers", customer, {"starred": starred})
        scored.follow(book, work, ids)
    return work.done


def edit_many(book: Book, ids: Sequence[int], values: Mapping[str, object]) -> Changes:
    """Change the same fields of many customers in one act."""
    clean = fields.checked(FIELDS, values)
    with book.work(N_("Edit {count} customers"), count=len(ids), bulk=False) as work:
        for customer in ids:
            change(book, work, customer, clean, None)
        scored.follow(book, work, ids)
    return work.done


def change(book: Book, work: Work, customer: int, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None,
           own: Mapping[int, object] | None = None) -> None:
    """Change checked fields of a customer as a part of another act, and log its states; raises as `edit` does."""
    if values.get("parent_id") is not None:
        _no_circle(work, customer, int(values["parent_id"]))
    by_hand = {"heat_scored": False} if "heat" in values else {}
    before = records.save(work.connection, "customers", customer,
                          {**values, **by_hand, **custom_fields.changed(work, "customers", customer, own)}, seen)
    for field in ("state", "lead_state"):
        if field in before:
            customers.log_state(work.connection, customer, field, before[field], values[field], book.today(),
                                book.now())
    if "seller_id" in before:
        from desktop_crm.storage import pool  # for a lead that goes from one seller to another

        pool.log_seller(work.connection, customer, before["seller_id"], values["seller_id"], book.today(), book.now())


def became_customer(book: Book, work: Work, customer: int) -> None:
    """A lead who has bought is a customer; a part of another act."""
    if records.text(work.connection, "customers", customer, "state") == "lead":
        records.save(work.connection, "customers", customer, {"state": "customer", "lead_state": "converted"})
        customers.log_state(work.connection, customer, "state", "lead", "customer", book.today(), book.now())


def _no_circle(work: Work, customer: int, parent: int | None) -> None:
    """Refuse a parent that hangs, over any number of steps, on the customer itself."""
    while parent is not None:
        if parent == customer:
            raise InvalidInput(N_("A customer cannot belong to itself. Nothing was saved."), "parent_id")
        parent = records.get(work.connection, "customers", parent)["parent_id"]


def set_channels(book: Book, customer: int, typed: Sequence[Typed]) -> Changes:
    """Make exactly these the customer's e-mails and phones, in this order."""
    ways = _channels(book, typed)
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
    with book.work(N_("Edit ways to reach {name}"), name=name) as work:
        customers.set_channels(work.connection, "customer_id", customer, ways)
        scored.follow(book, work, [customer])
    return work.done


def set_tags(book: Book, ids: Sequence[int], names: Sequence[str]) -> Changes:
    """Make exactly these the tags of each of the customers."""
    with book.work(N_("Tag {count} customers"), count=len(ids)) as work:
        for customer in ids:
            customers.set_tags(work.connection, customer, _tags(names))
        scored.follow(book, work, ids)
    return work.done


def add_tags(book: Book, ids: Sequence[int], names: Sequence[str]) -> Changes:
    """Add tags to each of the customers and keep the ones they have."""
    with book.work(N_("Tag {count} customers"), count=len(ids)) as work:
        present = customers.tags(work.connection, ids)
        for customer in ids:
            kept = [name for _, name in present.get(customer, [])]
            customers.set_tags(work.connection, customer, [*kept, *(tag for tag in _tags(names) if tag not in kept)])
        scored.follow(book, work, ids)
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete customers with their contacts, tasks and activities; deals and payments stay without a customer.

    People who belong to another company too are kept, under that one.
    """
    with book.read() as connection:
        names = list(records.names(connection, "customers", ids).values())
    label = N_("Delete {name}") if len(names) == 1 else N_("Delete {count} customers")
    with book.work(label, name=names[0] if names else "", count=len(ids)) as work:
        contacts.rehome(work.connection, ids)
        records.remove(work.connection, "customers", ids)
    return work.done
