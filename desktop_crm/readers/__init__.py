"""A user's file → raw table, parsed in a child process with limits; knows no storage and no Qt."""

from desktop_crm.readers.child import read_table
from desktop_crm.readers.raw import RawTable, ReadOptions, Unreadable, Value

__all__ = ["RawTable", "ReadOptions", "Unreadable", "Value", "read_table"]
