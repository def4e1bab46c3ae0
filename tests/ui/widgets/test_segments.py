from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.widgets.segments import _COUNT, _SHORT, Segment, SegmentGroup, SegmentList, fitting

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


def test_a_long_count_gives_way_to_the_name(qtbot: QtBot) -> None:
    segments = SegmentList()
    qtbot.addWidget(segments)
    segments.set_groups((SegmentGroup("", (Segment("old", "Untouched 30 days", 12345), Segment("few", "Old", 12345),
                                           Segment("share", "Data health", "94 %"))),))
    old, few, share = (segments.model().index(row, 0) for row in range(3))
    assert (old.data(_COUNT), old.data(_SHORT), share.data(_SHORT)) == ("12,345", "12.3K", "94 %")
    assert old.data(Qt.ItemDataRole.ToolTipRole) == "Untouched 30 days 12,345", "the whole count is a hover away"
    for index, shown in ((old, "12.3K"), (few, "12,345")):
        bold = QFontMetrics(fonts.strong_for(index.data()))  # the chosen one, 200 px wide: 168 inside
        room = theme.px(200 - 32) - bold.horizontalAdvance(index.data()) - theme.px(8)
        narrow = QFontMetrics(fonts.font(12))
        assert fitting(index.data(_COUNT), index.data(_SHORT), room, narrow.horizontalAdvance) == shown


@pytest.mark.parametrize(("count", "short", "room", "shown"), [
    ("12,345", "12.3K", 6, "12,345"), ("12,345", "12.3K", 5, "12.3K"), ("12,345", "12.3K", 4, ""),
    ("12,345", "12.3 हजार", 5, ""), ("12,345", "12.3 हजार", -1, "12,345"), ("12,345", "12.3K", -1, "12.3K"),
    ("", "", 0, "")])
def test_what_of_a_count_fits(count: str, short: str, room: int, shown: str) -> None:
    assert fitting(count, short, room, len) == shown


def test_a_list_that_may_widen_shows_its_longest_name_whole_up_to_a_limit(segments: SegmentList) -> None:
    segments.set_widths(200, 280)
    assert segments.width() == theme.px(200)  # short names need no more
    long = "ஏற்றுமதி வார்ப்புருக்கள்"
    segments.set_groups([SegmentGroup("", (Segment("long", long), Segment("short", "Leads", 58)))])
    name = QFontMetrics(fonts.strong_for(long)).horizontalAdvance(long)
    assert name + theme.px(32) < segments.width() <= theme.px(280)
    segments.set_groups([SegmentGroup("", (Segment("long", long * 3),))])
    assert segments.width() == theme.px(280)
    segments.set_groups(GROUPS)
    assert segments.width() == theme.px(200)
