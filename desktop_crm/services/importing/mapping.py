"""Columns → fields: by the heading in several languages, by the cells, and by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import (
    KINDS,
    ColumnMapping,
    ImportField,
    Mapping,
    dates,
    every,
    fields,
    headings,
    numbers,
    parted,
    required,
)
from desktop_crm.domain.importing.fields import BESIDE, NAME_PARTS, PLACE
from desktop_crm.domain.importing.names import lacks
from desktop_crm.domain.importing.shapes import recognised
from desktop_crm.domain.values import squash
from desktop_crm.i18n import Language
from desktop_crm.readers import RawTable, Value
from desktop_crm.services.book import Book
from desktop_crm.services.importing import beside, cards, content, labels, own
from desktop_crm.services.importing.cells import text_of

BY_HEADING = N_("The heading says so.")
BY_CELLS = N_("The cells look like it.")
BY_HAND = N_("Chosen by hand.")
BY_SHAPE = N_("A known export.")
AS_BEFORE = N_("As the last time.")

_MATCHES = {"customers": ("emails", "phones", "registration", "tax_number"), "contacts": ("emails", "phones")}
_ALIASES = {"email": "emails", "phone": "phones", "tag": "tags", "company": "customer",
            "account": "customer", "client": "customer", "id": "external_id"}
_WHICH_ADDRESS = re.compile(
    r"^(default|billing|mailing|mail|postal|po|primary)[\s_]*(address[\s_]+)?(?=[A-Za-z])", re.IGNORECASE)
_NUMBERED_ADDRESS = re.compile(r"address\s*([1-3])\s*:\s*(.+)", re.IGNORECASE)
_DATE_FIRST = {"deals": "created", "payments": "received", "activities": "date", "tasks": "due"}


def propose(table: RawTable, kind: str, book: Book) -> Mapping:
    """The likeliest field of every column, each with its reason; what fits nothing is not imported."""
    if table.cards is not None:
        return cards.mapping(table, kind)
    columns = [[row[index] for row in table.rows] for index in range(len(table.columns))]
    samples = [content.sample(column) for column in columns]
    names = table.columns
    shape = recognised(names) if kind in BESIDE else None
    by_shape = beside.of_shape(shape, names, kind, [len(cells) for cells in samples]) if shape else {}
    mine = offered(book, kind)
    by_name = {index: field for index, field in own.by_name(names, mine, kind, book.language).items()
               if index not in by_shape}
    taken = {item.key for item in every(kind) if not item.many} & set(by_shape.values())
    by_prefix = {index: field for index, field in beside.by_prefix(names, kind, _plainly).items()
                 if index not in by_shape and field not in taken}
    chosen = _by_heading(names, columns, samples, kind, book.language, {**by_prefix, **by_shape, **by_name})
    reasons = dict.fromkeys(chosen, BY_HEADING) | dict.fromkeys(by_shape, BY_SHAPE)
    more = beside.left_over(names, samples, kind, chosen, _plainly)
    found = _by_cells(names, columns, samples, kind, {**chosen, **more})
    kept = beside.kept_in_notes(names, samples, kind, {**chosen, **more, **found}) if shape else {}
    chosen |= more | found | kept
    reasons |= dict.fromkeys(more, BY_HEADING) | dict.fromkeys(found, BY_CELLS) | dict.fromkeys(kept, BY_SHAPE)
    _only_number(chosen, "")
    for noun in BESIDE.get(kind, ()):
        _only_number(chosen, f"{noun}.")
    if kind == "customers":
        _company_is_the_name(chosen)
        _person_beside(columns, chosen)
    said = _order_said(samples)
    return Mapping(kind, tuple(
        formatted(ColumnMapping(index, name, chosen.get(index, ""), reasons[index] if chosen.get(index) else ""),
                  columns[index], kind, book, said)
        for index, name in enumerate(names)), shape=shape.code if shape else "", own=mine)


def offered(book: Book, kind: str) -> tuple[ImportField, ...]:
    """The fields of the business's own that columns can become in an import as `kind`."""
    with book.read() as connection:
        return own.offered(connection, kind)


def _plainly(name: str, kind: str) -> list[tuple[int, str]]:
    """What a heading may mean as a field of another kind, by its words alone."""
    known = headings.known(kind)
    parts = (name, re.sub(r"\(.*?\)|（.*?）|\[.*?\]", "", name), re.sub(r"\d+", "", name))
    return list(next((known[squash(part)] for part in parts if squash(part) in known), ()))


