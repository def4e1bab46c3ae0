"""The sums that reports read, one module a report: SQL in, the frozen values of domain.figures out."""

from desktop_crm.storage.figures.day import day
from desktop_crm.storage.figures.lists import customers, deals, tasks
from desktop_crm.storage.figures.owed import owed
from desktop_crm.storage.figures.pipeline import pipeline
from desktop_crm.storage.figures.sales import sales

__all__ = ["customers", "day", "deals", "owed", "pipeline", "sales", "tasks"]
