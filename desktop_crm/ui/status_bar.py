"""The line at the bottom: which file, what is saved, what undo would do, how old the backup is, slow work."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Job, Jobs
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.labels import ElidedLabel, Label
from desktop_crm.ui.widgets.states import ProgressBar
from desktop_crm.ui.words import N_, tr


class JobLine(QWidget):
    """The oldest piece of slow work: its name, how far it is, and a button that stops it."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._name = Label("", 11, tone="dim")
        self._bar = ProgressBar()
        self._bar.setFixedWidth(theme.px(120))
        self._cancel = IconButton("close", tr(N_("Stop")), small=True, token="dim")
        self._cancel.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._name, self._bar, self._cancel):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._wait = QTimer(self, singleShot=True, interval=400)  # what is done by then need not flash
        self._wait.timeout.connect(lambda: self.setVisible(self._job is not None))
        jobs.changed.connect(self._show)
        self.hide()

    def _show(self) -> None:
        """Only work that has a name is shown: reloading a list is none of the user's business."""
        named = [job for job in self._jobs.running() if job.label]
        job = named[0] if named else None
        if job is not self._job and job is not None:
            job.progressed.connect(self._progressed)
            self._bar.set_share(None, job.label)
        self._job = job
        self._name.setText(job.label if job else "")
        if job is None:
            self._wait.stop()
            self.hide()
        elif self.isHidden() and not self._wait.isActive():
            self._wait.start()

    def _progressed(self, done: int, total: int, text: str) -> None:
        self._bar.set_share(done / total if total else None, text)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


class StatusBar(QFrame):
    """The 26-px line at the bottom."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(26))
        self._file = Label("", 11, tone="dim")
        self._saved = Label("", 11, tone="dim")
        self._undo = ElidedLabel("", 11, tone="dim")
        self._backup = Label("", 11, tone="dim")
        self._locale = Label("", 11, tone="dim")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        layout.setSpacing(theme.px(16))
        layout.addWidget(self._file)
        layout.addWidget(self._saved)
        layout.addWidget(self._undo, 1)
        layout.addWidget(JobLine(jobs))
        layout.addWidget(self._backup)
        layout.addWidget(self._locale)

    def show_file(self, name: str, locale: str) -> None:
        """Which file is open, and its language and money."""
        self._file.setText(name)
        self._locale.setText(locale)

    def show_saved(self, text: str, tone: str = "dim") -> None:
        """Whether all is saved, or why it cannot be."""
        self._saved.setText(text)
        self._saved.set_tone(tone)

    def show_undo(self, label: str) -> None:
        """What undo would take back; "" for nothing."""
        self._undo.setText(tr(N_("Undo: {act}"), act=label) if label else "")

    def show_backup(self, text: str, tone: str = "dim") -> None:
        """How old the last verified backup is."""
        self._backup.setText(text)
        self._backup.set_tone(tone)

    def clear(self) -> None:
        """Say nothing: no file is open."""
        self.show_file("", "")
        self.show_saved("")
        self.show_undo("")
        self.show_backup("")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
