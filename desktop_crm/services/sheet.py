"""Editing customers like a sheet: a block of typed cells becomes a plan of what changes, and one act that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import N_, Conflict, CrmError, InvalidInput, NotFound
from desktop_crm.services import customers, scoring
from desktop_crm.services.book import Book
from desktop_crm.services.sheet_cells import WAYS, Cells, SheetColumn, values
from desktop_crm.storage import customers as storage
from desktop_crm.storage import records
from desktop_crm.storage.unit_of_work import Connection, Work

Step = Callable[[int, int], None]
"""Told how many of how many rows are done."""

_CHANGED = N_("“{name}” was changed elsewhere since you opened it. Nothing was saved; look at it again.")
_GONE = N_("The record is no longer in the file. Nothing was changed.")
_UNKNOWN = N_("There is no such customer in the file.")
_NAMELESS = N_("A new customer needs a name.")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a block: whose it is (`record` 0: a new customer), what it holds and what it is to hold.

    `row` and `place` count the block's rows and columns from 0; `old` and `new` are the texts of `before` and `after`;
    `why` says why the cell cannot be that.
    """

    row: int
    record: int
    name: str
    column: SheetColumn
    before: Any
    after: Any
    old: str
    new: str
    why: CrmError | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a block would do: cells that change, cells that cannot be, how many stay as they are or fall outside."""

    changes: tuple[Cell, ...] = ()
    refused: tuple[Cell, ...] = ()
    same: int = 0
    outside: int = 0

    @property
    def customers(self) -> int:
        """How many customers that are there change."""
        return len({cell.record for cell in self.changes if cell.record})

    @property
    def new(self) -> int:
        """How many new customers the block brings."""
        return len({cell.row for cell in self.changes if not cell.record})

    def without_new(self) -> Plan:
        """The plan for the customers that are there only."""
        return replace(self, changes=tuple(cell for cell in self.changes if cell.record))


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and the new customers in the order of their rows."""

    changes: Changes
    added: tuple[int, ...] = ()


def held(book: Book, cells: Cells, ids: Sequence[int], keys: Sequence[str]) -> dict[int, dict[str, Any]]:
    """What the cells of some customers hold, by id and column key."""
    with book.read() as connection:
        return values(connection, ids, [cells.column(key) for key in keys])


def texts(book: Book, cells: Cells, ids: Sequence[int], keys: Sequence[str],
          computed: Mapping[tuple[int, str], str] | None = None) -> list[list[str]]:
    """The cells as texts, row by row; those of computed columns as `computed` has them by (id, key)."""
    columns = [cells.column(key) for key in keys]
    found = held(book, cells, ids, keys)
    return [[(computed or {}).get((record, column.key), "") if column.why
             else cells.text(column, found[record][column.key]) for column in columns]
            for record in ids if record in found]


def plan(book: Book, cells: Cells, ids: Sequence[int], keys: Sequence[str], block: Sequence[Sequence[str]],
         computed: Mapping[tuple[int, str], str] | None = None) -> Plan:
    """What becomes of the customers `ids`, a row each, if their cells `keys` become the block; nothing is changed.

    Rows below the last id are new customers. A text that a cell shows already changes nothing, whatever it would mean;
    that also holds for computed columns, whose present texts are in `computed` by (id, key).
    """
    columns = [cells.column(key) for key in keys]
    with book.read() as connection:
        found = values(connection, list(ids), columns)
        names = records.names(connection, "customers", found)
    made = _Planning(cells, columns, computed or {})
    for number, row in enumerate(block):
        record = ids[number] if number < len(ids) else 0
        if record and record not in found:
            made.refuse(number, record, "", columns[0], "", row[0], NotFound(_UNKNOWN))
        elif record:
            made.known(number, record, names[record], found[record], row)
        else:
            made.new(number, row)
    return Plan(tuple(made.changes), tuple(made.refused), made.same,
                sum(bool(cell.strip()) for row in block for cell in row[len(keys):]))


