"""What every section of the settings is: a head, a body, and forms that lose nothing that was typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.forms import FieldSpec, FormPanel
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.panel_section import PanelSection
from desktop_crm.ui.qt import override
from desktop_crm.ui.told_acts import Acts
from desktop_crm.ui.widgets.labels import Hairline
from desktop_crm.ui.widgets.layout import Scroll, column, row

_WIDTH = 720
SECRET_WIDTH = 480
"""How wide a section is whose fields are PINs and passwords, in design pixels."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a section works with."""

    book: Book
    jobs: Jobs
    acts: Acts


class Section(PanelSection):
    """One part of the settings.

    `act_wanted(key)` asks for an act of the window, `recode_wanted(staged)` for another file in the place of this one.
    """

    act_wanted = Signal(str)
    recode_wanted = Signal(object)

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.desk = desk

    def lay_parts(self, *parts: QWidget | QLayout, tools: Sequence[QWidget] = (), width: int = _WIDTH,
                  gap: int = 16) -> None:
        """Put the parts one below the other under the head; no line of theirs is longer than `width` design pixels."""
        body, whole = QWidget(), QWidget()
        body.setMaximumWidth(theme.px(width))
        body.setLayout(column(*parts, None, gap=gap))
        line = row(body, None, margins=(16, 16, 16, 16))
        line.setStretch(0, 100)
        whole.setLayout(line)
        self.setLayout(column(self.head(None, *tools), Hairline(), Scroll(whole), gap=0))

    @override
    @abstractmethod
    def leave(self) -> bool:
        """Save what was typed before the section goes out of sight; False if that was refused."""

    def open(self, record: int) -> None:
        """Show one record, where the section has records."""

    def seek(self) -> None:
        """Put the keyboard into the section's filter, where it has one."""


class SettingsForm(FormPanel):
    """A form that knows whether anything was typed since its values were set."""

    def __init__(self, specs: Sequence[FieldSpec], parent: QWidget | None = None) -> None:
        super().__init__(specs, parent=parent)
        self._first = self._said()

    def begin(self, values: dict[str, Any]) -> None:
        """Show `values`, from which nothing differs yet."""
        self.set_values(values)
        self._first = self._said()

    def dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self._said() != self._first

    def changed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Of `values`, those that differ from what was shown first."""
        return {key: value for key, value in values.items() if value != self._first.get(key)}

    def save(self, act: Callable[[], object]) -> bool:
        """Run `act`, which saves what was typed; if it is refused, the sentence stands at its field."""
        try:
            act()
        except CrmError as error:
            self.refuse(error)
            return False
        self._first = self._said()
        return True

    def reopen(self) -> None:
        """What was typed is not saved after all."""
        self._first = {}

    def _said(self) -> dict[str, Any]:
        """What the fields say; a text that a field cannot read stands for itself."""
        return {spec.key: _read(self.editor(spec.key)) for spec in self._specs}


def _read(editor: Any) -> Any:
    try:
        return editor.value()
    except CrmError as error:
        return ("unread", str(error))
