from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_crm.domain.errors import Cancelled, FileRefused, InvalidInput
from desktop_crm.export.files import SUFFIXES, write

from .samples import DAILY, customers

STARTS = {".pdf": b"%PDF-", ".xlsx": b"PK\x03\x04", ".csv": b"\xef\xbb\xbf", ".json": b"{"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_chooses_the_writer(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{suffix.upper()}"
    write(DAILY, path)
    assert path.read_bytes().startswith(STARTS[suffix])
    assert list(tmp_path.iterdir()) == [path]


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"out\.docx.*\.pdf, \.xlsx, \.csv, \.json"):
        write(DAILY, tmp_path / "out.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_is_not_there_is_named(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="Nothing was changed") as refused:
        write(DAILY, tmp_path / "gone" / f"out{suffix}")
    assert str(tmp_path / "gone") in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_what_is_no_file_is_never_put_aside(tmp_path: Path) -> None:
    pipe = tmp_path / "out.csv"
    os.mkfifo(pipe)
    with pytest.raises(FileRefused, match="Nothing was changed"):
        write(DAILY, pipe)
    assert pipe.is_fifo() and list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    real, link = tmp_path / "share" / "sales.csv", tmp_path / "latest.csv"
    real.write_text("before")
    link.symlink_to(real)
    write(DAILY, link)
    assert link.is_symlink() and real.read_bytes() == link.read_bytes() != b"before"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["latest.csv", "sales.csv", "share"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(FileRefused):
        write(DAILY, tmp_path / "file" / "out.csv")
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_cannot_be_replaced_stays(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"out{suffix}").mkdir()
    with pytest.raises(FileRefused):
        write(DAILY, tmp_path / f"out{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == [f"out{suffix}"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_is_told(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_crm.export import files

    monkeypatch.setattr(Path, "with_name", lambda path, name: tmp_path / name)
    real = files._write

    def onto_full_disk(report: object, part: Path, kind: str, progress: object, form: None) -> None:
        part.symlink_to("/dev/full")
        real(DAILY, part, kind, progress, form)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_write", onto_full_disk)
    with pytest.raises(FileRefused, match="No space left"):
        write(DAILY, tmp_path / f"out{suffix}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", (".pdf", ".xlsx"))
def test_cancel_leaves_the_old_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_text("old")
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        write(customers(600), path, progress=lambda done, total: seen.append((done, total)),
              cancelled=lambda: len(seen) == 1)
    assert seen == [(256, 600)]
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", (".pdf", ".xlsx"))
def test_progress_ends_at_the_last_row(suffix: str, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write(customers(300), tmp_path / f"out{suffix}", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(256, 300), (300, 300)]


def test_the_writers_are_imported_only_when_used() -> None:
    import subprocess

    code = "import sys, desktop_crm.export.files; print({'reportlab', 'xlsxwriter', 'uharfbuzz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
