"""What the user does with deals here: each one service call, one undo step, and a quiet word about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import DealLine, Stage
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import accounts, deals, history
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr, tr_count

_MANY = 50
"""From so many deals on, an act runs beside the window."""


class DealActs(QObject):
    """Moves, decides, edits and deletes; `refused` after an act that the world refused."""

    refused = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._messages = book, jobs, messages

    def move(self, ids: Sequence[int], stage: Stage, reason: int | None = None, note: str = "") -> None:
        """Move deals to a stage: won and lost close them, an open one opens them again."""
        if not ids:
            return
        name = self._name(ids)
        if len(ids) == 1:
            said = {"won": N_("Won: “{name}”"), "lost": N_("Lost: “{name}”")}.get(
                stage.kind, N_("“{name}” moved to {stage}"))
            text = tr(said, name=name, stage=stage.name)
        else:
            text = tr_count(N_("{n} deal moved to {stage}"), N_("{n} deals moved to {stage}"), len(ids),
                            stage=stage.name)
        self._run(ids, lambda: deals.move(self._book, ids, stage.id, reason_id=reason, note=note), text)

    def delete(self, ids: Sequence[int]) -> None:
        """Delete deals; the word about it has an Undo."""
        name = self._name(ids)
        text = tr(N_("Deleted “{name}”"), name=name) if len(ids) == 1 else \
            tr_count(N_("Deleted {n} deal"), N_("Deleted {n} deals"), len(ids))
        self._run(ids, lambda: deals.delete(self._book, ids), text)

    def edit_many(self, ids: Sequence[int], values: Mapping[str, object]) -> None:
        """Give the same values to many deals."""
        text = tr_count(N_("Changed {n} deal"), N_("Changed {n} deals"), len(ids))
        self._run(ids, lambda: deals.edit_many(self._book, ids, values), text)

    def edit(self, deal: int, values: Mapping[str, object], seen: Mapping[str, Any] | None = None, *,
             lines: Sequence[DealLine] | None = None, new_customer: str = "",
             own: Mapping[int, object] | None = None) -> bool:
        """Change one deal; whether it was saved. What was refused is told."""
        try:
            deals.edit(self._book, deal, values, seen=seen, lines=lines, new_customer=new_customer, own=own)
        except CrmError as error:
            self._messages.tell(error)
            self.refused.emit()
            return False
        return True

    def put_on_account(self, deal: int, wanted: bool) -> bool:
        """Take a won deal into the credit book, or out of it; whether it was done."""
        try:
            accounts.put_on_account(self._book, deal, wanted)
        except CrmError as error:
            self._failed(error)
            return False
        return True

    def _name(self, ids: Sequence[int]) -> str:
        if len(ids) != 1:
            return ""
        found = deals.rows(self._book, ids)
        return found[0].name if found else ""

    def _run(self, ids: Sequence[int], act: Callable[[], Changes], text: str) -> None:
        """Run a short act here and a long one beside the window."""
        if len(ids) > _MANY:
            self._jobs.run(lambda _: act(), lambda changes: self._told(changes, text), self._failed, label=text)
            return
        try:
            changes = act()
        except CrmError as error:
            self._failed(error)
            return
        self._told(changes, text)

    def _told(self, changes: Changes, text: str) -> None:
        if changes.count:
            self._messages.undoable(text, lambda: self._undo(changes.work_id))

    def _failed(self, error: Exception) -> None:
        self._messages.tell(error)
        self.refused.emit()

    def _undo(self, work: int) -> None:
        """Undo the act that was told of, unless something else was done since."""
        newest = history.acts(self._book, current(), 1)
        if not newest or newest[-1].id != work:
            self._messages.note(tr(N_("Something else was done since. Undo goes back step by step (Ctrl+Z).")))
            return
        try:
            self._book.undo()
        except CrmError as error:
            self._messages.tell(error)
