from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_crm import i18n
from desktop_crm.domain.deals import DealFilter
from desktop_crm.services import activities, contacts, customers, deals, history, payments, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.line_model import Line

from .conftest import TODAY, Shown


@pytest.fixture
def card(shown: Shown) -> Any:
    return shown.page.card


def enter(shown: Shown) -> None:
    shown.keys(Qt.Key.Key_Return)
    shown.settle()


def test_the_head_says_who_it_is_and_the_figures(shown: Shown, card: Any) -> None:
    assert card.head._about.text() == "Company · Shah Alam"
    assert not card.head._about.cut, "it has the width of the card, not what the star and the menu leave of it"
    values = {key: label.text() for key, label in card.figures._values.items()}
    assert values == {"open": "1", "won": "—", "owes": "—", "paid": "8,200", "last": "2 days"}
    buttons = [button.accessibleName() for button in card.head.ways.findChildren(QPushButton)]
    assert buttons == ["012-345 6789", "E-mail"]


@pytest.mark.parametrize(("typed", "noted", "task"), [
    ("called 12 min, wants samples, next step Friday 10", "wants samples",
     ("Follow-up", "follow_up", date(2026, 11, 27), "10:00")),
    ("call: agreed. Next step: send the quotation by email tomorrow", "agreed.",
     ("Send the quotation by email", "", date(2026, 11, 22), None)),
    ("call：要樣品，next step：visit monday 15:00", "要樣品", ("Visit", "visit", date(2026, 11, 23), "15:00")),
])
def test_a_note_that_names_the_next_step_makes_its_task_in_the_same_step(
        shown: Shown, card: Any, book: Book, typed: str, noted: str, task: tuple[Any, ...]) -> None:
    before = tasks.list_ids(book), activities.list_ids(book)
    shown.act("customers.log")
    card.log.setText(typed)  # the test's keyboard has no Chinese
    enter(shown)
    made = tasks.rows(book, [key for key in tasks.list_ids(book) if key not in before[0]])
    logged = activities.rows(book, [key for key in activities.list_ids(book) if key not in before[1]])
    assert [(row.name, row.due_on, row.due_time) for row in made] == [(task[0], *task[2:])]
    assert made[0].kind == (task[1] or made[0].kind) and made[0].customer_id == card.customer
    assert [(row.name, row.kind) for row in logged] == [(noted, "call")] and card.log.text() == ""
    book.undo()
    assert (tasks.list_ids(book), activities.list_ids(book)) == before


def test_a_next_step_without_a_day_stays_in_the_note(shown: Shown, card: Any, book: Book) -> None:
    before = tasks.list_ids(book)
    shown.act("customers.log")
    shown.type("called, next step is still open")
    enter(shown)
    assert tasks.list_ids(book) == before
    assert activities.rows(book, activities.list_ids(book))[-1].name == "next step is still open"


def test_a_call_is_logged_with_its_minutes_and_taken_back(shown: Shown, card: Any, book: Book) -> None:
    shown.act("customers.log")
    shown.type("call 12 min agreed on a 3-year term")
    assert card.log.kind() == "call"
    enter(shown)
    row = activities.rows(book, activities.list_ids(book, descending=True))[0]
    assert (row.kind, row.minutes, row.name, row.on_date) == ("call", 12, "agreed on a 3-year term", TODAY)
    assert "Call, 12 min — agreed on a 3-year term" in shown.words()
    assert card.log.text() == ""
    book.undo()
    shown.settle()
    assert "agreed on a 3-year term" not in " ".join(shown.words())


def test_the_name_is_edited_in_place(shown: Shown, card: Any, book: Book) -> None:
    shown.act("customers.rename")
    QTest.keySequence(card.head.name._field, "Ctrl+A")
    shown.type("Aminah & Daughters")
    enter(shown)
    assert customers.rows(book, [card.customer])[0].name == "Aminah & Daughters"
    assert shown.names()[0] == "Aminah & Daughters"
    book.undo()
    shown.settle()
    assert card.head.name.value() == "Aminah Runcit Enterprise"


def test_a_new_customer_needs_only_a_name_and_is_selected(shown: Shown, card: Any, book: Book) -> None:
    shown.page.new()
    enter(shown)
    assert card.pane is not None
    shown.type("Kedai Baru")
    enter(shown)
    assert card.pane is None
    assert shown.page.table.selected_ids() == [card.customer]
    assert card.head.name.value() == "Kedai Baru"
    assert customers.card(book, card.customer).values["created_on"] == TODAY


def test_a_new_customer_that_the_filter_hides_is_shown_with_a_note(shown: Shown, card: Any) -> None:
    shown.page.sidebar.choose("inactive")
    shown.settle()
    shown.page.new()
    shown.type("Kedai Baru")
    enter(shown)
    assert card.head.name.value() == "Kedai Baru"
    assert shown.names() == ["Shop 10"]
    assert "keeps it out of the list" in shown.bar.text()
    shown.bar._action.click()
    shown.settle()
    assert "Kedai Baru" in shown.names()


