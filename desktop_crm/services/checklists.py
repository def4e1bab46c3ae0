"""The two checklists of leads: their items, which the business writes, and what is ticked on a lead's card.

A complete list changes nothing by itself: the card then offers to call the lead qualified.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.checklists import FIELDS, LISTS, USUAL, Checklist, Item, Mark
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.services import customers, scored
from desktop_crm.services.book import Book
from desktop_crm.storage import checklists, records
from desktop_crm.storage.unit_of_work import Connection


def items(book: Book, of: str = "") -> list[Item]:
    """The items in their order, of one list (marketing, sales) or of both."""
    with book.read() as connection:
        return [item for item in checklists.items(connection) if of in ("", item.list)]


def add(book: Book, of: str, name: str) -> int:
    """Add an item at the end of a list and return its id; InvalidInput for an empty name or one of the list."""
    clean = _name(name)
    known = items(book, of)
    _not_listed(known, clean)
    with book.work(N_("Add “{name}” to a checklist"), name=clean) as work:
        return _append(work.connection, of, clean, len(known))


def rename(book: Book, item: int, name: str) -> Changes:
    """Give an item another name; what is ticked stays. InvalidInput for one that another item of the list has."""
    clean = _name(name)
    every = items(book)
    now = next((one for one in every if one.id == item), None)
    if now is not None:
        _not_listed([one for one in every if one.list == now.list and one.id != item], clean)
    with book.work(N_("Rename “{before}” to “{name}”"), before=now.name if now else "", name=clean) as work:
        records.save(work.connection, "checklist_items", item, {"name": clean})
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete items with all their ticks."""
    with book.read() as connection:
        names = list(records.names(connection, "checklist_items", ids).values())
    label = N_("Delete “{name}” from a checklist") if len(names) == 1 else N_("Delete {count} items of checklists")
    with book.work(label, name=names[0] if names else "", count=len(ids)) as work:
        records.remove(work.connection, "checklist_items", ids)
    return work.done


def order(book: Book, ids: Sequence[int]) -> Changes:
    """Put the items of a list into this order."""
    with book.work(N_("Order a checklist")) as work:
        records.order(work.connection, "checklist_items", ids)
    return work.done


def suggest(book: Book, of: str) -> Changes:
    """Add the usual items to a list, in the file's language; those that it has are left out."""
    known = items(book, of)
    with book.work(N_("Add the usual items to “{kind}”"), kind=LISTS[of]) as work:
        for title in USUAL[of]:
            name = book.language.say(title)
            if fold(name) not in {fold(item.name) for item in known}:
                new = _append(work.connection, of, name, len(known))
                known.append(Item(new, of, name, len(known) + 1))
    return work.done


def _append(connection: Connection, of: str, name: str, count: int) -> int:
    last = max((item.position for item in checklists.items(connection) if item.list == of), default=count)
    return records.add(connection, "checklist_items", {"list": of, "name": name, "position": last + 1})


def _name(name: str) -> str:
    return str(fields.checked(FIELDS, {"name": name}, new=True)["name"])


def _not_listed(known: Sequence[Item], name: str) -> None:
    same = next((item.name for item in known if fold(item.name) == fold(name)), None)
    if same is not None:
        raise InvalidInput(N_("“{name}” is in the list already. Nothing was saved."), "name", name=same)


# On a lead


def standing(book: Book, customer: int) -> Mapping[str, Checklist]:
    """Both lists as they stand for a customer, by key; lists without items are empty."""
    with book.read() as connection:
        ticked, every = checklists.marks(connection, customer), checklists.items(connection)
    return {key: Checklist(key, tuple(Mark(item, *ticked.get(item.id, (None, ""))) for item in every
                                      if item.list == key)) for key in LISTS}


def tick(book: Book, customer: int, item: int, on: date | None = None) -> Changes:
    """Note that an item is known of a lead since a day, today unless said otherwise, by who works now.

    An item that is ticked gets the day given, or stays as it is. A day that is yet to come is InvalidInput.
    """
    if on is not None and on > book.today():
        raise InvalidInput(N_("A day that is yet to come cannot be ticked. Nothing was saved."), "on_date")
    with book.read() as connection:
        name, what = records.title(connection, "customers", customer), records.title(connection, "checklist_items",
                                                                                     item)
    with book.work(N_("Tick “{item}” for {name}"), item=what, name=name) as work:
        known = records.find(work.connection, "checklist_marks", customer_id=customer, item_id=item)
        if not known:
            records.add(work.connection, "checklist_marks", {
                "customer_id": customer, "item_id": item, "seller_id": book.seller, "on_date": on or book.today()})
        elif on is not None:
            records.save(work.connection, "checklist_marks", known[0]["id"], {"on_date": on})
        scored.follow(book, work, [customer])
    return work.done


def untick(book: Book, customer: int, item: int) -> Changes:
    """Take the tick of an item off a lead."""
    with book.read() as connection:
        name, what = records.title(connection, "customers", customer), records.title(connection, "checklist_items",
                                                                                     item)
    with book.work(N_("Take the tick off “{item}” for {name}"), item=what, name=name) as work:
        known = records.find(work.connection, "checklist_marks", customer_id=customer, item_id=item)
        records.remove(work.connection, "checklist_marks", [row["id"] for row in known])
        scored.follow(book, work, [customer])
    return work.done


def qualify(book: Book, customer: int) -> Changes:
    """Give a lead the state “qualified”, logged as every change of it."""
    return customers.edit(book, customer, {"lead_state": "qualified"})
