"""How the business sells, in the settings: the pipelines at a glance, and what asks for more."""

from __future__ import annotations

from PySide6.QtTest import QSignalSpy

from desktop_crm.services import pipelines
from desktop_crm.ui.settings.selling import SellingSection
from desktop_crm.ui.widgets.labels import Label
from tests.ui.settings.conftest import Desk


def test_the_pipelines_at_a_glance_and_the_acts(desk: Desk) -> None:
    desk.panel.open("selling", 0)
    section = desk.panel.section()
    assert isinstance(section, SellingSection) and section.ask.hasFocus()
    wanted = QSignalSpy(desk.panel.act_wanted)
    section.ask.click()
    section.edit.click()
    assert [wanted.at(number)[0] for number in range(wanted.count())] == ["setup", "edit_stages"]
    pipelines.edit_stage(desk.book, 1, {"name": "Asked", "probability": 15})
    desk.settle()
    said = [label.text() for label in section.findChildren(Label)]
    assert any(text.startswith("Asked 15 % · Qualified 25 %") and text.endswith("Won · Lost") for text in said)
