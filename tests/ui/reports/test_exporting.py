from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports import exporting
from desktop_crm.ui.widgets.states import MessageBar
from tests.export.samples import DAILY, customers


@pytest.fixture
def told(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Jobs, MessageBar, Messages]]:
    jobs, bar = Jobs(), MessageBar()
    qtbot.addWidget(bar)
    yield jobs, bar, Messages(bar, tmp_path / "log")
    jobs.close()


def test_a_file_is_named_after_the_report_and_its_day() -> None:
    assert exporting.default_name(DAILY, ".pdf") == "Daily report 2026-11-21.pdf"
    assert exporting.default_name(replace(DAILY, start=None, end=None), ".xlsx") == "Daily report.xlsx"
    odd = exporting.default_name(replace(DAILY, title='Won: A/B "x"?', start=None), ".csv")
    assert not set(odd) & set('/\\:*?"<>|')
    assert len(exporting.default_name(replace(DAILY, title="x" * 400), ".csv")) < 140


def test_a_report_is_written_beside_the_window_and_can_be_opened(told: tuple[Jobs, MessageBar, Messages],
                                                                 tmp_path: Path) -> None:
    jobs, bar, messages = told
    for suffix in (".pdf", ".csv"):
        exporting.export(DAILY, tmp_path / f"daily{suffix}", jobs, messages)
    jobs.wait_all()
    QApplication.processEvents()
    assert bar.text().startswith("Written: daily.")
    assert "RM 12,480" in PdfReader(tmp_path / "daily.pdf").pages[0].extract_text()
    with (tmp_path / "daily.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any("Mei Ling" in line for line in csv.reader(file))


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(told: tuple[Jobs, MessageBar, Messages],
                                                                tmp_path: Path) -> None:
    jobs, bar, messages = told
    exporting.export(DAILY, tmp_path / "gone" / "daily.pdf", jobs, messages)
    jobs.wait_all()
    QApplication.processEvents()
    assert "could not be written" in bar.text()
    assert list(tmp_path.glob("**/*.part")) == []


def test_a_stopped_export_leaves_no_file(told: tuple[Jobs, MessageBar, Messages], tmp_path: Path) -> None:
    jobs, _bar, messages = told
    exporting.export(customers(20_000), tmp_path / "list.csv", jobs, messages)
    exporting.export(customers(20_000), tmp_path / "list.pdf", jobs, messages).cancel()
    jobs.wait_all()
    QApplication.processEvents()
    assert not (tmp_path / "list.pdf").exists()


def test_the_place_is_asked_for_without_stopping_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    parent, chosen = QWidget(), []
    qtbot.addWidget(parent)
    dialog = exporting.choose(parent, DAILY, ".xlsx", chosen.append)
    assert dialog.isVisible()
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]).name == "Daily report 2026-11-21.xlsx"
    dialog.fileSelected.emit(str(tmp_path / "x.xlsx"))
    assert chosen == [tmp_path / "x.xlsx"]
    dialog.close()
