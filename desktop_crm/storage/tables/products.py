"""Products: what is sold, at which price and cost."""

from sqlmodel import Field

from desktop_crm.storage.tables.base import Record


class Product(Record, table=True):
    """Something for sale; price and cost are minor units of `currency`, each may be unknown."""

    __tablename__ = "products"

    external_id: str | None = Field(default=None, index=True)
    name: str
    line: str | None = None
    price: int | None = None
    cost: int | None = None
    currency: str
    active: bool = True
    name_fold: str = ""
    more_fold: str = ""
