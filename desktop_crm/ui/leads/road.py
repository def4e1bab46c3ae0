"""Notes from the road: a phone's text at the left, and beside it of whom each line is and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.domain.road import Candidate, Choice, Noted, RoadNote, usual
from desktop_crm.services import road
from desktop_crm.services.book import Book
from desktop_crm.ui import icons, theme
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.forms import LongTextField
from desktop_crm.ui.jobs import Latest
from desktop_crm.ui.leads.section import Desk, LeadsSection
from desktop_crm.ui.leads.wish_table import WishTable
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton, literal
from desktop_crm.ui.widgets.labels import Dim, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

SUFFIX = ".txt"
"""The files that are read as notes while this section is in sight."""
_SIDE, _TALLEST = 360, 16_777_215
_PAUSE = 400  # milliseconds without a key before the lines are read
_TOUCHES = ("customers", "contacts", "channels")
_KEYS = {Qt.Key.Key_N: "lead", Qt.Key.Key_K: "task", Qt.Key.Key_X: "leave"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKE = N_count("Take {n} note", "Take {n} notes")
_TAKEN = N_count("{n} note is taken.", "{n} notes are taken.")
_KEPT = N_count("{n} is kept as a task.", "{n} are kept as tasks.")
_LEFT = N_count("{n} line stays here.", "{n} lines stay here.")
_UNSURE = N_count("{n} line tells nobody for sure: Enter chooses.", "{n} lines tell nobody for sure: Enter chooses.")
_DRAFTS: WeakKeyDictionary[Book, str] = WeakKeyDictionary()  # what is not taken yet, while the file is open
_TONES = {"log": "good", "lead": "accent", "task": "warn", "leave": "neutral"}


class _Table(WishTable[RoadNote]):
    """The lines; Ctrl+Enter is the section's."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RoadSection(LeadsSection):
    """Lines are read as they are typed. In the list Enter chooses whose a line is, N makes a new lead, K keeps it as a
    task, X leaves it out; Ctrl+Enter takes them all.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Notes from the road")), parent)
        self._latest, self._busy = Latest(desk.jobs), False
        self._notes: dict[int, RoadNote] = {}
        self._looking: RoadNote | None = None  # the line for which another customer is being looked for
        self._chosen: dict[str, Choice] = {}  # what was said by hand, by the line's text
        self.count = Dim("")
        self.open_button = Button(tr(N_("Open a text…")), "folder", "quiet")
        self.take_button = PrimaryButton(tr_count(*_TAKE, 0), "check")
        self.text = LongTextField(tr(N_("Aminah: called, wants 3 boxes, Friday 10\n012-345 6789 visited, paid 200")))
        self.hint = Dim(tr(N_("Write or paste a line for each note: of whom, what happened, what comes next and when. "
                              "Money is only noted, not booked.")), 12, wrap=True)
        self.other, self.other_bar = CustomerField(desk.book), QWidget()
        self.table = _Table(tr(N_("Notes from the road")), self._columns(),
                            lambda ids: [self._notes.get(key) for key in ids], _KEYS)
        self.empty = EmptyState("note", " ")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.text)

    def _columns(self) -> list[ColumnSpec[RoadNote]]:
        return [
            ColumnSpec("who", tr(N_("Of whom")), self._who, kind="badge", width=190, least=110, sortable=False,
                       tone=lambda note: _TONES[self.choice(note).what], tooltip=self._who),
            ColumnSpec("said", tr(N_("What is noted")), self._said, width=280, least=120, stretch=True, sortable=False,
                       tooltip=lambda note: note.text, struck=lambda note: self.choice(note).what == "leave"),
            ColumnSpec("step", tr(N_("Next step")), self._step, kind="dim", width=200, least=90, stretch=True,
                       sortable=False, tooltip=self._step),
        ]

    def _lay_out(self) -> None:
        self.table.set_empty(self.empty)
        self.text.setAccessibleName(tr(N_("Notes from the road")))
        self.text.setMinimumHeight(theme.px(80))
        self.text.setMaximumHeight(_TALLEST)
        self.text.setAcceptDrops(False)  # a file that is dropped is read, its name is no note
        self.other.setAccessibleName(tr(N_("Another customer")))
        self.other_bar.setLayout(row(Dim(tr(N_("Another customer"))), self.other, gap=8, margins=(16, 8, 16, 8)))
        self.other_bar.hide()
        left, right = QWidget(), QWidget()
        left.setFixedWidth(theme.px(_SIDE))
        left.setLayout(column(self.text, self.hint, gap=8, margins=(16, 12, 16, 12)))
        right.setLayout(column(self.other_bar, self.table, gap=0))
        middle = row(left, Hairline(vertical=True), right, gap=0)
        middle.setStretch(2, 1)
        head = self.head(self.count, None, self.open_button, self.take_button)
        whole = column(head, Hairline(), gap=0)
        whole.addLayout(middle, 1)
        self.setLayout(whole)
        self.text.setReadOnly(self.desk.book.reading)
        self.open_button.setEnabled(not self.desk.book.reading)

    def _wire(self) -> None:
        self.text.textChanged.connect(self._typed)
        self._pause.timeout.connect(self.read)
        self.open_button.clicked.connect(self.ask)
        self.take_button.clicked.connect(self.take)
        self.table.wished.connect(self._wish)
        self.table.opened.connect(lambda _: self.choose())
        self.table.context_menu_requested.connect(lambda _, at: self.choose(at))
        self.table.delete_requested.connect(lambda _: self._wish("leave"))
        self.other.changed.connect(lambda _: self._take_other())
        self.other.returnPressed.connect(self._take_other)

    # --- what the panel asks --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Say what is to be done here, or go on with what was not taken when the panel was left."""
        self.text.set_value(_DRAFTS.get(self.desk.book, ""))
        self.read()

    def reload(self, changes: Changes) -> None:
        """Whoever was added or renamed may be whom a line means."""
        if changes.touches(*_TOUCHES) and self.text.value():
            self.read()

    def focus(self) -> None:
        """Put the keyboard into the text."""
        self.text.setFocus()

    def stop(self) -> None:
        """Forget what is still being read."""
        self._pause.stop()
        self._latest.drop()

    def leave(self) -> bool:
        """Escape leaves the search for another customer first; notes that are being taken are waited for."""
        if self.other_bar.isVisible():
            self._leave_other()
            return False
        return not self._busy

    def new(self) -> None:
        """Go on writing."""
        self.focus()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Ctrl+Enter takes the notes."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in _ENTER:
            self.take()
            return True
        return False

    def takes_data(self, data: QMimeData) -> bool:
        """Read a text that is dropped or pasted here; contact cards and other files are no notes."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if self.desk.book.reading or (files and any(path.suffix.lower() != SUFFIX for path in files)):
            return False
        if files:
            for path in files:
                self.open(path)
            return True
        text = data.text()
        if data.hasUrls() or not text.strip() or text.lstrip().upper().startswith("BEGIN:VCARD"):
            return False
        self._add(text)
        return True

    # --- the text -------------------------------------------------------------------------------------------------

    def ask(self) -> QFileDialog:
        """Ask for a text file."""
        dialog = QFileDialog(self, tr(N_("Open a text")), "", f"{tr(N_('Texts'))} (*{SUFFIX})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()
        return dialog

    def open(self, path: Path) -> None:
        """Put a file's text behind what is written already."""
        try:
            self._add(road.text_of(path))
        except CrmError as error:
            self.desk.messages.tell(error)

    def _typed(self) -> None:
        _DRAFTS[self.desk.book] = self.text.toPlainText()
        self._pause.start()

    def _add(self, text: str) -> None:
        before = self.text.value()
        self.text.set_value(f"{before}\n{text.strip()}" if before else text.strip())
        self.read()

    def read(self) -> None:
        """Read the lines beside the window; the newest text wins."""
        self._pause.stop()
        text, words = self.text.value(), current()
        if not text:
            self._latest.drop()
            self._show([])
            return

        def work(_: object) -> list[RoadNote]:
            from desktop_crm.services import road_lines  # reads dates in words, which takes a while to load

            return road_lines.read(self.desk.book, words, text)

        self._latest.run(work, self._show, self._failed, label="")

    def _show(self, notes: Sequence[RoadNote]) -> None:
        self._notes = {note.number: note for note in notes}
        self.empty.show_state("note", tr(N_("Nothing is noted yet")), tr(N_(
            "Paste here what you wrote down on the phone, or drop its text: each line goes to the customer it names.")))
        self.table.show_ids([])
        self.table.show_ids(list(self._notes))
        self._say()

    def _failed(self, error: Exception) -> None:
        self._notes = {}
        self.table.show_ids([])
        if isinstance(error, InvalidInput):
            self.empty.show_state("warning", current().error(error))
        else:
            self.empty.show_state("warning", tr(N_("The lines could not be read.")))
            self.desk.messages.tell(error)
        self._say()

    # --- the lines ------------------------------------------------------------------------------------------------

    def choice(self, note: RoadNote) -> Choice:
        """What becomes of a line: as said by hand, else as usual."""
        return self._chosen.get(note.text) or usual(note)

    def _who(self, note: RoadNote) -> str:
        choice = self.choice(note)
        if choice.what == "log":
            return choice.candidate.shown if choice.candidate else ""
        if choice.what == "lead":
            return tr(N_("New lead: {name}"), name=note.who or note.phone)
        return tr(N_("Kept as a task")) if choice.what == "task" else tr(N_("Left out"))

    def _said(self, note: RoadNote) -> str:
        return note.text if self.choice(note).what in ("task", "leave") else road.said(note, current()) or "—"

    def _step(self, note: RoadNote) -> str:
        return "" if self.choice(note).what in ("task", "leave") else road.step_said(note, current())

    def _say(self) -> None:
        """Count what would be taken, and what is not sure."""
        taken = [note for note in self._notes.values() if self.choice(note).what != "leave"]
        unsure = sum(not note.sure and note.text not in self._chosen for note in self._notes.values())
        self.count.setText(tr_count(*_UNSURE, unsure) if unsure else "")
        self.take_button.set_text(tr_count(*_TAKE, len(taken)))
        self.take_button.setEnabled(bool(taken) and not self.desk.book.reading)
        self.counted.emit(len(self._notes))

    def _current(self) -> RoadNote | None:
        return self._notes.get(self.table.current_id() or 0)

    def choose(self, at: QPoint | None = None) -> QMenu | None:
        """The menu of what may become of the current line."""
        note = self._current()
        if note is None or self.desk.book.reading:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in note.candidates:
            menu.addAction(icons.icon("person", "dim"), literal(one.shown)).triggered.connect(
                lambda _=False, one=one: self._set([note], Choice("log", one)))
        menu.addAction(icons.icon("search", "dim"), tr(N_("Another customer…"))).triggered.connect(self._search)
        menu.addSeparator()
        wishes = (("lead", "plus", N_("New lead"), "N"), ("task", "tasks", N_("Keep as a task"), "K"),
                  ("leave", "close", N_("Leave out"), "X"))
        for what, icon, title, key in wishes:
            if what != "lead" or note.who or note.phone:
                menu.addAction(icons.icon(icon, "dim"), f"{tr(title)}\t{key}").triggered.connect(
                    lambda _=False, what=what: self._wish(what))
        below = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(at or self.table.viewport().mapToGlobal(below))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _wish(self, what: str) -> None:
        """N, K or X on the selected lines; who names nobody can be no lead."""
        notes = [self._notes[key] for key in self.table.selected_ids() if key in self._notes]
        if what == "lead":
            if any(not (note.who or note.phone) for note in notes):
                self.desk.messages.note(tr(N_("This line names nobody, so it can be no new lead.")), "warn")
            self._set([note for note in notes if note.who or note.phone], Choice("lead"))
        else:
            self._set(notes, Choice("task" if what == "task" else "leave"))

    def _set(self, notes: Sequence[RoadNote], choice: Choice) -> None:
        if self.desk.book.reading:
            return
        self._chosen |= {note.text: choice for note in notes}
        self.table.viewport().update()
        self._say()

    def _search(self) -> None:
        """Look for the customer of the current line by typing."""
        self._looking = self._current()
        self.other.set_value(None)
        self.other_bar.show()
        self.other.setFocus()

    def _take_other(self) -> None:
        """The customer who was typed or chosen from those offered; half a name stays to be typed on."""
        note = self._looking
        try:
            customer = self.other.value()
        except CrmError as error:
            self.desk.messages.tell(error)
            return
        if customer is not None and note is not None:
            self._set([note], Choice("log", Candidate(customer, self.other.text())))
            self._leave_other()

    def _leave_other(self) -> None:
        self._looking = None
        self.other_bar.hide()
        self.table.setFocus()

    # --- the act --------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Take all lines but those left out, as one act; what was left out stays in the text."""
        chosen = [(note, self.choice(note)) for note in self._notes.values()]
        if self._busy or self.desk.book.reading or self._pause.isActive() or not self.take_button.isEnabled():
            return
        self._busy, words = True, current()
        self.text.setReadOnly(True)  # what is typed now would go with the lines that were taken
        left = [note.text for note, choice in chosen if choice.what == "leave"]
        self.desk.jobs.run(lambda _: road.take(self.desk.book, words, chosen), lambda done: self._taken(done, left),
                           self._refused, label=tr(N_("Notes from the road")))

    def _taken(self, done: Noted, left: Sequence[str]) -> None:
        self._free()
        self._chosen = {text: Choice("leave") for text in left}
        self.text.set_value("\n".join(left))
        self.read()
        said = [tr_count(*_TAKEN, done.logged)] if done.logged or not done.kept else []
        said += [tr_count(*_KEPT, len(done.kept))] if done.kept else []
        said += [tr_count(*_LEFT, done.left)] if done.left else []
        self.desk.messages.undoable(" ".join(said), lambda: self._take_back(done.work))

    def _refused(self, error: Exception) -> None:
        self._free()
        self.desk.messages.tell(error)

    def _free(self) -> None:
        self._busy = False
        self.text.setReadOnly(False)
