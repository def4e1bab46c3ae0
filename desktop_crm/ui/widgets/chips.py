"""Chips that filter and badges that state."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QSizePolicy, QWidget

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import GAP, literal
from desktop_crm.ui.widgets.labels import Label, set_property, tip
from desktop_crm.ui.words import current


class Chip(QPushButton):
    """A pill 24 px high that is on or off, with an optional count, and an optional menu that it opens.

    With `toggles=False` it is an act (`+ Filter`) and never stays pressed.
    """

    def __init__(self, text: str, *, count: int | None = None, icon: str = "", toggles: bool = True,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._count = text, count
        self._popup: QMenu | None = None
        self.setCheckable(toggles)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(24))
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        fonts.dress(self, 12)
        self.toggled.connect(self._weigh)
        if icon:
            self.setIcon(icons.icon(icon, "dim"))
        self._retext()

    def label(self) -> str:
        """The text without the count."""
        return self._label

    def set_label(self, text: str) -> None:
        """Show another text; the count stays."""
        self._label = text
        self._retext()

    def set_count(self, count: int | None) -> None:
        """Show `count` after the text; None shows none."""
        self._count = count
        self._retext()

    @override
    def setIcon(self, icon: QIcon | QPixmap) -> None:
        super().setIcon(icon)
        self._retext()

    def set_menu(self, menu: QMenu) -> None:
        """Open `menu` under the chip on click, Enter or the down key; the chip then no longer toggles by itself."""
        self._popup = menu
        self.clicked.connect(self._open)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or \
                (event.key() == Qt.Key.Key_Down and self._popup is not None):
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def nextCheckState(self) -> None:
        if self._popup is None:
            super().nextCheckState()

    def _open(self) -> None:
        if self._popup is not None:
            right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = self.width() - self._popup.sizeHint().width() if right else 0
            self._popup.popup(self.mapToGlobal(QPoint(left, self.height() + 2)))

    def _weigh(self, on: bool) -> None:
        fonts.dress(self, 12, strong=on)
        self.updateGeometry()

    def _retext(self) -> None:
        text = self._label if self._count is None else f"{self._label} {current().number(self._count)}"
        self.setText(("" if self.icon().isNull() else GAP) + literal(text))
        self.setAccessibleName(text)
        self.updateGeometry()


class ChipGroup(QButtonGroup):
    """Chips of which exactly one is on (Board · List · Forecast); the arrow keys move inside."""

    def __init__(self, chips: list[Chip], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setExclusive(True)
        for chip in chips:
            self.addButton(chip)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Badge(Label):
    """A state in a word on its soft ground: tone neutral, accent, good, warn or bad."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, 11, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_state(self, text: str, tone: str) -> None:
        """Show another state."""
        self.setText(text)
        self.setToolTip(tip(text) if len(text) > 24 else "")
        set_property(self, "tone", tone)


class CountBadge(Label):
    """A small count in a pill beside a tab's name; the accent one belongs to the tab that is open."""

    def __init__(self, count: int = 0, parent: QWidget | None = None) -> None:
        super().__init__("", 11, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show `count` in the user's digits."""
        self.setText(current().number(count) if count else "0")

    def set_active(self, active: bool) -> None:
        """Whether the badge stands in the accent colour."""
        set_property(self, "tone", "accent" if active else "")
