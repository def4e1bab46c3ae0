"""The short lists beside a report's chart."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_crm.ui.reports.sections import SectionLine


def test_an_amount_is_never_parted_from_its_currency(qtbot: QtBot) -> None:
    line = SectionLine("Cash: RM 10,259.40 short of RM 14,659.40, −RM 5 and 3 4", leads=False)
    qtbot.addWidget(line)
    assert line._shown().split(" ") == ["Cash:", "RM\u00a010,259.40", "short", "of", "RM\u00a014,659.40,",
                                        "−RM\u00a05", "and\u00a03", "4"]
    assert line.accessibleName() == "Cash: RM 10,259.40 short of RM 14,659.40, −RM 5 and 3 4"


def test_a_long_line_breaks_before_the_currency(qtbot: QtBot) -> None:
    line = SectionLine("short of RM 14,659.40", leads=False)
    qtbot.addWidget(line)
    one = line.sizeHint().width()
    metrics = line.fontMetrics()
    room = one - metrics.horizontalAdvance("40")  # all but the last figures would fit: the sign goes with them
    assert line.heightForWidth(room) > line.heightForWidth(one + 4)
