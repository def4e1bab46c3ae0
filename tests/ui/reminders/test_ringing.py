"""Reminders in the window: what rings, once; sleep, a clock set back, a restart; answers by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop_crm.services import history, reminders, tasks
from desktop_crm.ui.reminders.tray import Tray
from desktop_crm.ui.words import current
from tests.books import TODAY, Clock
from tests.ui.reminders.conftest import Shown, opened


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def told(shown: Shown) -> list[set[int]]:
    """What begins to ring from here on, look by look."""
    heard: list[set[int]] = []
    shown.desk.watcher.rang.connect(lambda _, new: heard.append(set(new)))
    return heard


def test_it_rings_when_its_time_has_come_and_once(shown: Shown) -> None:
    task = shown.add("Sign the contract", "15:00", 10, "小明科技有限公司")
    heard = told(shown)
    shown.tick("14:49")
    assert shown.ringing() == [] and not any(heard)
    shown.tick("14:50")
    assert shown.ringing() == ["Sign the contract"]
    assert shown.panel.lines[0].text() == "Sign the contract: 15:00 · in 10 min · 小明科技有限公司"
    for at in ("14:50", "15:00", "15:12"):
        shown.tick(at)
    assert [new for new in heard if new] == [{task}]
    assert shown.panel.lines[0].text() == "Sign the contract: 15:00 · 12 min late · 小明科技有限公司"


def test_what_came_while_the_laptop_slept_is_told_once(shown: Shown) -> None:
    made = [shown.add(f"t{hour}", f"{hour}:00") for hour in range(15, 20)]
    heard = told(shown)
    shown.tick("22 08:00")
    assert shown.ringing() == ["t19", "t18", "t17", "t16", "t15"]
    assert [line.isVisible() for line in shown.panel.lines] == [True] * 3
    assert shown.panel.more_button.text().strip() == "and 2 more" and shown.panel.more_button.isVisible()
    shown.tick("22 08:01")
    assert [new for new in heard if new] == [set(made)]
    assert shown.panel.lines[0].text() == "t19: Yesterday 19:00 · 13 h late"


def test_a_clock_set_back_neither_doubles_nor_loses(shown: Shown) -> None:
    first, second = shown.add("first", "15:00"), shown.add("second", "16:00")
    heard = told(shown)
    for at in ("15:00", "14:00", "15:00", "15:30", "13:00", "16:00", "10:00", "16:00"):
        shown.tick(at)
    assert [new for new in heard if new] == [{first}, {second}]
    assert shown.ringing() == ["second", "first"]


def test_the_file_is_read_only_when_a_ring_has_come(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.add("t", "15:00")
    shown.tick()
    read: list[object] = []
    due = reminders.due
    monkeypatch.setattr(reminders, "due", lambda *given: read.append(given) or due(*given))
    shown.tick("14:59")
    assert read == []
    shown.tick("15:01")
    assert len(read) == 1


def test_a_new_task_and_a_moved_one_ring_at_their_new_times(shown: Shown) -> None:
    shown.tick()
    task = shown.add("t", "18:00")
    tasks.reschedule(shown.book, [task], TODAY, "15:00")
    shown.settle()
    shown.tick("15:00")
    assert shown.ringing() == ["t"]
    tasks.reschedule(shown.book, [task], TODAY, "17:00")
    shown.settle()
    assert shown.ringing() == [] and shown.panel.isHidden()


def test_a_restart_shows_what_is_not_answered_once(path: Path, clock: Clock, qtbot: QtBot) -> None:
    first = opened(path, clock)
    for name, at in (("asked", "14:40"), ("closed", "15:30"), ("later", "20:00")):
        first.add(name, at)
    first.tick("14:40")
    assert first.ringing() == ["asked"]
    first.leave()
    clock.set("16:00")
    second = opened(path, clock)
    heard = told(second)
    second.desk.watcher.look()
    second.settle()
    second.tick()
    assert second.ringing() == ["closed", "asked"] and len([new for new in heard if new]) == 1
    second.leave()


def test_snooze_over_a_restart(path: Path, clock: Clock, qtbot: QtBot) -> None:
    first = opened(path, clock)
    first.add("call", "14:40")
    first.tick("14:40")
    menu = first.panel.offer(first.panel.lines[0])
    assert [action.text().split("\t") for action in menu.actions()] == [
        ["5 minutes", "14:45"], ["10 minutes", "14:50"], ["30 minutes", "15:10"], ["1 hour", "15:40"],
        ["Tomorrow morning", "Sun 09:00"]]
    menu.actions()[2].trigger()
    menu.close()
    first.settle()
    assert first.ringing() == [] and first.window.message_bar.text() == "Rings again at 15:10: call"
    first.leave()
    clock.set("15:09")
    second = opened(path, clock)
    second.desk.watcher.look()
    second.settle()
    assert second.ringing() == []
    second.tick("15:10")
    assert second.ringing() == ["call"]
    second.leave()


def test_done_dismiss_and_their_undo(shown: Shown) -> None:
    task = shown.add("a", "14:40")
    shown.add("b", "14:41")
    shown.tick("14:45")
    click(shown.panel.lines[0].dismiss_button)
    shown.settle()
    assert shown.ringing() == ["a"] and shown.window.message_bar.text() == "Reminder dismissed: b"
    click(shown.panel.lines[0].done_button)
    shown.settle()
    assert shown.ringing() == [] and tasks.get(shown.book, task)["done_on"] == TODAY
    shown.window.message_bar._action.click()
    shown.settle()
    assert shown.ringing() == ["a"] and tasks.get(shown.book, task)["done_on"] is None
    shown.window.undo()
    shown.settle()
    assert sorted(shown.ringing()) == ["a", "b"]


def test_dismiss_all_is_one_act(shown: Shown) -> None:
    for number in range(4):
        shown.add(f"t{number}", "14:40")
    shown.tick("14:40")
    click(shown.panel.all_button)
    shown.settle()
    assert shown.ringing() == [] and shown.window.message_bar.text() == "4 reminders dismissed"
    assert history.acts(shown.book, current())[-1].label == "Dismiss 4 reminders"


def test_an_act_of_another_place_takes_it_away(shown: Shown) -> None:
    task = shown.add("t", "14:40")
    shown.tick("14:40")
    tasks.finish(shown.book, [task])
    shown.settle()
    assert shown.ringing() == []


def test_by_keyboard(shown: Shown) -> None:
    shown.add("a", "14:40")
    shown.add("b", "14:41")
    shown.tick("14:45")
    before = QApplication.focusWidget()
    shown.keys(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is shown.panel.lines[0].done_button
    assert QApplication.focusWidget().accessibleName() == "Done: b"
    shown.keys(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is shown.panel.lines[0].snooze_button
    shown.keys(Qt.Key.Key_Escape)
    assert shown.panel.folded and shown.panel.chip.isVisible() and shown.panel.chip.label() == "2 reminders"
    assert QApplication.focusWidget() is before
    shown.keys(Qt.Key.Key_F6)
    shown.keys(Qt.Key.Key_Return)
    assert shown.ringing() == ["a"] and QApplication.focusWidget() is shown.panel.lines[0].done_button
    shown.keys(Qt.Key.Key_Return)
    assert shown.ringing() == [] and QApplication.focusWidget() is before
    shown.keys(Qt.Key.Key_F6)
    assert shown.window.message_bar.text() == "No reminder is ringing."


def test_a_reminder_that_comes_on_top_does_not_take_the_enter_of_another(shown: Shown) -> None:
    first = shown.add("a", "14:40")
    second = shown.add("b", "14:50")
    shown.tick("14:40")
    shown.keys(Qt.Key.Key_F6)
    shown.tick("14:50")
    assert shown.ringing() == ["b", "a"] and QApplication.focusWidget().accessibleName() == "Done: a"
    shown.keys(Qt.Key.Key_Return)
    assert [tasks.get(shown.book, task)["done_on"] for task in (first, second)] == [TODAY, None]
    assert QApplication.focusWidget().accessibleName() == "Done: b"


def test_open_leads_to_the_task_and_to_the_customer_and_folds(shown: Shown) -> None:
    shown.add("Call", "14:40", customer="Aminah")
    shown.tick("14:40")
    click(shown.panel.lines[0].open_button)
    shown.settle()
    page = shown.window.page("tasks")
    assert shown.window.stack.currentWidget() is page and page.form.task == shown.panel.ids()[0]  # type: ignore[attr-defined]
    assert shown.panel.folded and shown.ringing() == ["Call"]
    shown.panel.begin()
    click(shown.panel.lines[0].customer_button)
    shown.settle()
    assert shown.window.stack.currentWidget() is shown.window.page("customers")


def test_a_new_ring_unfolds_and_an_old_one_does_not(shown: Shown) -> None:
    shown.add("a", "14:40")
    shown.add("b", "14:50")
    shown.tick("14:40")
    shown.panel.fold(True)
    shown.tick("14:45")
    assert shown.panel.folded
    shown.tick("14:50")
    assert not shown.panel.folded


def test_more_than_three_are_listed_in_the_tab(shown: Shown) -> None:
    for number in range(5):
        shown.add(f"t{number}", "14:40")
    shown.tick("14:40")
    click(shown.panel.more_button)
    shown.settle()
    page = shown.window.page("tasks")
    assert len(page.model.ids()) == 5  # type: ignore[attr-defined]
    assert shown.panel.folded


def test_it_stands_in_the_corner_also_after_a_resize(shown: Shown) -> None:
    shown.add("a", "14:40")
    shown.tick("14:40")
    for size in ((1366, 768), (1100, 640)):
        shown.window.resize(*size)
        shown.settle()
        over, place = shown.window.centralWidget(), shown.panel.geometry()
        assert over is not None and over.rect().contains(place)
        assert (over.width() - place.right() - 1, over.height() - place.bottom() - 1) == (16, 42)


def test_a_file_that_is_only_read_does_not_ring(shown: Shown, clock: Clock) -> None:
    from desktop_crm.services.book import open_book

    shown.add("a", "14:40")
    shown.book.close()
    shown.window.book = None
    again = open_book(shown.book.path, reading=True, clock=clock)
    shown.desk.stop()
    shown.desk.begin(again)
    shown.tick("15:00")
    assert shown.desk._rows == []
    shown.window.book = again


def test_the_lock_hides_the_panel_and_the_notification_names_nobody(shown: Shown, tray: list[tuple[str, str]]) -> None:
    shown.add("Call Aminah", "14:40", customer="Aminah")
    centre = shown.window.centralWidget()
    assert centre is not None
    centre.hide()
    shown.tick("14:40")
    assert tray == [("1 reminder", "Desktop CRM")] and not shown.panel.isVisible()
    centre.show()
    assert shown.panel.isVisible()


@pytest.fixture
def tray(shown: Shown) -> list[tuple[str, str]]:
    """A desktop that has a tray: what was notified, as (title, text)."""
    said: list[tuple[str, str]] = []

    class Icon(QSystemTrayIcon):
        def showMessage(self, title: str, text: str, icon: QIcon, wait: int) -> None:  # type: ignore[override]
            said.append((title, text))

    def make(icon: QIcon, parent: QObject) -> QSystemTrayIcon:
        return Icon(icon, parent)

    shown.desk.__dict__["tray"] = made = Tray(lambda: True, make, shown.desk)
    made.clicked.connect(shown.desk._come)
    return said


def test_the_tray_tells_each_ring_once_and_several_in_one(shown: Shown, tray: list[tuple[str, str]]) -> None:
    shown.add("Call", "14:40", 5, "Aminah")
    for number in range(4):
        shown.add(f"t{number}", "15:00")
    shown.tick("14:35")
    shown.tick("14:36")
    shown.tick("15:00")
    assert tray == [("Call", "14:40 · in 5 min · Aminah"), ("4 reminders", "t3, t2, t1")]
    assert shown.desk.tray._icon is not None and shown.desk.tray._icon.toolTip() == "5 reminders"


def test_a_click_on_the_notification_opens_the_task(shown: Shown, tray: list[tuple[str, str]]) -> None:
    task = shown.add("Call", "14:40")
    shown.tick("14:40")
    shown.window.showMinimized()
    icon = shown.desk.tray._icon
    assert icon is not None and tray
    icon.messageClicked.emit()
    shown.settle()
    page = shown.window.page("tasks")
    assert not shown.window.isMinimized() and page.form.task == task  # type: ignore[attr-defined]


def test_the_icon_goes_when_nothing_rings_any_more(shown: Shown, tray: list[tuple[str, str]]) -> None:
    shown.add("Call", "14:40")
    shown.tick("14:40")
    icon = shown.desk.tray._icon
    assert icon is not None and icon.isVisible()
    click(shown.panel.lines[0].done_button)
    shown.settle()
    assert not icon.isVisible()


def test_without_a_tray_nothing_is_made(shown: Shown) -> None:
    shown.desk.__dict__["tray"] = Tray(lambda: False, parent=shown.desk)
    shown.add("Call", "14:40")
    shown.tick("14:40")
    assert shown.desk.tray._icon is None and shown.ringing() == ["Call"]
