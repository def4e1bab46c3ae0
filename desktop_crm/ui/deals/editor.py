"""Pipelines and their stages, edited in the panel beside the board that shows the outcome at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.deals import Pipeline, Stage
from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.services import pipelines
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.deals.loading import Lists
from desktop_crm.ui.deals.past import caption
from desktop_crm.ui.forms import TextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, Label
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr

_MIME = "application/x-desktop-crm-stage"


def _whole(typed: str) -> int | None:
    """A whole number as typed, None for nothing; InvalidInput for anything else."""
    text = typed.strip().removesuffix("%").strip()
    if not text:
        return None
    if not text.isdecimal():
        raise InvalidInput(N_("“{value}” is not a whole number."), value=typed)
    return int(text)


class _Grip(IconLabel):
    """Where a stage is taken to be dragged."""

    def __init__(self, stage: int) -> None:
        super().__init__("drag", token="faint")
        self._stage = stage
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setToolTip(tr(N_("Drag, or Alt+Up and Alt+Down, to put the stages in order")))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or (event.position().toPoint() - self._pressed).manhattanLength() < 6:
            return
        self._pressed = None
        drag, data = QDrag(self), QMimeData()
        data.setData(_MIME, str(self._stage).encode())
        drag.setMimeData(data)
        line = self.parentWidget()
        if line is not None:
            drag.setPixmap(line.grab())
        drag.exec(Qt.DropAction.MoveAction)


class StageLine(QWidget):
    """One stage: name, probability and day limit, each saved when it is left."""

    edited = Signal(int, dict)
    shifted = Signal(int, int)
    removed = Signal(int)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.name, self.chance, self.limit = TextField(), TextField(), TextField("—")
        self.chance.setFixedWidth(theme.px(52))
        self.limit.setFixedWidth(theme.px(52))
        for field, title in ((self.name, N_("Name of the stage {name}")), (self.chance, N_("Probability of {name}, %")),
                             (self.limit, N_("Day limit of {name}"))):
            field.setAccessibleName(tr(title, name=stage.name))
        for field in (self.chance, self.limit):
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._show()
        is_open = stage.kind == "open"
        self.remove = IconButton("trash", tr(N_("Delete the stage {name}"), name=stage.name), small=True, token="dim")
        self.remove.clicked.connect(lambda: self.removed.emit(stage.id))
        self.chance.setEnabled(is_open)
        grip: QWidget = _Grip(stage.id) if is_open else IconLabel("won" if stage.kind == "won" else "lost")
        self.setLayout(row(grip, self.name, self.chance, self.limit, self.remove, gap=6,
                           margins=(0, 0, 0 if is_open else 88, 0)))
        self.remove.setVisible(is_open)
        self.limit.setVisible(is_open)
        self.name.editingFinished.connect(lambda: self._finish("name", self.name, lambda typed: typed.strip()))
        self.chance.editingFinished.connect(lambda: self._finish("probability", self.chance, _whole))
        self.limit.editingFinished.connect(lambda: self._finish("day_limit", self.limit, _whole))

    def refuse(self, error: CrmError) -> None:
        """Mark the field that the error names."""
        fields = {"name": self.name, "probability": self.chance, "day_limit": self.limit}
        field = fields.get(error.at if isinstance(error, InvalidInput) else "")
        if field is not None:
            field.set_invalid(current().error(error))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.stage.kind == "open":
            self.shifted.emit(self.stage.id, -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.name.set_value(self.stage.name)
        self.chance.set_value(str(self.stage.probability))
        self.limit.set_value("" if self.stage.day_limit is None else str(self.stage.day_limit))

    def _finish(self, key: str, field: TextField, read: Callable[[str], object]) -> None:
        try:
            value = read(field.text())
        except CrmError as error:
            field.set_invalid(current().error(error))
            return
        if key == "probability" and value is None:
            value = 0
        field.set_invalid("")
        if value != getattr(self.stage, key):
            self.edited.emit(self.stage.id, {key: value})


class PipelineEditor(QWidget):
    """Shows one pipeline at a time; every change is saved as one act. `picked(pipeline)` when another is shown."""

    closed = Signal()
    picked = Signal(int)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._pipeline: Pipeline | None = None
        self._pipelines: dict[int, str] = {}
        self.lines: list[StageLine] = []
        self.setAcceptDrops(True)
        close = IconButton("close", tr(N_("Close (Esc)")), small=True, token="dim")
        close.clicked.connect(self.closed)
        self.choice = Choice()
        self.choice.setAccessibleName(tr(N_("Pipeline")))
        self.choice.picked.connect(lambda pipeline: self.picked.emit(pipeline))
        self.name = TextField()
        self.name.setAccessibleName(tr(N_("Name of the pipeline")))
        self.name.editingFinished.connect(self._rename)
        self.add_pipeline = Button(tr(N_("New pipeline")), "plus")
        self.add_pipeline.clicked.connect(self._add_pipeline)
        self.earlier = IconButton("chevron-up", tr(N_("Put the pipeline before")), small=True, token="dim")
        self.later = IconButton("chevron-down", tr(N_("Put the pipeline after")), small=True, token="dim")
        self.remove = IconButton("trash", tr(N_("Delete the pipeline")), small=True, token="dim")
        self.earlier.clicked.connect(lambda: self._shift_pipeline(-1))
        self.later.clicked.connect(lambda: self._shift_pipeline(1))
        self.remove.clicked.connect(self._delete_pipeline)
        self.add_stage = TextField(tr(N_("New stage: name, Enter")))
        self.add_stage.setAccessibleName(tr(N_("New stage")))
        self.add_stage.returnPressed.connect(self._add_stage)
        self._rows = column(gap=6)
        self._why = Label(tone="bad", wrap=True)
        self._why.hide()
        self._lay_out(close)

    def _lay_out(self, close: QWidget) -> None:
        top = row(self.choice, self.add_pipeline)
        top.setStretch(0, 1)
        chance, limit = Dim(tr(N_("Prob. %")), 11), Dim(tr(N_("Days")), 11)
        for label in (chance, limit):
            label.setMinimumWidth(theme.px(52))  # a longer word begins further to the left
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        heads = row(caption(tr(N_("Stages"))), None, chance, limit, gap=6, margins=(0, 0, 30, 0))
        hint = Dim(tr(N_("A deal that stays longer in its stage than the days given is marked. Empty: no limit.")), 12,
                   wrap=True)
        self.setLayout(column(
            row(Heading(tr(N_("Pipelines and stages"))), None, close), top,
            column(Dim(tr(N_("Name")), 12), row(self.name, self.earlier, self.later, self.remove, gap=6), gap=4),
            Hairline(), heads, self._rows, self._why,
            self.add_stage, hint, None, gap=12, margins=(16, 14, 16, 16)))

    def show_pipeline(self, lists: Lists, pipeline: int | None) -> None:
        """Show a pipeline with its stages; the keyboard stays where it is."""
        now = lists.pipeline(pipeline)
        self._pipelines = {item.id: item.name for item in lists.pipelines}
        self.earlier.setEnabled(now.id != next(iter(self._pipelines)))
        self.later.setEnabled(now.id != [*self._pipelines][-1])
        self.remove.setEnabled(len(self._pipelines) > 1)
        self.choice.set_options(tuple((item.id, item.name) for item in lists.pipelines))
        self.choice.set_value(now.id)
        if now == self._pipeline:
            return
        self._pipeline = now
        self._why.hide()
        self.name.set_value(now.name)
        if [line.stage for line in self.lines] != list(now.stages):
            self._show_stages(now)

    def line(self, stage: int) -> StageLine:
        """The line of a stage; KeyError if it is not shown."""
        return {line.stage.id: line for line in self.lines}[stage]

    def why(self) -> str:
        """What the service refused last, "" if nothing."""
        return "" if self._why.isHidden() else self._why.text()

    # Parts

    def _show_stages(self, pipeline: Pipeline) -> None:
        focused = next(((line.stage.id, place) for line in self.lines
                        for place, field in enumerate((line.name, line.chance, line.limit)) if field.hasFocus()), None)
        empty(self._rows)
        self.lines = []
        for stage in pipeline.stages:
            line = StageLine(stage)
            line.edited.connect(self._edit)
            line.shifted.connect(self._shift)
            line.removed.connect(self._delete)
            self._rows.addWidget(line)
            self.lines.append(line)
        for line in self.lines:
            if focused is not None and line.stage.id == focused[0]:
                (line.name, line.chance, line.limit)[focused[1]].setFocus()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_MIME):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        stage = int(bytes(event.mimeData().data(_MIME).data()))
        event.acceptProposedAction()
        below = event.position().y()
        others = [line for line in self.lines if line.stage.kind == "open" and line.stage.id != stage]
        before = [line.stage.id for line in others if line.geometry().center().y() < below]
        after = [line.stage.id for line in others if line.stage.id not in before]
        self._order([*before, stage, *after])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _try(self, act: Callable[[], object]) -> CrmError | None:
        """Do it; what the service refuses is said below the stages."""
        self._why.hide()
        try:
            act()
        except CrmError as error:
            self._why.setText(current().error(error))
            self._why.show()
            return error
        return None

    def _edit(self, stage: int, values: dict[str, object]) -> None:
        error = self._try(lambda: pipelines.edit_stage(self._book, stage, values))
        if error is not None:
            self.line(stage).refuse(error)

    def _shift(self, stage: int, step: int) -> None:
        ids = [line.stage.id for line in self.lines if line.stage.kind == "open"]
        place = ids.index(stage)
        if 0 <= place + step < len(ids):
            ids[place], ids[place + step] = ids[place + step], ids[place]
            self._order(ids)

    def _order(self, ids: list[int]) -> None:
        decided = [line.stage.id for line in self.lines if line.stage.kind != "open"]
        if ids + decided != [line.stage.id for line in self.lines]:
            self._try(lambda: pipelines.order_stages(self._book, [*ids, *decided]))

    def _delete(self, stage: int) -> None:
        self._try(lambda: pipelines.delete_stage(self._book, stage))

    def _add_stage(self) -> None:
        name = self.add_stage.value()
        pipeline = self._pipeline
        if name and pipeline is not None:
            last = max((stage.probability for stage in pipeline.open_stages), default=50)
            if self._try(lambda: pipelines.add_stage(self._book, pipeline.id,
                                                     {"name": name, "probability": last})) is None:
                self.add_stage.set_value("")

    def _rename(self) -> None:
        pipeline = self._pipeline
        if pipeline is None or self.name.value() == pipeline.name:
            return
        error = self._try(lambda: pipelines.rename_pipeline(self._book, pipeline.id, self.name.value()))
        self.name.set_invalid("" if error is None else current().error(error))

    def _add_pipeline(self) -> None:
        """A new pipeline starts with the stages of the one that is shown, and is shown, its name to be typed."""
        pipeline = self._pipeline
        made: list[int] = []
        name, number = tr(N_("New pipeline")), 2
        while name in self._pipelines.values():
            name, number = f"{tr(N_('New pipeline'))} {number}", number + 1
        if pipeline is not None and self._try(lambda: made.append(pipelines.add_pipeline(
                self._book, name, pipeline.id))) is None:
            self.picked.emit(made[0])
            self.name.setFocus()
            self.name.selectAll()

    def _shift_pipeline(self, step: int) -> None:
        ids = [*self._pipelines]
        place = ids.index(self._pipeline.id) if self._pipeline is not None else -1
        if place >= 0 and 0 <= place + step < len(ids):
            ids[place], ids[place + step] = ids[place + step], ids[place]
            self._try(lambda: pipelines.order_pipelines(self._book, ids))

    def _delete_pipeline(self) -> None:
        """Take an unused pipeline away, and show the one beside it."""
        pipeline, ids = self._pipeline, [*self._pipelines]
        if pipeline is not None and self._try(lambda: pipelines.delete_pipeline(self._book, pipeline.id)) is None:
            place = ids.index(pipeline.id)
            self.picked.emit(ids[place - 1] if place else ids[1])
            self.choice.setFocus()
