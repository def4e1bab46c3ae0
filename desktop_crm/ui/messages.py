"""How the window tells what happened: the world's failures in one sentence, ours with a log entry."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from desktop_crm.domain.errors import Cancelled, CrmError
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.states import MessageBar
from desktop_crm.ui.words import N_, current, tr

_LOG_BYTES = 512 * 1024
_OURS = N_("The program made a mistake. What was saved is safe; you can go on. Details are in {file}.")
_crashes = logging.getLogger("desktop_crm.crashes")


class Messages(QObject):
    """Tells through the window's MessageBar; safe to call from any thread."""

    _told = Signal(str, str, str, object, object)

    def __init__(self, bar: MessageBar, log_path: Path) -> None:
        super().__init__(bar)
        self._bar, self._log_path = bar, log_path
        self._told.connect(self._show, Qt.ConnectionType.AutoConnection)

    def tell(self, error: Exception) -> None:
        """Say what went wrong: a CrmError in its own sentence, anything else as a mistake of the program, logged."""
        if isinstance(error, Cancelled):
            self.note(current().error(error))
        elif isinstance(error, CrmError):
            self._told.emit(current().error(error), "bad", "", None, None)
        else:
            start_log(self._log_path)
            log_crash(error)
            self.crashed()

    def shown(self, error: BaseException) -> None:
        """Say an exception that the hook has logged already."""
        if isinstance(error, CrmError):
            self.tell(error)
        else:
            self.crashed()

    def note(self, text: str, tone: str = "neutral") -> None:
        """Say one quiet sentence, already translated."""
        self._told.emit(text, tone, "", None, None)

    def undoable(self, text: str, undo: Callable[[], None]) -> None:
        """Say what was done, with a button that takes it back."""
        self._told.emit(text, "good", tr(N_("Undo")), undo, None)

    def offer(self, text: str, action: str, act: Callable[[], None], tone: str = "neutral",
              second: tuple[str, Callable[[], None]] | None = None) -> None:
        """Say one sentence with a button `action` that runs `act`, and a `second` one beside it."""
        self._told.emit(text, tone, action, act, second)

    def crashed(self) -> None:
        """Say that the program made a mistake and where its details are."""
        self._told.emit(tr(_OURS, file=str(self._log_path)), "bad", "", None, None)

    def _show(self, text: str, tone: str, action: str, act: Callable[[], None] | None,
              second: tuple[str, Callable[[], None]] | None) -> None:
        self._bar.tell(text, tone, action, act, second)


class LogFile(logging.Handler):
    """Writes to a file of half a megabyte and two older ones at most; opened with the first thing that goes wrong."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self._file: logging.Handler | None = None

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler  # sockets come with it: few starts ever need it

            self._file = RotatingFileHandler(self._path, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._file.emit(record)

    @override
    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start_log(log_path: Path) -> None:
    """Write warnings and mistakes to `log_path`."""
    root = logging.getLogger("desktop_crm")
    if not any(isinstance(handler, LogFile) for handler in root.handlers):
        root.addHandler(LogFile(log_path))


def stop_log() -> None:
    """Close the log file; the end of the program, and tests, call it."""
    root = logging.getLogger("desktop_crm")
    for handler in [handler for handler in root.handlers if isinstance(handler, LogFile)]:
        root.removeHandler(handler)
        handler.close()


def log_crash(error: BaseException) -> None:
    """Log where a mistake happened: kinds and places of the whole chain, never the words of an exception.

    An exception's own words may quote a customer.
    """
    _crashes.error("\n%s", "".join(_places(error)))


def _places(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = _places(before) if before is not None else []
    kind = type(error)
    return [*lines, *traceback.format_tb(error.__traceback__), f"{kind.__module__}.{kind.__qualname__}\n"]


def install_excepthook(log_path: Path, show: Callable[[BaseException], None]) -> Callable[[], None]:
    """Let a mistake in any slot or thread be logged and shown while the window lives on; gives the way back.

    A CrmError that nobody caught is shown as well; `show` decides how each kind is told.
    """
    before, before_threads = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        if not isinstance(error, CrmError):
            start_log(log_path)
            log_crash(error.with_traceback(trace))
        show(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    def restore() -> None:
        sys.excepthook, threading.excepthook = before, before_threads

    sys.excepthook, threading.excepthook = hook, thread_hook
    return restore
