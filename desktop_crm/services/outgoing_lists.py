"""Records of any kind as a table whose headings and words an import understands again, field for field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date, datetime
from typing import Any

from desktop_crm.domain import (
    activities,
    contacts,
    customers,
    deal_texts,
    deals,
    payments,
    products,
    reminders,
    sellers,
    tasks,
)
from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.domain.accounts import METHODS, STATES
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.importing import TITLES
from desktop_crm.domain.reminders import Reminded
from desktop_crm.domain.values import decimal, to_major
from desktop_crm.i18n import Language, language
from desktop_crm.reports.report import Cell, Column, Report, Table, ValueType
from desktop_crm.services import outgoing_people
from desktop_crm.services.book import Book
from desktop_crm.services.importing import own
from desktop_crm.storage import custom_fields, listing, records
from desktop_crm.storage import customers as storage
from desktop_crm.storage.unit_of_work import Connection

_ON_ACCOUNT = Field("on_account", N_("On account"), FieldType.YES_NO)
_FIELDS: dict[str, tuple[Field, ...]] = {
    "customers": customers.FIELDS, "contacts": contacts.FIELDS, "tasks": tasks.FIELDS,
    "deals": (*deals.FIELDS, _ON_ACCOUNT, Field("return_of_id", N_("Return of"), FieldType.LINK, link="deals")),
    "payments": (*payments.FIELDS, Field("state", N_("State"), FieldType.CHOICE, choices=STATES), _ON_ACCOUNT,
                 Field("taking", N_("Taking"))),
    "products": products.FIELDS, "sellers": sellers.FIELDS, "activities": activities.FIELDS,
}
KINDS = tuple(_FIELDS)
"""The kinds of records that leave as lists."""
_OWNERS = {"customers": "customer_id", "contacts": "contact_id"}
_NOT_BROUGHT = frozenset({"at"})  # it stands with the date
_INSTANTS = {"on_date": "at", "done_on": "done_at"}
_TOLD_APART = {"customer_id": ("customers_ref", N_("Customer ID")), "contact_id": ("contacts_ref", N_("Contact ID")),
               "deal_id": ("deals_ref", N_("Deal ID")), "return_of_id": ("return_of", N_("Return of")),
               "parent_id": ("parent_ref", N_("Belongs to: ID")), "seller_id": ("seller_ref", N_("Seller ID"))}
_ONLY_APART = frozenset({"return_of_id"})  # a sale's name tells it from no other
_OUR_ID = "External ID (Desktop CRM)"  # the bare words would be taken for another program's export
_WAYS = {"phone": "Phone", "email": "E-mail"}
_TYPES = {FieldType.DATE: ValueType.DATE, FieldType.MONEY: ValueType.MONEY, FieldType.INTEGER: ValueType.COUNT}
_OWN_TYPES = {"date": ValueType.DATE, "money": ValueType.MONEY, "number": ValueType.NUMBER}
_OF_DEALS = (("product", "Product"), ("quantity", "Quantity"), ("price", "Price"), ("lines", "Deal lines"),
             ("stage_log", "Stage log"))
_OF_TASKS = (("ring", "Rings at"),)
_OFFERED_WAYS = 3  # e-mails and phones that a profile can pick
_PART = 5000

Progress = Callable[[int, int], None]
Filled = tuple[Column, list[Cell]]


@dataclass(slots=True)
class _Read:
    """What was read of the records on their way: their rows by id, and what hangs on them."""

    rows: dict[int, dict[str, Any]] = made_by(default_factory=dict)
    identities: dict[str, dict[int, str]] = made_by(default_factory=dict)  # by kind
    ways: dict[int, Sequence[customers.Channel]] = made_by(default_factory=dict)
    tags: dict[int, list[tuple[int, str]]] = made_by(default_factory=dict)
    places: dict[int, list[Sequence[Any]]] = made_by(default_factory=dict)
    lines: dict[int, list[listing.Sold]] = made_by(default_factory=dict)
    moves: dict[int, list[listing.Moved]] = made_by(default_factory=dict)
    namesakes: set[int] = made_by(default_factory=set)  # sellers whose name does not tell who they are
    hanging: outgoing_people.Hanging = made_by(default_factory=outgoing_people.Hanging)

    def add(self, connection: Connection, kind: str, part: Sequence[int]) -> None:
        """Read some more records."""
        rows = {row["id"]: row for row in listing.rows(connection, kind, part)}
        self.rows |= rows
        self._identify(connection, kind, list(rows))
        for item in _FIELDS[kind]:
            if item.key in _TOLD_APART:
                self._identify(connection, item.link, [row[item.key] for row in rows.values() if row[item.key]])
        self.namesakes |= listing.namesakes(connection)
        if kind in _OWNERS:
            self.ways |= storage.channels(connection, _OWNERS[kind], part)
            self.places |= listing.places(connection, _OWNERS[kind], part)
            self.hanging.add(connection, kind, part)
        if kind == "customers":
            self.tags |= storage.tags(connection, part)
        if kind == "deals":
            self.lines |= listing.sold(connection, part)
            self.moves |= listing.moves(connection, part)

    def ref(self, item: Field, one: int) -> str | None:
        """What tells the record that one is linked to from others of its name; sellers only where there are such."""
        linked = self.rows[one][item.key]
        return None if item.link == "sellers" and linked not in self.namesakes else self.identities[item.link].get(
            linked)

    def _identify(self, connection: Connection, kind: str, wanted: Sequence[int]) -> None:
        known = self.identities.setdefault(kind, {})
        known |= listing.identities(connection, kind, sorted(set(wanted).difference(known)))


def table(book: Book, kind: str, wanted: Sequence[int], progress: Progress | None = None) -> Report:
    """The records of a kind with these ids, in this order, as a report of one table with a row each.

    Every field has a column that any of them fills, every e-mail and phone two: its label and its value. Headings and
    words are English, which other programs know, and this one whatever the language of the file that it comes to; the
    business's own fields are called as it calls them. Each record says by what it is known again, its external id or
    else its uid, and so does each one that it belongs to. `progress` may raise to stop.
    """
    words = language("en")
    read = _Read()
    for start in range(0, len(wanted), _PART):
        with book.read() as connection:
            read.add(connection, kind, wanted[start:start + _PART])
        if progress is not None:
            progress(min(start + _PART, len(wanted)), len(wanted))
    ids = [key for key in wanted if key in read.rows]
    columns = [*_common(book, kind, read, ids, words), *_sold(book, read, ids), *_reach(read.ways, ids),
               *(_people(kind, read, ids, words) if kind in _OWNERS else ()),
               *_tagged(read.tags, ids, words), *_own(book, kind, read.rows, ids, words),
               *(_told_whole(read, ids) if kind == "deals" else ()),
               *(_rings(book, read.rows, ids, words) if kind == "tasks" else ())]
    title = words.say(TITLES[kind])
    made = Table(kind, title, tuple(column for column, _ in columns),
                 tuple(zip(*(cells for _, cells in columns), strict=True)), kind=kind, ids=tuple(ids))
    return Report(kind, title, book.business.name, book.currency, words.code, None, None, tables=(made,))


def _common(book: Book, kind: str, read: _Read, ids: Sequence[int], words: Language) -> list[Filled]:
    """The columns of the fields that all businesses have: links by name, and by what tells equal names apart."""
    found: list[Filled] = []
    usual = records.defaults(kind)
    for item in _FIELDS[kind]:
        if item.key in _NOT_BROUGHT:
            continue
        if item.type is FieldType.MONEY:
            found += _amounts(book, item.key, words.say(item.title), [read.rows[one].get(item.key) for one in ids],
                              [read.rows[one].get("currency") for one in ids])
            continue
        cells = [_field(book, kind, item, read, one, words, bool(usual.get(item.key))) for one in ids]
        shape = _TYPES.get(item.type, ValueType.TEXT)
        if item.key == "name" or any(cell not in (None, "") for cell in cells):
            title = _OUR_ID if item.key == "external_id" else words.say(item.title)
            found.append((Column(item.key, title, shape), cells))
        if item.key in _TOLD_APART:
            refs: list[Cell] = [read.ref(item, one) for one in ids]
            if any(refs):
                key, title = _TOLD_APART[item.key]
                found.append((Column(key, words.say(title)), refs))
    if any("currency" in row for row in read.rows.values()):
        found.append((Column("currency", words.say(N_("Currency"))), [read.rows[one]["currency"] for one in ids]))
    return found


def offered(book: Book, kind: str) -> list[tuple[str, str]]:
    """Every column that a list of a kind can have, as (key, heading), also those that no record fills now."""
    words = language("en")
    found: list[tuple[str, str]] = []
    for item in _FIELDS[kind]:
        if item.key not in _NOT_BROUGHT | _ONLY_APART:
            found.append((item.key, _OUR_ID if item.key == "external_id" else words.say(item.title)))
        if item.key in _TOLD_APART:
            key, title = _TOLD_APART[item.key]
            found.append((key, words.say(title)))
    if "currency" in records.table(kind).columns:
        found.append(("currency", words.say(N_("Currency"))))
    if kind in _OWNERS:
        found += [(f"{way}_{number}_{what.lower()}", f"{title} {number} - {what}") for way, title in _WAYS.items()
                  for number in range(1, _OFFERED_WAYS + 1) for what in ("Label", "Value")]
        found += outgoing_people.offered(kind, words)
    if kind == "customers":
        found.append(("tags", words.say(N_("Tags"))))
    with book.read() as connection:
        own_fields = custom_fields.listed(connection, kind) if kind in own_rules.KINDS else []
    found += [(own_rules.key(item), own.heading(item.name, kind, book.language)) for item in own_fields]
    return found + list({"deals": _OF_DEALS, "tasks": _OF_TASKS}.get(kind, ()))


def _field(book: Book, kind: str, item: Field, read: _Read, one: int, words: Language, usual: bool) -> Cell:
    """One common field of one record; `usual` is whether a yes or no is yes where nothing is said."""
    row = read.rows[one]
    value = row.get(item.key.removesuffix("_id") if item.type is FieldType.LINK else item.key)
    if item.key == "external_id":
        return read.identities[kind][one]
    if item.type is FieldType.YES_NO and usual and not value:
        return words.say(N_("No"))
    if item.key == "method" and value in METHODS:
        return words.say(METHODS[value])
    if row.get(_INSTANTS.get(item.key, "")) is not None:
        at = datetime.fromisoformat(row[_INSTANTS[item.key]])
        if book.business.day_of(at).isoformat() == str(value):  # the hour goes along
            return str(book.business.local(at))
    return _cell(item, value, words)


def _amounts(book: Book, key: str, title: str, amounts: Sequence[int | None],
             currencies: Sequence[str | None]) -> list[Filled]:
    """A column of money: in the business's currency, or plain numbers where some are in another one."""
    if all(amount is None for amount in amounts):
        return []
    if set(currencies) <= {None, book.currency}:
        return [(Column(key, title, ValueType.MONEY), list(amounts))]
    return [(Column(key, title, ValueType.NUMBER), [
        None if amount is None else major(amount, currency or book.currency)
        for amount, currency in zip(amounts, currencies, strict=True)])]


