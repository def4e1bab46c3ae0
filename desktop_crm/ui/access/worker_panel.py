"""The panel under the top bar in which one says who works: a list of names, and a line for a PIN."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop_crm.services.access import Person
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList
from desktop_crm.ui.words import N_, tr

_WIDTH, _ROW, _MOST = 260, 28, 10


class WorkerPanel(QFrame):
    """Arrow keys choose, Enter takes; a name with a PIN asks for it below. `chosen(seller or None, pin)`, `left`."""

    chosen = Signal(object, str)
    left = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("worker_panel")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._people: dict[int, Person] = {}
        self._over = over
        self._under: QWidget | None = None
        self.list = SegmentList()
        self.list.setAccessibleName(tr(N_("Work as…")))
        self.pin = SecretField(tr(N_("PIN")))
        self._why = Label("", 12, tone="bad", wrap=True)
        self._below = QWidget()
        self._below.setLayout(column(self.pin, self._why, gap=6, margins=(12, 8, 12, 6)))
        self.setLayout(column(self.list, self._below, gap=0, margins=(0, 4, 0, 6)))
        self.list.clicked.connect(lambda _: self.pick())
        self.list.activated.connect(lambda _: self.pick())
        self.list.chosen.connect(lambda _: self._ask(False))
        self.pin.returnPressed.connect(lambda: self.chosen.emit(self._current(), self.pin.text()))
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]
        self.hide()

    def show_people(self, people: Sequence[Person], now: int | None, under: QWidget) -> None:
        """Show these people under a widget, with the one who works `now` (None: nobody) chosen."""
        self._people, self._under = {one.id: one for one in people}, under
        choices = [Segment(str(one.id), one.name, tr(N_("PIN")) if one.pin else None) for one in people]
        self.list.set_groups([SegmentGroup(tr(N_("Work as…")), (Segment("0", tr(N_("Nobody"))), *choices))])
        self.list.choose(str(now or 0), announce=False)
        self.list.setFixedHeight(theme.px(32 + _ROW * min(len(choices) + 1, _MOST) + 4))
        self._ask(False)
        self.show()
        self.raise_()
        self.list.setFocus()
        self.list.scrollTo(self.list.currentIndex())

    def pick(self) -> None:
        """Take who is chosen in the list; one with a PIN is asked for it."""
        person = self._people.get(self._current() or 0)
        if person is not None and person.pin:
            self._ask(True)
            self.pin.setFocus()
        else:
            self.chosen.emit(self._current(), "")

    def refuse(self, why: str) -> None:
        """Say why the PIN was not taken; the line is emptied."""
        self._ask(True)
        self._why.setText(why)
        self._why.show()
        self.pin.set_invalid(why)
        self.pin.setFocus()
        self._place()

    def why(self) -> str:
        """The sentence that is shown under the line, "" if none."""
        return "" if self._why.isHidden() else self._why.text()

    def _current(self) -> int | None:
        return int(self.list.current_key() or 0) or None

    def _ask(self, pin: bool) -> None:
        """Show the line for the PIN, empty, or no line."""
        self.pin.clear()
        self.pin.set_invalid("")
        self._why.hide()
        person = self._people.get(self._current() or 0)
        if person is not None:
            self.pin.setPlaceholderText(tr(N_("PIN of {name}"), name=person.name))
            self.pin.setAccessibleName(self.pin.placeholderText())
        self._below.setVisible(pin)
        self._place()

    def _place(self) -> None:
        if self._under is None:
            return
        over, width = self._over, theme.px(_WIDTH)
        layout = self.layout()
        assert layout is not None  # laid out in __init__
        layout.activate()
        wraps = layout.hasHeightForWidth()
        self.resize(width, layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height())
        corner = self._under.mapTo(over, QPoint(self._under.width() // 2, self._under.height()))
        left = corner.x() - width // 2
        self.move(max(theme.px(8), min(left, over.width() - width - theme.px(8))), corner.y() + theme.px(8))

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Close when the keyboard goes elsewhere in the window."""
        if self.isVisible() and now is not None and now is not self._under and not self.isAncestorOf(now):
            self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
