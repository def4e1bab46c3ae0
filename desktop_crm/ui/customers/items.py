"""What stands in the sections of a card: timeline, contacts, deals, payments, tasks and documents as lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.activities import TimelineItem
from desktop_crm.domain.contacts import ContactRow
from desktop_crm.domain.deals import DealFilter, DealRow
from desktop_crm.domain.payments import PaymentFilter, PaymentRow
from desktop_crm.domain.tasks import TaskFilter, TaskRow
from desktop_crm.services import attachments, contacts, custom_fields, deals, payments, tasks, timeline
from desktop_crm.services.book import Book
from desktop_crm.ui.documents.lines import document_line
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.ordering import by_name, differs
from desktop_crm.ui.when import moment, short
from desktop_crm.ui.words import N_, current, tr


def timeline_lines(book: Book, customer: int, limit: int, parts: tuple[str, ...] = ()) -> list[Line]:
    """The newest `limit` lines of a customer's timeline, newest first."""
    return [_timeline_line(book, item)
            for item in timeline.timeline_of(book, current(), customer, parts, limit)]


def _timeline_line(book: Book, item: TimelineItem) -> Line:
    meta = [moment(book, item.on_date, item.at), item.who]
    if item.kind == "move":
        lead, arrow, stage = item.title.rpartition("→ ")
        return Line("move", item.id, stage, item.text, lead + arrow, " · ", _joined(meta), icon=item.icon)
    if item.kind == "change":
        return Line("change", item.id, text=item.title, meta=_joined([*meta, item.text]), icon=item.icon)
    mark = " — " if item.kind == "activity" else " · "
    return Line(item.kind, item.id, item.title, item.text, mark=mark, meta=_joined(meta), icon=item.icon)


def contact_lines(book: Book, customer: int, limit: int) -> list[Line]:
    """The first `limit` contact people of a customer, those who are written under another company too."""
    people = contacts.rows(book, contacts.list_ids(book, customer=customer, limit=None if differs() else limit))
    rows = (by_name(people) if differs() else people)[:limit]
    ids = [row.id for row in rows]
    own = custom_fields.values_of(book, "contacts", ids)
    fields = custom_fields.listed(book, "contacts") if own else []
    said = {key: [f"{field.name}: {custom_fields.shown(current(), book.currency, field, values[field.id])}"
                  for field in fields if field.id in values] for key, values in own.items()}
    return [_contact_line(row, customer, said.get(row.id, [])) for row in rows]


def _contact_line(row: ContactRow, customer: int, own: Sequence[str]) -> Line:
    """A contact; one of another company belongs to the group "here", and is only taken off this card."""
    ways = [f"{way.label} {way.value}".strip() for way in sorted(row.channels, key=lambda way: not way.preferred)]
    here = row.customer_id != customer
    others = [one.customer for one in row.affiliations if one.customer_id != customer]
    others += [row.customer] if here and row.customer else []
    also = [tr(N_("also at {companies}"), companies=current().listed(others))] if others else []
    return Line("contact", row.id, row.name, row.role_at(customer), mark=" · ", meta=_joined([*ways, *also, *own]),
                icon="person", group="here" if here else "")


def deal_lines(book: Book, customer: int, limit: int) -> list[Line]:
    """The first `limit` deals of a customer, open ones first, then its payments under their own heading."""
    found = deals.rows(book, deals.list_ids(book, DealFilter(customers=(customer,)), "created_on", True, limit))
    lines = [_deal_line(book, row) for row in sorted(found, key=lambda row: row.status != "open")]
    wanted = PaymentFilter(customers=(customer,))
    money = payments.rows(book, payments.list_ids(book, wanted, "due", True, max(0, limit - len(lines))))
    if money:
        planned = sorted((row for row in money if row.received_on is None), key=lambda row: row.due_on or date.max)
        received = sorted((row for row in money if row.received_on is not None),
                          key=lambda row: row.received_on or date.min, reverse=True)
        lines.append(Line("heading", title=tr(N_("Payments"))))
        lines += [_payment_line(book, row) for row in (*planned, *received)]
    return lines[:limit]


def _deal_line(book: Book, row: DealRow) -> Line:
    today, meta = book.today(), [row.stage]
    if row.status == "open":
        meta.append(current().rate(row.probability / 100, 0))
        if row.expected_on is not None:
            meta.append(tr(N_("expected {day}"), day=short(row.expected_on, today)))
    elif row.closed_on is not None:
        meta.append(short(row.closed_on, today))
    late = row.status == "open" and row.expected_on is not None and row.expected_on < today
    icon = {"won": "won", "lost": "lost"}.get(row.status, "deals")
    return Line("deal", row.id, row.name, meta=_joined(meta), meta_tone="bad" if late else "", icon=icon,
                end=current().money(row.amount, row.currency))


def _payment_line(book: Book, row: PaymentRow) -> Line:
    today, money = book.today(), current().money(row.amount, row.currency)
    if row.received_on is not None:
        meta = [tr(N_("Received {day}"), day=short(row.received_on, today)),
                tr(METHODS.get(row.method or "", row.method or ""))]
        return Line("payment", row.id, text=row.name or tr(N_("Payment")), meta=_joined(meta), icon="check", end=money)
    meta = [tr(N_("Due {day}"), day=short(row.due_on, today)) if row.due_on else "", row.name]
    late = row.due_on is not None and row.due_on < today
    return Line("payment", row.id, money, mark=" · ", meta=_joined([tr(N_("Overdue")), *meta] if late else meta),
                meta_tone="bad" if late else "", icon="money", action=tr(N_("Receive")))


def task_lines(book: Book, customer: int, limit: int) -> list[Line]:
    """The first `limit` tasks of a customer: open ones by their day, then the ones done last."""
    def rows(wanted: TaskFilter, sort: str, descending: bool, most: int) -> Sequence[TaskRow]:
        return tasks.rows(book, tasks.list_ids(book, wanted, sort, descending, most))

    still = rows(TaskFilter(customers=(customer,), open_only=True), "due", False, limit)
    done = rows(TaskFilter(customers=(customer,), done_only=True), "done", True, limit - len(still))
    return [_task_line(book, row) for row in (*still, *done)]


def _task_line(book: Book, row: TaskRow) -> Line:
    today = book.today()
    if row.done_on is not None:
        meta = [tr(N_("Done {day}"), day=short(row.done_on, today))]
    else:
        meta = [_joined([short(row.due_on, today), row.due_time or ""], " ") if row.due_on else tr(N_("No date"))]
    late = row.group(today) == "overdue"
    meta = [tr(N_("Overdue")), *meta] if late else meta
    return Line("task", row.id, text=row.name, meta=_joined([*meta, row.deal or "", row.seller or ""]),
                meta_tone="bad" if late else "", checked=row.done_on is not None)


def document_lines(book: Book, customer: int, limit: int) -> list[Line]:
    """The newest `limit` documents of a customer, and of their contact people, deals and tasks."""
    return [document_line(book, item, "customers")
            for item in attachments.documents(book, "customers", customer, limit)]


def _joined(parts: Sequence[str], between: str = " · ") -> str:
    return between.join(part for part in parts if part)
