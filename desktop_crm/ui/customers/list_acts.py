"""What is done to the chosen customers of the list, and to the saved segments, each act with its way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.services import custom_fields, customers, segments
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage


class ListActs:
    """The acts of the Customers page; `newest` is the number of the last act that was done in the file."""

    def __init__(self, page: CustomersPage) -> None:
        self._page = page
        self.newest = 0

    def edit_many(self, field: str, value: object) -> None:
        """Give one field of the chosen customers this value."""
        ids = self._page.table.selected_ids()
        self._done(lambda: customers.edit_many(self._page.book, ids, {field: value}))

    def set_own(self, field: CustomField, value: object) -> None:
        """Give an own field of the chosen customers this value, typed or chosen; None empties it."""
        ids, book = self._page.table.selected_ids(), self._page.book

        def act() -> Changes:
            typed = isinstance(value, str) and field.type != "choice"
            given = custom_fields.understood(book, current(), field, str(value)) if typed else value
            return custom_fields.set_many(book, "customers", ids, {field.id: given})

        self._done(act)

    def star(self, starred: bool | None = None) -> None:
        """Star the selected customers; if all of them are, take the stars off."""
        shown = self._page.card.customer
        ids = self._page.table.selected_ids() or ([] if shown is None else [shown])
        if starred is None:
            starred = not all(row.starred for row in customers.rows(self._page.book, ids))
        if ids and not self._page.book.reading:
            self._done(lambda: customers.star(self._page.book, ids, starred))

    def convert(self, customer: int) -> None:
        """Show a lead and the form that makes it a customer."""
        self._page.open(customer)
        self._page.card.show_customer(customer)
        self._page.card.leads.convert()

    def rescore(self) -> None:
        """Bring the scores of all leads up to date, beside the window."""
        from desktop_crm.services import scoring  # for who asks for it

        page = self._page

        def done(changes: Changes) -> None:
            if changes.count:
                self.tell_undoable(tr(N_("The scores are up to date.")), changes.work_id)
            else:
                page.messages.note(tr(N_("All scores were up to date.")))

        if not page.book.reading:
            page.jobs.run(lambda _: scoring.rescore(page.book), done, page.messages.tell,
                          label=tr(N_("Bring the scores up to date")))

    def tag_many(self, name: str) -> None:
        """Add a tag to the chosen customers."""
        ids = self._page.table.selected_ids()
        self._done(lambda: customers.add_tags(self._page.book, ids, [name]))

    def task_many(self, text: str) -> None:
        """Add a task, as typed, for each of the chosen customers."""
        ids = self._page.table.selected_ids()
        from desktop_crm.services import quick_log, tasks  # for who writes one

        self._done(lambda: tasks.add_for(self._page.book, ids, quick_log.task_values(self._page.book, current(), text)))

    def delete(self, ids: list[int]) -> None:
        """Delete customers, and stand on the one after them."""
        if not ids:
            return
        row = self._page.model.row_of(ids[-1])
        names = [found.name for found in customers.rows(self._page.book, ids[:1])]
        changes = self._done(lambda: customers.delete(self._page.book, ids))
        if changes is None:
            return
        gone = set(ids)
        after = [key for key in self._page.model.ids()[row or 0:] if key not in gone]
        before = [key for key in self._page.model.ids()[:row or 0] if key not in gone]
        self._page.choose_next(after[0] if after else before[-1] if before else None)
        one = len(ids) == 1 and bool(names)
        self.tell_undoable(tr(N_("Deleted “{name}”"), name=names[0]) if one
                            else tr(N_("Deleted {count} customers"), count=len(ids)), changes.work_id)

    def _done(self, act: Callable[[], Changes]) -> Changes | None:
        """Run a quick act and remember it as the newest."""
        changes = self._page.attempt(act)
        if changes is not None:
            self.newest = changes.work_id
        return changes

    def tell_deleted(self, name: str) -> None:
        """Say that something is deleted, with the way back."""
        self.tell_undoable(tr(N_("Deleted “{name}”"), name=name), 0)

    def tell_undoable(self, text: str, work: int) -> None:
        """Say what was done, with a button that takes the act with the number `work` back if it is still the newest."""
        self._page.messages.undoable(text, lambda: self._undo(work or self.newest))

    def _undo(self, work: int) -> None:
        """Undo that act only: if another came after it, say so instead."""
        if work != self.newest:
            self._page.messages.note(
                tr(N_("Something else was done since. Ctrl+Z takes back one act after the other.")))
        else:
            self._page.attempt(self._page.book.undo)

    def save_segment(self, name: str) -> None:
        """Save the filter of the list as a segment."""
        self._page.attempt(lambda: segments.save(self._page.book, name, self._page.wanted))

    def rename_segment(self, segment: int, name: str) -> None:
        """Give a saved segment another name."""
        self._page.attempt(lambda: segments.rename(self._page.book, segment, name))

    def tell_damaged(self, key: str) -> None:
        """Say that the segment that was chosen cannot be read, if it cannot."""
        for segment, _ in self._page.facets.segments:
            if segment.damaged and key == f"segment:{segment.id}":
                self._page.messages.note(tr(segments.DAMAGED, name=segment.name), "warn")

    def delete_segment(self, segment: int) -> None:
        """Delete a saved segment; its customers stay."""
        name = next((item.name for item, _ in self._page.facets.segments if item.id == segment), "")
        self._page.attempt(lambda: segments.delete(self._page.book, segment))
        self.tell_deleted(name)
