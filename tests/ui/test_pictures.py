"""The pictures of the window: each room and panel, of a file that has something in every room."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_crm import app
from desktop_crm.domain.errors import FileRefused
from desktop_crm.services import sample
from desktop_crm.ui import pictures, words
from tests.books import new_book, new_file

SCENES = ("customers", "about", "sheet", "deals", "deal", "tasks", "reports", "palette", "sale", "return", "account",
          "receive", "conditions", "owes", "reminders", "import", "quotation", "settings", "setup", "papers",
          "privacy", "privacy-notice", "own-fields", "backups", "duplicates", "health", "leads", "lead-pool", "road",
          "hand-over", "campaigns", "buyers", "past", "erase", "owner", "encryption", "password", "help", "lock")


def test_every_scene_is_another_picture(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SCHEMES", ("dark",))
    book = new_book(tmp_path / "shop.crm")
    sample.fill(book)
    made = pictures.make(book, tmp_path / "out", qapp)
    book.close()
    assert [path.name for path in made] == [*(f"{scene}-dark.png" for scene in SCENES), "evening.png"]
    images = [QImage(str(path)) for path in made]
    assert {(image.width(), image.height()) for image in images[:-1]} == {(pictures.WIDTH, pictures.HEIGHT)}
    assert images[-1].width() == 1080
    assert len({bytes(image.constBits()) for image in images}) == len(images), "what shows the same tells nothing"


@pytest.mark.usefixtures("home")
def test_the_window_speaks_the_language_that_is_asked_for(
        qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "make", lambda *_: [Path(words.current().code)])
    new_file(tmp_path / "shop.crm")
    assert app.pictures(tmp_path / "shop.crm", tmp_path / "out", "ta") == [Path("ta")]
    assert app.pictures(tmp_path / "shop.crm", tmp_path / "out") == [Path("en")]


def test_a_folder_that_cannot_be_made_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    book = new_book(tmp_path / "shop.crm")
    with pytest.raises(FileRefused, match="cannot be written"):
        pictures.make(book, tmp_path / "out", qapp)
    book.close()
