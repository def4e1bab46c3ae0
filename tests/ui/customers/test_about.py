"""The section About of a card, by keyboard: ways to reach, forms, the group; the note, the clock, the marks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import addresses, channels, consents, contacts, customers, deals
from desktop_crm.services.book import Book
from desktop_crm.ui.customers import way_line

from .conftest import Shown


class Opener(QObject):
    """Takes what would be opened by other programs."""

    def __init__(self, *schemes: str) -> None:
        super().__init__()
        self.schemes, self.urls = schemes, list[str]()
        for scheme in schemes:
            QDesktopServices.setUrlHandler(scheme, self, "take")

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toString())

    def close(self) -> None:
        for scheme in self.schemes:
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def opener() -> Any:
    made = Opener("tel", "https", "sms", "mailto")
    yield made
    made.close()


@pytest.fixture
def card(shown: Shown) -> Any:
    shown.page.card.sections.show_section("about")
    return shown.page.card


def enter(shown: Shown) -> None:
    shown.keys(Qt.Key.Key_Return)
    shown.settle()


def line(card: Any, words: str) -> None:
    """Put the keyboard on the line that begins so."""
    view = card.sections.view
    rows = [row for row in range(view.lines.rowCount()) if view.lines.line(row).words.strip().startswith(words)]
    assert rows, [view.lines.line(row).words for row in range(view.lines.rowCount())]
    view.setFocus()
    view.setCurrentIndex(view.lines.index(rows[0]))


def typed(shown: Shown, card: Any, text: str) -> None:
    card.sections.way_line.setFocus()
    card.sections.way_line.setText(text)
    enter(shown)


def test_ways_are_typed_in_one_line_and_put_in_order_by_keys(
        shown: Shown, card: Any, book: Book, opener: Opener) -> None:
    for text in ("LINE @aminah", "03-3371 4455 (Office)", "Shop: kedai.my", "wa 013 222 3333"):
        typed(shown, card, text)
        assert card.sections.way_line.text() == ""
    found = [(way.kind, way.value, way.label) for way in customers.card(book, card.customer).channels]
    assert found == [("phone", "012-345 6789", ""), ("email", "aminah@runcit.my", ""), ("line", "@aminah", ""),
                     ("phone", "03-3371 4455", "Office"), ("web", "kedai.my", "Shop"), ("whatsapp", "013 222 3333", "")]
    line(card, "03-3371")
    shown.keys(Qt.Key.Key_P)
    shown.settle()
    assert card.head.ways.findChildren(QPushButton)[0].accessibleName() == "03-3371 4455"
    line(card, "kedai.my")
    shown.keys(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    assert [way.kind for way in customers.card(book, card.customer).channels][3:5] == ["web", "phone"]
    assert card.sections.view.current().title == "kedai.my", "the keyboard stays with what was moved"
    shown.keys(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "kedai.my"
    enter(shown)
    line(card, "012-345")
    shown.keys(Qt.Key.Key_S)
    enter(shown)
    assert opener.urls == ["https://kedai.my", "sms:+60123456789", "tel:+60123456789"]


def test_a_way_is_changed_and_removed_by_keys_and_both_undone(shown: Shown, card: Any, book: Book) -> None:
    before = customers.card(book, card.customer).channels
    line(card, "012-345")
    shown.keys(Qt.Key.Key_E)
    assert card.sections.way_line.text() == "012-345 6789"
    typed(shown, card, "WhatsApp 012-345 6780 (Mobile)")
    first = customers.card(book, card.customer).channels[0]
    assert (first.kind, first.value, first.label) == ("whatsapp", "012-345 6780", "Mobile")
    line(card, "012-345")
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert [way.kind for way in customers.card(book, card.customer).channels] == ["email"]
    book.undo()
    book.undo()
    shown.settle()
    assert customers.card(book, card.customer).channels == before


def test_a_line_that_names_no_way_says_what_to_write(shown: Shown, card: Any, book: Book) -> None:
    typed(shown, card, "aminah.shop")
    assert len(customers.card(book, card.customer).channels) == 3, "a page"
    typed(shown, card, "aminah")
    assert card.sections.way_line.text() == "aminah" and "Write what it is before it" in shown.bar.text()


@pytest.mark.parametrize(("text", "way"), [
    ("012-345 6789", ("phone", "012-345 6789", "")), ("Phone: 012-345 6789", ("phone", "012-345 6789", "")),
    ("a@b.co (Private)", ("email", "a@b.co", "Private")), ("Web page kedai.my", ("web", "kedai.my", "")),
    ("https://kedai.my", ("web", "https://kedai.my", "")), ("telegram：ali", ("telegram", "ali", "")),
    ("facebook Kedai Ali", ("facebook", "Kedai Ali", "")),
    ("办公室：03-1234 5678", ("phone", "03-1234 5678", "办公室")),
    ("email a@b.co", ("email", "a@b.co", ""))])
def test_ways_in_one_line(text: str, way: way_line.Way) -> None:
    assert way_line.read(text) == way


@pytest.mark.parametrize("text", ["Ali", "line", "x: y"])
def test_lines_that_are_no_way(text: str) -> None:
    with pytest.raises(InvalidInput):
        way_line.read(text)


def test_what_is_known_stands_on_the_card_and_nothing_empty(shown: Shown, card: Any, book: Book) -> None:
    assert not any(word.startswith("Birthday") for word in shown.words())
    assert card.head.note.isHidden() and card.head.quiet.isHidden()
    customers.edit(book, card.customer, {
        "pinned_note": "Ask for Siti", "no_marketing": True, "birthday": "1985-11-30", "tax_number": "12",
        "country": "SG", "prefers": "email"})
    addresses.add(book, card.customer, {"label": "Store", "street": "Jalan 1", "city": "Klang"})
    consents.add(book, card.customer, {"purpose": "marketing", "basis": "consent"})
    shown.settle()
    assert card.head.note.words.text() == "Ask for Siti" and card.head.note.isVisible() and card.head.quiet.isVisible()
    assert "Birthday — 30 Nov 1985 · 40 years old · birthday in 9 days" in shown.words()
    assert {"Store · Jalan 1, Klang", "Marketing · Consent"} <= set(shown.words())
    line(card, "Tax number")
    assert card.sections.view.current().meta == "This does not have the form of a UEN / GST."
    assert card.head.ways.findChildren(QPushButton)[0].accessibleName() == "E-mail", "what they prefer goes first"
    enter(shown)
    assert card.pane.form.editor("tax_number").note.isVisible()
    assert card.pane.edit.kind == "customer"
    shown.keys(Qt.Key.Key_Escape)
    QTest.mouseClick(card.head.note, Qt.MouseButton.LeftButton)
    assert card.pane.form.editor("pinned_note").hasFocus()


def test_a_consent_and_an_address_are_noted_in_forms(shown: Shown, card: Any, book: Book) -> None:
    card.add("consent")
    enter(shown)
    assert [one.purpose for one in consents.of(book, card.customer)] == ["marketing"]
    line(card, "Marketing")
    enter(shown)
    card.pane.form.editor("withdrawn_on").set_value(date(2026, 11, 21))
    card.pane.form.submit()
    shown.settle()
    line(card, "Marketing")
    assert card.sections.view.current().meta_tone == "bad"
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert consents.of(book, card.customer) == []
    card.add("address")
    card.pane.form.submit()
    assert card.pane is not None, "an address needs a place"
    card.pane.form.editor("city").setText("Klang")
    card.pane.form.submit()
    shown.settle()
    assert [one.city for one in addresses.of(book, card.customer)] == ["Klang"]


def test_a_person_of_another_company_stands_on_both_cards(shown: Shown, card: Any, book: Book) -> None:
    aminah = card.customer
    shop = shown.select("Shop 9")
    shown.settle()
    card.sections.show_section("contacts")
    card.add("known")
    card.pane.form.editor("contact").setFocus()
    shown.type("Puan")
    card.pane.form.editor("contact").setText("Puan Aminah · Aminah Runcit Enterprise")
    card.pane.form.editor("role").setText("Adviser")
    card.pane.form.submit()
    shown.settle()
    assert card.pane is None and shown.words() == ["Puan Aminah · Adviser"]
    assert "also at Aminah Runcit Enterprise" in card.sections.view.lines.line(0).meta
    line(card, "Puan")
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert contacts.list_ids(book, customer=shop) == [] and len(contacts.list_ids(book, customer=aminah)) == 1


def test_the_group_is_a_tree_to_walk_in(shown: Shown, card: Any, book: Book) -> None:
    aminah = card.customer
    child = customers.add(book, {"name": "Branch", "parent_id": aminah})
    deals.add(book, {"name": "Order", "customer_id": child, "amount": 100_000})
    shown.settle()
    line(card, "Aminah Runcit")
    assert card.sections.view.current().meta == "with all below: open RM\u00a013,480 · paid RM\u00a08,200"
    line(card, "Branch")
    enter(shown)
    assert shown.wishes == [("customers", child)]


def test_the_clock_runs_and_a_call_at_night_is_told(shown: Shown, card: Any, book: Book, opener: Opener) -> None:
    customers.edit(book, card.customer, {"country": "AE", "call_from": "09:00", "call_until": "12:00"})
    shown.settle()
    assert card.head.clock.said.text() == "08:00 there" and card.head.clock.isVisible()
    assert card.head.clock.window_line.text() == "Likes calls 09:00–12:00 their time; now 08:00"
    card.head.clock.show_there(card.head.clock.there.later(book.now().replace(hour=20)))
    assert card.head.night.isVisible() and card.head.clock.isHidden()
    QTest.mouseClick(card.head.ways.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert opener.urls == ["tel:+60123456789"] and "It is night there: 00:00." in shown.bar.text()


def test_addresses_for_a_mailing_leave_out_who_refused(shown: Shown, card: Any, book: Book) -> None:
    faridah = shown.page.model.id_at(shown.names().index("Faridah binti Ismail"))
    assert faridah is not None
    channels.add(book, faridah, "email", "f@x.my")
    customers.edit(book, faridah, {"no_marketing": True})
    shown.settle()
    shown.page.table.selectAll()
    shown.page.acts_on_many.addresses_wanted.emit()
    assert QGuiApplication.clipboard().text() == "aminah@runcit.my"
    assert "Left out: 1 who wants no marketing." in shown.bar.text()


def test_birthdays_and_hours_are_typed_in_the_form(shown: Shown, card: Any, book: Book) -> None:
    card.edit_details("birthday")
    form = card.pane.form
    form.editor("birthday").setText("30/11/1985")
    form.editor("call_from").setText("9am")
    form.editor("no_marketing").setChecked(True)
    form.editor("country").setText("Taiwan")
    form.editor("registration").line.setText("00501502")
    form.editor("registration").check()
    assert "統一編號" in form.editor("registration").note.text()
    form.submit()
    shown.settle()
    values = customers.card(book, card.customer).values
    assert [values[key] for key in ("birthday", "call_from", "no_marketing", "registration")] == [
        "1985-11-30", "09:00", True, "00501502"], "a wrong check digit never blocks"
    book.undo()
    assert customers.card(book, card.customer).values["birthday"] is None
