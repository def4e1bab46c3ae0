"""A list in the shape of an export profile: its columns in their order, under its headings; what has no place is told.

The columns of another program are filled by what an import takes its headings for, so that they come in again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_crm.domain import taxes
from desktop_crm.domain.export_profiles import Profile
from desktop_crm.domain.export_shapes import KNOWN, Known
from desktop_crm.domain.importing import ImportField, fields
from desktop_crm.readers import RawTable
from desktop_crm.reports.report import Cell, Column, Report, ValueType
from desktop_crm.services import outgoing_lists
from desktop_crm.services.book import Book
from desktop_crm.services.importing import labels, matching, propose
from desktop_crm.storage import listing, receipts

_WAYS = {"emails": "email", "phones": "phone"}
_NAMES = ("name", "first_name", "last_name")
_FEWEST = 1  # of e-mails and phones that a shape without an end has columns for
_PART = 5000

Cells = list[Cell]


@dataclass(slots=True)
class _Made:
    """The columns so far, and how many e-mails and phones have no place among them."""

    columns: list[tuple[Column, Cells]] = field(default_factory=list)
    homeless: int = 0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A list in a profile's shape: `keys` of the plain list that are in it; `homeless` e-mails and phones are not, nor
    are `dayless` sales, won on a day that nobody knows.
    """

    report: Report
    keys: frozenset[str]
    homeless: int
    dayless: int = 0


def fitted(book: Book, report: Report, profile: Profile) -> Fitted:
    """The plain list `report` in a profile's shape, each record that belongs into it a row."""
    table = report.tables[0]
    plain = {column.key: (column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)}
    if not profile.code:
        return _own(report, profile, plain)
    shape = next(item for item in KNOWN if (item.code, item.kind) == (profile.code, profile.kind))
    booked = _booked(book, profile.kind, table.ids) if "=document" in shape.headings else _Booked({}, 0)
    plain |= booked.columns
    made, used = _Made(), set[str]()
    asked = _asked(book, shape, plain)
    for heading, key, item in asked:
        used.add(key)
        if item is None or item.key not in _WAYS:
            kind, cells = _filled(key, item, plain, profile.kind, [one for _, _, one in asked], len(table.rows))
            made.columns.append((Column(key, heading, kind, bare=True), cells))
        else:
            made.columns.append((Column(heading, heading, bare=True), []))
    _reach(made, plain, [(heading, item) for heading, _, item in asked], len(table.rows))
    kept = [row for row in range(len(table.rows)) if not shape.only or plain[shape.only][1][row] is not None] if (
        not shape.only or shape.only in plain) else []
    return Fitted(_report(report, made, kept), frozenset(used), made.homeless, booked.dayless)


def _own(report: Report, profile: Profile, plain: Mapping[str, tuple[Column, Cells]]) -> Fitted:
    """An own profile: the columns that it picks, empty where no record fills them; all of them where it picks none."""
    count = len(report.tables[0].rows)
    picked = profile.columns or [(column.key, column.title) for column, _ in plain.values()]
    made = _Made([(replace(plain[key][0], title=heading, bare=bool(profile.columns)) if key in plain else
                   Column(key, heading, bare=True), plain[key][1] if key in plain else [None] * count)
                  for key, heading in picked])
    keys = frozenset(key for key, _ in picked)
    made.homeless = sum(cell is not None for key, (_, cells) in plain.items() if key not in keys
                        and key.startswith(tuple(_WAYS.values())) and key.endswith("_value") for cell in cells)
    if not any(key.startswith(tuple(_WAYS.values())) for key in keys):
        made.homeless = 0  # they were not wanted
    return Fitted(_report(report, made, range(count)), keys, made.homeless)


def _report(report: Report, made: _Made, kept: Sequence[int]) -> Report:
    table = report.tables[0]
    rows = list(zip(*(cells for _, cells in made.columns), strict=True))
    return replace(report, tables=(replace(
        table, columns=tuple(column for column, _ in made.columns), rows=tuple(rows[row] for row in kept),
        ids=tuple(table.ids[row] for row in kept)),))


# --- the columns of another program ---------------------------------------------------------------------------------

def _asked(book: Book, shape: Known,
           plain: Mapping[str, tuple[Column, Cells]]) -> list[tuple[str, str, ImportField | None]]:
    """Each heading of a shape with the key of the column that fills it ("" for none), and what an import makes of it.

    A heading that names its own column is nothing else.
    """
    said = [tuple(word.partition("=")[::2]) for word in _numbered(shape.headings, plain)]
    headings = tuple(heading for heading, _ in said)
    table = RawTable("", "", (), "", "", 1, headings, (), ())
    items = {item.key: item for item in fields(shape.kind)}
    meant = [items.get(column.field) for column in propose(table, shape.kind, book).columns]
    return [(heading, own or (item.column or item.key if item else ""), None if own else item)
            for (heading, own), item in zip(said, meant, strict=True)]


def _numbered(headings: str, plain: Mapping[str, tuple[Column, Cells]]) -> list[str]:
    """The headings, those with a "#" as often as somebody has that many."""
    most = {way: max(_FEWEST, sum(key.startswith(way) and key.endswith("_value") for key in plain))
            for way in _WAYS.values()}
    found: list[str] = []
    done: set[str] = set()
    every = headings.split("|")
    for heading in every:
        way = "email" if heading.startswith("E-mail") else "phone"
        if "#" not in heading:
            found.append(heading)
        elif way not in done:
            done.add(way)
            same = [one for one in every if "#" in one and one.startswith(heading[:5])]
            found += [one.replace("#", str(number)) for number in range(1, most[way] + 1) for one in same]
    return found


