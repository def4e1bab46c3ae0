"""A person with a canary string in every place that holds something about them, and a look for it on the disk."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from desktop_crm import paths
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.sales import Sale
from desktop_crm.services import (
    activities,
    attachments,
    business,
    contacts,
    customers,
    deals,
    payments,
    sales,
    segments,
    tasks,
)
from desktop_crm.services.book import Book
from tests.books import TODAY

NAME = "Zarina Qbxname"
CANARIES = (
    "Qbxname", "Qbxcalled", "Qbxtitle", "Qbxnote", "Qbxpinned", "Qbxstreet", "qbxmail@example.my", "9870412",
    "Qbxcontact", "Qbxrole", "Qbxsaid", "Qbxunsaid", "Qbxdeal", "Qbxgone", "Qbxline", "Qbxtask", "Qbxfinished",
    "Qbxtag", "Qbxuntag",
    "Qbxfile", "Qbxbytes", "Qbxpayment", "Qbxformer", "雪鳶黎", "Qbxexternal", "Qbxmerged",
)
"""One of each: what stood where is in `plant`."""


def plant(book: Book) -> int:
    """Add the person and return their id; beside them are others whose words stay."""
    other = customers.add(book, {"name": "Ravi Kumar", "notes": f"Brother of {NAME}, likes tea", "industry": "Tea"})
    one = customers.add(book, {
        "name": "Zarina Qbxformer", "call_name": "Qbxcalled", "invoice_title": "Qbxtitle Trading", "notes": "Qbxnote",
        "address": "3 Jalan Qbxstreet", "external_id": "Qbxexternal-77", "state": "customer", "industry": "Tea",
        "heat": "warm"},
        phones=["012-987 0412"], emails=["qbxmail@example.my"], tags=["Qbxtag"])
    customers.edit(book, one, {"name": NAME, "sort_name": "雪鳶黎"})
    customers.set_tags(book, [one], ["Qbxtag", "Qbxuntag"])
    book.undo()
    with book.work("Pin {name}", name="Qbxpinned reminder") as work:
        work.connection.exec_driver_sql("UPDATE customers SET pinned_note = 'Qbxpinned' WHERE id = ?", (one,))
    friend = contacts.add(book, {"name": "Siti Qbxcontact", "role": "Qbxrole", "customer_id": one},
                          phones=["03-77712345"])
    activities.log(book, {"kind": "call", "name": "Qbxsaid she would come", "customer_id": one, "contact_id": friend,
                          "outcome": "Qbxsaid yes"})
    activities.log(book, {"kind": "note", "name": "Qbxunsaid", "customer_id": one})
    book.undo()
    _business(book, one, other)
    _files(book, one)
    segments.save(book, f"Like {NAME}", CustomerFilter(search="qbxname"))
    business.set_business(book, {"receipt_note": f"Thanks, {NAME}!"})
    double = customers.add(book, {"name": "Zarina Qbxmerged"}, phones=["012-987 0412"])
    with book.work("Merge") as work:
        work.connection.exec_driver_sql("UPDATE channels SET customer_id = ? WHERE customer_id = ?", (one, double))
        work.connection.exec_driver_sql("DELETE FROM customers WHERE id = ?", (double,))
    return one


def _business(book: Book, one: int, other: int) -> None:
    """Deals, sales, payments and tasks of the person, and one sale of somebody else."""
    sales.sell(book, Sale(one, lines=(DealLine(None, "Kurung for Qbxline", 2000, 8000),), paid=6000, receipt=True,
                          note="Qbxdeal wedding"))
    sales.sell(book, Sale(other, total=5000, paid=1000, receipt=True))
    deals.add(book, {"name": "Qbxdeal curtains", "customer_id": one, "amount": 90_000, "notes": "Qbxdeal"})
    gone = deals.add(book, {"name": "Qbxgone", "customer_id": one, "amount": 1000})
    deals.delete(book, [gone])
    payments.add(book, {"name": "Qbxpayment in May", "customer_id": one, "amount": 700, "due_on": TODAY})
    tasks.add(book, {"name": "Ask Qbxtask", "customer_id": one, "due_on": TODAY.replace(day=29)})
    tasks.add(book, {"name": "Late Qbxtask", "customer_id": one, "due_on": TODAY.replace(day=3)})
    tasks.finish(book, [tasks.add(book, {"name": "Qbxfinished", "customer_id": one, "due_on": TODAY})])


def _files(book: Book, one: int) -> None:
    """Two files of the person, one of them of somebody else too, and a receipt's paper."""
    attachments.add(book, "customers", one, "Qbxfile.txt", b"Qbxbytes inside")
    attachments.add(book, "customers", one, "Qbxfile leaflet.txt", b"a leaflet")
    attachments.add(book, "customers", 1, "leaflet.txt", b"a leaflet")
    papers = book.path.with_name(f"{book.path.stem} receipts")
    papers.mkdir()
    (papers / "Receipt 000001.pdf").write_text(f"paid by {NAME}")
    (papers / "Receipt 000002.pdf").write_text("paid by Ravi")


def found_in(*folders: Path) -> set[tuple[str, str]]:
    """Which canary stands in which file: as UTF-8, as UTF-16 either way round, and as JSON writes it."""
    wanted: dict[bytes, dict[bytes, str]] = {}  # by how they start: almost all of them alike, and nowhere else
    for word in CANARIES:
        for form in _forms(word):
            wanted.setdefault(form[:3], {})[form] = word
    hits = set()
    for place in {path for folder in (*folders, paths.data().parent) for path in folder.rglob("*")}:
        with suppress(IsADirectoryError):
            content = place.read_bytes().lower() + os.fsencode(place.name).lower()
            hits |= {(word, place.name) for start, forms in wanted.items() if start in content
                     for form, word in forms.items() if form in content}
    return hits


def _forms(word: str) -> set[bytes]:
    spaced = " ".join(word) if not word.isascii() else word  # as the search has Chinese
    return {text.lower().encode(code) for text in (word, word.upper(), spaced)
            for code in ("utf-8", "utf-16-le", "utf-16-be")} | {
        json.dumps(word)[1:-1].lower().encode(), json.dumps(spaced)[1:-1].lower().encode()}
