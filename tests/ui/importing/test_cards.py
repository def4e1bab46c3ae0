"""Contact cards in the wizard: by keys from the file to the business, persons of no company as one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.services import listing
from desktop_crm.services.book import Book
from desktop_crm.ui.importing.panel import CHECK, COLUMNS, DONE, KIND, ImportPanel

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:陳美玲
ORG:小明科技有限公司
TITLE:採購經理
TEL;TYPE=CELL:0912-345-678
EMAIL:meiling@xiaoming.tw
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:ரவி குமார்
TEL;TYPE=HOME:012-345 6789
BDAY:--05-12
CATEGORIES:VIP
END:VCARD
BEGIN:VCARD
FN:Broken
"""


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "people.vcf"
    path.write_text(CARDS, encoding="utf-8")
    return path


def press(qtbot: QtBot, panel: ImportPanel) -> None:
    qtbot.keyClick(panel.focusWidget() or panel, Qt.Key.Key_Return)


def to_done(qtbot: QtBot, panel: ImportPanel) -> None:
    with qtbot.waitSignals([panel.session.loaded, panel.session.looked], timeout=20_000):
        press(qtbot, panel)
    assert panel.step == COLUMNS
    with qtbot.waitSignal(panel.session.checked, timeout=20_000):
        press(qtbot, panel)
    assert panel.step == CHECK
    with qtbot.waitSignal(panel.session.imported, timeout=20_000):
        press(qtbot, panel)
    assert panel.step == DONE


@pytest.mark.parametrize("apart", [True, False])
def test_from_the_file_to_the_business_by_enter_alone(qtbot: QtBot, panel: ImportPanel, book: Book, cards: Path,
                                                      apart: bool) -> None:
    with qtbot.waitSignal(panel.session.sampled, timeout=20_000):
        panel.take(cards)
    assert panel.step == KIND
    page = panel.kind
    assert [kind for kind, chip in page.chips.items() if chip.isVisible()] == ["customers", "contacts"]
    assert page.chips["contacts"].isChecked()
    assert page.apart.isVisible()
    assert page.apart.value() is True
    if not apart:
        page.apart.setFocus()
        qtbot.keyClick(page.apart, Qt.Key.Key_Down)
        assert not panel.session.apart
        page.chips["contacts"].setFocus()
    to_done(qtbot, panel)
    people = {row["name"] for row in listing.rows(book, "contacts")}
    firms = {row["name"]: row["kind"] for row in listing.rows(book, "customers")}
    assert people == ({"陳美玲"} if apart else {"陳美玲", "ரவி குமார்"})
    assert firms == {"小明科技有限公司": "company", **({"ரவி குமார்": "person"} if apart else {})}
    assert panel.session.result is not None
    assert [(problem.row, problem.column) for problem in panel.session.result.problems] == [(3, "vCard")]


def test_as_customers_nothing_is_asked_of_persons(qtbot: QtBot, panel: ImportPanel, cards: Path) -> None:
    with qtbot.waitSignal(panel.session.sampled, timeout=20_000):
        panel.take(cards)
    panel.kind.chips["customers"].setChecked(True)
    assert not panel.kind.apart.isVisible()
