"""Encrypting in the settings: the file is laid ready beside the window, and the window is asked to take it."""

from __future__ import annotations

import pytest

from desktop_crm.services import encrypting
from desktop_crm.services.book import Book
from desktop_crm.ui.settings.encryption import EncryptionSection
from tests.ui.settings.conftest import Desk

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def wanted(desk: Desk) -> list[encrypting.Staged]:
    found: list[encrypting.Staged] = []
    desk.panel.recode_wanted.connect(found.append)
    return found


@pytest.fixture
def section(desk: Desk) -> EncryptionSection:
    return desk.opened("encryption", EncryptionSection)


def _fill(section: EncryptionSection, password: str, again: str) -> None:
    section.form.editor("password").setText(password)
    section.form.editor("again").setText(again)
    section.form.submit()


def _why(section: EncryptionSection, key: str) -> str:
    return str(section.form.editor(key).accessibleDescription())


def test_it_is_laid_ready_beside_the_window(section: EncryptionSection, desk: Desk, book: Book,
                                            wanted: list[encrypting.Staged]) -> None:
    assert section.form.editor("password").hasFocus() and not section.remove_button.isVisible()
    assert section.form.save_button.accessibleName() == "Encrypt this file"
    _fill(section, "correct horse", "correct house")
    assert "not the same" in _why(section, "again")
    _fill(section, "short", "short")
    desk.settle()
    assert "at least 8" in _why(section, "password") and wanted == []
    _fill(section, "correct horse", "correct horse")
    assert not section.form.isEnabled() and "anew" in section.state.text()
    desk.panel.sidebar.choose("access")
    assert desk.panel.section().heading.text() == "Encryption", "it is not left in the middle of it"
    desk.settle()
    (staged,) = wanted
    assert staged.part.exists() and staged.path == book.path and staged.key is not None
    encrypting.discard(staged)


def test_a_file_that_is_closed_meanwhile_stays_as_it_is(section: EncryptionSection, desk: Desk, book: Book,
                                                        wanted: list[encrypting.Staged]) -> None:
    _fill(section, "correct horse", "correct horse")
    desk.jobs.cancel_all()
    desk.settle()
    assert wanted == [] and section.form.isEnabled() and not list(book.path.parent.glob("*.part"))


def test_what_was_typed_is_forgotten(section: EncryptionSection, desk: Desk) -> None:
    section.form.editor("password").setText("correct horse")
    desk.panel.sidebar.choose("access")
    assert section.form.editor("password").text() == ""