class _Planning:
    """Looks at the cells of a block, one after the other."""

    def __init__(self, cells: Cells, columns: Sequence[SheetColumn], computed: Mapping[tuple[int, str], str]) -> None:
        self._cells, self._columns, self._computed = cells, columns, computed
        self._read: dict[tuple[str, str], Any] = {}
        self.changes: list[Cell] = []
        self.refused: list[Cell] = []
        self.same = 0

    def known(self, number: int, record: int, name: str, before: Mapping[str, Any], row: Sequence[str]) -> None:
        """A row for a customer who is there."""
        for place, (column, typed) in enumerate(zip(self._columns, row, strict=False)):
            old = self._computed.get((record, column.key), "") if column.why else self._cells.text(
                column, before[column.key])
            if typed.strip() == old.strip():
                self.same += 1
            else:
                self._cell(Cell(number, record, name, column, before[column.key], None, old, typed, place=place))

    def new(self, number: int, row: Sequence[str]) -> None:
        """A row for a new customer; cells without text say nothing."""
        said = [(column, typed) for column, typed in zip(self._columns, row, strict=False) if typed.strip()]
        name = next((" ".join(typed.split()) for column, typed in said if column.key == "name"), "")
        if said and not name:
            self.refuse(number, 0, "", self._cells.column("name"), "", said[0][1], InvalidInput(_NAMELESS, "name"))
            return
        for place, (column, typed) in enumerate(said):
            self._cell(Cell(number, 0, name, column, None, None, "", typed, place=place))

    def refuse(self, number: int, record: int, name: str, column: SheetColumn, old: str, typed: str,
               why: CrmError) -> None:
        """A cell that cannot be."""
        self.refused.append(Cell(number, record, name, column, None, None, old, typed, why))

    def _cell(self, cell: Cell) -> None:
        try:
            after = self._value(cell.column, cell.new)
        except CrmError as why:
            self.refused.append(replace(cell, why=why))
            return
        if isinstance(after, Channel) and isinstance(cell.before, Channel):
            after = replace(after, label=cell.before.label, id=cell.before.id, preferred=cell.before.preferred)
        if after == cell.before:
            self.same += 1
        else:
            self.changes.append(replace(cell, after=after, new=self._cells.text(cell.column, after)))

    def _value(self, column: SheetColumn, typed: str) -> Any:
        """What a text means; equal ones are read once."""
        key = (column.key, typed)
        if key not in self._read:
            self._read[key] = self._cells.value(column, typed)
        return self._read[key]


def apply(book: Book, made: Plan, step: Step | None = None) -> Done | None:
    """Do what a plan says in one act; None if it says nothing. `step` is told of every row, and may raise Cancelled.

    Conflict if a cell no longer holds what the plan saw; InvalidInput where customers would belong to themselves.
    """
    if not made.changes:
        return None
    ids = list(dict.fromkeys(cell.record for cell in made.changes if cell.record))
    name = made.changes[0].name
    label = _label(len(ids), made.new)
    with book.work(label, name=name, count=len(ids) + made.new) as work:
        _unchanged(work.connection, made.changes, ids)
        by_row: dict[int, list[Cell]] = {}
        for cell in made.changes:
            by_row.setdefault(cell.row, []).append(cell)
        added = []
        for number, cells in enumerate(by_row.values()):
            if step is not None:
                step(number, len(by_row))
            added += [customer] if (customer := _row(book, work, cells)) else []
        scoring.follow(book, work, ids)
    return Done(work.done, tuple(added))


def set_cell(book: Book, cells: Cells, record: int, key: str, typed: str, seen: Any) -> Done | None:
    """Give one cell what was typed; None if that changes nothing.

    Conflict if the cell no longer holds `seen`; InvalidInput for what it cannot be.
    """
    made = plan(book, cells, [record], [key], [[typed]])
    if made.refused and made.refused[0].why is not None:
        raise made.refused[0].why
    for cell in made.changes:
        if cell.before != seen:
            raise Conflict(_CHANGED, name=cell.name)
    return apply(book, made)


def _label(known: int, new: int) -> str:
    if known + new == 1:
        return N_("Add {name}") if new else N_("Edit {name}")
    return N_("Edit {count} customers") if known else N_("Add {count} customers")


def _unchanged(connection: Connection, cells: Iterable[Cell], ids: Sequence[int]) -> None:
    """Conflict if a cell was changed since it was looked at."""
    columns = {cell.column.key: cell.column for cell in cells}
    found = values(connection, ids, list(columns.values()))
    for cell in cells:
        if not cell.record:
            continue
        if cell.record not in found:
            raise NotFound(_GONE)
        if found[cell.record][cell.column.key] != cell.before:
            raise Conflict(_CHANGED, name=cell.name)


def _row(book: Book, work: Work, cells: Sequence[Cell]) -> int:
    """Save the cells of one customer; returns the id of a new one, else 0."""
    given = {cell.column.field.key: cell.after for cell in cells if cell.column.field is not None}
    own = {cell.column.own.id: cell.after for cell in cells if cell.column.own is not None}
    record = cells[0].record
    customer = record or customers.insert(book, work, given, own or None)
    if record:
        customers.change(book, work, record, given, None, own or None)
    for cell in cells:
        if cell.column.key in WAYS:
            _way(work.connection, customer, cell.before, cell.after)
        elif cell.column.key == "tags":
            storage.set_tags(work.connection, customer, cell.after)
    return 0 if record else customer


def _way(connection: Connection, customer: int, before: Channel | None, after: Channel | None) -> None:
    """Put a way in the place of another, or after the last one, or take it away."""
    if after is None and before is not None:
        records.remove(connection, "channels", [before.id])
    elif after is not None and before is not None:
        records.save(connection, "channels", before.id, {"value": after.value, "normal": after.normal})
    elif after is not None:
        last = max((row["position"] for row in records.find(connection, "channels", customer_id=customer)), default=-1)
        records.add(connection, "channels", {"customer_id": customer, "kind": after.kind, "value": after.value,
                                             "normal": after.normal, "position": last + 1})
