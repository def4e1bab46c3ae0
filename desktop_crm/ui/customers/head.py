"""The top of a card: who it is, how to reach them, and the key figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop_crm.domain.customers import HEATS, KINDS, STATES, Channel, CustomerFigures
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card
from desktop_crm.ui import icons
from desktop_crm.ui.customers.columns import HEAT_TONES, STATE_TONES
from desktop_crm.ui.customers.when import ago
from desktop_crm.ui.forms import InlineText
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.buttons import Button, IconButton, literal
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline, tip
from desktop_crm.ui.widgets.layout import FlowLayout, column, empty, row
from desktop_crm.ui.words import N_, current, tr

_LONGEST = 24


class CardHead(QWidget):
    """Name, state, heat and ways to reach of one customer; the name is edited in place.

    `renamed(text)`, `starred(bool)`, `way_missing(kind)` where there is no phone or e-mail, `copied(text)`.
    """

    renamed = Signal(str)
    starred = Signal(bool)
    way_missing = Signal(str)
    copied = Signal(str)

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar()
        self.name = InlineText(name=tr(N_("Name")), size=16, strong=True, required=True)
        self.name.committed.connect(self.renamed)
        self._about = ElidedLabel(tone="dim")
        self._state, self._heat, self.night = Badge(), Badge(), Badge(tone="warn")
        self.night.hide()
        self.star = IconButton("star", tr(N_("Star")), token="dim")
        self._starred = False
        self.star.clicked.connect(lambda: self.starred.emit(not self._starred))
        more = IconButton("more", tr(N_("More")))
        more.setMenu(menu)
        about = row(self._about, self._state, self._heat, self.night, None, gap=6, margins=(2, 0, 0, 0))
        self._ways = QWidget()
        self._flow = FlowLayout(self._ways, gap=6)
        named = row(self.name, self.star, more, gap=2)
        named.setStretch(0, 1)
        top = row(self._avatar, column(named, about, gap=1), gap=10)
        top.setStretch(1, 1)
        top.setAlignment(self._avatar, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(top, self._ways, gap=10, margins=(16, 14, 16, 12)))

    def show_card(self, card: Card, reading: bool) -> None:
        """Show another customer; nothing can be changed while `reading`."""
        values = card.values
        self.night.hide()
        self._avatar.set_name(values["name"])
        if not self.name.editing():
            self.name.set_value(values["name"])
        self.name.setEnabled(not reading)
        self._starred = bool(values["starred"])
        self.star.setIcon(icons.icon("star-filled", "warn") if self._starred else icons.icon("star", "dim"))
        self.star.set_text(tr(N_("Take the star off")) if self._starred else tr(N_("Star")))
        self.star.setEnabled(not reading)
        kind = tr(KINDS.get(values["kind"], values["kind"]))
        self._about.setText(" · ".join(part for part in (kind, values["city"] or values["region"]) if part))
        self._state.set_state(tr(STATES.get(values["state"], values["state"])),
                              STATE_TONES.get(values["state"], "neutral"))
        heat = values["heat"]
        self._heat.setVisible(bool(heat))
        if heat:
            self._heat.set_state(tr(HEATS.get(heat, heat)), HEAT_TONES.get(heat, "neutral"))
        self._show_ways(card.channels, reading)

    def show_night(self, at: time | None) -> None:
        """Say that it is night where the customer is, and what time; None while it is day, or as here."""
        self.night.setVisible(at is not None)
        if at is not None:
            self.night.set_state(tr(N_("night there: {time}"), time=current().clock(at)), "warn")

    def _show_ways(self, channels: Sequence[Channel], reading: bool) -> None:
        empty(self._flow)
        for kind, title in (("phone", N_("Add phone")), ("email", N_("Add e-mail"))):
            ways = [channel for channel in channels if channel.kind == kind]
            if ways:
                self._add(self._way(ways[0]))
            elif not reading:
                button = Button(tr(title), "plus", "quiet")
                button.clicked.connect(lambda _=False, kind=kind: self.way_missing.emit(kind))
                self._add(button)
            if len(ways) > 1:
                self._add(self._others(ways[1:]))
        self._ways.updateGeometry()

    def _add(self, button: Button) -> None:
        self._flow.addWidget(button)
        button.show()

    def _way(self, way: Channel) -> Button:
        """A phone number as it is written; an e-mail by its word, the address in the tooltip."""
        text = way.value if way.kind == "phone" else tr(N_("E-mail"))
        button = Button(text if len(text) <= _LONGEST else text[:_LONGEST] + "…", _icon(way))
        button.setToolTip(tip(f"{way.label} {way.value}".strip()))
        button.setAccessibleDescription(way.value)
        button.clicked.connect(lambda: self.reach(way))
        return button

    def _others(self, ways: Sequence[Channel]) -> Button:
        button = Button(f"+{current().number(len(ways))}", kind="quiet")
        menu = QMenu(button)
        for way in ways:
            action = menu.addAction(icons.icon(_icon(way), "dim"), literal(f"{way.value}  {way.label}".strip()))
            action.triggered.connect(lambda _=False, way=way: self.reach(way))
        button.setMenu(menu)
        button.setAccessibleName(tr(N_("More ways to reach them")))
        return button

    def reach(self, way: Channel) -> None:
        """Copy a number and hand it to the telephone program; open a new e-mail to an address."""
        if way.kind == "phone":
            QGuiApplication.clipboard().setText(way.value)
            self.copied.emit(way.value)
        url = QUrl()
        url.setScheme("tel" if way.kind == "phone" else "mailto")
        url.setPath(way.normal or way.value)
        QDesktopServices.openUrl(url)


def _icon(way: Channel) -> str:
    return "phone" if way.kind == "phone" else "mail"


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
