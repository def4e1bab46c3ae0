"""Documents of a card: attached by dialog, drop and paste, opened, saved, renamed, dragged out, taken off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu

from desktop_crm.services import attachments, deals, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import attachments as storage
from tests.ui.documents.conftest import Viewer

from .conftest import Shown


@pytest.fixture
def viewer(home: Path) -> Iterator[Viewer]:
    made = Viewer()
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def card(shown: Shown, viewer: Viewer) -> Any:
    shown.page.card.sections.show_section("documents")
    return shown.page.card


def given(folder: Path, name: str, data: bytes = b"words") -> Path:
    place = folder / name
    place.write_bytes(data)
    return place


def dropped(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def attach(shown: Shown, card: Any, *files: Path) -> None:
    card.documents.attach(files)
    shown.settle()


def first(card: Any) -> Any:
    view = card.sections.view
    view.setFocus()
    view.setCurrentIndex(view.lines.index(0))
    return view.current()


def dialog(shown: Shown) -> QFileDialog:
    return next(item for item in shown.window.findChildren(QFileDialog) if item.isVisible())


def test_attached_by_the_dialog_and_undone(shown: Shown, card: Any, book: Book, tmp_path: Path) -> None:
    assert "No documents yet" in card.sections._nothing.text()
    adder = next(item for item in card.findChildren(QAbstractButton)
                 if item.accessibleName() == "Attach a file…")
    adder.click()
    one, two = given(tmp_path, "contract.pdf", b"%PDF"), given(tmp_path, "合同.txt")
    dialog(shown).filesSelected.emit([str(one), str(two)])
    dialog(shown).close()
    shown.settle()
    assert shown.words() == ["合同.txt · 5 bytes", "contract.pdf · 4 bytes"]
    assert shown.bar.text() == "2 documents attached."
    assert card.sections.chips["documents"].text().endswith("2")
    card.sections.show_section("all")
    assert "合同.txt · 5 bytes" in shown.words()
    book.undo()
    shown.settle()
    assert attachments.documents(book, "customers", card.customer) == []
    assert not any(words.startswith("contract.pdf") for words in shown.words())


def test_files_and_pictures_are_dropped_and_pasted(shown: Shown, card: Any, tmp_path: Path) -> None:
    data, point = dropped(given(tmp_path, "a.pdf"), tmp_path / "gone.pdf", tmp_path / "gone2.pdf"), QPoint(20, 20)
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    enter = QDragEnterEvent(point, both, data, *keys)
    QApplication.sendEvent(card, enter)
    assert enter.isAccepted() and enter.dropAction() == Qt.DropAction.CopyAction
    drop = QDropEvent(QPointF(point), both, data, *keys)
    QApplication.sendEvent(card, drop)
    shown.settle()
    assert drop.dropAction() == Qt.DropAction.CopyAction and shown.words() == ["a.pdf · 5 bytes"]
    assert shown.bar.text().startswith("1 document attached. “gone.pdf” is no longer in")
    assert shown.bar.text().endswith("1 other was not attached either.")
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    card.sections.view.setFocus()
    shown.keys(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    assert shown.words()[0].startswith("Picture 2026-11-21 12.00.00.png · ")
    QGuiApplication.clipboard().setText("only words")
    shown.keys(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    assert len(shown.words()) == 2
    web = QMimeData()
    web.setUrls([QUrl("https://kedai.my/a.pdf")])
    assert not card.documents.takes(web), "what is not on this computer is left to others"


def test_opened_saved_and_refused(shown: Shown, card: Any, tmp_path: Path, viewer: Viewer) -> None:
    attach(shown, card, given(tmp_path, "list.txt"))
    first(card)
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    [copy] = viewer.files
    assert (copy.name, copy.read_bytes()) == ("list.txt", b"words") and copy.parent != tmp_path
    attach(shown, card, given(tmp_path, "run.exe", b"MZ"))
    first(card)
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert "can run on this computer" in shown.bar.text() and len(viewer.files) == 1
    shown.keys(Qt.Key.Key_S)
    dialog(shown).fileSelected.emit(str(tmp_path / "mine.exe"))
    dialog(shown).close()
    shown.settle()
    assert (tmp_path / "mine.exe").read_bytes() == b"MZ" and shown.bar.text() == "Written: mine.exe"


def test_renamed_taken_off_and_carried_away(shown: Shown, card: Any, book: Book, tmp_path: Path) -> None:
    attach(shown, card, given(tmp_path, "list.txt"))
    first(card)
    shown.keys(Qt.Key.Key_E)
    card.pane.form.editor("name").setText("Prices")
    card.pane.form.submit()
    shown.settle()
    assert shown.words() == ["Prices.txt · 5 bytes"]
    view = card.sections.view
    first(card)
    [url] = view.lines.mimeData([view.currentIndex()]).urls()
    assert Path(url.toLocalFile()).name == "Prices.txt" and Path(url.toLocalFile()).read_bytes() == b"words"
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert shown.words() == [] and shown.bar.text() == "Deleted “Prices.txt”"
    book.undo()
    shown.settle()
    assert shown.words() == ["Prices.txt · 5 bytes"]


def test_missing_content_stands_in_the_list(shown: Shown, card: Any, book: Book, tmp_path: Path,
                                            viewer: Viewer) -> None:
    attach(shown, card, given(tmp_path, "list.txt"))
    storage.folder(book.path).rename(tmp_path / "left behind")
    card.reload()
    line = first(card)
    assert (line.icon, line.meta_tone) == ("warning", "bad") and line.meta.startswith("Its content is missing")
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert "Copy the folder from a backup" in shown.bar.text() and viewer.files == []


def test_a_contact_has_documents_too(shown: Shown, card: Any, book: Book, tmp_path: Path) -> None:
    card.sections.show_section("contacts")
    line = first(card)
    card._line_menu(line, QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Attach a file…").trigger()
    menu.close()
    dialog(shown).filesSelected.emit([str(given(tmp_path, "passport.jpg"))])
    dialog(shown).close()
    shown.settle()
    [item] = attachments.documents(book, "contacts", line.id)
    card.sections.show_section("documents")
    assert item.name == "passport.jpg" and card.sections.view.lines.line(0).meta.endswith("Puan Aminah")


def test_documents_of_deals_and_tasks_lead_to_where_they_belong(shown: Shown, card: Any, book: Book) -> None:
    customer = card.customer
    deal = deals.add(book, {"name": "Shelves", "customer_id": customer})
    task = tasks.add(book, {"name": "Measure", "customer_id": customer})
    attachments.add(book, "deals", deal, "plan.png", b"plan")
    attachments.add(book, "tasks", task, "wall.jpg", b"wall")
    shown.settle()
    assert shown.words() == ["wall.jpg · 4 bytes", "plan.png · 4 bytes"]
    first(card)
    for row, (title, wish) in enumerate((("Open task", ("tasks", task)), ("Open deal", ("deals", deal)))):
        line = card.sections.view.lines.line(row)
        assert line.meta.endswith("Measure" if row == 0 else "Shelves")
        [(said, _, act)] = card._of_document(line)
        act()
        assert (said, shown.wishes[-1]) == (title, wish)
    card.sections.show_section("all")
    assert {"wall.jpg · 4 bytes · Measure", "plan.png · 4 bytes · Shelves"} <= set(shown.words())
