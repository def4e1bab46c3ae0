from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.rfm import SEGMENTS
from desktop_crm.ui import fonts, theme, words
from desktop_crm.ui.delegates import PADDING, widest_day, widest_text
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.tables import RecordTable

LONG = "<b>Kinabalu</b> Resort & Spa (Sabah) Holdings Berhad, Kota Kinabalu"
COLUMNS: tuple[ColumnSpec[int], ...] = (
    ColumnSpec("name", "Name", lambda row: LONG if row == 1 else "ABC", width=120),
    ColumnSpec("state", "State", lambda row: "Hot", kind="badge", tone=lambda row: "bad", width=90),
    ColumnSpec("note", "Note", lambda row: "16:00", align="end", note=lambda row: ("clash", "warn"), width=300),
)


def rows(ids: Sequence[int]) -> list[int]:
    return list(ids)


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    table = RecordTable("Customers")
    qtbot.addWidget(table)
    table.resize(510, 200)
    model = PagedModel(COLUMNS, rows)
    model.set_ids([1, 2, 3])
    table.set_paged(model)
    table.show()
    return table


def has(image: QImage, color: QColor, left: int, right: int, top: int, bottom: int) -> bool:
    return any(image.pixelColor(x, y) == color for x in range(left, right) for y in range(top, bottom))


def picture(table: RecordTable) -> QImage:
    return table.viewport().grab().toImage()


def test_a_badge_stands_on_its_soft_ground(table: RecordTable) -> None:
    image = picture(table)
    assert has(image, theme.color("bad_soft"), 120, 210, 0, 36)
    assert not has(image, theme.color("bad_soft"), 0, 120, 0, 36)


def test_the_chosen_row_is_soft_from_edge_to_edge(table: RecordTable) -> None:
    table.select(2)
    image = picture(table)
    soft = theme.color("accent_soft")
    assert image.pixelColor(4, 40) == soft
    assert image.pixelColor(image.width() - 5, 40) == soft
    assert image.pixelColor(4, 4) == theme.color("panel")


def test_a_hairline_parts_the_rows(table: RecordTable) -> None:
    assert picture(table).pixelColor(200, 71) == theme.color("line")


def test_the_keyboards_place_is_marked_at_the_start(table: RecordTable, qtbot: QtBot) -> None:
    table.select(2)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert picture(table).pixelColor(1, 50) == theme.color("accent")


def test_a_text_that_is_cut_shows_whole_and_literal(table: RecordTable) -> None:
    place = table.visualRect(table.paged().index(0, 0)).center()
    option = QStyleOptionViewItem()
    option.rect = table.visualRect(table.paged().index(0, 0))
    event = QHelpEvent(QEvent.Type.ToolTip, place, QPoint(10, 10))
    table.itemDelegate().helpEvent(event, table, option, table.paged().index(0, 0))
    assert "&lt;b&gt;Kinabalu&lt;/b&gt; Resort &amp; Spa" in QToolTip.text()
    QToolTip.hideText()


def test_the_row_mirrors(qapp: QApplication, table: RecordTable) -> None:
    left_to_right = picture(table)
    assert has(left_to_right, theme.color("warn_soft"), 460, 505, 0, 36)
    words.set_language(i18n.language("ar"))
    mirrored = picture(table)
    assert has(mirrored, theme.color("warn_soft"), 5, 60, 0, 36)
    assert not has(mirrored, theme.color("warn_soft"), 250, 510, 0, 36)


def test_a_click_beside_boxes_changes_nothing(table: RecordTable, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(table.paged().check_requested):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


@pytest.mark.parametrize("code", sorted(i18n.LANGUAGES))
def test_a_column_of_days_has_room_for_every_month(qapp: QApplication, code: str) -> None:
    words.set_language(i18n.language(code))
    room = theme.px(widest_day(104)) - 2 * theme.px(PADDING)
    metrics = QFontMetrics(fonts.font(fonts.BASE))
    for month in range(1, 13):
        text = words.current().day(date(2026, month, 30 if month != 2 else 28))
        assert metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) == text


@pytest.mark.parametrize("code", ["en", "ms", "fil", "ta"])
def test_a_column_of_known_words_holds_each_whole(code: str) -> None:
    words.set_language(i18n.language(code))
    room = theme.px(widest_text(SEGMENTS.values(), 130)) - 2 * theme.px(PADDING)
    metrics = QFontMetrics(fonts.font())
    assert all(metrics.horizontalAdvance(words.tr(said)) <= room for said in SEGMENTS.values())
