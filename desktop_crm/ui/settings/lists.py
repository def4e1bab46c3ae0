"""The lists that forms offer: where customers and deals come from, and why deals are lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import business
from desktop_crm.ui import theme
from desktop_crm.ui.settings.choice_list import ChoiceList, ChoicesModel
from desktop_crm.ui.settings.section import Desk, Section
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.fields import QuickLine
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr


class ListsSection(Section):
    """Both lists side by side."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Sources and reasons")), parent)
        self.sources = ChoicesCard(desk, "sources", tr(N_("Sources")), tr(N_(
            "Where customers and deals come from.")), tr(N_("Add a source")))
        self.reasons = ChoicesCard(desk, "lost_reasons", tr(N_("Lost reasons")), tr(N_(
            "What is asked when a deal is lost.")), tr(N_("Add a reason")))
        about = Dim(tr(N_("A hidden word is no longer offered; what has it keeps it. A renamed one keeps its "
                          "meaning in reports.")), wrap=True)
        both = row(self.sources, self.reasons, gap=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        body = column(about, both, gap=16, margins=(16, 16, 16, 16))
        body.setStretch(1, 1)
        self.setLayout(column(self.head(None), Hairline(), body, gap=0))

    def start(self) -> None:
        """Load both lists."""
        self.sources.load()
        self.reasons.load()

    def reload(self, changes: Changes) -> None:
        """Load both lists again if a word was changed."""
        if changes.touches("choices"):
            self.start()

    def leave(self) -> bool:
        """Say that nothing waits to be saved: each word is saved with its Enter."""
        return True

    def focus(self) -> None:
        """Put the keyboard into the first list."""
        self.sources.list.setFocus()

    def new(self) -> None:
        """Put the cursor where a word is added to the list in use."""
        card = self.reasons if self.reasons.isAncestorOf(self.focusWidget()) else self.sources
        card.line.setFocus()


class ChoicesCard(Card):
    """One list with its tools and a line to add to it; a refusal stands below."""

    def __init__(self, desk: Desk, kind: str, title: str, about: str, add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0, gap=0)
        self._desk, self._kind = desk, kind
        self._wanted: int | None = None
        self.model = ChoicesModel(self)
        self.list = ChoiceList(title, self.model)
        self.line = QuickLine(add)
        self._why = Label("", 12, tone="bad", wrap=True)
        self._why.hide()
        self._tools = {
            "up": _tool("chevron-up", tr(N_("Move up")), "Alt+Up", lambda: self._move(-1)),
            "down": _tool("chevron-down", tr(N_("Move down")), "Alt+Down", lambda: self._move(1)),
            "rename": _tool("edit", tr(N_("Rename")), "F2", self.list.rename),
            "hide": _tool("eye", tr(N_("Hide")), "Del", self._turn),
        }
        words = column(Label(title, strong=True), Dim(about, 12), gap=2)
        head = row(words, None, *self._tools.values(), gap=2, margins=(10, 10, 10, 8))
        self.body.addLayout(head)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.list, 1)
        self.body.addWidget(Hairline())
        self.body.addLayout(column(self.line, self._why, gap=4, margins=(10, 10, 10, 10)))
        self._wire()

    def load(self) -> None:
        """Show the list as it is in the file; the chosen word stays chosen."""
        now = self.model.choice(self.list.currentIndex().row())
        wanted = self._wanted if self._wanted is not None else now.id if now else None
        self._wanted = None
        self.model.set_rows(business.all_choices(self._desk.book, self._kind))
        self.list.choose(max(0, self.model.row_of(wanted)))
        self._refresh()

    def _wire(self) -> None:
        reading = self._desk.book.reading
        self.model.editable = not reading
        self.line.setEnabled(not reading)
        self.model.renamed.connect(self._rename)
        self.list.moved.connect(self._move)
        self.list.hide_requested.connect(self._turn)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._refresh())
        self.line.entered.connect(self._add)
        self.line.textEdited.connect(lambda _: self._say(""))

    def _refresh(self) -> None:
        """The tools that fit the chosen word."""
        place, writing = self.list.currentIndex().row(), not self._desk.book.reading
        now = self.model.choice(place)
        self._tools["up"].setEnabled(writing and place > 0)
        self._tools["down"].setEnabled(writing and 0 <= place < self.model.rowCount() - 1)
        self._tools["rename"].setEnabled(writing and now is not None)
        self._tools["hide"].setEnabled(writing and now is not None)
        self._tools["hide"].set_text(tr(N_("Hide")) if now is None or now.active else tr(N_("Show")),
                                     QKeySequence("Del"))

    def _add(self, name: str) -> None:
        def act() -> None:
            self._wanted = business.add_choice(self._desk.book, self._kind, name)

        if self._do(act, tr(N_("Added “{name}”"), name=name)):
            self.line.clear()

    def _rename(self, choice: int, name: str) -> None:
        self._do(lambda: business.rename_choice(self._desk.book, self._kind, choice, name),
                 tr(N_("Renamed to “{name}”"), name=name))

    def _turn(self) -> None:
        """Hide the chosen word, or offer it again."""
        now = self.model.choice(self.list.currentIndex().row())
        if now is not None and not self._desk.book.reading:
            text = tr(N_("Hidden: {name}") if now.active else N_("Offered again: {name}"), name=now.name)
            self._do(lambda: business.hide_choice(self._desk.book, now.id, hidden=now.active), text)

    def _move(self, step: int) -> None:
        place, ids = self.list.currentIndex().row(), self.model.ids()
        if self._desk.book.reading or not 0 <= place + step < len(ids) or place < 0:
            return
        ids[place], ids[place + step] = ids[place + step], ids[place]
        self._do(lambda: business.order_choices(self._desk.book, self._kind, ids), tr(N_("Order changed")))

    def _do(self, act: Callable[[], object], text: str) -> bool:
        try:
            self._desk.acts.do(act, text)
        except CrmError as error:
            self._say(current().error(error))
            return False
        self._say("")
        return True

    def _say(self, why: str) -> None:
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.line.setAccessibleDescription(why)


def _tool(icon: str, name: str, keys: str, act: Callable[[], None]) -> IconButton:
    button = IconButton(icon, name, keys=QKeySequence(keys), small=True, token="dim")
    button.clicked.connect(lambda: act())
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same from the list
    button.setFixedSize(QSize(theme.px(28), theme.px(28)))
    return button
