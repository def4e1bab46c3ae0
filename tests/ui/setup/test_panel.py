"""The setup interview as a panel: its answers propose at once, what is ticked is done as one act, Escape leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from desktop_crm.domain.selling import Answers
from desktop_crm.services import custom_fields, deals, evening, selling
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.setup.panel import SetupPanel
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.labels import Label
from tests.books import Clock, dump
from tests.ui.rooms import PanelRoom


class Room(PanelRoom[SetupPanel]):
    """The panel, what its cards say and its keys."""

    def __init__(self, book: Book, folder: Path, qtbot: QtBot) -> None:
        super().__init__(book, folder, qtbot, SetupPanel, (1366, 694))
        self.closed = QSignalSpy(self.panel.closed)

    def said(self, part: str) -> list[str]:
        """What the card of a part says."""
        return [label.text() for label in self.panel.preview.cards[part].findChildren(Label)
                if label.isVisible() and label.text()]

    def shown(self) -> list[str]:
        return [part for part, card in self.panel.preview.cards.items() if card.isVisible()]

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.panel, key)
        self.rest()


@pytest.fixture
def room(book: Book, tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    made = Room(book, tmp_path, qtbot)
    yield made
    made.jobs.close()


def test_each_answer_is_proposed_at_once(room: Room) -> None:
    assert room.shown() == ["stages", "fields", "contact", "plan"]
    assert room.said("stages")[:4] == ["renamed", "New → Asked", "20 %", "1 day"]
    assert "taken away" in room.said("stages") and "Member card number" in room.said("fields")[1]
    asked = room.panel.questions
    asked.sells.choose("workshop")
    asked.target.setText("25000")
    asked.target.editingFinished.emit()
    asked.credit.click()
    room.rest()
    assert asked.cycle.value() == 10 and "New → Brought in" in room.said("stages")
    assert room.said("target") == [text for month in ("November 2026", "December 2026", "January 2027")
                                   for text in (month, "RM 25,000.00")]
    assert room.said("plan").count("Remind who owes") == 4
    asked.cycle.setCurrentIndex(0)
    asked.cycle.picked.emit(0)
    room.rest()
    assert asked.cycle.currentText() == "it is made at once" and room.said("stages").count("1 day") == 5
    assert dump(room.book)["tasks"] == []


def test_what_is_ticked_is_one_act_and_undone_from_the_message(room: Room) -> None:
    before = dump(room.book)
    room.panel.preview.ticks["fields"].click()
    room.panel.preview.ticks["plan"].click()
    room.panel.go.click()
    room.rest()
    assert [item.name for item in deals.all_pipelines(room.book)[0].open_stages] == ["Asked", "Offered", "Set aside"]
    assert not custom_fields.every(room.book) and room.closed.count() == 1
    assert room.bar.text() == "The file is set up for how you sell."
    room.bar._action.click()
    room.rest()
    assert dump(room.book) == before


def test_escape_changes_nothing_and_enter_does_it(room: Room) -> None:
    before = dump(room.book)
    room.key(Qt.Key.Key_Escape)
    assert room.closed.count() == 1 and dump(room.book) == before
    room.key(Qt.Key.Key_Return)
    assert len(custom_fields.every(room.book)) == 13


def test_enter_on_the_close_button_leaves_and_does_nothing(room: Room) -> None:
    before = dump(room.book)
    close = room.panel.findChild(IconButton)
    assert close is not None
    QTest.keyClick(close, Qt.Key.Key_Return)
    room.rest()
    assert room.closed.count() == 1 and dump(room.book) == before


def test_what_is_being_done_is_waited_for(room: Room) -> None:
    QTest.keyClick(room.panel, Qt.Key.Key_Return)
    QTest.keyClick(room.panel, Qt.Key.Key_Escape)
    assert room.closed.count() == 0  # else its end would look for a panel that is gone
    room.rest()
    assert room.closed.count() == 1 and len(custom_fields.every(room.book)) == 13


def test_what_was_accepted_is_answered_already(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    selling.accept(book, Answers("services", 21, True, 1_000_000, 45))
    room = Room(book, tmp_path, qtbot)
    asked = room.panel.questions
    assert (asked.sells.value(), asked.cycle.value(), asked.credit.value(), asked.target.value(),
            asked.contact.value()) == ("services", 21, True, 1_000_000, 45)
    assert room.shown() == [] and room.panel.preview.done.isVisible() and not room.panel.go.isEnabled()
    book.undo()
    room.rest()
    assert room.shown() == ["stages", "fields", "target", "contact", "plan"] and not evening.targets(book)
    room.jobs.close()


def test_stages_among_used_ones_wait_for_a_tick(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    deals.add(book, {"name": "<b>Bike</b>", "stage_id": 3})
    room = Room(book, tmp_path, qtbot)
    assert not room.panel.preview.ticks["stages"].isChecked() and "stages" not in room.panel.preview.parts()
    assert any(text.startswith("Deals have passed some stages") for text in room.said("stages"))
    room.panel.preview.ticks["stages"].click()
    room.panel.questions.sells.choose("services")
    room.rest()
    assert room.panel.preview.ticks["stages"].isChecked(), "what the user said stays said"
    room.jobs.close()


def test_a_target_that_is_none_is_said_and_nothing_is_done(room: Room) -> None:
    before = dump(room.book)
    for typed, why in (("many", "many"), ("0", "above zero")):
        room.panel.questions.target.setText(typed)
        room.panel._accept()
        room.rest()
        assert why in room.panel.why.text() and room.panel.why.isVisible()
    assert dump(room.book) == before and not room.closed.count()


def test_a_file_for_reading_proposes_and_does_nothing(book: Book, tmp_path: Path, qtbot: QtBot) -> None:
    reading = open_book(book.path, reading=True, clock=Clock())
    room = Room(reading, tmp_path, qtbot)
    assert room.shown() and not room.panel.go.isEnabled()
    room.key(Qt.Key.Key_Return)
    assert not room.closed.count()
    room.jobs.close()
    reading.close()
