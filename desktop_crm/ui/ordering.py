"""Names in the order that the user's language gives them: by strokes in Chinese, ñ behind n in Filipino.

Where the letters stand as the file's own index has them, that order is kept: it costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QCollator, QLocale, Qt

from desktop_crm.domain.values import sort_key
from desktop_crm.services import business
from desktop_crm.services.book import Book
from desktop_crm.services.business import Choice
from desktop_crm.ui.words import current

_LOCALES = {"zh_TW": "zh_TW", "ta": "ta_IN", "fil": "fil_PH"}
"""The languages whose letters stand in another order than the file's own index has them."""


class Named(Protocol):
    """A row that has a name."""

    @property
    def name(self) -> str:
        """Its name."""


R = TypeVar("R", bound=Named)


def differs() -> bool:
    """Whether the language has an order that the file's own index does not."""
    return current().code in _LOCALES


def name_key() -> Callable[[str], Any]:
    """What names are sorted by in the user's language; its keys are compared with one another alone."""
    if not differs():
        return sort_key
    collator = QCollator(QLocale(_LOCALES[current().code]))  # reentrant, but not for two threads at once
    collator.setNumericMode(True)
    collator.setIgnorePunctuation(True)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return collator.sortKey


def by_name(rows: Iterable[R]) -> list[R]:
    """The rows by their names; those of one name keep their order."""
    key = name_key()
    return sorted(rows, key=lambda row: key(row.name))


def choices(book: Book, kind: str) -> list[Choice]:
    """What a form offers of sellers, products or tags, by name; what has an order of its own keeps it."""
    found = business.choices(book, kind)
    return by_name(found) if kind in ("sellers", "products", "tags") else found


class NameKeys:
    """Sorts ids by name. The place of each name among all is kept, so that only new names are compared again.

    It is asked from a worker. The keys are of one language: another one makes another page.
    """

    def __init__(self) -> None:
        self._order: list[tuple[Any, str]] = []  # every name that was seen, in order, with what it is sorted by
        self._places: dict[str, int] = {}  # names that are alike to the language have one place

    def sorted(self, ids: Sequence[int], names: Mapping[int, str], descending: bool) -> list[int]:
        """The ids by these names, equal ones in the order they come in; those without a name stand last."""
        new = set(names.values()).difference(self._places)
        if new:
            self._learn(new)
        places = {one: self._places[name] for one, name in names.items()}
        named = sorted((one for one in ids if one in places), key=places.__getitem__, reverse=descending)
        return named if len(named) == len(ids) else named + [one for one in ids if one not in places]

    def _learn(self, new: Iterable[str]) -> None:
        """Give new names their places; the old ones are in order already, which makes it a merge."""
        key = name_key()
        self._order += sorted(((key(name), name) for name in new), key=itemgetter(0))
        self._order.sort(key=itemgetter(0))
        place, before = 0, self._order[0][0]
        for known, name in self._order:
            place += before < known
            self._places[name], before = place, known
