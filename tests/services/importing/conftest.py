"""Imports without the backup before each: that it is taken, and of what, is shown where a command imports a file."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def without_backups(unkept: None) -> None:
    """Every test of this folder."""
