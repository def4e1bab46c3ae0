from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.domain.errors import Conflict, InvalidInput
from desktop_crm.ui import forms


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("“{text}” is no day.", "due", text=text) from error


@pytest.fixture
def form(qtbot: QtBot) -> forms.FormPanel:
    form = forms.FormPanel([
        forms.text("name", "Name", required=True),
        forms.choice("state", "State", [(1, "Lead"), (2, "Customer")]),
        forms.day("due", "Due", read_day, date.isoformat),
        forms.money("amount", "Amount", int, str),
        forms.long_text("notes", "Notes"),
        forms.tags("tags", "Tags", known=("vip",)),
        forms.rows("phones", "Phones", labels=("Mobile", "Office")),
        forms.tick("starred", "Star", "Starred"),
    ])
    qtbot.addWidget(form)
    form.show()
    return form


VALUES = {"name": "Aminah", "state": 2, "due": date(2026, 11, 21), "amount": 1248000, "notes": "two\nlines",
          "tags": ("vip", "buffet"), "phones": (("Mobile", "+60 12 345"),), "starred": True}


def test_values_go_in_and_come_out(form: forms.FormPanel) -> None:
    form.set_values({**VALUES, "unknown": 1})
    assert form.values() == VALUES
    form.set_values({"name": None, "notes": None, "due": None, "amount": None, "tags": (), "phones": ()})
    form.editor("name").setText("x")
    empty = form.values()
    assert empty is not None
    assert (empty["due"], empty["amount"], empty["tags"], empty["phones"]) == (None, None, (), ())


def test_enter_saves_and_escape_leaves(form: forms.FormPanel, qtbot: QtBot) -> None:
    form.set_values(VALUES)
    with qtbot.waitSignal(form.saved) as saved:
        qtbot.keyClick(form.editor("name"), Qt.Key.Key_Return)
    assert saved.args == [VALUES]
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(form.editor("name"), Qt.Key.Key_Escape)


def test_enter_in_a_long_text_is_a_new_line_and_with_control_saves(form: forms.FormPanel, qtbot: QtBot) -> None:
    form.set_values(VALUES)
    with qtbot.assertNotEmitted(form.saved):
        qtbot.keyClick(form.editor("notes"), Qt.Key.Key_Return)
    with qtbot.waitSignal(form.saved):
        qtbot.keyClick(form.editor("notes"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_missing_value_is_told_under_its_field(form: forms.FormPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.saved):
        form.submit()
    assert form.editor("name").accessibleDescription() == "Please fill in “Name”."
    assert form.editor("name").property("invalid") is True
    form.editor("name").setText("Aminah")
    assert form.values() is not None
    assert form.editor("name").property("invalid") is False


def test_a_text_that_is_no_day_keeps_the_form_open(form: forms.FormPanel) -> None:
    form.set_values(VALUES)
    form.editor("due").setText("gibberish")
    assert form.values() is None
    assert form.editor("due").accessibleDescription() == "“gibberish” is no day."


def test_the_services_refusal_stands_at_its_field_or_above_the_buttons(form: forms.FormPanel) -> None:
    form.set_values(VALUES)
    form.refuse(InvalidInput("That name is taken.", "name"))
    assert form.editor("name").accessibleDescription() == "That name is taken."
    form.refuse(Conflict("Somebody changed it."))
    shown = [label.text() for label in form.findChildren(forms.Label) if label.isVisible()]
    assert "Somebody changed it." in shown


def test_enter_on_a_button_presses_it(form: forms.FormPanel, qtbot: QtBot, qapp: QApplication) -> None:
    form.set_values(VALUES)
    form.cancel_button.setFocus()
    qtbot.waitUntil(form.cancel_button.hasFocus)
    with qtbot.waitSignal(form.cancelled), qtbot.assertNotEmitted(form.saved):
        qtbot.keyClick(form.cancel_button, Qt.Key.Key_Return)
