"""Customers and their contact people as files: the menu of kinds, where one goes, the writing beside the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_crm.export import lists
from desktop_crm.services import customers, outgoing
from desktop_crm.ui import icons
from desktop_crm.ui.customers import facets
from desktop_crm.ui.jobs import Job, Progress
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its title in the menu, its suffix, its icon, and the version of a vCard."""

    title: str
    suffix: str
    icon: str
    version: str = "4.0"


KINDS = (
    Kind(N_("vCard for phones and address books"), ".vcf", "person"),
    Kind(N_("vCard 3.0 for older ones"), ".vcf", "person", "3.0"),
    Kind(N_("Excel workbook"), ".xlsx", "sheet"),
    Kind(N_("CSV table"), ".csv", "list"),
    Kind(N_("Page to carry, read only (HTML)"), ".html", "globe"),
    Kind(N_("Address book on paper (PDF)"), ".pdf", "pdf"),
)
_PEOPLE = tuple(kind for kind in KINDS if kind.suffix in (".vcf", ".xlsx", ".csv"))
"""What a list of contact people alone is good for; an address book has them below their companies."""

Ids = Callable[[], Sequence[int]]


class Exporting(QObject):
    """Exports what the page shows, selects, or keeps as a segment."""

    def __init__(self, page: CustomersPage) -> None:
        super().__init__(page)
        self._page = page

    def fill(self, menu: QMenu, ids: Ids, title: str = "") -> None:
        """Fill `menu` with the kinds of files; the customers are asked for when one is chosen."""
        menu.clear()
        for kind in KINDS:
            self._add(menu, "customers", kind, ids, title)
        menu.addSeparator()
        people = menu.addMenu(icons.icon("customers", "dim"), tr(N_("Contact people alone")))
        for kind in _PEOPLE:
            self._add(people, "contacts", kind, ids, title)

    def _add(self, menu: QMenu, what: str, kind: Kind, ids: Ids, title: str) -> None:
        menu.addAction(icons.icon(kind.icon, "dim"), tr(kind.title)).triggered.connect(
            lambda: self.ask(what, kind, ids(), title))

    def of_choice(self, key: str, title: str, menu: QMenu) -> None:
        """Fill `menu` for a choice of the sidebar: a segment, a seller or a tag, as it stands then."""
        page = self._page
        self.fill(menu, lambda: customers.list_ids(page.book, facets.filter_of(key, page.facets)), title)

    def menu(self) -> QMenu:
        """The menu over the list, by key: for the selected customers if there are several, else for the whole list."""
        table = self._page.table
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = table.selected_ids()
        self.fill(menu, lambda: chosen if len(chosen) > 1 else self._page.model.ids())
        menu.popup(table.mapToGlobal(table.rect().topLeft()))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def ask(self, what: str, kind: Kind, ids: Sequence[int], title: str = "") -> QFileDialog | None:
        """Ask where the file goes, beginning in the user's documents; says so where there is nobody to export."""
        if not ids:
            self._page.messages.note(tr(N_("There is nobody in this list to export.")))
            return None
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._page, tr(N_("Export")), documents, f"{tr(kind.title)} (*{kind.suffix})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix.removeprefix("."))
        dialog.selectFile(file_name(title or tr(N_("Customers") if what == "customers" else N_("Contacts")), kind))
        dialog.fileSelected.connect(lambda name: self.write(what, kind, ids, Path(name), title))
        dialog.open()
        return dialog

    def write(self, what: str, kind: Kind, ids: Sequence[int], path: Path, title: str = "") -> Job:
        """Write the file beside the window, with progress and Cancel; then offer the way to its folder."""
        book, messages, language = self._page.book, self._page.messages, current().code

        def work(progress: Progress) -> int:
            wanted = ids if what == "customers" else outgoing.people(book, ids)
            found = outgoing.Outgoing(book, what, wanted, title, language)
            lists.write(found, path, version=kind.version, progress=progress.report, cancelled=progress.cancelled)
            return found.count

        def done(count: int) -> None:
            messages.offer(tr(N_("Written: {file} ({count})"), file=path.name, count=current().number(count)),
                           tr(N_("Open folder")), lambda: self._open(path.parent), "good")

        return self._page.jobs.run(work, done, messages.tell, label=tr(N_("Writing {file}"), file=path.name))

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._page.messages.note(tr(N_("The file is in {folder}."), folder=str(folder)))


def file_name(title: str, kind: Kind) -> str:
    """A file's name for a list, without what no file system takes."""
    return f"{_UNSAFE.sub(' ', title)[:_LONGEST].strip(' .') or 'list'}{kind.suffix}"
