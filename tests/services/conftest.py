"""A book for each test of a service whose clock a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.services.book import Book
from tests.books import Clock, new_book


@pytest.fixture
def clock() -> Clock:
    """The clock of `shop`: noon until a test moves it."""
    return Clock()


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """A book whose clock a test moves."""
    made = new_book(tmp_path / "shop.crm", clock=clock)
    yield made
    made.close()
