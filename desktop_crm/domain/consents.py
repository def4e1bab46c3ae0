"""What people agreed to: for which purpose, on which basis, how and when, and when they took it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

MARKETING, KEEPING = "marketing", "keeping"
PURPOSES = {
    MARKETING: N_("Marketing"), "service": N_("Service and orders"), "sharing": N_("Sharing with partners"),
    "pictures": N_("Pictures and names in public"), "profile": N_("Notes about them"),
    KEEPING: N_("Keeping the data"),
}
BASES = {
    "consent": N_("Consent"), "contract": N_("Contract"), "legal": N_("Required by law"),
    "interest": N_("Legitimate interest"),
}
"""Why their data may be used, in the words of the data protection acts (PDPA, DPA, GDPR)."""
KEPT_MONTHS = 12
"""A reason to keep somebody's data, noted when it was looked at, holds for so long."""

FIELDS = (
    Field("purpose", N_("Purpose"), FieldType.CHOICE, required=True, choices=PURPOSES),
    Field("basis", N_("Basis"), FieldType.CHOICE, required=True, choices=BASES),
    Field("source", N_("How it was given"), most=300),
    Field("on_date", N_("Given on"), FieldType.DATE),
    Field("withdrawn_on", N_("Withdrawn on"), FieldType.DATE),
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent; it stands until the day on which it was withdrawn."""

    id: int
    purpose: str
    basis: str
    source: str = ""
    on_date: date | None = None
    withdrawn_on: date | None = None

    def stands(self, today: date) -> bool:
        """Whether it has not been withdrawn by `today`."""
        return self.withdrawn_on is None or self.withdrawn_on > today


def refuses_marketing(no_marketing: bool, consents: Iterable[Consent], today: date) -> bool:
    """Whether no mailing may go to someone: they said so, or took back what they had agreed to and gave none since."""
    asked = [one for one in consents if one.purpose == MARKETING]
    return no_marketing or (bool(asked) and not any(one.stands(today) for one in asked))
