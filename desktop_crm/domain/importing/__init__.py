"""Importing: what a column can become, how a table is mapped, and what came of it. Plain values."""

from desktop_crm.domain.importing.fields import KINDS, TITLES, ImportField, fields, required
from desktop_crm.domain.importing.mapping import ColumnMapping, Mapping
from desktop_crm.domain.importing.result import ImportResult, Preview, PreviewRow, Problem

__all__ = [
    "KINDS", "TITLES", "ColumnMapping", "ImportField", "ImportResult", "Mapping", "Preview", "PreviewRow", "Problem",
    "fields", "required",
]
