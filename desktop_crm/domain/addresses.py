"""Further addresses of a customer, beside the one of the card itself: the branch, the store, the billing office."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

FIELDS = (
    Field("label", N_("Label"), most=100),
    Field("street", N_("Street"), FieldType.LONG),
    Field("postcode", N_("Postcode"), most=100),
    Field("city", N_("City"), most=200),
    Field("region", N_("Region"), most=200),
    Field("country", N_("Country"), most=100),
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address; parts that are not known are ""."""

    id: int
    label: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    @property
    def written(self) -> str:
        """The address in one line, the label aside, as an envelope reads it."""
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (*self.street.splitlines(), place, self.region, self.country) if part.strip())
