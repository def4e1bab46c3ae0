"""The privacy notice: which kinds of data a file can hold about people, for what, and the law that applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain import attachments
from desktop_crm.domain.consents import Consent
from desktop_crm.domain.customers import CHANNELS
from desktop_crm.domain.documents import Party
from desktop_crm.domain.errors import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data: its title, and where it stands: columns by table, none where each row of the table is it."""

    title: str
    places: Mapping[str, tuple[str, ...]]


KINDS: tuple[Kind, ...] = (
    Kind(N_("Name"), {"customers": ("name", "sort_name", "call_name", "invoice_title"), "contacts": ("name",)}),
    Kind(N_("Address"), {"customers": ("address", "city", "postcode", "region", "country"), "addresses": ()}),
    Kind(CHANNELS["web"], {"customers": ("website",)}),
    Kind(N_("Role and company"), {"contacts": ("role", "customer_id"), "affiliations": (),
                                  "customers": ("parent_id",)}),
    Kind(N_("Birthday"), {"customers": ("birthday",), "contacts": ("birthday",)}),
    Kind(N_("Language and wishes"), {"customers": ("language", "zone", "preferences", "prefers", "call_from",
                                                   "call_until", "no_marketing")}),
    Kind(N_("Registration and tax numbers"), {"customers": ("registration", "tax_number")}),
    Kind(N_("Industry, size and age of a company"), {"customers": ("industry", "employees", "founded")}),
    Kind(N_("Tags, state and score"), {"customers": ("lead_state", "heat", "score", "starred"),
                                          "customer_tags": (), "checklist_marks": (), "state_moves": ()}),
    Kind(N_("Notes"), {"customers": ("notes", "pinned_note"), "contacts": ("notes",)}),
    Kind(N_("Calls, messages and visits"), {"activities": ()}),
    Kind(N_("Tasks"), {"tasks": ()}),
    Kind(N_("Offers and purchases"), {"deals": (), "deal_lines": (), "stage_moves": ()}),
    Kind(N_("Payments, receipts and debts"), {"payments": (), "receipts": (),
                                              "customers": ("credit_limit", "promised_on")}),
    Kind(N_("Source and seller"), {"customers": ("source_id", "campaign_id", "seller_id")}),
    Kind(N_("Consents"), {"consents": ()}),
)
"""The kinds of data in the order in which the notice names them, but for those that name themselves (CODED)."""

CODED: Mapping[str, Mapping[str, str]] = {
    "channels": CHANNELS, "attachments": {"document": N_("Documents"), "photo": attachments.KINDS["photo"]}}
"""The tables whose rows say by their own `kind` which kind of data they are."""

UNTOLD = frozenset({
    "id", "uid", "external_id", "kind", "state", "created_on", "verified_on", "name_fold", "more_fold", "name_sort",
    "heat_scored", "custom"})
"""Columns of people that say nothing about them, or (custom) are told by the names of the business's own fields."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What data is used for and on which basis (a key of consents.BASES); `tables` are those that it needs."""

    title: str
    basis: str
    tables: tuple[str, ...] = ()


FIXED = (
    Purpose(N_("Making offers, delivering, and serving after the sale"), "contract", ("deals", "deal_lines")),
    Purpose(N_("Receipts, accounts and taxes"), "legal", ("payments", "receipts")),
    Purpose(N_("Answering requests, keeping appointments and staying in touch"), "interest",
            ("customers", "contacts")),
)
"""What every business uses data for that it has; other purposes are those of the consents."""

LAWS = {
    "MY": N_("Personal Data Protection Act 2010 (PDPA)"), "SG": N_("Personal Data Protection Act 2012 (PDPA)"),
    "TW": N_("Personal Data Protection Act (個人資料保護法)"), "PH": N_("Data Privacy Act of 2012"),
    "NP": N_("Individual Privacy Act 2018"), "IN": N_("Digital Personal Data Protection Act 2023 (DPDP)"),
}
"""What the law on personal data is called, by country (ISO 3166); of others none is named."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice as it is printed, for everybody or for one `customer`.

    `held` are titles of kinds, `own` the names of own fields in use; `sources` names, `imported` whether lists were
    brought in; `years` the time without contact after which people are looked at (0: none is set); `people` how many
    work with the file; `shared` whether somebody agreed to sharing; `second` whether backups lie in a second place;
    `encrypted` whether the file and its backups can be read with a password alone.
    `consents` are the customer's own, the newest first. `country` (ISO 3166) is the business's.
    """

    on_date: date
    currency: str
    seller: Party
    held: tuple[str, ...]
    own: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    sources: tuple[str, ...]
    imported: bool
    years: int
    people: int
    shared: bool
    second: bool
    encrypted: bool
    note: str = ""
    customer: Party | None = None
    consents: tuple[Consent, ...] = ()
    country: str = ""
    logo: bytes = b""

    @property
    def law(self) -> str:
        """What the country's law on personal data is called; "" where none is named."""
        return LAWS.get(self.country, "")


LACKING = {
    "name": N_("your name"), "address": N_("your address"), "phone": N_("your phone or e-mail"),
    "registration": N_("your registration number"), "keep_years": N_("how long people are kept"),
}
"""The settings that the notice is made from, in words, by the key of the one to set."""
