"""The account on the card: figures, money, cheques, promises, reminders, the star."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_crm.domain.sales import Sale
from desktop_crm.services import accounts, business, customers, deals, payments, sales
from desktop_crm.services.book import Book
from tests.ui.customers.conftest import Shown


@pytest.fixture
def card(book: Book, show: Any) -> Any:
    """Aminah owes 1,000 of September and 500 that are due in December."""
    business.set_business(book, {"name": "Kedai Bukit"})
    sales.sell(book, Sale(customer_id=1, total=100_000, paid=0, on=date(2026, 9, 12), note="Tiles"))
    sales.sell(book, Sale(customer_id=1, total=50_000, paid=0, due_on=date(2026, 12, 1), note="Grout"))
    shown: Shown = show(book)
    shown.select("Aminah Runcit Enterprise")
    shown.page.card.sections.show_section("account")
    shown.page.card.shown = shown
    return shown.page.card


def lines(card: Any) -> list[tuple[str, str]]:
    model = card.sections.view.lines
    found = [model.line(row) for row in range(model.rowCount())]
    return [(line.words, line.end or line.action) for line in found if line.kind != "heading"]


def test_what_is_owed_and_how_old_it_is(card: Any) -> None:
    block = card.sections.account
    assert block.said.text() == "Owes RM 1,500"
    assert block.more.text().replace("\u00a0", " ") == "Not due: RM 500 · 61–90 days: RM 1,000"
    assert card.figures._values["owes"].text() == "1,500" and not card.figures.cells["owes"].isHidden()
    assert lines(card) == [("Tiles", "RM 1,000.00"), ("Grout", "RM 500.00")]


def test_money_is_received_in_the_card_for_the_oldest_first(card: Any, book: Book) -> None:
    card.receive()
    assert card.pane.form.editor("amount").text() == "1,500.00"
    card.pane.form.editor("amount").setText("1200")
    card.shown.keys(Qt.Key.Key_Return)
    card.shown.settle()
    balance = accounts.balance(book, 1)
    assert (balance.owed, [item.name for item in balance.items]) == (30_000, ["Grout"])
    assert "Still owed: RM 300" in card.shown.bar.text()
    assert lines(card) == [("Grout", "RM 300.00"), ("Cash", "RM 1,200.00")]
    book.undo()
    card.shown.settle()
    assert accounts.balance(book, 1).owed == 150_000


def test_money_can_be_spread_by_hand(card: Any, book: Book) -> None:
    card.receive()
    form = card.pane.form
    form.editor("amount").setText("500")
    form.editor("parts").set_value([(sorted(form.editor("parts")._fields)[1], 50_000)])
    form.submit()
    assert [item.name for item in accounts.balance(book, 1).items] == ["Tiles"]


def test_parts_above_the_amount_are_refused_at_the_parts(card: Any, book: Book) -> None:
    card.receive()
    form = card.pane.form
    form.editor("amount").setText("10")
    form.editor("parts").set_value([(next(iter(form.editor("parts")._fields)), 2_000)])
    form.submit()
    assert accounts.balance(book, 1).owed == 150_000 and not form._whys["parts"].isHidden()


def test_a_cheque_goes_from_hand_to_bank_to_received_or_back(card: Any, book: Book) -> None:
    accounts.receive(book, 1, 20_000, "cheque", due_on=date(2026, 12, 5))
    card.shown.settle()
    assert lines(card)[-1] == ("RM 200.00 · Cheque", "Deposited")
    view, model = card.sections.view, card.sections.view.lines
    cheque = model.line(model.rowCount() - 1)
    assert [title for title, _, _ in card.acts.choices(cheque)] == ["Deposited", "Cleared", "Bounced"]
    view.setCurrentIndex(model.index(model.rowCount() - 1))
    view.setFocus()
    card.shown.keys(Qt.Key.Key_Space)
    card.shown.settle()
    assert lines(card)[-1] == ("RM 200.00 · Cheque", "Cleared")
    card.shown.keys(Qt.Key.Key_Space)
    card.shown.settle()
    assert accounts.balance(book, 1).owed == 130_000 and lines(card)[-1] == ("Cheque", "RM 200.00")


def test_a_promise_in_words(card: Any, book: Book) -> None:
    card.sections.account.promise.committed.emit("next friday")
    card.shown.settle()
    assert accounts.balance(book, 1).promised_on == date(2026, 11, 27)
    card.sections.account.promise.committed.emit("")
    assert accounts.balance(book, 1).promised_on is None
    card.sections.account.promise.committed.emit("some day")
    assert "some day" in card.shown.bar.text()


def test_a_reminder_is_copied(card: Any) -> None:
    card.sections.account.remind_wanted.emit("first", "")
    copied = QGuiApplication.clipboard().text()
    assert "Aminah" in copied and "RM 1,500.00" in copied and "Kedai Bukit" in copied
    assert "copied" in card.shown.bar.text()


def test_the_window_is_asked_for_sheets_and_papers(card: Any, book: Book) -> None:
    for key in ("sell", "return", "statement"):
        card.sections.account.acted.emit(key)
    taken = accounts.receive(book, 1, 1_000)
    card.shown.settle()
    model = card.sections.view.lines
    card.acts.run(model.line(model.rowCount() - 1))
    assert card.shown.wishes == [("sale:1",), ("return_to:1",), ("statement:1",), (f"receipt:{taken.taking}",)]


def test_money_is_deleted_with_all_its_parts(card: Any, book: Book) -> None:
    before = len(payments.list_ids(book))
    accounts.receive(book, 1, 120_000)
    card.shown.settle()
    model = card.sections.view.lines
    card._delete_line(model.line(model.rowCount() - 1))
    assert accounts.balance(book, 1).owed == 150_000
    assert len(payments.list_ids(book)) <= before + 1


def test_a_won_deal_goes_on_account_from_its_line(card: Any, book: Book) -> None:
    deal = deals.list_ids(book)[0]
    stage = next(stage for pipe in deals.all_pipelines(book) for stage in pipe.stages if stage.kind == "won")
    deals.move(book, [deal], stage.id)
    card.sections.show_section("deals")
    model = card.sections.view.lines
    line = model.line(model.row_of("deal", deal))
    titles = {title: act for title, _, act in card.acts.choices(line)}
    assert list(titles) == ["Put on account", "Return"]
    titles["Put on account"]()
    assert accounts.balance(book, 1).owed == 150_000 + 1_248_000
    assert card.acts.choices(line)[0][0] == "Take off the account"


def test_the_star_shows_on_the_card_in_the_list_and_as_a_segment(card: Any, book: Book) -> None:
    shown: Shown = card.shown
    card.head.star.click()
    shown.settle()
    assert customers.rows(book, [1])[0].starred and card.head.star.accessibleName() == "Take the star off"
    shown.page.sidebar.choose("starred")
    shown.settle()
    assert shown.names() == ["Aminah Runcit Enterprise"]
    book.undo()
    shown.settle()
    assert shown.names() == []


def test_who_owes_is_a_segment_and_a_column_that_comes_by_itself(card: Any) -> None:
    shown: Shown = card.shown
    number = shown.page.model.column_of("owes")
    assert not shown.page.table.isColumnHidden(number)
    shown.page.sidebar.choose("owes")
    shown.settle()
    assert shown.names() == ["Aminah Runcit Enterprise"]
    shown.page.bar.clear()
    shown.page.model.sort(number, Qt.SortOrder.DescendingOrder)
    shown.settle()
    assert shown.names()[0] == "Aminah Runcit Enterprise"


def test_limit_language_and_invoice_title_are_in_the_form(card: Any, book: Book) -> None:
    card.edit_details("credit_limit")
    form = card.pane.form
    form.editor("credit_limit").setText("1000")
    form.editor("language").set_value("ms")
    form.editor("invoice_title").setText("Aminah Sdn Bhd")
    form.submit()
    card.shown.settle()
    values = customers.card(book, 1).values
    assert (values["credit_limit"], values["language"], values["invoice_title"]) == (100_000, "ms", "Aminah Sdn Bhd")
    assert "over the limit of RM 1,000" in card.sections.account.more.text().replace("\u00a0", " ")