def major(amount: int, currency: str) -> Cell:
    """Minor units as a number of major ones; as text where no number of a spreadsheet holds them."""
    exact = to_major(amount, currency)
    number = float(exact)
    return (int(exact) if number.is_integer() else number) if abs(amount) < 10**15 else format(exact, "f")


def _sold(book: Book, read: _Read, ids: Sequence[int]) -> list[Filled]:
    """Product, quantity and price of the deals with one line, which other programs read."""
    one_line = {deal: lines[0] for deal, lines in read.lines.items() if _is_one(lines)}
    if not one_line:
        return []
    products: list[Cell] = [one_line[one].product if one in one_line else None for one in ids]
    quantities: list[Cell] = [_thousandths(one_line[one].quantity) if one in one_line else None for one in ids]
    prices = [one_line[one].price if one in one_line else None for one in ids]
    return [(Column("product", "Product"), products), (Column("quantity", "Quantity", ValueType.NUMBER), quantities),
            *_amounts(book, "price", "Price", prices, [read.rows[one]["currency"] for one in ids])]


def _is_one(lines: Sequence[listing.Sold]) -> bool:
    """Whether a row can say a deal's lines for other programs: one product of the list, so many, at a price."""
    return len(lines) == 1 and lines[0].alone and lines[0].quantity != 0 and lines[0].price is not None


