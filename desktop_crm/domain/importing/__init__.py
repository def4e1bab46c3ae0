"""Importing: what a column can become, how a table is mapped, and what came of it. Plain values."""

from desktop_crm.domain.importing.fields import KINDS, MORE, NOUNS, TITLES, ImportField, every, fields, parted, required
from desktop_crm.domain.importing.mapping import ColumnMapping, Mapping
from desktop_crm.domain.importing.result import Difference, ImportResult, Preview, PreviewRow, Problem

__all__ = [
    "KINDS", "MORE", "NOUNS", "TITLES", "ColumnMapping", "Difference", "ImportField", "ImportResult", "Mapping",
    "Preview", "PreviewRow", "Problem", "every", "fields", "parted", "required",
]
