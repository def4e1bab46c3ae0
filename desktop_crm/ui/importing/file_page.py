"""Step 1: the file, dropped or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from desktop_crm.ui import dialogs, theme
from desktop_crm.ui.importing.session import Session
from desktop_crm.ui.importing.step_page import StepPage
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Heading, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, tr

_TIPS = (
    ("import", N_("Customers, contacts, sellers, products, deals, tasks, activities and payments."),
     N_("A row may hold a company, its contact and a deal. Sellers and products first, then customers, then deals.")),
    ("eye", N_("You see what will happen before anything does."),
     N_("Headings, languages, dates and amounts are recognised; every column can be changed by hand.")),
    ("undo", N_("A whole import is one step back."),
     N_("Undo leaves the business as it was before, also tomorrow.")),
)


class DropZone(QFrame):
    """A place with a dashed border that takes a file."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.choose = PrimaryButton(tr(N_("Choose a file…")), "folder")
        title = Heading(tr(N_("Drop a file here")))
        kinds = Dim(tr(N_("CSV, TSV, Excel (XLSX, XLS, XLSB), OpenDocument (ODS) or contact cards (VCF)")))
        for label in (title, kinds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icon = IconLabel("import", 28, "accent", ground=True)
        self.setLayout(column(None, row(None, icon, None), title, kinds, row(None, self.choose, None), None,
                              gap=10, margins=(24, 24, 24, 24)))
        self.setMinimumHeight(theme.px(220))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event) is not None:
            event.acceptProposedAction()
            self._show(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._show(False)
        path = _local(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._over else "input_border"), 1.4, Qt.PenStyle.DashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(theme.color("accent_soft" if self._over else "panel"))
        radius = theme.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _show(self, over: bool) -> None:
        self._over = over
        self.update()


def _local(event: QDropEvent) -> Path | None:
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files else None


class FilePage(StepPage):
    """A place to drop a file, what can be brought in, and why a file was refused."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.zone = DropZone()
        self.zone.dropped.connect(session.take)
        self.zone.choose.clicked.connect(self.ask)
        self._why_icon = IconLabel("warning", token="bad")
        self.why = Label("", tone="bad", wrap=True)
        why = row(self._why_icon, self.why, gap=8)
        why.setStretch(1, 1)
        body = QWidget()
        body.setMaximumWidth(theme.px(720))
        body.setLayout(column(self.zone, why, *(_tip(*tip) for tip in _TIPS), gap=20))
        outer = row(None, body, None, margins=(24, 0, 24, 0))
        outer.setStretch(1, 100)
        self.setLayout(column(None, outer, None, None))
        session.refused.connect(self._refuse)
        session.sampled.connect(lambda: self._refuse(""))
        self._refuse("")

    def title(self) -> str:
        """What stands above the step."""
        return tr(N_("Bring a file in"))

    def can_go_on(self) -> bool:
        """Only with a file that could be read."""
        return self.session.sample is not None

    def first(self) -> QWidget:
        """The button."""
        return self.zone.choose

    def ask(self) -> None:
        """Ask for a file."""
        dialogs.open_table(self, lambda name: self.session.take(Path(name)))

    def _refuse(self, sentence: str) -> None:
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))
        self._why_icon.setVisible(bool(sentence))
        self.changed.emit()


def _tip(icon: str, text: str, more: str) -> QWidget:
    part = QWidget()
    words = column(Label(tr(text), strong=True, wrap=True), Dim(tr(more), wrap=True), gap=2)
    whole = row(IconLabel(icon, token="accent", ground=True), words, gap=12)
    whole.setStretch(1, 1)
    part.setLayout(whole)
    return part
