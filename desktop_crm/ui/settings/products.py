"""The products: what is sold, at what price and what cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.products import ProductRow
from desktop_crm.services import products
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.settings.records import Noun, RecordsSection, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.words import N_, current, tr

_WORDS = Words(
    title=N_("Products"), new=N_("New product"), find=N_("Find a product"), empty=N_("No products yet"),
    hint=N_("Add what you sell (Ctrl+N), or import a price list. Deals then have lines, and reports a margin."),
    deleted=N_("Deleted {count} products"), choose=N_("Choose a product to change it, or press Ctrl+N for a new one."),
)


def section(desk: Desk, parent: QWidget | None = None) -> RecordsSection[ProductRow]:
    """The section of the products."""
    book = desk.book
    return RecordsSection(desk, Noun(
        "products", "product", _WORDS, lambda typed: products.all_products(book, typed), _columns(book),
        {"name": lambda row: row.name, "line": lambda row: row.line, "price": lambda row: row.price,
         "cost": lambda row: row.cost},
        lambda record: _fields(book, record), _values, products.add, products.edit, products.delete), parent)


def _columns(book: Book) -> list[ColumnSpec[ProductRow]]:
    def shown(minor: int | None, currency: str) -> str:
        """An amount; its sign is told only where it is not the business's own currency."""
        return current().money(minor, currency, symbol=currency != book.currency)

    return [
        ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=150, stretch=True,
                   note=lambda row: ("", "") if row.active else (tr(N_("Not sold now")), "neutral")),
        ColumnSpec("line", tr(N_("Product line")), lambda row: row.line or "—", width=95),
        ColumnSpec("price", tr(N_("Price")), lambda row: shown(row.price, row.currency), align="end", kind="money",
                   width=100),
        ColumnSpec("cost", tr(N_("Cost")), lambda row: shown(row.cost, row.currency), align="end", kind="money",
                   width=100),
    ]


def _fields(book: Book, record: Callable[[], ProductRow | None]) -> list[forms.FieldSpec]:
    def currency() -> str:
        """The currency of the product that is edited; a new one is in the business's."""
        edited = record()
        return edited.currency if edited is not None else book.currency

    def money(key: str, label: str) -> forms.FieldSpec:
        return forms.money(key, label, lambda typed: current().read_money(typed, currency()),
                           lambda minor: current().money(minor, currency()), placeholder=tr(N_("unknown")))

    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.text("line", tr(N_("Product line"))),
        money("price", tr(N_("Price"))),
        money("cost", tr(N_("Cost"))),
        forms.tick("active", tr(N_("Active")), tr(N_("Sold now"))),
    ]


def _values(row: ProductRow | None) -> dict[str, Any]:
    if row is None:
        return {"name": "", "line": "", "price": None, "cost": None, "active": True}
    return {"name": row.name, "line": row.line or "", "price": row.price, "cost": row.cost, "active": row.active}
