"""A page's list as files: the menu of kinds, where one goes, the writing beside the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_crm.domain import leaving
from desktop_crm.domain.export_profiles import Profile
from desktop_crm.domain.importing import TITLES
from desktop_crm.export import lists
from desktop_crm.services import export_profiles, outgoing
from desktop_crm.ui import icons
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.jobs import Job, Progress
from desktop_crm.ui.page import Page
from desktop_crm.ui.words import N_, current, tr

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 100

Ids = Callable[[], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its title in the menu, its suffix, its icon, the version of a vCard, a table's profile, whether
    a calendar has everybody's birthdays."""

    title: str
    suffix: str
    icon: str
    version: str = "4.0"
    profile: Profile | None = None
    birthdays: bool = False


WORKBOOK = Kind(N_("Excel workbook"), ".xlsx", "sheet")
CSV = Kind(N_("CSV table"), ".csv", "list")


class Exporting(QObject):
    """Exports records of the kind `what`, those that a page shows or selects, as tables."""

    nothing = N_("There is nothing in this list to export.")

    def __init__(self, page: Page, what: str) -> None:
        super().__init__(page)
        self._page, self._what = page, what

    def fill(self, menu: QMenu, ids: Ids, title: str = "") -> None:
        """Fill `menu` with the kinds of files; the records are asked for when one is chosen."""
        emptied(menu)
        for kind in (WORKBOOK, CSV):
            self.put(menu, self._what, kind, ids, title)
        self.put_profiles(menu, self._what, ids, title)

    def put_profiles(self, menu: QMenu, what: str, ids: Ids, title: str) -> None:
        """Add the shapes in which a table of the kind `what` can leave: own ones, then other programs'."""
        shapes = menu.addMenu(icons.icon("sheet", "dim"), tr(N_("In the columns of")))
        book = self._page.book
        mine, theirs = export_profiles.own(book, what), export_profiles.known(what)
        for profile in (*mine, *theirs):
            name = tr(profile.name) if profile.code else profile.name
            action = shapes.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, profile=profile: self.ask(
                what, replace(CSV, profile=profile), ids(), title))
        shapes.addSeparator()
        shapes.addAction(icons.icon("edit", "dim"), tr(N_("Own columns…"))).triggered.connect(
            lambda: self._page.act_wanted.emit("settings:exports/0"))

    def put(self, menu: QMenu, what: str, kind: Kind, ids: Ids, title: str) -> None:
        """Add one kind of file to `menu`, for records of the kind `what`."""
        menu.addAction(icons.icon(kind.icon, "dim"), tr(kind.title)).triggered.connect(
            lambda: self.ask(what, kind, ids(), title))

    def menu(self, over: QWidget, chosen: Sequence[int], shown: Ids) -> QMenu:
        """The menu over a list, by key: for the chosen records if there are several, else for all that is shown."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu, (lambda: chosen) if len(chosen) > 1 else shown)
        menu.popup(over.mapToGlobal(over.rect().topLeft()))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def ask(self, what: str, kind: Kind, ids: Sequence[int], title: str = "") -> QFileDialog | None:
        """Ask where the file goes, beginning in the user's documents; says so where there is nothing to export.

        Where more than one record leaves, the owner is asked first; None until that is answered.
        """
        if not ids:
            self._page.messages.note(tr(self.nothing))
            return None
        if len(ids) == 1 and not kind.birthdays:
            return self._choose(what, kind, ids, title)
        said = tr(N_("Export: {what} ({count})"), what=title or tr(TITLES[what]), count=current().number(len(ids)))
        return guarded(self._page, said, lambda: self._choose(what, kind, ids, title))

    def _choose(self, what: str, kind: Kind, ids: Sequence[int], title: str) -> QFileDialog:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = [kind] if kind.profile is None else [kind, WORKBOOK]
        dialog = QFileDialog(self._page, tr(N_("Export")), documents,
                             ";;".join(f"{tr(item.title)} (*{item.suffix})" for item in kinds))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix.removeprefix("."))
        dialog.selectFile(file_name(title or tr(TITLES[what]), kind))
        dialog.filterSelected.connect(lambda chosen: _suffix(dialog, next(
            item.suffix for item in kinds if chosen.endswith(f"(*{item.suffix})"))))
        dialog.fileSelected.connect(lambda name: self.write(what, kind, ids, Path(name), title))
        dialog.open()
        return dialog

    def write(self, what: str, kind: Kind, ids: Sequence[int], path: Path, title: str = "") -> Job:
        """Write the file beside the window, with progress and Cancel; then offer the way to its folder."""
        book, messages, language = self._page.book, self._page.messages, current().code
        with_done = self.with_done()

        def work(progress: Progress) -> outgoing.Outgoing:
            found = outgoing.Outgoing(book, what, self.wanted(what, ids), title, language, kind.profile,
                                      done=with_done, birthdays=kind.birthdays)
            lists.write(found, path, version=kind.version, progress=progress.report, cancelled=progress.cancelled)
            return found

        def done(found: outgoing.Outgoing) -> None:
            noted(self._page, leaving.EXPORTED, kind=TITLES[what], count=found.written, form=path.suffix[1:].upper())
            told = tr(N_("Written: {file} ({count})"), file=path.name, count=current().number(found.written))
            messages.offer(" ".join((told, *found.told(current()))), tr(N_("Open folder")),
                           lambda: self._open(path.parent), "good")

        return self._page.jobs.run(work, done, messages.tell, label=tr(N_("Writing {file}"), file=path.name))

    def wanted(self, what: str, ids: Sequence[int]) -> Sequence[int]:
        """The records of the kind `what` that are meant by what the page shows."""
        return ids

    def with_done(self) -> bool:
        """Whether a calendar has the tasks that are done too."""
        return False

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._page.messages.note(tr(N_("The file is in {folder}."), folder=str(folder)))


def emptied(menu: QMenu) -> None:
    """Take all out of a menu that is filled anew each time, the menus below it too."""
    menu.clear()
    for below in menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
        below.deleteLater()


def _suffix(dialog: QFileDialog, suffix: str) -> None:
    """Let the file in a dialog be of another kind."""
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(Path(dialog.selectedFiles()[0]).with_suffix(suffix).name)


def file_name(title: str, kind: Kind) -> str:
    """A file's name for a list, without what no file system takes."""
    return f"{_UNSAFE.sub(' ', title)[:_LONGEST].strip(' .') or 'list'}{kind.suffix}"
