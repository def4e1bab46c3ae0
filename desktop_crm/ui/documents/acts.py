"""What is done with documents: attached by button, drop and paste, shown by other programs, saved, taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.services import attachments
from desktop_crm.services.attachments import Gathered
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.line_view import LinesView
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

Choice = tuple[str, str, Callable[[], object]]
Owner = tuple[str, int]
"""A record that documents belong to: its table and its number."""
_OWNERS = {"contact": "contacts", "deal": "deals", "task": "tasks"}
_ATTACHED = N_count("{n} document attached.", "{n} documents attached.")
_OTHERS = N_count("{n} other was not attached either.", "{n} others were not attached either.")


class DocumentActs(QObject):
    """What is done with the documents in a view; `owner` is the record that the card shows, None for none.

    `rename_wanted(line)` asks the card for another name, to be given to `attachments.rename`.
    """

    rename_wanted = Signal(object)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, view: LinesView,
                 owner: Callable[[], Owner | None]) -> None:
        super().__init__(view)
        self._book, self._jobs, self._messages = book, jobs, messages
        self._view, self._owner = view, owner
        self._pastes: Callable[[], bool] = lambda: True
        view.shortcuts |= {"document": {"F2": self.rename, "E": self.rename, "S": self.ask_where, "Ctrl+C": self.copy}}
        view.lines.carried = self.carried

    # Attaching

    def serve(self, card: QWidget, pastes: Callable[[], bool] = lambda: True) -> None:
        """Attach what is dropped on a card, or pasted there while `pastes()`."""
        self._pastes = pastes
        card.setAcceptDrops(not self._book.reading)
        card.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return self._dropped(event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste) and self._pastes() and self.paste()
        return False

    def _dropped(self, event: QDropEvent) -> bool:
        """Take something that is dragged in, or let go; what is dropped stays where it was."""
        if not event.possibleActions() & Qt.DropAction.CopyAction or not self.takes(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if not isinstance(event, QDragEnterEvent):
            self.bring(event.mimeData())
        return True

    def ask(self, owner: Owner | None = None) -> QFileDialog | None:
        """Ask for files to attach to the card's record, or to `owner`, one of those that hang on it."""
        whose = owner or self._owner()
        if whose is None or self._book.reading:
            return None
        dialog = QFileDialog(self._view.window(), tr(N_("Attach files")), _documents())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.attach([Path(name) for name in names], whose))
        dialog.open()
        return dialog

    def attach(self, sources: Sequence[Path], owner: Owner | None = None) -> Job | None:
        """Attach files to the card's record (or to `owner`): read beside the window, then written as one act."""
        whose = owner or self._owner()
        if whose is None or not sources or self._book.reading:
            return None
        book = self._book

        def work(progress: Progress) -> Gathered:
            def step(done: int, count: int) -> None:
                progress.check()
                progress.report(done, count)

            return attachments.gather(book, sources, step)

        return self._jobs.run(work, lambda found: self._write(found, whose), self._messages.tell,
                              label=tr(N_("Attaching files")))

    def _write(self, found: Gathered, owner: Owner) -> None:
        try:
            made = attachments.attach(self._book, *owner, found.files)
        except CrmError as error:
            self._messages.tell(error)
            return
        problems = (*found.problems, *made.problems)
        said = [tr_count(*_ATTACHED, len(made.ids))] if made.ids else []
        said += [current().error(problem) for problem in problems[:1]]
        said += [tr_count(*_OTHERS, len(problems) - 1)] if len(problems) > 1 else []
        self._messages.note(" ".join(said), "warn" if problems else "good")

    def takes(self, data: QMimeData) -> bool:
        """Whether something that is dropped or pasted can be attached here: files, or a picture and no text."""
        return self._owner() is not None and not self._book.reading and (bool(_files(data)) or _pictured(data))

    def bring(self, data: QMimeData) -> None:
        """Attach the files, or the picture, that were dropped or pasted."""
        files, owner = _files(data), self._owner()
        if files:
            self.attach(files)
        elif owner is not None and self.takes(data):
            name = tr(N_("Picture {day} {time}"), day=f"{self._book.today()}",
                      time=f"{self._book.now().astimezone(self._book.business.zone):%H.%M.%S}")
            book, image = self._book, QImage(data.imageData())
            self._jobs.run(lambda _: attachments.keep(book, f"{name}.png", _png(image)),
                           lambda kept: self._write(Gathered((kept,), ()), owner), self._messages.tell,
                           label=tr(N_("Attaching files")))

    def paste(self) -> bool:
        """Attach what is on the clipboard, if it can be; whether it could."""
        data = QGuiApplication.clipboard().mimeData()
        if self.takes(data):
            self.bring(data)
            return True
        return False

    # What is done with one

    def open(self, line: Line) -> None:
        """Let the system's program show a copy; what would run is refused, with the way to a copy of one's own."""
        self._jobs.run(lambda _: attachments.to_show(self._book, line.id), self._show,
                       lambda error: self._refused(error, line), label=tr(N_("Opening {file}"), file=line.title))

    def _show(self, place: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            self._messages.note(tr(N_("No program is set up to open {file}. Save a copy of it where you need it."),
                                   file=place.name), "warn")

    def _refused(self, error: Exception, line: Line) -> None:
        if isinstance(error, InvalidInput):
            self._messages.offer(current().error(error), tr(N_("Save a copy…")), lambda: self.ask_where(line), "warn")
        else:
            self._messages.tell(error)

    def ask_where(self, line: Line) -> None:
        """Ask where a copy of a document goes."""
        dialog = QFileDialog(self._view.window(), tr(N_("Save a copy")), _documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(line.title)
        dialog.fileSelected.connect(lambda name: self.save(line.id, Path(name)))
        dialog.open()

    def save(self, record: int, target: Path) -> None:
        """Write a copy of a document; then offer the way to its folder."""
        def done(made: Path) -> None:
            self._messages.offer(tr(N_("Written: {file}"), file=made.name), tr(N_("Open folder")),
                                 lambda: self._show(made.parent), "good")

        self._jobs.run(lambda _: attachments.save_copy(self._book, record, target), done, self._messages.tell,
                       label=tr(N_("Writing {file}"), file=target.name))

    def rename(self, line: Line) -> None:
        """Let another name be written."""
        if not self._book.reading:
            self.rename_wanted.emit(line)

    def delete(self, line: Line) -> None:
        """Take a document off its record; the word about it has an Undo."""
        try:
            work = attachments.delete(self._book, [line.id]).work_id
        except CrmError as error:
            self._messages.tell(error)
            return
        self._messages.undoable(tr(N_("Deleted “{name}”"), name=line.title), lambda: self._take_back(work))

    def _take_back(self, work: int) -> None:
        try:
            self._book.undo_work(work)
        except CrmError as error:
            self._messages.tell(error)

    def copy(self, line: Line) -> None:
        """Put a copy of a document on the clipboard, to be pasted into a folder or an e-mail."""
        def done(place: Path) -> None:
            QGuiApplication.clipboard().setMimeData(_carrying(place))
            self._messages.note(tr(N_("Copied: {text}"), text=line.title))

        self._jobs.run(lambda _: attachments.to_show(self._book, line.id), done,
                       lambda error: self._refused(error, line), label="")

    def carried(self, line: Line) -> QMimeData | None:
        """A copy of a document as it is dragged away: Qt asks for it at once. None, told, if there is nothing."""
        try:
            return _carrying(attachments.to_show(self._book, line.id))
        except CrmError as error:
            self._refused(error, line)
            return None

    def choices(self, line: Line) -> list[Choice]:
        """What can be done with a line, for its menu: title (translated), icon, act."""
        writing = not self._book.reading
        if line.kind in _OWNERS and writing:
            owner = (_OWNERS[line.kind], line.id)
            return [(tr(N_("Attach a file…")), "file", lambda: self.ask(owner))]
        if line.kind != "document":
            return []
        found: list[Choice] = [(tr(N_("Open")), "eye", lambda: self.open(line)),
                               (f"{tr(N_('Save a copy…'))}\tS", "download", lambda: self.ask_where(line)),
                               (f"{tr(N_('Copy the file'))}\tCtrl+C", "copy", lambda: self.copy(line))]
        return [*found, (f"{tr(N_('Rename'))}\tF2", "edit", lambda: self.rename(line))] if writing else found


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _files(data: QMimeData) -> list[Path]:
    """The files of this computer among what is dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def _pictured(data: QMimeData) -> bool:
    # Cells copied out of a sheet come as a picture too, and as text: whoever pastes them means the text.
    return data.hasImage() and not data.hasText()


def _carrying(place: Path) -> QMimeData:
    """A file as what is dragged or on the clipboard."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place))])
    return data


def _png(image: QImage) -> bytes:
    """The picture as a PNG file; b"" for none that can be read."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes a text, its stubs say bytes
    return bytes(buffer.data().data())
