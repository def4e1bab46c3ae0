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
