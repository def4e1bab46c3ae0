"""Every act of the window and its pages as a QAction: one home for titles, keys and icons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_crm.ui import icons
from desktop_crm.ui.acts import Act
from desktop_crm.ui.words import tr


class Actions(QObject):
    """The acts by key. A page's acts answer to their keys while the focus is inside the page."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(self, acts: Iterable[Act], page: QWidget | None = None) -> None:
        """Make actions of `acts`, for the whole window or for one page."""
        for act in acts:
            action = QAction(tr(act.title), page or self._window)
            action.setObjectName(act.key)
            if act.icon:
                action.setIcon(icons.icon(act.icon))
            if act.keys:
                action.setShortcut(QKeySequence(act.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut if page
                                          else Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _=False, run=act.run: run())  # Qt's own "checked" is nothing to the act
            (page or self._window).addAction(action)
            self._actions[act.key] = action

    def get(self, key: str) -> QAction:
        """One action; KeyError if nothing has this key."""
        return self._actions[key]

    def run(self, key: str) -> bool:
        """Trigger an action if there is one that is enabled; returns whether it ran."""
        action = self._actions.get(key)
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True

    def all(self) -> list[QAction]:
        """Every action that could be run now."""
        return [action for action in self._actions.values() if action.isEnabled()]
