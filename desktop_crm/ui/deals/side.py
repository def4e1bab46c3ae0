"""The panel at the right: the card, the form of a new deal, or the editor of stages; one at a time, or none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.cards import Panel

WIDTH = 400


class Side(Panel):
    """Holds parts that scroll by themselves; `changed` when another is shown or the panel closes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.setMinimumWidth(theme.px(340))
        self.hide()

    def add(self, part: QWidget) -> None:
        """Take a part in; it is shown by `show_part`."""
        scroll = _Scroll()
        scroll.setWidget(part)
        part.setAutoFillBackground(False)  # the panel's own ground shows through
        self._stack.addWidget(scroll)

    def part(self) -> QWidget | None:
        """The part that is shown; None while the panel is closed."""
        scroll = self._stack.currentWidget()
        return scroll.widget() if isinstance(scroll, QScrollArea) and not self.isHidden() else None

    def show_part(self, part: QWidget) -> None:
        """Open the panel with `part`, scrolled to its top if another was shown."""
        if self.part() is part:
            return
        for number in range(self._stack.count()):
            scroll = self._stack.widget(number)
            if isinstance(scroll, QScrollArea) and scroll.widget() is part:
                self._stack.setCurrentIndex(number)
                scroll.verticalScrollBar().setValue(0)
        self.show()
        self.changed.emit()

    def close_part(self) -> None:
        """Close the panel."""
        if not self.isHidden():
            self.hide()
            self.changed.emit()


class _Scroll(QScrollArea):
    """Scrolls up and down alone: a part is as wide as the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        part = self.widget()
        if event.type() == QEvent.Type.Resize and part is not None:
            part.setMaximumWidth(self.viewport().width())
        return super().viewportEvent(event)
