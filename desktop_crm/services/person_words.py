"""What each part of what is held about a person is called: the tables, and their columns in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_crm.domain import attachments, customers
from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.customers import CHANNELS as KINDS
from desktop_crm.domain.errors import N_
from desktop_crm.domain.pool import SELLER
from desktop_crm.services import history

TITLES: Mapping[str, str] = {
    "customers": N_("Customer"), "contacts": N_("Contacts"), "channels": N_("E-mails and phones"),
    "addresses": N_("Addresses"), "consents": N_("Consents"), "customer_tags": N_("Tags"), "tags": N_("Tags"),
    "affiliations": N_("Also belongs to"), "distinctions": N_("Not the same as"), "deals": N_("Deals"),
    "deal_lines": N_("Items"), "stage_moves": N_("Stages"), "tasks": N_("Tasks"), "activities": N_("Activities"),
    "payments": N_("Payments"), "receipts": N_("Receipts"), "state_moves": N_("States"),
    "attachments": N_("Attached files"), "segments": N_("Segments"), "settings": N_("Settings"),
    "products": N_("Products"), "sellers": N_("Sellers"), "choices": N_("Lists"), "pipelines": N_("Pipelines"),
    "stages": N_("Stages"), "cash_counts": N_("Cash counts"), "targets": N_("Targets"), "printings": N_("Printings"),
    "health_scores": N_("Data health"), "checklist_marks": N_("Checklists"), "checklist_items": N_("Checklists"),
    "score_rules": N_("Score rules"), "assignment_rules": N_("Assignment rules"), "campaigns": N_("Campaigns"),
    "custom_fields": N_("Own fields"),
}
"""The tables in words."""

_OWNERS = {"customer_id": N_("Customer"), "contact_id": N_("Contact"), "deal_id": N_("Deal")}
_DAY = {"on_date": N_("Date"), "at": N_("At")}
_MORE: Mapping[str, Mapping[str, str]] = {
    "customers": {"lead_state": N_("Lead state"), "score": N_("Score"), "heat_scored": N_("Heat by the score")},
    "channels": {"value": N_("Value"), "kind": N_("Kind"), "label": N_("Label"), "normal": N_("As it is dialled"),
                 "preferred": N_("Preferred"), "contact_id": N_("Contact")},
    "addresses": {"label": N_("Label"), "street": N_("Street"), "city": N_("City"), "region": N_("Region"),
                  "postcode": N_("Postcode"), "country": N_("Country"), "contact_id": N_("Contact")},
    "consents": {"purpose": N_("Purpose"), "basis": N_("Basis"), "source": N_("Source"), "on_date": N_("Date"),
                 "withdrawn_on": N_("Taken back on"), "contact_id": N_("Contact")},
    "customer_tags": {"tag_id": N_("Tag")},
    "affiliations": {"contact_id": N_("Contact"), "customer_id": N_("Customer"), "role": N_("Role")},
    "distinctions": {"first_id": N_("Customer"), "second_id": N_("Customer")},
    "deals": {"currency": N_("Currency"), "on_account": N_("On account"), "return_of_id": N_("Return of"),
              "stage_on": N_("In this stage since")},
    "deal_lines": {"name": N_("Item"), "product_id": N_("Product"), "quantity": N_("Quantity"), "price": N_("Price"),
                   "cost": N_("Cost"), "deal_id": N_("Deal")},
    "stage_moves": {"deal_id": N_("Deal"), "from_stage_id": N_("From"), "to_stage_id": N_("To"), **_DAY,
                    "amount": N_("Amount"), "seller_id": N_("Seller")},
    "tasks": {"done_at": N_("Done at"), "ring_at": N_("Rings at")},
    "payments": {"currency": N_("Currency"), "state": N_("State"), "on_account": N_("On account"),
                 "taking": N_("Paid together as")},
    "receipts": {"number": N_("Number"), "series": N_("Series"), "on_date": N_("Date"), "amount": N_("Amount"),
                 "currency": N_("Currency"), "content": N_("On the paper"), "taking": N_("Paid together as"),
                 "deal_id": N_("Deal"), "voided_at": N_("Voided at")},
    "checklist_marks": {"item_id": N_("Known"), "on_date": N_("Date"), "seller_id": N_("Seller")},
    "state_moves": {"field": N_("Field"), "before": N_("From"), "after": N_("To"), **_DAY},
    "attachments": {"name": N_("File"), "kind": N_("Kind"), "media_type": N_("Type"), "size": N_("Bytes"),
                    "on_date": N_("Date"), "sha256": N_("SHA-256"), "contact_id": N_("Contact"),
                    "deal_id": N_("Deal"), "task_id": N_("Task")},
}
CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("channels", "kind"): KINDS, ("attachments", "kind"): attachments.KINDS, ("payments", "method"): METHODS,
    ("state_moves", "before"): {**customers.STATES, **customers.LEAD_STATES},
    ("state_moves", "after"): {**customers.STATES, **customers.LEAD_STATES},
    ("state_moves", "field"): {"state": N_("State"), "lead_state": N_("Lead state"), SELLER: N_("Seller")},
}
"""What the codes in columns are called that no field describes."""

UNSAID = frozenset({"id", "uid", "position", "name_fold", "more_fold", "name_sort", "value_fold", "digits_back",
                    "custom"})
"""The columns that say nothing about a person, or are said by the names of own fields; all others have a title."""

FIELDS: Mapping[str, Mapping[str, str]] = {
    table: {**({"customer_id": _OWNERS["customer_id"]} if table not in ("customers",) else {}),
            **{item.key: item.title for item in history.FIELDS.get(table, ())}, **_MORE.get(table, {})}
    for table in TITLES
}
"""The columns of each table in words; one that is only the person again is not repeated on paper."""
