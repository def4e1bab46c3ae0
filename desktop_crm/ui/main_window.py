"""The window: the frame round the four pages, and the one switchboard that wires them.

The shell, what one sees first, is painted before anything else is loaded: acts, finder, lock and reminders come when
it is on the screen, then the file and its page; what works behind the page comes after the page's first rows.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_crm import i18n, paths
from desktop_crm.settings import Settings
from desktop_crm.ui import theme
from desktop_crm.ui.actions import Actions
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.panels import Panels
from desktop_crm.ui.qt import override
from desktop_crm.ui.status_bar import StatusBar
from desktop_crm.ui.top_bar import TABS, TopBar
from desktop_crm.ui.widgets.states import MessageBar
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from pathlib import Path

    from desktop_crm.domain.changes import Changes
    from desktop_crm.services.book import Book
    from desktop_crm.ui.access.desk import Access
    from desktop_crm.ui.access.unlocking import Opened, Refused, Unlocking
    from desktop_crm.ui.evening import Evening
    from desktop_crm.ui.finder import Finder
    from desktop_crm.ui.leads.watch import Watch
    from desktop_crm.ui.page import Page
    from desktop_crm.ui.reminders.desk import Reminders
    from desktop_crm.ui.safekeeping import Safekeeping
    from desktop_crm.ui.start_page import StartPage

_IMPORTABLE = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".xlsm", ".ods", ".vcf")
_MAILS = (".eml", ".mbox", ".mbx")


class MainWindow(QMainWindow):
    """The frame. It wishes for other files, languages and looks; the application answers."""

    file_wanted = Signal(str)
    new_file_wanted = Signal(str, bool)  # path, whether with the sample business
    look_wanted = Signal(str, str)       # what (language, scheme), its value
    restore_wanted = Signal(str, str)    # the file, its backup
    recode_wanted = Signal(object)       # the open file, laid ready under another key, is to take its own place
    leave_wanted = Signal()              # the file whose password is not known is to be closed
    closing = Signal()
    painted = Signal()                   # once: the shell is on the screen

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Desktop CRM")
        self.setMinimumSize(theme.px(960), theme.px(600))
        self.setAcceptDrops(True)
        self._settings = settings
        self.book: Book | None = None
        self.jobs = Jobs(self)
        self.actions_ = Actions(self)
        self.top = TopBar()
        self.message_bar = MessageBar()
        self.messages = Messages(self.message_bar, paths.logs() / "desktop-crm.log")
        self.stack = QStackedWidget()
        self.status = StatusBar(self.jobs)
        self._blank = QWidget()
        self._pages: dict[str, Page] = {}
        self._tab = ""
        self._on_screen = self._furnished = False
        self._centre = QWidget()
        self._lay_out()
        self.panels = Panels(self, self.stack, settings)
        self._restore()
        self.painted.connect(self.furnish, Qt.ConnectionType.QueuedConnection)

    # --- the shell ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self._centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.top, self.message_bar, self.stack, self.status):
            layout.addWidget(part, 1 if part is self.stack else 0)
        self.stack.addWidget(self._blank)
        self.setCentralWidget(self._centre)

    def furnish(self) -> None:
        """Put the acts, their keys and their menu into the shell; done once, when it stands or is needed sooner."""
        from desktop_crm.ui import window_acts
        from desktop_crm.ui.widgets.buttons import with_keys

        if self._furnished:
            return
        self._furnished = True
        self.actions_.add(window_acts.acts(self))
        for button, key in ((self.top.undo, "undo"), (self.top.redo, "redo")):
            button.follow(self.actions_.get(key))
        self.top.new.clicked.connect(self.new)
        self.top.new.setToolTip(with_keys(tr(N_("New")), self.actions_.get("new").shortcut()))
        self.top.tab_chosen.connect(self.show_tab)
        window_acts.fill_menu(self, self._settings.scheme)
        theme.theme().changed.connect(self.update)
        self._enable()

    @cached_property
    def finder(self) -> Finder:
        """The search box at work."""
        from desktop_crm.ui.finder import Finder

        finder = Finder(self.top.search, self._centre, self.jobs, self.actions_)
        finder.record_wanted.connect(self.open_record)
        finder.left.connect(self._leave_search)
        return finder

    @cached_property
    def access(self) -> Access:
        """The lock, and who works."""
        from desktop_crm.ui.access.desk import Access

        access = Access(self, self._centre, self.top.worker, self.messages, self._settings)
        access.left.connect(self._leave_search)
        access.setting_wanted.connect(self.panels.settings)
        access.lock.leave_wanted.connect(self.leave_wanted)
        return access

    @cached_property
    def unlocking(self) -> Unlocking:
        """Asking for the password of an encrypted file."""
        from desktop_crm.ui.access.unlocking import Unlocking

        unlocking = Unlocking(self.stack, self.jobs, self.messages)
        unlocking.left.connect(self.leave_panel)
        unlocking.other.connect(self.choose_file)
        return unlocking

    @cached_property
    def reminders(self) -> Reminders:
        """What rings."""
        from desktop_crm.ui.reminders.desk import Reminders

        reminders = Reminders(self, self._centre, self.jobs, self.messages)
        reminders.left.connect(self._leave_search)
        reminders.record_wanted.connect(self.open_record)
        reminders.rows_wanted.connect(self.show_rows)
        return reminders

    @cached_property
    def safekeeping(self) -> Safekeeping:
        """The backups."""
        from desktop_crm.ui.safekeeping import Safekeeping

        safekeeping = Safekeeping(self.status, self.jobs, self.messages, self._settings)
        safekeeping.panel_wanted.connect(self.panels.backups)
        return safekeeping

    @cached_property
    def evening(self) -> Evening:
        """The end of the day."""
        from desktop_crm.ui.evening import Evening

        return Evening(self, self.jobs, self.messages, self._settings)

    @cached_property
    def watch(self) -> Watch:
        """The folder whose files become requests."""
        from desktop_crm.ui.leads.watch import Watch

        return Watch(self, self.jobs, self.messages, self._settings)

    def _restore(self) -> None:
        geometry = self._settings.window.get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        else:
            self.resize(theme.px(1366), theme.px(768))
        self.top.show_tab(self._first_tab())

    def _first_tab(self) -> str:
        tab = self._settings.window.get("tab")
        return tab if tab in dict(TABS) else TABS[0][0]

    # --- the file -------------------------------------------------------------------------------------------------

    def show_book(self, book: Book, *, asked: bool = False) -> None:
        """Show an open file, on the tab that was open last; its lock comes first unless that was `asked` already."""
        from desktop_crm.ui.feed import Feed

        self.furnish()
        self.book = self.finder.book = self.safekeeping.book = book
        self._feed = Feed(book, self)
        self._feed.changed.connect(self._changed)
        self.setWindowTitle(f"{book.business.name or book.path.stem} — Desktop CRM")
        self.access.begin(book, asked=asked)
        self.show_tab(self._first_tab())
        self._enable()
        self.jobs.afterwards(lambda: self._follow(book))
        if book.reading:
            self.messages.note(tr(N_("This file is open for reading only: it or its folder cannot be written.")),
                               "warn")

    def _follow(self, book: Book) -> None:
        """Begin what works behind the page of a file that was just opened, if it still is."""
        if self.book is book:
            self.evening.begin(book)
            self.reminders.begin(book)
            self.watch.begin(book)
            self._refresh_frame()

    def take_book(self) -> Book | None:
        """Give the open file back and empty the window; what the pages remember is kept."""
        for part in (self.safekeeping, self.access, self.reminders, self.evening, self.watch):
            part.stop()
        if "unlocking" in self.__dict__:
            self.unlocking.stop()
        self.jobs.cancel_all()
        self.jobs.wait_all()
        self._remember()
        for widget in self._pages.values():
            self.stack.removeWidget(widget)
            widget.deleteLater()
        self._pages.clear()
        self.panels.clear()
        book = self.book
        self.book = self.finder.book = None
        self.stack.setCurrentWidget(self._blank)
        self.setWindowTitle("Desktop CRM")
        self.top.set_counts(dict.fromkeys(dict(TABS), 0))
        self.status.clear()
        return book

    @cached_property
    def start_page(self) -> StartPage:
        """The welcome; most starts go straight to a file and never make it."""
        from desktop_crm.ui.start_page import StartPage

        page = StartPage()
        page.wanted.connect(self._begin)
        self.stack.addWidget(page)
        return page

    def show_start(self, why: str = "") -> None:
        """Show how to begin, or `why` a file could not be opened."""
        self.furnish()
        self.top.show_tab("")
        self.stack.setCurrentWidget(self.start_page)
        if why:
            self.start_page.refused(why)
        else:
            self.start_page.welcome()
        self._enable()

    def ask_password(self, path: Path, then: Opened, lost: Refused) -> None:
        """Ask for the password of a file in place of the page; the file that is open stays open meanwhile."""
        self.furnish()
        self.top.show_tab("")
        self.unlocking.begin(path, then, lost, self.book is not None)
        self._enable()

    def _begin(self, key: str) -> None:
        if key == "open":
            self.choose_file()
            return
        name = tr(N_("Sample business")) if key == "sample" else tr(N_("My business"))
        path, number = paths.data() / f"{name}.crm", 2
        while path.exists():
            path, number = paths.data() / f"{name} {number}.crm", number + 1
        self.new_file_wanted.emit(str(path), key == "sample")

    def choose_file(self) -> None:
        """Ask for a file to open."""
        from desktop_crm.ui import dialogs

        dialogs.open_file(self, self.file_wanted.emit)

    def choose_new(self, sample: bool) -> None:
        """Ask where a new file goes."""
        from desktop_crm.ui import dialogs

        dialogs.new_file(self, lambda name: self.new_file_wanted.emit(name, sample))

    # --- tabs and pages -------------------------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """Show a tab; its page is made and loaded when it is shown first."""
        if self.book is None:
            return
        page = self.page(key)
        self._tab = key
        self.top.show_tab(key)
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def page(self, key: str) -> Page:
        """The page of a tab, made and started if it was not yet."""
        if key not in self._pages:
            page = self.make_page(key, self.book, self.jobs)
            self._pages[key] = page
            self.stack.addWidget(page)
            self.actions_.add(page.acts(), page)
            page.record_wanted.connect(self.open_record)
            page.rows_wanted.connect(self.show_rows)
            page.act_wanted.connect(self.act)
            page.restore_state(self._settings.pages.get(key, {}))
            page.start()
        return self._pages[key]

    def made_page(self, key: str) -> Page | None:
        """The page of a tab if it was made already."""
        return self._pages.get(key)

    def make_page(self, key: str, book: Book | None, jobs: Jobs) -> Page:
        """A page over a book, its module loaded only now: at the start nobody waits for the other three."""
        name = f"{key.capitalize()}Page"
        made: Page = getattr(import_module(f"desktop_crm.ui.{key}.page"), name)(book, jobs, self.messages)
        return made

    def open_record(self, kind: str, record: int) -> None:
        """Open a record in the tab of its kind."""
        tab = {"activities": "customers", "contacts": "customers", "payments": "customers"}.get(kind, kind)
        if tab in dict(TABS):
            self.show_tab(tab)
            self.page(tab).open(record)
        else:
            self.panels.settings(kind, record)

    def show_rows(self, wanted: object, title: str) -> None:
        """List the rows of a domain filter in the tab of its kind."""
        tabs = {"CustomerFilter": "customers", "DealFilter": "deals", "TaskFilter": "tasks"}
        tab = tabs.get(type(wanted).__name__, "reports")
        self.show_tab(tab)
        self.page(tab).show_rows(wanted, title)

    def act(self, key: str) -> None:
        """Do what a page wishes for: an act of the window or another page ("new_deal:12": a deal for customer 12)."""
        name, _, number = key.partition(":")
        if name == "new_deal":
            self.show_tab("deals")
            page: Any = self.page("deals")
            page.new_for(int(number)) if number else page.new()
        elif name in ("held", "erase", "notice") and number:  # "erase:12,13" are customers, "erase:contacts/12" is not
            kind, _, people = number.rpartition("/")
            self.panels.person(name, *map(int, people.split(",")), kind=kind or "customers")
        elif name == "convert" and number:
            self.show_tab("customers")
            customers: Any = self.page("customers")
            customers.list_acts.convert(int(number))
        elif name == "settings" and number:  # "settings:scoring/3": a section, and a record in it
            section, _, record = number.partition("/")
            self.panels.settings(section, int(record or 0))
        elif name == "stages":
            self.show_tab("deals")
            board: Any = self.page("deals")
            board.edit_stages()
        elif name == "merge" and number:
            self.panels.duplicates([int(record) for record in number.split(",")])
        elif name == "handover" and number:
            ids, _, to = number.partition(">")
            self.panels.hand_over([int(record) for record in ids.split(",")], int(to or 0))
        elif number:
            self.panels.counter(name, number)
        elif not self.actions_.run(name):
            self.show_tab(name)

    def new(self) -> None:
        """Begin a new record of the open tab's kind."""
        if self.book is None:
            self.choose_new(False)
            return
        key = self._tab if self._tab != "reports" else "customers"
        self.show_tab(key)
        self.page(key).new()

    def leave_panel(self, kind: str = "") -> None:
        """Leave a panel for the tab where records of a kind are; for none, for the one that was open before."""
        self.show_tab(kind if kind in dict(TABS) else self._tab or TABS[0][0])

    # --- undo, redo, changes --------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Undo the last act."""
        self._turn(redo=False)

    def redo(self) -> None:
        """Redo the act that was undone last."""
        self._turn(redo=True)

    def _turn(self, redo: bool) -> None:
        from desktop_crm.domain.errors import CrmError
        from desktop_crm.services import history

        if self.book is None:
            return
        if self.panels.looks_back:
            self.messages.note(tr(N_("Go back to today first: here the past can only be looked at.")))
            return
        try:
            changes = self.book.redo() if redo else self.book.undo()
        except CrmError as error:
            self.messages.tell(error)
            return
        label = history.label(current(), changes.message, changes.params)
        self.messages.note(tr(N_("Redone: {act}") if redo else N_("Undone: {act}"), act=label))

    def _changed(self, changes: Changes) -> None:
        """After every commit: the pages reload what they show, the frame says what can be undone."""
        parts: list[Any] = [*self._pages.values(), self.panels, self.access, self.reminders, self.evening]
        for part in parts:
            part.reload(changes)
        if changes.touches("settings") and self.book is not None:
            self.setWindowTitle(f"{self.book.business.name or self.book.path.stem} — Desktop CRM")
        self._refresh_frame()

    def _refresh_frame(self) -> None:
        from desktop_crm.services import business, history

        if self.book is None:
            return
        book = self.book
        undo, redo = history.next_acts(book, current())
        for key, name, plain, full in (("undo", undo, N_("Undo"), N_("Undo: {act}")),
                                       ("redo", redo, N_("Redo"), N_("Redo: {act}"))):
            action = self.actions_.get(key)
            action.setEnabled(bool(name) and not book.reading)
            action.setText(tr(full, act=name) if name else tr(plain))
        self.status.show_undo(undo)
        self.status.show_file(book.path.name, f"{i18n.LANGUAGES.get(current().code, '')} · "
                                              f"{current().symbol(book.currency)}")
        self.safekeeping.show()
        self.jobs.run(lambda _: business.counts(book), self.top.set_counts, self.messages.tell, label="")

    def _leave_search(self) -> None:
        shown = self.stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    # --- Qt -------------------------------------------------------------------------------------------------------

    def _enable(self) -> None:
        """Without a file only files can be opened."""
        for key in (*dict(TABS), "sale", "close_day", "import", "settings", "work_as", "lock", "backup", "other_lists",
                    "backups", "encryption", "check", "health", "duplicates", "leads", "next_lead", "pool", "late",
                    "road", "notice", "past", "setup", "own_fields", "edit_stages"):
            self.actions_.get(key).setEnabled(self.book is not None)
        if self.book is None:  # with one its frame says what there is to take back
            for key in ("undo", "redo"):
                self.actions_.get(key).setEnabled(False)
        for button in self.top.tabs.values():
            button.setEnabled(self.book is not None)

    def _remember(self) -> None:
        for key, page in self._pages.items():
            self._settings.pages[key] = page.save_state()
        self._settings.window = {"geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                                 "tab": self._tab or TABS[0][0]}

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._on_screen:
            self._on_screen = True
            self.painted.emit()
        return done

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        file = self._dropped(event)
        if file.endswith(".crm"):
            self.file_wanted.emit(file)
        elif file.lower().endswith(_MAILS):
            self.panels.leads(dropped=event.mimeData())
        elif file:
            self.panels.bring_in(file)

    def _dropped(self, event: QDropEvent) -> str:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        known = [name for name in files if name.lower().endswith((*_IMPORTABLE, *_MAILS, ".crm"))]
        return known[0] if known else ""

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

