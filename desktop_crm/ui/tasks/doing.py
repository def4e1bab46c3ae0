"""What is done with tasks from the list: each one act of the services, told with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services import history, quick_add, requests, tasks
from desktop_crm.services.book import Book
from desktop_crm.services.quick_add import QuickTask
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

Said = tuple[str, tuple[str, str]]
_MANY = 500  # tasks that are changed in a moment, about a tenth of a second


class Doing:
    """The acts of the tab; each tells what was done, or what the world refused (None, or False)."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages) -> None:
        self._book, self._jobs, self._messages = book, jobs, messages

    def add(self, task: QuickTask) -> int | None:
        """Add what a line said; gives the new task's id."""
        try:
            return quick_add.add(self._book, task)
        except CrmError as error:
            self._messages.tell(error)
            return None

    def call(self, customer: int) -> None:
        """Log the first call to a request."""
        try:
            requests.log_first_call(self._book, customer)
            newest = history.acts(self._book, current(), limit=1)[-1]
            self._messages.undoable(newest.label, lambda: self._undo(newest.id))
        except CrmError as error:
            self._messages.tell(error)

    def toggle(self, ids: Sequence[int]) -> bool:
        """Tick tasks off as done today, or open them again if all of them are done."""
        still_open = tasks.count(self._book, TaskFilter(ids=tuple(ids), open_only=True))
        said = (N_("Done: {name}"), N_count("Done: {n} task", "Done: {n} tasks")) if still_open else (
            N_("Open again: {name}"), N_count("Open again: {n} task", "Open again: {n} tasks"))
        return self._run(ids, lambda: tasks.finish(self._book, ids, bool(still_open)), said)

    def move(self, ids: Sequence[int], day: date | None) -> bool:
        """Move tasks to another day, or to none."""
        said = (N_("{name} → {day}"), N_count("{n} task → {day}", "{n} tasks → {day}"))
        where = current().full_day(day) if day else tr(N_("No date"))
        return self._run(ids, lambda: tasks.reschedule(self._book, ids, day), said, day=where)

    def assign(self, ids: Sequence[int], seller: int | None, name: str) -> bool:
        """Give tasks to a seller, or to nobody."""
        said = (N_("{name} → {seller}"), N_count("{n} task → {seller}", "{n} tasks → {seller}"))
        return self._run(ids, lambda: tasks.assign(self._book, ids, seller), said, seller=name)

    def delete(self, ids: Sequence[int]) -> bool:
        """Delete tasks."""
        said = (N_("Deleted: {name}"), N_count("Deleted: {n} task", "Deleted: {n} tasks"))
        return self._run(ids, lambda: tasks.delete(self._book, ids), said)

    def _run(self, ids: Sequence[int], act: Callable[[], Changes], said: Said, **values: str) -> bool:
        """Do it at once for a few tasks, beside the window for many; whether it is done or on its way."""
        if not ids:
            return False
        told = self._told(ids, said, **values)
        if len(ids) > _MANY:
            self._jobs.run(lambda _: act(), lambda changes: self._tell(changes, told), self._messages.tell, label=told)
            return True
        try:
            self._tell(act(), told)
        except CrmError as error:
            self._messages.tell(error)
            return False
        return True

    def _tell(self, changes: Changes, told: str) -> None:
        if changes.count:
            self._messages.undoable(told, lambda: self._undo(changes.work_id))

    def _told(self, ids: Sequence[int], said: Said, **values: str) -> str:
        """The sentence for one task by its name, for several by their number."""
        found = tasks.rows(self._book, ids) if len(ids) == 1 else []
        if found:
            return tr(said[0], name=found[0].name, **values)
        return tr_count(*said[1], len(ids), **values)

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

