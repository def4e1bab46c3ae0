"""Sellers: the people of the shop, a plain list without logins."""

from sqlmodel import Field

from desktop_crm.storage.tables.base import Record


class Seller(Record, table=True):
    """Someone who sells; `team` and `region` are cuts of the reports. `pin` is a salted hash, never the PIN."""

    __tablename__ = "sellers"

    external_id: str | None = Field(default=None, index=True)
    name: str
    team: str | None = None
    region: str | None = None
    active: bool = True
    pin: str | None = None
