"""Sellers: the shop's list of people who sell; no logins."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("team", N_("Team")),
    Field("region", N_("Region")),
    Field("active", N_("Active"), FieldType.YES_NO),
    Field("external_id", N_("External ID")),
)


@dataclass(frozen=True, slots=True)
class SellerRow:
    """One seller."""

    id: int
    name: str
    team: str | None
    region: str | None
    active: bool
