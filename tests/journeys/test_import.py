"""A table comes in through the wizard, by keys alone and by the mouse alone; undone, redone, and undone at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.app import Session
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.importing.columns_table import FIELD, NAME
from tests.books import dump, new_file, searched
from tests.journeys.conftest import Keys

Rest = Callable[[], None]

TABLE = """Company,Town,Mobile,Which van,Colour
Kedai Ah Meng,Ipoh,012-345 6789,North,red
小明科技有限公司,台北,0912-345-678,,blue
முருகன் ஸ்டோர்ஸ்,Penang,04-111 2222,South,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def book(session: Session, rest: Rest, tmp_path: Path) -> Book:
    """A shop that knows one of the three, without a town."""
    new_file(tmp_path / "shop.crm", name="Kedai")
    session.begin(tmp_path / "shop.crm")
    rest()
    made = session.window.book
    assert made is not None
    customers.add(made, {"name": "Kedai Ah Meng", "state": "customer"}, phones=["012-345 6789"])
    rest()
    return made


def chosen(session: Session, file: Path, rest: Rest) -> None:
    """Choose the file in the dialog that asks for one."""
    dialog = next(item for item in session.window.findChildren(QFileDialog) if item.isVisible())
    dialog.fileSelected.emit(str(file))
    dialog.close()
    rest()


def held(book: Book) -> list[tuple[Any, ...]]:
    """Name, city, region and how many phones, in the order they came in."""
    cards = [customers.card(book, key) for key in customers.list_ids(book, sort="id")]
    return [(card.values["name"], card.values["city"], card.values["region"], len(card.channels)) for card in cards]


WHOLE = [("Kedai Ah Meng", "Ipoh", "North", 1), ("小明科技有限公司", "台北", None, 1),
         ("முருகன் ஸ்டோர்ஸ்", "Penang", "South", 1)]


def test_by_keys_with_a_column_changed_by_hand(session: Session, book: Book, file: Path, press: Keys,
                                               rest: Rest) -> None:
    start = dump(book), searched(book)
    press("Ctrl+I", "Return")  # the button that asks for a file has the keyboard
    chosen(session, file, rest)
    panel: Any = session.window.stack.currentWidget()
    press("Return")  # these are customers
    table, model = panel.columns.table, panel.columns.model
    van = next(row for row in range(model.rowCount()) if model.index(row, NAME).data() == "Which van")
    assert "Left out: Which van, Colour" in panel.columns.said.text()
    press("Home", *["Down"] * van, "Space")
    editor = table.indexWidget(model.index(van, FIELD))
    QTest.keyClicks(editor.view(), "Region")
    QTest.keyClick(editor.view(), Qt.Key.Key_Return)
    rest()
    assert "Imported: 4 of 5 columns. Left out: Colour" in panel.columns.said.text()
    press("Return")
    assert panel.footer.next.text() == "Import 3 rows" and (dump(book), searched(book)) == start
    press("Return")
    assert panel.done.said.text() == "Imported: 3 customers" and held(book) == WHOLE
    press("Return")
    assert session.window.stack.currentWidget() is session.window.page("customers")
    end = dump(book), searched(book)
    press("Ctrl+Z")
    assert (dump(book), searched(book)) == start
    assert session.window.message_bar.text() == "Undone: Import customers.csv"
    press("Ctrl+Shift+Z")
    assert (dump(book), searched(book)) == end


def test_by_the_mouse_and_undone_where_it_ends(session: Session, book: Book, file: Path, press: Keys,
                                               rest: Rest) -> None:
    def click(part: QWidget) -> None:
        assert part.isVisible() and part.isEnabled()
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)
        rest()

    start = dump(book), searched(book)
    press("Ctrl+I")
    panel: Any = session.window.stack.currentWidget()
    click(panel.file.zone.choose)
    chosen(session, file, rest)
    click(panel.kind.chips["customers"])
    for _ in range(3):  # columns, check, import
        click(panel.footer.next)
    assert panel.done.said.text() == "Imported: 3 customers" and len(customers.list_ids(book)) == 3
    click(panel.done.undo)
    assert (dump(book), searched(book)) == start
    assert panel.done.said.text() == "Undone: everything is as it was before the import."
