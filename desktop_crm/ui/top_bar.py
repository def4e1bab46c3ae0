"""The bar on top: four tabs, the search box, undo and redo, New, and everything else behind the dots."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.access.worker_button import WorkerButton
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton, PrimaryButton
from desktop_crm.ui.widgets.chips import CountBadge
from desktop_crm.ui.widgets.fields import SearchField
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, tr

TABS = (("customers", N_("Customers")), ("deals", N_("Deals")), ("tasks", N_("Tasks")), ("reports", N_("Reports")))
"""The four tabs: key (also the icon's name) and title."""


class TabButton(QAbstractButton):
    """One tab: icon, name and, where it helps, a count; the open one is underlined in the accent colour."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setCheckable(True)
        self.setText(title)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = IconLabel(key)
        self._title = Label(title, 13, strong=True, tone="dim")
        self._count = CountBadge(0)
        self._count.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        layout.setSpacing(theme.px(8))
        for part in (self._icon, self._title, self._count):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.toggled.connect(self._show_state)

    def set_count(self, count: int) -> None:
        """Show a count beside the name; none for zero."""
        self._count.set_count(count)
        self._count.setVisible(count > 0)
        self.updateGeometry()

    def _show_state(self, on: bool) -> None:
        self._icon.set_icon(self.key, "text" if on else "dim")
        self._title.set_tone("" if on else "dim")
        self._count.set_active(on)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()  # type: ignore[union-attr]  # laid out in __init__

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = theme.px(2)
        if self.isChecked():
            painter.fillRect(0, self.height() - line, self.width(), line, theme.color("accent"))
        elif self.underMouse() or self.hasFocus():
            painter.fillRect(0, self.height() - line, self.width(), line,
                             theme.color("accent" if self.hasFocus() else "line"))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class SearchBox(SearchField):
    """The search box: announces what is typed, and passes Up, Down and Enter on to the palette."""

    steered = Signal(int)
    chosen = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Search or do anything")), "Ctrl K", parent)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in steps:
            self.steered.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.entered.emit()


class TopBar(QFrame):
    """The 48-px bar; `tab_chosen(key)` when another tab is wished for."""

    tab_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setFixedHeight(theme.px(48))
        self.tabs = {key: TabButton(key, tr(title)) for key, title in TABS}
        self.search = SearchBox()
        self.search.setMinimumWidth(theme.px(180))
        self.search.setMaximumWidth(theme.px(320))
        self.undo = IconButton("undo", tr(N_("Undo")))
        self.redo = IconButton("redo", tr(N_("Redo")))
        self.new = PrimaryButton(tr(N_("New")), "plus")
        self.worker = WorkerButton()
        self.more = IconButton("more", tr(N_("Files, settings and help")))
        self._lay_out()
        for key, button in self.tabs.items():
            button.clicked.connect(lambda _=False, key=key: self.tab_chosen.emit(key))

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), 0, theme.px(8), 0)
        layout.setSpacing(theme.px(2))
        for button in self.tabs.values():
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.search, 2)
        layout.addSpacing(theme.px(6))
        for part in (self.undo, self.redo, self.new, self.worker, self.more):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
            layout.addSpacing(theme.px(4))
        fonts.dress(self.new, fonts.BASE, strong=True)

    def show_tab(self, key: str) -> None:
        """Mark the tab that is open; none for a key that is no tab."""
        for name, button in self.tabs.items():
            button.setChecked(name == key)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many records stand behind each tab."""
        for key, count in counts.items():
            if key in self.tabs:
                self.tabs[key].set_count(count)

    def set_menu(self, groups: list[list[QAction]], extra: list[QMenu]) -> None:
        """What stands behind the dots: groups of acts with a line between them, then submenus."""
        menu = QMenu(self)
        for group in groups:
            for action in group:
                menu.addAction(action)
            menu.addSeparator()
        for submenu in extra:
            menu.addMenu(submenu)
        self.more.setMenu(menu)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


__all__ = ["TABS", "SearchBox", "TabButton", "TopBar"]
