"""The builder of the filter: conditions of any field in rows, all or any of them, with groups one level deep."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QVBoxLayout, QWidget

from desktop_crm.domain.conditions import Condition, Group, without_empty
from desktop_crm.domain.errors import N_
from desktop_crm.services.conditions import Vocabulary
from desktop_crm.ui import theme
from desktop_crm.ui.customers.condition_row import ConditionRow
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import tr

_HIGHEST = 246


class Kept(QWidget):
    """A part that has no row here: a group in a group in a group, or a field that is gone; it can be taken away."""

    removed = Signal()

    def __init__(self, part: Condition | Group, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._remove = IconButton("close", tr(N_("Take this condition away")), small=True, token="dim")
        self._remove.clicked.connect(self.removed)
        self.setLayout(row(ElidedLabel(said, tone="dim"), self._remove))

    def part(self) -> Condition | Group:
        """The part as it came."""
        return self._part

    def chain(self) -> list[QWidget]:
        """What takes the keyboard."""
        return [self._remove]


class GroupEditor(QFrame):
    """Rows of which all or any must hold: `changed()`, `removed()` of a nested one, `resized()`.

    What adds to the outermost one is its `foot`, which stays in sight below the rows that scroll.
    """

    changed = Signal()
    removed = Signal()
    resized = Signal()

    def __init__(self, known: Vocabulary, group: Group, nested: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known, self._nested = known, nested
        self.parts: list[ConditionRow | GroupEditor | Kept] = []
        self.joint = Choice(((True, tr(N_("All of these"))), (False, tr(N_("Any of these")))))
        self.joint.setAccessibleName(tr(N_("How the conditions are joined")))
        self.joint.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.joint.set_value(group.all)
        self.joint.picked.connect(lambda _: self.changed.emit())
        self._rows: QVBoxLayout = column(gap=6)
        self.add_button = Button(tr(N_("Condition")), "plus", "quiet")
        self.add_button.clicked.connect(lambda: self.add().field.setFocus())
        self.foot = QWidget()
        buttons = row(self.add_button, gap=6)
        self.foot.setLayout(buttons)
        head = row(self.joint, None)
        self._first: list[QWidget] = [self.joint]
        self._last: list[QWidget] = [self.add_button]
        if nested:
            remove = IconButton("close", tr(N_("Take this group away")), small=True, token="dim")
            remove.clicked.connect(self.removed)
            head.addWidget(remove)
            self._first.append(remove)
        else:
            add_group = Button(tr(N_("Group")), "plus", "quiet")
            add_group.clicked.connect(self.add_group)
            buttons.addWidget(add_group)
            self._last.append(add_group)
        buttons.addStretch(1)
        if nested:
            body = column(head, self._rows, self.foot, gap=6)
            self.setLayout(row(Hairline(vertical=True), body, gap=12, margins=(4, 0, 0, 0)))
        else:
            self.setLayout(column(head, self._rows, gap=6))
        for part in group.parts:
            self._put(self._editor(part))

    def group(self) -> Group:
        """The group of what the rows say; rows that say nothing yet are left out."""
        said = (part.group() if isinstance(part, GroupEditor) else part.part() for part in self.parts)
        return Group(bool(self.joint.value()), tuple(part for part in said if part is not None))

    def chain(self) -> list[QWidget]:
        """What takes the keyboard, in the order of Tab."""
        return [*self._first, *(widget for part in self.parts for widget in part.chain()), *self._last]

    def add(self) -> ConditionRow:
        """Add an empty row and return it."""
        made = ConditionRow(self._known)
        self._put(made)
        return made

    def add_group(self) -> GroupEditor:
        """Add a group with an empty row, joined the other way, and stand in it."""
        made = GroupEditor(self._known, Group(not self.joint.value()), nested=True)
        made.add()
        self._put(made)
        made.focus_first()
        return made

    def focus_first(self) -> None:
        """Put the keyboard into the first row, else on the button that adds one."""
        first = self.parts[0] if self.parts else None
        if isinstance(first, ConditionRow):
            (first.editors[0] if first.part() and first.editors else first.field).setFocus()
        elif isinstance(first, GroupEditor):
            first.focus_first()
        else:
            self.add_button.setFocus()

    def _editor(self, part: Condition | Group) -> ConditionRow | GroupEditor | Kept:
        if isinstance(part, Group) and not self._nested:
            return GroupEditor(self._known, part, nested=True)
        if isinstance(part, Condition) and self._known.asks(part):
            return ConditionRow(self._known, part)
        return Kept(part, self._known.said(part))

    def _put(self, editor: ConditionRow | GroupEditor | Kept) -> None:
        self.parts.append(editor)
        self._rows.addWidget(editor)
        editor.show()  # now, not with the next event: what is not in sight takes no keyboard
        editor.removed.connect(lambda: self._remove(editor))
        if not isinstance(editor, Kept):
            editor.changed.connect(self.changed)
            editor.resized.connect(self.resized)
        self.resized.emit()

    def _remove(self, editor: ConditionRow | GroupEditor | Kept) -> None:
        place = self.parts.index(editor)
        self.parts.remove(editor)
        self._rows.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        after = self.parts[min(place, len(self.parts) - 1)] if self.parts else None
        (after.field if isinstance(after, ConditionRow) else self.add_button).setFocus()
        self.changed.emit()
        self.resized.emit()


class ConditionsPanel(Panel):
    """Shows and changes the conditions of the filter: `changed(Group | None)` at once, `closed()` on Escape."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        close = IconButton("close", tr(N_("Close")), small=True, token="dim")
        close.clicked.connect(self.closed)
        self._holder = QWidget()
        self._holder.setLayout(column(gap=0))
        self._scroll = Scroll(self._holder)
        self._foot = column(gap=0)
        body = row(column(self._scroll, self._foot, gap=6), column(close, None), gap=6, margins=(16, 8, 12, 8))
        self.setLayout(column(Hairline(), body, gap=0))
        self.setAccessibleName(tr(N_("Conditions")))
        self.editor: GroupEditor | None = None
        self._fitting = QTimer(self)  # a row is as high as it will be only when the layouts have had their turn
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)

    def group(self) -> Group | None:
        """The conditions as they stand; None if there are none."""
        return without_empty(self.editor.group()) if self.editor is not None else None

    def show_group(self, known: Vocabulary, group: Group | None) -> None:
        """Show other conditions, with an empty row if there are none; nothing is emitted."""
        if self.editor is not None:
            for gone in (self.editor, self.editor.foot):
                gone.hide()
                gone.deleteLater()
        self.editor = GroupEditor(known, group or Group(True))
        if group is None:
            self.editor.add()
        self.editor.changed.connect(lambda: self.changed.emit(self.group()))
        self.editor.resized.connect(self._arranged)
        holder = self._holder.layout()
        if holder is not None:
            holder.addWidget(self.editor)
        self._foot.addWidget(self.editor.foot)
        self._arranged()
        self._fit()

    def focus_part(self, place: int) -> None:
        """Put the keyboard into one of the parts, the first of which is 0."""
        if self.editor is None:
            return
        part = self.editor.parts[place] if 0 <= place < len(self.editor.parts) else None
        if isinstance(part, ConditionRow):
            (part.editors[0] if part.editors else part.test).setFocus()
            self._scroll.ensureWidgetVisible(part)
        elif isinstance(part, GroupEditor):
            part.focus_first()
        else:
            self.editor.focus_first()

    def _arranged(self) -> None:
        """Let Tab go from row to row as they stand; they come and go in any order."""
        for first, second in pairwise(self.editor.chain() if self.editor is not None else ()):
            QWidget.setTabOrder(first, second)
        self._fitting.start()

    def _fit(self) -> None:
        """As high as the rows, up to a height that leaves the list in sight."""
        if self.editor is None:
            return
        high = max(self.editor.sizeHint().height(), self._with_whys())
        self._scroll.setFixedHeight(min(high, theme.px(_HIGHEST)))
        focused = QApplication.focusWidget()
        if focused is not None and self._holder.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, theme.px(8))

    def _with_whys(self) -> int:
        """The height of the rows at the width that there is; a refusal may take several lines."""
        layout = self.editor.layout() if self.editor is not None else None
        return layout.totalHeightForWidth(self._scroll.viewport().width()) if layout is not None else 0

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fitting.start()
        return super().event(event)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
