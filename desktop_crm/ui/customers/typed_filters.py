"""Filters whose value is typed: since when one has or has not spoken to a customer, and how much they have paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.values import Period
from desktop_crm.services.book import Book
from desktop_crm.ui.words import N_, amount, current

if TYPE_CHECKING:
    from desktop_crm.services.conditions import Vocabulary

TYPED = {
    "spoken_since": N_("Spoken to since"), "silent_since": N_("Not spoken to since"),
    "paid_from": N_("Paid at least"), "paid_to": N_("Paid at most"),
}
"""The conditions by key, with their titles (message ids)."""


class TypedFilters:
    """Reads and tells the values of typed conditions; what cannot be read is told by `refuse`."""

    def __init__(self, book: Book, refuse: Callable[[Exception], None]) -> None:
        self._book, self._refuse = book, refuse

    def vocabulary(self) -> Vocabulary:
        """What customers of the file can be asked for, in the window's language."""
        from desktop_crm.services.conditions import vocabulary  # not before the first condition is shown

        return vocabulary(self._book, current())

    def read(self, wanted: CustomerFilter, key: str, text: str) -> CustomerFilter | None:
        """The filter with a condition as typed; None if the text is no day or no amount."""
        try:
            return self._with(wanted, key, text)
        except CrmError as error:
            self._refuse(error)
            return None

    def _with(self, wanted: CustomerFilter, key: str, text: str) -> CustomerFilter:
        if key == "paid_from":
            return replace(wanted, paid_from=current().read_money(text, self._book.currency))
        if key == "paid_to":
            return replace(wanted, paid_to=current().read_money(text, self._book.currency))
        day = current().read_day(text, self._book.today(), self._book.business.country) if text else None
        period = wanted.last_contact or Period()
        period = replace(period, start=day) if key == "spoken_since" else replace(period, end=day)
        return replace(wanted, last_contact=None if period.whole_file else period)

    def without(self, wanted: CustomerFilter, key: str) -> CustomerFilter:
        """The filter without a condition."""
        return self._with(wanted, key, "")

    def said(self, wanted: CustomerFilter, key: str) -> str:
        """The value of a condition, "" if the filter has none."""
        if key.startswith("paid"):
            minor = wanted.paid_from if key == "paid_from" else wanted.paid_to
            return "" if minor is None else amount(minor, self._book.currency)
        period = wanted.last_contact or Period()
        day = period.start if key == "spoken_since" else period.end
        return "" if day is None else current().day(day)
