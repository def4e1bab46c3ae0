"""Taxes on a sum, each by hand; and what no tax is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.documents import Sums
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.taxes import Tax, lines, read, stored

SST, CGST, SGST = Tax("SST", 8000), Tax("CGST", 9000), Tax("SGST", 9000)


@pytest.mark.parametrize(("taxes", "taxed", "currency", "included", "amounts"), [
    ((SST,), 10_000, "MYR", False, [800]),               # 8 % of 100.00
    ((SST,), 10_800, "MYR", True, [800]),                # 108.00 × 8 ÷ 108
    ((SST,), 10_000, "MYR", True, [741]),                # 100.00 × 8 ÷ 108 = 7.4074…
    ((SST,), 5608, "MYR", False, [449]),                 # 4.4864
    ((Tax("VAT", 12_000),), 99_999, "PHP", True, [10_714]),   # 999.99 × 12 ÷ 112 = 107.1417…
    ((Tax("VAT", 13_000),), 123_456, "NPR", False, [16_049]),  # 1,234.56 × 0.13 = 160.4928
    ((CGST, SGST), 118_000, "INR", True, [9000, 9000]),  # 1,180 holds 90 and 90 on 1,000
    ((CGST, SGST), 50_050, "INR", False, [4505, 4505]),  # 45.045 each: half a paisa up
    ((Tax("營業稅", 5000),), 105_000, "TWD", True, [5000]),    # NT$ 1,050 holds NT$ 50
    ((Tax("營業稅", 5000),), 99_000, "TWD", False, [5000]),    # 49.50: whole dollars, half up
    ((Tax("營業稅", 5000),), 98_900, "TWD", False, [4900]),    # 49.45
    ((Tax("Sales tax", 8875),), 10_000, "USD", False, [888]),  # 8.875 %: 8.875
    ((Tax("GST", 0),), 10_000, "SGD", False, [0]),
    ((SST,), -10_000, "MYR", False, [-800]),
    ((), 10_000, "MYR", True, []),
])
def test_a_tax_by_hand(taxes: tuple[Tax, ...], taxed: int, currency: str, included: bool, amounts: list[int]) -> None:
    found = lines(taxes, taxed, currency, included)
    assert [tax.amount for tax in found] == amounts
    assert [(tax.name, tax.rate, tax.included) for tax in found] == [(tax.name, tax.rate, included) for tax in taxes]


TAXES = st.lists(st.builds(Tax, st.text(min_size=1, max_size=60).filter(str.strip).map(str.strip),
                           st.integers(0, 100_000)), max_size=6)


@given(TAXES, st.integers(-(10**11), 10**11))
def test_a_tax_is_within_half_a_unit_of_its_rate_and_added_or_held(taxes: list[Tax], taxed: int) -> None:
    on_top, held = (lines(taxes, taxed, "MYR", included) for included in (False, True))
    for tax, added in zip(taxes, on_top, strict=True):
        assert abs(added.amount * 100_000 - taxed * tax.rate) <= 50_000
    assert Sums.of((taxed,), taxes=held).total == taxed
    assert Sums.of((taxed,), taxes=on_top).total == taxed + sum(tax.amount for tax in on_top)
    assert abs(sum(tax.amount for tax in held)) <= abs(taxed) + len(taxes)


@given(TAXES)
def test_what_was_stored_is_read_again(taxes: list[Tax]) -> None:
    assert read(stored(taxes)) == tuple(taxes)


@pytest.mark.parametrize("text", ["SST 8 %", "{}x", '["SST"]', '[["SST"]]', '[["", 8000]]', '[["SST", 8.5]]', "8",
                                  '[["SST", -1]]', '[["SST", 100001]]', '[["SST", true]]', '[[5, 8000]]',
                                  str([["a", 1]] * 7).replace("'", '"'), f'[["{"x" * 61}", 1]]'])
def test_what_is_no_tax_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(text)
    assert refused.value.at == "tax_lines"
