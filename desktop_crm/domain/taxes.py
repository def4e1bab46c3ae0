"""The taxes that a business names on its papers, and what each comes to on a sum. All money is integer minor units."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_crm.domain.documents import TaxLine
from desktop_crm.domain.errors import N_, InvalidInput

PERCENT = 1000
"""Rates are integers, in thousandths of a percent: 8 % is 8000, 8.875 % is 8875."""
MOST, LONGEST = 6, 60

_STEPS = {"TWD": 100}
"""Minor units that a tax is a multiple of where the law says so: Taiwan's is in whole dollars."""


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax by its name on papers ("SST"); `rate` in thousandths of a percent."""

    name: str
    rate: int


def read(stored: str) -> tuple[Tax, ...]:
    """The taxes out of the setting that `stored` writes; InvalidInput for what it did not write, or no tax."""
    try:
        taxes = tuple(Tax(name, rate) for name, rate in json.loads(stored or "[]"))
    except (ValueError, TypeError):
        raise InvalidInput(N_("“{value}” says no taxes."), "tax_lines", value=stored) from None
    if len(taxes) > MOST:
        raise InvalidInput(N_("A paper has at most {n} taxes."), "tax_lines", n=MOST)
    for tax in taxes:
        if not isinstance(tax.name, str) or not 0 < len(tax.name.strip()) <= LONGEST:
            raise InvalidInput(N_("A tax needs a name of up to {n} letters, like SST."), "tax_lines", n=LONGEST)
        if type(tax.rate) is not int or not 0 <= tax.rate <= 100 * PERCENT:
            raise InvalidInput(N_("A tax is from 0 to 100 percent, with up to three decimals."), "tax_lines")
    return taxes


def stored(taxes: Iterable[Tax]) -> str:
    """The taxes as a setting of the file; "" for none."""
    found = [[tax.name.strip(), tax.rate] for tax in taxes]
    return json.dumps(found, ensure_ascii=False) if found else ""


def lines(taxes: Sequence[Tax], taxed: int, currency: str, included: bool) -> tuple[TaxLine, ...]:
    """What each tax comes to on the sum `taxed`, the discount off it already.

    Each tax is on the same sum, never on another tax. Where prices hold the taxes, its part of them is
    taxed × rate ÷ (100 % + all rates), else taxed × rate. Half a minor unit rounds away from zero, each tax by itself:
    the commercial rounding that invoices of all our countries use; Taiwan's tax in whole dollars (the
    ministry of finance on 加值型及非加值型營業稅法 第 14 條: 尾數不滿新臺幣一元者,應按四捨五入計算).
    """
    whole = 100 * PERCENT + (sum(tax.rate for tax in taxes) if included else 0)
    step = _STEPS.get(currency, 1)
    return tuple(TaxLine(tax.name, _rounded(taxed * tax.rate, whole * step) * step, tax.rate, included)
                 for tax in taxes)


def _rounded(value: int, divisor: int) -> int:
    """The quotient as a whole number, a half away from zero."""
    return (2 * abs(value) + divisor) // (2 * divisor) * (1 if value >= 0 else -1)
