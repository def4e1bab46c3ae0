"""E-mails that become requests: one from a file of its own, or all of a mailbox as one act.

An e-mail is known again wherever it comes from, by its Message-ID, its sender and its time: web forms are known to give
all of theirs one and the same Message-ID.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_crm.domain import signatures
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.domain.intake import MOST_MAILS, Incoming, Taken
from desktop_crm.readers import Unreadable, emails, mailboxes
from desktop_crm.services import attachments, intake
from desktop_crm.services.book import Book

_SUBJECT = 300
_APPLE = "mbox"  # the mailbox itself in the folder "Form.mbox" that Apple's Mail exports
_TEXT = 20_000
_NOBODY = N_("E-mail {number} of “{file}” tells nobody's name or address; it was left out.")
_TOO_LARGE = N_("E-mail {number} of “{file}” is too large; it was left out.")
_DAMAGED = N_("E-mail {number} of “{file}” is damaged; it was left out.")
_TOO_MANY = N_("“{name}” brings more than {count} new requests. Save only the folder with the requests from your mail "
               "program, and take that. Nothing was saved.")
_NONE = N_("“{name}” holds no request: {count} e-mails are damaged, too large or of nobody. Nothing was saved.")


def seal(mail: emails.Email) -> str:
    """The SHA-256 by which an e-mail is known again; "" for one without a Message-ID."""
    sent = mail.sent_at.isoformat() if mail.sent_at else ""
    return hashlib.sha256(f"{mail.message_id}\n{mail.address}\n{sent}".encode()).hexdigest() if mail.message_id else ""


def of_email(book: Book, mail: emails.Email) -> Incoming:
    """The request in an e-mail: of its sender, with the phones of the signature, or of whom a form's lines name."""
    said = signatures.read(mail.text, book.business.country)
    name = (said.name if said.form else "") or mail.sender or said.name
    addresses = said.emails if said.form and said.emails else tuple(filter(None, (mail.address,)))
    text = "\n\n".join(filter(None, (mail.subject[:_SUBJECT], mail.text, _attached(book, mail))))
    return Incoming(name or (signatures.name_of_address(addresses[0]) if addresses else ""), True, said.company,
                    said.phones, addresses, said.pages, text, "email", mail.sent_at, "email", "", dict(said.fields),
                    files=tuple((name, data) for name, data in mail.attached if data), seal=seal(mail))


def _attached(book: Book, mail: emails.Email) -> str:
    names = ", ".join(name for name, _ in mail.attached)
    return book.language.say(N_("Attached: {names}"), names=names) if names else ""


def take_mailbox(book: Book, path: Path, cancelled: Callable[[], bool]) -> Taken:
    """Take the e-mails of a mailbox as one act, those that were taken before aside; what could not be is told.

    Unreadable for what is no mailbox, InvalidInput for one without any request or with too many, Cancelled.
    """
    inside = path / _APPLE
    path = inside if path.is_dir() and inside.is_file() else path
    read = _Read(book, path)
    for number, data in enumerate(mailboxes.letters(path, cancelled), 1):
        read.add(number, data)
    if not read.requests:
        if read.known:
            return Taken(again=True)
        raise InvalidInput(_NONE, name=path.name, count=len(read.problems))
    onto: dict[int, int] = {}
    for number, one in enumerate(read.requests):
        mailboxes.go_on(path, cancelled)
        if (who := intake.known(book, one)) is not None:
            onto[number] = who.id
    taken = intake.take(book, read.requests, onto=onto, said=path.name, kept=_kept(book, path, read, cancelled))
    return replace(taken, problems=tuple(read.problems))


@dataclass(slots=True)
class _Read:
    """What was read of a mailbox: requests without their files, which of them have some, by their e-mail's number."""

    book: Book
    path: Path
    requests: list[Incoming] = field(default_factory=list)
    with_files: dict[int, int] = field(default_factory=dict)
    problems: list[CrmError] = field(default_factory=list)
    known: int = 0
    _seals: set[str] = field(default_factory=set)

    def add(self, number: int, data: bytes | None) -> None:
        """Read one e-mail more; InvalidInput where there are too many."""
        one = self._request(number, data)
        if one is None:
            return
        if one.seal in self._seals or intake.seen(self.book, one.seal):
            self.known += 1
            return
        self._seals.add(one.seal)
        if len(self.requests) >= MOST_MAILS:
            raise InvalidInput(_TOO_MANY, name=self.path.name, count=MOST_MAILS)
        if one.files:
            self.with_files[number] = len(self.requests)
        self.requests.append(replace(one, files=(), text=one.text[:_TEXT]))

    def _request(self, number: int, data: bytes | None) -> Incoming | None:
        try:
            one = of_letter(self.book, data, self.path) if data is not None else None
        except Unreadable:
            self._left_out(_DAMAGED, number)
            return None
        if one is None:
            self._left_out(_TOO_LARGE, number)
        elif not (one.name.strip() or one.phones or one.emails):
            self._left_out(_NOBODY, number)
        else:
            return one
        return None

    def _left_out(self, message: str, number: int) -> None:
        self.problems.append(InvalidInput(message, number=number, file=self.path.name))


def of_letter(book: Book, data: bytes, path: Path) -> Incoming:
    """The request in the bytes of an e-mail; without a Message-ID it is known again by its bytes. Unreadable."""
    one = of_email(book, emails.parse(data, path))
    return one if one.seal else replace(one, seal=hashlib.sha256(data.strip()).hexdigest())


def _kept(book: Book, path: Path, read: _Read,
          cancelled: Callable[[], bool]) -> Mapping[int, Sequence[attachments.Taken]]:
    """The files of the requests, kept one e-mail after the other, as all of them are too much for the memory."""
    if not read.with_files:
        return {}
    return {read.with_files[number]: [attachments.keep(book, name, content)
                                      for name, content in of_letter(book, data, path).files]
            for number, data in enumerate(mailboxes.letters(path, cancelled), 1)
            if data is not None and number in read.with_files}
