"""Handing customers over to another seller with what is open of them, as one act, and the paper about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput, NotFound
from desktop_crm.domain.handover import GivenCustomer, HandOver, Person, Suggestion
from desktop_crm.domain.values import sort_key
from desktop_crm.i18n import Language
from desktop_crm.services import documents, pool
from desktop_crm.services.book import Book
from desktop_crm.storage import accounts, contacts, customers, handover, records, tasks
from desktop_crm.storage.unit_of_work import Connection

NOTES = 3
"""How many of a customer's notes the paper tells."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which customers go to the seller `to`, and what of them: themselves, their open deals, their open tasks.

    With `only`, a seller's id, nothing moves that is another one's.
    """

    ids: tuple[int, ...]
    to: int
    customers: bool = True
    deals: bool = True
    tasks: bool = True
    note: str = ""
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Moves:
    """What a plan would move: ids of customers, deals and tasks that are not the new seller's yet."""

    customers: tuple[int, ...]
    deals: tuple[int, ...]
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A hand-over that was done: the plan, whose each customer was ("" for nobody's), what was moved."""

    plan: Plan
    former: Mapping[int, str]
    moves: Moves
    changes: Changes


# --- proposed -------------------------------------------------------------------------------------------------------

def suggestions(book: Book) -> list[Suggestion]:
    """The customers whose sellers let deals stand over their stage's limit or tasks become overdue, the worst first.

    Proposed is the active seller, not the present one, with the fewest open leads and deals; of equals the first.
    """
    today = book.today()
    with book.read() as connection:
        late = {key: one for key, one in handover.late(connection, today).items() if one.seller is not None}
        names, loads = records.names(connection, "customers", late), handover.loads(connection)
        sellers = {row["id"]: row for row in records.find(connection, "sellers")}
    active = [key for key, row in sellers.items() if row["active"]]
    made = []
    for customer, one in late.items():
        others = [key for key in active if key != one.seller]
        to = min(others, key=lambda key: loads.get(key, 0), default=None)
        made.append(Suggestion(
            customer, names[customer], one.seller or 0, sellers[one.seller]["name"], one.deals, one.overdue, one.oldest,
            to, sellers[to]["name"] if to is not None else "", loads.get(to, 0) if to is not None else 0))
    return sorted(made, key=lambda row: (-row.days(today), row.id))


def reasons(row: Suggestion, words: Language) -> list[str]:
    """Why a hand-over is proposed, a sentence each."""
    said = [words.count(N_("{deal}: {n} day in “{stage}”, {limit} are the limit"),
                        N_("{deal}: {n} days in “{stage}”, {limit} are the limit"), deal.days, deal=deal.name,
                        stage=deal.stage, limit=words.number(deal.limit)) for deal in row.deals]
    if row.overdue:
        said.append(words.count(N_("{n} task overdue since {day}"), N_("{n} tasks overdue since {day}"), row.overdue,
                                day=words.day(row.oldest)))
    return said


def proposed(row: Suggestion, words: Language) -> str:
    """To whom a hand-over is proposed, and how busy that seller is."""
    if not row.to:
        return words.say(N_("Nobody else sells"))
    return words.say(N_("{seller}: {n} open"), seller=row.to, n=words.number(row.load))


def customers_of(book: Book, seller: int) -> list[int]:
    """The customers that are a seller's, or with whom that seller has an open deal or task."""
    with book.read() as connection:
        return handover.customers_of(connection, seller)


# --- done -----------------------------------------------------------------------------------------------------------

def moves(book: Book, plan: Plan) -> Moves:
    """What `hand_over` would move; nothing is changed."""
    with book.read() as connection:
        return _moves(connection, plan)


def _moves(connection: Connection, plan: Plan) -> Moves:
    owners = handover.owners(connection, plan.ids)

    def goes(owner: int | None) -> bool:
        return owner != plan.to and (plan.only is None or owner == plan.only)

    present = list(owners)
    return Moves(tuple(key for key, owner in owners.items() if goes(owner)) if plan.customers else (),
                 tuple(key for key, owner in handover.open_deals(connection, present) if goes(owner))
                 if plan.deals else (),
                 tuple(key for key, owner in handover.open_tasks(connection, present) if goes(owner))
                 if plan.tasks else ())


def hand_over(book: Book, plan: Plan) -> Given:
    """Give customers with what is open of them to another seller, as one act.

    Raises NotFound for a seller that is gone, InvalidInput for one who no longer sells and for nothing to hand over.
    """
    with book.read() as connection:
        to = _seller(connection, plan.to)
        found, names = _moves(connection, plan), {
            row["id"]: row["name"] for row in records.find(connection, "sellers")}
        former = {key: names.get(owner or 0, "") for key, owner in handover.owners(connection, plan.ids).items()}
        first = records.names(connection, "customers", list(former)[:1])
    if not any((found.customers, found.deals, found.tasks)):
        raise InvalidInput(N_("There is nothing to hand over: all of it is theirs already."))
    label = N_("Hand over {name} to {seller}") if len(former) == 1 else N_("Hand over {count} customers to {seller}")
    with book.work(label, name="".join(first.values()), count=len(former), seller=to) as work:
        pool.give(book, work, dict.fromkeys(found.customers, plan.to))
        for deal in found.deals:
            records.save(work.connection, "deals", deal, {"seller_id": plan.to})
        tasks.change(work.connection, found.tasks, {"seller_id": plan.to})
    return Given(plan, former, found, work.done)


def _seller(connection: Connection, seller: int) -> str:
    """The name of who gets them."""
    found = records.get_many(connection, "sellers", [seller])
    if not found:
        raise NotFound(N_("The seller is no longer in the file. Nothing was changed."))
    if not found[seller]["active"]:
        raise InvalidInput(N_("{name} does not sell now. Nothing was changed."), "to", name=found[seller]["name"])
    return str(found[seller]["name"])


# --- on paper -------------------------------------------------------------------------------------------------------

def paper(book: Book, given: Given, words: Language | None = None) -> tuple[HandOver, Language]:
    """The paper of a hand-over, with its customers as they stand now, by name; in the file's language unless said."""
    said = words or book.language
    ids = list(given.former)
    with book.read() as connection:
        to = records.title(connection, "sellers", given.plan.to)
        made = _customers(book, connection, given, ids)
    givers = tuple(dict.fromkeys(name for name in given.former.values() if name and name != to))
    return HandOver(book.today(), book.currency, documents.own_party(book, said), givers, to, tuple(made),
                    given.plan.note.strip(), book.business.country, book.business.picture), said


def _customers(book: Book, connection: Connection, given: Given, ids: Sequence[int]) -> list[GivenCustomer]:
    to, currency = given.plan.to, book.currency
    rows = records.get_many(connection, "customers", ids)
    listed = {row.id: row for row in customers.rows(connection, ids, book.today(), currency)}
    reach = customers.channels(connection, "customer_id", ids)
    deals, todo = handover.deals_of(connection, ids, to), handover.tasks_of(connection, ids, to)
    notes, owed = handover.notes_of(connection, ids, NOTES), accounts.balances(connection, currency)
    return [GivenCustomer(
        row["name"], given.former.get(key, ""), reach.get(key, ()), _people(connection, key), _place(row),
        deals.get(key, ()), todo.get(key, ()), owed.get(key, 0), listed[key].last_contact, notes.get(key, ()),
        row["pinned_note"] or "", row["preferences"] or "", row["birthday"] or "")
        for key, row in sorted(rows.items(), key=lambda item: sort_key(item[1]["name"]))]


def _people(connection: Connection, customer: int) -> tuple[Person, ...]:
    return tuple(Person(row.name, row.role or "", row.channels) for row in
                 contacts.rows(connection, contacts.list_ids(connection, customer=customer)))


def _place(row: Mapping[str, object]) -> str:
    parts = [" ".join(str(row["address"] or "").split()),
             " ".join(str(row[key]) for key in ("postcode", "city") if row[key])]
    return ", ".join(part for part in parts if part)
