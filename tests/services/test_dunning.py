"""Reminders: in the customer's language, in the tone of the debt's age, by the messenger's own link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.domain.dunning import Tone
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.sales import Sale
from desktop_crm.services import accounts, business, customers, dunning, sales
from desktop_crm.services.book import Book
from tests.books import new_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    business.set_business(made, {"name": "Kedai Bukit"})
    customers.add(made, {"name": "Aminah", "language": "ms"}, phones=["012-345 6789"])
    customers.add(made, {"name": "Nobody"})
    yield made
    made.close()


def test_the_text_names_who_how_much_and_since_when(book: Book) -> None:
    customers.edit(book, 1, {"language": "en"})
    sales.sell(book, Sale(customer_id=1, total=12_345, paid=0, on=date(2026, 10, 1), due_on=date(2026, 11, 10)))
    text = dunning.reminder(book, 1).text
    assert "Aminah" in text and "Kedai Bukit" in text and "RM 123.45" in text and "10 November 2026" in text


def test_the_language_is_the_customers_own(book: Book) -> None:
    sales.sell(book, Sale(customer_id=1, total=12_345, paid=0))
    assert dunning.language_of(book, "ms").code == "ms" and dunning.language_of(book, "Malay").code == "en"
    assert "RM 123.45" in dunning.reminder(book, 1).text


@pytest.mark.parametrize(("sold", "tone"), [
    (date(2026, 11, 10), Tone.FIRST), (date(2026, 9, 30), Tone.SECOND), (date(2026, 7, 1), Tone.FINAL)])
def test_the_tone_follows_the_age(book: Book, sold: date, tone: Tone) -> None:
    sales.sell(book, Sale(customer_id=1, total=100, paid=0, on=sold))
    assert dunning.fitting(accounts.balance(book, 1)) is tone


def test_a_messenger_opens_with_the_text(book: Book) -> None:
    sales.sell(book, Sale(customer_id=1, total=100, paid=0))
    assert dunning.reminder(book, 1, messenger="whatsapp").link.startswith("https://wa.me/60123456789?text=")


def test_nothing_owed_and_no_address_are_refused(book: Book) -> None:
    with pytest.raises(InvalidInput, match="Nothing is owed"):
        dunning.reminder(book, 1)
    sales.sell(book, Sale(customer_id=2, total=100, paid=0))
    with pytest.raises(InvalidInput, match="no phone number"):
        dunning.reminder(book, 2, messenger="viber")
    assert dunning.reminder(book, 2, messenger="line").link.startswith("https://line.me")
