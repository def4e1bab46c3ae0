"""Typed preferences of this computer's user: one small JSON file, no customer data, no Qt."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from desktop_crm import paths

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Settings:
    """What the program remembers from one start to the next.

    `scheme` is light, dark or system; `percent` the size of text; `pages` what each tab remembers; `second_places`
    the folder that has a business file's backups too, and when (UTC, ISO) it was brought level last, by file;
    `evening_folders` where its evening report goes; `workers` the id of the seller as whom this user works, by file;
    `receipt_paper` what receipts are printed on, a4 or roll (80 mm); `watched_folders` the folder whose files become
    requests, by file.
    """

    language: str = ""
    scheme: str = "system"
    percent: int = 100
    last_file: str = ""
    recent: list[str] = field(default_factory=list)
    window: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    second_places: dict[str, dict[str, str]] = field(default_factory=dict)
    evening_folders: dict[str, str] = field(default_factory=dict)
    workers: dict[str, int] = field(default_factory=dict)
    receipt_paper: str = "a4"
    watched_folders: dict[str, str] = field(default_factory=dict)

    def remember(self, file: Path) -> None:
        """Note a file as the last one opened, and as the first of the recent ones (at most ten)."""
        self.last_file = str(file)
        self.recent = [self.last_file, *(name for name in self.recent if name != self.last_file)][:10]

    def second_place(self, file: Path) -> str:
        """The folder that has the file's backups too; "" if none was chosen."""
        return self._second(file).get("folder", "")

    def second_seen(self, file: Path) -> str:
        """When the second place was brought level last (UTC, ISO), or chosen; "" if there is none."""
        return self._second(file).get("seen", "")

    def set_second_place(self, file: Path, folder: str, seen: str = "") -> None:
        """Choose the second place of a file's backups, or note that it was seen; "" forgets it."""
        self.second_places.pop(str(file.resolve()), None)
        if folder:
            self.second_places[str(file.resolve())] = {"folder": folder, "seen": seen}

    def worker(self, file: Path) -> int | None:
        """The id of the seller as whom this user worked in the file last; None for nobody."""
        found = self.workers.get(str(file.resolve()))
        return found if isinstance(found, int) else None

    def set_worker(self, file: Path, seller: int | None) -> None:
        """Note as whom this user works in the file; None forgets it."""
        self.workers.pop(str(file.resolve()), None)
        if seller is not None:
            self.workers[str(file.resolve())] = seller

    def evening_folder(self, file: Path) -> str:
        """The folder that the file's evening report goes to; "" if none was chosen."""
        found = self.evening_folders.get(str(file.resolve()))
        return found if isinstance(found, str) else ""

    def set_evening_folder(self, file: Path, folder: str) -> None:
        """Choose the folder that the file's evening report goes to; "" forgets it."""
        self.evening_folders.pop(str(file.resolve()), None)
        if folder:
            self.evening_folders[str(file.resolve())] = folder

    def watched_folder(self, file: Path) -> str:
        """The folder whose files become requests of the file; "" if none was chosen."""
        found = self.watched_folders.get(str(file.resolve()))
        return found if isinstance(found, str) else ""

    def set_watched_folder(self, file: Path, folder: str) -> None:
        """Choose the folder whose files become requests of the file; "" forgets it."""
        self.watched_folders.pop(str(file.resolve()), None)
        if folder:
            self.watched_folders[str(file.resolve())] = folder

    def _second(self, file: Path) -> dict[str, str]:
        found = self.second_places.get(str(file.resolve()))
        return found if isinstance(found, dict) else {}


def _file() -> Path:
    return paths.config() / "settings.json"


def load() -> Settings:
    """The preferences as saved; defaults where there are none, or where the file cannot be read."""
    try:
        stored = json.loads(_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        _log.warning("the settings could not be read; starting with defaults")
        return Settings()
    defaults = Settings()
    kept = {item.name: stored[item.name] for item in fields(Settings)
            if isinstance(stored, dict) and isinstance(stored.get(item.name), type(getattr(defaults, item.name)))}
    return Settings(**kept)


def save(settings: Settings) -> None:
    """Write the preferences; a disk that refuses loses only these."""
    file = _file()
    part = file.with_name(file.name + ".part")
    try:
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(file)
    except OSError:
        _log.warning("the settings could not be saved")
