"""Buttons 32 px high: the primary one of a screen, common ones, and icons alone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import runs_right_to_left, tip

GAP = "\u2005"
"""Stands before a text beside an icon: Qt leaves four pixels between them, and lets nobody ask for more."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def literal(text: str) -> str:
    """`text` for a button or menu, its ampersands shown instead of taken for a mnemonic."""
    shown = text.replace("&", "&&")
    if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft and not runs_right_to_left(text):
        return f"\u2066{shown}\u2069"  # an isolate: a telephone number must not read from its end
    return shown


def with_keys(text: str, keys: QKeySequence | None) -> str:
    """A tooltip that names the shortcut behind the act."""
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    return tip(f"{text} ({shown})" if shown else text)


class Button(QPushButton):
    """A common button; `kind` is plain, primary, quiet (no border), link (in line with the text above) or danger."""

    def __init__(self, text: str, icon: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = GAP if icon else ""
        self.set_text(text)
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        fonts.dress(self, fonts.BASE, strong=kind == "primary")
        self.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))
        if icon:
            self.setIcon(icons.icon(icon, {"primary": "on_accent", "danger": "bad"}.get(kind, "text")))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()  # outside a dialog Qt leaves Enter to nobody
        else:
            super().keyPressEvent(event)

    def set_text(self, text: str) -> None:
        """Show another text, ampersands literally."""
        self.setText(self._gap + literal(text))
        self.setAccessibleName(text)


class PrimaryButton(Button):
    """The one button of a screen in the accent colour."""

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon, "primary", parent)


class IconButton(QToolButton):
    """An icon alone, 32 px square; `text` is its tooltip and its name for screen readers."""

    def __init__(self, icon: str, text: str, *, keys: QKeySequence | None = None, small: bool = False,
                 token: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self._action: QAction | None = None
        self.setIcon(icons.icon(icon, token))
        self.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))
        self.setFixedSize(theme.px(24 if small else 32), theme.px(24 if small else 32))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_text(text, keys)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()  # else the panel around it takes Enter for its own act
        else:
            super().keyPressEvent(event)

    def set_icon(self, icon: str) -> None:
        """Show another icon in the same colour."""
        self.setIcon(icons.icon(icon, self._token))

    def set_text(self, text: str, keys: QKeySequence | None = None) -> None:
        """Name the button anew, in its tooltip and for screen readers."""
        self.setAccessibleName(text)
        self.setToolTip(with_keys(text, keys))

    def follow(self, action: QAction) -> None:
        """Trigger `action` on a click, and take its name, its shortcut and whether it is enabled."""
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._copy_action)
        self._copy_action()

    def _copy_action(self) -> None:
        action = self._action
        if action is not None:
            self.setEnabled(action.isEnabled())
            self.set_text(action.text().replace("&", ""), action.shortcut())
