"""Builds the window; the only file that knows all parts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import desktop_crm.ui  # isort: skip  # noqa: F401 (before any other import of Qt, see there)
from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop_crm import __version__, i18n, paths, settings
from desktop_crm.domain.errors import N_, CrmError, FileLost, FileRefused, PasswordNeeded
from desktop_crm.ui import messages, qt_words, theme, words
from desktop_crm.ui.collector import Collector
from desktop_crm.ui.main_window import MainWindow

if TYPE_CHECKING:
    from datetime import date

    from desktop_crm.services.book import Book
    from desktop_crm.services.encrypting import Key, Outcome, Staged
    from desktop_crm.ui.evening_forms import Forms


TURN = 0.0005
"""Seconds for which a worker may keep the window waiting for Python; of Python's own 5 ms a list needs many."""


def run(path: Path | None) -> int:
    """Open the window on a file (default: the last one) and run until it is closed; returns the exit code.

    Raises FileRefused where there is no screen to show a window on.
    """
    if sys.platform.startswith("linux") and not (
            os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")):
        raise FileRefused(N_("There is no screen to open a window on. “desktop-crm report FILE daily” and "
                             "“desktop-crm pictures FILE FOLDER” work without one."))
    application = qt_application()
    session = Session(application, settings.load())
    session.begin(path)
    code = int(application.exec())
    return session.failed or code


def qt_application() -> QApplication:
    """Qt's application, made if there is none yet, in the one style that our style sheet dresses."""
    made = QApplication.instance()
    if made is None:
        made = QApplication([sys.argv[0], "-style", "Fusion"])
        made.setProperty(theme.PLAIN_STYLE, True)
    assert isinstance(made, QApplication)
    return made


class Session(QObject):
    """One run of the program: its preferences, its window and the file that is open in it."""

    def __init__(self, application: QApplication, preferences: settings.Settings) -> None:
        super().__init__()
        self.application = application
        self.preferences = preferences
        self.failed = 0
        self._worked = False  # whether anything was saved since the file was opened
        self._collector = Collector(self)
        sys.setswitchinterval(TURN)
        application.setApplicationName("Desktop CRM")
        application.setApplicationVersion(__version__)
        application.setDesktopFileName("desktop-crm")
        words.set_language(i18n.language(preferences.language or _system_language()))
        qt_words.install(application)
        theme.apply(application, _scheme(preferences.scheme), preferences.percent)
        self.window = self._build()
        self._restore_hook = messages.install_excepthook(paths.logs() / "desktop-crm.log", self._crashed)

    def _build(self) -> MainWindow:
        window = MainWindow(self.preferences)
        window.file_wanted.connect(lambda name: self.open(Path(name)))
        window.new_file_wanted.connect(lambda name, sample: self.create(Path(name), sample))
        window.look_wanted.connect(self._look)
        window.restore_wanted.connect(lambda file, source: self._restore(Path(file), Path(source)))
        window.closing.connect(self.end)
        window.recode_wanted.connect(self._recode)
        window.leave_wanted.connect(self._leave)
        return window

    def _crashed(self, error: BaseException) -> None:
        self.window.messages.shown(error)

    def begin(self, path: Path | None) -> None:
        """Paint the shell, then open the file: the last one, else one in the data folder, else a welcome."""
        start = QTimer(self, singleShot=True)
        start.timeout.connect(lambda: self._first(path))
        self.window.painted.connect(lambda: start.start(0))
        start.start(1000)  # a window that starts minimised is never painted, and opens its file all the same
        self.window.show()

    def _first(self, path: Path | None) -> None:
        messages.start_log(paths.logs() / "desktop-crm.log")
        last = Path(self.preferences.last_file) if self.preferences.last_file else None
        own = sorted(paths.data().glob("*.crm"))
        found = path or (last if last and last.exists() else None) or (own[0] if own else None)
        if found is None:
            self.window.show_start()
        else:
            self.open(found)
        self._collector.start()

    def open(self, path: Path, key: Key | None = None) -> None:
        """Open another file in the window; a refused one leaves the present one open, and says why.

        `key` opens an encrypted one; without it the window asks for its password.
        """
        from desktop_crm.services.book import can_write, open_book

        present = self.window.book
        try:
            if present is not None and paths.real(present.path).resolve() == paths.real(path).resolve():
                return
        except CrmError as error:  # a link that leads to itself
            self._refused(error, path)
            return
        self._show(lambda: open_book(path, reading=path.exists() and not can_write(path), key=key), path)

    def create(self, path: Path, sample: bool) -> None:
        """Make a new file, with the sample business or empty, and open it."""
        from desktop_crm.services import sample as filling
        from desktop_crm.services import starting

        def make() -> Book:
            book = starting.create(path, words=words.current().code)
            if sample:
                filling.fill(book)
            return book

        self._show(make, path)
        if not sample and self.window.book is not None and self.window.book.path == path:
            self.window.panels.setup()

    def _show(self, open_it: Callable[[], Book], path: Path) -> None:
        try:
            book = open_it()
        except PasswordNeeded:
            self.window.ask_password(path, lambda key: self.open(path, key), lambda error: self._lost(error, path))
            return
        except CrmError as error:
            self._refused(error, path)
            return
        self.failed = 0
        self._let_go()
        self.preferences.remember(path)
        self._worked = False
        book.subscribe(lambda _: setattr(self, "_worked", True))
        self.window.show_book(book, asked=book.key is not None)  # whoever knows the file's password need not say more
        self.window.safekeeping.begin()

    def _refused(self, error: CrmError, path: Path) -> None:
        """Say why a file was not opened; for one that is lost, look for a backup."""
        print(words.current().error(error), file=sys.stderr)  # noqa: T201 (for whoever started us in a terminal)
        if self.window.book is None:
            self.failed = 1
            self.window.show_start(words.current().error(error))
        else:
            self.window.messages.tell(error)
        if isinstance(error, FileLost):
            self._offer(path)

    def _lost(self, error: CrmError, path: Path) -> None:
        """The file whose password was asked for is damaged, or gone: back to the one that is open."""
        if self.window.book is not None:
            self.window.leave_panel()
        self._refused(error, path)

    def _let_go(self) -> None:
        """Close the file, after a last backup if anything was saved."""
        book = self.window.take_book()
        if book is not None:
            if self._worked:
                self.window.safekeeping.last_one(book)
            book.close()
        settings.save(self.preferences)

    def _leave(self) -> None:
        """Close the file whose password is not known, and ask how to begin."""
        self._let_go()
        self.window.show_start()

    # --- backups --------------------------------------------------------------------------------------------------

    def _offer(self, path: Path) -> None:
        """Look for the newest whole backup of a file that cannot be opened, and offer it with what it holds."""
        from desktop_crm.services import backup_words

        second = self.preferences.second_place(path)

        def found(offer: tuple[Path, str] | None) -> None:
            if offer is None:
                return
            source, text = offer
            if self.window.book is None:
                self.window.start_page.offer(text, lambda: self._restore(path, source))
            else:
                self.window.messages.offer(text, words.tr(N_("Restore this backup")),
                                           lambda: self._restore(path, source), "warn")

        self.window.jobs.run(lambda _: backup_words.offer(words.current(), path, Path(second) if second else None),
                             found, self.window.messages.tell, label="")

    def _restore(self, path: Path, source: Path, key: Key | None = None) -> None:
        """Put a backup in a file's place and open it: laid ready beside the window's work, then swapped at once.

        One under a password of before has its own asked for.
        """
        from desktop_crm.services import encrypting, safety

        def stage(_: object) -> Path:
            with encrypting.holding(key):
                return safety.stage(path, source)

        def failed(error: Exception) -> None:
            if isinstance(error, PasswordNeeded):
                self.window.ask_password(source, lambda key: self._restore(path, source, key),
                                         lambda error: self._lost(error, source))
            else:
                self.window.messages.tell(error)

        self.window.jobs.run(stage, lambda part: self._swap(path, part, key), failed, label=words.tr(N_("Restore")))

    def _swap(self, path: Path, part: Path, key: Key | None) -> None:
        from desktop_crm.services import safety

        present, before = self.window.book, None
        if present is not None and present.path.resolve() == path.resolve():
            before = present.key
            self._let_go()
        try:
            kept = safety.restore_staged(path, part)
        except CrmError as error:
            self.open(path, before)
            self.window.messages.tell(error)
            return
        self.open(path, key or before)
        text = words.tr(N_("Restored {path}."), path=path.name)
        if before is not None and self.window.book is not None and self.window.book.key is None:
            text += " " + words.tr(N_("It is not encrypted: the backup was not."))
        if kept is not None:
            text += " " + words.tr(N_("The file that was there is kept as {path}."), path=kept.name)
        self.window.messages.note(text, "good")

    def _recode(self, staged: Staged) -> None:
        """Let the open file, laid ready under another key, take its own place; then its backups follow."""
        from desktop_crm.services import encrypting, encrypting_words

        book = self.window.take_book()
        if book is not None:
            book.close()
        try:
            encrypting.swap(staged)
        except CrmError as error:
            self.open(staged.path, staged.old)
            self.window.messages.tell(error)
            return
        self.open(staged.path, staged.key)
        said = encrypting_words.done(words.current(), staged.path.name, staged.key is not None)

        def done(outcome: Outcome) -> None:
            for error in outcome.problems:
                self.window.messages.tell(error)

        self.window.messages.note(said, "good")
        self.window.safekeeping.alone(
            lambda progress: encrypting.recode_copies(staged, progress.report), done, self.window.messages.tell,
            words.tr(N_("Rewriting the backups…")))

    def _look(self, what: str, value: str) -> None:
        """Change the language (the window is built anew) or the light."""
        setattr(self.preferences, what, value)
        if what == "scheme":
            theme.apply(self.application, _scheme(value), self.preferences.percent)
            settings.save(self.preferences)
            return
        book = self.window.take_book()
        old = self.window
        words.set_language(i18n.language(value))
        self.window = self._build()
        self.window.show()
        self.window.activateWindow()
        old.closing.disconnect()
        old.close()
        old.deleteLater()
        if book is not None:
            self.window.show_book(book, asked=True)
            self.window.safekeeping.begin()
        else:
            self.window.show_start()
        settings.save(self.preferences)

    def end(self) -> None:
        """Close the file and keep the preferences; the .crm alone is whole after this."""
        self._let_go()
        self.window.jobs.close()
        self._restore_hook()
        self._collector.stop()


def _scheme(name: str) -> theme.Scheme:
    return name if name in ("light", "dark") else "system"  # type: ignore[return-value]


_OTHER_NAMES = {"zh_Hant": "zh_TW", "zh_TW": "zh_TW", "zh_HK": "zh_TW", "tl": "fil"}


def _system_language() -> str:
    """The first of the system's languages whose words are whole; else English."""
    for name in QLocale.system().uiLanguages():
        parts = name.split("-")
        for code in ("_".join(parts[:2]), parts[0]):
            if _OTHER_NAMES.get(code, code) in i18n.LANGUAGES:
                return _OTHER_NAMES.get(code, code)
    return "en"


def evening(book: Book, folder: Path, day: date | None = None) -> Forms:
    """Write the three forms of a day's evening report (default: the present one) into a folder, without a screen."""
    from desktop_crm.ui import evening_forms

    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = qt_application()
    theme.apply(application, "light")
    return evening_forms.write(evening_forms.prepare(book, day), folder)


def pictures(path: Path, folder: Path, language: str = "") -> list[Path]:
    """Write a PNG of every tab and main panel, light and dark, without a screen; returns the files.

    The window speaks `language`, by default the one in which it opens.
    """
    import tempfile

    from desktop_crm.services import safety
    from desktop_crm.services.book import open_book
    from desktop_crm.ui import pictures as making

    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = qt_application()
    with tempfile.TemporaryDirectory() as scratch:  # a copy, so that the pictures show a file that can be worked on
        copy = Path(scratch) / path.name
        with closing(open_book(path, reading=True)) as book:
            safety.back_up(book, copy)
        with closing(open_book(copy)) as book:
            words.set_language(i18n.language(language or settings.load().language or "en"))
            return making.make(book, folder, application)