def _filled(key: str, item: ImportField | None, plain: Mapping[str, tuple[Column, Cells]], kind: str,
            asked: Sequence[ImportField | None], count: int) -> tuple[ValueType, Cells]:
    """The cells of a column of a shape."""
    there = [one.key for one in asked if one is not None]
    if item is not None and item.key in (*_NAMES, "company") and kind in ("customers", "contacts"):
        if kind == "customers" and "company" in there and "name" not in there:
            return ValueType.TEXT, _named(item.key, plain, there, count)
        first = next(name for name in _NAMES if name in there) if item.key != "company" else ""
        source = "parent_id" if item.key == "company" else "name" if item.key == first else ""
        return ValueType.TEXT, plain[source][1] if source in plain else [None] * count
    if key == "external_id" and key in plain:
        return ValueType.TEXT, [None if matching.is_uid(str(cell)) else cell for cell in plain[key][1]]
    column, cells = plain.get(key, (Column(key, key), [None] * count))
    if key == "closed_on" and item is not None and "expected" not in there and "expected_on" in plain:
        # the one day of such a table is when an open deal is expected, too
        return ValueType.DATE, [closed or expected for closed, expected in
                                zip(cells, plain["expected_on"][1], strict=True)]
    return column.type, cells


def _named(key: str, plain: Mapping[str, tuple[Column, Cells]], there: Sequence[str], count: int) -> Cells:
    """The names of customers in a shape of people: a person's as such, anyone else's as that of a company."""
    names, kinds = plain["name"][1], plain["kind"][1] if "kind" in plain else [None] * count
    parents = plain["parent_id"][1] if "parent_id" in plain else [None] * count
    first = next(name for name in _NAMES if name in there)
    return [(parent if person else name) if key == "company" else name if person and key == first else None
            for name, parent, person in zip(names, parents, (kind == "Person" for kind in kinds), strict=True)]


def _reach(made: _Made, plain: Mapping[str, tuple[Column, Cells]],
           asked: Sequence[tuple[str, ImportField | None]], count: int) -> None:
    """Fill in e-mails and phones: each where its label says, else in the first place that says nothing else."""
    for field_key, way in _WAYS.items():
        places = [place for place, (_, item) in enumerate(asked) if item is not None and item.key == field_key]
        values = [plain[f"{way}_{number}_value"][1] for number in range(1, len(plain) + 1)
                  if f"{way}_{number}_value" in plain]
        said = [plain.get(f"{way}_{number}_label", (None, [None] * count))[1] for number in range(1, len(values) + 1)]
        wanted = [labels.of_heading(asked[place][0]) for place in places]
        for row in range(count):
            own = [(str(cells[row]), labels.of_cell(str(said[number][row] or ""))) for number, cells in
                   enumerate(values) if cells[row]]
            given = _given(own, wanted)
            made.homeless += len(own) - sum(one is not None for one in given)
            for place, value in zip(places, given, strict=True):
                made.columns[place][1].append(value)


def _given(ways: Sequence[tuple[str, str]], wanted: Sequence[str]) -> Cells:
    """Which way stands in which place; a place is as good as its label fits."""
    given: Cells = [None] * len(wanted)
    rest = []
    for value, label in ways:
        place = next((place for place, word in enumerate(wanted) if label and word == label and given[place] is None),
                     None)
        if place is None:
            rest.append(value)
        else:
            given[place] = value
    free = sorted((place for place, one in enumerate(given) if one is None),
                  key=lambda place: (wanted[place] != "", wanted[place] != "Other", place))
    for place, value in zip(sorted(free[:len(rest)], key=free.index), rest, strict=False):
        given[place] = value
    return given


# --- the parts of a ledger ------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class _Booked:
    """The columns of a ledger, and how many sales have no day on which they could be booked."""

    columns: dict[str, tuple[Column, Cells]]
    dayless: int


def _booked(book: Book, kind: str, ids: Sequence[int]) -> _Booked:
    """What only bookkeeping asks for: a document's number, the tax on a sale, the day of a sale.

    The number is that of the receipt that was given, else the record's own id.
    """
    rows: dict[int, dict[str, object]] = {}
    numbers: dict[int, str] = {}
    for start in range(0, len(ids), _PART):
        with book.read() as connection:
            part = ids[start:start + _PART]
            rows |= {row["id"]: row for row in listing.rows(connection, kind, part)}
            numbers |= listing.identities(connection, kind, part)
            numbers |= receipts.numbers(connection, part) if kind == "payments" else {}
    found = {"document": (Column("document", "Document number"), list[Cell](numbers[one] for one in ids))}
    if kind != "deals":
        return _Booked(found, 0)
    won = {one for one in ids if rows[one]["status"] == "won"}
    sold: Cells = [str(rows[one]["closed_on"]) if one in won and rows[one]["closed_on"] else None for one in ids]
    found["sold_on"] = (Column("sold_on", "Sold on"), sold)
    found["tax"] = (Column("tax", "Tax", ValueType.NUMBER), [_tax(book)(rows[one]) for one in ids])
    return _Booked(found, len(won) - sum(day is not None for day in sold))


def _tax(book: Book) -> Callable[[Mapping[str, object]], Cell]:
    """What all taxes of the business come to on a deal: its part of the amount, or on top of it."""
    def tax(row: Mapping[str, object]) -> Cell:
        amount, currency = row["amount"], str(row["currency"])
        if not isinstance(amount, int) or not known:
            return None
        return outgoing_lists.major(sum(line.amount for line in taxes.lines(
            known, amount, currency, book.business.taxes_included)), currency)

    known = book.business.taxes
    return tax
