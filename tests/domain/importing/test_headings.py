"""The table of headings is sound: every word leads to a field that there is, and to one alone first."""

from __future__ import annotations

import pytest

from desktop_crm.domain.importing import KINDS, fields, headings, required, words
from desktop_crm.domain.values import squash


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_leads_to_a_field(kind: str) -> None:
    keys = {item.key for item in fields(kind)}
    assert {key for meanings in headings.known(kind).values() for _, key in meanings} <= keys
    assert set(required(kind)) <= keys


@pytest.mark.parametrize(("kind", "heading", "field"), [
    ("deals", "close_date", "closed"), ("deals", "engage_date", "created"), ("deals", "sales_agent", "seller"),
    ("deals", "account", "customer"), ("customers", "account", "name"), ("customers", "subsidiary_of", "parent"),
    ("customers", "sector", "industry"), ("sellers", "manager", "team"), ("sellers", "regional_office", "region"),
    ("products", "series", "line"), ("customers", "電話", "phones"), ("customers", "Pelanggan", "name"),
    ("customers", "बिक्रेता", "seller"), ("customers", "வாடிக்கையாளர்", "name"), ("payments", "收款日期", "received"),
    ("deals", "Jumlah (RM)", "amount"), ("contacts", "Entreprise", "customer"),
    ("customers", "Postleitzahl", "postcode"),
    ("products", "Precio de venta", "price"), ("payments", "Petsa ng bayad", "received"),
])
def test_a_heading_of_the_trade(kind: str, heading: str, field: str) -> None:
    assert headings.known(kind)[squash(heading)][0][1] == field


def test_choice_words_lead_to_choices() -> None:
    for kind in KINDS:
        for item in fields(kind):
            assert set(words.codes(kind, item.key).values()) <= set(item.choices), (kind, item.key)
