"""The documents of one record as a part of its card: a button that attaches, and the list of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.services import attachments
from desktop_crm.services.book import Book
from desktop_crm.ui import icons, theme
from desktop_crm.ui.documents.acts import DocumentActs
from desktop_crm.ui.documents.lines import document_line
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.line_view import LinesView
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr

_MOST = 6
"""How many documents are seen at once; a longer list scrolls."""


class NameLine(Field):
    """A document's name while it is written anew; `named(text)` on Enter, `left()` when the keyboard goes elsewhere."""

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr(N_("Name")))
        self.setAccessibleName(tr(N_("Rename a document")))
        self.returnPressed.connect(lambda: self.named.emit(self.text()))
        self.hide()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class DocumentsBlock(QWidget):
    """Shows the documents of the record that `show_record` names; `acts` is what can be done with them."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._owner: tuple[str, int] | None = None
        self._renamed = 0
        title = tr(N_("Documents"))
        self.title = ElidedLabel(title, 11, strong=True, tone="dim")
        self.adder = Button(tr(N_("Attach a file…")), "plus", "quiet")
        if book.reading:
            self.adder.hide()  # never "show" before it has a parent: that would be a window of its own
        self.view = LinesView(title)
        self.name = NameLine()
        self.nothing = Dim(wrap=True)
        self.acts = DocumentActs(book, jobs, messages, self.view, lambda: self._owner)
        head = row(self.title, self.adder)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.nothing, self.name, self.view, gap=6))
        self.adder.clicked.connect(lambda: self.acts.ask())
        self.acts.rename_wanted.connect(self._rename)
        self.view.opened.connect(self.acts.open)
        self.view.deleted.connect(self.acts.delete)
        self.view.menu_requested.connect(self._menu)
        self.name.named.connect(self._named)
        self.name.left.connect(self.name.hide)

    def show_record(self, table: str, record: int) -> None:
        """Show the documents of a deal, a task …; the same one keeps its place."""
        if (table, record) != self._owner:
            self.name.hide()
        self._owner = (table, record)
        self.reload()

    def reload(self) -> None:
        """Read the documents again; none are shown of a record that is gone."""
        line, had = self.view.current(), self.view.hasFocus()
        lines = self._lines()
        self.view.lines.set_source(lambda limit: lines[:limit], keep=True)
        place = self.view.lines.row_of("document", line.id) if line is not None else -1
        if lines and (place >= 0 or had):
            self.view.setCurrentIndex(self.view.lines.index(max(place, 0)))
        self.title.setText(tr(N_("Documents")) + (f" · {len(lines)}" if lines else ""))
        self.nothing.setText(tr(N_("No documents yet.") if self._book.reading else
                                N_("No documents yet. Attach a file, drop it here, or paste a picture (Ctrl+V).")))
        self.nothing.setVisible(not lines)
        self.view.setVisible(bool(lines))
        self._fit()

    def _lines(self) -> list[Line]:
        if self._owner is None:
            return []
        table, record = self._owner
        try:
            found = attachments.documents(self._book, table, record)
        except NotFound:  # whoever shows the record closes it
            return []
        return [document_line(self._book, item, table) for item in found]

    def _fit(self) -> None:
        """As high as the lines are, up to the most that are seen at once."""
        shown = min(self.view.lines.rowCount(), _MOST)
        self.view.setFixedHeight(max(theme.px(40), sum(self.view.sizeHintForRow(number) for number in range(shown))))

    def _rename(self, line: Line) -> None:
        self._renamed = line.id
        self.name.setText(line.title)
        self.name.set_invalid("")
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    def _named(self, text: str) -> None:
        try:
            attachments.rename(self._book, self._renamed, text)
        except CrmError as error:
            self.name.set_invalid(current().error(error))
            self._messages.tell(error)
            return
        self.name.hide()
        self.view.setFocus()

    def _menu(self, line: Line, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = self.acts.choices(line)
        if not self._book.reading:
            choices.append((f"{tr(N_('Delete'))}\t{tr(N_('Del'))}", "trash", lambda: self.acts.delete(line)))
        for title, icon, act in choices:
            action = QAction(icons.icon(icon, "dim"), title, menu)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        menu.popup(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.name.isVisible():
            self.name.hide()
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