def _is_told(lines: Sequence[listing.Sold], amount: int | None) -> bool:
    """Whether product, quantity and price say all that there is of a deal's lines."""
    return _is_one(lines) and lines[0].cost is None and amount is not None


def _told_whole(read: _Read, ids: Sequence[int]) -> list[Filled]:
    """The lines of the deals that product, quantity and price do not tell, and the stage log of each, in one cell."""
    lines: list[Cell] = [
        None if _is_told(read.lines.get(one, ()), read.rows[one]["amount"]) else deal_texts.written(
            _line(line, read.rows[one]["currency"]) for line in read.lines.get(one, ())) for one in ids]
    logs: list[Cell] = [deal_texts.written(_move(move, read.rows[one]["currency"]) for move in read.moves.get(one, ()))
                        for one in ids]
    return [(Column(key, title), cells) for key, title, cells in (
        ("lines", "Deal lines", lines), ("stage_log", "Stage log", logs)) if any(cells)]


def _line(line: listing.Sold, currency: str) -> dict[str, object]:
    return {"product": line.product, "id": None if line.alone else line.identity,
            "item": None if line.product is not None else line.item, "quantity": deal_texts.quantity(line.quantity),
            "price": decimal(line.price, currency), "cost": decimal(line.cost, currency)}


def _move(move: listing.Moved, currency: str) -> dict[str, object]:
    return {"day": move.on_date, "at": move.at, "from": move.before, "from_pipeline": move.before_pipeline,
            "to": move.after, "pipeline": move.pipeline, "amount": decimal(move.amount, currency),
            "seller": move.seller, "seller_id": move.seller_identity}


