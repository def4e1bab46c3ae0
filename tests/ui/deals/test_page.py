"""The Deals tab as a whole, driven by keys: what is seen, what is saved, what is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.values import Period
from desktop_crm.services import customers, deals, tasks
from desktop_crm.ui.widgets.buttons import Button
from tests.ui.deals.conftest import NEGOTIATION, NEW, PROPOSAL, QUALIFIED, READY, WON, Key, Mod, Shown, Story


def choose(shown: Shown, story: Story, name: str) -> None:
    assert shown.page.views.select(story.deals[name])
    shown.page.views.focus_rows()


def test_the_board_shows_open_deals_by_stage_with_their_sums(shown: Shown) -> None:
    assert [shown.cards(stage) for stage in range(NEW, READY + 1)] == [
        ["Tasting menu", "Shelving"], ["Store refit", "Warehouse racks"], ["Rooms 201–240"], ["Yearly supply"],
        ["Signage"]]
    heads = [view.accessibleName() for view in shown.page.views.board.lists()]
    assert heads[1] == "Qualified, 2 deals, RM 35,500, weighted 8,875 (probability 25 %)"
    # 6,200 + 21,000 + 14,500 + 88,000 + 42,300 + 4,400 and 620 + 8,875 + 44,000 + 31,725 + 3,960
    assert shown.page.views.header.summary() == "7 open · RM 176,400 · weighted 89,180"


def test_the_keyboard_moves_a_deal_and_undo_brings_it_back(shown: Shown, story: Story) -> None:
    choose(shown, story, "Warehouse racks")
    shown.key(Key.Key_Right, Mod.ControlModifier)
    assert story.row("Warehouse racks").stage_id == PROPOSAL
    assert shown.page.views.chosen() == [story.deals["Warehouse racks"]]
    shown.key(Key.Key_Right, Mod.AltModifier)
    assert shown.cards(NEGOTIATION) == ["Warehouse racks", "Yearly supply"]
    shown.key(Key.Key_Left, Mod.ControlModifier)
    assert story.row("Warehouse racks").stage_id == PROPOSAL
    assert shown.bar.text() == "“Warehouse racks” moved to Proposal"
    for _ in range(3):
        story.book.undo()
    shown.settle()
    assert shown.cards(QUALIFIED) == ["Store refit", "Warehouse racks"]
    assert shown.page.views.chosen() == [story.deals["Warehouse racks"]]


def test_arrows_go_from_card_to_card_and_over_empty_columns(shown: Shown, story: Story) -> None:
    choose(shown, story, "Shelving")
    shown.key(Key.Key_Right)
    assert shown.page.views.chosen() == [story.deals["Warehouse racks"]]
    shown.key(Key.Key_Up)
    assert shown.page.views.chosen() == [story.deals["Store refit"]]
    deals.delete(story.book, [story.deals["Rooms 201–240"]])
    shown.settle()
    shown.key(Key.Key_Right)
    assert shown.page.views.chosen() == [story.deals["Yearly supply"]]
    shown.key(Key.Key_Left)
    assert shown.page.views.chosen() == [story.deals["Store refit"]]


def test_w_wins_a_deal_and_the_toast_undoes_it(shown: Shown, story: Story) -> None:
    choose(shown, story, "Yearly supply")
    shown.key(Key.Key_W)
    assert story.row("Yearly supply").status == "won"
    assert shown.cards(NEGOTIATION) == []
    assert shown.bar.text() == "Won: “Yearly supply”"
    undo = next(button for button in shown.bar.findChildren(Button) if button.isVisible())
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    shown.settle()
    assert story.row("Yearly supply").status == "open"
    assert shown.cards(NEGOTIATION) == ["Yearly supply"]


def test_a_toast_undoes_nothing_else(shown: Shown, story: Story) -> None:
    choose(shown, story, "Yearly supply")
    shown.key(Key.Key_W)
    undo = next(button for button in shown.bar.findChildren(Button) if button.isVisible())
    customers.add(story.book, {"name": "Somebody"})
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    shown.settle()
    assert story.row("Yearly supply").status == "won"
    assert shown.bar.text().startswith("Something else was done since")


def test_l_asks_for_a_reason_and_saves_it_with_the_note(shown: Shown, story: Story) -> None:
    choose(shown, story, "Signage")
    shown.key(Key.Key_L)
    lost = shown.page.lost
    assert lost.isVisible()
    shown.key(Key.Key_Return)
    assert lost.isVisible(), "a reason is asked for"
    shown.key(Key.Key_Down)
    shown.key(Key.Key_Down)
    shown.key(Key.Key_Tab)
    shown.type("cheaper elsewhere")
    shown.key(Key.Key_Return)
    card = deals.card(story.book, story.deals["Signage"])
    assert (card.row.status, card.lost_reason, card.values["lost_note"]) == ("lost", "Competitor", "cheaper elsewhere")
    assert not lost.isVisible()
    story.book.undo()
    shown.settle()
    assert shown.cards(READY) == ["Signage"]


def test_escape_leaves_a_lost_deal_as_it_was(shown: Shown, story: Story) -> None:
    choose(shown, story, "Signage")
    shown.key(Key.Key_L)
    shown.key(Key.Key_Escape)
    assert not shown.page.lost.isVisible()
    assert story.row("Signage").status == "open"
    assert shown.column(READY).hasFocus()


def test_down_leads_from_the_tab_to_the_first_card(shown: Shown) -> None:
    shown.page.setFocus()
    assert shown.page.hasFocus()
    shown.key(Key.Key_Down)
    assert shown.column(NEW).hasFocus() and shown.page.views.chosen()
    shown.page.setFocus()
    assert shown.column(NEW).hasFocus(), "whoever comes back is on the card that was chosen"


def test_enter_opens_the_card_and_escape_closes_it(shown: Shown, story: Story) -> None:
    choose(shown, story, "Shelving")
    shown.key(Key.Key_Return)
    assert shown.page.side.part() is shown.page.card
    assert shown.page.card.deal == story.deals["Shelving"]
    shown.key(Key.Key_Escape)
    assert shown.page.side.part() is None
    assert shown.column(NEW).hasFocus()


def test_an_open_card_goes_along_with_the_choice(shown: Shown, story: Story) -> None:
    shown.page.open(story.deals["Tasting menu"])
    choose(shown, story, "Tasting menu")
    shown.key(Key.Key_Down)
    assert shown.page.card.deal == story.deals["Shelving"]


def test_delete_is_undoable(shown: Shown, story: Story) -> None:
    choose(shown, story, "Store refit")
    shown.key(Key.Key_Delete)
    assert shown.cards(QUALIFIED) == ["Warehouse racks"]
    assert shown.bar.text() == "Deleted “Store refit”"
    story.book.undo()
    shown.settle()
    assert shown.cards(QUALIFIED) == ["Store refit", "Warehouse racks"]


def test_f2_renames(shown: Shown, story: Story) -> None:
    choose(shown, story, "Shelving")
    shown.key(Key.Key_F2)
    shown.type("Shelving for shop 2")
    shown.key(Key.Key_Return)
    assert story.row("Shelving").name == "Shelving for shop 2"
    assert "Shelving for shop 2" in shown.cards(NEW)


def test_the_list_has_the_same_filter_and_more_statuses(shown: Shown, story: Story) -> None:
    shown.page.views.header.search.setFocus()
    shown.type("supply")
    shown.page.views.header.flush()
    shown.settle()
    assert shown.cards(NEGOTIATION) == ["Yearly supply"]
    assert shown.cards(NEW) == []
    shown.key(Key.Key_Down)
    assert shown.column(NEGOTIATION).hasFocus()
    shown.page.views.go_to("list")
    shown.settle()
    assert shown.rows() == ["Yearly supply"]
    shown.page.views.clear_filter()
    shown.settle()
    assert shown.rows() == ["Yearly supply", "Shelving", "Tasting menu", "Warehouse racks", "Store refit",
                            "Rooms 201–240", "Signage"]
    for status, names in (("won", ["Old counter"]), ("lost", ["Lost lorry"])):
        shown.page.views.header.active.pick(status)
        shown.settle()
        assert shown.rows() == names


def test_many_deals_are_moved_and_edited_in_one_act(shown: Shown, story: Story) -> None:
    shown.page.views.go_to("list")
    shown.settle()
    table = shown.page.views.list.table
    table.setFocus()
    shown.key(Key.Key_A, Mod.ControlModifier)
    assert shown.page.views.list.many.isVisible()
    shown.page._menus.edit_wanted.emit(shown.page.views.chosen(), {"seller_id": 2})
    shown.settle()
    assert {row.seller for row in deals.rows(story.book, list(story.deals.values())) if row.status == "open"} == {
        "Ahmad"}
    story.book.undo()
    shown.settle()
    assert all(row.seller is None for row in deals.rows(story.book, list(story.deals.values())))
    shown.page._menus.move_wanted.emit(shown.page.views.chosen(), PROPOSAL)
    shown.settle()
    assert shown.bar.text() == "7 deals moved to Proposal"
    story.book.undo()
    assert story.row("Shelving").stage_id == NEW


def test_the_list_moves_by_keys_too(shown: Shown, story: Story) -> None:
    shown.page.views.go_to("list")
    shown.settle()
    choose(shown, story, "Shelving")
    shown.key(Key.Key_Right, Mod.ControlModifier)
    assert story.row("Shelving").stage_id == QUALIFIED
    shown.key(Key.Key_W)
    assert story.row("Shelving").status == "won"


def test_rows_of_a_figure_are_listed_under_a_title_that_can_be_removed(shown: Shown) -> None:
    shown.page.show_rows(DealFilter(statuses=("won",), closed=Period(date(2026, 10, 1), date(2026, 11, 1))), "Won, Oct")
    shown.settle()
    assert shown.rows() == ["Old counter"]  # won 40 days before 21 November: on 12 October
    chips = shown.page.views.header.active.extra()
    assert [chip.label() for chip in chips] == ["Won, Oct ×"]
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    shown.settle()
    assert len(shown.rows()) == 7
    assert shown.page.views.header.active.extra() == []


def test_open_finds_a_deal_that_the_filter_leaves_out(shown: Shown, story: Story) -> None:
    shown.page.open(story.deals["Old counter"])
    shown.settle()
    assert shown.page.views.view == "list"
    assert shown.page.views.chosen() == [story.deals["Old counter"]]
    assert shown.page.card.deal == story.deals["Old counter"]


def test_a_deal_that_is_gone_is_told(shown: Shown) -> None:
    shown.page.open(999)
    assert shown.bar.text() == "The record is no longer in the file. Nothing was changed."


def test_a_won_deal_reopens_in_the_stage_it_was_won_from(shown: Shown, story: Story) -> None:
    deals.move(story.book, [story.deals["Yearly supply"]], WON)
    shown.page.open(story.deals["Yearly supply"])
    shown.settle()
    QTest.mouseClick(shown.page.card.reopen, Qt.MouseButton.LeftButton)
    shown.settle()
    assert story.row("Yearly supply").stage_id == NEGOTIATION


def test_a_finished_task_changes_the_mark_and_a_filter_by_it(shown: Shown, story: Story) -> None:
    shown.page.views.show_filter(replace(shown.page.views.filters, no_next_step=True))
    shown.settle()
    assert [shown.cards(stage) for stage in (NEW, QUALIFIED)] == [[], ["Store refit"]]
    step = tasks.list_ids(story.book)[0]
    tasks.finish(story.book, [step])
    shown.settle()
    assert shown.cards(NEW) == ["Shelving"]
    shown.page.views.show_filter(replace(shown.page.views.filters, no_next_step=False, over_limit=True))
    shown.settle()
    assert [shown.cards(stage) for stage in (QUALIFIED, READY)] == [[], ["Signage"]]


def test_an_empty_file_says_what_to_do(empty: Shown) -> None:
    assert empty.page.views.currentWidget() is empty.page.views.empty
    assert empty.page.views.empty.accessibleName().startswith("No deals yet")
    empty.page.views.empty.acted.emit()
    assert empty.page.side.part() is empty.page.form


def test_no_hits_offer_to_clear_the_filter(shown: Shown) -> None:
    shown.page.views.show_filter(replace(shown.page.views.filters, search="nothing like it"))
    shown.settle()
    assert shown.page.views.empty.accessibleName() == "Nothing matches “nothing like it”"
    shown.page.views.empty.acted.emit()
    shown.settle()
    assert shown.page.views.currentWidget() is shown.page.views.board


def test_the_state_comes_back(shown: Shown, story: Story) -> None:
    shown.page.views.go_to("list")
    shown.settle()
    state = shown.page.save_state()
    shown.page.views.go_to("board")
    shown.page.restore_state({**state, "status": "won", "order": "no such", "side": "wide"})
    shown.page.start()
    shown.settle()
    assert shown.rows() == ["Old counter"]


@pytest.mark.parametrize("key", ["new_deal", "deals_list", "deals_board", "filter_deals", "deal_won"])
def test_every_act_is_there_and_runs(shown: Shown, story: Story, key: str) -> None:
    choose(shown, story, "Yearly supply")
    act = {item.key: item for item in shown.page.acts()}[key]
    act.run()
    shown.settle()
    assert act.title


def test_shortcuts_of_the_tab_are_its_own(shown: Shown) -> None:
    keys = [act.keys for act in shown.page.acts() if act.keys]
    window = {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+K", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+N", "Ctrl+P", "Ctrl+O",
              "Ctrl+S", "F1", "Ctrl+Q", "Ctrl+I"}
    assert len(keys) == len(set(keys))
    assert not window & set(keys)