def formatted(column: ColumnMapping, cells: Sequence[Value], kind: str, book: Book,
              elsewhere: str = "") -> ColumnMapping:
    """The column with the date order (else that of days `elsewhere` in the table) or decimal sign that all of its cells
    together tell."""
    mine = offered(book, kind) if "own:" in column.field else ()
    item = next((item for item in (*every(kind), *mine) if item.key == column.field), None)
    country = book.business.country
    if item is not None and (item.type is FieldType.DATE or item.key.endswith("birthday")):
        return replace(column, order=dates.order_of(_texts(cells), country, elsewhere), decimal="")
    if item is not None and item.type in (FieldType.MONEY, FieldType.INTEGER, FieldType.QUANTITY):
        return replace(column, decimal=numbers.decimal_sign(_texts(cells), numbers.usual_sign(country)), order="")
    return replace(column, order="", decimal="")


def _order_said(samples: Sequence[Sequence[Value]]) -> str:
    """The one order, day or month first, that the unambiguous days of a table are written in; "" for none or both."""
    found = set()
    for cells in samples:
        texts = [cell for cell in cells if isinstance(cell, str)]
        if texts and all(map(dates.in_figures, texts[:20])):
            found.add(dates.order_said(texts))
    found -= {"", "YMD"}
    return found.pop() if len(found) == 1 else ""


def _texts(cells: Sequence[Value]) -> set[str]:
    return {cell for cell in cells if isinstance(cell, str)}


def _by_heading(names: Sequence[str], columns: Sequence[Sequence[Value]], samples: Sequence[Sequence[Value]],
                kind: str, words: Language, known: dict[int, str]) -> dict[int, str]:
    """The field of each column whose heading is known and whose cells can be that; the surest word wins.

    What is `known` of columns already stands.
    """
    items = {item.key: item for item in fields(kind)}
    ranked = sorted((not samples[index], rank, index, key) for index, name in enumerate(names)
                    for rank, key in _meanings(name, kind, words))
    chosen = dict(known)
    for _, rank, index, key in ranked:  # a column without a word in it comes last
        item = items[key]
        sure = key == "name" and rank < headings.SURE  # a column of names may hold whatever it likes
        if index in chosen or (key in chosen.values() and not item.many):
            continue
        if key == "external_id" and ("phones" in (other for _, other in _meanings(names[index], kind, words))
                                     and content.share(samples[index], content.is_phone) >= 0.8):
            continue  # "Numero" is what one is called by
        if (sure or content.fits(item, kind, samples[index])) and (key != "external_id" or _unique(columns[index])):
            is_country = key == "city" and content.share(samples[index], content.is_country) >= 0.6
            chosen[index] = "country" if is_country and "country" not in chosen.values() else key
    _two_places(names, chosen, words, kind)
    _given_name(names, columns, chosen)
    return chosen


def _two_places(names: Sequence[str], chosen: dict[int, str], words: Language, kind: str) -> None:
    """Streets at home and at work are two addresses: the first that stands there, and the second one."""
    places = {index: labels.of_heading(names[index]) for index, key in chosen.items() if key == "address"}
    order = list(dict.fromkeys(places[index] for index in sorted(places)))
    if len(order) < 2 or "address_2" in chosen.values() or "" in order[1:2]:
        return
    chosen |= {index: "address_2" for index, label in places.items() if label == order[1]}
    for index, name in enumerate(names):
        if index not in chosen and labels.of_heading(name) == order[1]:
            part = next((key for _, key in _meanings(name, kind, words) if key in PLACE), "")
            if part and f"{part}_2" not in chosen.values():
                chosen[index] = f"{part}_2"


def _given_name(names: Sequence[str], columns: Sequence[Sequence[Value]], chosen: dict[int, str]) -> None:
    """A name beside a surname that it is not made of is the given one (名字, Pangalan); nom beside prénom is the
    surname."""
    places = {key: index for index, key in chosen.items()}
    index, last = places.get("name"), places.get("last_name")
    if index is None or (last is not None and "first_name" in places):
        return
    if last is None:
        if {"nom": "prenom", "name": "vorname"}.get(squash(names[index])) in {squash(name) for name in names}:
            chosen[index] = "last_name"
        return
    rows = [(text_of(name), text_of(surname)) for name, surname in zip(columns[index], columns[last], strict=True)]
    apart = [lacks(name, surname) for name, surname in rows if name and surname]
    if 2 * sum(apart) > len(apart):
        chosen[index] = "first_name"


