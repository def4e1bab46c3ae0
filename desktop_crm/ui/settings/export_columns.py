"""The columns of an export profile: picked one by one, put into order, headed as the other program wants them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_crm.services.business import ListedChoice
from desktop_crm.ui import theme
from desktop_crm.ui.models import NOTE_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.choice_list import ChoiceList, ChoicesModel, Index
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.labels import Dim
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, tr

Pair = tuple[str, str]
_LINES = 7


class PickedModel(ChoicesModel):
    """The picked columns: each shows its heading, and beside it what it holds where that is not the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.titles: Mapping[str, str] = {}

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.choice(index.row()) if index.isValid() else None
        if line is not None and role in (NOTE_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            title = self.titles.get(line.code or "", line.code or "")
            other = title if title != line.name else ""
            return (other, "neutral") if role == NOTE_ROLE else f"{line.name} {other}".strip()
        return super().data(index, role)


class ExportColumns(QWidget):
    """Columns as (key, heading) in their order; none of them stands for all that a list has.

    A column is added from the choice above; Enter or F2 renames its heading, Alt+Up and Alt+Down move it, Delete
    takes it away.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[Pair, ...] = ()
        self._pairs: list[Pair] = []
        self.model = PickedModel(self)
        self.list = ChoiceList(tr(N_("Columns")), self.model)
        self.offer = Choice(parent=self)
        self.offer.setAccessibleName(tr(N_("Add a column…")))
        self.every = Button(tr(N_("Add all")), "plus", "quiet")
        self._why = Dim(tr(N_("None picked: all columns go out.")), 12, wrap=True)
        self._tools = [
            self._tool("chevron-up", tr(N_("Move up")), "Alt+Up", lambda: self.move_chosen(-1)),
            self._tool("chevron-down", tr(N_("Move down")), "Alt+Down", lambda: self.move_chosen(1)),
            self._tool("edit", tr(N_("Rename")), "F2", self.list.rename),
            self._tool("trash", tr(N_("Remove")), "Del", self.remove),
        ]
        add = row(self.offer, self.every, gap=6)
        add.setStretch(0, 1)
        self.setLayout(column(add, self._why, self.list, row(None, *self._tools, gap=2), gap=6))
        self.setFocusProxy(self.offer)
        self.offer.picked.connect(lambda key: self.add(str(key)))
        self.every.clicked.connect(lambda: self._show([*self._pairs, *self._left()]))
        self.model.renamed.connect(self._rename)
        self.list.moved.connect(self.move_chosen)
        self.list.hide_requested.connect(self.remove)

    def set_offered(self, offered: Sequence[Pair]) -> None:
        """Offer the columns of another list; what was picked and is not among them goes."""
        self._offered = tuple(offered)
        self.model.titles = {key: title if key.startswith("own:") else tr(title) for key, title in offered}
        self._show([pair for pair in self._pairs if pair[0] in self.model.titles])

    def value(self) -> tuple[Pair, ...]:
        """The picked columns as (key, heading), in their order."""
        return tuple(self._pairs)

    def set_value(self, value: Sequence[Pair] | None) -> None:
        """Show these columns."""
        self._show(list(value or ()))

    def set_invalid(self, why: str) -> None:
        """Tell a screen reader why the columns were refused."""
        self.list.setAccessibleDescription(why)

    def add(self, key: str) -> None:
        """Pick one more column, behind the others."""
        pair = next((pair for pair in self._left() if pair[0] == key), None)
        if pair is not None:
            self._show([*self._pairs, pair])
            self.list.choose(len(self._pairs) - 1)

    def move_chosen(self, step: int) -> None:
        """Move the chosen column one place up (-1) or down (1)."""
        place = self.list.currentIndex().row()
        if 0 <= place < len(self._pairs) and 0 <= place + step < len(self._pairs):
            pairs = list(self._pairs)
            pairs[place], pairs[place + step] = pairs[place + step], pairs[place]
            self._show(pairs)
            self.list.choose(place + step)

    def remove(self) -> None:
        """Take the chosen column away."""
        place = self.list.currentIndex().row()
        if 0 <= place < len(self._pairs):
            self._show(self._pairs[:place] + self._pairs[place + 1:])
            self.list.choose(min(place, len(self._pairs) - 1))

    def _rename(self, place: int, heading: str) -> None:
        self._show([(key, heading if number == place else title) for number, (key, title) in enumerate(self._pairs)])
        self.list.choose(place)

    def _left(self) -> list[Pair]:
        picked = {key for key, _ in self._pairs}
        return [pair for pair in self._offered if pair[0] not in picked]

    def _show(self, pairs: list[Pair]) -> None:
        self._pairs = pairs
        self.model.set_rows([ListedChoice(number, title, key, True) for number, (key, title) in enumerate(pairs)])
        left = [(key, self.model.titles.get(key, title)) for key, title in self._left()]
        self.offer.set_options((("", tr(N_("Add a column…"))), *left))
        self.offer.set_value("")
        self.every.setEnabled(bool(left))
        self.list.setFixedHeight(min(len(pairs), _LINES) * max(1, self.list.sizeHintForRow(0)))
        self._why.setVisible(not pairs)
        for part in (self.list, *self._tools):
            part.setVisible(bool(pairs))

    def _tool(self, icon: str, name: str, keys: str, act: Any) -> IconButton:
        button = IconButton(icon, name, keys=QKeySequence(keys), small=True, token="dim")
        button.clicked.connect(lambda: act())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same from the list
        button.setFixedSize(QSize(theme.px(28), theme.px(28)))
        return button
