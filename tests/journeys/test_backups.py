"""The file is lost, spoilt or taken back by a day, in the real window: the newest whole backup is at hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_crm.app import Session
from desktop_crm.services import customers, safety
from desktop_crm.services.book import open_book
from desktop_crm.ui.backups.panel import BackupsPanel
from tests.books import NOON, dump, new_book
from tests.journeys.conftest import Keys, shown

Rest = Callable[[], None]


@pytest.fixture
def path(session: Session, tmp_path: Path) -> Path:
    """A file whose two backups are of yesterday and of today, each with a customer more."""
    file = tmp_path / "shop.crm"
    new_book(file).close()
    for day, name in ((1, "Aminah"), (0, "Ali")):
        with closing(open_book(file, clock=lambda day=day: NOON - timedelta(days=day))) as book:  # type: ignore[misc]
            customers.add(book, {"name": name})
            safety.keep(book, "exit")
    return file


def _dump(path: Path) -> dict[str, list[Any]]:
    with closing(open_book(path, reading=True)) as book:
        return dump(book)


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "page"])
def test_a_damaged_file_is_answered_with_its_newest_backup(session: Session, path: Path, rest: Rest, press: Keys,
                                                          damage: str) -> None:
    then, content = _dump(path), path.read_bytes()
    spoilt = {"cut": content[:-5000], "empty": b"", "other": b"PK" * 900,
              "page": content[:100] + b"\xff" * 4000 + content[4100:]}[damage]
    path.write_bytes(spoilt)
    session.window.show()
    session.open(path)
    rest()
    start = session.window.start_page
    assert session.window.stack.currentWidget() is start and path.read_bytes() == spoilt
    assert any("2 customers, 0 deals; what was done after" in text for text in shown(session))
    assert start.restore.isVisible() and session.window.focusWidget() is start.restore  # active or not
    press("Return")
    assert session.window.book is not None and dump(session.window.book) == then
    kept = list(path.parent.glob("shop-before-restore-*.crm"))
    assert len(kept) == 1 and kept[0].read_bytes() == spoilt
    assert kept[0].name in session.window.message_bar.text()


def test_without_a_backup_nothing_is_offered(session: Session, tmp_path: Path, rest: Rest) -> None:
    (tmp_path / "shop.crm").write_bytes(b"nothing")
    session.window.show()
    session.open(tmp_path / "shop.crm")
    rest()
    assert not session.window.start_page.restore.isVisible()
    session.window.show_start()
    assert not session.window.start_page.restore.isVisible()


def test_restore_of_yesterday_by_keyboard(session: Session, path: Path, rest: Rest, press: Keys) -> None:
    session.window.show()
    session._show(lambda: open_book(path, clock=lambda: NOON), path)
    rest()
    book = session.window.book
    assert book is not None
    customers.add(book, {"name": "Chong"})
    session.window.actions_.run("backups")
    rest()
    panel = session.window.panels.open["backups"]
    assert isinstance(panel, BackupsPanel)
    assert panel.what.text() == "2 customers, 0 deals; you lose 1 change since 12:00; fewer than now: 1 customer."
    press("Down")
    assert panel.what.text().startswith("1 customer, 0 deals; you lose 2 changes since ")
    assert panel.what.text().endswith(", 12:00; fewer than now: 2 customers.") and "20" in panel.what.text()
    now = dump(book)
    panel.restore.click()
    rest()
    book = session.window.book
    assert book is not None and book.path == path
    assert [row[2] for row in dump(book)["customers"]] != [] and len(dump(book)["customers"]) == 1
    kept = next(path.parent.glob("shop-before-restore-*.crm"))
    assert _dump(kept) == now
    assert session.window.stack.currentWidget() is session.window.page("customers")


def test_what_a_restored_file_would_bring_back(session: Session, path: Path, rest: Rest) -> None:
    """After a restore of yesterday, today's backup has what the file has not."""
    yesterday = Path(safety.backups(path)[1].path)
    safety.restore(path, yesterday)
    session.window.show()
    session._show(lambda: open_book(path, clock=lambda: NOON), path)
    rest()
    session.window.actions_.run("backups")
    rest()
    panel: Any = session.window.panels.open["backups"]
    assert panel.what.text() == "2 customers, 0 deals; you get back 1 change; more than now: 1 customer."


def test_the_window_takes_one_at_the_end(session: Session, path: Path, rest: Rest) -> None:
    session.window.show()
    session.open(path)
    rest()
    book = session.window.book
    assert book is not None
    customers.add(book, {"name": "Chong"})
    session.end()
    assert safety.backups(path)[0].why == "exit" and len(safety.backups(path)) == 3


def test_a_restore_that_cannot_be_leaves_the_file_open(session: Session, path: Path, rest: Rest,
                                                      qtbot: QtBot) -> None:
    session.window.show()
    session.open(path)
    rest()
    newest = Path(safety.backups(path)[0].path)
    newest.write_bytes(newest.read_bytes()[:-4096])
    session.window.restore_wanted.emit(str(path), str(newest))
    rest()
    assert session.window.book is not None and session.window.book.path == path
    assert "cut short" in session.window.message_bar.text()
    assert not list(path.parent.glob("*.part")) and not list(path.parent.glob("*before-restore*"))


def test_the_panel_chooses_and_forgets_a_second_place(session: Session, path: Path, rest: Rest,
                                                     tmp_path: Path) -> None:
    session.window.show()
    session._show(lambda: open_book(path, clock=lambda: NOON), path)
    rest()
    session.window.panels.backups()
    rest()
    panel: Any = session.window.panels.open["backups"]
    panel.take(str(tmp_path / "none"))
    assert "cannot be written" in panel.state.text() and panel.state.isVisible() and not panel.forget.isVisible()
    stick = tmp_path / "stick"
    stick.mkdir()
    panel.take(str(stick))
    rest()
    assert panel.place.text() == str(stick) and "12:00" in panel.state.text() and panel.forget.isVisible()
    assert len(list(stick.glob("*.crm"))) == 2
    for button in (panel.choose, panel.forget):
        assert button.width() >= button.sizeHint().width()       # its words are whole
    panel.forget.click()
    rest()
    assert not panel.forget.isVisible() and str(stick) != panel.place.text()
