"""Every test runs without a screen and away from the user's own folders; each process of tests has its own home."""

from __future__ import annotations

import atexit
import gc
import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from desktop_crm.services.book import Book

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "DESKTOP_CRM_HOME" not in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="desktop-crm-tests-")
    atexit.register(_home.cleanup)
    os.environ["DESKTOP_CRM_HOME"] = _home.name
elif _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Workers inherit one home. An erasure in one sweeps half-made backups of files of the same name, and the import in
    # another whose backup that was is refused.
    os.environ["DESKTOP_CRM_HOME"] = str(Path(os.environ["DESKTOP_CRM_HOME"]) / _worker)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing of what is collected ever goes, and it is many times what a test makes: who looks for garbage need not
    go through it, neither here nor after each test."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, for settings, backups and whatever else the program keeps beside its files."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DESKTOP_CRM_HOME", str(folder))
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A new business file, open."""
    from tests.books import new_book

    made = new_book(tmp_path / "shop.crm")
    yield made
    made.close()


@pytest.fixture
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs and passwords of sellers are tried at little cost."""
    from desktop_crm.domain import access

    full = access.hashed
    monkeypatch.setattr(access, "hashed", lambda secret, cost=4: full(secret, cost))


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of encrypted files are made at little cost."""
    from desktop_crm.storage import encryption

    monkeypatch.setattr(encryption, "ROUNDS", 2)


@pytest.fixture
def unkept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No backup is taken before an import, which would be half the time of a small one."""
    from desktop_crm.services import safety

    monkeypatch.setattr(safety, "keep", lambda *_: None)
