"""Numbers from the registers' own pages and from the examples of the standards; wrong ones differ in one figure."""

from __future__ import annotations

import pytest

from desktop_crm.domain.registrations import remark


@pytest.mark.parametrize(("country", "field", "number"), [
    ("MY", "registration", "202001012345 (1234567-A)"), ("MY", "registration", "123456-X"),
    ("MY", "registration", "SA0123456-M"), ("MY", "registration", "LLP0001234-LGN"),
    ("MY", "tax_number", "C 1234567890 0"),
    ("MY", "tax_number", "IG12345678901"), ("MY", "tax_number", "W10-1808-32000001"),
    ("SG", "registration", "197401143C"),
    ("SG", "registration", "S16FC0121D"), ("SG", "tax_number", "M2-1234567-8"), ("TW", "registration", "00501503"),
    ("TW", "tax_number", "04595257"), ("IN", "tax_number", "27AAPFU0939F1ZV"), ("IN", "tax_number", "ACUPA7085R"),
    ("NP", "tax_number", "३०१२३४५६७"), ("PH", "tax_number", "123-456-789-000"), ("PH", "tax_number", "123-456-789"),
    ("TW", "tax_number", "１２３４５６７５")])
def test_numbers_that_are_in_order(country: str, field: str, number: str) -> None:
    assert remark(field, country, number) is None


@pytest.mark.parametrize(("country", "field", "number", "name"), [
    ("SG", "registration", "197401143D", "UEN"), ("TW", "registration", "00501502", "統一編號"),
    ("IN", "tax_number", "27AAPFU0939F1ZA", "GSTIN")])
def test_a_mistyped_figure_is_told(country: str, field: str, number: str, name: str) -> None:
    found = remark(field, country, number)
    assert found is not None and found.name == name and "check digit" in found.message


@pytest.mark.parametrize(("country", "field", "number", "name"), [
    ("MY", "registration", "12", "SSM"), ("MY", "tax_number", "1234", "TIN / SST"),
    ("NP", "tax_number", "12345678", "PAN"),
    ("PH", "tax_number", "12-34", "TIN"), ("TW", "tax_number", "1234567", "統一編號")])
def test_another_form_is_told(country: str, field: str, number: str, name: str) -> None:
    found = remark(field, country, number)
    assert found is not None and found.name == name and "form" in found.message


def test_since_2023_a_unified_number_may_be_a_multiple_of_five_only() -> None:
    # 12345675: 1·1 2·2 3·1 4·2 5·1 6·2 7·4 5·1 as digit sums is 1 4 3 8 5 3 10 5 = 39, and 40 with the seventh a 7.
    assert remark("tax_number", "TW", "12345675") is None
    # 10000004: 1·1 and 4·1 is 5: no multiple of ten, one of five.
    assert remark("tax_number", "TW", "10000004") is None
    assert remark("tax_number", "TW", "10000005") is not None


@pytest.mark.parametrize(("country", "number"), [("DE", "anything"), ("", "1"), ("MY", " ")])
def test_where_nothing_is_known_nothing_is_said(country: str, number: str) -> None:
    assert remark("tax_number", country, number) is None
