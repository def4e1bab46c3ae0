"""A lead becomes a customer, with a contact person and a deal: one act, nothing lost, undone by one undo.

The lead's own row goes on as the customer, so that all that hangs on it stays. Where a person's lead becomes a company,
the person becomes its contact with their ways to reach. Where an existing customer is meant, the lead merges into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.contacts import FIELDS as CONTACT_FIELDS
from desktop_crm.domain.customers import FIELDS as CUSTOMER_FIELDS
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services import customers, deals, merging
from desktop_crm.services.book import Book
from desktop_crm.storage import conversion, records
from desktop_crm.storage.unit_of_work import Connection, Work

_TITLES = {field.key: field.title for field in CUSTOMER_FIELDS}
_NAME = _TITLES["name"]
_NAMES = {key: _TITLES[key] for key in ("sort_name", "call_name")}
"""The names of a person beside their name, which are not their company's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of a lead; empty parts are left out.

    `company` is the name of the company that a person's lead becomes, `into` an existing customer instead. `contact`
    and `role` are of the contact person: for a person's lead that goes to a company they are that person (their own
    name if none is given). `deal` is a deal's name, `amount` in minor units of the business's currency, `stage_id` its
    stage (none: the first).
    """

    company: str = ""
    into: int | None = None
    contact: str = ""
    role: str = ""
    deal: str = ""
    amount: int | None = None
    stage_id: int | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """What a lead became: ids, and the changes of the act."""

    customer: int
    contact: int | None
    deal: int | None
    changes: Changes


def convert(book: Book, lead: int, plan: Plan) -> Converted:
    """Make a lead a customer by a plan, as one act. InvalidInput for who is no lead and for a plan that contradicts."""
    with book.read() as connection:
        row = records.get(connection, "customers", lead)
        target = records.get(connection, "customers", plan.into) if plan.into is not None else None
        source = row["source_id"] or _campaign_source(connection, row["campaign_id"])
    _check(row, target, plan)
    with book.work(N_("Convert {name}"), name=row["name"]) as work:
        contact = _contact(book, work, row, target, plan)
        customers.change(book, work, lead, _customer(row, plan, contact is not None and _moves(row, target, plan)))
        deal = deals.insert(book, work, {
            "name": plan.deal, "customer_id": lead, "amount": plan.amount, "stage_id": plan.stage_id,
            "source_id": source, "seller_id": row["seller_id"] or book.seller}) if plan.deal.strip() else None
        if target is not None:
            _join(book, work, target["id"], row, contact if _moves(row, target, plan) else None)
    return Converted(target["id"] if target else lead, contact, deal, work.done)


def _check(row: records.Row, target: records.Row | None, plan: Plan) -> None:
    if row["state"] != "lead":
        raise InvalidInput(N_("“{name}” is no lead. Nothing was changed."), "customer", name=row["name"])
    if target is not None and target["id"] == row["id"]:
        raise InvalidInput(N_("A lead cannot become one with itself. Nothing was changed."), "into")
    if plan.company.strip() and target is not None:
        raise InvalidInput(N_("Name a new company or choose a customer, not both. Nothing was changed."), "company")
    if plan.company.strip() and row["kind"] != "person":
        raise InvalidInput(N_("“{name}” is a company already. Nothing was changed."), "company", name=row["name"])
    if not plan.deal.strip() and (plan.amount is not None or plan.stage_id is not None):
        raise InvalidInput(N_("Give the deal a name. Nothing was changed."), "deal")


def _moves(row: records.Row, target: records.Row | None, plan: Plan) -> bool:
    """Whether the lead is a person who becomes the contact of a company."""
    to_company = target["kind"] != "person" if target else bool(plan.company.strip())
    return row["kind"] == "person" and to_company


def _contact(book: Book, work: Work, row: records.Row, target: records.Row | None, plan: Plan) -> int | None:
    """The contact person who is made, if any, with what goes over to them."""
    moves = _moves(row, target, plan)
    name = plan.contact.strip() or (row["name"] if moves else "")
    if not name or (row["kind"] == "person" and not moves and name == row["name"]):
        return None
    clean = fields.checked(CONTACT_FIELDS, {"name": name, "role": plan.role, "customer_id": row["id"],
                                            "created_on": book.today()}, new=True)
    own = {"birthday": row["birthday"], "notes": "\n".join(_own_names(book, row)) or None} if moves else {}
    new = records.add(work.connection, "contacts", {**clean, **own})
    if moves:
        conversion.hand_over(work.connection, row["id"], new)
    return new


def _own_names(book: Book, row: records.Row) -> list[str]:
    """The further names of a person, for which a contact has no fields, as lines for their notes."""
    return [f"{book.language.say(title)}: {row[key]}" for key, title in _NAMES.items() if row[key]]


def _join(book: Book, work: Work, target: int, row: records.Row, person: int | None) -> None:
    """Let the lead and an existing customer become one. What the customer has otherwise (another address, number, own
    field) goes into the notes: of the contact who the lead's person became, else of the customer.
    """
    more = merging.left_out(book, work, target, row["id"])
    merging.join(book, work, target, [row["id"]])
    table, record = ("contacts", person) if person is not None else ("customers", target)
    if person is not None:  # the person's own name is the contact's
        more = [line for line in more if line != f"{book.language.say(_NAME)}: {row['name']}"]
    if more:
        present = records.get(work.connection, table, record)["notes"]
        records.save(work.connection, table, record, {"notes": "\n".join(filter(None, (present, *more)))})


def _customer(row: records.Row, plan: Plan, moved: bool) -> dict[str, Any]:
    """What changes in the lead's own row."""
    values: dict[str, Any] = {"state": "customer", "lead_state": "converted"}
    if moved:  # these were the person's
        values |= {"birthday": None, **dict.fromkeys(_NAMES)}
    if plan.company.strip():
        values |= {**fields.checked(CUSTOMER_FIELDS, {"name": plan.company}), "kind": "company"}
    return values


def _campaign_source(connection: Connection, campaign: int | None) -> int | None:
    """The source of the campaign that someone came by."""
    if campaign is None:
        return None
    source = records.get(connection, "campaigns", campaign)["source_id"]
    return None if source is None else int(source)
