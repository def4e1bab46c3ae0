"""What customers agreed to, and what they took back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.consents import FIELDS, Consent
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services.book import Book
from desktop_crm.storage import consents, records


def of(book: Book, customer: int) -> list[Consent]:
    """The consents of a customer, the newest first."""
    with book.read() as connection:
        return consents.of(connection, [customer]).get(customer, [])


def of_many(book: Book, customers: Sequence[int]) -> dict[int, list[Consent]]:
    """The consents of several customers, by customer; who has none is left out."""
    with book.read() as connection:
        return consents.of(connection, customers)


def add(book: Book, customer: int, values: Mapping[str, object]) -> int:
    """Note a consent of a customer and return its id; given today unless said otherwise."""
    clean = _checked(values, new=True)
    clean["on_date"] = clean.get("on_date") or book.today()
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
    with book.work(N_("Note a consent of {name}"), name=name) as work:
        return records.add(work.connection, "consents", {"customer_id": customer, **clean})


def edit(book: Book, record: int, values: Mapping[str, object]) -> Changes:
    """Change a consent, as when it is withdrawn."""
    clean = _checked(values)
    with book.work(N_("Edit a consent of {name}"), name=_owner(book, record)) as work:
        records.save(work.connection, "consents", record, clean)
    return work.done


def delete(book: Book, record: int) -> Changes:
    """Delete a consent that was noted by mistake; one that was taken back is kept, with its day."""
    with book.work(N_("Delete a consent of {name}"), name=_owner(book, record)) as work:
        records.remove(work.connection, "consents", [record])
    return work.done


def _checked(values: Mapping[str, object], new: bool = False) -> dict[str, fields.Value]:
    clean = fields.checked(FIELDS, values, new=new)
    given, withdrawn = clean.get("on_date"), clean.get("withdrawn_on")
    if given and withdrawn and str(withdrawn) < str(given):
        raise InvalidInput(N_("It was withdrawn before it was given. Nothing was saved."), "withdrawn_on")
    return clean


def _owner(book: Book, record: int) -> str:
    """The name of who a consent is from; NotFound if it is gone."""
    with book.read() as connection:
        row = records.get(connection, "consents", record)
        table, owner = ("customers", "customer_id") if row["customer_id"] else ("contacts", "contact_id")
        return records.title(connection, table, row[owner])
