"""The place of scoring in other acts: what it takes is loaded for a file that has score rules."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.services.book import Book
from desktop_crm.storage.scoring import any_rules
from desktop_crm.storage.unit_of_work import Work


def follow(book: Book, work: Work, ids: Sequence[int] | None) -> None:
    """Score customers who were saved or logged on, within that act (None: all); who is no lead is passed over."""
    if any_rules(work.connection):
        from desktop_crm.services import scoring

        scoring.bring(book, work.connection, ids)
