"""The one catalogue of all reports: what there is, what it tells, and by what it may be divided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

_BY = {
    "seller": N_("By seller"), "team": N_("By team"), "region": N_("By region"), "product": N_("By product"),
    "line": N_("By product line"), "industry": N_("By industry"), "source": N_("By source"),
    "customer": N_("By customer"), "month": N_("By month"), "quarter": N_("By quarter"), "state": N_("By state"),
    "heat": N_("By heat"),
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One report: its name, words, the keys and titles of its cuts, and whether it speaks of a day or a period."""

    name: str
    title: str
    group: str
    cuts: tuple[tuple[str, str], ...]
    period: Literal["day", "period", "none"]
    description: str


def _entry(name: str, title: str, group: str, period: Literal["day", "period", "none"], description: str,
           *cuts: str) -> CatalogueEntry:
    return CatalogueEntry(name, title, group, tuple((cut, _BY[cut]) for cut in cuts), period, description)


ENTRIES = (
    _entry("daily", N_("Daily report"), N_("The day"), "day",
           N_("What was won, lost, received and done on a day, what falls due next, and what needs you."),
           "seller", "team", "region"),
    _entry("sales", N_("Sales"), N_("Sales"), "period",
           N_("Deals created, won and lost, win rates, revenue and deal lengths."),
           "seller", "team", "region", "product", "line", "industry", "source", "customer", "month", "quarter"),
    _entry("pipeline", N_("Pipeline"), N_("Sales"), "none",
           N_("The open deals by stage, with their sum and their sum weighted by probability.")),
    _entry("owed", N_("Who owes"), N_("Sales"), "none",
           N_("Every customer who owes money, how old the debt is, the credit limit and what was promised.")),
    _entry("deals", N_("Deals"), N_("Lists"), "period",
           N_("The deals created in a period, each with its stage and days.")),
    _entry("tasks", N_("Tasks"), N_("Lists"), "period", N_("The tasks due in a period, done and open.")),
    _entry("customers", N_("Customers"), N_("Lists"), "period",
           N_("The customers created in a period, with their deals and payments."),
           "state", "heat", "seller", "region", "industry", "source"),
)
"""Every report, in the order of the list at the left; the words are message ids."""


def catalogue(language: Language) -> tuple[CatalogueEntry, ...]:
    """Every report in the words of `language`."""
    say = language.say
    return tuple(CatalogueEntry(entry.name, say(entry.title), say(entry.group),
                                tuple((key, say(title)) for key, title in entry.cuts), entry.period,
                                say(entry.description)) for entry in ENTRIES)


def find(name: str, cut: str = "") -> CatalogueEntry:
    """The entry of a report that has this cut; InvalidInput, naming the known ones, if there is none such."""
    entry = next((entry for entry in ENTRIES if entry.name == name), None)
    if entry is None:
        raise InvalidInput(N_("There is no report “{name}”. There are: {known}."), "name", name=name,
                           known=", ".join(entry.name for entry in ENTRIES))
    known = [key for key, _ in entry.cuts]
    if cut and not known:
        raise InvalidInput(N_("The report “{name}” is not divided by anything, so not by “{cut}” either."), "cut",
                           name=name, cut=cut)
    if cut and cut not in known:
        raise InvalidInput(N_("The report “{name}” is not divided by “{cut}”. It is by: {known}."), "cut", name=name,
                           cut=cut, known=", ".join(known))
    return entry
