"""The assignment rules in the settings: made, ordered, refused, taken back, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import assignment, customers, sellers
from desktop_crm.ui.settings.assignment import AssignmentSection
from tests.ui.settings.conftest import Desk


@pytest.fixture
def rules(desk: Desk) -> AssignmentSection:
    customers.add(desk.book, {"name": "Kedai Lim", "region": "Johor"})
    return desk.shown("assignment", AssignmentSection)


def shown(section: AssignmentSection) -> list[list[str]]:
    model = section.model
    return [[str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())]


def test_a_rule_is_written_for_a_region_without_saving_a_segment_first(desk: Desk, rules: AssignmentSection) -> None:
    assert rules.model.rowCount() == 0
    QTest.keyClick(desk.panel, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    rules.form.editor("name").setText("Johor")
    choice = rules.form.editor("filter")
    choice.setCurrentIndex(choice.findText("Region: Johor"))
    seller = next(row.id for row in sellers.all_sellers(desk.book) if row.name == "Faridah")
    rules.form.editor("seller_id").set_value(seller)
    rules.form.editor("most").setText("20")
    QTest.keyClick(rules.form.editor("name"), Qt.Key.Key_Return)
    desk.settle()
    assert shown(rules) == [["1", "Johor", "Region: Johor", "Faridah", "20"]]
    found = assignment.rules(desk.book)[0]
    assert (found.filter, found.seller_id, found.most) == (CustomerFilter(regions=("Johor",)), seller, 20)
    sellers.edit(desk.book, seller, {"name": "Faridah binti Ali"})
    desk.settle()
    assert shown(rules)[0][3] == "Faridah binti Ali"
    for _ in range(2):
        desk.book.undo()
    desk.settle()
    assert assignment.rules(desk.book) == [] and shown(rules) == []


def test_rules_are_moved_with_alt_and_arrows_and_what_is_no_number_is_refused(desk: Desk,
                                                                              rules: AssignmentSection) -> None:
    for name in ("first", "second"):
        assignment.add(desk.book, {"name": name, "filter": CustomerFilter(), "seller_id": None})
    desk.settle()
    rules.table.setFocus()
    rules.table.select(assignment.rules(desk.book)[1].id)
    QTest.keyClick(rules.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert [row[1] for row in shown(rules)] == ["second", "first"]
    assert shown(rules)[0] == ["1", "second", "All customers", "The least busy", "—"]
    rules.form.editor("most").setText("many")
    QTest.keyClick(rules.form.editor("name"), Qt.Key.Key_Return)
    desk.settle()
    assert rules.form.dirty() and assignment.rules(desk.book)[0].most is None
    QTest.keyClick(rules.form.editor("most"), Qt.Key.Key_Escape)
    rules.table.setFocus()
    QTest.keyClick(rules.table, Qt.Key.Key_Delete)
    desk.settle()
    assert [rule.name for rule in assignment.rules(desk.book)] == ["first"]
    desk.undo()
    assert len(assignment.rules(desk.book)) == 2
