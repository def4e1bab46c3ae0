"""The list by name in the order that the user's language gives it: by strokes in Chinese, ñ behind n in Filipino."""

from __future__ import annotations

from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale, Qt

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.words import current

_LOCALES = {"zh_TW": "zh_TW", "ta": "ta_IN", "fil": "fil_PH"}
"""The languages whose letters stand in another order than the file's own index has them."""


class NameOrder:
    """Gives the ids of the list. What a name is sorted by is kept, so that only new and changed names are looked at.

    It is asked from a worker. The keys of one language are compared with one another alone: another language makes
    another page.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._keys: dict[int, tuple[str, QCollatorSortKey]] = {}

    def ids(self, wanted: CustomerFilter, key: str, descending: bool, most: int | None = None) -> list[int]:
        """The ids of the customers that pass the filter, sorted by a column; at most `most` of them if that is given.

        By name in a language of another order they come all together: the first ones are known when all are sorted.
        """
        code = current().code
        if key != "name" or code not in _LOCALES:
            return customers.list_ids(self._book, wanted, key, descending, most)
        ids = customers.list_ids(self._book, wanted, key)
        names = customers.sort_names(self._book, ids)
        keys = self._sorted_by(names, _LOCALES[code])
        return sorted((one for one in ids if one in keys), key=keys.__getitem__, reverse=descending)

    def _sorted_by(self, names: dict[int, str], locale: str) -> dict[int, QCollatorSortKey]:
        collator = QCollator(QLocale(locale))  # reentrant, but not for two threads at once
        collator.setNumericMode(True)
        collator.setIgnorePunctuation(True)
        collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found = {}
        for one, name in names.items():
            known = self._keys.get(one)
            if known is None or known[0] != name:
                known = self._keys[one] = (name, collator.sortKey(name))
            found[one] = known[1]
        return found