def test_escape_leaves_a_new_customer(shown: Shown, card: Any) -> None:
    shown.page.new()
    shown.keys(Qt.Key.Key_Escape)
    assert card.pane is None
    assert shown.page.table.hasFocus()


def test_details_are_saved_in_one_act(shown: Shown, card: Any, book: Book) -> None:
    card.edit_details("city")
    form = card.pane.form
    form.editor("city").set_value("Klang")
    form.editor("phones").set_value([("Office", "03-3371 4455"), ("", "012-345 6789")])
    form.editor("tags").set_value(["VIP", "Wholesale"])
    form.submit()
    shown.settle()
    found = customers.card(book, card.customer)
    assert found.values["city"] == "Klang"
    assert [(way.kind, way.label, way.value) for way in found.channels] == [
        ("phone", "Office", "03-3371 4455"), ("phone", "", "012-345 6789"), ("email", "", "aminah@runcit.my")]
    assert found.tags == ("VIP", "Wholesale")
    book.undo()
    found = customers.card(book, card.customer)
    assert (found.values["city"], found.tags, len(found.channels)) == ("Shah Alam", ("VIP",), 2)


def test_saving_unchanged_details_is_no_act(shown: Shown, card: Any, book: Book) -> None:
    before = len(history.acts(book, book.language))
    card.edit_details()
    card.pane.form.submit()
    shown.settle()
    assert len(history.acts(book, book.language)) == before


def test_what_was_changed_elsewhere_is_told_and_not_overwritten(shown: Shown, card: Any, book: Book) -> None:
    card.edit_details()
    customers.edit(book, card.customer, {"city": "Ipoh"})
    shown.settle()
    card.pane.form.editor("city").set_value("Klang")
    card.pane.form.submit()
    assert card.pane is not None
    assert "changed elsewhere" in card.pane.form._why.text()
    assert customers.card(book, card.customer).values["city"] == "Ipoh"


def test_a_wrong_e_mail_is_said_at_its_field(shown: Shown, card: Any) -> None:
    card.edit_details("emails")
    card.pane.form.editor("emails").set_value([("", "no address")])
    card.pane.form.submit()
    assert "not an e-mail address" in card.pane.form._whys["emails"].text()


def test_a_form_with_unsaved_words_is_put_aside_not_lost(shown: Shown, card: Any) -> None:
    shown.page.new()
    shown.type("Half a na")
    shown.select("Shop 9")
    assert card.pane is None
    assert card.head.name.value() == "Shop 9"
    shown.bar._action.click()
    assert card.pane.form.editor("name").value() == "Half a na"
    shown.type("me")
    card.pane.form.submit()
    shown.settle()
    assert "Half a name" in shown.names()


def test_tasks_are_added_in_words_and_ticked(shown: Shown, card: Any, book: Book) -> None:
    shown.act("customers.new_task")
    shown.type("visit tomorrow 10:00")
    enter(shown)
    task = tasks.rows(book, tasks.list_ids(book, sort="id", descending=True))[0]
    assert (task.kind, task.due_on, task.due_time) == ("visit", date(2026, 11, 22), "10:00")
    assert task.customer_id == card.customer
    view = card.sections.view
    view.setCurrentIndex(view.lines.index(0))
    view.setFocus()
    shown.keys(Qt.Key.Key_Space)
    shown.settle()
    assert card.sections.chips["tasks"]._count == 1
    assert tasks.rows(book, [task.id])[0].done_on is None
    assert view.lines.line(view.lines.rowCount() - 1).checked


