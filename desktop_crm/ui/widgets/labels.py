"""Words on the screen: labels that never take a customer's name for HTML."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override

_BEFORE_NUMBER = re.compile(r"(?<=[^\s\d]) (?=[−-]?\d)")


def tip(text: str) -> str:
    """`text` as a tooltip that Qt shows literally, markup included, and wraps when it is long."""
    if len(text) <= 60 and "<" not in text:
        return text
    import html  # its table of entities is for the first long text, not for the start

    return f"<qt>{html.escape(text)}</qt>"


def unbroken(text: str) -> str:
    """`text` in which no number is parted from the word before it: an amount stays with its currency's sign."""
    return _BEFORE_NUMBER.sub("\u00a0", text)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter of `text` that has a direction runs from right to left; numbers have none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def draw_line(painter: QPainter, rect: QRect, text: str, at_right: bool,
              across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter) -> None:
    """Draw `text` as one line at the left or right of `rect`, in its own direction whatever the window's is.

    All scripts stand on the base line of the font: Qt would centre each by its own height, Tamil two pixels higher.
    """
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    painter.setLayoutDirection(right if runs_right_to_left(text) else left)
    line, metrics = text.replace("\n", " "), painter.fontMetrics()
    below = rect.height() - metrics.height()
    top = rect.top() + (below if across == Qt.AlignmentFlag.AlignBottom else below // 2)
    start = rect.right() + 1 - metrics.horizontalAdvance(line) if at_right else rect.left()
    painter.drawText(start, top + metrics.ascent(), line)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet asks for, and repaint the widget by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # one that was not shown yet is dressed when it is
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class Label(QLabel):
    """Plain text at `size` design pixels; `tone` is a text token (dim, faint, good, warn, bad, accent)."""

    def __init__(self, text: str = "", size: int = fonts.BASE, *, strong: bool = False, tone: str = "",
                 wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            # Qt aligns a label by its own letters: a Latin name would stand at the far side of the page.
            edge = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            self.setAlignment(edge | Qt.AlignmentFlag.AlignVCenter)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        fonts.dress(self, size, strong)
        self.set_tone(tone)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Colour the text by the token `tone`; "" is the common text."""
        set_property(self, "tone", tone)


class Heading(Label):
    """The name of a page, a panel or a record: semi-bold, larger than the text around it."""

    def __init__(self, text: str = "", size: int = 15, parent: QWidget | None = None) -> None:
        super().__init__(text, size, strong=True, parent=parent)


class Dim(Label):
    """Secondary text: what a figure means, when something happened."""

    def __init__(self, text: str = "", size: int = fonts.BASE, *, wrap: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(text, size, tone="dim", wrap=wrap, parent=parent)


class ElidedLabel(QWidget):
    """One line of plain text that gives way: cut with an ellipsis, the whole in its tooltip."""

    def __init__(self, text: str = "", size: int = fonts.BASE, *, strong: bool = False, tone: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone, self._strong, self._size = "", tone, strong, size
        fonts.dress(self, size, strong)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """The whole text, also where it is cut on the screen."""
        return self._text

    def setText(self, text: str) -> None:
        """Show `text`, line breaks as spaces."""
        self._text = " ".join(text.split("\n"))
        if self._strong:
            self.setFont(fonts.strong_for(self._text, self._size))
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self._retip()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Colour the text by the token `tone`; "" is the common text."""
        self._tone = tone
        self.update()

    @property
    def cut(self) -> bool:
        """Whether the text does not fit."""
        return self.fontMetrics().horizontalAdvance(self._text) > self.width()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(metrics.horizontalAdvance(self._text) + 2, metrics.averageCharWidth() * 4), metrics.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._retip()
        super().resizeEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.strong(self._tone))
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        draw_line(painter, self.rect(), shown, at_right=self.layoutDirection() == Qt.LayoutDirection.RightToLeft)

    def _retip(self) -> None:
        self.setToolTip(tip(self._text) if self.cut else "")


class KeyHint(Label):
    """A key's name in a small frame: `Ctrl K`, `Enter`."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, 11, tone="dim", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Hairline(QFrame):
    """A line of one pixel between two parts; vertical if asked."""

    def __init__(self, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
