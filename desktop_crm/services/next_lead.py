"""The lead to work on now, with the reason in one line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.domain.next_lead import Waiting, Why
from desktop_crm.i18n import Language
from desktop_crm.services import customers, requests
from desktop_crm.services.book import Book
from desktop_crm.storage import next_lead

_SPANS = ((24 * 60, N_count("{n} day", "{n} days")), (60, N_count("{n} hour", "{n} hours")),
          (1, N_count("{n} minute", "{n} minutes")))


def find(book: Book, seller: int | None = None, passed: Collection[int] = ()) -> Waiting | None:
    """The lead to work on now, None if none waits; of a seller and of nobody if `seller` is given, without `passed`.

    Unanswered requests with the shortest countdown come first, then the next step that was due first, then the most
    points, then who waits longest. Left out is who was touched today, or has a step planned for later.
    """
    now, today = book.business.local(book.now()), book.today()
    asked = {row.customer_id: row.left(book.business.answer_within, book.now())
             for row in requests.unanswered(book, book.now()) if row.customer_id not in passed}
    local = datetime.combine(today, now.time() if now.date() == today else time.max)
    with book.read() as connection:
        hurried = next_lead.of(connection, asked, local, seller) if asked else []
        if hurried:
            first = min(hurried, key=lambda one: (asked[one.id], -(one.score or 0), one.id))
            return replace(first, left=asked[first.id])
        found = next_lead.waiting(connection, local, seller, len(passed) + 1)
    return next((one for one in found if one.id not in passed), None)


def nobody(book: Book) -> str:
    """The message (to be said) where no lead waits: there are none, or each has been seen to."""
    if customers.count(book, CustomerFilter(states=("lead",))) == 0:
        return N_("There are no leads.")
    return N_("No lead waits: each was touched today, or has a step planned for later.")


def why(book: Book, words: Language, one: Waiting) -> str:
    """Why a lead comes first, in one line."""
    if one.why is Why.REQUEST and one.left is not None:
        late = one.left <= 0
        return words.say(N_("Unanswered request, late by {span}") if late else
                         N_("Unanswered request, answer within {span}"), span=_span(words, abs(one.left)))
    if one.why is Why.STEP and one.due_on is not None:
        days = (book.today() - one.due_on).days
        if days:
            return words.say(N_("Next step is overdue by {span}: {task}"), span=words.count(*_SPANS[0][1], days),
                             task=one.step)
        return words.say(N_("Next step is due today: {task}"), task=one.step)
    said = [] if one.score is None else [words.say(N_("Score {points}"), points=words.number(one.score))]
    waited = 0 if one.since is None else (book.today() - one.since).days
    if waited > 0:
        said.append(words.say(N_("waiting for {span}"), span=words.count(*_SPANS[0][1], waited)))
    return " · ".join(said) or words.say(N_("Nobody has spoken to them yet"))


def _span(words: Language, minutes: int) -> str:
    """So many minutes in full days, hours or minutes, the largest that is full."""
    size, form = next((found for found in _SPANS if minutes >= found[0]), _SPANS[-1])
    return words.count(*form, minutes // size)