def _meanings(name: str, kind: str, words: Language) -> list[tuple[int, str]]:
    """What a heading may mean: as it stands, without brackets, without a number, each half of "Nama / Name".

    Last, a place without the word for which address it is: "Default Address Zip", "Billing address".
    """
    numbered = _NUMBERED_ADDRESS.fullmatch(name.strip())
    if numbered is not None:
        number = "" if numbered[1] == "1" else f"_{numbered[1]}"
        return [(rank, f"{field}{number}") for rank, field in _meanings(numbered[2], kind, words) if field in PLACE]
    known = headings.known(kind)
    own = {squash(words.say(item.title)): ((400, item.key),) for item in fields(kind)}
    parts = [name, re.sub(r"\(.*?\)|（.*?）|\[.*?\]", "", name), re.sub(r"\d+", "", name), *re.split(r"[/|(（]", name)]
    for part in parts:
        key = squash(part)
        if key in known or key in own:
            return list(known.get(key) or own[key])
    place = _WHICH_ADDRESS.sub("", name, count=1)
    return [] if place == name else [found for found in known.get(squash(place), ()) if found[1] in PLACE]


def _unique(column: Sequence[Value]) -> bool:
    """Whether a column can name each row: hardly a value comes twice."""
    texts = [text for cell in column if (text := text_of(cell))]
    return len(set(texts)) >= 0.99 * len(texts)


def _by_cells(names: Sequence[str], columns: Sequence[Sequence[Value]], samples: Sequence[Sequence[Value]], kind: str,
              chosen: dict[int, str]) -> dict[int, str]:
    """Fields that no heading named, found by what the cells look like."""
    open_fields = {item.key for item in fields(kind) if item.many or item.key not in chosen.values()}
    date_first = _DATE_FIRST.get(kind, "")
    free = [index for index, cells in enumerate(samples) if index not in chosen and cells]
    tests = [("emails", content.is_email, 0.7), ("phones", content.is_phone, 0.8), ("website", content.is_website, 0.7),
             (date_first, content.is_date, 0.9)]
    found: dict[int, str] = {}
    for key, test, least in tests:
        for index in free:
            if key not in open_fields or index in found or (key == date_first and _known_elsewhere(names[index])):
                continue
            if content.share(samples[index], test) >= least:
                found[index] = key
                if key in ("website", date_first):
                    open_fields.discard(key)
    taken = set(chosen.values()) | set(found.values())
    if not taken.intersection(required(kind)) and "name" in open_fields:
        _first_wording(columns, samples, [index for index in free if index not in found], found)
    return found


def _known_elsewhere(name: str) -> bool:
    """Whether a heading means something in an import of another kind ("Activity - Due date")."""
    return any(squash(name) in headings.known(kind) for kind in KINDS)


def _first_wording(columns: Sequence[Sequence[Value]], samples: Sequence[Sequence[Value]], free: Sequence[int],
                   found: dict[int, str]) -> None:
    """The first column of words that differ from row to row is the name."""
    for index in free:
        texts = [text for cell in columns[index] if (text := text_of(cell))]
        if content.share(samples[index], content.is_wording) >= 0.7 and 2 * len(set(texts)) > len(texts):
            found[index] = "name"
            return


def _only_number(chosen: dict[int, str], prefix: str) -> None:
    """The one number that a file has of people is their phone, whichever messenger is on it."""
    if f"{prefix}phones" not in chosen.values():
        for index, key in chosen.items():
            if key in (f"{prefix}whatsapp", f"{prefix}viber"):
                chosen[index] = f"{prefix}phones"
                return


def _company_is_the_name(chosen: dict[int, str]) -> None:
    """Where nothing else names a customer, the company does."""
    if not {"name", "first_name", "last_name"} & set(chosen.values()):
        for index, key in chosen.items():
            if key == "company":
                chosen[index] = "name"


def _person_beside(columns: Sequence[Sequence[Value]], chosen: dict[int, str]) -> None:
    """A given name and a surname that most of the customers' names are not made of are their contact person's."""
    parts = [index for index, key in chosen.items() if key in NAME_PARTS]
    whole = next((index for index, key in chosen.items() if key == "name"), None)
    if whole is None or not parts:
        return
    rows = zip(map(text_of, columns[whole]), *(map(text_of, columns[index]) for index in parts), strict=True)
    apart = [all(lacks(name, part) for part in found if part) for name, *found in rows if name and any(found)]
    if 2 * sum(apart) > len(apart):
        chosen |= {index: f"contacts.{chosen[index]}" for index in parts}


