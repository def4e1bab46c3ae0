"""A person with a canary string in every place that holds something about them, and a look for it on the disk."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from desktop_crm import paths
from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.intake import Incoming
from desktop_crm.domain.sales import Sale
from desktop_crm.services import (
    activities,
    assignment,
    attachments,
    business,
    campaigns,
    checklists,
    contacts,
    custom_fields,
    customers,
    deals,
    intake,
    payments,
    sales,
    scoring,
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
OF_LEADS = (
    "Qbxownvalue", "Qbxownbefore", "Qbxowncontact", "Qbxowndeal", "Qbxlater", "Qbxwanted", "Qbxasked",
    "qbxasking@example.my", "Qbxcompany", "Qbxway", "Qbxproof", "Qbxlabelled", "Qbxmissing",
)
"""One of each that stands in fields of the business's own, and in what leads bring: see `plant_lead`."""


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


def plant_lead(book: Book, one: int) -> None:
    """Give the person values in the business's own fields, requests, checklist marks, documents, and rules that name
    them; what is named after them is of format 4, as are the columns."""
    for kind, record, word in (("customers", one, "Qbxownvalue"), ("contacts", 1, "Qbxowncontact"),
                               ("deals", deals_of(book, one), "Qbxowndeal")):
        field = custom_fields.add(book, kind, f"Likes of {NAME}")
        custom_fields.set_values(book, kind, record, {field: "Qbxownbefore" if kind == "customers" else word})
        custom_fields.set_values(book, kind, record, {field: word})
    custom_fields.set_values(book, "customers", one, {custom_fields.add(book, "customers", "Later"): "Qbxlater"})
    book.undo()
    custom_fields.add(book, "customers", "Friend", "choice", [NAME, "Nobody"])
    campaigns.add(book, {"name": f"Open day of {NAME}", "notes": "asked for by qbxmail@example.my"})
    scoring.add(book, {"name": f"Like {NAME}", "points": 5, "filter": segments.stored(
        CustomerFilter(search="qbxname"))})
    assignment.add(book, {"name": f"For {NAME}", "filter": CustomerFilter(search="qbxcalled"), "seller_id": None})
    segment = segments.save(book, f"Next to {NAME}", CustomerFilter(conditions=Group(True, (
        Condition("name", "contains", "Qbxname"),))))
    segments.arrange(book, segment, ["name"], "name")
    known = checklists.add(book, "marketing", f"{NAME} agreed")
    checklists.tick(book, one, known, TODAY)
    intake.take(book, [Incoming("Zarina", text="Qbxwanted a red one", via="email")], onto={0: one}, seal="ab" * 32,
                said="one.eml")
    asked = intake.take(book, [Incoming("Zarina Qbxasked", company="Qbxcompany", emails=("qbxasking@example.my",),
                                        text="Qbxway", others=(("telegram", "@Qbxlabelled"),))], said="two.eml")
    double = asked.created[0]
    with book.work("Merge") as work:
        for table in ("channels", "activities"):
            work.connection.exec_driver_sql(f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (one, double))
        work.connection.exec_driver_sql("DELETE FROM customers WHERE id = ?", (double,))
    kept = attachments.add(book, "customers", one, "Qbxproof.txt", b"Qbxproof inside")
    attachments.rename(book, kept, "Qbxlabelled.txt")
    attachments.to_show(book, kept)
    gone = attachments.add(book, "customers", one, "Qbxmissing.txt", b"Qbxmissing inside")
    attachments.delete(book, [gone])


def deals_of(book: Book, one: int) -> int:
    """The first deal of a customer."""
    with book.read() as connection:
        return int(connection.exec_driver_sql("SELECT min(id) FROM deals WHERE customer_id = ?", (one,)).scalar_one())


def found_in(*folders: Path) -> set[tuple[str, str]]:
    """Which canary stands in which file: as UTF-8, as UTF-16 either way round, and as JSON writes it."""
    wanted: dict[bytes, dict[bytes, str]] = {}  # by how they start: almost all of them alike, and nowhere else
    for word in (*CANARIES, *OF_LEADS):
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
