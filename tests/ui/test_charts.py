from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.reports.report import Chart, Column, Line, Rect, Table, Text, ValueType
from desktop_crm.ui import theme
from desktop_crm.ui.charts import ChartView, mirrored

TABLE = Table("days", "Days", (Column("day", "Day"), Column("won", "Won", ValueType.COUNT)),
              (("Mon", 2), ("Tue", None)))
CHART = Chart("Won each day", 200, 100, (
    Rect(10, 20, 20, 60, "accent", "Monday: 2"), Rect(50, 60, 20, 20, "accent-muted", "Tuesday: 1"),
    Line(0, 80, 200, 80), Text(10, 95, "Mon"), Text(190, 95, "end", anchor="end", bold=True),
), TABLE, "Two days")


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    view = ChartView(CHART)
    qtbot.addWidget(view)
    view.resize(400, 200)
    return view


def test_the_chart_fills_the_width(view: ChartView) -> None:
    image = view.grab().toImage()
    assert image.pixelColor(2 * 20, 2 * 50) == theme.color("accent")
    assert image.pixelColor(2 * 60, 2 * 70) == theme.color("accent_muted")
    assert image.pixelColor(2 * 40, 2 * 50) not in (theme.color("accent"), theme.color("accent_muted"))
    assert view.heightForWidth(300) == 150


def test_it_grows_no_further_than_twice(view: ChartView) -> None:
    assert view.heightForWidth(2000) == 200


def test_bars_tell_their_tip_also_above_and_below(view: ChartView) -> None:
    assert view.tip_at(QPointF(40, 100)) == "Monday: 2"
    assert view.tip_at(QPointF(120, 30)) == "Tuesday: 1"
    assert view.tip_at(QPointF(300, 100)) == ""


def test_its_table_is_told_in_words(view: ChartView) -> None:
    assert view.accessibleName() == "Won each day"
    assert view.accessibleDescription() == "Two days\nDay: Mon, Won: 2\nDay: Tue"


def test_it_follows_the_theme(qapp: QApplication, view: ChartView) -> None:
    theme.apply(qapp, "dark")
    assert view.grab().toImage().pixelColor(40, 100).name().upper() == theme.DARK.accent
    theme.apply(qapp, "light")


def test_no_chart_takes_no_place(view: ChartView) -> None:
    view.set_chart(None)
    assert view.heightForWidth(400) == 0
    assert view.accessibleName() == ""
    assert view.tip_at(QPointF(1, 1)) == ""


def test_right_to_left_the_chart_begins_at_the_right(view: ChartView) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = view.grab().toImage()
    assert image.pixelColor(2 * (200 - 20), 2 * 50) == theme.color("accent")
    assert image.pixelColor(2 * (200 - 60), 2 * 70) == theme.color("accent_muted")
    assert image.pixelColor(2 * 20, 2 * 50) not in (theme.color("accent"), theme.color("accent_muted"))
    assert view.tip_at(QPointF(2 * 180, 100)) == "Monday: 2"
    assert view.tip_at(QPointF(2 * 20, 100)) == ""
    view.resize(1000, 200)  # as large as it may be: it stands at the start, which is the right
    assert view.grab().toImage().pixelColor(1000 - 2 * 20, 2 * 50) == theme.color("accent")
    assert view.tip_at(QPointF(1000 - 2 * 20, 100)) == "Monday: 2"


def test_a_mirrored_text_grows_the_other_way() -> None:
    assert mirrored(Text(10, 95, "Mon"), 200) == Text(190, 95, "Mon", anchor="end")
    assert mirrored(Text(190, 95, "end", anchor="end"), 200) == Text(10, 95, "end")
    assert mirrored(Text(60, 95, "mid", anchor="middle"), 200) == Text(140, 95, "mid", anchor="middle")
    assert mirrored(Line(0, 80, 50, 90), 200) == Line(200, 80, 150, 90)
