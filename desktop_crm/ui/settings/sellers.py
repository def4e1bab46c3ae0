"""The sellers: a list of people, with no logins."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.sellers import SellerRow
from desktop_crm.domain.values import fold
from desktop_crm.services import sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.settings.records import Noun, RecordsSection, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.words import N_, tr

_WORDS = Words(
    title=N_("Sellers"), new=N_("New seller"), find=N_("Find a seller"), empty=N_("No sellers yet"),
    hint=N_("Add who sells (Ctrl+N), or import a file of them. Deals, customers and tasks then say whose they are."),
    deleted=N_("Deleted {count} sellers"), choose=N_("Choose a seller to change it, or press Ctrl+N for a new one."),
)


def section(desk: Desk, parent: QWidget | None = None) -> RecordsSection[SellerRow]:
    """The section of the sellers."""
    return RecordsSection(desk, Noun(
        "sellers", "person", _WORDS, lambda typed: _matching(desk.book, typed), _columns(),
        {"name": lambda row: row.name, "team": lambda row: row.team, "region": lambda row: row.region},
        lambda _: _fields(), _values, sellers.add, sellers.edit, sellers.delete), parent)


def _matching(book: Book, typed: str) -> list[SellerRow]:
    """The sellers whose name, team or region has every word that was typed."""
    words = fold(typed).split()
    return [row for row in sellers.all_sellers(book) if all(
        word in fold(f"{row.name} {row.team or ''} {row.region or ''}") for word in words)]


def _columns() -> list[ColumnSpec[SellerRow]]:
    return [
        ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=160, stretch=True,
                   note=lambda row: ("", "") if row.active else (tr(N_("Inactive")), "neutral")),
        ColumnSpec("team", tr(N_("Team")), lambda row: row.team or "—", width=140),
        ColumnSpec("region", tr(N_("Region")), lambda row: row.region or "—", width=140),
    ]


def _fields() -> list[forms.FieldSpec]:
    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.text("team", tr(N_("Team"))),
        forms.text("region", tr(N_("Region"))),
        forms.tick("active", tr(N_("Active")), tr(N_("Sells now"))),
    ]


def _values(row: SellerRow | None) -> dict[str, Any]:
    if row is None:
        return {"name": "", "team": "", "region": "", "active": True}
    return {"name": row.name, "team": row.team or "", "region": row.region or "", "active": row.active}
