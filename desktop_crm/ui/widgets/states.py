"""What a screen says when it is empty, busy or has something to tell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_crm.ui import icons, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Label, set_property
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, tr

_ICONS = {"good": "check", "warn": "warning", "bad": "warning", "accent": "info", "neutral": "info"}
_QUIET_MS = 8000


class IconLabel(QWidget):
    """An icon alone, in a token's colour, at `size` design pixels; on a soft round ground if `round`."""

    def __init__(self, name: str, size: int = icons.SIZE, token: str = "dim", *, ground: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._token, self._ground = name, size, token, ground
        self.setFixedSize(self.sizeHint())

    def set_icon(self, name: str, token: str = "dim") -> None:
        """Show another icon."""
        self._name, self._token = name, token
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = theme.px(self._size + (10 if self._ground else 0))
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunk"))
            painter.drawEllipse(self.rect())
        side = theme.px(self._size)
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.paint(painter, place, self._name, self._token)


class EmptyState(QWidget):
    """An empty screen: what is (not) here, what to do next, and the button that does it."""

    acted = Signal()

    def __init__(self, icon: str, sentence: str, hint: str = "", action: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, 28, "faint", ground=True)
        self._sentence = Label(sentence, 14, strong=True, wrap=True)
        self._hint = Dim(hint, wrap=True)
        self._button = PrimaryButton(action or " ", "plus")
        self._button.clicked.connect(self.acted)
        for label in (self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        middle = column(row(None, self._icon, None), self._sentence, self._hint, row(None, self._button, None), gap=10)
        self.setLayout(column(None, middle, None, None, margins=(32, 24, 32, 24)))
        self.show_state(icon, sentence, hint, action)

    def show_state(self, icon: str, sentence: str, hint: str = "", action: str = "", action_icon: str = "plus") -> None:
        """Say something else; without an action there is no button."""
        self._icon.set_icon(icon, "faint")
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.set_text(action)
        self._button.setIcon(icons.icon(action_icon, "on_accent"))
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{sentence} {hint}".strip())


class MessageBar(QFrame):
    """One quiet line above the page: a tone, a sentence, an act (Undo) or two, and a close button.

    Good and neutral messages leave after eight seconds unless the pointer or the focus is on them, or they have two
    acts to choose from.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info")
        self._text = Label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action, self._other = Button("", kind="quiet"), Button("", kind="quiet")
        self._close = IconButton("close", tr(N_("Close")), small=True, token="dim")
        self._act: Callable[[], None] | None = None
        self._second: Callable[[], None] | None = None
        self.setLayout(row(self._icon, self._text, self._action, self._other, self._close, gap=10,
                           margins=(16, 4, 12, 4)))
        self._action.clicked.connect(self._run)
        self._other.clicked.connect(self._run_second)
        self._close.clicked.connect(self.clear)
        self._timer = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def text(self) -> str:
        """The sentence that is shown, "" if none."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, tone: str = "neutral", action: str = "",
             act: Callable[[], None] | None = None, second: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show `text`; the former message goes. `act` runs on the button `action`, then the bar closes.

        A `second` act (its button's text, what it runs) stands beside it.
        """
        self._act, (other, self._second) = act, second or ("", None)
        self._icon.set_icon(_ICONS[tone], tone if tone != "neutral" else "dim")
        self._text.setText(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self._other.set_text(other)
        self._other.setVisible(bool(other))
        self._close.set_text(tr(N_("Close")))
        set_property(self, "tone", tone)
        self.setAccessibleName(text)
        self.show()
        if tone in ("good", "neutral", "accent") and second is None:
            self._timer.start()
        else:
            self._timer.stop()

    def clear(self) -> None:
        """Take the message away."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _run(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def _run_second(self) -> None:
        self._act = self._second
        self._run()

    def _leave(self) -> None:
        if self.underMouse() or self._action.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.clear()


class ProgressBar(QWidget):
    """A thin bar, 6 px high: a share of 1.0, or a still, half-filled bar while the whole is unknown."""

    def __init__(self, share: float | None = 0.0, tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._tone = share, tone
        self.setFixedHeight(theme.px(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float | None, said: str = "") -> None:
        """Fill to `share` (0..1, None: unknown); `said` tells a screen reader what it means."""
        self._share = share if share is None else min(1.0, max(0.0, share))
        self.setAccessibleName(said)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(6))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(theme.color("sunk"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        width = self.width() * (0.5 if self._share is None else self._share)
        if width <= 0:
            return
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start = self.width() - width if right else 0.0
        painter.setBrush(theme.color("accent_muted" if self._share is None else self._tone))
        painter.drawRoundedRect(QRectF(start, 0, max(width, self.height()), self.height()), radius, radius)
