"""What hangs on customers and contacts as JSON in cells of a list that leaves the program and comes back without loss.

Plain columns, which other programs read, hold what they can: e-mails, phones, the first addresses. These cells hold
the rest: what is known of ways beside their values, web pages, further addresses and companies, consents, states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from desktop_crm.domain.consents import BASES, PURPOSES
from desktop_crm.domain.customers import CHANNELS
from desktop_crm.domain.deal_texts import day_of, instant, objects, text

WEB = "web"
_LOGGED = ("state", "lead_state")
Said = TypeVar("Said", bound=tuple[Any, ...])


class SaidWay(NamedTuple):
    """What is known of a way beside its value; a web page stands nowhere else."""

    value: str
    kind: str
    label: str = ""
    preferred: bool = False


class SaidAddress(NamedTuple):
    """One more address."""

    label: str | None
    street: str | None
    city: str | None
    region: str | None
    postcode: str | None
    country: str | None


class SaidConsent(NamedTuple):
    """A consent as the file keeps it."""

    purpose: str
    basis: str
    source: str | None
    on_date: str | None
    withdrawn_on: str | None


class SaidCompany(NamedTuple):
    """One more company of a contact: its name, what tells it apart, and what they are there."""

    name: str
    ref: str
    role: str | None


class SaidState(NamedTuple):
    """One change of a customer's state, or lead state."""

    after: str | None
    before: str | None
    field: str
    on_date: str | None
    at: str | None


def ways(cell: str) -> tuple[SaidWay, ...] | None:
    """What a cell says of ways to reach someone, None for an empty one; ValueError for what is no such cell."""
    return _all(cell, lambda item: SaidWay(
        text(item["value"]), _one(item["kind"], CHANNELS), text(item.get("label")), item.get("preferred") is True))


def addresses(cell: str) -> tuple[SaidAddress, ...] | None:
    """The addresses that a cell says, None for an empty one; ValueError for what is no such cell."""
    return _all(cell, lambda item: SaidAddress(*(text(item.get(key)) or None for key in SaidAddress._fields)))


def consents(cell: str) -> tuple[SaidConsent, ...] | None:
    """The consents that a cell says, None for an empty one; ValueError for what is no such cell."""
    return _all(cell, lambda item: SaidConsent(
        _one(item["purpose"], PURPOSES), _one(item["basis"], BASES), text(item.get("source")) or None,
        day_of(item.get("on_date")), day_of(item.get("withdrawn_on"))))


def companies(cell: str) -> tuple[SaidCompany, ...] | None:
    """The further companies that a cell says, None for an empty one; ValueError for what is no such cell."""
    return _all(cell, lambda item: SaidCompany(text(item["name"]), text(item.get("id")),
                                               text(item.get("role")) or None))


def states(cell: str) -> tuple[SaidState, ...] | None:
    """The log of states that a cell says, oldest first, None for an empty one; ValueError for what is no such cell."""
    return _all(cell, lambda item: SaidState(
        text(item.get("after")) or None, text(item.get("before")) or None, _one(item["field"], _LOGGED),
        day_of(item.get("on_date")), instant(item.get("at"))))


def _all(cell: str, made: Callable[[Mapping[str, Any]], Said]) -> tuple[Said, ...] | None:
    try:
        return tuple(made(item) for item in objects(cell)) or None
    except KeyError as lacking:
        raise ValueError("something is missing") from lacking


def _one(value: object, known: Mapping[str, str] | tuple[str, ...]) -> str:
    found = text(value)
    if found not in known:
        raise ValueError("a known word is needed")
    return found
