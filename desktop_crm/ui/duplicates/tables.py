"""The groups of customers that may be one, and one group field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.duplicates import Group
from desktop_crm.domain.merging import ALL, Line, Preview
from desktop_crm.ui.duplicates import phrases
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.words import N_, current, tr

_SURE = 0.95


class _Lettered(RecordTable):
    """A table that leaves single letters to the panel, whose keys they are."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalpha() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class GroupTable(_Lettered):
    """The groups, surest first; `selected` and `opened` carry their places, from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Possible duplicates")), parent)
        self._groups: tuple[Group, ...] = ()
        self._names: Mapping[int, str] = {}
        self.set_paged(PagedModel([
            ColumnSpec("names", tr(N_("Customers")), self._who, bold=True, width=260, stretch=True, sortable=False,
                       tooltip=lambda group: f"{self._who(group)}: {phrases.why(group.likeness)}"),
            ColumnSpec("sure", tr(N_("Sure")), lambda group: current().rate(group.likeness.confidence, 0),
                       kind="badge", tone=lambda group: "good" if group.likeness.confidence >= _SURE else "warn",
                       width=76, sortable=False),
        ], lambda places: [self.group(place) for place in places], self))
        self.setSelectionMode(RecordTable.SelectionMode.SingleSelection)

    def _who(self, group: Group) -> str:
        return " · ".join(self._names.get(record, "") for record in group.ids)

    def group(self, place: int | None) -> Group | None:
        """The group at a place, None outside."""
        return self._groups[place - 1] if place is not None and 0 < place <= len(self._groups) else None

    def chosen(self) -> Group | None:
        """The group that is selected."""
        return self.group(next(iter(self.selected_ids()), None))

    def show_groups(self, groups: Sequence[Group], names: Mapping[int, str]) -> None:
        """Show these; the chosen one stays chosen, else the one that came into its place is."""
        before, place = self.chosen(), next(iter(self.selected_ids()), 1)
        self._groups, self._names = tuple(groups), names
        self.paged().set_ids(range(1, len(groups) + 1))
        same = [number for number, group in enumerate(groups, 1) if before is not None and group.ids == before.ids]
        if not self.select(same[0] if same else min(place, len(groups))):
            self.selected.emit([])


class FieldTable(_Lettered):
    """One line a field, one column a customer, then the result.

    Left and Right take another customer's value (after the last one, of a long text, all of them): `chosen(field,
    whose)`; Enter is `wanted()`.
    """

    chosen = Signal(str, int)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Fields")), parent)
        self._plan: Preview | None = None
        self._lines: tuple[Line, ...] = ()
        self._currency = ""
        self.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        self.opened.connect(lambda _: self.wanted.emit())
        self.clicked.connect(self._clicked)

    def show_plan(self, plan: Preview | None, currency: str) -> None:
        """Show what a merge would do; where the customers differ comes first."""
        place, lasting = self.current_id() if self._plan is not None else 1, self._plan is not None and plan is not None
        same = lasting and self._plan is not None and plan is not None and self._plan.names.keys() == plan.names.keys()
        self._plan, self._currency = plan, currency
        self._lines = _ordered(plan) if plan is not None else ()
        old = self.model()
        model: PagedModel[Line] = PagedModel(self._columns(), lambda places: [
            self._lines[number - 1] for number in places], self)
        model.set_ids(range(1, len(self._lines) + 1))
        self.set_paged(model)
        if old is not None:
            old.deleteLater()
        self.select(place if same and place else 1)

    def _columns(self) -> list[ColumnSpec[Line]]:
        plan = self._plan
        if plan is None:
            return [ColumnSpec("field", "", lambda line: "", sortable=False)]
        taken = tr(N_("taken"))

        def side(record: int) -> ColumnSpec[Line]:
            def text(line: Line) -> str:
                return phrases.value(line, dict(line.values)[record], plan, self._currency)

            def mark(line: Line) -> tuple[str, str]:
                both = line.chosen == ALL and bool(dict(line.values)[record])
                return ("check", taken) if line.chosen == record or both else ("", "")

            return ColumnSpec(str(record), f"{plan.names[record]} ({current().number(record)})", text, width=170,
                              least=90, icon=mark, tooltip=text, sortable=False, stretch=True)

        def result(line: Line) -> str:
            return phrases.value(line, line.result, plan, self._currency)

        return [ColumnSpec("field", tr(N_("Field")), lambda line: tr(line.field.title), kind="dim", width=130, least=80,
                           sortable=False),
                *(side(record) for record in (plan.keep, *plan.others)),
                ColumnSpec("result", tr(N_("Result")), result, bold=True, width=170, least=90, tooltip=result,
                           sortable=False, stretch=True)]

    def line(self) -> Line | None:
        """The field with the keyboard's place."""
        place = self.current_id()
        return self._lines[place - 1] if place is not None else None

    def _clicked(self, index: QModelIndex) -> None:
        line, plan = self.line(), self._plan
        if line is None or plan is None:
            return
        place = index.column() - 1
        whose = (plan.keep, *plan.others)
        if line.chosen is not None and line not in plan.ways and 0 <= place < len(whose):
            self.chosen.emit(line.field.key, whose[place])

    def _step(self, step: int) -> None:
        line, plan = self.line(), self._plan
        if line is None or plan is None or line in plan.ways:
            return
        sides = [plan.keep, *plan.others, *([ALL] if line.joins else [])]
        at = sides.index(line.chosen) if line.chosen in sides else 0
        place = at + step
        if 0 <= place < len(sides):
            self.chosen.emit(line.field.key, sides[place])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            forward = (event.key() == Qt.Key.Key_Right) != self.isRightToLeft()
            self._step(1 if forward else -1)
        else:
            super().keyPressEvent(event)


def _ordered(plan: Preview) -> tuple[Line, ...]:
    """The lines as they are read: the name and how to reach them, then where they differ, then the rest."""
    there = [line for line in plan.lines if line.present]
    names = [line for line in there if line.field.key == "name"]
    rest = sorted((line for line in there if line.field.key != "name"), key=lambda line: not line.differs)
    return (*names, *(line for line in plan.ways if line.present), *rest)
