"""Targets, and what was printed when."""

from datetime import date, datetime

from sqlmodel import Field, Index

from desktop_crm.storage.tables.base import Instant, Record, link


class Target(Record, table=True):
    """What is to be sold from `from_on` to before `to_on`, by the shop (no seller) or by one seller; minor units."""

    __tablename__ = "targets"
    __table_args__ = (Index("targets_period", "from_on", "to_on"), {"sqlite_autoincrement": True})

    from_on: date
    to_on: date
    seller_id: int | None = link("sellers", cascade=True)
    amount: int
    currency: str


class Printing(Record, table=True):
    """One time that a report of a day was printed or saved; what is entered for that day afterwards came late."""

    __tablename__ = "printings"
    __table_args__ = (Index("printings_day", "report", "on_date", "at"), {"sqlite_autoincrement": True})

    report: str
    on_date: date
    at: datetime = Field(sa_type=Instant)
