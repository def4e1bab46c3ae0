"""How a deal stands, in words: its amount, its days in the stage, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.deals import DealRow, Stage
from desktop_crm.ui.words import N_, current, tr
from desktop_crm.ui.words import amount as amount  # the words of a deal, all in one place

TONES = {"open": "neutral", "won": "good", "lost": "bad"}
"""The tone of each status; its word says the same."""


def days(count: int | None) -> str:
    """Days in a stage: today, or "9 d"; "" where nobody knows."""
    if count is None:
        return ""
    return tr(N_("today")) if count == 0 else tr(N_("{n} d"), n=current().number(count))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a card marks: its words, a form of them for a narrow card, and the tone that says the same."""

    words: str = ""
    short: str = ""
    tone: str = ""


def mark(row: DealRow, today: date) -> Mark:
    """What a card marks, the worst first; empty if all is well.

    From three fifths of the stage's day limit on a deal is near it.
    """
    if row.over_limit(today):
        limit = current().number(row.day_limit or 0)
        return Mark(tr(N_("over {n}-day limit"), n=limit), tr(N_("over {n} d"), n=limit), "bad")
    if row.status == "open" and row.next_step is None:
        return Mark(tr(N_("no next step")), tr(N_("no step")), "bad")
    if days_tone(row, today) == "warn":
        spent = days(row.days_in_stage(today))
        return Mark(spent, spent, "warn")
    return Mark()


def days_tone(row: DealRow, today: date) -> str:
    """The tone of a deal's days in its stage: bad over the limit, warn near it."""
    spent = row.days_in_stage(today)
    if row.over_limit(today):
        return "bad"
    near = spent is not None and row.day_limit is not None and spent * 5 > row.day_limit * 3
    return "warn" if near else ""


def next_step(row: DealRow) -> str:
    """The next task with its day; "no next step" for an open deal without one."""
    if row.next_step is None:
        return tr(N_("no next step")) if row.status == "open" else "—"
    if row.next_step_on is None:
        return row.next_step
    return tr(N_("{day}: {step}"), day=short_day(row.next_step_on), step=row.next_step)


def short_day(day: date | None) -> str:
    """A day as "12 Nov"; unknown is an em dash."""
    return "—" if day is None else current().skeleton(day, "dMMM")


def spoken(row: DealRow, today: date) -> str:
    """A deal in one line, for screen readers."""
    words = mark(row, today).words
    parts = (row.name, row.customer or tr(N_("No customer")), amount(row.amount, row.currency),
             days(row.days_in_stage(today)), words)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def stage_words(stage: Stage) -> str:
    """A stage with its probability."""
    return tr(N_("{stage} · {percent} %"), stage=stage.name, percent=current().number(stage.probability))
