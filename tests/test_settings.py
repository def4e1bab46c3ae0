"""Preferences: kept, and never a reason not to start."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm import paths, settings
from desktop_crm.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKTOP_CRM_HOME", str(tmp_path))
    return paths.config() / "settings.json"


def test_without_a_file_they_are_the_defaults(home: Path) -> None:
    assert settings.load() == Settings()
    assert not home.exists()


def test_what_was_saved_is_loaded(home: Path) -> None:
    kept = Settings(language="ms", scheme="dark", percent=125, pages={"deals": {"columns": ["小明"]}})
    kept.remember(Path("/tmp/a.crm"))
    settings.save(kept)
    assert settings.load() == kept
    assert [item.name for item in home.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"language": 5, "recent": "x"}', b'"x"',
])
def test_a_spoilt_file_falls_back(home: Path, content: bytes) -> None:
    home.write_bytes(content)
    assert settings.load() == Settings()


def test_what_is_sound_in_a_half_spoilt_file_is_kept(home: Path) -> None:
    home.write_text('{"language": "ms", "percent": "big", "unknown": 1}')
    assert settings.load() == Settings(language="ms")


def test_a_folder_in_its_place_loses_only_the_preferences(home: Path) -> None:
    home.mkdir()
    assert settings.load() == Settings()
    settings.save(Settings(language="ms"))
    assert settings.load() == Settings()


def test_the_recent_files_are_ten_newest_first_and_no_two_alike() -> None:
    kept = Settings()
    for number in [*range(12), 5]:
        kept.remember(Path(f"{number}.crm"))
    assert kept.recent == [f"{number}.crm" for number in (5, 11, 10, 9, 8, 7, 6, 4, 3, 2)]
    assert kept.last_file == "5.crm"
