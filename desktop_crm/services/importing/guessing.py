"""Which kind of record a table most likely holds: by the file's name, and by which kind knows its columns."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.domain.importing import KINDS, Mapping, required
from desktop_crm.domain.importing.shapes import recognised
from desktop_crm.domain.values import squash
from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing.beside import likely_kind
from desktop_crm.services.importing.mapping import BY_CELLS, propose

_NAMES = {
    "customers": "customer|client|account|compan|organi|pelanggan|客戶|客户|kunde|cliente|lead|prospect",
    "contacts": "contact|people|person|kontak|聯絡|联系",
    "sellers": "seller|salesteam|salesrep|salesperson|agent|jurujual|業務|销售员",
    "products": "product|item|pricelist|produk|產品|产品|商品",
    "deals": "deal|opportunit|pipeline|urusniaga|商機|商机|invoice|order",
    "tasks": "task|todo|tugas|任務|任务|待辦",
    "activities": "activit|call|meeting|visit|aktiviti|活動|活动",
    "payments": "payment|receipt|bayaran|付款|收款",
}
_OWN = {
    "customers": ("state", "lead_state", "industry", "parent", "tags", "kind", "website"),
    "contacts": ("customer", "title", "last_name"),
    "sellers": ("team", "region"),
    "products": ("line", "price", "cost"),
    "deals": ("stage", "status", "amount", "closed", "expected", "product", "pipeline"),
    "tasks": ("due", "done", "priority"),
    "activities": ("direction", "outcome", "minutes", "kind"),
    "payments": ("received", "amount", "method"),
}
"""What a table of a kind has and others seldom do."""


def guess(table: RawTable, book: Book) -> str:
    """The likeliest kind of a table's rows: as its known export has them; customers where nothing speaks."""
    if table.cards is not None:
        return "contacts"
    shape = recognised(table.columns)
    if shape is not None:
        return likely_kind(shape, table)
    scores = {kind: _score(table, propose(table, kind, book)) for kind in KINDS}
    return max(KINDS, key=lambda kind: scores[kind])


def _score(table: RawTable, mapping: Mapping) -> float:
    """The share of columns that a kind knows by heading, more for its own ones, and a word in the file's name; less
    where no heading names the records."""
    naming = [column for column in mapping.columns if column.field in required(mapping.kind)]
    if not naming:
        return 0.0
    doubtful = all(column.reason == BY_CELLS for column in naming)  # another kind's heading says whose name it is
    known = sum(1.0 if column.reason != BY_CELLS else 0.3 for column in mapping.columns if column.field)
    own = len(mapping.mapped.intersection(_OWN[mapping.kind]))
    stem = squash(f"{Path(table.path).stem} {table.sheet}")
    named = any(word in stem for word in _NAMES[mapping.kind].split("|"))
    return known / len(table.columns) + 0.2 * own + (0.5 if named else 0.0) - (0.5 if doubtful else 0.0)
