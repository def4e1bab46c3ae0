"""The rows of the counter's sheets: names in one column, whole in every language; fields that end where others end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.deals import DealLine
from desktop_crm.ui import theme, words
from desktop_crm.ui.sales.fields import Labelled, align
from desktop_crm.ui.sales.panel import QuickSalePanel
from tests.ui.sales.conftest import Counter


def end(counter: Counter, widget: QWidget) -> int:
    return widget.mapTo(counter.sheet, QPoint(widget.width(), 0)).x()


@pytest.mark.parametrize("code", sorted(i18n.LANGUAGES))
def test_no_name_of_a_row_is_cut(stand: Callable[..., Counter], code: str) -> None:
    words.set_language(i18n.language(code))
    sheet = stand(QuickSalePanel).sheet
    labels = [row.label for row in sheet.findChildren(Labelled)]
    assert len(labels) == 9
    for label in labels:
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), label.text()
    assert len({label.width() for label in labels}) == 1


def test_a_very_long_name_wraps(qtbot: QtBot) -> None:
    rows = [Labelled("Short", QWidget()), Labelled("The day on which the money is to be collected", QWidget())]
    for row in rows:
        qtbot.addWidget(row)
    align(rows)
    assert [row.label.width() for row in rows] == [theme.px(176)] * 2
    assert rows[1].label.wordWrap() and rows[1].sizeHint().height() > rows[0].sizeHint().height()


def test_the_items_end_where_the_other_fields_end(stand: Callable[..., Counter]) -> None:
    counter = stand(QuickSalePanel)
    row = counter.sheet.lines._rows[0]
    assert end(counter, row.price) == end(counter, counter.sheet.total)
    counter.sheet.lines.set_value([DealLine(None, "Rope", 1000, 500)])
    QApplication.processEvents()
    named, blank = counter.sheet.lines._rows
    assert end(counter, named.price) == end(counter, blank.price) < end(counter, named._remove)
