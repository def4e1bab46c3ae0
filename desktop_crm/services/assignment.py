"""Rules that give leads to sellers, by territory, source and load: kept in the file, shown before, done as one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import assignment as domain
from desktop_crm.domain import fields
from desktop_crm.domain.assignment import Proposal, Rule
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language
from desktop_crm.services import pool, scoring, segments
from desktop_crm.services.book import Book
from desktop_crm.storage import assignment, records
from desktop_crm.storage import pool as leads
from desktop_crm.storage.unit_of_work import Connection, Work

# --- the rules ------------------------------------------------------------------------------------------------------


def rules(book: Book) -> list[Rule]:
    """Every rule, in their order."""
    with book.read() as connection:
        return _rules(connection)


def _rules(connection: Connection) -> list[Rule]:
    return [Rule(row[0], row[1], segments.read(row[2]), *row[3:]) for row in assignment.rules(connection)]


def add(book: Book, values: Mapping[str, object]) -> int:
    """Add a rule after the others and return its id: name, filter, seller_id (None: the least busy), most."""
    clean = _clean(values, new=True)
    with book.work(N_("Add assignment rule {name}"), name=clean["name"]) as work:
        last = max((rule.position for rule in _rules(work.connection)), default=0)
        return records.add(work.connection, "assignment_rules", {"position": last + 1, **clean})


def edit(book: Book, rule: int, values: Mapping[str, object]) -> Changes:
    """Change a rule."""
    clean = _clean(values)
    with book.read() as connection:
        name = records.title(connection, "assignment_rules", rule)
    with book.work(N_("Edit assignment rule {name}"), name=name) as work:
        records.save(work.connection, "assignment_rules", rule, clean)
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete rules; whose the leads are stays as it is."""
    with book.work(N_("Delete {count} assignment rules"), count=len(ids)) as work:
        records.remove(work.connection, "assignment_rules", ids)
    return work.done


def order(book: Book, ids: Sequence[int]) -> Changes:
    """Put the rules into this order: the first that fits decides."""
    with book.work(N_("Order the assignment rules")) as work:
        records.order(work.connection, "assignment_rules", ids)
    return work.done


def _clean(values: Mapping[str, object], *, new: bool = False) -> dict[str, object]:
    wanted = values.get("filter")
    plain = {key: value for key, value in values.items() if key != "filter"}
    clean: dict[str, object] = dict(fields.checked(domain.FIELDS, plain, new=new))
    if isinstance(wanted, CustomerFilter):
        clean["filter"] = segments.stored(wanted)
    return clean


# --- who gets what --------------------------------------------------------------------------------------------------

def who(book: Book, customer: int) -> Proposal:
    """Which seller the rules mean for a customer, by which rule, and how busy that seller is; nothing is changed."""
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
        return _plan(book, connection, {customer: name})[0]


def preview(book: Book, ids: Sequence[int]) -> list[Proposal]:
    """Who would get each of the leads that are in the pool, as `assign` does it; nothing is changed."""
    with book.read() as connection:
        return _plan(book, connection, leads.open_of(connection, ids, owned=False))


def assign(book: Book, ids: Sequence[int]) -> Changes:
    """Give leads out of the pool to the sellers that the rules mean; those that no rule fits stay there.

    InvalidInput if nobody gets any of them.
    """
    found = [proposal for proposal in preview(book, ids) if proposal.seller_id is not None]
    if not found:
        raise InvalidInput(N_("No rule gives any of these to somebody. They stay in the pool."))
    label = N_("Assign {name} to {seller}") if len(found) == 1 else N_("Assign {count} leads")
    with book.work(label, name=found[0].name, seller=found[0].seller, count=len(found)) as work:
        pool.give(book, work, {proposal.id: proposal.seller_id for proposal in found})
    return work.done


def of_new(book: Book, work: Work, customer: int) -> None:
    """Give a customer that was just added to the seller that the rules mean, if it is an open lead without one."""
    for proposal in _plan(book, work.connection, leads.open_of(work.connection, [customer], owned=False)):
        if proposal.seller_id is not None:
            records.save(work.connection, "customers", customer, {"seller_id": proposal.seller_id})
            scoring.follow(book, work, [customer])


def _plan(book: Book, connection: Connection, wanted: Mapping[int, str]) -> list[Proposal]:
    ids = list(wanted)
    fitting = [(rule, assignment.passing(connection, rule.filter, ids, book.today())) for rule in _rules(connection)]
    sellers = {row["id"]: row["name"] for row in records.find(connection, "sellers", active=True)}
    return domain.plan(wanted.items(), fitting, sellers, leads.loads(connection))


def said(proposal: Proposal, words: Language) -> str:
    """The rule, the seller and why, in a line: "Johor → Aminah; has 12 of 20 open leads"."""
    if proposal.seller_id is None:
        return words.say(N_("{rule}: nobody may take more; it stays in the pool"), rule=proposal.rule
                         ) if proposal.rule else words.say(N_("No rule fits; it stays in the pool"))
    gives = f"{proposal.rule} → {proposal.seller}"
    if proposal.most is None:
        return words.count(N_("{rule}; has {n} open lead"), N_("{rule}; has {n} open leads"), proposal.load, rule=gives)
    return words.say(N_("{rule}; has {n} of {most} open leads"), rule=gives, n=words.number(proposal.load),
                     most=words.number(proposal.most))
