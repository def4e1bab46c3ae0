"""Where things live: the user's data, settings, logs and backups, and the program's own resources."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import appdirs

_NAME = "Desktop CRM"


def _home(kind: str, default: str) -> Path:
    """The folder `kind`, made on first use; DESKTOP_CRM_HOME moves them all (tests, USB sticks)."""
    root = os.environ.get("DESKTOP_CRM_HOME")
    folder = Path(root) / kind if root else Path(default)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data() -> Path:
    """The folder for the business files that the user did not put elsewhere."""
    return _home("data", appdirs.user_data_dir(_NAME, appauthor=False, roaming=False))


def config() -> Path:
    """The folder of the settings file."""
    return _home("config", appdirs.user_config_dir(_NAME, appauthor=False))


def logs() -> Path:
    """The folder of the log files; they hold no customer data."""
    return _home("logs", appdirs.user_log_dir(_NAME, appauthor=False))


def backups() -> Path:
    """The folder of the verified backups."""
    folder = data() / "backups"
    folder.mkdir(exist_ok=True)
    return folder


def resources() -> Path:
    """The program's own read-only files: beside the package in a checkout, inside it once installed."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(frozen) / "desktop_crm" if frozen else Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
