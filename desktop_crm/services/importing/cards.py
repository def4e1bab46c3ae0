"""Files of cards in an import: their columns are known, persons of no company may be customers, and what a row of
cells cannot hold (labels, further addresses, photos) comes from the cards themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_crm.domain.cards import LABELS, Card, Cards
from desktop_crm.domain.channels import normal
from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing import MORE, ColumnMapping, Mapping, Problem, fields
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing.additions import Additions
from desktop_crm.services.importing.draft import LEFT_OUT
from desktop_crm.services.importing.plan import Plan
from desktop_crm.storage import attachments, importing
from desktop_crm.storage.unit_of_work import Connection

EACH, APART = "each", "apart"
"""What becomes of the cards of a file: each a record of the kind, or persons without a company customers."""
KINDS = ("contacts", "customers")
"""What cards can be."""
BY_CARD = N_("The card has it there.")

_BOTH = {"Name": "name", "E-mails": "emails", "Phones": "phones", "Address": "address", "City": "city",
         "State": "region", "Postcode": "postcode", "Country": "country", "Birthday": "birthday", "Notes": "notes",
         "UID": "external_id"}
_FIELDS = {
    "contacts": _BOTH | {"Company": "customer", "Job title": "role", "Kind": "", "Web page": ""},
    "customers": _BOTH | {"Company": "company", "Kind": "kind", "Web page": "website", "Nickname": "call_name",
                          "Tags": "tags"},
}
_OWNERS = {"contacts": "contact_id", "customers": "customer_id"}
_PLACE = ("label", "street", "city", "region", "postcode", "country")


def mapping(table: RawTable, kind: str) -> Mapping:
    """What the columns of a file of cards become; a column without a field is kept in the notes with its heading."""
    known = {item.key for item in fields(kind)}
    rest = MORE if MORE in known else ""
    columns = []
    for index, name in enumerate(table.columns):
        field = _FIELDS.get(kind, _BOTH).get(name, rest)
        field = field if field in known else ""
        columns.append(ColumnMapping(index, name, field, BY_CARD if field else "",
                                     order="YMD" if field == "birthday" else ""))
    return Mapping(kind, tuple(columns), cards=EACH)


def told(given: Mapping, table: RawTable, apart: bool) -> Mapping:
    """The mapping of a file of cards with what becomes of persons of no company; that of a table as it is."""
    return given if table.cards is None else replace(given, cards=APART if apart and given.kind == "contacts" else EACH)


def taken(given: Mapping, table: RawTable, column: ColumnMapping) -> bool:
    """Whether a column without a field comes in with the cards themselves: their web pages, and what each one is."""
    if table.cards is None:
        return False
    return column.column == "Web page" or (column.column == "Kind" and (given.cards == APART or all(
        table.cards.whole[number].kind == "person" for number in table.lines)))


def apart(table: RawTable, given: Mapping) -> list[tuple[list[int], Mapping]]:
    """The rows (from 0) that become customers, persons of no company and companies, and those that become contacts.

    What was said by hand about a column holds for both, where both have the field.
    """
    whole = table.cards.whole if table.cards is not None else {}
    customers = [row for row, number in enumerate(table.lines)
                 if whole[number].kind == "company" or not whole[number].company]
    there = set(customers)
    contacts = [row for row in range(len(table.rows)) if row not in there]
    usual = {column.index: column.field for column in mapping(table, given.kind).columns}
    theirs = {column.index: column for column in mapping(table, "customers").columns}
    known = {item.key for item in fields("customers")}
    columns = [theirs[column.index] if column.field == usual[column.index] else replace(
        column, field=column.field if not column.field or column.field in known else MORE) for column in given.columns]
    own = replace(given, cards=EACH)
    found = [(customers, replace(own, kind="customers", columns=tuple(columns))), (contacts, own)]
    return [(rows, part) for rows, part in found if rows]


def problems(cards: Cards) -> list[Problem]:
    """The broken cards of a file, each with its number."""
    return [Problem(broken.number, "vCard", broken.message, {"fate": LEFT_OUT}) for broken in cards.broken]


def complete(connection: Connection, book: Book, plan: Plan, cards: Cards) -> None:
    """Give the rows of a plan what their cards hold besides."""
    if plan.made.kind not in _OWNERS:
        return
    rows = [(row, row_id, cards.whole[plan.made.lines[row]]) for row, row_id in enumerate(plan.ids) if row_id]
    targets = [target for target in plan.targets if target is not None]
    made = [_channels(connection, book, plan, rows, targets), _addresses(connection, book, plan, rows, targets),
            _photos(connection, book, plan, rows, targets)]
    instead = {addition.table for addition in made}
    plan.additions = [*(item for item in plan.additions if item.table not in instead),
                      *(item for item in made if item.owners)]


Rows = Sequence[tuple[int, int, Card]]


def _channels(connection: Connection, book: Book, plan: Plan, rows: Rows, targets: Sequence[int]) -> Additions:
    """All ways to reach someone that they do not have yet, with their labels; of each kind one may be preferred."""
    owner, country = _OWNERS[plan.made.kind], book.business.country
    found = Additions("channels", [], {key: [] for key in (
        owner, "kind", "value", "normal", "label", "preferred", "position")})
    present: dict[int, dict[tuple[str, str], bool]] = {}
    for key, kind, value, known, preferred in importing.rows(
            connection, "channels", ("kind", "value", "normal", "preferred"), targets, by=owner):
        present.setdefault(key, {})[kind, known or value] = bool(preferred)
    for row, row_id, card in rows:
        there = present.setdefault(row_id, {})
        old = plan.targets[row] is not None
        for way in card.ways:
            key = (way.kind, normal(way.kind, way.value, country) or way.value)
            if key in there or not _wanted(plan, way.kind, way.value, row, old):
                continue
            preferred = way.preferred and not any(on for (kind, _), on in there.items() if kind == way.kind)
            _add(found, owner, row_id, {
                "kind": way.kind, "value": way.value, "normal": normal(way.kind, way.value, country),
                "label": _label(book, way.label), "preferred": int(preferred), "position": len(there)})
            there[key] = preferred
    return found


def _wanted(plan: Plan, kind: str, value: str, row: int, old: bool) -> bool:
    """Whether a way is to be taken: its column was not left out, nor kept as it is, and it is not the website."""
    field = {"email": "emails", "phone": "phones"}.get(kind)
    if field is not None:
        return field in plan.made.values and not (old and field in plan.made.mapping.kept)
    return kind != "web" or plan.made.column("website")[row] != value


def _addresses(connection: Connection, book: Book, plan: Plan, rows: Rows, targets: Sequence[int]) -> Additions:
    """The addresses that they do not have yet, with their labels; a customer's first one stands in its own fields."""
    owner = _OWNERS[plan.made.kind]
    found = Additions("addresses", [], {key: [] for key in (owner, *_PLACE, "position")})
    present: dict[int, set[tuple[Any, ...]]] = {}
    for key, *place in importing.rows(connection, "addresses", _PLACE[1:], targets, by=owner):
        present.setdefault(key, set()).add(tuple(place))
    if not {"address", "city", "region", "postcode", "country"} & set(plan.made.values):
        return found
    for row, row_id, card in rows:
        if plan.targets[row] is not None and "address" in plan.made.mapping.kept:
            continue
        there = present.setdefault(row_id, set())
        for place in card.places[1 if plan.made.kind == "customers" else 0:]:
            country = country_code(place.country) or place.country
            said = tuple(text or None for text in (place.street, place.city, place.region, place.postcode, country))
            if said not in there:
                _add(found, owner, row_id, dict(zip(_PLACE, (_label(book, place.label), *said), strict=True))
                     | {"position": len(there)})
                there.add(said)
    return found


