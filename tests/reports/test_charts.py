"""Charts as shapes: scale, ground, negative values, long labels."""

from __future__ import annotations

import pytest

from desktop_crm.reports.charts import Bar, of_groups, over_time, shortened
from desktop_crm.reports.report import Chart, Rect, Text, ValueType

HEADS = ("Day", "Won")


def rects(chart: Chart) -> list[Rect]:
    return [shape for shape in chart.shapes if isinstance(shape, Rect)]


def test_bars_are_as_high_as_their_values_and_stand_on_one_ground() -> None:
    small, large = rects(over_time("t", [Bar("1", 10, "10"), Bar("2", 40, "40", meant=True)], HEADS, ValueType.COUNT))
    assert large.height == pytest.approx(4 * small.height)
    assert small.y + small.height == pytest.approx(large.y + large.height)
    assert (small.fill, large.fill) == ("accent_muted", "accent")


def test_a_loss_hangs_below_the_ground() -> None:
    up, down = rects(over_time("t", [Bar("1", 10, "10"), Bar("2", -10, "-10")], HEADS, ValueType.MONEY))
    assert up.y + up.height == pytest.approx(down.y)
    assert down.y + down.height <= 150


@pytest.mark.parametrize("make", [over_time, of_groups])
def test_nothing_and_zeros_draw_no_bar(make: type) -> None:
    assert rects(make("t", [], HEADS, ValueType.COUNT)) == []
    assert rects(make("t", [Bar("1", 0, "0")], HEADS, ValueType.COUNT)) == []


def test_groups_stay_within_the_width_and_say_their_value() -> None:
    chart = of_groups("t", [Bar("A", 5, "five"), Bar("B", -5, "minus five")], HEADS, ValueType.COUNT)
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width for bar in rects(chart))
    assert {"A", "B", "five", "minus five"} == {shape.text for shape in chart.shapes if isinstance(shape, Text)}
    assert chart.table.rows == (("A", 5), ("B", -5))


def test_long_labels_are_cut_by_their_width() -> None:
    assert shortened("Kedai Bukit") == "Kedai Bukit"
    assert shortened("a" * 40, 10) == "a" * 9 + "…"
    assert shortened("小明科技有限公司", 10) == "小明科技…"
