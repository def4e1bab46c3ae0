"""A file is encrypted in the window, asks for its password at the next opening, and is plain again at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_crm.app import Session
from desktop_crm.services import access, customers, encrypting, safety
from desktop_crm.services.book import Book
from tests.books import new_book
from tests.journeys.conftest import Keys, shown

Rest = Callable[[], None]
FIRST, SECOND = "correct horse", "battery staple"


@pytest.fixture
def path(tmp_path: Path, home: Path, quick_keys: None) -> Path:
    book = new_book(tmp_path / "shop.crm")
    customers.add(book, {"name": "Kedai Ah Meng"})
    safety.keep(book, "start")
    book.close()
    return tmp_path / "shop.crm"


def _book(session: Session) -> Book:
    assert session.window.book is not None
    return session.window.book


def test_encrypted_asked_for_and_plain_again(session: Session, path: Path, rest: Rest, press: Keys) -> None:
    session.window.show()
    session.open(path)
    rest()
    session.window.panels.settings("encryption")
    rest()
    press(f"text:{FIRST}", "Tab", f"text:{FIRST}", "Return")
    rest()
    assert _book(session).key is not None and not path.read_bytes().startswith(b"SQLite")
    assert [encrypting.needs_password(Path(item.path)) for item in safety.backups(path)] == [False]  # its key is held
    press("Ctrl+Z")
    assert customers.list_ids(_book(session)) == [], "the history is that of before"
    press("Ctrl+Shift+Z")

    session._leave()
    session.open(path)
    rest()
    assert session.window.book is None and "shop.crm is encrypted" in shown(session)
    press("text:wrong one", "Return")
    assert "not the password" in session.window.unlocking.page.why() and session.window.book is None
    press(f"text:{FIRST}", "Return")
    assert customers.list_ids(_book(session)) == [1] and "shop.crm is encrypted" not in shown(session)

    session.window.panels.settings("encryption")
    rest()
    press(f"text:{FIRST}")
    session.window.panels.open["settings"].section("encryption").remove_button.click()  # type: ignore[attr-defined]
    rest()
    rest()
    assert _book(session).key is None and path.read_bytes().startswith(b"SQLite")


def test_one_file_waits_beside_another_and_a_backup_has_the_password_of_before(
        session: Session, path: Path, tmp_path: Path, rest: Rest, press: Keys) -> None:
    other, old, plain = (tmp_path / f"{name}.crm" for name in ("other", "old", "plain"))
    new_book(other).close()
    plain.write_bytes(path.read_bytes())
    encrypting.change(path, FIRST)
    old.write_bytes(path.read_bytes())
    session.window.show()
    session.open(other)
    session.open(path)
    press("Escape")
    assert _book(session).path == other and session.window.stack.currentWidget() is session.window.page("customers")
    session.open(path)
    press(f"text:{FIRST}", "Return")
    access.set_lock(_book(session), 5, "lock of the window")
    before = _book(session).key
    session._leave()
    with encrypting.holding(before):
        encrypting.change(path, SECOND, FIRST)
    session.open(path)
    press(f"text:{SECOND}", "Return")
    assert _book(session).path == path and not session.window.access.lock.locked, "who opens it has shown who they are"
    press("F12")
    assert any("encrypted by a password of its own" in text for text in shown(session))
    press("text:lock of the window", "Return")
    session._restore(path, old)
    rest()
    assert "old.crm is encrypted" in shown(session)
    press(f"text:{FIRST}", "Return")
    assert _book(session).path == path and _book(session).key == before
    session._restore(path, plain)
    rest()
    assert _book(session).key is None and any("It is not encrypted: the backup was not." in text
                                              for text in shown(session))
