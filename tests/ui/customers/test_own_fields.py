"""Own fields in the window: in forms, on cards, as columns, and set for many customers at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.services import contacts, custom_fields
from desktop_crm.services.book import Book
from desktop_crm.ui.customers.editing import contact as contact_form
from desktop_crm.ui.customers.form_pane import FormPane
from desktop_crm.ui.customers.sections import lines_of
from desktop_crm.ui.own_form import form
from tests.ui.customers.conftest import Shown

_TYPES = (("Size", "number", ()), ("Budget", "money", ()), ("Contract ends", "date", ()),
          ("Level", "choice", ("Silver", "Gold")), ("Gift sent", "yes_no", ()), ("Folder", "link", ()),
          ("<b>சின்னம்</b>", "text", ()))


@pytest.fixture
def fields(book: Book) -> Iterator[dict[str, CustomField]]:
    for name, of_type, choices in _TYPES:
        custom_fields.add(book, "customers", name, of_type, choices)
    yield {field.name: field for field in custom_fields.listed(book, "customers")}


def test_all_types_are_typed_saved_and_read_back_in_the_details(shown: Shown, book: Book,
                                                                fields: dict[str, CustomField]) -> None:
    customer = shown.select("Shop 9")
    shown.settle()
    shown.page.card.edit_details()
    pane = shown.page.card.pane
    assert isinstance(pane, FormPane)
    typed = {"Size": "41.5", "Budget": "1,200.50", "Contract ends": "2027-03-01", "Folder": "shop.example/x",
             "<b>சின்னம்</b>": "மயில்"}
    for name, text in typed.items():
        pane.form.editor(f"own:{fields[name].id}").setText(text)
    pane.form.editor(f"own:{fields['Level'].id}").set_value("Gold")
    pane.form.editor(f"own:{fields['Gift sent'].id}").set_value(False)
    pane.form.submit()
    shown.settle()
    assert list(custom_fields.values(book, "customers", customer).values()) == [
        41.5, 120050, "2027-03-01", "Gold", False, "https://shop.example/x", "மயில்"]
    lines = lines_of(book, "about", customer, 100)
    own = lines[[line.title for line in lines].index("Own fields") + 1:]
    assert [line.text for line in own[:7]] == [
        "41.5", "RM 1,200.50", "1 Mar 2027", "Gold", "No", "https://shop.example/x", "மயில்"]
    mine = form(book, "customers", customer)
    assert mine.take(dict(mine.first())) == {}
    book.undo()
    assert custom_fields.values(book, "customers", customer) == {}


def test_a_wrong_value_is_refused_at_its_field(shown: Shown, fields: dict[str, CustomField]) -> None:
    shown.select("Shop 9")
    shown.settle()
    shown.page.card.edit_details(f"own:{fields['Size'].id}")
    pane = shown.page.card.pane
    assert isinstance(pane, FormPane)
    editor = pane.form.editor(f"own:{fields['Size'].id}")
    editor.setText("forty")
    pane.form.submit()
    assert editor.property("invalid") is True and shown.page.card.pane is pane


def test_a_column_is_chosen_sorted_by_its_numbers_and_goes_with_its_field(
        shown: Shown, book: Book, fields: dict[str, CustomField]) -> None:
    size = fields["Size"].id
    shown.settle()
    for name, value in (("Shop 9", 9), ("Shop 10", 100), ("Faridah binti Ismail", 41.5)):
        custom_fields.set_values(book, "customers", shown.select(name), {size: value})
    shown.settle()
    table, model = shown.page.table, shown.page.model
    table.show_column(f"own:{size}")
    assert model.columns[table.shown_columns()[-1]].title == "Size"
    model.sort(model.column_of(f"own:{size}"), Qt.SortOrder.AscendingOrder)
    shown.settle()
    assert shown.names()[:3] == ["Shop 9", "Faridah binti Ismail", "Shop 10"]
    custom_fields.edit(book, size, name="Shoe size")
    shown.settle()
    assert model.columns[table.shown_columns()[-1]].title == "Shoe size"
    custom_fields.delete(book, [size])
    shown.settle()
    assert model.column_of(f"own:{size}") == -1 and len(shown.names()) == 5


def test_many_get_one_value_typed_or_chosen(shown: Shown, book: Book,
                                            fields: dict[str, CustomField]) -> None:
    shown.settle()
    shown.page.table.selectAll()
    shown.settle()
    acts = shown.page.acts_on_many
    menu = QMenu(shown.page)
    acts.fill_own(menu)
    assert [action.text() for action in menu.actions()] == [name for name, _, _ in _TYPES]
    assert shown.page.bulk.own.isVisibleTo(shown.page.bulk)
    acts.own_set.emit(fields["Level"], "Gold")
    acts.own_set.emit(fields["Size"], "42")
    acts.own_set.emit(fields["Size"], "many")
    ids = shown.page.table.selected_ids()
    wanted = {fields["Level"].id: "Gold", fields["Size"].id: 42}
    assert custom_fields.values_of(book, "customers", ids) == dict.fromkeys(ids, wanted) and len(ids) == 5
    assert "many" in shown.bar.text()
    acts.own_set.emit(fields["Level"], None)
    book.undo()
    book.undo()
    book.undo()
    assert custom_fields.values_of(book, "customers", ids) == {}


def test_a_contact_has_its_own_too(book: Book) -> None:
    diet = custom_fields.add(book, "contacts", "Diet")
    edit = contact_form(book, 1, 1)
    edit.save({**edit.values, f"own:{diet}": "Halal"})
    assert custom_fields.values(book, "contacts", 1) == {diet: "Halal"}
    assert contacts.rows(book, [1])[0].name == "Puan Aminah"
    assert "Diet: Halal" in lines_of(book, "contacts", 1, 10)[0].meta
