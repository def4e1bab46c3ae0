"""The tree of accounts that a customer stands in: groups of companies, households."""

from __future__ import annotations

from desktop_crm.domain.trees import Branch, grown
from desktop_crm.services.book import Book
from desktop_crm.storage import trees


def tree(book: Book, customer: int) -> tuple[Branch, ...]:
    """The whole tree of a customer from its root on, in the order of reading; () for one who stands alone.

    Sums are in the business's currency; each branch has its own and those of all below it.
    """
    with book.read() as connection:
        root = trees.root(connection, customer)
        ids = trees.below(connection, root)
        if len(ids) < 2:
            return ()
        return grown(trees.members(connection, ids, book.currency), root)
