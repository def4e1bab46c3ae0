"""The board's columns: models, dragging, what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.modeltest import ModelTester

from desktop_crm.domain.errors import FileBusy
from desktop_crm.services import deals
from desktop_crm.services.book import Book
from desktop_crm.ui.deals.columns import StageModel, deals_in, deals_mime
from desktop_crm.ui.deals.page import DealsPage
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar
from tests.ui.deals.conftest import NEGOTIATION, NEW, PROPOSAL, QUALIFIED, READY, TODAY, Shown, Story, drop


def test_the_model_keeps_qts_rules(story: Story, qtmodeltester: ModelTester, shown: Shown) -> None:
    model = shown.column(QUALIFIED).paged
    qtmodeltester.check(model)
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == \
        "Store refit, முருகன் ஸ்டோர்ஸ், RM 14,500, 3 d, no next step"


def test_a_long_column_is_owned_to_as_it_is_scrolled(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> list[None]:
        asked.extend(ids)
        return [None] * len(ids)

    parent = QWidget()
    model = StageModel(fetch, lambda: TODAY, parent)
    model.set_ids(range(1, 40_001))
    assert (model.count(), model.rowCount(), asked) == (40_000, 256, [])
    assert model.canFetchMore(QModelIndex())
    model.reveal(1_000)
    assert model.rowCount() == 1_024
    assert model.row_of(39_999) == 39_998
    qtmodeltester.check(model)
    model.set_ids([1, 2])
    assert model.rowCount() == 2
    assert not model.canFetchMore(QModelIndex())


def test_a_card_dropped_on_a_column_moves(shown: Shown, story: Story) -> None:
    drop(shown.column(PROPOSAL).viewport(), deals_mime([story.deals["Shelving"], story.deals["Tasting menu"]]))
    shown.settle()
    assert story.row("Shelving").stage_id == PROPOSAL
    assert sorted(shown.cards(PROPOSAL)) == ["Rooms 201–240", "Shelving", "Tasting menu"]
    story.book.undo()
    shown.settle()
    assert shown.cards(NEW) == ["Tasting menu", "Shelving"]


def test_a_card_dropped_where_it_stands_stays(shown: Shown, story: Story) -> None:
    drop(shown.column(NEW).viewport(), deals_mime([story.deals["Shelving"]]))
    shown.settle()
    assert shown.bar.text() == ""


def test_the_zones_below_win_and_lose(shown: Shown, story: Story) -> None:
    zones = shown.page.views.board.zones()
    drop(zones["won"], deals_mime([story.deals["Yearly supply"]]))
    shown.settle()
    assert story.row("Yearly supply").status == "won"
    drop(zones["lost"], deals_mime([story.deals["Signage"]]))
    shown.settle()
    assert shown.page.lost.isVisible()
    assert story.row("Signage").status == "open"


def test_foreign_things_are_not_taken(shown: Shown) -> None:
    data = QMimeData()
    data.setText("12")
    assert deals_in(data) == []
    drop(shown.page.views.board.zones()["won"], data)
    assert shown.bar.text() == ""


def test_an_order_is_chosen(shown: Shown) -> None:
    shown.page.views.header.order_picked.emit("amount")
    shown.settle()
    assert shown.cards(NEW) == ["Shelving", "Tasting menu"]
    shown.page.views.header.order_picked.emit("waiting")
    shown.settle()
    assert shown.cards(QUALIFIED) == ["Warehouse racks", "Store refit"]


def test_a_card_tells_more_and_nothing_as_markup(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, *_: told.append(text))
    cards = shown.column(READY)
    place = cards.visualRect(cards.paged.index(0, 0)).center()
    QApplication.sendEvent(cards.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, place))
    assert told == ["<qt>Signage<br>&lt;b&gt;Nurul&lt;/b&gt; Catering<br>In this stage: 10 d (limit 7 d)<br>"
                    "Next step: 21 Nov: Call about Signage</qt>"]


def test_other_currencies_are_told_apart(shown: Shown, story: Story) -> None:
    with story.book.work("Price in dollars") as work:
        work.connection.exec_driver_sql("UPDATE deals SET currency = 'USD' WHERE id = ?",
                                        (story.deals["Yearly supply"],))
    shown.settle()
    head = shown.column(NEGOTIATION).accessibleName()
    assert head == ("Negotiation, 1 deal, RM 0, weighted 0 (probability 75 %), "
                    "1 deal in another currency is not in the sums")
    assert shown.page.views.header.summary() == "7 open · RM 134,100 · weighted 57,455"


def test_a_move_that_the_file_refuses_is_shown_as_it_is(shown: Shown, story: Story,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileBusy("The file is busy.")

    monkeypatch.setattr(deals, "move", refuse)
    shown.page.views.move_wanted.emit([story.deals["Shelving"]], QUALIFIED)
    shown.settle()
    assert shown.cards(NEW) == ["Tasting menu", "Shelving"]
    assert shown.bar.text() == "The file is busy."


def test_boards_without_a_job_left_behind(shown: Shown, story: Story) -> None:
    for stage in (QUALIFIED, PROPOSAL, NEGOTIATION):
        shown.page.views.move_wanted.emit([story.deals["Shelving"]], stage)
    shown.settle()
    assert shown.jobs.running() == []
    assert "Shelving" in shown.cards(NEGOTIATION)


def test_nothing_is_read_before_start(story: Story, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    monkeypatch.setattr(Book, "read", lambda self: reads.append(1))
    bar, jobs = MessageBar(), Jobs()
    DealsPage(story.book, jobs, Messages(bar, Path("crm.log"))).resize(800, 600)
    assert reads == []
    monkeypatch.undo()
    jobs.close()
