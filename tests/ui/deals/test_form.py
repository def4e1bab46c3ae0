"""A new deal: only its name is needed, and even that is proposed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.services import customers, deals
from tests.ui.deals.conftest import NEW, QUALIFIED, TODAY, Key, Mod, Shown, Story


def test_a_name_is_enough(shown: Shown, story: Story) -> None:
    shown.page.new()
    shown.type("Second lorry")
    shown.key(Key.Key_Return)
    new = shown.page.card.deal
    assert new is not None
    row = deals.rows(story.book, [new])[0]
    assert (row.name, row.stage_id, row.amount, row.customer) == ("Second lorry", NEW, None, None)
    assert row.created_on == TODAY
    assert shown.page.views.chosen() == [new]
    story.book.undo()
    shown.settle()
    assert "Second lorry" not in shown.cards(NEW)
    assert shown.page.side.part() is None


def test_without_a_name_it_asks(shown: Shown, story: Story) -> None:
    before = deals.list_ids(story.book)
    shown.page.new()
    shown.key(Key.Key_Return)
    assert shown.page.form.form().editor("name").accessibleDescription() == "Please fill in “Name”."
    assert deals.list_ids(story.book) == before
    shown.key(Key.Key_Escape)
    assert shown.page.side.part() is None


def test_a_customer_and_a_product_propose_the_name(shown: Shown, story: Story) -> None:
    shown.page.new()
    form = shown.page.form.form()
    form.editor("customer").setFocus()
    shown.type("aminah")
    assert form.editor("customer").offers()[0].name == "Aminah Runcit Enterprise"
    QTest.keyClick(form.editor("customer").popup, Qt.Key.Key_Return)
    assert form.editor("name").value() == "Deal with Aminah Runcit Enterprise"
    line = form.editor("lines")._rows[0]
    line.product.setFocus()
    shown.type("granite")
    QTest.keyClick(line.product.popup, Qt.Key.Key_Down)
    QTest.keyClick(line.product.popup, Qt.Key.Key_Return)
    shown.settle()
    assert form.editor("name").value() == "Granite slab for Aminah Runcit Enterprise"
    form.submit()
    shown.settle()
    row = deals.rows(story.book, [shown.page.card.deal or 0])[0]
    assert (row.name, row.amount, row.products) == ("Granite slab for Aminah Runcit Enterprise", 62_000, "Granite slab")


def test_a_new_customer_comes_with_the_deal_in_one_act(shown: Shown, story: Story) -> None:
    before = customers.list_ids(story.book)
    shown.page.new()
    form = shown.page.form.form()
    shown.type("First order")
    form.editor("customer").setFocus()
    shown.type("Kedai Baru")
    QTest.keyClick(form.editor("customer").popup, Qt.Key.Key_Return)
    form.submit()
    shown.settle()
    row = deals.rows(story.book, [shown.page.card.deal or 0])[0]
    assert row.customer == "Kedai Baru"
    assert len(customers.list_ids(story.book)) == len(before) + 1
    story.book.undo()
    assert customers.list_ids(story.book) == before


def test_words_that_are_no_customer_are_refused(shown: Shown, story: Story) -> None:
    shown.page.new()
    form = shown.page.form.form()
    shown.type("Order")
    form.editor("customer").setText("Nobody at all")
    form.submit()
    assert form.editor("customer").accessibleDescription().startswith("There is no “Nobody at all” yet.")
    assert shown.page.side.part() is shown.page.form


def test_a_name_typed_in_full_is_the_customer(shown: Shown, story: Story) -> None:
    shown.page.new()
    form = shown.page.form.form()
    shown.type("Order")
    form.editor("customer").setText("cruz hardware & supply")
    form.submit()
    shown.settle()
    assert deals.rows(story.book, [shown.page.card.deal or 0])[0].customer == "Cruz Hardware & Supply"


def test_a_deal_of_a_customer(shown: Shown, story: Story) -> None:
    customer = story.row("Shelving").customer_id
    assert customer is not None
    shown.page.new_for(customer)
    form = shown.page.form.form()
    assert form.editor("customer").text() == "Aminah Runcit Enterprise"
    assert form.editor("name").value() == "Deal with Aminah Runcit Enterprise"
    form.submit()
    shown.settle()
    assert deals.rows(story.book, [shown.page.card.deal or 0])[0].customer_id == customer


def test_it_begins_in_the_chosen_column_and_takes_all_values(shown: Shown, story: Story) -> None:
    shown.page.views.select(story.deals["Warehouse racks"])
    shown.page.new()
    form = shown.page.form.form()
    assert form.editor("stage_id").value() == QUALIFIED
    shown.type("More racks")
    form.editor("amount").setText("1,250.50")
    form.editor("expected_on").setText("tomorrow")
    form.editor("seller_id").set_value(1)
    form.editor("name").setFocus()
    shown.key(Key.Key_Return, Mod.ControlModifier)
    row = deals.rows(story.book, [shown.page.card.deal or 0])[0]
    assert (row.amount, str(row.expected_on)) == (125_050, "2026-11-22")
    assert (row.seller, row.stage_id) == ("Mei Ling", QUALIFIED)
