"""Which language is spoken: the one chosen last, else the system's; a file and its papers have their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_crm import i18n, settings
from desktop_crm.app import Session
from desktop_crm.cli import main
from desktop_crm.reports.catalogue import ENTRIES
from desktop_crm.services import reports, sample
from desktop_crm.services.book import Book
from desktop_crm.storage import pipelines
from tests.books import new_book
from tests.languages.closing import leave
from tests.languages.extraction import collect
from tests.languages.test_window import said

MALAY = i18n.language("ms")


@pytest.mark.parametrize(("spoken", "code"), [("ms_MY.UTF-8", "ms"), ("en_GB.UTF-8", "en"), ("fi_FI.UTF-8", "en"),
                                              ("zh_TW.UTF-8", "zh_TW"), ("ne_NP.UTF-8", "ne"), ("fil_PH.UTF-8", "fil"),
                                              ("C.UTF-8", "en")])
def test_the_system_s_language_is_the_first_choice(spoken: str, code: str) -> None:
    asked = "from desktop_crm import app; print(app._system_language())"
    environment = {**os.environ, "LC_ALL": spoken, "LANG": spoken, "LANGUAGE": ""}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == code


def test_a_chosen_language_is_spoken_at_once_and_remembered(qapp: QApplication, home: Path) -> None:
    session = Session(qapp, settings.Settings(language="en", scheme="light"))
    session.window.look_wanted.emit("language", "ms")
    assert session.window.top.tabs["customers"].text() == "Pelanggan"
    assert settings.load().language == "ms"
    leave(session)
    again = Session(qapp, settings.load())
    assert again.window.top.tabs["deals"].text() == "Urus niaga"
    leave(again)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = new_book(tmp_path_factory.mktemp("ms") / "kedai.crm", words="ms")
    sample.fill(made)
    yield made
    made.close()


def test_a_malay_file_has_malay_lists_and_a_malay_sample(book: Book) -> None:
    with book.read() as connection:
        assert [stage.name for stage in pipelines.pipelines(connection)[0].stages] == [
            "Baharu", "Layak", "Cadangan", "Rundingan", "Hampir tutup", "Menang", "Kalah"]
        found = {str(name) for table in ("choices", "products", "deals", "tasks", "activities", "tags")
                 for (name,) in connection.exec_driver_sql(f"SELECT name FROM {table}")}
    assert found & english() == set()
    assert {"Datang sendiri", "Jubin mozek 30×30", "Borong", "Hantar brosur"} <= found


@cache
def english() -> set[str]:
    """The messages whose Malay is another word."""
    return {message.id for message in collect() if isinstance(message.id, str)
            and MALAY.say(message.id) != message.id}


@pytest.mark.parametrize("name", [entry.name for entry in ENTRIES])
def test_a_report_in_malay_has_no_english_word(book: Book, name: str) -> None:
    texts = set(said(reports.build(book, name, language="ms")))
    assert texts & english() == set()
    assert texts & {MALAY.say(entry.title) for entry in ENTRIES if entry.name == name}


def test_the_command_line_speaks_the_chosen_language(tmp_path: Path,
                                                     capsys: pytest.CaptureFixture[str], home: Path) -> None:
    settings.save(settings.Settings(language="ms"))
    file = str(tmp_path / "kedai.crm")
    assert main(["new", file, "--sample", "--language", "ms"]) == 0
    assert main(["new", file]) == 1
    assert main(["report", file, "sales", "--json"]) == 0
    out, err = capsys.readouterr()
    assert "telah dibuat" in out and "sudah wujud" in err
    assert json.loads(out[out.index("{"):])["columns"][1]["title"] == "Urus niaga"