def test_a_click_in_the_box_ticks_a_task(shown: Shown, card: Any, book: Book) -> None:
    card.sections.show_section("tasks")
    view = card.sections.view
    option = view._option(view.lines.index(0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view._delegate.box(option).center())
    assert tasks.rows(book, tasks.list_ids(book))[0].done_on == TODAY


def test_deals_and_payments_stand_together_and_open(shown: Shown, card: Any, book: Book) -> None:
    card.sections.show_section("deals")
    assert shown.words() == ["Mosaic order", "Payments", "RM 500.00", "Payment"]
    view = card.sections.view
    card.open_line(view.lines.line(0))
    assert shown.wishes == [("deals", deals.list_ids(book, DealFilter())[0])]
    option, line = view._option(view.lines.index(2)), view.lines.line(2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view._delegate.button(option, line).center())
    shown.settle()
    assert {row.received_on for row in payments.rows(book, payments.list_ids(book))} == {TODAY, date(2026, 11, 12)}
    assert card.figures._values["paid"].text() == "8,700"


def test_a_payment_is_added(shown: Shown, card: Any, book: Book) -> None:
    card.add("payment")
    shown.type("1,200.50")
    enter(shown)
    row = payments.rows(book, payments.list_ids(book))[-1]
    assert (row.amount, row.received_on, row.customer_id) == (120_050, TODAY, card.customer)


def test_contacts_are_added_edited_and_deleted(shown: Shown, card: Any, book: Book) -> None:
    card.sections.show_section("contacts")
    card.add("contact")
    shown.type("Encik Rahman")
    enter(shown)
    assert shown.words() == ["Puan Aminah · Owner", "Encik Rahman"]
    card.open_line(card.sections.view.lines.line(0))
    card.pane.form.editor("role").set_value("Director")
    card.pane.form.submit()
    shown.settle()
    assert shown.words()[0] == "Puan Aminah · Director"
    view = card.sections.view
    view.setCurrentIndex(view.lines.index(1))
    view.setFocus()
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert shown.words() == ["Puan Aminah · Director"]
    shown.bar._action.click()
    shown.settle()
    assert len(contacts.list_ids(book, customer=card.customer)) == 2


def test_what_was_noted_is_corrected_and_deleted(shown: Shown, card: Any, book: Book) -> None:
    view = card.sections.view
    row = shown.words().index("Call — agreed")
    view.setCurrentIndex(view.lines.index(row))
    view.setFocus()
    shown.keys(Qt.Key.Key_Return)
    card.pane.form.editor("minutes").set_value(15)
    card.pane.form.editor("on_date").set_value(date(2026, 11, 18))
    card.pane.form.submit()
    shown.settle()
    assert "Call, 15 min — agreed" in shown.words()
    view.setCurrentIndex(view.lines.index(shown.words().index("Call, 15 min — agreed")))
    shown.keys(Qt.Key.Key_Delete)
    assert activities.list_ids(book) == []


def test_the_timeline_is_narrowed_to_what_is_chosen_and_shows_all_again(shown: Shown, card: Any) -> None:
    def kinds() -> set[str]:
        lines = card.sections.view.lines
        return {lines.line(row).kind for row in range(lines.rowCount())}

    def tick(title: str) -> None:
        button = card.sections.timeline_filter
        button.menu().aboutToShow.emit()
        next(action for action in button.menu().actions() if action.text() == title).trigger()
        shown.settle()

    everything = kinds()
    assert {"activity", "change"} <= everything
    tick("Activities")
    assert kinds() == {"activity"}
    assert card.sections.timeline_filter.accessibleName() == "The timeline shows: Activities"
    tick("Changes")
    assert kinds() == {"activity", "change"}
    card.sections.show_section("tasks")
    assert not card.sections.timeline_filter.isVisible()
    card.sections.show_section("all")
    assert card.sections.timeline_filter.isVisible()
    assert kinds() == {"activity", "change"}, "another section forgets nothing"
    tick("All")
    assert kinds() == everything


def test_an_act_of_long_ago_is_taken_back_from_its_change(shown: Shown, card: Any, book: Book) -> None:
    customer = card.customer
    customers.edit(book, customer, {"city": "Ipoh"})
    customers.edit(book, customer, {"region": "Perak"})
    shown.settle()
    [change] = [item for item in history.changes(book, i18n.language("en"), "customers", customer)
                if item.sentence.startswith("City")]
    [(title, _, act)] = card._past_acts(Line("change", change.id))
    assert title.startswith("Take back: Edit ")
    act()
    values = customers.card(book, customer).values
    assert (values["city"] != "Ipoh", values["region"]) == (True, "Perak")
    assert card._past_acts(Line("change", change.id)) == [], "it stands no longer"
    assert card._past_acts(Line("task", change.id)) == []


def test_history_is_never_deleted(shown: Shown, card: Any) -> None:
    card.sections.show_section("changes")
    view = card.sections.view
    view.setCurrentIndex(view.lines.index(0))
    view.setFocus()
    shown.keys(Qt.Key.Key_Delete)
    assert "History is never deleted" in shown.bar.text()


def test_a_new_deal_is_asked_of_the_deals_tab(shown: Shown, card: Any) -> None:
    shown.act("customers.new_deal")
    assert shown.wishes == [(f"new_deal:{card.customer}",)]


class Opener(QObject):
    """Takes the place of the telephone and the mail program."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_ways_to_reach_are_opened_and_a_number_copied(shown: Shown, card: Any) -> None:
    opener = Opener()
    for scheme in ("tel", "mailto"):
        QDesktopServices.setUrlHandler(scheme, opener, "take")
    for button in card.head.ways.findChildren(QPushButton):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for scheme in ("tel", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)
    assert opener.opened == ["tel:+60123456789", "mailto:aminah@runcit.my"]
    assert QGuiApplication.clipboard().text() == "012-345 6789"


def test_a_missing_phone_leads_to_its_field(shown: Shown, card: Any) -> None:
    shown.select("Shop 9")
    button = next(button for button in card.head.ways.findChildren(QPushButton)
                  if button.accessibleName() == "Add phone")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert card.pane.form.editor("phones")._lines[0].value.hasFocus()


def test_the_card_of_a_customer_deleted_elsewhere_goes(shown: Shown, card: Any, book: Book) -> None:
    customers.delete(book, [card.customer])
    shown.settle()
    assert card.head.name.value() == "Faridah binti Ismail"


def test_night_where_the_customer_is(shown: Shown, card: Any, book: Book) -> None:
    assert card.head.night.isHidden()
    customers.edit(book, card.customer, {"zone": "America/New_York"})
    shown.settle()
    assert card.head.night.text().startswith("night there: ")
    customers.edit(book, card.customer, {"zone": "Asia/Taipei"})
    shown.settle()
    assert card.head.night.isHidden()
