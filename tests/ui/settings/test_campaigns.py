"""The section of campaigns: what each cost and brought, anew when leads come; added, changed, deleted and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_crm.services import business, campaigns, customers
from desktop_crm.services.book import Book
from desktop_crm.ui.settings.campaigns import CampaignsSection
from tests.books import dump
from tests.ui.settings.conftest import Desk


@pytest.fixture
def desk(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(book, qtbot, tmp_path / "log")
    made.panel.show_section("campaigns")
    made.settle()
    yield made
    made.jobs.close()


def _section(desk: Desk) -> CampaignsSection:
    section = desk.panel.section("campaigns")
    assert isinstance(section, CampaignsSection)
    return section


def _cells(desk: Desk) -> list[list[str]]:
    model = _section(desk).model
    return [[str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())]


def test_added_with_leads_and_undone(desk: Desk) -> None:
    before = dump(desk.book)
    section = _section(desk)
    section.new()
    section.form.editor("name").setText("Fair")
    section.form.editor("cost").setText("1000")
    QTest.keyClick(section.form.editor("cost"), Qt.Key.Key_Return)
    desk.settle()
    row, = campaigns.all_campaigns(desk.book)
    assert _cells(desk) == [["Fair", "0", "0", "—", "0.00", "-100.0 %"]]
    for name in "abc":
        customers.add(desk.book, {"name": name, "campaign_id": row.id})
    desk.settle()
    assert _cells(desk)[0][1:4] == ["3", "0", "333.33"]
    section.table.setFocus()
    QTest.keyClick(section.table, Qt.Key.Key_Delete)
    desk.settle()
    assert _cells(desk) == []
    desk.undo()
    assert _cells(desk)[0][1:4] == ["3", "0", "333.33"]
    for _ in range(4):
        desk.book.undo()
    assert dump(desk.book) == before


def test_a_refused_one_stays_in_the_form_and_new_sources_are_offered(desk: Desk) -> None:
    campaigns.add(desk.book, {"name": "Fair"})
    desk.settle()
    section = _section(desk)
    section.new()
    section.form.editor("name").setText("fair")
    section.form.submit()
    assert section.form.dirty() and len(campaigns.all_campaigns(desk.book)) == 1
    new = business.add_choice(desk.book, "sources", "Radio")
    desk.settle()
    section.form.editor("source_id").set_value(new)
    assert section.form.editor("source_id").value() == new
