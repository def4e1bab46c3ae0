"""The schema, one module a noun. Importing this package registers every table in `metadata`."""

from sqlmodel import SQLModel

from desktop_crm.storage.tables.activities import Activity
from desktop_crm.storage.tables.attachments import Attachment
from desktop_crm.storage.tables.contacts import Affiliation, Contact
from desktop_crm.storage.tables.custom_fields import CustomField
from desktop_crm.storage.tables.customers import (
    Address,
    Channel,
    Consent,
    Customer,
    CustomerTag,
    Distinction,
    StateMove,
    Tag,
)
from desktop_crm.storage.tables.deals import Deal, DealLine, Pipeline, Stage, StageMove
from desktop_crm.storage.tables.health import HealthScore
from desktop_crm.storage.tables.leads import AssignmentRule, Campaign, ChecklistItem, ChecklistMark, ScoreRule
from desktop_crm.storage.tables.payments import CashCount, Payment, Receipt
from desktop_crm.storage.tables.products import Product
from desktop_crm.storage.tables.sellers import Seller
from desktop_crm.storage.tables.settings import Choice, Segment, Setting
from desktop_crm.storage.tables.targets import Printing, Target
from desktop_crm.storage.tables.tasks import Task
from desktop_crm.storage.tables.works import Entry, Now, Work

metadata = SQLModel.metadata

PLUMBING = frozenset({"works", "journal", "work_now"})
"""The tables that the journal itself lives in; every other table is journalled."""


def journalled() -> list[str]:
    """The names of all journalled tables, parents before children."""
    return [table.name for table in metadata.sorted_tables if table.name not in PLUMBING]


__all__ = [
    "PLUMBING", "Activity", "Address", "Affiliation", "AssignmentRule", "Attachment", "Campaign", "CashCount",
    "Channel", "ChecklistItem", "ChecklistMark", "Choice", "Consent", "Contact", "CustomField", "Customer",
    "CustomerTag", "Deal", "DealLine", "Distinction", "Entry", "HealthScore", "Now", "Payment", "Pipeline",
    "Printing", "Product", "Receipt", "ScoreRule", "Segment", "Seller", "Setting", "Stage", "StageMove", "StateMove",
    "Tag", "Target", "Task", "Work", "journalled", "metadata",
]
