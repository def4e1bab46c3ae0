"""Products: what is sold, with price and cost in minor units."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("line", N_("Product line")),
    Field("price", N_("Price"), FieldType.MONEY),
    Field("cost", N_("Cost"), FieldType.MONEY),
    Field("active", N_("Active"), FieldType.YES_NO),
    Field("external_id", N_("External ID")),
)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product; price and cost in minor units of `currency`, or unknown."""

    id: int
    name: str
    line: str | None
    price: int | None
    cost: int | None
    currency: str
    active: bool

    def priced_in(self, currency: str) -> tuple[int | None, int | None]:
        """Price and cost for a sale in a currency, minor units; unknown where the product has another one."""
        return (self.price, self.cost) if self.currency == currency else (None, None)
