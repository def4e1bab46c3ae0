"""Where things live: all under one folder if asked, and the program's own files found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_crm import paths


def test_one_folder_moves_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKTOP_CRM_HOME", str(tmp_path / "stick"))
    found = [paths.data(), paths.config(), paths.logs(), paths.backups()]
    assert all(folder.is_dir() and folder.is_relative_to(tmp_path / "stick") for folder in found)
    assert len(set(found)) == 4


def test_processes_of_tests_share_no_home() -> None:
    assert Path(os.environ["DESKTOP_CRM_HOME"]).name.endswith(os.environ.get("PYTEST_XDIST_WORKER", ""))


def test_without_it_they_are_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESKTOP_CRM_HOME")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert all(folder.is_relative_to(tmp_path) and "Desktop CRM" in folder.parts for folder in
               (paths.data(), paths.config(), paths.logs()))


def test_a_file_is_put_only_where_a_file_or_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "there.csv").touch()
    for name in ("there.csv", "new.csv"):
        paths.check_place(tmp_path / name)
    for place in (tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match=r"directory|argument"):
            paths.check_place(place)


def test_the_programs_own_files() -> None:
    assert (paths.resources() / "icons").is_dir() and (paths.resources() / "styles").is_dir()


def test_each_script_has_its_font() -> None:
    assert set(paths.font_packages()) == {"NotoSans", "NotoSansTamil", "NotoSansDevanagari", "NotoSansArabic"}
    names = [path.name for path in paths.fonts()]
    assert names[0].startswith("NotoSans") and all(path.is_file() for path in paths.fonts())
