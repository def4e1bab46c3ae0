"""The lower part of a card: chips that choose what is listed, a line to add to it, and the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.customers.about_lines import about_lines
from desktop_crm.ui.customers.account import AccountBlock
from desktop_crm.ui.customers.account_lines import account_lines
from desktop_crm.ui.customers.items import (
    contact_lines,
    deal_lines,
    document_lines,
    task_lines,
    timeline_lines,
)
from desktop_crm.ui.customers.timeline_filter import TimelineFilter
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.line_view import LinesView
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.fields import QuickLine
from desktop_crm.ui.widgets.labels import Dim
from desktop_crm.ui.widgets.layout import FlowLayout, column
from desktop_crm.ui.words import N_, tr

SECTIONS = {"all": N_("All"), "about": N_("About"), "contacts": N_("Contacts"), "deals": N_("Deals"),
            "account": N_("Account"), "tasks": N_("Tasks"), "documents": N_("Documents"),
            "changes": N_("Changes")}
_EMPTY = {
    "all": N_("Nothing has happened yet. Log the first call above."),
    "about": N_("Nothing is known yet but the name. Write down a phone or an e-mail above."),
    "contacts": N_("No contact people yet."),
    "deals": N_("No deals and no payments yet."),
    "account": N_("Nothing on account. Money that is owed or paid stands here."),
    "tasks": N_("No tasks yet."),
    "documents": N_("No documents yet. Attach a file, drop it here, or paste a picture (Ctrl+V)."),
    "changes": N_("Nothing was changed yet."),
}
_NARROWED = N_("Nothing of what you chose. The filter above shows all again.")


def lines_of(book: Book, section: str, customer: int, limit: int, parts: tuple[str, ...] = ()) -> list[Line]:
    """The first `limit` lines of a section of a customer's card; `parts` narrows the timeline (empty: all)."""
    if section in ("all", "changes"):
        return timeline_lines(book, customer, limit, ("change",) if section == "changes" else parts)
    makers: dict[str, Callable[[Book, int, int], list[Line]]] = {
        "about": about_lines, "contacts": contact_lines, "deals": deal_lines, "account": account_lines,
        "tasks": task_lines, "documents": document_lines}
    return makers[section](book, customer, limit)


class Sections(QWidget):
    """Shows one section at a time; `add_wanted(kind)` is contact, known (a person of another company), deal,
    payment or document, `task_typed(text)` a new task.
    """

    add_wanted = Signal(str)
    task_typed = Signal(str)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._customer = book, 0
        self.chips = {key: Chip(tr(title)) for key, title in SECTIONS.items()}
        self._group = ChipGroup(list(self.chips.values()), self)
        self._strip = QWidget()
        flow = FlowLayout(self._strip, gap=5)
        for key, chip in self.chips.items():
            flow.addWidget(chip)
            chip.clicked.connect(lambda _=False, key=key: self.show_section(key))
        self.timeline_filter = TimelineFilter()
        self.timeline_filter.changed.connect(lambda: self._load(keep=False))
        flow.addWidget(self.timeline_filter)
        self.task_line = QuickLine(tr(N_("Add a task")))
        self.task_line.entered.connect(self.task_typed)
        self.way_line = QuickLine(tr(N_("Add a phone, e-mail, LINE, page …")))
        self._adders = {"about": (self.way_line,),
                        "contacts": (self._adder("contact", N_("Add contact")),
                                     self._adder("known", N_("Add a known person"))),
                        "deals": (self._adder("deal", N_("New deal")), self._adder("payment", N_("Add payment"))),
                        "tasks": (self.task_line,),
                        "documents": (self._adder("document", N_("Attach a file…")),)}
        self.account = AccountBlock(book)
        self.account.hide()
        self.view = LinesView(tr(SECTIONS["all"]))
        self._nothing = Dim(wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._nothing.setParent(self.view)
        self._lay_out()
        self.section = "all"
        self.chips["all"].setChecked(True)

    def _lay_out(self) -> None:
        lines = column(self.task_line, self.way_line, margins=(16, 0, 16, 4), gap=0)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, gap=4)
        for adders in self._adders.values():
            for adder in adders:
                if isinstance(adder, Button):
                    flow.addWidget(adder)
        tools = column(lines, column(self._buttons, margins=(10, 0, 10, 0)), self.account, gap=0)
        top = column(self._strip, margins=(16, 10, 12, 8))
        body = column(top, tools, self.view, gap=0)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _adder(self, kind: str, title: str) -> Button:
        button = Button(tr(title), "plus", "quiet")
        button.clicked.connect(lambda: self.add_wanted.emit(kind))
        return button

    def show_customer(self, customer: int, counts: dict[str, int], reading: bool) -> None:
        """Show a customer's lines with the counts of the chips; the same one keeps its place."""
        keep, self._customer = customer == self._customer, customer
        for key, count in counts.items():
            self.chips[key].set_count(count or None)
        self._reading = reading
        self._show_adders()
        self._show_account()
        self._load(keep)

    def show_section(self, section: str) -> None:
        """Show another section of the same customer."""
        self.section = section
        self.chips[section].setChecked(True)
        self.view.setAccessibleName(tr(SECTIONS[section]))
        self._show_adders()
        self._show_account()
        self._load(keep=False)

    def _show_adders(self) -> None:
        """Only what adds to the section that is shown, or narrows it."""
        self.timeline_filter.setVisible(self.section == "all")
        for key, adders in self._adders.items():
            for adder in adders:
                adder.setVisible(key == self.section and not self._reading)
        self._buttons.setVisible(any(isinstance(adder, Button) for adder in self._adders.get(self.section, ()))
                                 and not self._reading)

    def _show_account(self) -> None:
        self.account.setVisible(self.section == "account")
        if self.section == "account":
            self.account.show_customer(self._customer)

    def _load(self, keep: bool) -> None:
        book, section, customer, parts = self._book, self.section, self._customer, self.timeline_filter.parts
        bar, line = self.view.verticalScrollBar(), self.view.current()
        place = bar.value() if keep else 0
        self.view.lines.set_source(lambda limit: lines_of(book, section, customer, limit, parts), keep)
        row_ = self.view.lines.row_of(line.kind, line.id) if keep and line is not None else -1
        if row_ >= 0:
            self.view.setCurrentIndex(self.view.lines.index(row_))
        self.view.doItemsLayout()
        bar.setValue(place)
        bare = self.view.lines.rowCount() == 0
        empty = _NARROWED if section == "all" and parts else _EMPTY[section]
        self._nothing.setText(tr(empty) if bare else "")
        self._nothing.setVisible(bare)
        self._place_nothing(self._nothing)

    def _place_nothing(self, label: QLabel) -> None:
        margin = theme.px(16)
        label.setGeometry(margin, theme.px(24), max(0, self.view.width() - 2 * margin), theme.px(60))

    _reading = False
