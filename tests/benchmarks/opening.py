"""From the start of the process to a painted shell and a usable Customers tab, against a bare window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.timing import Result

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: (print("painted", flush=True), application.quit()))
window = Window(); window.resize(1366, 768); window.show()
application.exec()
"""
_OURS = """
import gc; gc.disable()  # as the command line does
import os, sys
from pathlib import Path
from desktop_crm import app, settings  # before Qt, as the command line does
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
application = app.qt_application()
session = app.Session(application, settings.Settings())
session.window.painted.connect(lambda: print("painted", flush=True))
session.begin(Path(sys.argv[1]))
class Paints(QObject):
    rows = False
    def eventFilter(self, viewport, event):
        self.rows = self.rows or event.type() == QEvent.Type.Paint and viewport.parent().model().rowCount() > 0
        return False
paints, watched = Paints(), []
def usable():  # the first rows stand on the screen and the window answers; the counts beside them may follow
    page = session.window._pages.get("customers")
    if page is not None and not watched:
        page.table.viewport().installEventFilter(paints); watched.append(page)
    if not paints.rows:
        QTimer.singleShot(2, usable); return
    print("usable", flush=True)
    session.window.jobs.wait_all(); QApplication.processEvents()
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")), flush=True)
    session.window.close(); application.quit()
QTimer.singleShot(0, usable)
application.exec()
"""


def _run(home: str, code: str, *arguments: str) -> tuple[list[float], list[str]]:
    """Seconds from the process's start to each line that it says, and the lines."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DESKTOP_CRM_HOME": home}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True,
                               env=environment)
    assert process.stdout is not None
    times, lines = [], []
    for line in process.stdout:
        times.append(time.perf_counter() - start)
        lines.append(line.strip())
    if process.wait():
        raise SystemExit("the window did not start")
    process.stdout.close()
    return times, lines


def all_results(large: Path, runs: int = 9) -> list[Result]:
    """The shell, the tab, and the memory of the window on the large file; a start on this computer, not its first."""
    bare, shell, tab, memory = [], [], [], []
    with tempfile.TemporaryDirectory() as home:
        _run(home, _BARE), _run(home, _OURS, str(large))
        for _ in range(runs):
            bare.append(_run(home, _BARE)[0][0])
            times, lines = _run(home, _OURS, str(large))
            shell.append(times[0])
            tab.append(times[1])
            memory.append(int(lines[2]) / 1024)
    low, first, ready = (statistics.median(times) for times in (bare, shell, tab))
    peak = max(memory)
    return [Result("start to the first painted window", low, first, first / low, 1.5, first / low <= 1.5),
            Result("start to a usable Customers tab", low, ready, ready / low, 5, ready / low <= 5),
            Result("window on the large file, memory", None, peak, None, 250, peak <= 250, "MB")]
