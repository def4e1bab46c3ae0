"""Python's collector of cycles, kept to the window's thread: a Qt object that dies elsewhere takes the program along.

Python collects on whatever thread happens to make objects, and what it finds may be a widget (a closed page, a
menu) whose timers belong to the window's thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds; a second's garbage is small


class Collector(QObject):
    """Collects once a second what Python's own thresholds say is due, and nothing in between."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.collect)
        gc.disable()

    def start(self) -> None:
        """Begin, once the program is up: what its start has made stays and is not looked through again."""
        gc.freeze()
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, if one is."""
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counts) if most and count > most]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the collecting back to Python, when no window is left."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
