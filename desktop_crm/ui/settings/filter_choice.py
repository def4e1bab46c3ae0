"""Which customers a rule is about: one of the segments, those of every file and the saved ones, chosen by its name.

A rule keeps a copy of the segment's filter as it is stored (`services.segments.stored`), so that a segment may be
changed or deleted and the rule stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.customers import HEATS, STATES, CustomerFilter
from desktop_crm.domain.segments import PRESETS
from desktop_crm.services import business, segments
from desktop_crm.services.book import Book
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

Allowed = Callable[[CustomerFilter], bool]

_LISTS = {"sources": (N_("Source"), "sources"), "sellers": (N_("Seller"), "sellers"), "tags": (N_("Tags"), "tags")}
_CODES: Mapping[str, tuple[str, Mapping[str, str]]] = {"states": (N_("State"), STATES), "heats": (N_("Heat"), HEATS)}
_TEXTS = {"regions": N_("Region"), "industries": N_("Industry")}
_LONGEST = 60


class FilterChoice(Choice):
    """A choice of segments; its value is the chosen filter as it is stored. `allowed` leaves some segments out.

    A filter that is no segment's (any more) is offered besides, by what it asks for, and so are those of `more`.
    """

    def __init__(self, book: Book, allowed: Allowed = lambda _: True, parent: QWidget | None = None,
                 more: Callable[[Book], Sequence[CustomerFilter]] = lambda _: ()) -> None:
        super().__init__((), parent)
        self._book, self._allowed, self._more = book, allowed, more
        self.setMaxVisibleItems(16)
        self._offer(segments.stored(CustomerFilter()))

    def set_value(self, value: object) -> None:
        """Choose a stored filter, among the segments as they are now; None chooses nothing yet."""
        if value is not None:
            self._offer(str(value))
        super().set_value(value)

    def _offer(self, stored: str) -> None:
        """Offer the segments, and `stored` besides if it is none of them."""
        offered = {kept: name for kept, name in _known(self._book).items() if self._allowed(segments.read(kept))}
        for wanted in self._more(self._book):
            kept = segments.stored(wanted)
            offered.setdefault(kept, filter_name(self._book, kept))
        if stored not in offered:
            offered[stored] = filter_name(self._book, stored)
        if [(stored, self.itemText(number)) for number, stored in enumerate(self._values)] != list(offered.items()):
            self.clear()
            self._values = list(offered)
            self.addItems(list(offered.values()))


def filter_field(book: Book, key: str, label: str, *, hint: str = "", allowed: Allowed = lambda _: True,
                 more: Callable[[Book], Sequence[CustomerFilter]] = lambda _: ()) -> FieldSpec:
    """A form's field that says which customers a rule is about; its value is the filter as it is stored."""
    return FieldSpec(key, label, lambda: FilterChoice(book, allowed, more=more), True, hint or tr(N_(
        "To have more to choose from, filter the customers and save that as a segment.")))


def filter_name(book: Book, stored: str) -> str:
    """The name of the segment that has this filter, else in a few words what the filter asks for."""
    if not segments.readable(stored):
        return tr(N_("A filter that cannot be read"))
    wanted = segments.read(stored)
    return _known(book).get(segments.stored(wanted)) or _said(book, wanted)


def _known(book: Book) -> dict[str, str]:
    """The names of all segments by their stored filters, those of every file first."""
    found = {segments.stored(wanted): tr(title) for title, wanted in PRESETS.values()}
    for segment in segments.saved(book):
        found.setdefault(segments.stored(segment.filter), segment.name)
    return found


def _said(book: Book, wanted: CustomerFilter) -> str:
    parts = [f"“{wanted.search}”"] if wanted.search else []
    for key, (title, codes) in _CODES.items():
        parts += _part(title, [tr(codes.get(code, code)) for code in getattr(wanted, key)])
    for key, (title, kind) in _LISTS.items():
        if ids := getattr(wanted, key):
            names = {item.id: item.name for item in business.choices(book, kind)}
            parts += _part(title, [names.get(item, "?") if item else tr(N_("None")) for item in ids])
    for key, title in _TEXTS.items():
        parts += _part(title, [text or tr(N_("None")) for text in getattr(wanted, key)])
    parts += _presets_within(wanted)
    if wanted.conditions is not None:
        from desktop_crm.services import conditions  # for a filter that has some

        parts.append(conditions.vocabulary(book, current()).listed(wanted.conditions))
    said = " · ".join(parts) or tr(N_("A filter of its own"))
    return said if len(said) <= _LONGEST else said[:_LONGEST - 1] + "…"


def _part(title: str, names: list[str]) -> list[str]:
    return [f"{tr(title)}: {', '.join(names)}"] if names else []


def _presets_within(wanted: CustomerFilter) -> list[str]:
    """The names of the segments of one condition that stand in a filter beside others (starred, owes money …)."""
    said = []
    for key in ("starred", "owes", "no_next_step", "low_regulars", "never_bought"):
        said += [tr(PRESETS[key][0])] if getattr(wanted, key) else []
    if wanted.untouched_days:
        said.append(tr(N_("Untouched {days} days"), days=wanted.untouched_days))
    return said + ([tr(N_("Has open deals"))] if wanted.open_deals else [])
