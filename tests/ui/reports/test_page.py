"""The Reports tab as a user drives it, by keys and clicks, over a real file."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_crm.domain.activities import ActivityFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.values import Period
from desktop_crm.services import customers, deals, payments
from desktop_crm.services import reports as service
from desktop_crm.ui.reports.page import ReportsPage
from desktop_crm.ui.reports.periods import PeriodChoice
from tests.ui.reports.conftest import PROPOSAL, TODAY, WON, Screen


def click(button: object, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def report(screen: Screen) -> service.Report:
    shown = screen.page.body.report()
    assert shown is not None
    return shown


def test_it_opens_on_the_daily_report_of_today(screen: Screen) -> None:
    assert (report(screen).name, report(screen).start) == ("daily", TODAY)
    assert screen.figure("won_amount" if _has(screen, "won_amount") else "won").find("RM 1,500.50") > 0
    assert "21 November 2026" in screen.page.header.day._button.text()


def _has(screen: Screen, key: str) -> bool:
    return any(figure.key == key for figure in report(screen).figures)


def test_the_arrow_keys_in_the_catalogue_change_the_report(screen: Screen, qtbot: QtBot) -> None:
    screen.page.catalogue.setFocus()
    qtbot.keyClick(screen.page.catalogue, Qt.Key.Key_Down)
    screen.settle()
    assert report(screen).name == screen.page.entries[1].name
    qtbot.keyClick(screen.page.catalogue, Qt.Key.Key_Return)
    assert screen.page.body.isAncestorOf(QApplication.focusWidget())


def test_a_day_is_stepped_picked_and_left_for_today(screen: Screen, qtbot: QtBot) -> None:
    day = screen.page.header.day
    click(day.back, qtbot)
    screen.settle()
    assert report(screen).start == date(2026, 11, 20)
    assert day._today.isVisible()
    popup = day.pick()
    day.picked.emit(date(2026, 11, 2))
    popup.close()
    screen.settle()
    assert report(screen).start == date(2026, 11, 2)
    click(day._today, qtbot)
    screen.settle()
    assert report(screen).start == TODAY
    assert not day._today.isVisible()


def test_a_click_on_a_figure_asks_for_its_rows(screen: Screen, qtbot: QtBot) -> None:
    assert screen.page.body.figures is not None
    card = next(card for card in screen.page.body.figures.cards if isinstance(card.figure.filter, DealFilter))
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert screen.rows == [(card.figure.filter, card.figure.title)]
    found = deals.list_ids(screen.page.book, card.figure.filter)
    assert len(found) == 2


def test_a_figure_tells_its_formula_while_it_has_the_focus(screen: Screen, qtbot: QtBot) -> None:
    assert screen.page.body.figures is not None
    card = screen.page.body.figures.cards[0]
    card.pointed.emit(True)
    assert screen.page.body._formula.text() == f"{card.figure.title} = {card.figure.formula}"
    card.pointed.emit(False)
    assert screen.page.body._formula.text().startswith("Click a figure")
    popup = screen.page.show_formulas()
    assert popup is not None
    popup.close()


def test_payments_behind_a_figure_are_listed_here_and_escape_leads_back(screen: Screen, qtbot: QtBot) -> None:
    screen.page.body.rows_wanted.emit(PaymentFilter(received=Period.day(TODAY)), "Received")
    screen.settle()
    table = report(screen).tables[0]
    assert report(screen).title == "Received"
    assert [row[:2] for row in table.rows] == [("Aminah <b>Runcit</b> & Sons", "Deposit")]
    assert table.totals is not None and table.totals[-1] == 45000
    assert screen.rows == []
    card = screen.page.body.tables[0]
    card.view.setCurrentIndex(card.model.index(0, 0))
    qtbot.keyClick(card.view, Qt.Key.Key_Return)
    assert screen.records == [("customers", table.ids[0])]
    qtbot.keyClick(card.view, Qt.Key.Key_Escape)
    screen.settle()
    assert report(screen).name == "daily"


def test_activities_are_listed_here_too(screen: Screen) -> None:
    screen.page.show_rows(ActivityFilter(kinds=("call",)), "Calls held")
    screen.settle()
    assert [row[1] for row in report(screen).tables[0].rows] == ["Call"]


def test_a_payment_in_another_currency_stands_outside_the_sum(screen: Screen) -> None:
    book = screen.page.book
    extra = payments.add(book, {"amount": 99900, "received_on": TODAY})
    with book.work("Change the currency") as work:
        work.connection.exec_driver_sql("UPDATE payments SET currency = 'USD' WHERE id = ?", (extra,))
    screen.page.show_rows(PaymentFilter(received=Period.day(TODAY)), "Received")
    screen.settle()
    table = report(screen).tables[0]
    assert table.totals is not None and table.totals[-1] == 45000
    assert "US$ 999.00" in [row[-1] for row in table.rows]
    assert table.note == "1 payment in another currency is not in the sum."


def test_a_period_and_a_cut_are_chosen_and_kept_for_their_report(screen: Screen, qtbot: QtBot) -> None:
    page = screen.page
    page.show_report("sales")
    screen.settle()
    assert (report(screen).start, report(screen).end) == (None, None)
    this_month = next(action for action in page.header.period.menu().actions() if action.text() == "This month")
    this_month.trigger()
    page.header.cut_picked.emit("seller")
    screen.settle()
    assert (report(screen).start, report(screen).end) == (date(2026, 11, 1), date(2026, 12, 1))
    assert page.header.period.chip.label() == "November 2026"
    click(page.header.period.back, qtbot)
    screen.settle()
    assert report(screen).start == date(2026, 10, 1)
    kept = page.save_state()
    assert kept["periods"] == {"sales": {"unit": "month", "offset": -1}}
    assert kept["cuts"] == {"sales": "seller"}
    other = ReportsPage(page.book, screen.jobs, page.messages)
    qtbot.addWidget(other)
    other.restore_state(kept)
    assert other.entry.name == "daily"
    assert other.save_state()["periods"] == kept["periods"]


def test_broken_state_is_left_out(screen: Screen) -> None:
    screen.page.restore_state({"cuts": {"sales": "moon", "none": "seller"}, "periods": {"sales": 3, "x": {}},
                               "sizes": ["a"]})
    assert screen.page.save_state()["cuts"] == {}
    assert screen.page.save_state()["periods"] == {}


def test_a_period_by_hand_includes_its_last_day(screen: Screen, qtbot: QtBot) -> None:
    page = screen.page
    page.show_report("sales", Period.month(TODAY))
    screen.settle()
    custom = page.header.custom
    assert custom.isVisible()
    assert custom.last.text() == "30 Nov 2026"
    custom.last.setText("21/11/2026")
    qtbot.keyClick(custom.last, Qt.Key.Key_Return)
    screen.settle()
    assert report(screen).end == date(2026, 11, 22)
    custom.first.setText("25/11/2026")
    qtbot.keyClick(custom.first, Qt.Key.Key_Return)
    assert custom.last.accessibleDescription() == "The last day is before the first."
    assert report(screen).start == date(2026, 11, 1)


def test_it_counts_again_after_changes_and_after_undo(screen: Screen, qtbot: QtBot) -> None:
    page, book = screen.page, screen.page.book
    key = "won_amount" if _has(screen, "won_amount") else "won"
    deal = deals.list_ids(book, DealFilter(statuses=("open",)))[0]
    deals.move(book, [deal], WON)
    qtbot.waitUntil(lambda: "RM 2,000.50" in screen.figure(key))
    book.undo()
    qtbot.waitUntil(lambda: "RM 1,500.50" in screen.figure(key))
    assert page.isVisible()


def test_out_of_sight_it_waits_until_it_is_shown(screen: Screen, qtbot: QtBot) -> None:
    page = screen.page
    page.hide()
    before = page.body.report()
    customers.add(page.book, {"name": "Bukit Tiles", "state": "lead"})
    QApplication.processEvents()
    assert page._stale and not page._again.isActive()
    page.show()
    screen.settle()
    assert not page._stale
    assert page.body.report() is not before


def test_changes_that_a_report_does_not_read_are_passed_over(screen: Screen) -> None:
    from desktop_crm.domain.changes import Changes

    screen.page.reload(Changes(1, "Save segment", {}, 1, {"segments": None}))
    assert not screen.page._again.isActive()


def test_a_new_file_says_how_to_begin(empty_screen: Screen, qtbot: QtBot) -> None:
    from desktop_crm.ui.widgets.buttons import Button

    buttons = {button.accessibleName(): button for button in empty_screen.page.body.findChildren(Button)}
    click(buttons["Import a file"], qtbot)
    click(buttons["New customer"], qtbot)
    assert empty_screen.acts == ["import", "new"]
    assert all(figure.value == 0 for figure in report(empty_screen).figures)


@pytest.mark.parametrize("name", ["daily", "sales", "pipeline", "deals", "tasks", "customers"])
def test_every_report_is_shown(screen: Screen, name: str) -> None:
    screen.page.show_report(name)
    screen.settle()
    assert report(screen).name == name
    assert screen.page.catalogue.current_key() == name
    screen.page.grab()
    screen.page.resize(824, 600)
    screen.page.grab()


def test_a_list_opens_the_records_of_its_rows(screen: Screen, qtbot: QtBot) -> None:
    screen.page.show_report("deals")
    screen.settle()
    card = next(card for card in screen.page.body.tables if card.table.kind == "deals")
    card.view.setCurrentIndex(card.model.index(0, 0))
    qtbot.keyClick(card.view, Qt.Key.Key_Return)
    assert screen.records == [("deals", card.table.ids[0])]


def test_print_preview_takes_the_place_of_the_report_and_escape_gives_it_back(screen: Screen, qtbot: QtBot) -> None:
    page = screen.page
    click(page.header.buttons["print_report"], qtbot)
    screen.settle()
    assert page.preview is not None and page.preview.isVisible() and not page.body.isVisible()
    assert page.preview.pages is not None
    assert page.preview.pages.report.printed == "Printed 21 November 2026, 12:00"
    qtbot.keyClick(page.preview.view, Qt.Key.Key_Escape)
    assert page.body.isVisible()


def test_what_is_printed_is_the_report_that_was_chosen_not_the_one_before(screen: Screen) -> None:
    screen.page.show_report("sales")
    screen.page.preview_print()           # quicker than the report is counted
    assert screen.page.preview is None
    screen.settle()
    assert screen.page.preview is not None and screen.page.preview.pages is not None
    assert screen.page.preview.pages.report.name == "sales"
    screen.page.close_preview()
    screen.page.show_report("daily")
    assert screen.page.export(".pdf") is None
    screen.page.show_report("owed")       # another wish: nothing is saved of the daily report, or of this one
    screen.settle()
    assert screen.page.findChildren(QFileDialog) == []


def test_a_button_asks_where_the_file_goes(screen: Screen) -> None:
    dialog = screen.page.export(".pdf")
    assert dialog is not None and dialog.isVisible()
    dialog.close()


def test_the_board_fills_the_screen_and_escape_leaves_it(screen: Screen, qtbot: QtBot) -> None:
    screen.page.show_report("deals")
    screen.settle()
    screen.page.show_board()
    screen.settle()
    board = screen.page.board
    assert board is not None and board.isFullScreen()
    assert report(screen).name == "daily"
    qtbot.keyClick(board, Qt.Key.Key_Escape)
    assert not board.isVisible()


def test_each_report_is_an_act_and_keys_are_given_once(screen: Screen) -> None:
    acts = {act.key: act for act in screen.page.acts()}
    assert acts["report:sales"].title == f"Report: {screen.page._named('sales').title}"
    keys = [act.keys for act in acts.values() if act.keys]
    assert len(keys) == len(set(keys))
    acts["report:sales"].run()
    screen.settle()
    assert report(screen).name == "sales"
    screen.page.open(0)
    screen.settle()
    assert report(screen).name == screen.page.entries[0].name
    screen.page.new()
    assert screen.acts == ["new"]


def test_a_report_that_fails_is_told_and_can_be_tried_again(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    build = service.build

    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(service, "build", broken)
    screen.page.show_report("sales")
    screen.settle()
    assert screen.page.trouble.isVisible()
    assert not screen.page.header.buttons["export_pdf"].isEnabled()
    monkeypatch.setattr(service, "build", build)
    screen.page.trouble.acted.emit()
    screen.settle()
    assert report(screen).name == "sales"


def test_a_period_by_hand_begins_with_the_days_that_were_shown(screen: Screen) -> None:
    page = screen.page
    page.show_report("sales")
    page.show_period(PeriodChoice("year"))
    page.show_period(PeriodChoice("custom"))
    assert page._choice() == PeriodChoice("custom", 0, date(2026, 1, 1), date(2027, 1, 1))
    screen.settle()


def test_hostile_names_are_shown_literally(screen: Screen) -> None:
    deals.add(screen.page.book, {"name": "<img src=x> & =1+1\n'", "stage_id": PROPOSAL})
    screen.page.show_report("deals")
    screen.settle()
    table = screen.page.body.tables[0]
    assert any("<img src=x>" in table.model.index(row, 0).data() for row in range(table.model.rowCount()))