def without_lines(book: Book, wanted: Sequence[int], keys: Collection[str]) -> int:
    """How many of these deals have lines that a table of the columns `keys` does not say."""
    found = 0
    for start in range(0, len(wanted), _PART) if "lines" not in keys else ():
        with book.read() as connection:
            lines = listing.sold(connection, wanted[start:start + _PART])
        found += sum(not ({"product", "quantity", "price"} <= {*keys} and _is_one(items)) for items in lines.values())
    return found


def staying(book: Book, kind: str, wanted: Sequence[int]) -> int:
    """How many of these records have documents, receipts or marks in a checklist, which no list holds."""
    found = 0
    for start in range(0, len(wanted), _PART):
        with book.read() as connection:
            found += listing.staying(connection, kind, wanted[start:start + _PART])
    return found


def _thousandths(quantity: int) -> Cell:
    return quantity // 1000 if quantity % 1000 == 0 else quantity / 1000


def _rings(book: Book, rows: Mapping[int, dict[str, Any]], ids: Sequence[int], words: Language) -> list[Filled]:
    """When reminders ring that were put off or wait for an answer, "No" for those that were answered before time.

    Of all others it follows from the day and the reminder.
    """
    cells: list[Cell] = []
    for one in ids:
        due, done, ring = (rows[one][key] for key in ("due_on", "done_on", "ring_at"))
        usual = reminders.next_ring(book.business, Reminded(
            one, due and date.fromisoformat(due), rows[one]["due_time"], rows[one]["remind_minutes"],
            done and date.fromisoformat(done)), book.now())
        at = ring and datetime.fromisoformat(ring)
        cells.append(None if at == usual else str(book.business.local(at)) if at else words.say(N_("No")))
    return [(Column(*_OF_TASKS[0]), cells)] if any(cells) else []


