"""Assignment: which seller gets a lead that has none, by rules of the business's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

FIELDS = (
    Field("name", N_("Name"), required=True, most=200),
    Field("seller_id", N_("Seller"), FieldType.LINK, link="sellers"),
    Field("most", N_("Most open leads"), FieldType.INTEGER, least=1, most=100_000),
    Field("position", N_("Position"), FieldType.INTEGER, most=100_000),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Leads that pass the filter go to the seller, or (None) to the one with the fewest open leads.

    Who has `most` open leads already is passed over; None bounds nobody.
    """

    id: int
    name: str
    filter: CustomerFilter = field(default_factory=CustomerFilter)
    seller_id: int | None = None
    most: int | None = None
    position: int = 0
    seller: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who gets a lead, by which rule, and how many open leads that seller has before it.

    Without a seller the lead stays in the pool; `rule` is then the last one that fitted, whose sellers are all full or
    away, or "".
    """

    id: int
    name: str
    seller_id: int | None = None
    seller: str = ""
    rule: str = ""
    load: int = 0
    most: int | None = None


def pick(rule: Rule, sellers: Sequence[int], loads: Mapping[int, int]) -> int | None:
    """The seller that a rule means, out of the active ones in their order; None if nobody may take more.

    Of several the one with the fewest open leads, then the first.
    """
    wanted = sellers if rule.seller_id is None else [one for one in sellers if one == rule.seller_id]
    free = [one for one in wanted if rule.most is None or loads.get(one, 0) < rule.most]
    return min(free, key=lambda one: loads.get(one, 0), default=None)


def plan(leads: Iterable[tuple[int, str]], rules: Sequence[tuple[Rule, Collection[int]]], sellers: Mapping[int, str],
         loads: Mapping[int, int]) -> list[Proposal]:
    """Who gets each of the leads (id, name), one after the other: what one seller gets counts for the next lead.

    `rules` come in their order, each with the ids of the leads that pass it; the first with a seller decides.
    """
    present, order, made = dict(loads), list(sellers), []
    for lead, name in leads:
        proposal = Proposal(lead, name)
        for rule, fitting in rules:
            if lead not in fitting:
                continue
            seller = pick(rule, order, present)
            proposal = Proposal(lead, name, rule=rule.name, most=rule.most)
            if seller is not None:
                proposal = Proposal(lead, name, seller, sellers[seller], rule.name, present.get(seller, 0), rule.most)
                present[seller] = present.get(seller, 0) + 1
                break
        made.append(proposal)
    return made
