"""The numbers of receipts: one series for all, or one a fiscal year where the country's practice restarts them."""

from __future__ import annotations

from datetime import date

from desktop_crm.domain.business import Business


def series(business: Business, on: date) -> str:
    """The series that a receipt of a day belongs to; the business's own setting goes before its country's practice.

    Nepal counts anew from 1 Shrawan, the fourth month of Bikram Sambat ("2083/84"), India from 1 April ("2026-27").
    """
    if business.receipt_series:
        return business.receipt_series
    if business.country == "NP":
        from desktop_crm.domain import eras  # its tables are for Nepal alone

        parts = eras.bikram_sambat(on)
        if parts is None:  # beyond the tables, in 2044
            return ""
        first = parts[0] if parts[1] >= 4 else parts[0] - 1
        return f"{first}/{(first + 1) % 100:02}"
    if business.country == "IN":
        first = on.year if on.month >= 4 else on.year - 1
        return f"{first}-{(first + 1) % 100:02}"
    return ""


def printed(name: str, number: int) -> str:
    """A receipt's number as the paper has it: at least six digits, behind its series if it has one."""
    return f"{name}-{number:06}" if name else f"{number:06}"
