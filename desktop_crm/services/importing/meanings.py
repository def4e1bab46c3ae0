"""What the words in the cells of a field mean here: "Open - Not Contacted" is New; to see, and to say otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Dict
from dataclasses import dataclass

from desktop_crm.domain import customers
from desktop_crm.domain.accounts import METHODS, method_of
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import Mapping, every, parted, words
from desktop_crm.domain.values import squash
from desktop_crm.i18n import Language
from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing.cells import NOTHING, text_of
from desktop_crm.services.importing.mapping import field_named
from desktop_crm.storage import pipelines

MOST = 60  # different words in a column; a column with more holds no choices
_STATES = {
    "customer": ("customer", "", ""), "inactive": ("inactive", "", ""), "new": ("lead", "new", ""),
    "contacted": ("lead", "contacted", ""), "nurture": ("lead", "nurture", ""), "qualified": ("lead", "qualified", ""),
    "unqualified": ("lead", "unqualified", ""), "recycled": ("lead", "recycled", ""), "hot": ("", "", "hot"),
    "warm": ("", "", "warm"), "cold": ("", "", "cold"),
}
_STATUSES = {"open": N_("Open"), "won": N_("Won"), "lost": N_("Lost")}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One word of a column: how many rows say it, and what it is taken for ("" for nothing known)."""

    field: str
    column: str
    word: str
    count: int
    meaning: str
    by_hand: bool


def choices(book: Book, kind: str, field: str) -> Dict[str, str]:
    """What a word of a field can mean: code → title as a message id (a stage's is its own name); {} for no choice."""
    noun, bare = parted(field)
    kind = noun or kind
    item = next((item for item in every(kind) if item.key == bare), None)
    if item is None:
        return {}
    if (kind, bare) == ("customers", "state"):
        return {word: (customers.LEAD_STATES.get(lead) or customers.HEATS.get(heat) or customers.STATES[state])
                for word, (state, lead, heat) in _STATES.items()}
    if (kind, bare) == ("deals", "status"):
        return _STATUSES
    if (kind, bare) == ("deals", "stage"):
        with book.read() as connection:
            return {stage.name: stage.name for pipeline in pipelines.pipelines(connection)
                    for stage in pipeline.stages}
    if (kind, bare) == ("payments", "method"):
        return METHODS
    return item.choices if item.type is FieldType.CHOICE else {}


def meanings(book: Book, table: RawTable, mapping: Mapping, language: Language) -> tuple[Meaning, ...]:
    """The words of every column that becomes a choice, with what each is taken for; the most frequent first."""
    found: list[Meaning] = []
    for column in mapping.columns:
        offered = choices(book, mapping.kind, column.field) if column.field else {}
        if not offered:
            continue
        counts = Counter(text for row in table.rows if (text := text_of(row[column.index])))
        if len(counts) > MOST:
            continue
        said = {squash(word) or word: meaning for field, word, meaning in mapping.meanings if field == column.field}
        for word, count in counts.most_common():
            if word.casefold() in NOTHING:
                continue
            key = squash(word) or word
            taken = said[key] if key in said else _taken(mapping.kind, column.field, word, offered, language)
            found.append(Meaning(column.field, column.column, word, count, taken, key in said))
    return tuple(found)


def _taken(kind: str, field: str, word: str, offered: Dict[str, str], language: Language) -> str:
    """What a word is taken for by itself; a new stage is itself."""
    noun, bare = parted(field)
    kind, key = noun or kind, squash(word) or word
    if (kind, bare) == ("customers", "state"):
        said = words.states().get(key)
        return next((code for code, state in _STATES.items() if state == said), "")
    if (kind, bare) == ("deals", "status"):
        return words.statuses().get(key, "")
    if (kind, bare) == ("deals", "stage"):
        own = next((name for name in offered if squash(name) == key), "")
        closing = words.statuses().get(key)
        return own or (closing if closing in ("won", "lost") else word)
    if (kind, bare) == ("payments", "method"):
        return method_of(word, language.say) or ""
    return word.casefold() if word.casefold() in offered else words.codes(kind, bare).get(key, "")


def said(mapping: Mapping, table: RawTable, given: str) -> Mapping:
    """The mapping with "Column: word=meaning" of the command line; InvalidInput for a column or a form that is none."""
    head, sign, meaning = given.rpartition("=")
    column, apart, word = head.partition(":")
    if not sign or not apart:
        raise InvalidInput(N_("--value wants “Column: word=meaning”, not “{value}”."), "value", value=given)
    found = next((item for item in mapping.columns if squash(item.column) == squash(column) and item.field), None)
    if found is None:
        field = field_named(mapping.kind, column)
        found = mapping.of(field.key)[0] if field is not None and mapping.of(field.key) else None
    if found is None:
        raise InvalidInput(N_("There is no column “{column}”. The columns are: {columns}."), "value", column=column,
                           columns=", ".join(table.columns))
    return mapping.meaning(found.field, word.strip(), meaning.strip())
