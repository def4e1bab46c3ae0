"""Small pop-ups that ask for one line of text, and menus of things to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from desktop_crm.ui import theme
from desktop_crm.ui.widgets.buttons import literal
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.layout import column

Option = tuple[object, str]
_WIDTH = 220


def add_line(menu: QMenu, placeholder: str, entered: Callable[[str], None], text: str = "") -> Field:
    """Put a line to type into at the end of `menu`; Enter gives its text to `entered` and closes the menu."""
    field = Field(placeholder)
    field.setText(text)
    field.setAccessibleName(placeholder)
    field.setMinimumWidth(theme.px(_WIDTH))

    def enter() -> None:
        typed = field.text().strip()
        if typed:
            menu.close()
            field.clear()
            entered(typed)

    field.returnPressed.connect(enter)
    holder = QWidget()
    holder.setLayout(column(field, margins=(6, 4, 6, 4)))
    action = QWidgetAction(menu)
    action.setDefaultWidget(holder)
    menu.addAction(action)
    return field


def ask_line(owner: QWidget, at: QPoint, placeholder: str, entered: Callable[[str], None], text: str = "") -> QMenu:
    """Open a pop-up at the global point `at` that asks for one line of text; gives the pop-up."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    field = add_line(menu, placeholder, entered, text)
    menu.popup(at)
    field.setFocus()
    field.selectAll()
    return menu


def fill_choices(menu: QMenu, options: Sequence[Option], chosen: Callable[[object], None],
                 ticked: Sequence[object] | None = None) -> None:
    """Offer (value, text) pairs in `menu`; with `ticked` each has a tick that shows whether it is among them."""
    for value, text in options:
        action = QAction(literal(text), menu, checkable=ticked is not None)
        if ticked is not None:
            action.setChecked(value in ticked)
        action.triggered.connect(lambda _=False, value=value: chosen(value))
        menu.addAction(action)
