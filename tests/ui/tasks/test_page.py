"""The Tasks tab, driven by keys and clicks over a real file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QFileDialog, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services import attachments, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.words import tr
from tests.books import TODAY, Clock
from tests.ui.tasks.conftest import Shown

ALL = ["[Overdue]", "Ask about INV-0917", "Send brochure", "[Today · Saturday, 21 November]", "Sign the contract",
       "Measure the shop", "Prepare order", "[Next 7 days]", "Confirm delivery", "[No date]", "Find a carrier",
       "[Done today]", "Thank-you call"]


def test_the_list_by_day(shown: Shown) -> None:
    assert shown.lines() == ALL
    assert [shown.column(name, "due") for name in (
        "Ask about INV-0917", "Send brochure", "Sign the contract", "Prepare order", "Confirm delivery",
        "Find a carrier", "Thank-you call")] == [
            "3 days late", "Yesterday", "16:00 rings 15:50 clashes with 16:15", "any time",
                "Tomorrow 09:00 rings Sun 08:50", "", "11:00"]
    assert shown.column("Sign the contract", "who") == "小明科技有限公司 · Yearly supply 2027"


def test_the_model_is_sound(shown: Shown, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(shown.page.model)


def test_how_much_there_is(shown: Shown) -> None:
    assert shown.page.header._counts.text() == "5 to do · 2 overdue · 1 done"


def test_space_ticks_all_selected_as_one_act_and_goes_on(shown: Shown, book: Book) -> None:
    shown.select("Send brochure", "Sign the contract")
    shown.keys(Qt.Key.Key_Space)
    shown.settle()
    assert shown.lines()[-4:] == ["[Done today]", "Thank-you call", "Sign the contract", "Send brochure"]
    assert shown.bar.text() == "Done: 2 tasks"
    assert shown.page.table.selected_ids() == [shown.id_of("Measure the shop")]
    book.undo()
    shown.settle()
    assert shown.lines() == ALL


def test_a_click_on_the_box_ticks_and_the_toast_takes_it_back(shown: Shown) -> None:
    row = shown.lines().index("Send brochure")
    at = shown.page.table.visualRect(shown.page.model.index(row, 0)).center()
    QTest.mouseClick(shown.page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    shown.settle()
    assert shown.bar.text() == "Done: Send brochure"
    assert shown.lines().index("Send brochure") > shown.lines().index("[Done today]")
    shown.bar._run()
    shown.settle()
    assert shown.lines() == ALL


def test_the_toast_takes_nothing_else_back(shown: Shown, book: Book) -> None:
    shown.select("Send brochure")
    shown.keys(Qt.Key.Key_Space)
    tasks.add(book, {"name": "later thing"})
    shown.bar._run()
    shown.settle()
    assert "later thing" in shown.lines()
    assert "Ctrl+Z" in shown.bar.text()


def test_a_done_one_opens_again(shown: Shown) -> None:
    shown.select("Thank-you call")
    shown.keys(Qt.Key.Key_Space)
    shown.settle()
    assert "[Done today]" not in shown.lines()
    assert shown.lines().index("Thank-you call") < shown.lines().index("Sign the contract")


def test_a_task_is_written_read_and_added(shown: Shown, book: Book) -> None:
    shown.page.new()
    shown.write("call Aminah tomorrow 10:00 about mosaic")
    shown.settle()
    task = shown.page.quick.preview()
    assert task is not None
    assert (task.name, task.customer) == ("Call Aminah about mosaic", "Aminah Runcit Enterprise")
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert shown.page.quick.line.text() == ""
    assert shown.page.quick.line.hasFocus()
    added = tasks.get(book, shown.page.table.selected_ids()[0])
    assert (added["name"], added["kind"], added["due_on"], added["due_time"]) == (
        "Call Aminah about mosaic", "call", date(2026, 11, 22), "10:00")
    assert shown.page.day.day == date(2026, 11, 22)


def test_delete_and_undo(shown: Shown, book: Book) -> None:
    shown.select("Send brochure")
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert "Send brochure" not in shown.lines()
    assert shown.page.table.selected_ids() == [shown.id_of("Sign the contract")]
    shown.bar._run()
    shown.settle()
    assert shown.lines() == ALL


@pytest.mark.parametrize(("act", "day"), [
    ("task_today", TODAY), ("task_tomorrow", TODAY + timedelta(days=1)), ("task_next_week", date(2026, 11, 23))])
def test_reschedule_by_keys(shown: Shown, book: Book, act: str, day: date) -> None:
    ids = shown.select("Ask about INV-0917", "Find a carrier")
    next(one for one in shown.page.acts() if one.key == act).run()
    shown.settle()
    assert [row.due_on for row in tasks.rows(book, ids)] == [day, day]
    assert shown.page.table.selected_ids() == ids


def test_reschedule_to_a_picked_day(shown: Shown, book: Book) -> None:
    ids = shown.select("Ask about INV-0917")
    next(one for one in shown.page.acts() if one.key == "task_pick").run()
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    assert calendar is not None
    calendar.setSelectedDate(QDate(2026, 12, 24))
    calendar.activated.emit(calendar.selectedDate())
    shown.settle()
    assert tasks.rows(book, ids)[0].due_on == date(2026, 12, 24)


def test_several_selected_show_what_can_be_done(shown: Shown, book: Book) -> None:
    ids = shown.select("Ask about INV-0917", "Send brochure")
    assert shown.page.bulk.isVisible()
    assert shown.page.bulk._count.text() == "2 selected"
    menu = shown.page.bulk.seller_button.menu()
    next(action for action in menu.actions() if action.text() == "Siti").trigger()
    shown.settle()
    assert [row.seller for row in tasks.rows(book, ids)] == ["Siti", "Siti"]
    shown.keys(Qt.Key.Key_Escape)
    assert len(shown.page.table.selected_ids()) == 1
    assert not shown.page.bulk.isVisible()


def test_the_menu(shown: Shown, book: Book) -> None:
    ids = shown.select("Sign the contract")
    shown.page._menu(ids, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["Done", "Edit", "Attach a file…", "Open 小明科技有限公司", "Open Yearly supply 2027", "Reschedule",
                     "Seller", "Export", "Delete"]
    menu.actions()[4].trigger()
    menu.close()
    assert shown.wishes == [("deals", 1)]


def test_a_click_on_the_customer_asks_for_it(shown: Shown) -> None:
    table = shown.page.table
    row = shown.lines().index("Sign the contract")
    cell = table.visualRect(shown.page.model.index(row, 2))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.left() + 20, cell.center().y()))
    assert shown.wishes == [("customers", 2)]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.right() - 5, cell.center().y()))
    assert len(shown.wishes) == 1


def test_the_form_saves_what_was_changed(shown: Shown, book: Book) -> None:
    (task,) = shown.select("Send brochure")
    shown.keys(Qt.Key.Key_Return)
    form = shown.page.form.form
    assert shown.page.form.isVisible()
    form.editor("name").selectAll()
    shown.write("Send the new brochure")
    form.editor("due_on").setText("next friday")
    form.editor("due_time").setText("3pm")
    form.editor("customer_id").setText("小明科技有限公司")
    form.editor("customer_id").editingFinished.emit()
    form.editor("deal_id").set_value(1)
    form.editor("name").setFocus()
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    saved = tasks.get(book, task)
    assert (saved["name"], saved["due_on"], saved["due_time"], saved["customer_id"], saved["deal_id"]) == (
        "Send the new brochure", date(2026, 11, 27), "15:00", 2, 1)
    assert shown.page.day.isVisible()
    assert shown.page.table.hasFocus()


def test_the_form_refuses_at_the_field(shown: Shown, book: Book) -> None:
    shown.select("Send brochure")
    shown.page._edit()
    form = shown.page.form.form
    form.editor("due_time").setText("soon")
    form.editor("minutes").setText("-5")
    form.submit()
    assert "not a time of day" in form._whys["due_time"].text()
    assert "whole number" in form._whys["minutes"].text()
    shown.keys(Qt.Key.Key_Escape)
    assert shown.page.day.isVisible()


def test_a_form_with_changes_is_not_taken_away(shown: Shown, book: Book) -> None:
    (task,) = shown.select("Send brochure")
    shown.page._edit()
    shown.page.form.form.editor("name").setText("half written")
    shown.select("Prepare order")
    tasks.edit(book, task, {"notes": "from elsewhere"})
    shown.settle()
    assert shown.page.form.task == task
    assert shown.page.form.form.editor("name").text() == "half written"


def test_the_form_follows_the_list_and_leaves_with_its_task(shown: Shown, book: Book) -> None:
    shown.select("Send brochure")
    shown.page._edit()
    ids = shown.select("Prepare order")
    assert shown.page.form.task == ids[0]
    tasks.delete(book, ids)
    shown.settle()
    assert shown.page.day.isVisible()


def test_open_shows_a_task_that_the_view_hides(shown: Shown, book: Book) -> None:
    old = tasks.add(book, {"name": "long done", "done_on": date(2020, 1, 1)})
    shown.settle()
    shown.page.open(old)
    shown.settle()
    assert shown.page.form.isVisible()
    assert shown.page.form.form.editor("name").text() == "long done"
    shown.page.open(shown.id_of("Confirm delivery"))
    assert shown.page.table.selected_ids() == [shown.id_of("Confirm delivery")]


def test_open_a_task_that_is_gone_says_so(shown: Shown) -> None:
    shown.page.open(999)
    shown.settle()
    assert "no longer in the file" in shown.bar.text()


def test_rows_of_a_filter_from_elsewhere(shown: Shown) -> None:
    shown.page.show_rows(TaskFilter(open_only=True, overdue_at=TODAY), "Overdue tasks")
    shown.settle()
    assert shown.lines() == ["Ask about INV-0917", "Send brochure"]
    assert shown.page.header.given_chip.label() == "Overdue tasks ×"
    assert shown.page.header._counts.text() == "2 tasks"
    shown.page.header.given_chip.click()
    shown.settle()
    assert shown.lines() == ALL


def test_filter_by_text_kind_and_seller(shown: Shown, qtbot: QtBot) -> None:
    shown.page.header.search.setFocus()
    with qtbot.waitSignal(shown.page.header.changed):
        shown.write("contract")
    shown.settle()
    assert shown.lines() == ["[Today · Saturday, 21 November]", "Sign the contract"]
    with qtbot.waitSignal(shown.page.header.changed):
        shown.write("zzz")
    shown.settle()
    assert shown.page.empty.accessibleName() == "No task matches “contractzzz”"
    shown.page.empty.acted.emit()
    shown.settle()
    assert shown.lines() == ALL
    shown.page.header._choose_kind("visit")
    shown.settle()
    assert shown.lines() == ["[Today · Saturday, 21 November]", "Measure the shop"]
    assert shown.page.header.kind_chip.label() == "Kind: Visit"


def test_all_shows_what_was_done_before(shown: Shown, book: Book) -> None:
    tasks.add(book, {"name": "old", "done_on": date(2026, 11, 3)})
    shown.settle()
    assert "old" not in shown.lines()
    shown.page.header.all_chip.click()
    shown.settle()
    assert shown.lines()[-3:] == ["[Done]", "Thank-you call", "old"]
    assert shown.column("old", "due") == "3 Nov"


def test_an_empty_file_says_what_to_do(empty: Shown) -> None:
    assert empty.page.empty.isVisible()
    assert empty.page.empty.accessibleName().startswith("Nothing to do")
    empty.page.empty.acted.emit()
    assert empty.page.quick.line.hasFocus()
    empty.write("buy paper")
    empty.keys(Qt.Key.Key_Return)
    empty.settle()
    assert empty.lines() == ["[No date]", "Buy paper"]


def test_at_midnight_everything_is_a_day_older(shown: Shown, clock: Clock) -> None:
    clock.now += timedelta(hours=10)  # 00:32 on Sunday
    shown.page.minute()
    shown.settle()
    assert shown.lines()[:6] == ["[Overdue]", "Ask about INV-0917", "Send brochure", "Sign the contract",
                                 "Measure the shop", "Prepare order"]
    assert shown.lines()[6:8] == ["[Today · Sunday, 22 November]", "Confirm delivery"]
    assert shown.page.day.day == date(2026, 11, 22)


def test_only_what_is_shown_is_reloaded(shown: Shown, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []
    monkeypatch.setattr(shown.page, "_load", lambda: loads.append(1))
    from desktop_crm.services import products

    products.add(book, {"name": "Tile"})
    shown.settle()
    assert loads == []


def test_the_state_is_remembered(shown: Shown) -> None:
    shown.page.header.all_chip.click()
    shown.page.header._choose_kind("visit")
    state = shown.page.save_state()
    shown.page.header.today_chip.click()
    shown.page.header.clear()
    shown.page.restore_state({**state, "sizes": ["broken"], "more": 1})
    assert shown.page.header.all_done
    assert shown.page.header.wanted() == TaskFilter(kinds=("visit",))
    shown.page.restore_state({"header": {"kinds": "x", "sellers": None}})
    assert shown.page.header.wanted() == TaskFilter()


def test_hostile_names_are_literal(shown: Shown, book: Book) -> None:
    name = "<b>bold</b> =cmd|' /C calc'!A0 & \u202eevil " + "x" * 400
    tasks.add(book, {"name": name, "due_on": TODAY, "due_time": "08:00"})
    shown.settle()
    assert any("<b>bold</b>" in line for line in shown.lines())
    assert not shown.page.grab().isNull()


def test_the_acts_have_titles_and_keys_of_their_own(shown: Shown) -> None:
    acts = shown.page.acts()
    keys = [act.keys for act in acts if act.keys]
    assert len(keys) == len(set(keys))
    assert all(tr(act.title) for act in acts)
    assert len({act.key for act in acts}) == len(acts)


def test_documents_of_the_task(shown: Shown, book: Book, tmp_path: Path, home: Path) -> None:
    [task] = shown.select("Prepare order")
    next(act for act in shown.page.acts() if act.key == "task_attach").run()
    dialog = next(item for item in shown.window.findChildren(QFileDialog) if item.isVisible())
    (tmp_path / "order.pdf").write_bytes(b"%PDF")
    dialog.filesSelected.emit([str(tmp_path / "order.pdf")])
    dialog.close()
    shown.window.activateWindow()
    shown.settle()
    block = shown.page.form.documents
    assert [item.name for item in attachments.documents(book, "tasks", task)] == ["order.pdf"]
    assert block.title.text() == "Documents · 1" and not shown.page.form.dirty()
    block.view.setFocus()
    block.view.setCurrentIndex(block.view.lines.index(0))
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert block.title.text() == "Documents"
    block.adder.setFocus()
    shown.keys(Qt.Key.Key_Escape)
    assert not shown.page.form.isVisible(), "Escape leads back to the day, also from the documents"
