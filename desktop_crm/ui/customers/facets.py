"""What the customers list can be narrowed by, with counts: read in one go, beside the window."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.segments import PRESETS
from desktop_crm.services import business, custom_fields, customers, segments
from desktop_crm.services.book import Book
from desktop_crm.services.business import Choice
from desktop_crm.services.segments import Segment
from desktop_crm.ui import ordering
from desktop_crm.ui.jobs import Progress

TABLES = ("customers", "tags", "customer_tags", "sellers", "choices", "segments", "tasks", "activities", "settings",
          "deals", "payments", "campaigns", "custom_fields")
"""The tables whose changes may change a facet."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The segments with their counts, and what each chip of the filter offers."""

    counts: dict[str, int]
    segments: tuple[tuple[Segment, int], ...] = ()
    sellers: tuple[Choice, ...] = ()
    unsold: int = 0
    tags: tuple[Choice, ...] = ()
    regions: tuple[tuple[str, int], ...] = ()
    industries: tuple[tuple[str, int], ...] = ()
    sources: tuple[Choice, ...] = ()
    campaigns: tuple[Choice, ...] = ()
    own_fields: tuple[CustomField, ...] = ()


def load(book: Book, progress: Progress) -> Facets:
    """Read all facets; some tenths of a second on a large file."""
    by_seller = customers.count_by(book, "seller_id")
    sellers = tuple(Choice(seller.id, seller.name, by_seller.get(seller.id, 0))
                    for seller in ordering.choices(book, "sellers"))
    counts, mine = {}, []
    for key, (_, wanted) in PRESETS.items():
        progress.check()
        counts[key] = customers.count(book, wanted)
    for segment in segments.saved(book):
        progress.check()
        mine.append((segment, customers.count(book, segment.filter)))
    return Facets(
        counts, tuple(mine), sellers, by_seller.get(None, 0), tuple(ordering.choices(book, "tags")),
        tuple(business.values_of(book, "region")), tuple(business.values_of(book, "industry")),
        tuple(business.choices(book, "sources")), tuple(business.choices(book, "campaigns")),
        tuple(custom_fields.listed(book, "customers")))


def key_of(wanted: CustomerFilter, facets: Facets) -> str:
    """The sidebar's key whose filter `wanted` is, "" if there is none."""
    for key, (_, built_in) in PRESETS.items():
        if wanted == built_in:
            return key
    for segment, _ in facets.segments:
        if wanted == segment.filter:
            return f"segment:{segment.id}"
    if len(wanted.sellers) == 1 and wanted == CustomerFilter(sellers=wanted.sellers):
        return f"seller:{wanted.sellers[0]}"
    if len(wanted.tags) == 1 and wanted == CustomerFilter(tags=wanted.tags):
        return f"tag:{wanted.tags[0]}"
    return ""


def filter_of(key: str, facets: Facets) -> CustomerFilter:
    """The filter behind a key of the sidebar; everything for a key that is gone."""
    if key in PRESETS:
        return PRESETS[key][1]
    kind, _, number = key.partition(":")
    if kind == "segment":
        found = [segment.filter for segment, _ in facets.segments if segment.id == int(number)]
        return found[0] if found else CustomerFilter()
    return CustomerFilter(sellers=(int(number),)) if kind == "seller" else CustomerFilter(tags=(int(number),))
