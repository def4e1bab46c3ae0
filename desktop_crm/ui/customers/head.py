"""The top of a card: who it is, how to reach them, and the key figures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QWidget

from desktop_crm.domain.customers import HEATS, KINDS, STATES, CustomerFigures
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card
from desktop_crm.services.local_time import There
from desktop_crm.ui import icons, theme
from desktop_crm.ui.customers.clock import LocalClock
from desktop_crm.ui.customers.columns import HEAT_TONES, STATE_TONES
from desktop_crm.ui.customers.ways_bar import WaysBar
from desktop_crm.ui.forms import InlineText
from desktop_crm.ui.qt import override
from desktop_crm.ui.when import ago
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline, Label, tip
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr

_LONG_NOTE = 120


class PinnedNote(QFrame):
    """The note that stands at the top of a card, at most three lines of it; a click or Enter edits it."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pinned")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words = Label("", wrap=True, tone="warn")
        pin = IconLabel("pin", token="warn")
        line = row(pin, self.words, gap=8, margins=(16, 8, 16, 8))
        line.setStretch(1, 1)
        line.setAlignment(pin, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.words.setMaximumHeight(3 * self.words.fontMetrics().lineSpacing() + theme.px(2))
        self.hide()

    def show_note(self, text: str) -> None:
        """Show another note; nothing without one."""
        self.words.setText(text)
        self.setToolTip(tip(text) if len(text) > _LONG_NOTE else "")
        self.setAccessibleName(tr(N_("Pinned note: {text}"), text=text) if text else "")
        self.setVisible(bool(text))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


class CardHead(QWidget):
    """Name, state, heat and ways to reach of one customer; the name is edited in place.

    `renamed(text)`, `starred(bool)`, `way_missing(kind)` where there is no phone or e-mail, `copied(text)`,
    `note_wanted()` for the pinned note.
    """

    renamed = Signal(str)
    starred = Signal(bool)
    way_missing = Signal(str)
    copied = Signal(str)
    note_wanted = Signal()

    def __init__(self, book: Book, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.note = PinnedNote()
        self.note.wanted.connect(self.note_wanted)
        self._avatar = Avatar()
        self.name = InlineText(name=tr(N_("Name")), size=16, strong=True, required=True)
        self.name.committed.connect(self.renamed)
        self._about = ElidedLabel(tone="dim")
        self._state, self._heat = Badge(), Badge()
        self.quiet = Badge(tr(N_("No marketing")), "bad")
        self.quiet.setToolTip(tip(tr(N_("They get no mailings and stand in no mailing list. Papers, and reminders of "
                                        "money that is owed, are no marketing."))))
        self.clock = LocalClock(book.now)
        self.night = self.clock.night
        self.star = IconButton("star", tr(N_("Star")), token="dim")
        self._starred = False
        self.star.clicked.connect(lambda: self.starred.emit(not self._starred))
        more = IconButton("more", tr(N_("More")))
        more.setMenu(menu)
        about = row(self._about, self._state, self._heat, None, gap=6, margins=(2, 0, 0, 0))
        marks = FlowLayout(gap=6)
        marks.addWidget(self.quiet)
        marks.addWidget(self.night)
        marks.addWidget(self.clock)
        self.ways = WaysBar()
        self.ways.missing.connect(self.way_missing)
        self.ways.copied.connect(self.copied)
        named = row(self.name, self.star, more, gap=2)
        named.setStretch(0, 1)
        top = row(self._avatar, column(named, about, column(marks, margins=(2, 2, 0, 0)), gap=1), gap=10)
        top.setStretch(1, 1)
        top.setAlignment(self._avatar, Qt.AlignmentFlag.AlignTop)
        body = column(top, column(self.ways, self.clock.window_line, gap=4), gap=10, margins=(16, 14, 16, 12))
        self.setLayout(column(self.note, body, gap=0))

    def show_card(self, card: Card, reading: bool) -> None:
        """Show another customer; nothing can be changed while `reading`."""
        values = card.values
        self.clock.show_there(None)
        self.note.show_note(values["pinned_note"] or "")
        self.quiet.setVisible(bool(values["no_marketing"]))
        self._avatar.set_name(values["name"])
        if not self.name.editing():
            self.name.set_value(values["name"])
        self.name.setEnabled(not reading)
        self._starred = bool(values["starred"])
        self.star.setIcon(icons.icon("star-filled", "warn") if self._starred else icons.icon("star", "dim"))
        self.star.set_text(tr(N_("Take the star off")) if self._starred else tr(N_("Star")))
        self.star.setEnabled(not reading)
        kind = tr(KINDS.get(values["kind"], values["kind"]))
        parent = card.names.get("parent", "")
        whose = tr(N_("belongs to {name}"), name=parent) if parent else ""
        self._about.setText(" · ".join(part for part in (kind, values["city"] or values["region"], whose) if part))
        self._state.set_state(tr(STATES.get(values["state"], values["state"])),
                              STATE_TONES.get(values["state"], "neutral"))
        heat = values["heat"]
        self._heat.setVisible(bool(heat))
        if heat:
            self._heat.set_state(tr(HEATS.get(heat, heat)), HEAT_TONES.get(heat, "neutral"))
        self.ways.show_ways(card.channels, values["prefers"], self._book.business.country, reading)

    def show_there(self, there: There | None) -> None:
        """Show what time it is where the customer is; None while it is not known."""
        self.clock.show_there(there)


class Figures(QWidget):
    """The key figures of a customer, side by side between hairlines; what is owed stands in the place of what was won.

    There is no room for five, and who owes is asked about the debt first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, ElidedLabel] = {}
        cells = row(gap=0)
        mirrored = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        sides = (4, 8, 12, 10) if mirrored else (12, 8, 4, 10)
        titles = {"open": N_("Open deals"), "won": N_("Won"), "owes": N_("Owes"), "paid": N_("Paid, 12 mo"),
                  "last": N_("Last contact")}
        self.cells: dict[str, QWidget] = {}
        for number, (key, title) in enumerate(titles.items()):
            value = ElidedLabel("—", 15, strong=True)
            self._values[key] = value
            words = column(ElidedLabel(tr(title), 11, tone="dim"), value, gap=2, margins=sides)
            line = row(*([Hairline(vertical=True)] if number else []), words, gap=0)
            line.setStretch(1 if number else 0, 1)
            self.cells[key] = QWidget()
            self.cells[key].setLayout(line)
            cells.addWidget(self.cells[key], 1)
        self.setLayout(column(Hairline(), cells, Hairline(), gap=0))

    def show_figures(self, book: Book, figures: CustomerFigures) -> None:
        """Show other figures, money in the business's currency without decimals."""
        def money(minor: int) -> str:
            return current().money(minor, book.currency, symbol=False, short=True) if minor else "—"

        self._set("open", current().number(figures.open_deals) if figures.open_deals else "—",
                  _whole(book, figures.open_amount, figures))
        account = bool(figures.owed or figures.on_the_way)
        self.cells["owes"].setVisible(account)
        self.cells["won"].setVisible(not account)
        self._set("owes", money(figures.owed), _account(book, figures), "warn" if figures.owed > 0 else "")
        self._set("won", money(figures.won_amount), _whole(book, figures.won_amount, figures))
        self._set("paid", money(figures.paid_year), _whole(book, figures.paid_year, None))
        last = figures.last_contact
        self._set("last", ago(last, book.today()), current().day(last, "full") if last else "")

    def _set(self, key: str, text: str, more: str, tone: str = "") -> None:
        label = self._values[key]
        label.setText(text)
        label.set_tone("faint" if text == "—" else tone)
        label.setToolTip(tip(more))
        label.setAccessibleDescription(more)


def _account(book: Book, figures: CustomerFigures) -> str:
    """What is owed to the cent, and what is on its way."""
    way = tr(N_("{money} on the way"), money=current().money(figures.on_the_way, book.currency))
    return " · ".join([current().money(figures.owed, book.currency), *([way] if figures.on_the_way else [])])


def _whole(book: Book, minor: int, figures: CustomerFigures | None) -> str:
    """The exact sum, and that deals in other currencies are not in it."""
    text = current().money(minor, book.currency)
    apart = figures is not None and figures.other_currencies
    return f"{text}. {tr(N_('Deals in other currencies are not counted.'))}" if apart else text
