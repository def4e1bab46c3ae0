"""An erasure as a value: of whom, without a name, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

PENDING, DONE = "pending", "done"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One entry of the ledger: the uid of the record of `kind` (customers or contacts) that is erased from `file`.

    It is called `title` in what stays ("Erased customer 3"), by its `number`; `on` is the ISO day. While it is pending,
    `hashes` are of the attached files and `papers` the names of the receipts' files that are still to go.
    """

    uid: str
    kind: str
    number: int
    title: str
    file: str
    on: str
    state: str = PENDING
    hashes: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
