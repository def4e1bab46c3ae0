"""The inbox by keys: answering, giving, putting aside, writing one down; dropping and pasting; the watched folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop_crm.services import activities, business, campaigns, customers, inbox, tasks
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.leads.watch import Watch
from tests.books import dump
from tests.ui.leads.conftest import LeadsRoom

MAIL = "From: Siti Aminah <siti@murni.com.my>\nSubject: Kerusi\n\n20 chairs please\n"
LOOKS_LIKE_ALI = "Ali\n012-345 6789"


def test_the_newest_first_with_what_is_left(room: LeadsRoom) -> None:
    assert room.names() == ["陳怡君", "Ali"]
    table = room.inbox.table
    assert [table.model_.index(1, column).data() for column in (1, 5)] == ["a fence", "15 min left"]
    assert room.inbox.detail.badge.text() == "15 min left"
    assert "21/11/2026" in room.inbox.detail._from.text()
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_Return)
    room.key(Qt.Key.Key_C)
    assert room.opened == [("customers", 1)] and room.acts == ["convert:1"]


@pytest.mark.parametrize(("key", "left"), [(Qt.Key.Key_L, ["Ali"]), (Qt.Key.Key_Delete, ["Ali"])])
def test_one_key_answers_or_puts_aside_and_undo_brings_it_back(room: LeadsRoom, key: Qt.Key, left: list[str]) -> None:
    before = dump(room.book)
    room.key(key)
    assert room.names() == left and room.inbox.table.chosen() is not None
    room.undo()
    assert room.names() == ["陳怡君", "Ali"] and dump(room.book) == before


def test_several_at_once_and_the_empty_state(room: LeadsRoom) -> None:
    room.inbox.table.selectAll()
    room.key(Qt.Key.Key_L)
    assert room.names() == [] and len(activities.list_ids(room.book)) == 2
    assert "answered" in room.inbox.empty.accessibleName() and room.inbox.empty.isVisible()
    room.undo()
    assert len(room.names()) == 2


def test_giving_to_a_seller(room: LeadsRoom) -> None:
    menu: QMenu = room.inbox.sellers_menu(room.inbox.table.selected_ids())
    assert [action.text() for action in menu.actions()] == ["Faridah", "Nobody"]
    menu.actions()[0].trigger()
    room.settle()
    assert room.inbox.table.model_.index(0, 4).data() == "Faridah"
    room.key(Qt.Key.Key_S)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    shown.close()


def test_a_new_one_in_five_seconds(room: LeadsRoom) -> None:
    fair = campaigns.add(room.book, {"name": "Fair", "source_id": business.choices(room.book, "sources")[0].id})
    before = dump(room.book)
    room.key(Qt.Key.Key_N, modifier=Qt.KeyboardModifier.ControlModifier)
    pane = room.inbox.pane
    assert pane is not None and pane.form.editor("campaign_id").value() == fair
    pane.form.editor("name").setText("Mei")
    pane.form.editor("reach").setText("016-222 3344; mei@x.my")
    pane.form.editor("text").setText("a gate")
    room.key(Qt.Key.Key_Return, pane.form.editor("text"))
    assert room.inbox.pane is None and room.names() == ["Mei", "陳怡君", "Ali"]
    row, = inbox.rows(room.book, room.inbox.table.selected_ids())
    assert (row.name, row.text, row.phone, row.email, row.source, row.campaign) == (
        "Mei", "a gate", "016-222 3344", "mei@x.my", "Walk-in", "Fair")
    room.undo()
    assert dump(room.book) == before


def test_what_a_new_one_refuses_and_escape(room: LeadsRoom) -> None:
    before = dump(room.book)
    room.inbox.new()
    pane = room.inbox.pane
    assert pane is not None
    pane.form.submit()
    pane.form.editor("reach").setText("siti@")
    pane.form.submit()
    room.settle()
    assert room.inbox.pane is pane and dump(room.book) == before
    room.key(Qt.Key.Key_Escape, pane.form.editor("reach"))
    assert room.closed == 0 and not room.inbox.detail.isHidden()
    room.key(Qt.Key.Key_Escape)
    assert room.closed == 1


def test_whom_a_new_one_looks_like(room: LeadsRoom) -> None:
    room.inbox.new()
    pane = room.inbox.pane
    assert pane is not None
    pane.form.editor("name").setText("Ali")
    pane.form.editor("reach").setText("0123456789")
    pane.form.editor("text").setText("a gate too")
    pane.looks.look()
    room.settle()
    assert pane.looks.isVisible() and [match.id for match in pane.looks.matches] == [1]
    pane.looks.merge_button.click()
    room.settle()
    assert len(customers.list_ids(room.book)) == 2 and room.inbox.pane is None
    assert [row.name for row in tasks.rows(room.book, tasks.list_ids(room.book))] == ["Answer the request of Ali"]
    room.undo()
    assert not tasks.list_ids(room.book) and not activities.list_ids(room.book)


def test_dropping_an_email(room: LeadsRoom, tmp_path: Path) -> None:
    before = dump(room.book)
    mail = tmp_path / "a.eml"
    mail.write_text(MAIL)
    room.drop(mail)
    assert room.said == "1 request came in." and room.names()[0] == "Siti Aminah"
    chosen = room.inbox.table.chosen()
    assert chosen is not None and chosen.name == "Siti Aminah"
    room.undo()
    assert dump(room.book) == before
    mail.write_text("nothing")
    room.drop(mail)
    assert "no e-mail" in room.said and dump(room.book) == before


def test_a_list_goes_to_the_wizard_and_one_row_does_not(room: LeadsRoom, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("Name,Phone\nSiti,011-111 1111\nRaj,016-222 3344\n")
    room.drop(sheet)
    assert room.lists == [str(sheet)] and len(room.names()) == 2
    sheet.write_text("Name,Phone\nSiti,011-1111 1111\n")
    room.drop(sheet)
    assert len(room.lists) == 1 and room.names()[0] == "Siti"


def test_several_files_at_once(room: LeadsRoom, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.eml" for number in range(3)]
    for path in paths:
        path.write_text(MAIL.replace("siti", path.stem).replace("Siti Aminah", f"N{path.stem}"))
    room.drop(*paths)
    assert room.said == "3 requests came in." and len(room.names()) == 5
    room.undo()
    assert len(room.names()) == 2


def test_a_mailbox_is_taken_whole_and_tells_what_it_left_out(room: LeadsRoom, tmp_path: Path) -> None:
    before, box, begin = dump(room.book), tmp_path / "form.mbox", "From - Fri Nov 20 10:00:00 2026\n"
    mail = MAIL.replace("Subject", "Message-ID: <1@x>\nSubject", 1)
    box.write_text(f"{begin}{mail}\n{begin}{mail.replace('siti', 'raj').replace('Siti Aminah', 'Raj')}\n{begin}words\n")
    room.drop(box)
    assert room.said == "2 requests came in. E-mail 3 of “form.mbox” is damaged; it was left out."
    assert room.names()[:2] == ["Raj", "Siti Aminah"] and room.lists == []
    (tmp_path / "siti.eml").write_text(mail)
    room.drop(tmp_path / "siti.eml")
    assert "taken before" in room.said
    room.drop(box)
    assert room.said == "Nothing new came in."
    room.book.undo()
    assert dump(room.book) == before


def test_pasting(room: LeadsRoom) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("Raj Kumar\nRaj Trading Sdn Bhd\n016-222 3344")
    room.key(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    assert room.names()[0] == "Raj Kumar"
    for text, said in (("buy milk", "nobody"), ("a\tb\nc\td", "list")):
        room.drop(text=text)
        assert said in room.said and len(room.names()) == 3
    room.drop(text="BEGIN:VCARD\nVERSION:3.0\nFN:Mei\nTEL:017-888 9999\nEND:VCARD\n")
    assert room.names()[0] == "Mei"


def test_who_is_known_is_offered_to_the_card(room: LeadsRoom) -> None:
    before = dump(room.book)
    room.drop(text=LOOKS_LIKE_ALI)
    assert "looks like Ali" in room.said and dump(room.book) == before
    room.undo()  # the first button: log it on the card
    assert len(room.names()) == 2 and len(tasks.list_ids(room.book)) == 1
    room.book.undo()
    room.drop(text=LOOKS_LIKE_ALI)
    room.bar._other.click()
    room.settle()
    assert room.names() == ["Ali", "陳怡君", "Ali"]


def test_reading_only(reading_room: Callable[[], LeadsRoom], book: Book) -> None:
    book.close()
    room = reading_room()
    assert len(room.names()) == 2
    room.key(Qt.Key.Key_L)
    room.key(Qt.Key.Key_N, modifier=Qt.KeyboardModifier.ControlModifier)
    room.drop(text=LOOKS_LIKE_ALI)
    assert len(room.names()) == 2 and room.inbox.pane is None
    assert not room.inbox.add_button.isEnabled() and not room.inbox.detail.answer.isEnabled()


def test_the_watched_folder(room: LeadsRoom, tmp_path: Path) -> None:
    watched = tmp_path / "in"
    watched.mkdir()
    settings = Settings()
    watch = Watch(room.window, room.jobs, room.messages, settings)
    watch.begin(room.book)
    assert watch.folder() == ""
    watch.set_folder(str(watched))
    room.settle()
    assert settings.watched_folder(room.book.path) == str(watched) == watch.folder()
    (watched / "a.eml").write_text(MAIL)
    (watched / "b.eml").write_text("nothing")
    for _ in range(2):  # seen, then settled
        watch.look()
        room.settle()
    assert room.names()[0] == "Siti Aminah" and "b.eml" in room.said
    assert (watched / "Taken" / "a.eml").exists() and (watched / "Not read" / "b.eml").exists()
    (watched / "c.eml").write_text(MAIL.replace("siti@", "raj@").replace("Siti Aminah", "Raj"))
    for _ in range(2):
        watch.look()
        room.settle()
    assert room.said == "1 request came in." and room.names()[0] == "Raj"
    room.undo()
    assert room.names()[0] == "Siti Aminah"
    watch.choose()
    assert str(watched) in room.said
    room.bar._other.click()
    assert watch.folder() == "" and settings.watched_folder(room.book.path) == ""
    watch.stop()


def test_a_watched_folder_that_is_gone_is_told_once(room: LeadsRoom, tmp_path: Path) -> None:
    settings = Settings()
    settings.set_watched_folder(room.book.path, str(tmp_path / "gone"))
    watch = Watch(room.window, room.jobs, room.messages, settings)
    watch.begin(room.book)
    room.settle()
    assert "gone" in room.said
    room.messages.note("other")
    watch.look()
    room.settle()
    QCoreApplication.processEvents()
    assert room.said == "other"
    watch.stop()


def test_quick_keys_log_each_request_once(room: LeadsRoom) -> None:
    table = room.inbox.table
    for key in (Qt.Key.Key_L, Qt.Key.Key_L, Qt.Key.Key_Down, Qt.Key.Key_L):  # faster than anything is saved
        QTest.keyClick(table, key)
    room.settle()
    assert room.names() == [] and len(activities.list_ids(room.book)) == 2
