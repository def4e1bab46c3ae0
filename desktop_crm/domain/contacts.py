"""Contacts: the people one talks to, with a company or none."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("customer_id", N_("Customer"), FieldType.LINK, link="customers"),
    Field("role", N_("Role")),
    Field("birthday", N_("Birthday"), FieldType.BIRTHDAY),
    Field("notes", N_("Notes"), FieldType.LONG),
    Field("created_on", N_("Created on"), FieldType.DATE),
    Field("external_id", N_("External ID")),
)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One more company that a person belongs to, and their role there."""

    customer_id: int
    role: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact person with all ways to reach them, and the companies beside the one they are written under."""

    id: int
    name: str
    customer_id: int | None
    customer: str | None
    role: str | None
    channels: tuple[Channel, ...] = ()
    birthday: str | None = None
    affiliations: tuple[Affiliation, ...] = ()

    def role_at(self, customer: int) -> str:
        """The person's role at a company, their own or one more; "" where none is known."""
        if customer == self.customer_id:
            return self.role or ""
        return next((one.role for one in self.affiliations if one.customer_id == customer), "")
