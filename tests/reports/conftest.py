"""A shop's file that the tests of this folder may read but not change, and one of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.services.book import Book
from tests.books import new_book
from tests.reports.shop import open_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The shop of tests.reports.shop."""
    book = new_book(tmp_path_factory.mktemp("shop") / "shop.crm")
    open_shop(book)
    yield book
    book.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty file."""
    made = new_book(tmp_path / "empty.crm")
    yield made
    made.close()
