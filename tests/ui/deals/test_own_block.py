"""Own fields of deals: on the card, each changed where it stands, and in the form of a new deal."""

from __future__ import annotations

import pytest

from desktop_crm.services import custom_fields, deals
from desktop_crm.ui.deals.listing import DealList
from desktop_crm.ui.deals.own_block import OwnBlock
from desktop_crm.ui.inline import InlineText
from desktop_crm.ui.own_fields import columns
from desktop_crm.ui.widgets.pickers import Choice
from tests.ui.deals.conftest import Key, Shown, Story


@pytest.fixture
def fields(story: Story) -> dict[str, int]:
    return {name: custom_fields.add(story.book, "deals", name, of_type, choices) for name, of_type, choices in (
        ("Plate", "text", ()), ("Mileage", "number", ()), ("Repair", "choice", ("In work", "Ready")),
        ("Ready on", "date", ()), ("Photos", "link", ()))}


def opened(shown: Shown, story: Story) -> OwnBlock:
    shown.page.open(story.deals["Shelving"])
    shown.settle()
    return shown.page.card.own


def typed(shown: Shown, block: OwnBlock, field: int, text: str) -> InlineText:
    editor = block.editors[field]
    assert isinstance(editor, InlineText)
    editor.edit()
    shown.type(text)
    shown.key(Key.Key_Return)
    return editor


def test_each_value_is_changed_where_it_stands(shown: Shown, story: Story, fields: dict[str, int]) -> None:
    block, deal = opened(shown, story), story.deals["Shelving"]
    assert typed(shown, block, fields["Plate"], "WXY 1234").value() == "WXY 1234"
    assert typed(shown, block, fields["Mileage"], "125000").value() == "125,000"
    typed(shown, block, fields["Ready on"], "2026-12-01")
    typed(shown, block, fields["Photos"], "photos.example/7")
    choice = block.editors[fields["Repair"]]
    assert isinstance(choice, Choice)
    choice.picked.emit("Ready")
    shown.settle()
    assert custom_fields.values(story.book, "deals", deal) == {
        fields["Plate"]: "WXY 1234", fields["Mileage"]: 125000, fields["Repair"]: "Ready",
        fields["Ready on"]: "2026-12-01", fields["Photos"]: "https://photos.example/7"}
    story.book.undo()
    shown.settle()
    assert choice.value() is None
    assert typed(shown, block, fields["Mileage"], "far").editing()
    shown.key(Key.Key_Escape)
    assert custom_fields.values(story.book, "deals", deal)[fields["Mileage"]] == 125000


def test_a_business_without_own_fields_sees_none(shown: Shown, story: Story) -> None:
    block = opened(shown, story)
    assert block.isHidden()
    custom_fields.add(story.book, "deals", "Plate")
    shown.settle()
    assert not block.isHidden() and len(block.editors) == 1


def test_a_new_deal_is_made_with_them(shown: Shown, story: Story, fields: dict[str, int]) -> None:
    shown.page.new()
    shown.type("Gearbox")
    shown.page.form.form().editor(f"own:{fields['Plate']}").setText("ABC 1")
    shown.page.form.form().submit()
    shown.settle()
    assert custom_fields.values(story.book, "deals", shown.page.card.deal or 0) == {fields["Plate"]: "ABC 1"}


def test_a_column_of_the_list_is_chosen_and_sorted(shown: Shown, story: Story, fields: dict[str, int]) -> None:
    shown.settle()
    for name, value in (("Shelving", 9), ("Tasting menu", 100)):
        custom_fields.set_values(story.book, "deals", story.deals[name], {fields["Mileage"]: value})
    table, key = shown.page.views.list.table, f"own:{fields['Mileage']}"
    table.show_column(key)
    assert table.paged().columns[table.shown_columns()[-1]].title == "Mileage"
    assert deals.list_ids(story.book, sort=key, descending=True)[:2] == [story.deals["Tasting menu"],
                                                                          story.deals["Shelving"]]
    custom_fields.delete(story.book, [fields["Mileage"]])
    shown.settle()
    assert table.paged().column_of(key) == -1


def test_a_chosen_column_stays_chosen(shown: Shown, story: Story, fields: dict[str, int]) -> None:
    shown.settle()
    key, listing = f"own:{fields['Plate']}", shown.page.views.list
    listing.table.show_column(key)
    state = shown.page.save_state()
    again = DealList(lambda ids: [], story.book.today, ())
    again.restore_state(state["table"])
    assert again.save_state() == state["table"]
    again.show_own(columns(story.book, "deals"))
    assert not again.table.isColumnHidden(again.table.paged().column_of(key))
    again.deleteLater()
