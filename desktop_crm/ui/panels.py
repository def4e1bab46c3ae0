"""What comes in place of the page for a while: the import wizard, the counter, settings, backups and help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.errors import CrmError

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from desktop_crm.domain.changes import Changes
    from desktop_crm.services.book import Book
    from desktop_crm.settings import Settings
    from desktop_crm.ui.main_window import MainWindow
    from desktop_crm.ui.sales.papers import Paper


class Panels:
    """The panels of the window, each made when it is wished for.

    Escape or its close button lead back to the page, or to the panel from which it was called.
    """

    def __init__(self, window: MainWindow, stack: QStackedWidget, settings: Settings) -> None:
        self._window, self._stack, self._settings = window, stack, settings
        self.open: dict[str, QWidget] = {}
        self._below: dict[str, str] = {}
        stack.currentChanged.connect(lambda _: self._leave_past())

    def bring_in(self, file: str = "") -> None:
        """Show the import wizard, on a file that was dropped or chosen."""
        from desktop_crm.ui.importing.panel import ImportPanel

        panel = self.show("import", lambda book: ImportPanel(book, self._window.jobs, self._window.messages))
        if isinstance(panel, ImportPanel):
            if file:
                panel.take(Path(file))
            panel.setFocus()

    def counter(self, what: str, of: str = "") -> None:
        """Show a sheet of the sales counter, or make a paper: "sale", "return", "receipt" … `of` a record."""
        from desktop_crm.ui.sales.desk import Desk

        window = self._window
        if window.book is not None:
            Desk(window.book, window.jobs, window.messages, self._settings, self.show, window.open_record).act(what, of)

    def settings(self, kind: str = "", record: int = 0) -> None:
        """Show the settings; with a kind its section, and one seller or product in it."""
        from desktop_crm.ui.settings.panel import SettingsPanel

        def make(book: Book) -> QWidget:
            panel = SettingsPanel(book, self._window.jobs, self._window.messages)
            panel.act_wanted.connect(self._window.act)
            panel.recode_wanted.connect(self._window.recode_wanted)
            return panel

        panel = self.show("settings", make)
        if kind and isinstance(panel, SettingsPanel):
            panel.open(kind, record)

    def backups(self) -> None:
        """Show the backups: when, how large, what each would bring back, and the second place."""
        from desktop_crm.ui.backups.panel import BackupsPanel

        window = self._window

        def make(book: Book) -> QWidget:
            panel = BackupsPanel(book, window.safekeeping, window.jobs, window.messages)
            panel.restore_wanted.connect(lambda source: window.restore_wanted.emit(str(book.path), source))
            return panel

        self.show("backups", make)

    def duplicates(self, ids: Sequence[int] = ()) -> None:
        """Look for customers that may be the same, or compare these to make them one."""
        from desktop_crm.ui.duplicates.panel import DuplicatesPanel

        new = "duplicates" not in self.open
        panel = self.show("duplicates", lambda book: DuplicatesPanel(book, self._window.jobs, self._window.messages))
        if isinstance(panel, DuplicatesPanel):
            if ids:
                panel.compare(ids)
            elif new:
                panel.scan()

    def health(self) -> None:
        """Show the health of the data: what is wrong, odd, stale or missing, its repairs and the score."""
        from desktop_crm.ui.health.panel import HealthPanel

        window = self._window

        def make(book: Book) -> QWidget:
            panel = HealthPanel(book, window.jobs, window.messages)
            panel.record_wanted.connect(window.open_record)
            panel.act_wanted.connect(window.act)
            return panel

        self.show("health", make)

    def setup(self) -> None:
        """Ask how the business sells, and propose stages, fields, targets and a plan."""
        from desktop_crm.ui.setup.panel import SetupPanel

        self.show("setup", lambda book: SetupPanel(book, self._window.jobs, self._window.messages))

    def leads(self, section: str = "inbox", dropped: QMimeData | None = None) -> None:
        """Show the leads: the inbox of requests, which takes what was `dropped`, or another section of its panel."""
        from desktop_crm.ui.leads.panel import LeadsPanel

        window = self._window

        def make(book: Book) -> QWidget:
            panel = LeadsPanel(book, window.jobs, window.messages, self._settings)
            panel.list_wanted.connect(self.bring_in)
            panel.record_wanted.connect(window.open_record)
            panel.act_wanted.connect(window.act)
            return panel

        panel = self.show("leads", make)
        if isinstance(panel, LeadsPanel):
            panel.show_section(section)
            if dropped is not None:
                panel.taking.take(dropped)

    def hand_over(self, ids: Sequence[int], to: int = 0) -> None:
        """Ask to whom customers are handed over (`to` is proposed), and then show the paper about it."""
        from desktop_crm.ui.leads.giving import HandOverPanel

        window = self._window

        def make(book: Book) -> QWidget:
            panel = HandOverPanel(book, window.jobs, window.messages)
            panel.paper_made.connect(self._handed_over)
            return panel

        panel = self.show("handover", make)
        if isinstance(panel, HandOverPanel):
            panel.begin(ids, to)

    def _handed_over(self, paper: Paper) -> None:
        from desktop_crm.ui.sales.paper_panel import PaperPanel

        window = self._window
        self.close("handover")
        panel = self.show("paper", lambda _: PaperPanel(window.jobs, window.messages, self._settings))
        if isinstance(panel, PaperPanel):
            panel.show_paper(paper)

    def past(self) -> None:
        """Ask for a past day, and show the page that is seen as it stood at its end."""
        from desktop_crm.ui.past.bar import LISTS
        from desktop_crm.ui.past.panel import PastPanel

        window = self._window
        seen = self._stack.currentWidget()
        shown = next((key for key in LISTS if window.made_page(key) is seen), "customers")

        def make(book: Book) -> QWidget:
            panel = PastPanel(book, window.jobs, window.messages, window.make_page, window.made_page)
            panel.record_wanted.connect(window.open_record)
            return panel

        panel = self.show("past", make)
        if isinstance(panel, PastPanel):
            panel.begin(shown)

    @property
    def looks_back(self) -> bool:
        """Whether the past is what is seen."""
        return self._in_sight() == "past"

    def _leave_past(self) -> None:
        """Who goes to a page of today has left the past: its copy of the file is not kept behind what is seen."""
        if "past" in self.open and not self._in_sight():
            self._drop(self.open.pop("past"))
            self._below.pop("past", None)

    def person(self, what: str, *people: int, kind: str = "customers") -> None:
        """Write everything held about a customer or contact to a folder ("held"), show their privacy notice ("notice"),
        or the erasure of any number of people ("erase").
        """
        from desktop_crm.ui.persons.desk import Desk

        window = self._window
        if what == "notice":
            self.notice(people[0], kind)
        elif window.book is not None:
            desk = Desk(window.book, window, window.jobs, window.messages, window.safekeeping, self.show)
            desk.act(what, people, kind)

    def notice(self, person: int = 0, kind: str = "customers") -> None:
        """Show the privacy notice for everybody, or for one customer or contact."""
        from desktop_crm.ui.persons.notice import NoticePanel

        window = self._window

        def make(book: Book) -> QWidget:
            panel = NoticePanel(book, window.jobs, window.messages, self._settings)
            panel.settings_wanted.connect(lambda: self.settings("business"))
            return panel

        panel = self.show("notice", make)
        if isinstance(panel, NoticePanel):
            try:
                panel.show_notice(person, kind)
            except CrmError as error:
                self.close("notice")
                window.messages.tell(error)

    def help(self) -> None:
        """Show the help page: what the rooms are for, and every key."""
        from desktop_crm.ui.help import HelpPanel

        self.show("help", lambda _: HelpPanel(self._window.actions_.all()))

    def show(self, key: str, make: Callable[[Book], QWidget]) -> QWidget | None:
        """Show a panel in place of the page, made if it is not open yet; None without a file."""
        if self._window.book is None:
            return None
        if key not in self.open:
            panel: Any = make(self._window.book)
            panel.closed.connect(lambda: self.close(key))
            if hasattr(panel, "shown"):  # the wizard: "show them" leads to the tab of what came in
                panel.shown.connect(lambda kind: self._show_kind(key, kind))
            self.open[key] = panel
            self._stack.addWidget(panel)
        below = self._in_sight()
        if below != key:
            self._below[key] = below
        return self._bring(key)

    def close(self, key: str, kind: str = "") -> None:
        """Leave a panel, for the tab where records of a kind are, or for what was open before."""
        panel, below = self.open.pop(key), self._below.pop(key, "")
        if below in self.open and not kind:
            self._bring(below)
        else:
            self._window.leave_panel(kind)
        self._drop(panel)

    def _drop(self, panel: Any) -> None:
        """Take a panel out of the window for good; one that holds more than what is seen gives it back."""
        if hasattr(panel, "release"):
            panel.release()
        self._stack.removeWidget(panel)
        panel.deleteLater()

    def _bring(self, key: str) -> QWidget:
        panel = self.open[key]
        self._window.top.show_tab("")
        self._stack.setCurrentWidget(panel)
        panel.setFocus()
        return panel

    def _in_sight(self) -> str:
        """The key of the panel that is seen; "" for a page."""
        return next((key for key, panel in self.open.items() if panel is self._stack.currentWidget()), "")

    def clear(self) -> None:
        """Forget the panels of a file that is closed."""
        panels, self.open = [*self.open.values()], {}
        for panel in panels:
            self._drop(panel)
        self._below.clear()

    def reload(self, changes: Changes) -> None:
        """Pass on what was changed."""
        panels: list[Any] = [panel for panel in self.open.values() if hasattr(panel, "reload")]
        for panel in panels:
            panel.reload(changes)

    def _show_kind(self, panel: str, kind: str) -> None:
        self.close(panel, kind if kind not in ("sellers", "products") else "customers")
        if kind in ("sellers", "products"):
            self.settings(kind)
