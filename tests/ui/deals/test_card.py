"""The deal's card: every value changed where it stands, each change one act."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop_crm.domain.deals import DealLine, StageMove
from desktop_crm.services import attachments, deals, history, tasks
from desktop_crm.services.tasks import TaskFilter
from desktop_crm.ui.deals.card import DealCard
from desktop_crm.ui.deals.past import stays
from desktop_crm.ui.widgets.labels import Label
from tests.ui.deals.conftest import NEGOTIATION, TODAY, Key, Mod, Shown, Story


def opened(shown: Shown, story: Story, name: str) -> DealCard:
    shown.page.open(story.deals[name])
    shown.settle()
    return shown.page.card


def test_it_shows_what_there_is(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Shelving")
    assert card.name.value() == "Shelving"
    assert card.customer.text() == "Aminah Runcit Enterprise"
    assert card.amount.value() == "RM 6,200.00"
    assert card.chance.text() == "10 %, weighted RM 620"
    assert card.expected.value() == "30 Nov 2026"
    assert not card.reopen.isVisible()
    card = opened(shown, story, "Tasting menu")
    assert (card.amount.value(), card.customer.text(), card.chance.text()) == ("", "", "10 %, weighted —")


def test_an_amount_is_typed_as_people_write_it(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Shelving")
    card.amount.edit()
    shown.type("RM 7,250.50")
    shown.key(Key.Key_Return)
    assert story.row("Shelving").amount == 725_050
    assert card.amount.value() == "RM 7,250.50"
    card.amount.edit()
    shown.type("a lot")
    shown.key(Key.Key_Return)
    assert card.amount.editing()
    assert story.row("Shelving").amount == 725_050
    shown.key(Key.Key_Escape)
    assert card.amount.value() == "RM 7,250.50"
    story.book.undo()
    shown.settle()
    assert card.amount.value() == "RM 6,200.00"


def test_a_day_is_typed_in_words(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Shelving")
    card.expected.edit()
    shown.type("tomorrow")
    shown.key(Key.Key_Return)
    assert story.row("Shelving").expected_on == date(2026, 11, 22)


def test_seller_stage_and_notes(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Shelving")
    card.seller.picked.emit(2)
    card.stage.picked.emit(NEGOTIATION)
    card.notes.setFocus()
    shown.type("wants it before Deepavali")
    shown.key(Key.Key_Return, Mod.ControlModifier)
    row = story.row("Shelving")
    assert (row.seller, row.stage_id) == ("Ahmad", NEGOTIATION)
    assert deals.card(story.book, row.id).values["notes"] == "wants it before Deepavali"
    assert sorted(shown.cards(NEGOTIATION)) == ["Shelving", "Yearly supply"]


def test_a_value_changed_elsewhere_is_not_overwritten(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Shelving")
    card.amount.edit()
    deals.edit(story.book, story.deals["Shelving"], {"amount": 1_000})
    QTest.keyClicks(card.amount.focusWidget() or card, "7000")
    QTest.keyClick(card.amount.focusWidget() or card, Qt.Key.Key_Return)
    shown.settle()
    assert story.row("Shelving").amount == 1_000
    assert "changed elsewhere" in shown.bar.text()
    assert card.amount.value() == "RM 10.00"


def test_the_customer_is_a_link_and_can_be_created(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Shelving")
    QTest.mouseClick(card.customer_link, Qt.MouseButton.LeftButton)
    assert shown.wishes == [("customers", story.row("Shelving").customer_id)]
    card = opened(shown, story, "Tasting menu")
    card.customer.setFocus()
    shown.type("Brand New Sdn Bhd")
    assert [offer.id for offer in card.customer.offers()] == [None]
    QTest.keyClick(card.customer.popup, Qt.Key.Key_Return)
    shown.settle()
    assert story.row("Tasting menu").customer == "Brand New Sdn Bhd"
    story.book.undo()
    assert story.row("Tasting menu").customer is None


def test_a_next_step_is_written_and_ticked_off(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Store refit")
    card.steps.quick.setFocus()
    shown.type("call about colours 10:00")
    shown.key(Key.Key_Return)
    ids = tasks.list_ids(story.book, TaskFilter(deals=(story.deals["Store refit"],)))
    task = tasks.rows(story.book, ids)[0]
    assert (task.name, task.due_time, task.customer) == ("Call about colours", "10:00", "முருகன் ஸ்டோர்ஸ்")
    assert card.steps.quick.text() == ""
    line = card.steps.lines()[0]
    line.box.click()
    shown.settle()
    assert tasks.rows(story.book, ids)[0].done_on == TODAY
    assert card.standing.text() == "3 d · no next step"
    QTest.mouseClick(card.steps.lines()[0], Qt.MouseButton.LeftButton)
    assert shown.wishes[-1] == ("tasks", ids[0])


def test_lines_make_the_amount_until_somebody_sets_another(shown: Shown, story: Story) -> None:
    card = opened(shown, story, "Tasting menu")
    card.lines.setFocus()
    shown.type("mosaic")
    QTest.keyClick(card.lines.focusWidget() or card, Qt.Key.Key_Down)
    QTest.keyClick(shown.page.card.lines._rows[0].product.popup, Qt.Key.Key_Down)
    QTest.keyClick(shown.page.card.lines._rows[0].product.popup, Qt.Key.Key_Return)
    shown.settle()
    row = deals.card(story.book, story.deals["Tasting menu"])
    assert [(line.name, line.quantity, line.price, line.cost) for line in row.lines] == [
        ("Mosaic tile", 1000, 4_800, 2_900)]
    assert row.row.amount == 4_800
    first = card.lines._rows[0]
    first.quantity.setFocus()
    first.quantity.selectAll()
    shown.type("2.5")
    shown.key(Key.Key_Return)
    assert story.row("Tasting menu").amount == 12_000
    deals.edit(story.book, story.deals["Tasting menu"], {"amount": 10_000})
    shown.settle()
    assert card.follow.isVisible()
    first = card.lines._rows[0]
    first.quantity.setFocus()
    first.quantity.selectAll()
    shown.type("3")
    shown.key(Key.Key_Tab)
    assert story.row("Tasting menu").amount == 10_000
    QTest.mouseClick(card.follow, Qt.MouseButton.LeftButton)
    assert story.row("Tasting menu").amount == 14_400


def test_a_line_is_removed_by_the_keyboard(shown: Shown, story: Story) -> None:
    deals.edit(story.book, story.deals["Shelving"], {}, lines=[DealLine(1, "Mosaic tile", 2000, 4_800),
                                                               DealLine(None, "Delivery", 1000, 5_000)])
    card = opened(shown, story, "Shelving")
    card.lines._rows[0].quantity.setFocus()
    shown.key(Key.Key_Delete, Mod.ControlModifier)
    assert [line.name for line in deals.card(story.book, story.deals["Shelving"]).lines] == ["Delivery"]
    assert story.row("Shelving").amount == 5_000


def test_a_quantity_that_is_none_is_marked(shown: Shown, story: Story) -> None:
    deals.edit(story.book, story.deals["Shelving"], {}, lines=[DealLine(1, "Mosaic tile", 2000, 4_800)])
    card = opened(shown, story, "Shelving")
    field = card.lines._rows[0].quantity
    field.setFocus()
    field.selectAll()
    shown.type("two")
    shown.key(Key.Key_Tab)
    assert field.accessibleDescription() == "“two” is not a quantity. Write one like 1.5."
    assert deals.card(story.book, story.deals["Shelving"]).lines[0].quantity == 2000


def test_the_past_tells_stages_and_changes(shown: Shown, story: Story) -> None:
    story.clock.days_ago = 5
    deals.move(story.book, [story.deals["Rooms 201–240"]], NEGOTIATION)
    story.clock.days_ago = 0
    card = opened(shown, story, "Rooms 201–240")
    said = [label.text() for label in card.past.findChildren(Label) if label.isVisible()]
    assert said == ["Proposal → Negotiation", "16 Nov · 5 days there", "Proposal", "15 Nov · 1 day there"]
    card.past.changes.click()
    shown.settle()
    said = [label.text() for label in card.past.findChildren(Label) if label.isVisible()]
    assert "Stage: Proposal → Negotiation" in said
    assert len(said) == 2 * len(history.changes(story.book, story.book.language, "deals", story.deals["Rooms 201–240"]))


@pytest.mark.parametrize(("days", "end", "expected"), [
    ([], 21, []), ([1], 21, [20]), ([1, 5, 5], 21, [4, 0, 16]), ([None, 5], 21, [None, 16]), ([9], 3, [0])])
def test_days_in_each_stage(days: list[int | None], end: int, expected: list[int | None]) -> None:
    moves = [StageMove(None if day is None else date(2026, 11, day), None, None, "New", None, None) for day in days]
    assert stays(moves, date(2026, 11, end)) == expected


def test_a_lost_deal_says_why(shown: Shown, story: Story) -> None:
    deals.move(story.book, [story.deals["Signage"]], 7, reason_id=shown.page.views.lists.lost_reasons[0].id,
               note="too dear")
    card = opened(shown, story, "Signage")
    assert card.lost.text() == "Price — too dear"
    assert card.reopen.isVisible()
    assert not card.lost_button.isVisible()


def test_a_card_of_a_deleted_deal_closes(shown: Shown, story: Story) -> None:
    opened(shown, story, "Signage")
    deals.delete(story.book, [story.deals["Signage"]])
    shown.settle()
    assert shown.page.side.part() is None


def test_documents_of_the_deal(shown: Shown, story: Story, tmp_path: Path, home: Path) -> None:
    deal, block = story.deals["Signage"], shown.page.card.documents
    shown.page.open(deal)
    next(act for act in shown.page.acts() if act.key == "deal_attach").run()
    dialog = next(item for item in shown.window.findChildren(QFileDialog) if item.isVisible())
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    dialog.filesSelected.emit([str(tmp_path / "plan.pdf")])
    dialog.close()
    shown.settle()
    assert [item.name for item in attachments.documents(story.book, "deals", deal)] == ["plan.pdf"]
    assert block.title.text() == "Documents · 1" and block.view.isVisible()
    shown.page.open(story.deals["Store refit"])
    assert block.title.text() == "Documents"
    story.book.undo()
    shown.settle()
    shown.page.open(deal)
    assert block.title.text() == "Documents"
