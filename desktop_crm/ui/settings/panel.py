"""The settings of the business as a panel over the pages: its sections at the left, one of them in sight."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.services import business
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.panel_section import lay_out
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.section import Desk, Section
from desktop_crm.ui.told_acts import Acts
from desktop_crm.ui.widgets.segments import Segment, SegmentList
from desktop_crm.ui.words import N_, tr

_ROOMS = {
    "business": (N_("Business"), "BusinessSection"), "papers": (N_("Papers"), "PapersSection"),
    "hours": (N_("Working hours"), "HoursSection"), "sellers": (N_("Sellers"), "section"),
    "products": (N_("Products"), "section"), "lists": (N_("Sources and reasons"), "ListsSection"),
    "selling": (N_("How you sell"), "SellingSection"), "own_fields": (N_("Own fields"), "OwnFieldsSection"),
    "campaigns": (N_("Campaigns"), "section"), "assignment": (N_("Assignment rules"), "section"),
    "scoring": (N_("Score rules"), "ScoreSection"), "buyers": (N_("Buyers and RFM"), "BuyersSection"),
    "checklists": (N_("Checklists"), "ChecklistsSection"), "exports": (N_("Export profiles"), "ExportsSection"),
    "privacy": (N_("Privacy"), "PrivacySection"), "access": (N_("PINs and lock"), "AccessSection"),
    "encryption": (N_("Encryption"), "EncryptionSection"), "owner": (N_("Owner's PIN"), "OwnerSection")}
"""The sections in their order, by the name of their module: the title, and what in the module makes the section."""
_OWN_KEYS = (QKeySequence.StandardKey.New, QKeySequence.StandardKey.Find)


class SettingsPanel(QWidget):
    """What is set for a business: itself, its papers, hours, people and lists; Escape or the close button lead back."""

    closed = Signal()
    act_wanted = Signal(str)
    recode_wanted = Signal(object)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = Desk(book, jobs, Acts(book, messages))
        self._sections: dict[str, Section] = {}
        self._counts = Latest(jobs)
        self.sidebar = SegmentList()
        self._stack = QStackedWidget()
        rooms = tuple(Segment(key, tr(title)) for key, (title, _) in _ROOMS.items())
        lay_out(self, self.sidebar, tr(N_("Settings")), rooms, self._stack, book.reading)
        self._count()
        self.sidebar.chosen.connect(self._show)
        self.sidebar.activated.connect(lambda _: self.section().focus())
        self.sidebar.choose("business")
        self.setFocusProxy(self.sidebar)

    def section(self, key: str = "") -> Section:
        """The section in sight, or `key` of _ROOMS; made when first asked."""
        key = key or self.current_key()
        if key not in self._sections:
            section = self._sections[key] = _made(key, self._desk)
            self._stack.addWidget(section)
            section.left.connect(self._close)
            section.recode_wanted.connect(self.recode_wanted)
            section.act_wanted.connect(self.act_wanted)
            section.start()
        return self._sections[key]

    def current_key(self) -> str:
        """The key of the section in sight."""
        return next((key for key, part in self._sections.items() if part is self._stack.currentWidget()), "business")

    def show_section(self, key: str) -> None:
        """Show a section by its key in _ROOMS."""
        self.sidebar.choose(key)

    def open(self, kind: str, record: int) -> None:
        """Show one seller or product, or with 0 the section `kind`."""
        if kind in _ROOMS:
            self.show_section(kind)
            section = self.section(kind)
            if record:
                section.open(record)
            section.focus()

    def reload(self, changes: Changes) -> None:
        """Load again what the sections show, if the changes touch it."""
        for section in self._sections.values():
            section.reload(changes)
        if changes.touches("sellers", "products"):
            self._count()

    def _count(self) -> None:
        """Say beside the names in the sidebar how many there are."""
        book = self._desk.book

        def counted(found: dict[str, int]) -> None:
            for key, number in found.items():
                self.sidebar.set_count(key, number)

        self._counts.run(lambda _: {key: len(business.choices(book, key)) for key in ("sellers", "products")},
                         counted, self._desk.acts.tell, label="")

    def _show(self, key: str) -> None:
        """Show a section once the one in sight has saved what was typed."""
        before = self.current_key()
        if key != before and not self.section().leave():
            self.sidebar.choose(before, announce=False)
            return
        self._stack.setCurrentWidget(self.section(key))

    def _close(self) -> None:
        if self.section().leave():
            self._counts.drop()
            for section in self._sections.values():
                section.stop()
            self.closed.emit()

    @override
    def event(self, event: QEvent) -> bool:
        """Take Ctrl+N and Ctrl+F from the window while the panel has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.matches(QKeySequence.StandardKey.New):
            self.section().new()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.section().seek()
        else:
            super().keyPressEvent(event)


def _made(key: str, desk: Desk) -> Section:
    """A section; what it needs is loaded now, when it is shown first."""
    make: Callable[[Desk], Section] = getattr(import_module(f"desktop_crm.ui.settings.{key}"), _ROOMS[key][1])
    return make(desk)


def _own(event: QKeyEvent) -> bool:
    return any(event.matches(keys) for keys in _OWN_KEYS)
