"""The line of fields under the daily report's head: counted cash, targets, closing the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_crm.domain.values import Period
from desktop_crm.services import evening, sellers
from desktop_crm.ui.inline import InlineText
from tests.ui.reports.conftest import TODAY, Screen

MONTH = Period.month(TODAY)


def type_into(qtbot: QtBot, field: InlineText, text: str) -> None:
    field.edit()
    field._field.setText(text)
    qtbot.keyClick(field._field, Qt.Key.Key_Return)


def settle(screen: Screen) -> None:
    """Let the page count again."""
    screen.page._again.stop()
    screen.page.refresh()
    screen.settle()


def test_the_counted_cash_is_typed_where_it_stands(screen: Screen, qtbot: QtBot) -> None:
    desk = screen.page.desk
    assert desk.isVisible() and desk.cash.value() == ""
    type_into(qtbot, desk.cash, "1,200.50")
    assert evening.counted(screen.page.book, TODAY) == 120_050
    assert (desk.cash.value(), screen.bar.text()) == ("RM 1,200.50", "Cash counted: RM 1,200.50")
    settle(screen)
    assert screen.figure("cash_counted").startswith("Cash counted, RM 1,200.50")
    undo = next(button for button in screen.bar.findChildren(QPushButton) if button.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert evening.counted(screen.page.book, TODAY) is None
    settle(screen)
    assert desk.cash.value() == ""


def test_an_emptied_field_takes_the_count_away(screen: Screen, qtbot: QtBot) -> None:
    evening.count_cash(screen.page.book, TODAY, 500)
    settle(screen)
    assert screen.page.desk.cash.value() == "RM 5"
    type_into(qtbot, screen.page.desk.cash, "")
    assert evening.counted(screen.page.book, TODAY) is None


@pytest.mark.parametrize("typed", ["five", "-3"])
def test_what_cannot_be_stays_in_the_field_with_its_reason(screen: Screen, qtbot: QtBot, typed: str) -> None:
    type_into(qtbot, screen.page.desk.cash, typed)
    assert screen.page.desk.cash.editing()
    assert screen.bar.text()
    assert evening.counted(screen.page.book, TODAY) is None


def test_the_month_s_target_of_the_shop_and_of_a_seller(screen: Screen, qtbot: QtBot) -> None:
    seller = sellers.add(screen.page.book, {"name": "Mei Ling <b>"})
    sellers.add(screen.page.book, {"name": "left long ago", "active": False})
    settle(screen)
    desk = screen.page.desk
    type_into(qtbot, desk.target, "RM 120,000")
    assert [(row.period, row.amount) for row in evening.targets(screen.page.book)] == [(MONTH, 12_000_000)]
    popup = desk.open_sellers()
    assert popup is not None and list(popup.fields) == [seller]
    type_into(qtbot, popup.fields[seller], "50000")
    assert popup.fields[seller].value() == "RM 50,000"
    popup.close()
    settle(screen)
    assert screen.figure("target") == "Target, November 2026, RM 1,500.50, 1 % of RM 120,000, 9 days left"
    assert [card.table.key for card in screen.page.body.tables][1] == "takings"
    assert "targets" in [card.table.key for card in screen.page.body.tables]


def test_closing_the_day_is_wished_for_on_the_present_day_alone(screen: Screen, qtbot: QtBot) -> None:
    qtbot.mouseClick(screen.page.desk.close_button, Qt.MouseButton.LeftButton)
    assert screen.acts == ["close_day"]
    screen.page.show_day(TODAY - timedelta(days=1))
    screen.settle()
    assert screen.page.desk.isVisible() and not screen.page.desk.close_button.isVisible()
    type_into(qtbot, screen.page.desk.cash, "7")
    assert evening.counted(screen.page.book, TODAY - timedelta(days=1)) == 700


def test_other_reports_have_no_such_line(screen: Screen) -> None:
    screen.page.show_report("sales")
    screen.settle()
    assert not screen.page.desk.isVisible()
    screen.page.show_report("daily")
    screen.settle()
    assert screen.page.desk.isVisible()


def test_a_daily_report_in_a_file_is_noted_as_printed(screen: Screen, tmp_path: object) -> None:
    report = screen.page.body.report()
    assert report is not None
    screen.page._told(report)
    screen.page.show_report("sales")
    screen.settle()
    other = screen.page.body.report()
    assert other is not None
    screen.page._told(other)
    with screen.page.book.read() as connection:
        assert connection.exec_driver_sql("SELECT report, on_date FROM printings").all() == [
            ("daily", TODAY.isoformat())]
