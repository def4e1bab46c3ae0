"""Imports without the backup before each: that one is taken, and of what, is shown where files are imported by command."""

from __future__ import annotations

import pytest

from desktop_crm.services import safety


@pytest.fixture(autouse=True)
def unkept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No backup is taken, which would be a third of the time of these small imports."""
    monkeypatch.setattr(safety, "keep", lambda *_: None)
