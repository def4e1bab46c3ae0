"""The campaigns: what was done to win customers, what it cost, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.campaigns import CampaignRow
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.values import fold
from desktop_crm.services import business, campaigns
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.settings.records import Noun, RecordsSection, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.words import N_, current, tr

_WORDS = Words(
    title=N_("Campaigns"), new=N_("New campaign"), find=N_("Find a campaign"), empty=N_("No campaigns yet"),
    hint=N_("Add what you do to win customers (Ctrl+N): a fair, leaflets, an advertisement, with what it costs. Leads "
            "then say by which they came, and this list tells what each one cost and brought."),
    deleted=N_("Deleted {count} campaigns"),
    choose=N_("Choose a campaign to change it, or press Ctrl+N for a new one."),
)
_TOUCHES = ("customers", "deals", "choices")


class CampaignsSection(RecordsSection[CampaignRow]):
    """The list of campaigns, which tells anew what came of them when customers and deals change."""

    def reload(self, changes: Changes) -> None:
        """Load the list again if the changes touch it."""
        if changes.touches("choices"):
            self.form.editor("source_id").set_options(_sources(self.desk.book))
        if changes.touches(*_TOUCHES):
            self.start()
        else:
            super().reload(changes)


def section(desk: Desk, parent: QWidget | None = None) -> CampaignsSection:
    """The section of the campaigns."""
    book = desk.book
    return CampaignsSection(desk, Noun(
        "campaigns", "flag", _WORDS, lambda typed: _matching(book, typed), _columns(book),
        {"name": lambda row: row.name, "leads": lambda row: row.leads, "converted": lambda row: row.converted,
         "cost_per_lead": lambda row: row.cost_per_lead, "won": lambda row: row.won,
         "return": lambda row: None if row.return_ is None else round(row.return_ * 10_000)},
        lambda record: _fields(book, record), _values, campaigns.add, campaigns.edit, campaigns.delete), parent)


def _matching(book: Book, typed: str) -> list[CampaignRow]:
    """The campaigns whose name, source or notes have every word that was typed."""
    words = fold(typed).split()
    return [row for row in campaigns.all_campaigns(book) if all(
        word in fold(f"{row.name} {row.source or ''} {row.notes or ''}") for word in words)]


def _columns(book: Book) -> list[ColumnSpec[CampaignRow]]:
    def money(minor: int | None, row: CampaignRow) -> str:
        """An amount; its sign is told only where it is not the business's own currency."""
        return current().money(minor, row.currency, symbol=row.currency != book.currency)

    def won(row: CampaignRow) -> str:
        more = [current().money(amount, currency) for currency, amount in row.others]
        return " + ".join([money(row.won, row), *more])

    return [
        ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=150, least=110, stretch=True,
                   note=lambda row: (tr(N_("Runs")), "accent") if _runs(row, book.today()) else ("", ""),
                   tooltip=lambda row: row.name),
        ColumnSpec("leads", tr(N_("Leads")), lambda row: current().number(row.leads), align="end", width=62),
        ColumnSpec("converted", tr(N_("Converted")), lambda row: current().number(row.converted), align="end",
                   width=82),
        ColumnSpec("cost_per_lead", tr(N_("Cost per lead")), lambda row: money(row.cost_per_lead, row), align="end",
                   kind="money", width=105, tooltip=lambda row: tr(N_("Cost ÷ leads"))),
        ColumnSpec("won", tr(N_("Won")), won, align="end", kind="money", width=100, tooltip=won),
        ColumnSpec("return", tr(N_("Return on cost")), lambda row: "—" if row.return_ is None else current().rate(
            row.return_), align="end", width=108, tooltip=lambda row: tr(N_("(Won − cost) ÷ cost"))),
    ]


def _runs(row: CampaignRow, today: date) -> bool:
    """Whether it is known to run: one without any day is no more than a name."""
    return (row.from_on is not None or row.until_on is not None) and row.runs(today)


def _fields(book: Book, record: Any) -> list[forms.FieldSpec]:
    def currency() -> str:
        """The currency of the campaign that is edited; a new one is in the business's."""
        edited = record()
        return edited.currency if edited is not None else book.currency

    def day(key: str, label: str) -> forms.FieldSpec:
        return forms.day(key, label, lambda typed: current().read_day(typed, book.today(), book.business.country),
                         lambda value: current().day(value, "short"))

    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.choice("source_id", tr(N_("Source")), _sources(book)),
        forms.money("cost", tr(N_("Campaign cost")), lambda typed: current().read_money(typed, currency()),
                    lambda minor: current().money(minor, currency()), placeholder=tr(N_("unknown"))),
        day("from_on", tr(N_("First day"))), day("until_on", tr(N_("Last day"))),
        forms.long_text("notes", tr(N_("Notes"))),
    ]


def _sources(book: Book) -> tuple[tuple[object, str], ...]:
    return ((None, "—"), *((one.id, one.name) for one in business.choices(book, "sources")))


def _values(row: CampaignRow | None) -> dict[str, Any]:
    keys = ("name", "source_id", "cost", "from_on", "until_on", "notes")
    values = {key: getattr(row, key, None) for key in keys}
    return values | {key: values[key] or "" for key in ("name", "notes")}
