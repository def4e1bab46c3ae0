"""The customers by name in the order that the user's language gives it."""

from __future__ import annotations

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.ordering import NameKeys, differs


class NameOrder:
    """Gives the ids of the list, asked from a worker."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._keys = NameKeys()

    def ids(self, wanted: CustomerFilter, key: str, descending: bool, most: int | None = None) -> list[int]:
        """The ids of the customers that pass the filter, sorted by a column; at most `most` of them if that is given.

        By name in a language of another order they come all together: the first ones are known when all are sorted.
        """
        if key != "name" or not differs():
            return customers.list_ids(self._book, wanted, key, descending, most)
        ids = customers.list_ids(self._book, wanted, key)
        names = customers.sort_names(self._book, ids)
        return self._keys.sorted([one for one in ids if one in names], names, descending)
