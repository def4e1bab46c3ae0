"""The backups as a panel over the pages: the list at the left; what a restore would do and the second place beside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain import leaving
from desktop_crm.domain.backups import Backup, Preview
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import backup_words, safety
from desktop_crm.services.book import Book
from desktop_crm.ui import dialogs, theme
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.backups.listing import BackupList
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.over_panel import OverPanel
from desktop_crm.ui.qt import override
from desktop_crm.ui.safekeeping import Safekeeping
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, current, tr


class BackupsPanel(OverPanel):
    """`restore_wanted(path)` asks for a backup in the place of the open file; Escape or the close button lead back."""

    restore_wanted = Signal(str)

    def __init__(self, book: Book, keeper: Safekeeping, jobs: Jobs, messages: Messages,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._keeper, self._messages = book, keeper, messages
        self._list, self._preview = Latest(jobs), Latest(jobs)
        self.table = BackupList(book)
        self.now = PrimaryButton(tr(N_("Back up now")), "backup")
        self.what = Label("", wrap=True)
        self.restore = Button(tr(N_("Restore this backup")), "history")
        self.place = Label("", wrap=True)
        self.state = Dim("", 12, wrap=True)
        self.choose = Button(tr(N_("Choose a folder…")), "folder")
        self.forget = Button(tr(N_("Forget it")), kind="quiet")
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.table)
        self.load()

    def _lay_out(self) -> None:
        head = self.head(Heading(tr(N_("Backups"))), None, self.now)
        self.table.set_empty(EmptyState("backup", tr(N_("No backup yet")), tr(N_(
            "One is taken at the start, every hour in which something was changed, and at the end."))))
        restoring, second = Card(), Card()
        restoring.body.addWidget(Label(tr(N_("Restore")), strong=True))
        restoring.body.addWidget(self.what)
        restoring.body.addWidget(Dim(tr(N_("The present file is kept beside it under another name.")), 12, wrap=True))
        restoring.body.addLayout(row(self.restore, None))
        second.body.addWidget(Label(tr(N_("Second place")), strong=True))
        second.body.addWidget(self.place)
        second.body.addWidget(self.state)
        ways = FlowLayout()  # one below the other where a language has longer words
        for button in (self.choose, self.forget):
            ways.addWidget(button)
        second.body.addLayout(ways)
        side = QWidget()
        side.setFixedWidth(theme.px(380))
        side.setLayout(column(restoring, second, None, gap=16, margins=(16, 16, 16, 16)))
        body = row(self.table, Hairline(vertical=True), side, gap=0)
        body.setStretch(0, 1)
        whole = column(head, Hairline(), body, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        self.now.clicked.connect(self._keeper.back_up)
        self.table.selected.connect(lambda _: self._ask())
        self.restore.clicked.connect(self._restore)
        self.choose.clicked.connect(self.choose_place)
        self.forget.clicked.connect(self._keeper.forget_second)
        self._keeper.changed.connect(self.load)
        for button in (self.restore, self.choose):
            button.setEnabled(not self._book.reading)

    # --- the list -------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Look for the backups again, and show them."""
        self._show_second()
        second = self._keeper.second()
        self._list.run(lambda _: safety.backups(self._book.path, second), self._listed, self._messages.tell, label="")

    def _listed(self, found: list[Backup]) -> None:
        self.table.show_backups(found)
        self._ask()

    def reload(self, changes: object) -> None:
        """After a change, what a restore would lose is another."""
        self._ask()

    # --- what a restore would do ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        item = self.table.chosen()
        self.restore.setEnabled(False)
        if item is None:
            self._preview.drop()
            self.what.setText(tr(N_("There is nothing to restore yet.")))
            return
        self._preview.run(lambda _: safety.preview(self._book, Path(item.path)), self._answered, self._unreadable,
                          label="")

    def _answered(self, preview: Preview) -> None:
        self.what.setText(backup_words.sentence(current(), preview, self._book.now(), self._book.business.zone))
        self.restore.setEnabled(not self._book.reading and not preview.backup.problem)

    def _unreadable(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.what.setText(current().error(error))
        else:
            self._messages.tell(error)

    def _restore(self) -> None:
        item = self.table.chosen()
        if item is not None:
            self.restore.setEnabled(False)
            self.restore_wanted.emit(item.path)

    # --- the second place -----------------------------------------------------------------------------------------

    def choose_place(self) -> QWidget | None:
        """Ask for the folder; None where the owner's PIN is to be given first: the whole file will lie there."""
        return guarded(self, tr(N_("Another second place of the backups")),
                       lambda: dialogs.choose_folder(self, self.take))

    def take(self, folder: str) -> None:
        """Have the backups in this folder too; a folder that cannot be is told in place."""
        try:
            self._keeper.choose_second(Path(folder))
            noted(self, leaving.SECOND)
        except CrmError as error:
            self.state.set_tone("bad")
            self.state.setText(current().error(error))
            self.state.show()

    def _show_second(self) -> None:
        folder = self._keeper.second()
        self.place.setText(str(folder) if folder else tr(N_("A stick, another disk or a synced folder: what a lost or "
                                                            "broken computer does not take along.")))
        self.forget.setVisible(folder is not None)
        self.state.set_tone("warn" if self._keeper.problem else "dim")
        seen = self._keeper.seen()
        level = tr(N_("Level with this computer: {when}"), when=backup_words.moment(
            current(), seen, self._book.now(), self._book.business.zone)) if seen else ""
        self.state.setText(self._keeper.problem or level)
        self.state.setVisible(bool(self.state.text()))

    @override
    def _close(self) -> None:
        self._list.drop()
        self._preview.drop()
        super()._close()
