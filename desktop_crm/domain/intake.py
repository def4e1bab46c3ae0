"""Requests on their way in: what an e-mail, a contact card, a row of a table or a pasted text says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop_crm.domain.errors import N_, CrmError

MAILBOXES = (".mbox", ".mbx")
"""The files that hold many e-mails."""
SUFFIXES = (".vcf", ".eml", ".csv", *MAILBOXES)
"""The files that are taken from a watched folder."""
TAKEN, NOT_READ = "Taken", "Not read"
"""The folders inside a watched one into which its files go."""
MOST_ROWS = 500
"""The requests that one file may bring: a longer one is a list to import."""
MOST_MAILS = 5000
"""The new requests that one mailbox may bring: a longer one is somebody's whole mail."""
MARK = "intake:"
"""The beginning of the external id of what was taken from a file: then its SHA-256 and the number in it."""

NO_REQUEST = N_("“{name}” says nobody's name, phone or e-mail. Nothing was saved.")
TOO_MANY = N_("“{name}” holds {count} rows, which are a list and no requests: import it. Nothing was saved.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request: who (`person`: no company), how to reach them, and what they ask for, in their words.

    `via` is the kind of activity that it is logged as (email, message, note), `at` when it was sent (aware) if that is
    known; `source` names a source, or is a code of domain.customers.SOURCES; `fields` are further fields of a customer,
    `others` further ways to reach them as (kind of channel, value), `labels` what a way, by its value, is for; `files`
    what came along, as (name, bytes). `seal` is the SHA-256 by which it is known again, "" where its file's is.
    """

    name: str
    person: bool = True
    company: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    text: str = ""
    via: str = "note"
    at: datetime | None = None
    source: str = ""
    campaign: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of requests: new leads, customers on whose card one was logged, and the act's id.

    `again` says that the file had been taken before; then nothing was done. `problems` are e-mails of a mailbox that
    could not be taken.
    """

    created: tuple[int, ...] = ()
    logged: tuple[int, ...] = ()
    work: int = 0
    again: bool = False
    problems: tuple[CrmError, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The customer who a request seems to be of."""

    id: int
    name: str