def overridden(mapping: Mapping, table: RawTable, overrides: Sequence[tuple[str, str]], book: Book) -> Mapping:
    """The mapping with what was said by hand: (column, field), an empty field leaves the column out.

    Raises InvalidInput, listing the choices, for a column or field that there is not.
    """
    by_hand = {_column(table, name): named_field(mapping.kind, field, mapping.own) for name, field in overrides}
    single = {item.key for item in mapping.offered if not item.many}
    taken = {key for key in by_hand.values() if key in single}
    new = []
    for column in mapping.columns:
        if column.index in by_hand:
            field = by_hand[column.index]
            column = replace(column, field=field, reason=BY_HAND if field else "")
            samples = [content.sample([row[index] for row in table.rows]) for index in range(len(table.columns))]
            column = formatted(column, [row[column.index] for row in table.rows], mapping.kind, book,
                               _order_said(samples))
        elif column.field in taken:
            column = replace(column, field="", reason="", order="", decimal="")
        new.append(column)
    return replace(mapping, columns=tuple(new))


def _column(table: RawTable, name: str) -> int:
    if name in table.columns:
        return table.columns.index(name)
    alike = [index for index, column in enumerate(table.columns) if squash(column) == squash(name) or
             column.strip().casefold() == name.strip().casefold()]
    if len(alike) != 1:
        raise InvalidInput(N_("There is no column “{column}”. The columns are: {columns}."), "map", column=name,
                           columns=", ".join(table.columns))
    return alike[0]


def field_named(kind: str, name: str) -> ImportField | None:
    """The field that a user means: its key, its table's column, its title, or a word for it."""
    wanted = name.strip().casefold()
    if "." in wanted:
        return _of_another(kind, wanted)
    items = {item.key: item for item in fields(kind)}
    by_column = {item.column: item for item in items.values()}
    found = items.get(wanted) or by_column.get(wanted) or items.get(_ALIASES.get(wanted, ""))
    if found is None:
        meant = headings.known(kind).get(squash(name))
        found = items[meant[0][1]] if meant else None
    return found


def _of_another(kind: str, wanted: str) -> ImportField | None:
    """The field of another record in the row: "contacts.email"; its name is what links it to the row."""
    noun, bare = parted(wanted)
    if noun == kind:
        return field_named(kind, bare)
    if noun not in BESIDE.get(kind, ()):
        return None
    found = field_named(noun, bare)
    items = {item.key: item for item in every(kind)}
    named = items.get(noun.removesuffix("s")) if found is not None and found.key == "name" else None
    return named or (items.get(f"{noun}.{found.key}") if found is not None else None)


def named_field(kind: str, name: str, mine: Sequence[ImportField] = ()) -> str:
    """The key of the field that a user means, an own one (`mine`) by its name too; "" for none.

    Raises InvalidInput, listing all, for one that there is not.
    """
    if not name.strip():
        return ""
    item = field_named(kind, name) or own.named(mine, name)
    if item is None:
        raise InvalidInput(N_("There is no field “{field}” to import into. The fields are: {fields}."), "map",
                           field=name, fields=", ".join(item.key for item in (*every(kind), *mine)))
    return item.key


def matching(mapping: Mapping, match: str) -> Mapping:
    """The mapping with the field that rows are matched by; InvalidInput for one that cannot tell records apart."""
    if not match.strip():
        return mapping
    choices = ("external_id", "name", *_MATCHES.get(mapping.kind, ()))
    item = field_named(mapping.kind, match)
    if item is None or item.key not in choices:
        raise InvalidInput(N_("Rows cannot be matched by “{field}”. Choose one of: {fields}."), "match", field=match,
                           fields=", ".join(choices))
    return replace(mapping, match=item.key)


def complete(mapping: Mapping, table: RawTable) -> None:
    """Raise InvalidInput unless some column gives what a record must have, and no two the same single field."""
    _once(mapping)
    needed = required(mapping.kind)
    if mapping.kind in ("customers", "deals"):  # the person of a row stands in for its customer
        needed += tuple(f"contacts.{key}" for key in ("name", "first_name", "last_name"))
    if not mapping.mapped.intersection(needed):
        titles = {item.key: item.title for item in fields(mapping.kind)}
        raise InvalidInput(N_("No column was found for “{field}”. Choose one by hand; the columns are: {columns}."),
                           "map", field=Term(titles[needed[0]]), columns=", ".join(table.columns))


def _once(mapping: Mapping) -> None:
    for item in mapping.offered:
        columns = mapping.of(item.key)
        if len(columns) > 1 and not item.many:
            raise InvalidInput(N_("“{first}” and “{second}” would both become “{field}”. Leave one of them out or "
                                  "choose another field for it; nothing was imported."), "map", first=columns[0].column,
                               second=columns[1].column, field=Term(item.title))
