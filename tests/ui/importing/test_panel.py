"""The whole way by keys: a file in, columns changed by hand, checked, imported, undone."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFocusEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.domain.importing import ImportResult
from desktop_crm.services import customers as customer_services
from desktop_crm.services import history, importing, sellers
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.importing.columns_table import FIELD, WRITTEN
from desktop_crm.ui.importing.panel import CHECK, COLUMNS, DONE, FILE, KIND, ImportPanel
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.models import STRUCK_ROLE, TONE_ROLE
from desktop_crm.ui.widgets.states import MessageBar
from desktop_crm.ui.words import current
from tests.books import dump, new_book


def press(qtbot: QtBot, panel: ImportPanel, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    focused = panel.focusWidget() or panel
    qtbot.keyClick(focused, key, modifier)


def taken(qtbot: QtBot, panel: ImportPanel, path: Path) -> None:
    with qtbot.waitSignal(panel.session.sampled, timeout=20_000):
        panel.take(path)


def to_columns(qtbot: QtBot, panel: ImportPanel, path: Path) -> None:
    taken(qtbot, panel, path)
    with qtbot.waitSignals([panel.session.loaded, panel.session.looked], timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.step == COLUMNS


def to_check(qtbot: QtBot, panel: ImportPanel, path: Path) -> None:
    to_columns(qtbot, panel, path)
    with qtbot.waitSignal(panel.session.checked, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.step == CHECK


def to_done(qtbot: QtBot, panel: ImportPanel, path: Path) -> None:
    to_check(qtbot, panel, path)
    with qtbot.waitSignal(panel.session.imported, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.step == DONE


def names(book: Book) -> list[str]:
    return [row.name for row in customer_services.rows(book, customer_services.list_ids(book)) if row is not None]


def figures(outcome: Any) -> dict[str, str]:
    return {key: card._value.text() for key, card in outcome.figures.items()}


def pick(qtbot: QtBot, panel: ImportPanel, row: int, column: int, wanted: str) -> None:
    """Choose in a cell of the columns' table, by keys."""
    table, model = panel.columns.table, panel.columns.model
    table.setCurrentIndex(model.index(row, column))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    editor = table.indexWidget(table.currentIndex())
    number = editor.findText(wanted)
    assert number >= 0, wanted
    view = editor.view()
    view.setCurrentIndex(editor.model().index(number, 0))
    with qtbot.waitSignal(panel.session.looked, timeout=20_000):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.focusWidget() is table)


