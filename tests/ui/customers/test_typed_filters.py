"""Filters on behaviour in the bar above the list: ticked, typed as a day or an amount, told by chips, taken away."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.values import Period
from desktop_crm.services.book import Book
from desktop_crm.ui.customers.filters import FilterBar
from desktop_crm.ui.customers.typed_filters import TypedFilters
from desktop_crm.ui.widgets.fields import Field


@pytest.fixture
def refused() -> list[Exception]:
    return []


@pytest.fixture
def bar(book: Book, refused: list[Exception], qtbot: QtBot) -> FilterBar:
    made = FilterBar(TypedFilters(book, refused.append))
    qtbot.addWidget(made)
    made.resize(1000, 46)
    made.show()
    return made


def enter(bar: FilterBar, key: str, text: str) -> None:
    field = bar.ask_value(key).findChild(Field)
    assert field is not None
    field.setText(text)
    field.returnPressed.emit()


def test_days_and_amounts_are_typed_and_told_by_chips(bar: FilterBar) -> None:
    enter(bar, "silent_since", "2026-06-01")
    enter(bar, "spoken_since", "1/5/2026")
    enter(bar, "paid_from", "RM 1,200.50")
    enter(bar, "paid_to", "0")
    period = Period(date(2026, 5, 1), date(2026, 6, 1))
    assert bar.wanted() == CustomerFilter(last_contact=period, paid_from=120050, paid_to=0)
    assert [bar.chips[key].label() for key in ("spoken_since", "silent_since", "paid_from", "paid_to")] == [
        "Spoken to since: 1 May 2026 ×", "Not spoken to since: 1 Jun 2026 ×", "Paid at least: RM 1,200.50 ×",
        "Paid at most: RM 0 ×"]
    for key in ("spoken_since", "paid_from", "paid_to"):
        assert bar.chips[key].isVisible()
        bar.chips[key].click()
    assert bar.wanted() == CustomerFilter(last_contact=Period(None, date(2026, 6, 1)))
    bar.chips["silent_since"].click()
    assert bar.wanted() == CustomerFilter() and not bar.chips["silent_since"].isVisible()


def test_what_is_no_day_is_told_and_changes_nothing(bar: FilterBar, refused: list[Exception]) -> None:
    enter(bar, "silent_since", "soon")
    enter(bar, "paid_from", "much")
    assert bar.wanted() == CustomerFilter() and len(refused) == 2


@pytest.mark.parametrize(("key", "title"), [
    ("open_deals", "Open deals ×"), ("overdue", "Payment overdue ×"), ("birthday_month", "Birthday this month ×"),
    ("bought_days", "Bought in 90 days ×"), ("lapsed_days", "Lapsed 180 days ×"), ("never_bought", "Never bought ×"),
    ("low_regulars", "Small regulars ×")])
def test_a_condition_is_ticked_and_taken_away(bar: FilterBar, key: str, title: str) -> None:
    menu = bar.more.findChild(QMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == title.removesuffix(" ×")).trigger()
    assert getattr(bar.wanted(), key) and bar.chips[key].label() == title and bar.chips[key].isVisible()
    bar.chips[key].click()
    assert bar.wanted() == CustomerFilter()
