"""The short lists beside a report's chart ("Needs you"): each sentence leads to its rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_crm.reports.report import Section
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Label, runs_right_to_left, unbroken
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.words import N_, tr

_ARROW = "\u00a0›"  # kept on the line of the last word; mirrored by the script's own direction
_PAD = 4


class SectionLine(QAbstractButton):
    """A sentence in its tone that wraps; with an arrow, and a click or Enter, if it leads somewhere."""

    def __init__(self, sentence: str, leads: bool, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence, self._leads, self._tone = sentence, leads, tone
        self.setAccessibleName(sentence)
        fonts.dress(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        if leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - 2 * theme.px(_PAD)), 10_000)
        return self.fontMetrics().boundingRect(room, self._flags(), self._shown()).height() + 2 * theme.px(_PAD)

    @override
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._shown()) + 2 * theme.px(_PAD)
        return QSize(width, self.fontMetrics().height() + 2 * theme.px(_PAD))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.fontMetrics().height() + 2 * theme.px(_PAD))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._leads and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunk"))
            painter.drawRoundedRect(self.rect(), theme.px(4), theme.px(4))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
        painter.setFont(self.font())
        painter.setPen(theme.strong(self._tone))
        text = runs_right_to_left(self._sentence)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if text else Qt.LayoutDirection.LeftToRight)
        pad = theme.px(_PAD)
        painter.drawText(self.rect().adjusted(pad, pad, -pad, -pad), self._flags(), self._shown())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def _shown(self) -> str:
        return unbroken(self._sentence) + (_ARROW if self._leads else "")

    def _flags(self) -> int:
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class SectionCard(Card):
    """A section under its heading. `rows_wanted(filter, title)` for a sentence that has rows."""

    rows_wanted = Signal(object, str)

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=10, gap=2)
        self.setAccessibleName(section.title)
        self.body.addLayout(column(Label(section.title, strong=True), margins=(_PAD, _PAD, _PAD, 2)))
        self.lines: list[SectionLine] = []
        for sentence, wanted, tone in section.items:
            line = SectionLine(sentence, wanted is not None, tone)
            if wanted is not None:
                line.clicked.connect(lambda _=False, wanted=wanted, said=sentence: self.rows_wanted.emit(wanted, said))
            self.lines.append(line)
            self.body.addWidget(line)
        if not section.items:
            nothing = Dim(section.empty or tr(N_("Nothing.")), wrap=True)
            self.body.addLayout(column(nothing, margins=(_PAD, 0, _PAD, _PAD)))
        self.body.addStretch(1)
