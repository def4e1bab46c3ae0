"""Handing customers over from one seller to another: why it is proposed, and the paper that goes along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.customers import Channel
from desktop_crm.domain.documents import Party


@dataclass(frozen=True, slots=True)
class LateDeal:
    """An open deal that has stood in its stage for `days`, more than the stage's day limit."""

    name: str
    stage: str
    days: int
    limit: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer whose seller lets it lie: deals over their stage's limit, tasks overdue since `oldest`.

    `to` is who has the fewest open leads and deals of the others, `load` how many; "" if nobody else sells. `id` is
    the customer's.
    """

    id: int
    name: str
    seller_id: int
    seller: str
    deals: tuple[LateDeal, ...] = ()
    overdue: int = 0
    oldest: date | None = None
    to_id: int | None = None
    to: str = ""
    load: int = 0

    def days(self, today: date) -> int:
        """By how many days the worst of it is late."""
        return max([*(deal.days - deal.limit for deal in self.deals), (today - self.oldest).days if self.oldest else 0])


@dataclass(frozen=True, slots=True)
class GivenDeal:
    """An open deal on the paper; `keeper` is who keeps it, "" if it goes along. The amount may be unknown."""

    name: str
    stage: str
    amount: int | None
    currency: str
    expected_on: date | None = None
    keeper: str = ""


@dataclass(frozen=True, slots=True)
class GivenTask:
    """An open task on the paper; `keeper` is who keeps it, "" if it goes along."""

    name: str
    due_on: date | None
    due_time: str | None = None
    keeper: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted about a customer: the day (may be unknown), the kind of activity and the text."""

    on_date: date | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to talk to, with the role and the ways to reach them."""

    name: str
    role: str
    ways: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class GivenCustomer:
    """One customer on the paper; `owed` is minor units of the business's currency, below zero for a credit.

    `former` is who had it, "" for nobody; `birthday` is as domain.birthdays has it.
    """

    name: str
    former: str = ""
    ways: tuple[Channel, ...] = ()
    people: tuple[Person, ...] = ()
    place: str = ""
    deals: tuple[GivenDeal, ...] = ()
    tasks: tuple[GivenTask, ...] = ()
    owed: int = 0
    last_contact: date | None = None
    notes: tuple[Note, ...] = ()
    pinned: str = ""
    preferences: str = ""
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The paper of a hand-over: on which day, from whom (may be several, or nobody) to whom, and what."""

    on_date: date
    currency: str
    seller: Party
    givers: tuple[str, ...]
    to: str
    customers: tuple[GivenCustomer, ...]
    note: str = ""
    country: str = ""
    logo: bytes = b""

    @property
    def deals(self) -> tuple[GivenDeal, ...]:
        """The deals that go along."""
        return tuple(deal for one in self.customers for deal in one.deals if not deal.keeper)

    @property
    def tasks(self) -> tuple[GivenTask, ...]:
        """The tasks that go along."""
        return tuple(task for one in self.customers for task in one.tasks if not task.keeper)

    @property
    def amounts(self) -> dict[str, int]:
        """What the deals that go along come to by currency, the business's own first; unknown amounts left out."""
        return summed(self.deals, self.currency)

    @property
    def owed(self) -> int:
        """What the customers owe together, minor units; who has a credit takes nothing off it."""
        return sum(max(0, one.owed) for one in self.customers)


def summed(deals: Iterable[GivenDeal], currency: str) -> dict[str, int]:
    """The amounts of some deals by currency, `currency` first and always there."""
    found = {currency: 0}
    for deal in deals:
        if deal.amount is not None:
            found[deal.currency] = found.get(deal.currency, 0) + deal.amount
    return found
