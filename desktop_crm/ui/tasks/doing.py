"""What is done with tasks from the list: each one act of the services, told with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.tasks import TaskRow
from desktop_crm.services import history, quick_add, tasks
from desktop_crm.services.book import Book
from desktop_crm.services.quick_add import QuickTask
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr, tr_count


class Doing:
    """The acts of the tab; each tells what was done, or what the world refused (None, or False)."""

    def __init__(self, book: Book, messages: Messages) -> None:
        self._book, self._messages = book, messages

    def add(self, task: QuickTask) -> int | None:
        """Add what a line said; gives the new task's id."""
        try:
            return quick_add.add(self._book, task)
        except CrmError as error:
            self._messages.tell(error)
            return None

    def toggle(self, ids: Sequence[int]) -> bool:
        """Tick tasks off, or open them again if all of them are done."""
        found = tasks.rows(self._book, ids)
        open_ones = [task for task in found if task.done_on is None]
        return self.finish(open_ones or found, bool(open_ones))

    def finish(self, found: Sequence[TaskRow], done: bool) -> bool:
        """Tick tasks off as done today, or open them again."""
        if not found:
            return False
        said = (N_("Done: {name}"), N_("Done: {n} task"), N_("Done: {n} tasks")) if done else (
            N_("Open again: {name}"), N_("Open again: {n} task"), N_("Open again: {n} tasks"))
        return self._run(lambda: tasks.finish(self._book, [task.id for task in found], done), _told(said, found))

    def move(self, ids: Sequence[int], day: date | None) -> bool:
        """Move tasks to another day, or to none."""
        found = tasks.rows(self._book, ids)
        if not found:
            return False
        said = (N_("{name} → {day}"), N_("{n} task → {day}"), N_("{n} tasks → {day}"))
        where = current().full_day(day) if day else tr(N_("No date"))
        return self._run(lambda: tasks.reschedule(self._book, ids, day), _told(said, found, day=where))

    def assign(self, ids: Sequence[int], seller: int | None, name: str) -> bool:
        """Give tasks to a seller, or to nobody."""
        found = tasks.rows(self._book, ids)
        said = (N_("{name} → {seller}"), N_("{n} task → {seller}"), N_("{n} tasks → {seller}"))
        return bool(found) and self._run(lambda: tasks.assign(self._book, ids, seller), _told(said, found, seller=name))

    def delete(self, ids: Sequence[int]) -> bool:
        """Delete tasks."""
        found = tasks.rows(self._book, ids)
        said = (N_("Deleted: {name}"), N_("Deleted: {n} task"), N_("Deleted: {n} tasks"))
        return bool(found) and self._run(lambda: tasks.delete(self._book, ids), _told(said, found))

    def _run(self, act: Callable[[], Changes], told: str) -> bool:
        try:
            changes = act()
        except CrmError as error:
            self._messages.tell(error)
            return False
        if changes.count:
            self._messages.undoable(told, lambda: self._undo(changes.work_id))
        return True

    def _undo(self, work: int) -> None:
        """Undo an act that was told, if nothing was done since."""
        try:
            newest = history.acts(self._book, current(), limit=1)
            if newest and newest[-1].id == work:
                self._book.undo()
            else:
                self._messages.note(tr(N_("Something else was done since. Undo it first with Ctrl+Z.")))
        except CrmError as error:
            self._messages.tell(error)


def _told(said: tuple[str, str, str], found: Sequence[TaskRow], **values: str) -> str:
    """The sentence for one task by its name, for several by their number."""
    if len(found) == 1:
        return tr(said[0], name=found[0].name, **values)
    return tr_count(said[1], said[2], len(found), **values)
