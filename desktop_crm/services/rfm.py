"""How lately, how often and for how much customers bought, and how the business wants that counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.account_status import SETTING, checked_lapse
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.domain.rfm import SEGMENTS, Ranking, Rfm, read_plan, write_plan
from desktop_crm.i18n import Language
from desktop_crm.services.book import Book
from desktop_crm.storage import account_status, rfm, settings

_BOUGHT = N_count("bought {n} day ago: {score}", "bought {n} days ago: {score}")
_LAST = N_count("bought last {n} day ago", "bought last {n} days ago")
_ORDERS = N_count("{n} purchase: {score}", "{n} purchases: {score}")
_MONTHS = N_count("Of the last {n} month.", "Of the last {n} months.")
_SCORES = {"r": "R", "f": "F", "m": "M"}


@dataclass(frozen=True, slots=True)
class Buyer:
    """One line of the list of buyers."""

    id: int
    name: str
    rfm: Rfm


def ranking(book: Book, on: date | None = None, months: int | None = None) -> Ranking:
    """The buyers ranked at the end of a day (today), over the business's months or others; for a worker."""
    with book.read() as connection:
        return rfm.ranking(connection, on or book.today(), months)


def buyers(book: Book, on: date | None = None, months: int | None = None) -> list[Buyer]:
    """Everybody who ever bought, the best group first, within it those of the largest sum."""
    with book.read() as connection:
        found = rfm.ranking(connection, on or book.today(), months)
        names = rfm.names(connection)
    place = {code: number for number, code in enumerate(SEGMENTS)}
    rows = [Buyer(customer, names[customer], one) for customer, one in found.items() if customer in names]
    return sorted(rows, key=lambda row: (place[row.rfm.segment], -row.rfm.amount, row.id))


def why(words: Language, one: Rfm, currency: str) -> list[str]:
    """What each score of a buyer comes from, in words: "bought 3 days ago: 5"; without scores when they bought last."""
    scored = one.r is not None
    said = []
    if one.days is not None:
        form = _BOUGHT if scored else _LAST
        said.append(words.count(*form, one.days, score=one.r) if one.days else
                    words.say(N_("bought today: {score}"), score=one.r))
    if scored:
        said += [words.count(*_ORDERS, one.orders, score=one.f),
                 words.say(N_("{money}: {score}"), money=words.money(one.amount, currency, short=True), score=one.m)]
    return said


def scored_by(words: Language, found: Ranking) -> str:
    """How the scores of a ranking were made, in a sentence."""
    said = words.count(*_MONTHS, found.plan.months)
    if len(found.fixed) == len(_SCORES):
        return f"{said} {words.say(N_('The scores follow from fixed limits: there are few buyers.'))}"
    fifths = words.say(N_("Each score is a fifth of the buyers."))
    if not found.fixed:
        return f"{said} {fifths}"
    alike = ", ".join(_SCORES[key] for key in _SCORES if key in found.fixed)
    return f"{said} {fifths} {words.say(N_('{scores} by fixed limits: many are alike.'), scores=alike)}"


# What the business chose


def chosen(book: Book) -> dict[str, str]:
    """The lapse length, the window's months, what counts as buying and the fixed cut-offs, as they are kept."""
    with book.read() as connection:
        return {SETTING: str(account_status.lapse_days(connection)), **write_plan(rfm.plan_of(connection)[0])}


def choose(book: Book, values: Mapping[str, str]) -> Changes:
    """Save what was chosen, all of it or some; InvalidInput, with the setting's key, for what cannot be."""
    before = chosen(book)
    wanted = {**before, **values}
    kept = {SETTING: checked_lapse(wanted[SETTING]), **write_plan(read_plan(wanted))}
    with book.work(N_("Change how buyers are counted")) as work:
        for key, value in kept.items():
            if value != before[key]:
                settings.put(work.connection, key, value)
    return work.done
