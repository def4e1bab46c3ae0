from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList

GROUPS = (SegmentGroup("Segments", (Segment("all", "All customers", 1412), Segment("leads", "Leads", 58))),
          SegmentGroup("Data", (Segment("health", "Data health", "94 %"),)))


@pytest.fixture
def segments(qtbot: QtBot) -> SegmentList:
    segments = SegmentList()
    qtbot.addWidget(segments)
    segments.set_groups(GROUPS)
    segments.choose("all", announce=False)
    segments.show()
    return segments


def test_arrow_keys_choose_and_pass_over_headings(segments: SegmentList, qtbot: QtBot) -> None:
    told: list[str] = []
    segments.chosen.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(segments, key)
    assert told == ["leads", "health", "leads"]


def test_a_click_chooses_and_a_heading_does_nothing(segments: SegmentList, qtbot: QtBot) -> None:
    model = segments.model()
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.mouseClick(segments.viewport(), Qt.MouseButton.LeftButton,
                         pos=segments.visualRect(model.index(2, 0)).center())
    assert told.args == ["leads"]
    with qtbot.assertNotEmitted(segments.chosen):
        qtbot.mouseClick(segments.viewport(), Qt.MouseButton.LeftButton,
                         pos=segments.visualRect(model.index(0, 0)).center())
    assert segments.current_key() == "leads"


def test_new_groups_keep_the_choice_silently(segments: SegmentList, qtbot: QtBot) -> None:
    segments.choose("leads")
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_groups(GROUPS[:1])
    assert segments.current_key() == "leads"
    segments.choose("nowhere")
    assert segments.current_key() == "leads"


def test_counts_are_written_in_the_users_way_and_heard(segments: SegmentList) -> None:
    index = segments.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "All customers 1,412"
    segments.set_count("all", 7)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "All customers 7"
