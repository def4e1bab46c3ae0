"""What customers can be asked for in a condition: their own fields, what they do, and the tests of each type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_crm.domain.account_status import ACTIVITY, STAGES
from desktop_crm.domain.customers import FIELDS
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.rfm import SEGMENTS


class Type(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    CHOICE = "choice"      # a code out of `choices`
    LINK = "link"          # the id of a record of the kind `link`; of tags, any number of them
    MONEY = "money"        # minor units of the business's currency
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    BIRTHDAY = "birthday"


class Given(StrEnum):
    """What a test is given beside the field."""

    NOTHING = "nothing"
    ONE = "one"            # a text, a number, a day
    TWO = "two"            # from and to, both included
    SOME = "some"          # one or more choices
    DAYS = "days"          # a number of days


@dataclass(frozen=True, slots=True)
class Test:
    """One test: its words (a message id) between the field's title and the value, and what it is given."""

    title: str
    given: Given = Given.ONE


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that can be asked for: its key, its title (a message id, or an own field's name), its type.

    `tables` are those whose changes may change the answer.
    """

    key: str
    title: str
    type: Type = Type.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    tables: tuple[str, ...] = ("customers",)


_THERE = {"empty": Test(N_("is empty"), Given.NOTHING), "filled": Test(N_("is filled in"), Given.NOTHING)}
_CHOSEN = {"one_of": Test(N_("is one of"), Given.SOME), "none_of": Test(N_("is none of"), Given.SOME), **_THERE}
_NUMBERS = {"at_least": Test(N_("at least")), "at_most": Test(N_("at most")),
            "between": Test(N_("between"), Given.TWO), "is": Test(N_("is")), "is_not": Test(N_("is not")), **_THERE}
_COMING = {"next_days": Test(N_("in the next days"), Given.DAYS), "this_month": Test(N_("this month"), Given.NOTHING)}
TESTS: dict[Type, dict[str, Test]] = {
    Type.TEXT: {"has": Test(N_("contains")), "has_not": Test(N_("does not contain")), "is": Test(N_("is")),
                "is_not": Test(N_("is not")), "starts": Test(N_("begins with")), **_THERE},
    Type.CHOICE: _CHOSEN,
    Type.LINK: _CHOSEN,
    Type.MONEY: _NUMBERS,
    Type.NUMBER: _NUMBERS,
    Type.DATE: {"last_days": Test(N_("in the last days"), Given.DAYS),
                "days_ago": Test(N_("longer ago than days"), Given.DAYS), **_COMING, "on": Test(N_("on")),
                "before": Test(N_("before")), "from": Test(N_("from")), "between": Test(N_("between"), Given.TWO),
                **_THERE},
    Type.YES_NO: {"yes": Test(N_("yes"), Given.NOTHING), "no": Test(N_("no"), Given.NOTHING)},
    Type.BIRTHDAY: {**dict(reversed(_COMING.items())), **_THERE},
}
"""The tests of each type by key, the one that is asked for most first."""

_TYPES = {FieldType.TEXT: Type.TEXT, FieldType.LONG: Type.TEXT, FieldType.TIME: Type.TEXT,
          FieldType.CHOICE: Type.CHOICE, FieldType.MONEY: Type.MONEY, FieldType.INTEGER: Type.NUMBER,
          FieldType.YES_NO: Type.YES_NO, FieldType.DATE: Type.DATE, FieldType.LINK: Type.LINK,
          FieldType.BIRTHDAY: Type.BIRTHDAY}
_DEALS, _PAYMENTS = ("deals",), ("payments",)
_RFM = ("deals", "payments", "settings")
BEHAVIOUR = (
    Asked("last_contact", N_("Last contact"), Type.DATE, tables=("activities",)),
    Asked("last_purchase", N_("Last purchase"), Type.DATE, tables=_DEALS),
    Asked("next_step", N_("Next step"), Type.DATE, tables=("tasks",)),
    Asked("has_next_step", N_("Has a next step"), Type.YES_NO, tables=("tasks",)),
    Asked("paid", N_("Paid in all"), Type.MONEY, tables=_PAYMENTS),
    Asked("paid_year", N_("Paid in 12 months"), Type.MONEY, tables=_PAYMENTS),
    Asked("owed", N_("Owes"), Type.MONEY, tables=(*_DEALS, *_PAYMENTS)),
    Asked("overdue", N_("Payment overdue"), Type.YES_NO, tables=_PAYMENTS),
    Asked("open_deals", N_("Open deals"), Type.NUMBER, tables=_DEALS),
    Asked("won_deals", N_("Won deals"), Type.NUMBER, tables=_DEALS),
    Asked("tags", N_("Tags"), Type.LINK, link="tags", tables=("customer_tags", "tags")),
    Asked("phone", N_("Phone"), tables=("channels",)),
    Asked("email", N_("E-mail"), tables=("channels",)),
    Asked("has_phone", N_("Has a phone"), Type.YES_NO, tables=("channels",)),
    Asked("has_email", N_("Has an e-mail"), Type.YES_NO, tables=("channels",)),
    Asked("contacts", N_("Contact people"), Type.NUMBER, tables=("contacts",)),
    Asked("activity", N_("How active"), Type.CHOICE, ACTIVITY, tables=("activities", "deals", "settings")),
    Asked("buyer_stage", N_("Buyer stage"), Type.CHOICE, STAGES, tables=("deals", "settings")),
    Asked("revenue_year", N_("Revenue in 12 months"), Type.MONEY, tables=_DEALS),
    Asked("rfm", N_("RFM group"), Type.CHOICE, SEGMENTS, tables=_RFM),
    Asked("rfm_r", N_("RFM: recency, 1 to 5"), Type.NUMBER, tables=_RFM),
    Asked("rfm_f", N_("RFM: frequency, 1 to 5"), Type.NUMBER, tables=_RFM),
    Asked("rfm_m", N_("RFM: money, 1 to 5"), Type.NUMBER, tables=_RFM),
    Asked("recency", N_("RFM: days since the last purchase"), Type.NUMBER, tables=_RFM),
    Asked("frequency", N_("RFM: orders"), Type.NUMBER, tables=_RFM),
    Asked("monetary", N_("RFM: sum of the orders"), Type.MONEY, tables=_RFM),
)
"""What customers do and have, beside their own fields.

A purchase is a won deal that is no return; money is what was received in the business's currency, owed what stands
open in the credit book; an e-mail or phone passes if any of the customer's does. How they stand is explained in
domain/account_status, and RFM in domain/rfm.
"""
_LEADS = (
    Asked("campaign", N_("Campaign"), Type.LINK, link="campaigns"),
    Asked("score", N_("Score"), Type.NUMBER),
)


def _own(item: Field) -> Asked:
    """A field of customers; whom one belongs to is asked for by its name, as text."""
    if item.key == "parent_id":
        return Asked("parent", item.title)
    return Asked(item.key.removesuffix("_id"), item.title, _TYPES[item.type], item.choices,
                 item.link if item.type is FieldType.LINK else "")


def _all() -> dict[str, Asked]:
    fields = {found.key: found for found in (*map(_own, FIELDS), *BEHAVIOUR)}
    return fields | {found.key: found for found in _LEADS if found.key not in fields}


ASKED: Mapping[str, Asked] = _all()
"""Every field that any file has, by key."""

FIRST = ("state", "heat", "seller", "region", "city", "tags", "last_contact", "last_purchase", "paid", "owed")
"""The fields that are asked for most, in the order in which they are offered."""
