"""The ways to reach a customer as buttons at the top of the card: the ones taken first, the others in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain import links
from desktop_crm.domain.channels import first
from desktop_crm.domain.customers import Channel
from desktop_crm.ui import icons
from desktop_crm.ui.customers.way_line import title
from desktop_crm.ui.widgets.buttons import Button, literal
from desktop_crm.ui.widgets.labels import tip
from desktop_crm.ui.widgets.layout import FlowLayout, empty
from desktop_crm.ui.words import N_, current, tr

_LONGEST, _MOST = 24, 2  # letters of a number; buttons before the menu of all others
ICONS = {"phone": "phone", "email": "mail", "web": "globe"}
"""The picture of each kind of way; a messenger's is a message."""


def icon_of(kind: str) -> str:
    """The picture of a kind of way."""
    return ICONS.get(kind, "message")


class WaysBar(QWidget):
    """`missing(kind)` where there is no phone or e-mail, `copied(text)` once a number is on the clipboard."""

    missing = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = ""
        self._flow = FlowLayout(self, gap=6)

    def show_ways(self, channels: Sequence[Channel], prefers: str | None, country: str, reading: bool) -> None:
        """Show ways, numbers read in the region `country`: a phone and an e-mail, or what they prefer and a phone."""
        self._country = country
        empty(self._flow)
        there = {way.kind for way in channels}
        wanted = [prefers] if prefers in there and prefers is not None else []
        kinds = list(dict.fromkeys([*wanted, "phone", "email"]))[:_MOST]
        shown: list[Channel] = []
        for kind in kinds:
            way = first(channels, kind)
            if way is not None:
                shown.append(way)
                self._add(self._way(way))
            elif kind in ("phone", "email") and not reading:
                button = Button(tr(N_("Add phone") if kind == "phone" else N_("Add e-mail")), "plus", "quiet")
                button.clicked.connect(lambda _=False, kind=kind: self.missing.emit(kind))
                self._add(button)
        others = [way for way in channels if way not in shown]
        if others:
            self._add(self._others(shown, others))
        self.updateGeometry()

    def _add(self, button: Button) -> None:
        self._flow.addWidget(button)
        button.show()

    def _way(self, way: Channel) -> Button:
        """A number as it is written; any other by its word, the address in the tooltip."""
        text = way.value if way.kind == "phone" else title(way.kind)
        button = Button(text if len(text) <= _LONGEST else text[:_LONGEST] + "…", icon_of(way.kind))
        button.setToolTip(tip(f"{way.label} {way.value}".strip()))
        button.setAccessibleDescription(way.value)
        button.clicked.connect(lambda: self.reach(way))
        return button

    def _others(self, shown: Sequence[Channel], others: Sequence[Channel]) -> Button:
        """All further ways, and the text message to the phone that is shown."""
        button = Button(f"+{current().number(len(others))}", kind="quiet")
        menu = QMenu(button)
        for way in others:
            name = "" if way.kind in ("phone", "email") else title(way.kind)
            words = "  ".join(part for part in (name, way.value, way.label) if part)
            action = menu.addAction(icons.icon(icon_of(way.kind), "dim"), literal(words))
            action.triggered.connect(lambda _=False, way=way: self.reach(way))
        for way in shown:
            if way.kind == "phone":
                action = menu.addAction(icons.icon("message", "dim"), literal(
                    tr(N_("Text message to {number}"), number=way.value)))
                action.triggered.connect(lambda _=False, way=way: self.write(way))
        button.setMenu(menu)
        button.setAccessibleName(tr(N_("More ways to reach them")))
        return button

    def reach(self, way: Channel) -> None:
        """Hand a way to the program that opens it; a number and a bare name are copied as well."""
        link = links.link(way, self._country)
        if way.kind not in ("email", "web"):
            QGuiApplication.clipboard().setText(way.value)
            self.copied.emit(way.value)
        if link:
            QDesktopServices.openUrl(QUrl(link))

    def write(self, way: Channel) -> None:
        """Begin a text message to a phone."""
        QDesktopServices.openUrl(QUrl(links.message_link(way, self._country)))
