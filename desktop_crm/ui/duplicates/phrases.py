"""What the panel of the duplicates says: why two look alike, what a field holds, what moves."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_crm.domain.duplicates import REASONS, Likeness
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.merging import Line, Preview
from desktop_crm.ui.words import N_, current, tr

_KINDS = {
    "deals": N_("Deals"), "tasks": N_("Tasks"), "activities": N_("Activities"), "payments": N_("Payments"),
    "contacts": N_("Contacts"), "channels": N_("Phones and e-mails"), "receipts": N_("Receipts"),
    "attachments": N_("Documents"), "addresses": N_("Addresses"), "consents": N_("Consents"),
    "customer_tags": N_("Tags"), "customers": N_("Customers below it"),
}


def why(found: Likeness) -> str:
    """The reasons in words: "same phone, name 94 %"."""
    said = [tr(REASONS[reason], score=current().rate(found.name, 0)) if reason == "name"
            else tr(REASONS[reason]) for reason in found.reasons]
    return current().joined(said)


def value(line: Line, held: Any, plan: Preview, currency: str) -> str:
    """What a field holds, as people read it; "" for nothing."""
    words, field = current(), line.field
    if held is None or held == "" or held is False:
        return ""
    if held is True:
        return tr(N_("Yes"))
    if field.choices:
        return tr(field.choices.get(str(held), str(held)))
    if field.type is FieldType.LINK:
        return plan.linked.get((field.key, held), "")
    if field.type is FieldType.MONEY:
        return words.money(held, currency)
    if isinstance(held, date):
        return words.day(held)
    return " ".join(str(held).splitlines())


def moved(plan: Preview) -> str:
    """How much comes to the kept customer: "Deals 2, Activities 14"."""
    return current().joined([f"{tr(title)} {current().number(plan.moved[table])}"
                             for table, title in _KINDS.items() if table in plan.moved])
