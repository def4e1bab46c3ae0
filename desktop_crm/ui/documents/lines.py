"""A document as a line of a card."""

from __future__ import annotations

from desktop_crm.domain.attachments import Document
from desktop_crm.services import timeline
from desktop_crm.services.book import Book
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.when import short
from desktop_crm.ui.words import N_, current, tr


def document_line(book: Book, item: Document, table: str) -> Line:
    """A document on the card of a record of `table`: its day, and whose it is if it hangs on another record.

    The group is that other record, as "deals:12".
    """
    own = item.table == table
    meta = [short(item.on_date, book.today()) if item.on_date else "", "" if own else item.owner]
    if item.missing:
        meta.insert(0, tr(N_("Its content is missing")))
    return Line("document", item.id, item.name, timeline.size(current(), item.size), mark=" · ",
                meta=" · ".join(part for part in meta if part), meta_tone="bad" if item.missing else "",
                icon="warning" if item.missing else "file", group="" if own else f"{item.table}:{item.owner_id}")
