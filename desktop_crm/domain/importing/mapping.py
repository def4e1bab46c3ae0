"""Which column becomes which field: proposed, then changed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_crm.domain.importing.fields import ImportField, every


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column of the file and the field that it becomes ("" = not imported).

    `reason` says why, as a message id; `order` is the date order of the whole column (DMY, MDY or YMD) and
    `decimal` its decimal sign, where the field is a date or a number.
    """

    index: int
    column: str
    field: str = ""
    reason: str = ""
    order: str = ""
    decimal: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table is imported: every column's field, and by what rows match (`match`, "" = id, else name).

    `meanings` says of words in the cells of a field what they mean: (field, word as written, meaning; "" leaves the
    cell out). `kept` are the fields that stay as they are in records that exist; with `empties` an empty cell empties
    its field there, with `replaces` e-mails, phones and tags take the place of the old ones instead of joining them.
    `shape` is the code of the program that is known to write such tables. `cards` says of a file of cards what becomes
    of them: "each" is a record of the kind, or "apart": persons of no company become customers ("" for a table).
    `own` are the fields of the business's own that columns can become.
    """

    kind: str
    columns: tuple[ColumnMapping, ...]
    match: str = ""
    meanings: tuple[tuple[str, str, str], ...] = ()
    kept: frozenset[str] = frozenset()
    empties: bool = False
    replaces: bool = False
    shape: str = ""
    cards: str = ""
    own: tuple[ImportField, ...] = ()

    @property
    def offered(self) -> tuple[ImportField, ...]:
        """Everything that a column can become: the fields of the kind, those beside it, the business's own ones."""
        return every(self.kind) + self.own

    def of(self, field: str) -> tuple[ColumnMapping, ...]:
        """The columns that feed a field, in the file's order."""
        return tuple(column for column in self.columns if column.field == field)

    @property
    def mapped(self) -> frozenset[str]:
        """The fields that some column feeds."""
        return frozenset(column.field for column in self.columns if column.field)

    def changed(self, columns: Sequence[ColumnMapping]) -> Mapping:
        """The same mapping with these columns in place of those at the same index."""
        new = {column.index: column for column in columns}
        return replace(self, columns=tuple(new.get(column.index, column) for column in self.columns))

    def meaning(self, field: str, word: str, meaning: str | None) -> Mapping:
        """The same mapping in which a word of a field means this; None forgets what was said about it."""
        rest = tuple(item for item in self.meanings if item[:2] != (field, word))
        return replace(self, meanings=rest if meaning is None else (*rest, (field, word, meaning)))
