"""What can be wished for about a person as a whole: a folder with everything held, or their erasure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.domain import leaving
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import contacts, customers
from desktop_crm.services.book import Book
from desktop_crm.ui import dialogs
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.jobs import Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.persons.panel import ErasePanel
from desktop_crm.ui.safekeeping import Safekeeping
from desktop_crm.ui.words import N_, tr

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 80
OpenPanel = Callable[[str, Callable[[Book], QWidget]], QWidget | None]


class Desk:
    """Answers wishes about one person, a customer or a contact: "held" and "erase"."""

    def __init__(self, book: Book, window: QWidget, jobs: Jobs, messages: Messages, keeper: Safekeeping,
                 open_panel: OpenPanel) -> None:
        self._book, self._window, self._jobs, self._messages = book, window, jobs, messages
        self._keeper, self._open_panel = keeper, open_panel

    def act(self, what: str, people: Sequence[int], kind: str = "customers") -> None:
        """Do what is wished for, "erase" for any number of people; what the world refuses is told."""
        if what == "erase" and self._book.reading:
            self._messages.note(tr(N_("This file is open for reading only: nothing can be changed.")))
            return
        try:
            if what == "erase":
                self.erase(people, kind)
            else:
                self.ask(people[0], kind)
        except CrmError as error:
            self._messages.tell(error)

    def erase(self, people: Sequence[int], kind: str = "customers") -> None:
        """Show what erasing a person, or several, would take and leave."""
        panel = self._open_panel("erase", lambda book: ErasePanel(book, self._jobs, self._messages, self._keeper))
        if isinstance(panel, ErasePanel):
            panel.show_people(people, kind)

    def ask(self, person: int, kind: str = "customers") -> QFileDialog | None:
        """Ask for a folder; a new one in it, by the person's name, gets everything held about them.

        None where the owner's PIN is to be given first.
        """
        name = (contacts if kind == "contacts" else customers).rows(self._book, [person])[0].name
        return guarded(self._window, _folder(name), lambda: dialogs.choose_folder(
            self._window, lambda chosen: self.write(person, Path(chosen) / _folder(name), kind)))

    def write(self, person: int, folder: Path, kind: str = "customers") -> None:
        """Write everything held about a person into a folder, beside the window's work."""
        book = self._book

        def work(_: Progress) -> None:
            from desktop_crm.export import persons as export
            from desktop_crm.services import persons

            found = persons.held(book, person, kind)
            names = export.named((item.id, item.name) for item, place in found.files if place is not None)
            export.write(folder, persons.data(book, found, names), persons.report(book, found),
                         {names[item.id]: place for item, place in found.files if place is not None})

        def done(_: None) -> None:
            noted(self._window, leaving.PERSON, id=person)
            self._messages.offer(tr(N_("Written: {file}"), file=folder.name), tr(N_("Open the folder")),
                                 lambda: self._open(folder), "good")

        self._jobs.run(work, done, self._messages.tell, label=tr(N_("Writing {file}"), file=folder.name))

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.note(tr(N_("No program is set up to open {file}. It is in {folder}."), file=folder.name,
                                   folder=str(folder.parent)), "warn")


def _folder(name: str) -> str:
    """A person's name as the name of a folder, without what no file system takes."""
    plain = " ".join(_UNSAFE.sub(" ", name).split())[:_LONGEST].strip(" .")
    return tr(N_("Held about {name}"), name=plain)
