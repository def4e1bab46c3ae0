"""The score rules and the checklists in the settings, by keys."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import checklists, customers, scoring, segments
from desktop_crm.services.book import Book
from desktop_crm.ui.settings.checklists import ChecklistsSection
from desktop_crm.ui.settings.scoring import ScoreSection
from tests.ui.settings.conftest import Desk


def rules(desk: Desk) -> ScoreSection:
    return desk.shown("scoring", ScoreSection)


def lists(desk: Desk) -> ChecklistsSection:
    return desk.shown("checklists", ChecklistsSection)


def test_a_rule_is_written_and_the_leads_have_their_points(desk: Desk, qtbot: QtBot) -> None:
    ali = customers.add(desk.book, {"name": "Ali", "starred": True})
    part = rules(desk)
    assert part.model.rowCount() == 0
    QTest.keyClick(part.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(part.form.editor("name"), "Starred")
    choice = part.form.editor("filter")
    texts = [choice.itemText(number) for number in range(choice.count())]
    assert "Hot" not in texts and "Source: Referral" in texts
    choice.setCurrentIndex(texts.index("Starred"))
    QTest.keyClicks(part.form.editor("points"), "+45")
    QTest.keyClick(part.form.editor("points"), Qt.Key.Key_Return)
    desk.settle()
    assert [(rule.name, rule.points) for rule in scoring.all_rules(desk.book)] == [("Starred", 45)]
    assert customers.card(desk.book, ali).values["heat"] == "hot"
    assert part.model.index(0, 3).data() == "+45"
    desk.undo()
    assert scoring.all_rules(desk.book) == [] and customers.card(desk.book, ali).values["heat"] is None


def test_the_usual_rules_are_moved_and_a_wrong_number_is_refused(desk: Desk, qtbot: QtBot) -> None:
    part = rules(desk)
    QTest.mouseClick(part.usual, Qt.MouseButton.LeftButton)
    desk.settle()
    assert part.model.rowCount() == 9
    first, second = part.model.ids()[:2]
    part.table.select(first)
    QTest.keyClick(part.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert part.model.ids()[:2] == [second, first] and part.table.current_id() == first
    part.form.editor("points").setText("many")
    assert not part.leave()
    part.form.editor("points").setText("3")
    assert part.leave()
    QTest.mouseClick(part.usual, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.bar.text() == "All usual rules are there already."


def test_thresholds_are_saved_with_enter_and_told_if_they_cross(desk: Desk, qtbot: QtBot) -> None:
    part = rules(desk)
    part.warm.setText("50")
    QTest.keyClick(part.warm, Qt.Key.Key_Return)
    assert part._why.isVisible() and not part.leave()
    part.hot.setText("60")
    QTest.keyClick(part.hot, Qt.Key.Key_Return)
    desk.settle()
    assert not part._why.isVisible() and part.leave()
    assert (desk.book.business.warm_from, desk.book.business.hot_from) == (50, 60)
    desk.undo()
    assert (part.warm.text(), part.hot.text()) == ("20", "40")


def test_scores_are_brought_up_to_date_from_here(desk: Desk, qtbot: QtBot) -> None:
    part = rules(desk)
    QTest.mouseClick(part.refresh, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.bar.text() == "All scores were up to date."


def test_items_are_added_to_either_list(desk: Desk, qtbot: QtBot) -> None:
    part = lists(desk)
    QTest.mouseClick(part.chips["sales"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(part.usual, Qt.MouseButton.LeftButton)
    desk.settle()
    assert [item.name for item in checklists.items(desk.book)] == [
        "Enough budget", "Authority to decide", "Need", "Time of the purchase"]
    part.new()
    QTest.keyClicks(part.form.editor("name"), "Has a shop")
    QTest.keyClick(part.form.editor("name"), Qt.Key.Key_Return)
    desk.settle()
    assert part.model.rowCount() == 5
    QTest.mouseClick(part.chips["marketing"], Qt.MouseButton.LeftButton)
    desk.settle()
    assert part.model.rowCount() == 0
    desk.undo()
    assert len(checklists.items(desk.book, "sales")) == 4


def test_nothing_is_changed_in_a_file_that_is_only_read(reading: Desk) -> None:
    part = rules(reading)
    assert not part.usual.isEnabled() and not part.warm.isEnabled() and not part.refresh.isEnabled()
    assert not lists(reading).usual.isEnabled()


def test_a_segment_renamed_is_named_anew(book: Book, make: Callable[[Book], Desk]) -> None:
    wanted = CustomerFilter(regions=("Penang",))
    key = segments.save(book, "North", wanted)
    scoring.add(book, {"name": "From there", "filter": segments.stored(wanted), "points": 5})
    desk = make(book)
    part = rules(desk)
    assert part.model.index(0, 2).data() == "North"
    segments.save(book, "Up north", wanted, key)
    desk.settle()
    assert part.model.index(0, 2).data() == "Up north"


def test_the_leads_are_scored_beside_the_window(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule and its points are one act, done on another thread while the section says that it is at work."""
    ali = customers.add(desk.book, {"name": "Ali", "starred": True})
    go, threads, bring = threading.Event(), set[int](), scoring.bring

    def slow(*given: Any) -> None:
        threads.add(threading.get_ident())
        assert go.wait(20)
        bring(*given)

    monkeypatch.setattr(scoring, "bring", slow)
    part = rules(desk)
    part.new()
    part.form.set_values({"name": "Starred", "points": 45, "filter": segments.stored(CustomerFilter(starred=True))})
    part.form.submit()
    QTest.mouseClick(part.refresh, Qt.MouseButton.LeftButton)
    assert part.at_work.text() == "Scoring all leads…" and not part.form.isEnabled()
    assert part.leave(), "it is on its way"
    part.new()
    assert scoring.all_rules(desk.book) == []
    go.set()
    desk.settle()
    assert threading.get_ident() not in threads and len(threads) > 0
    assert part.at_work.text() == "" and part.form.isEnabled()
    assert customers.card(desk.book, ali).values["heat"] == "hot"
    assert part.table.current_id() == scoring.all_rules(desk.book)[0].id
    desk.book.undo()
    assert scoring.all_rules(desk.book) == [] and customers.card(desk.book, ali).values["heat"] is None


def test_what_could_not_be_saved_stays_typed(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    key = scoring.add(desk.book, {"name": "All", "filter": segments.stored(CustomerFilter()), "points": 5})
    part = rules(desk)
    part.form.editor("points").setText("7")

    def full(*_: Any) -> None:
        raise CrmError("The disk is full. Nothing was saved.")

    monkeypatch.setattr(scoring, "bring", full)
    assert part.leave()
    desk.settle()
    assert desk.bar.text() == "The disk is full. Nothing was saved."
    assert part.form.dirty() and part.form.editor("points").text() == "7"
    monkeypatch.undo()
    part.table.delete_requested.emit([key])
    part.stop()
    desk.settle()
    assert scoring.all_rules(desk.book) == []