def _photos(connection: Connection, book: Book, plan: Plan, rows: Rows, targets: Sequence[int]) -> Additions:
    """The photos that they do not have yet; the bytes are kept by `keep`."""
    owner = _OWNERS[plan.made.kind]
    found = Additions("attachments", [], {key: [] for key in (
        owner, "kind", "name", "media_type", "size", "sha256", "on_date")})
    present = set(map(tuple, importing.rows(connection, "attachments", ("sha256",), targets, by=owner)))
    for _, row_id, card in rows:
        if card.photo is None:
            continue
        sha256 = hashlib.sha256(card.photo.data).hexdigest()
        if (row_id, sha256) not in present:
            present.add((row_id, sha256))
            _add(found, owner, row_id, {
                "kind": "photo", "name": card.photo.file_name(card.name), "media_type": card.photo.media_type,
                "size": len(card.photo.data), "sha256": sha256, "on_date": book.today().isoformat()})
    return found


def _add(found: Additions, owner: str, row_id: int, values: MappingOf[str, Any]) -> None:
    found.owners.append(row_id)
    found.columns[owner].append(row_id)
    for key, value in values.items():
        found.columns[key].append(value)


def _label(book: Book, label: str) -> str | None:
    """A label that every program knows in the file's language; another one as it is written."""
    return book.language.say(LABELS[label]) if label in LABELS else label[:100] or None


def keep(book: Book, plans: Sequence[Plan], cards: Cards) -> None:
    """Keep the photos that the plans name, beside the file; FileRefused where that cannot be."""
    wanted = {sha256 for plan in plans for addition in plan.additions if addition.table == "attachments"
              for sha256 in addition.columns["sha256"]}
    for card in cards.whole.values() if wanted else ():
        if card.photo is not None and hashlib.sha256(card.photo.data).hexdigest() in wanted:
            attachments.put(book.path, card.photo.data)
