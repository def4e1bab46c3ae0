"""The documents of a deal or task on its card: by button, drop, paste and keys, each act with its way back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_crm.services import attachments, deals, past
from desktop_crm.services.book import Book
from desktop_crm.ui.documents.block import DocumentsBlock
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar

from .conftest import Shown

CTRL = Qt.KeyboardModifier.ControlModifier


def given(folder: Path, name: str, data: bytes = b"words") -> Path:
    place = folder / name
    place.write_bytes(data)
    return place


def drop(shown: Shown, *files: Path) -> bool:
    """Drag files over the card and let them go; whether they were taken."""
    data, keys = QMimeData(), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), both, data, *keys)
    QApplication.sendEvent(shown.card, enter)
    if enter.isAccepted():
        let_go = QDropEvent(QPointF(5, 5), both, data, *keys)
        QApplication.sendEvent(shown.card, let_go)
        assert let_go.dropAction() == Qt.DropAction.CopyAction, "what is dropped stays where it was"
    shown.settle()
    return enter.isAccepted()


def test_empty_then_attached_by_the_button_and_undone(shown: Shown, book: Book, tmp_path: Path) -> None:
    assert "Attach a file, drop it here" in shown.block.nothing.text() and shown.block.view.isHidden()
    shown.block.adder.click()
    shown.dialog().filesSelected.emit([str(given(tmp_path, "plan.pdf", b"%PDF")), str(given(tmp_path, "图纸.txt"))])
    shown.dialog().close()
    shown.settle()
    assert shown.words() == ["图纸.txt · 5 bytes", "plan.pdf · 4 bytes"]
    assert (shown.block.title.text(), shown.bar.text()) == ("Documents · 2", "2 documents attached.")
    assert shown.block.nothing.isHidden()
    book.undo()
    shown.settle()
    assert shown.words() == [] and attachments.documents(book, "deals", 1) == []


def test_the_keyboard_is_seen_on_the_first_document(shown: Shown, book: Book) -> None:
    attachments.add(book, "deals", 1, "plan.pdf", b"%PDF")
    shown.block.reload()
    before = shown.block.view.grab().toImage()
    shown.block.view.setFocus(Qt.FocusReason.TabFocusReason)
    shown.settle()
    assert shown.block.view.grab().toImage() != before


def test_dropped_and_pasted(shown: Shown, tmp_path: Path) -> None:
    assert drop(shown, given(tmp_path, "a.pdf"), tmp_path / "gone.pdf")
    assert shown.words() == ["a.pdf · 5 bytes"] and "gone.pdf” is no longer in" in shown.bar.text()
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    shown.block.view.setFocus()
    shown.key(Qt.Key.Key_V, CTRL)
    assert len(shown.words()) == 2 and shown.words()[0].startswith("Picture ")
    QGuiApplication.clipboard().setText("only words")
    shown.key(Qt.Key.Key_V, CTRL)
    assert len(shown.words()) == 2


def test_opened_copied_saved_and_refused_by_keys(shown: Shown, viewer: Any, tmp_path: Path) -> None:
    shown.block.acts.attach([given(tmp_path, "list.txt")])
    shown.settle()
    shown.first()
    shown.key(Qt.Key.Key_Return)
    assert [file.read_bytes() for file in viewer.files] == [b"words"]
    shown.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().mimeData().urls()[0].fileName() == "list.txt"
    shown.block.acts.attach([given(tmp_path, "run.exe", b"MZ")])
    shown.settle()
    shown.first()
    shown.key(Qt.Key.Key_Return)
    assert "can run on this computer" in shown.bar.text() and len(viewer.files) == 1
    shown.key(Qt.Key.Key_S)
    shown.dialog().fileSelected.emit(str(tmp_path / "mine.exe"))
    shown.dialog().close()
    shown.settle()
    assert (tmp_path / "mine.exe").read_bytes() == b"MZ"


def test_what_may_be_large_is_read_and_written_beside_the_window(shown: Shown, tmp_path: Path,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    shown.block.acts.attach([given(tmp_path, "list.txt")])
    shown.settle()
    shown.first()
    threads = dict[str, threading.Thread]()

    def watched(name: str) -> Callable[..., Any]:
        act = getattr(attachments, name)

        def done(*given: Any) -> Any:
            threads[name] = threading.current_thread()
            return act(*given)

        return done

    for name in ("to_show", "keep"):
        monkeypatch.setattr(attachments, name, watched(name))
    shown.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().mimeData().urls()[0].fileName() == "list.txt"
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    shown.key(Qt.Key.Key_V, CTRL)
    assert len(shown.words()) == 2 and {*threads} == {"to_show", "keep"}
    assert threading.main_thread() not in threads.values()


def test_f2_renames_the_document_where_the_window_has_that_key_for_itself(shown: Shown, tmp_path: Path) -> None:
    window = list[str]()
    QShortcut(QKeySequence("F2"), shown.card, lambda: window.append("F2"))
    shown.block.acts.attach([given(tmp_path, "list.txt")])
    shown.settle()
    shown.first()
    shown.key(Qt.Key.Key_F2)
    assert shown.block.name.hasFocus() and shown.block.name.text() == "list.txt" and not window
    shown.key(Qt.Key.Key_Escape)
    assert shown.block.name.isHidden() and shown.block.view.hasFocus()
    shown.block.adder.setFocus()
    shown.key(Qt.Key.Key_F2)
    assert window == ["F2"]  # elsewhere it is the window's


def test_renamed_refused_and_taken_off_by_keys(shown: Shown, book: Book, tmp_path: Path) -> None:
    shown.block.acts.attach([given(tmp_path, "list.txt")])
    shown.settle()
    shown.first()
    shown.key(Qt.Key.Key_E)
    assert shown.block.name.hasFocus() and shown.block.name.text() == "list.txt"
    shown.block.name.setText("  ")
    shown.key(Qt.Key.Key_Return)
    assert "needs a name" in shown.bar.text() and shown.block.name.isVisible()
    shown.block.name.setText("Prices")
    shown.key(Qt.Key.Key_Return)
    assert shown.words() == ["Prices.txt · 5 bytes"] and shown.block.view.hasFocus()
    shown.key(Qt.Key.Key_E)
    shown.key(Qt.Key.Key_Escape)
    assert shown.block.name.isHidden() and shown.words() == ["Prices.txt · 5 bytes"]
    shown.first()
    shown.key(Qt.Key.Key_Delete)
    assert shown.words() == [] and shown.bar.text() == "Deleted “Prices.txt”"
    shown.bar._action.click()
    shown.settle()
    assert shown.words() == ["Prices.txt · 5 bytes"]


def test_the_menu_and_another_record(shown: Shown, tmp_path: Path) -> None:
    shown.block.acts.attach([given(tmp_path, "list.txt")])
    shown.settle()
    shown.first()
    shown.block._menu(shown.block.view.current(), QPoint(0, 0))  # type: ignore[arg-type]
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text().split("\t")[0] for action in menu.actions()] == [
        "Open", "Save a copy…", "Copy the file", "Rename", "Delete"]
    menu.close()
    shown.block.show_record("tasks", 1)
    assert shown.words() == []
    shown.block.acts.attach([tmp_path / "list.txt"])
    shown.settle()
    assert shown.words() == ["list.txt · 5 bytes"]


def test_a_record_that_is_gone_shows_none(shown: Shown, book: Book, tmp_path: Path) -> None:
    shown.block.acts.attach([given(tmp_path, "list.txt")])
    shown.settle()
    deals.delete(book, [1])
    shown.settle()
    assert shown.words() == []


def test_a_past_day_is_only_looked_at(book: Book, qtbot: QtBot, tmp_path: Path) -> None:
    attachments.add(book, "deals", 1, "list.txt", b"words")
    bar, jobs = MessageBar(), Jobs()
    then = past.opened(book, book.today())
    block = DocumentsBlock(then, jobs, Messages(bar, tmp_path / "log"))
    qtbot.addWidget(block)
    block.show_record("deals", 1)
    assert block.adder.isHidden() and block.view.lines.rowCount() == 1
    line = block.view.lines.line(0)
    assert line is not None
    assert [title.split("\t")[0] for title, _, _ in block.acts.choices(line)] == ["Open", "Save a copy…",
                                                                                  "Copy the file"]
    block.show_record("deals", 9)
    assert block.nothing.text() == "No documents yet."
    jobs.close()
    then.close()