def _own(book: Book, kind: str, rows: Mapping[int, dict[str, Any]], ids: Sequence[int],
         words: Language) -> list[Filled]:
    """The business's own fields that any of them fills, each value as its type is written."""
    with book.read() as connection:
        fields = custom_fields.listed(connection, kind)
    values = {one: own_rules.read(rows[one]["custom"]) for one in ids} if fields else {}
    found: list[Filled] = []
    for field in fields:
        cells = [_own_cell(field, values[one].get(field.id), words) for one in ids]
        if any(cell is not None for cell in cells):
            title = own.heading(field.name, kind, book.language)
            found.append((Column(own_rules.key(field), title, _OWN_TYPES.get(field.type, ValueType.TEXT)), cells))
    return found


def _own_cell(field: CustomField, value: Any, words: Language) -> Cell:
    if value is None:
        return None
    if field.type == "yes_no":
        return words.say(N_("Yes")) if value else words.say(N_("No"))
    return date.fromisoformat(value) if field.type == "date" else value


def _cell(item: Field, value: Any, words: Language) -> Cell:
    """A value as its column holds it: a choice by its title, yes where it is so, days as days."""
    if value is None or value == "":
        return None
    if item.type is FieldType.YES_NO:
        return words.say(N_("Yes")) if value else None
    if item.type is FieldType.DATE:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if item.type is FieldType.CHOICE:
        return words.say(item.choices[value]) if value in item.choices else str(value)
    return value if isinstance(value, int) else str(value)


def _reach(ways: Mapping[int, Sequence[customers.Channel]], ids: Sequence[int]) -> list[Filled]:
    """"Phone 1 - Label", "Phone 1 - Value" …: the headings that phone books write, known in every language."""
    found: list[Filled] = []
    for kind, title in _WAYS.items():
        mine = [[way for way in ways.get(one, ()) if way.kind == kind] for one in ids]
        for number in range(max(map(len, mine), default=0)):
            here = [own[number] if number < len(own) else None for own in mine]
            labels: list[Cell] = [way.label or None if way else None for way in here]
            values: list[Cell] = [way.value if way else None for way in here]
            for what, cells in (("Label", labels), ("Value", values)):
                if what == "Value" or any(cells):
                    column = Column(f"{kind}_{number + 1}_{what.lower()}", f"{title} {number + 1} - {what}")
                    found.append((column, cells))
    return found


def _people(kind: str, read: _Read, ids: Sequence[int], words: Language) -> list[Filled]:
    """Messengers, further addresses and what has no plain column.

    There is an empty column of phones where nobody has one, or WhatsApp would become it.
    """
    found = outgoing_people.messengers(read.ways, ids)
    phones = any(way.kind == "phone" for ways in read.ways.values() for way in ways)
    if found and not phones:
        found.append((Column("phone_1_value", "Phone 1 - Value"), [None] * len(ids)))
    return [*found, *outgoing_people.addresses(kind, read.places, ids, words),
            *outgoing_people.whole(kind, read.hanging, read.ways, read.places, ids, words)]


def _tagged(tags: Mapping[int, Sequence[tuple[int, str]]], ids: Sequence[int], words: Language) -> list[Filled]:
    cells: list[Cell] = ["; ".join(name for _, name in tags.get(one, ())) or None for one in ids]
    return [(Column("tags", words.say(N_("Tags"))), cells)] if any(cells) else []
