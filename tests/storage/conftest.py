"""A book for each test of a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.services.book import Book
from tests.books import new_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    yield made
    made.close()
