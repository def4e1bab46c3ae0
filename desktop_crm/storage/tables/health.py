"""How good the data was, day by day."""

from datetime import date

from sqlmodel import Field

from desktop_crm.storage.tables.base import Record


class HealthScore(Record, table=True):
    """The completeness of the whole file on a day, in thousandths, and the number of findings."""

    __tablename__ = "health_scores"

    on_date: date = Field(unique=True)
    completeness: int
    findings: int
