from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QCalendarWidget, QMenu
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.ui import fonts, words
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.fields import MoneyField, QuickLine, SearchField
from desktop_crm.ui.widgets.pickers import Choice, DateField


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("“{text}” is no day.", "due", text=text) from error


@pytest.fixture
def day(qtbot: QtBot) -> DateField:
    field = DateField(read_day, date.isoformat)
    qtbot.addWidget(field)
    field.resize(200, 32)
    field.show()
    return field


def test_a_typed_day_is_told_once(day: DateField, qtbot: QtBot) -> None:
    qtbot.keyClicks(day, "2026-11-21")
    with qtbot.waitSignal(day.changed) as told:
        qtbot.keyClick(day, Qt.Key.Key_Return)
    assert told.args == [date(2026, 11, 21)]
    with qtbot.assertNotEmitted(day.changed):
        qtbot.keyClick(day, Qt.Key.Key_Return)
    day.clear()
    with qtbot.waitSignal(day.changed) as told:
        qtbot.keyClick(day, Qt.Key.Key_Return)
    assert told.args == [None]


def test_a_text_that_is_no_day_is_marked_with_its_reason(day: DateField, qtbot: QtBot) -> None:
    qtbot.keyClicks(day, "soon")
    with qtbot.assertNotEmitted(day.changed):
        qtbot.keyClick(day, Qt.Key.Key_Return)
    assert day.accessibleDescription() == "“soon” is no day."
    assert day.property("invalid") is True
    with pytest.raises(InvalidInput):
        day.value()


def test_a_day_is_picked_by_keyboard(day: DateField, qtbot: QtBot) -> None:
    day.set_value(date(2026, 11, 20))
    popup = day.pick()
    calendar = popup.findChild(QCalendarWidget)
    calendar.setSelectedDate(QDate(2026, 11, 23))
    with qtbot.waitSignal(day.changed) as told:
        calendar.activated.emit(calendar.selectedDate())
    assert told.args == [date(2026, 11, 23)]
    assert day.text() == "2026-11-23"


@pytest.fixture
def money(qtbot: QtBot) -> MoneyField:
    def read(text: str) -> int:
        if not text.replace(",", "").isdigit():
            raise InvalidInput("“{text}” is no amount.", "amount", text=text)
        return int(text.replace(",", "")) * 100

    field = MoneyField(read, lambda amount: f"{amount // 100:,}")
    qtbot.addWidget(field)
    return field


def test_an_amount_is_read_and_written_back(money: MoneyField, qtbot: QtBot) -> None:
    qtbot.keyClicks(money, "12480")
    with qtbot.waitSignal(money.changed) as told:
        qtbot.keyClick(money, Qt.Key.Key_Return)
    assert (told.args, money.text(), money.value()) == ([1248000], "12,480", 1248000)
    money.setText("much")
    qtbot.keyClick(money, Qt.Key.Key_Return)
    assert money.accessibleDescription() == "“much” is no amount."


def test_an_amount_keeps_what_its_form_does_not_show(qtbot: QtBot) -> None:
    field = MoneyField(lambda text: int(text) * 100, lambda amount: str(amount // 100))
    qtbot.addWidget(field)
    field.set_value(12345)
    assert field.value() == 12345


def test_a_quick_line_gives_its_text_on_enter(qtbot: QtBot) -> None:
    line = QuickLine("call Aminah tomorrow", "phone", QMenu(), "Call")
    qtbot.addWidget(line)
    with qtbot.assertNotEmitted(line.entered):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, " called ")
    with qtbot.waitSignal(line.entered) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told.args == ["called"]
    line.set_type("mail", "E-mail")
    assert line.findChild(IconButton).accessibleName() == "E-mail"


def test_escape_empties_a_search(qtbot: QtBot) -> None:
    search = SearchField("Search or do anything", "Ctrl K")
    qtbot.addWidget(search)
    qtbot.keyClicks(search, "abc")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert search.accessibleName() == "Search or do anything"


def test_room_is_kept_for_what_stands_in_a_field(qtbot: QtBot) -> None:
    line = QuickLine("call", "phone")
    qtbot.addWidget(line)
    line.resize(300, 36)
    line.show()
    before = line.textMargins()
    assert before.left() > 15 and before.right() > 30
    words.set_language(i18n.language("ar"))
    assert (line.textMargins().left(), line.textMargins().right()) == (before.right(), before.left())


def test_a_choice_has_values_behind_its_words(qtbot: QtBot) -> None:
    choice = Choice(((1, "Lead"), (2, "Customer")))
    qtbot.addWidget(choice)
    choice.set_value(2)
    choice.set_options(((2, "Customer"), (3, "Inactive")))
    assert choice.value() == 2
    choice.show()
    with qtbot.waitSignal(choice.picked) as told:
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert told.args == [3]
    choice.set_value(99)
    assert choice.value() is None


def test_a_choice_without_room_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    def shown(text: str) -> QImage:
        choice = Choice(((1, text),))
        choice.set_value(1)
        qtbot.addWidget(choice)
        choice.resize(120, 32)
        choice.show()
        return choice.grab().toImage()

    long = "Perusahaan Perdagangan Bahan Binaan"
    first = next(length for length in range(len(long)) if shown(long) == shown(long[:length] + "…"))
    assert QFontMetrics(fonts.font(fonts.BASE)).horizontalAdvance(long[:first] + "…") < 100, "the dots are in sight"
