"""A saved segment's own columns and order: shown while it is chosen, and remembered when the user changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_crm.services import segments
from desktop_crm.services.segments import Segment

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage

Arrangement = tuple[tuple[str, ...], str]


class Arranging:
    """Follows the choice in the sidebar.

    A column shown, hidden or moved, and another order, while a saved segment is chosen, is an act on that segment, done
    at once and undoable; choosing segments writes nothing. Everywhere else columns and order are the page's own.
    """

    def __init__(self, page: CustomersPage) -> None:
        self._page = page
        self._segment: int | None = None
        self._seen: Arrangement = ((), "")
        self._own: dict[str, Any] | None = None  # the page's own columns while a segment is shown
        self._exact = False
        page.table.arranged.connect(self.changed)

    def own(self) -> dict[str, Any]:
        """The columns and the order of the page itself, as the table tells them."""
        return self._own if self._own is not None else self._page.table.save_state()

    def follow(self, key: str) -> bool:
        """Show the columns and the order that belong to a key of the sidebar; whether the order is another now.

        A filter that is no choice of the sidebar ("") leaves them as they are.
        """
        self._exact = bool(key)
        before = self._page.model.sort_state()
        if key:
            self._show(next((segment for segment, _ in self._page.facets.segments
                             if key == f"segment:{segment.id}"), None))
        return self._page.model.sort_state() != before

    def changed(self) -> None:
        """Remember what the user has changed, if a saved segment is chosen."""
        if self._segment is None or not self._exact or self._page.book.reading:
            return
        columns, sort = self._now()
        segment = self._segment
        self._page.attempt(lambda: segments.arrange(self._page.book, segment, columns, sort))

    def _show(self, segment: Segment | None) -> None:
        if segment is None:
            if self._own is not None:
                self._page.table.restore_state(self._own)
            self._segment = self._own = None
            return
        stored = (segment.columns, segment.sort)
        if segment.id == self._segment and stored == self._seen:
            return
        self._own = self.own()
        self._segment, self._seen = segment.id, stored
        if stored != self._now():
            self._apply(segment, self._own)

    def _apply(self, segment: Segment, own: dict[str, Any]) -> None:
        table, model = self._page.table, self._page.model
        table.restore_state(own)
        if segment.columns:
            table.show_columns(segment.columns)
        key = segment.sort.removeprefix("-")
        if model.column_of(key) >= 0:
            model.mark_sorted(key, segment.sort.startswith("-"))

    def _now(self) -> Arrangement:
        """What the table shows: the keys of its columns in sight, and the order."""
        state = self._page.table.save_state()
        sort = ("-" if state["descending"] else "") + str(state["sort"])
        return tuple(str(item["key"]) for item in state["columns"] if not item["hidden"]), sort
