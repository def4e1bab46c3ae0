"""The open file: its business, its day, its pieces of work, and who listens to changes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm import paths
from desktop_crm.domain.business import Business
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.i18n import Language, language
from desktop_crm.storage import erasures, migrations, records, settings
from desktop_crm.storage.unit_of_work import Connection, Store, Work

if TYPE_CHECKING:  # most files are not encrypted, and are opened without it
    from desktop_crm.storage.encryption import Key

Listener = Callable[[Changes], None]
_log = logging.getLogger(__name__)


class Book:
    """One business file while it is open. `clock` gives the present instant.

    `actor` is the name of who works, as the history tells it; `seller` is that seller's id, None for nobody.
    """

    locked = N_("This file is open for reading only: nothing can be changed.")
    """Why nothing can be changed, where `reading` says so."""

    def __init__(self, store: Store, clock: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._listeners: list[Listener] = []
        self._clock = clock or (lambda: datetime.now(UTC))
        self.actor = ""
        self.seller: int | None = None
        self.business = self._business()

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def reading(self) -> bool:
        """Whether the file is open for reading only."""
        return self._store.reading

    @property
    def key(self) -> Key | None:
        """What opens the file and its backups; None if it is not encrypted. For `open_book`, and to be kept nowhere."""
        return self._store.key

    @property
    def currency(self) -> str:
        """The business's currency (ISO 4217)."""
        return self.business.currency

    @property
    def language(self) -> Language:
        """The language of the file: of its seed names and, unless asked otherwise, its documents."""
        return language(self.business.language)

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return self._clock()

    def today(self) -> date:
        """The present business day."""
        return self.business.day_of(self.now())

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot of the file to read from."""
        with self._store.read() as connection:
            yield connection

    def fold_log(self) -> None:
        """Fold the log into the file, where nothing stands in the way: a copy of it is made more quickly then."""
        self._store.fold_log()

    @contextmanager
    def work(self, message: str, *, bulk: bool = False, undoable: bool = True, **params: object) -> Iterator[Work]:
        """One named act: saved whole or not at all; after its commit the listeners are told."""
        with self._store.work(message, params, actor=self.actor, bulk=bulk, undoable=undoable) as work:
            yield work
        if work.changes is not None and work.changes.count:
            self._tell(work.changes)

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """The file's one writing connection outside any act, for `services.erasing`, which no act can do."""
        with self._store.alone() as raw:
            yield raw

    def announce(self, changes: Changes) -> None:
        """Tell the listeners of what was changed outside an act."""
        self._tell(changes)

    def undo(self) -> Changes:
        """Undo the newest act; NothingToUndo if there is none."""
        changes = self._store.turn_back(self.actor)
        self._tell(changes)
        return changes

    def undo_work(self, work_id: int) -> Changes:
        """Undo one act, however long ago: InvalidInput, naming it, if anything contradicts; nothing is changed then.

        What is not the newest act is taken back by an act of its own, so that undo and redo go on step by step.
        """
        changes = self._store.take_back(work_id, self.actor)
        self._tell(changes)
        return changes

    def redo(self) -> Changes:
        """Redo the act that was undone last; NothingToUndo if there is none."""
        changes = self._store.turn_back(self.actor, redo=True)
        self._tell(changes)
        return changes

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after every commit, in the thread that committed."""
        self._listeners.append(listener)

    def _tell(self, changes: Changes) -> None:
        if changes.touches("settings"):
            self.business = self._business()
        if changes.touches("sellers"):
            self._follow()
        for listener in list(self._listeners):
            listener(changes)

    def _follow(self) -> None:
        """Who was renamed works on under the new name; who is gone or inactive works no longer."""
        if self.seller is not None:
            with self.read() as connection:
                row = records.get_many(connection, "sellers", [self.seller]).get(self.seller)
            self.seller, self.actor = (row["id"], row["name"]) if row and row["active"] else (None, "")

    def _business(self) -> Business:
        with self.read() as connection:
            return Business.read(settings.settings(connection))

    def close(self) -> None:
        """Close the file; the .crm alone is then whole."""
        self._listeners.clear()
        self._store.close()


def open_book(path: Path, *, reading: bool = False, clock: Callable[[], datetime] | None = None,
              key: Key | None = None) -> Book:
    """Open a business file; an older one is backed up and brought up to date first. `key` opens an encrypted one.

    A link opens the file that it leads to. Raises FileRefused (missing, damaged, foreign, newer; a folder that cannot
    be written), FileBusy (another window or command is writing it) and PasswordNeeded (encrypted, and nobody holds its
    key: see `services.encrypting`). A refused file is left as it is, with nothing beside it.
    """
    link, path = path, paths.real(path)
    if not reading and path.exists() and not can_write(path):
        raise FileRefused(N_("{path} cannot be written: the file or its folder is read-only. Nothing was changed."),
                          path=str(path))
    store = Store(path, reading=reading) if key is None else _unlocked(path, reading, key)
    try:
        if store.version < migrations.VERSION:
            if reading:
                raise FileRefused(N_("{path} was written by an older Desktop CRM. Open it once in the window to "
                                     "bring it up to date; nothing was changed."), path=str(path))
            from desktop_crm.storage import backup  # a file that is up to date is opened without it

            with store.read() as connection:
                backup.before_migration(connection, path)
            store.migrate()
        book = Book(store, clock)
        if not reading and store.key is not None:
            from desktop_crm.storage import recoding  # a plain copy may lie beside a file whose decrypting was killed

            recoding.sweep(path)
        if not reading and erasures.ledger().exists():
            from desktop_crm.services import erasing  # for a computer on which somebody was erased

            erasing.resume(book)
        if not reading and link != path:
            _documents_of(link, path)
        return book
    except BaseException:
        store.close()
        raise


def _unlocked(path: Path, reading: bool, key: Key) -> Store:
    from desktop_crm.storage import encryption

    with encryption.held(key):  # the store then holds it itself
        return Store(path, reading=reading)


def _documents_of(link: Path, path: Path) -> None:
    """Move documents that an older version kept beside a link to where they are looked for: beside the file.

    Left there they would come back with every opening, those of an erased person too.
    """
    from desktop_crm.storage import attachments

    try:
        attachments.move(attachments.folder(link), attachments.folder(path))
    except FileRefused as error:  # each is shown as missing until there is room for it
        _log.warning("documents beside a link: %s", type(error).__name__)


def warm_up() -> None:
    """Load what whole records need (SQLModel, half a second); for a worker, before the first of them is shown."""
    records.table("customers")


def can_write(path: Path) -> bool:
    """Whether the file and its folder could be written at all (locks aside)."""
    path = paths.real(path)
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
