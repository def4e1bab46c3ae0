"""The button that narrows a card's timeline to some of what it is made of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.services.timeline import PARTS
from desktop_crm.ui import icons
from desktop_crm.ui.customers.popups import fill_choices
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.words import N_, current, tr

_ALL = "all"


class TimelineFilter(IconButton):
    """Activities, deals, payments, tasks, changes: any of them alone or together; `changed` tells of a choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("filter", tr(N_("Choose what the timeline shows")), small=True, parent=parent)
        self.parts: tuple[str, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def _fill(self) -> None:
        self._menu.clear()
        fill_choices(self._menu, [(_ALL, tr(N_("All")))], self._choose, [] if self.parts else [_ALL])
        self._menu.addSeparator()
        fill_choices(self._menu, [(key, tr(title)) for key, title in PARTS.items()], self._choose, self.parts)

    def _choose(self, part: object) -> None:
        """Add a part or take it away; all of them are the same as none chosen."""
        chosen = () if part == _ALL else tuple(key for key in PARTS if (key in self.parts) != (key == part))
        self.parts = () if len(chosen) == len(PARTS) else chosen
        self.setIcon(icons.icon("filter", "accent" if self.parts else "text"))
        said = current().listed(tr(PARTS[key]) for key in self.parts)
        self.set_text(tr(N_("The timeline shows: {parts}"), parts=said) if self.parts
                      else tr(N_("Choose what the timeline shows")))
        self.changed.emit()