def test_the_whole_way_by_the_enter_key(qtbot: QtBot, panel: ImportPanel, book: Book, customers: Path) -> None:
    before = dump(book)
    taken(qtbot, panel, customers)
    assert (panel.step, panel.session.kind) == (KIND, "customers")
    assert panel.kind.model.data(panel.kind.model.index(0, 1)) == "Aminah Runcit Enterprise"
    with qtbot.waitSignals([panel.session.loaded, panel.session.looked], timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.session.checked, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert dump(book) == before  # nothing is written before the last Enter
    assert figures(panel.check.outcome) == {"read": "4", "created": "3", "updated": "0", "unchanged": "0",
                                            "left_out": "1"}
    assert panel.footer.next.text() == "Import 3 rows"
    with qtbot.waitSignal(panel.session.imported, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert sorted(names(book)) == sorted(["Aminah Runcit Enterprise", "Bukit Tiles Sdn Bhd", "小明科技有限公司"])
    assert panel.done.said.text() == "Imported: 3 customers"
    with qtbot.waitSignal(panel.shown, timeout=5_000) as shown:
        press(qtbot, panel, Qt.Key.Key_Return)
    assert shown.args == ["customers"]


def test_what_is_wrong_is_listed_with_line_column_and_reason(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    to_check(qtbot, panel, customers)
    model = panel.check.outcome.model
    rows = [[model.data(model.index(row, column)) for column in range(4)] for row in range(model.rowCount())]
    assert rows[0][0] == "3" and rows[0][2] == "E-mail" and "not an address" in rows[0][3]
    assert [row[:2] for row in rows if row[1] == "The row"] == [["4", "The row"]]
    panel.check.outcome.copy.click()
    copied = QApplication.clipboard().text().splitlines()
    assert len(copied) == 1 + len(rows)
    assert copied[1].split("\t") == rows[0]


def test_the_first_rows_show_what_is_not_taken_struck_and_why(qtbot: QtBot, panel: ImportPanel,
                                                              customers: Path) -> None:
    to_columns(qtbot, panel, customers)
    model = panel.columns.rows
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    mail = model.index(1, heads.index("E-mails"))
    assert (mail.data(), mail.data(STRUCK_ROLE), mail.data(TONE_ROLE)) == ("not an address", True, "bad")
    assert "is not an e-mail address" in mail.data(Qt.ItemDataRole.ToolTipRole)
    assert [model.index(row, 1).data() for row in range(4)] == ["New", "New", "Left out", "New"]
    assert model.index(2, heads.index("Name")).data() == "missing"


def test_undo_leaves_the_file_as_before(qtbot: QtBot, panel: ImportPanel, book: Book, customers: Path) -> None:
    before = dump(book)
    to_done(qtbot, panel, customers)
    panel.done.undo.setFocus()
    with qtbot.waitSignal(panel.session.undone, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert dump(book) == before
    assert panel.focusWidget() is panel.footer.next
    assert panel.done.said.text().startswith("Undone")
    press(qtbot, panel, Qt.Key.Key_Return)  # another file
    assert panel.step == FILE


def test_undo_of_an_import_never_takes_back_something_else(qtbot: QtBot, panel: ImportPanel, book: Book,
                                                           bar: MessageBar, customers: Path) -> None:
    to_done(qtbot, panel, customers)
    sellers.add(book, {"name": "Mei Ling"})
    panel.done.undo.click()
    assert "no longer the newest act" in bar.text()
    assert not any(act.undone for act in history.acts(book, current()))
    assert not panel.done.undo.isEnabled()


def test_the_same_file_again_changes_nothing(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    to_done(qtbot, panel, customers)
    panel.done.other.click()
    to_check(qtbot, panel, customers)
    assert figures(panel.check.outcome)["unchanged"] == "3"
    assert not panel.check.nothing.isVisible()  # one row is left out: that is told instead
    assert not panel.footer.next.isEnabled()
    press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.step == CHECK


def test_a_field_is_chosen_by_hand_and_the_former_column_gives_it_up(qtbot: QtBot, panel: ImportPanel,
                                                                     tmp_path: Path) -> None:
    path = tmp_path / "shops.csv"
    path.write_text("Name,Alias\nKedai A,Alpha\nKedai B,Beta\n", encoding="utf-8")
    to_columns(qtbot, panel, path)
    assert panel.columns.said.text() == "Imported: 1 of 2 columns. Left out: Alias"
    pick(qtbot, panel, 1, FIELD, "Name")
    model = panel.columns.model
    assert [model.index(row, FIELD).data() for row in range(2)] == ["Not imported", "Name"]
    assert panel.columns.rows.index(0, 2).data() == "Alpha"
    press(qtbot, panel, Qt.Key.Key_Delete)
    with qtbot.waitSignal(panel.session.looked, timeout=20_000):
        pass
    assert "No column was found for “Name”" in panel.columns.why.text()
    assert not panel.footer.next.isEnabled()


def test_two_columns_that_were_chosen_for_one_field_are_both_named(qtbot: QtBot, panel: ImportPanel,
                                                                   tmp_path: Path) -> None:
    path = tmp_path / "shops.csv"
    path.write_text("Name,Alias\nKedai A,Alpha\nKedai B,Beta\n", encoding="utf-8")
    to_columns(qtbot, panel, path)
    pick(qtbot, panel, 1, FIELD, "Name")
    with qtbot.waitSignal(panel.session.looked, timeout=20_000):
        panel.columns.model.setData(panel.columns.model.index(0, FIELD), "name")
    said = panel.columns.why.text()
    assert "“Name” and “Alias” would both become “Name”" in said and not panel.footer.next.isEnabled()
    with qtbot.waitSignal(panel.session.looked, timeout=20_000):
        panel.columns.model.setData(panel.columns.model.index(1, FIELD), "")
    assert panel.columns.why.text() == "" and panel.footer.next.isEnabled()
    assert panel.columns.rows.index(0, 2).data() == "Kedai A"


def test_the_date_order_is_chosen_by_hand_and_kept_to_the_end(qtbot: QtBot, panel: ImportPanel, book: Book,
                                                              tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text("Task,Due date\nCall Aminah,03/04/2026\n", encoding="utf-8")
    to_columns(qtbot, panel, path)
    assert panel.session.kind == "tasks"
    assert panel.columns.model.index(1, WRITTEN).data() == "31/12/2026"  # the country's custom
    pick(qtbot, panel, 1, WRITTEN, "12/31/2026")
    with qtbot.waitSignal(panel.session.checked, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.session.imported, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    with book.read() as connection:
        due = connection.exec_driver_sql("SELECT due_on FROM tasks").scalar_one()
    assert str(due) == "2026-03-04"


def test_another_kind_by_the_arrow_keys(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    taken(qtbot, panel, customers)
    assert panel.focusWidget() is panel.kind.chips["customers"]
    press(qtbot, panel, Qt.Key.Key_Right)
    if panel.session.kind == "customers":
        press(qtbot, panel, Qt.Key.Key_Space)
    assert panel.session.kind == "contacts"
    with qtbot.waitSignals([panel.session.loaded, panel.session.looked], timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.session.mapping is not None and panel.session.mapping.kind == "contacts"


def test_what_was_mapped_by_hand_survives_a_look_back(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    to_columns(qtbot, panel, customers)
    pick(qtbot, panel, 3, FIELD, "Notes")
    press(qtbot, panel, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert panel.step == KIND
    with qtbot.waitSignal(panel.session.looked, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.columns.model.index(3, FIELD).data() == "Notes"


def test_escape_leads_back_step_by_step_and_out(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    to_check(qtbot, panel, customers)
    for step in (COLUMNS, KIND, FILE):
        press(qtbot, panel, Qt.Key.Key_Escape)
        assert panel.step == step
    with qtbot.waitSignal(panel.closed, timeout=5_000):
        press(qtbot, panel, Qt.Key.Key_Escape)


def test_a_click_on_a_step_that_is_done_leads_back(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    to_columns(qtbot, panel, customers)
    qtbot.mouseClick(panel.steps, Qt.MouseButton.LeftButton, pos=QPoint(40, 24 + 56 * 4 + 10))
    assert panel.step == COLUMNS  # a later one is not open yet
    qtbot.mouseClick(panel.steps, Qt.MouseButton.LeftButton, pos=QPoint(40, 24 + 10))
    assert panel.step == FILE


@pytest.mark.parametrize(("name", "content", "word"), [
    ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(60), "photo.png"),
    ("empty.csv", b"", "empty.csv"),
    ("broken.xlsx", b"PK\x03\x04 not a workbook", "broken.xlsx"),
])
def test_a_file_that_is_no_table_is_refused_in_one_sentence(qtbot: QtBot, panel: ImportPanel, tmp_path: Path,
                                                            name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with qtbot.waitSignal(panel.session.refused, timeout=20_000):
        panel.take(path)
    assert panel.step == FILE
    assert word in panel.file.why.text() and panel.file.why.isVisible()
    assert panel.footer.isHidden()


def test_sheets_of_a_workbook_are_offered(qtbot: QtBot, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for title, rows in (("Products", [("Product", "Price"), ("Tile", 12.5)]),
                            ("Old", [("Product", "Price"), ("Slate", 9), ("Granite", 30)])):
            sheet = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    taken(qtbot, panel, path)
    choice = panel.kind.choices["sheet"]
    assert panel.session.kind == "products"
    assert [choice.itemText(number) for number in range(choice.count())] == ["Products", "Old"]
    assert not panel.kind.choices["encoding"].isVisible()
    with qtbot.waitSignal(panel.session.sampled, timeout=20_000):
        choice.setCurrentIndex(1)
        choice.activated.emit(1)
    assert panel.kind.model.rowCount() == 2
    assert panel.kind.model.index(0, 1).data() == "Slate"


def test_another_encoding_is_read_at_once(qtbot: QtBot, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "kunden.csv"
    path.write_bytes("Firma;Ort\nMüller & Söhne;Köln\n".encode("cp1252"))
    taken(qtbot, panel, path)
    assert panel.kind.model.index(0, 1).data() == "Müller & Söhne"
    choice = panel.kind.choices["encoding"]
    number = choice.findText("Cyrillic")
    with qtbot.waitSignal(panel.session.sampled, timeout=20_000):
        choice.setCurrentIndex(number)
        choice.activated.emit(number)
    assert panel.kind.model.index(0, 1).data() != "Müller & Söhne"
    assert choice.currentText() == "Cyrillic"


def test_the_keyboard_stays_where_the_user_took_it(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    window, search = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(search)
    layout.addWidget(panel)
    window.show()
    panel.take(customers)
    search.setFocus()
    qtbot.waitUntil(lambda: panel.step == KIND)
    assert window.focusWidget() is search
    panel.setParent(None)


def test_an_import_that_is_stopped_keeps_nothing(qtbot: QtBot, panel: ImportPanel, book: Book, bar: MessageBar,
                                                 customers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(book)
    started, real = threading.Event(), importing.run

    def held(*args: Any, cancelled: Any, **more: Any) -> ImportResult:
        started.set()
        while not cancelled():
            threading.Event().wait(0.01)
        return real(*args, cancelled=cancelled, **more)

    monkeypatch.setattr(importing, "run", held)
    to_check(qtbot, panel, customers)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert started.wait(20)
    assert panel.footer.cancel.isVisible() and not panel.footer.next.isEnabled()
    panel.take(customers)  # another file has to wait
    assert "Wait for the import" in bar.text()
    with qtbot.waitSignal(panel.session.idle, timeout=20_000):
        qtbot.mouseClick(panel.footer.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "nothing was changed" in bar.text())
    assert (panel.step, dump(book)) == (CHECK, before)
    monkeypatch.setattr(importing, "run", real)
    with qtbot.waitSignal(panel.session.imported, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)


def test_a_check_that_is_stopped_leads_back_to_the_columns(qtbot: QtBot, panel: ImportPanel, jobs: Jobs,
                                                          customers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to_columns(qtbot, panel, customers)
    go, real = threading.Event(), importing.preview

    def held(*args: Any, **more: Any) -> Any:
        go.wait(20)
        return real(*args, **more)

    monkeypatch.setattr(importing, "preview", held)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.step == CHECK
    press(qtbot, panel, Qt.Key.Key_Escape)
    assert panel.step == COLUMNS
    go.set()
    jobs.wait_all()
    assert panel.step == COLUMNS and panel.session.check_result is None


def test_our_own_mistake_is_told_and_the_wizard_lives_on(qtbot: QtBot, panel: ImportPanel, bar: MessageBar,
                                                        customers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise ZeroDivisionError

    to_check(qtbot, panel, customers)
    monkeypatch.setattr(importing, "run", broken)
    press(qtbot, panel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "made a mistake" in bar.text())
    assert panel.step == CHECK and panel.footer.next.isEnabled()


def test_hostile_names_are_shown_literally(qtbot: QtBot, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    long = "<b>heading</b> " + "very " * 15
    path.write_text(f"Name,{long},Notes\n<script>alert(1)</script>,=1+1,{{n}} %s\nTwo,2,b\n", encoding="utf-8")
    to_check(qtbot, panel, path)
    assert panel.columns.rows.index(0, 2).data() == "<script>alert(1)</script>"
    assert "<b>heading</b>" in panel.columns.said.text()
    assert "&lt;b&gt;" in panel.kind.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert panel.grab().width() == 1366  # and no part forces the window wider


def test_no_part_asks_for_more_than_a_small_window(qtbot: QtBot, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    heads = [f"A column with a long heading {number}" for number in range(60)]
    path.write_text(",".join(["Name", *heads]) + "\n" + ",".join(["x" * 300] * 61) + "\n", encoding="utf-8")
    to_check(qtbot, panel, path)
    assert panel.minimumSizeHint().width() <= 960
    assert panel.minimumSizeHint().height() <= 560


def test_a_dropped_file_begins(qtbot: QtBot, panel: ImportPanel, customers: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(customers))])
    event = QDropEvent(panel.file.zone.rect().center().toPointF(), Qt.DropAction.CopyAction, data,
                       Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(panel.session.sampled, timeout=20_000):
        panel.file.zone.dropEvent(event)
    assert panel.session.path == customers


def test_the_button_opens_the_systems_dialog_without_waiting(qtbot: QtBot, panel: ImportPanel) -> None:
    assert panel.focusWidget() is panel.file.zone.choose
    press(qtbot, panel, Qt.Key.Key_Return)
    [dialog] = panel.findChildren(QFileDialog)
    assert dialog.isVisible()
    assert "*.ods" in dialog.nameFilters()[0]
    dialog.close()


def test_the_keyboard_goes_to_the_step_whenever_the_panel_gets_it(qtbot: QtBot, panel: ImportPanel,
                                                                  customers: Path) -> None:
    to_columns(qtbot, panel, customers)
    other = QWidget()
    qtbot.addWidget(other)
    panel.focusInEvent(QFocusEvent(QFocusEvent.Type.FocusIn))
    assert panel.focusWidget() is panel.columns.table


def test_a_request_that_was_given_up_is_not_answered(qtbot: QtBot, panel: ImportPanel, jobs: Jobs,
                                                    customers: Path) -> None:
    panel.take(customers)
    panel.go_back()
    jobs.wait_all()
    assert panel.step == FILE and panel.session.sample is None


def test_a_file_that_is_open_for_reading_only_is_told_and_kept(qtbot: QtBot, jobs: Jobs, bar: MessageBar,
                                                               customers: Path, tmp_path: Path) -> None:
    new_book(tmp_path / "read.crm").close()
    book = open_book(tmp_path / "read.crm", reading=True)
    panel = ImportPanel(book, jobs, Messages(bar, tmp_path / "log"))
    qtbot.addWidget(panel)
    panel.show()
    panel.setFocus()
    to_check(qtbot, panel, customers)
    with qtbot.waitSignal(panel.session.refused, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert "open for reading only" in panel.check.why.text()
    assert panel.step == CHECK
    jobs.wait_all()
    book.close()
