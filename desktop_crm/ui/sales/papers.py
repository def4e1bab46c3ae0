"""The papers that can be wished for: what each is called, how it is made anew, and where its file goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.domain.documents import Document
from desktop_crm.domain.handover import HandOver
from desktop_crm.domain.privacy import Notice
from desktop_crm.i18n import Language
from desktop_crm.services import customers, deals, documents, receipts
from desktop_crm.services.book import Book
from desktop_crm.ui.words import N_, tr

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its title; `place` is where a receipt's file lies, None where the user says where to.

    `many` counts the customers on a paper that lists them, and is 0 on one that is for a customer.
    """

    title: str
    make: Callable[[], tuple[Document | HandOver | Notice, Language]]
    place: Path | None = None
    many: int = 0

    @property
    def file(self) -> str:
        """The name of its PDF file."""
        return file_name(self.title)


def receipt(book: Book, taking: str, change: int = 0) -> Paper:
    """The receipt of a taking, numbered now if it was not yet; `change` went back to who paid, minor units."""
    given = receipts.issue(book, taking, change)
    title = tr(N_("Receipt {number}"), number=given.number)
    folder = book.path.with_name(tr(N_("{name} receipts"), name=book.path.stem))
    return Paper(title, lambda: documents.receipt(book, given.id), folder / file_name(title))


def quotation(book: Book, deal: int) -> Paper:
    """The quotation of a deal; InvalidInput for one that offers nothing."""
    name = deals.rows(book, [deal])[0].name
    documents.quotation(book, deal)  # what cannot be offered is said before anything is shown
    return Paper(tr(N_("Quotation {name}"), name=name), lambda: documents.quotation(book, deal))


def statement(book: Book, customer: int) -> Paper:
    """The statement of a customer's account."""
    name = customers.rows(book, [customer])[0].name
    return Paper(tr(N_("Statement {name} {day}"), name=name, day=book.today().isoformat()),
                 lambda: documents.statement(book, customer))


def file_name(title: str) -> str:
    """A title as the name of a PDF file, without what no file system takes."""
    return f"{' '.join(_UNSAFE.sub(' ', title).split())[:_LONGEST].strip(' .')}.pdf"
