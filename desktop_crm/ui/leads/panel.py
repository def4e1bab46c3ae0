"""The leads as a panel over the pages: its sections at the left, one of them in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.leads.handover import HandOverSection
from desktop_crm.ui.leads.inbox import InboxSection
from desktop_crm.ui.leads.pool import PoolSection
from desktop_crm.ui.leads.road import RoadSection
from desktop_crm.ui.leads.section import Desk, LeadsSection, Part
from desktop_crm.ui.leads.taking import Taking, fits
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.panel_section import lay_out
from desktop_crm.ui.qt import override
from desktop_crm.ui.told_acts import Acts
from desktop_crm.ui.widgets.segments import Segment, SegmentList
from desktop_crm.ui.words import N_, tr

PARTS: tuple[Part, ...] = (
    Part("inbox", N_("Inbox of requests"), InboxSection),
    Part("pool", N_("Lead pool"), PoolSection),
    Part("handover", N_("Hand over"), HandOverSection),
    Part("road", N_("Notes from the road"), RoadSection),
)
"""The sections in their order; another one is a line here and a LeadsSection in a file of its own."""

_OWN_KEYS = (QKeySequence.StandardKey.New, QKeySequence.StandardKey.Paste)


class LeadsPanel(QWidget):
    """Work on leads. `record_wanted(kind, id)` opens a record, `act_wanted(key)` asks for an act of the window,
    `list_wanted(path)` for the wizard with a file that is a list. What is dropped or pasted onto it becomes a request.

    Escape or the close button lead back; Ctrl+N begins what the section in sight holds.
    """

    closed = Signal()
    record_wanted = Signal(str, int)
    act_wanted = Signal(str)
    list_wanted = Signal(str)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, settings: Settings,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._desk = Desk(book, jobs, messages, Acts(book, messages), settings)
        self._parts = {part.key: part for part in PARTS}
        self._sections: dict[str, LeadsSection] = {}
        self.sidebar = SegmentList()
        self.taking = Taking(self._desk, self)
        self.taking.list_wanted.connect(self.list_wanted)
        self.taking.taken.connect(self._show_taken)
        self._stack = QStackedWidget()
        rooms = tuple(Segment(part.key, tr(part.title)) for part in PARTS)
        lay_out(self, self.sidebar, tr(N_("Leads")), rooms, self._stack, book.reading)
        self.sidebar.chosen.connect(self._show)
        self.sidebar.activated.connect(lambda _: self.section().focus())
        self.sidebar.choose(PARTS[0].key)
        self.setFocusProxy(self._stack)

    def section(self, key: str = "") -> LeadsSection:
        """The section in sight, or `key` of PARTS; made when first asked."""
        key = key or self.sidebar.current_key() or PARTS[0].key
        if key not in self._sections:
            section = self._sections[key] = self._parts[key].make(self._desk)
            self._stack.addWidget(section)
            section.left.connect(self._close)
            section.record_wanted.connect(self.record_wanted)
            section.act_wanted.connect(self.act_wanted)
            section.counted.connect(lambda count: self.sidebar.set_count(key, count))
            section.start()
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Show a section of PARTS and put the keyboard into it."""
        self.sidebar.choose(key)
        self.section(key).focus()

    def reload(self, changes: Changes) -> None:
        """Load again what the sections show, if the changes touch it."""
        for section in self._sections.values():
            section.reload(changes)

    def _show(self, key: str) -> None:
        section = self.section(key)
        self._stack.setCurrentWidget(section)
        self._stack.setFocusProxy(section)

    def _close(self) -> None:
        if not self.section().leave():
            return
        for section in self._sections.values():
            section.stop()
        self.closed.emit()

    @override
    def event(self, event: QEvent) -> bool:
        """Take Ctrl+N and Ctrl+V from the window while the panel has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) \
                and any(event.matches(keys) for keys in _OWN_KEYS):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.matches(QKeySequence.StandardKey.New):
            self.section().new()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        elif not self.section().takes_key(event):
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if fits(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(event.mimeData())

    def _take(self, data: QMimeData) -> None:
        """What the section in sight does not take becomes a request."""
        if not self.section().takes_data(data):
            self.taking.take(data)

    def _show_taken(self, customer: int) -> None:
        """Show a request that was just taken."""
        self.show_section("inbox")
        inbox = self.section("inbox")
        if isinstance(inbox, InboxSection):
            inbox.open(customer)
