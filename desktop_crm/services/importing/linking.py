"""Links of a row: a seller, product, customer, stage … by its exact name, else by its folded one, else new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from desktop_crm.domain.importing import words
from desktop_crm.domain.values import squash
from desktop_crm.storage import importing, records
from desktop_crm.storage.unit_of_work import Connection


@dataclass(slots=True)
class Index:
    """The records of one linked kind: found by name, by external id, or by the folded name if just one fits.

    A name that is not there gets the id that its record will have; `new` holds those names by id.
    """

    known: Sequence[tuple[int, str, str | None]]
    ids: Iterator[int]
    creates: bool = True
    aliases: dict[str, int] = field(default_factory=dict)
    new: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    _exact: dict[str, int] = field(default_factory=dict)
    _external: dict[str, int] = field(default_factory=dict)
    _folded: dict[str, set[int]] | None = None

    def __post_init__(self) -> None:
        self.add(self.known)

    def add(self, known: Iterable[tuple[int, str, str | None]]) -> None:
        """Let these records be found too; of equal names the one that came first."""
        for row_id, name, external in known:
            self.names[row_id] = name
            self._exact.setdefault(name, row_id)
            if external:
                self._external.setdefault(external, row_id)

    def find(self, text: str) -> int | None:
        """The id of the record that a text means, or None."""
        found = self._exact.get(text) or self._external.get(text)
        return found or self._by_fold(text)

    def by_external_id(self, text: str) -> int | None:
        """The id of the record with this external id, or None."""
        return self._external.get(text)

    def resolve(self, text: str) -> int | None:
        """The id of the record that a text means, made if it is unknown (and may be made)."""
        found = self.find(text)
        if found is None and self.creates:
            found = next(self.ids)
            self.new[found] = text
            self._exact[text] = found
            self.names[found] = text
            if self._folded is not None:
                self._folded.setdefault(squash(text), set()).add(found)
        return found

    def _by_fold(self, text: str) -> int | None:
        if self._folded is None:
            self._folded = {}
            for row_id, name in self.names.items():
                self._folded.setdefault(squash(name), set()).add(row_id)
        key = squash(text)
        fitting = self._folded.get(key, ()) if key else ()
        return next(iter(fitting)) if len(fitting) == 1 else self.aliases.get(key)


_TABLES = {"sellers": "sellers", "products": "products", "customers": "customers", "contacts": "contacts",
           "deals": "deals", "tags": "tags", "pipelines": "pipelines", "campaigns": "campaigns", "sources": "choices",
           "lost_reasons": "choices"}
_NEVER_MADE = frozenset({"contacts", "deals", "pipelines"})
_CHOICES = {"sources": "source", "lost_reasons": "lost_reason"}


class Links:
    """The indexes of an import, each made when it is first asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._indexes: dict[str, Index] = {}
        self._ids: dict[str, Iterator[int]] = {}
        self._uids: dict[str, dict[str, int]] = {}

    def identified(self, kind: str, text: str) -> int | None:
        """The record of a kind that has this external id or uid, or None."""
        if kind not in self._uids:
            self._uids[kind] = importing.uids(self._connection, _TABLES[kind])
        return self.of(kind).by_external_id(text) or self._uids[kind].get(text)

    def of(self, kind: str, reserved: int = 0) -> Index:
        """The index of a linked kind; `reserved` ids are kept for the rows of this import themselves."""
        if kind not in self._indexes:
            self._indexes[kind] = self._made(kind, reserved)
        return self._indexes[kind]

    def _made(self, kind: str, reserved: int) -> Index:
        table = _TABLES[kind]
        if table not in self._ids:  # sources and lost reasons share a table, and so its ids
            self._ids[table] = count(records.next_id(self._connection, table) + reserved)
        if kind not in _CHOICES:
            return Index(importing.names(self._connection, table), self._ids[table], kind not in _NEVER_MADE)
        chosen = importing.choices(self._connection, _CHOICES[kind])
        codes = {code: row_id for row_id, _, code in chosen if code}
        meant = words.sources() if kind == "sources" else {}
        return Index([(row_id, name, None) for row_id, name, _ in chosen], self._ids[table],
                     aliases={word: codes[code] for word, code in meant.items() if code in codes})

    def new(self) -> dict[str, dict[int, str]]:
        """The names to be made, by kind and id."""
        return {kind: index.new for kind, index in self._indexes.items() if index.new}
