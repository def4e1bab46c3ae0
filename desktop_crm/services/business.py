"""The business's own settings and choice lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_crm.domain import business as rules
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import Field, checked
from desktop_crm.domain.values import fold
from desktop_crm.services.book import Book
from desktop_crm.storage import customers, records, settings


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a form: its id (or code) and its name."""

    id: int
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One word of a choice list in its editor: `code` if it is a seeded one, `active` while it is offered."""

    id: int
    name: str
    code: str | None
    active: bool


def set_business(book: Book, values: Mapping[str, str]) -> None:
    """Change settings of the business (name, currency, timezone, country, language, cutoff …).

    What is to ring rings at its time of day on the clock that is then the business's.
    """
    from desktop_crm.services import reminders  # lists of choices are read without it

    clean = {key: rules.checked(key, value) for key, value in values.items()}
    before = book.business
    with book.work(N_("Change the settings of the business")) as work:
        for key, value in clean.items():
            settings.put(work.connection, key, value)
        known = {key: value for key, value in clean.items() if key in ("timezone", "cutoff")}
        reminders.move_clock(work.connection, before, replace(before, **known), book.now())


def choices(book: Book, kind: str) -> list[Choice]:
    """What a link field may hold: `sources`, `lost_reasons`, `sellers`, `products`, `pipelines` or `tags`."""
    with book.read() as connection:
        if kind in ("sources", "lost_reasons"):
            return [Choice(row[0], row[1]) for row in settings.choices(connection, kind[:-1])]
        if kind == "tags":
            return [Choice(*row) for row in customers.all_tags(connection)]
        return [Choice(row["id"], row["name"]) for row in records.find(connection, kind)]


_CHOICE_FIELDS = (Field("name", N_("Name"), required=True, most=200),)
_ADD = {"sources": N_("Add source {name}"), "lost_reasons": N_("Add lost reason {name}")}
_ORDER = {"sources": N_("Order the sources"), "lost_reasons": N_("Order the lost reasons")}


def all_choices(book: Book, kind: str) -> list[ListedChoice]:
    """The words of the list `sources` or `lost_reasons`, hidden ones included, in their order."""
    with book.read() as connection:
        return [ListedChoice(*row) for row in settings.every_choice(connection, kind[:-1])]


def add_choice(book: Book, kind: str, name: str) -> int:
    """Add a word at the end of a list and return its id; a hidden one of that name is offered again instead.

    Raises InvalidInput for an empty name, and for one that is offered already.
    """
    clean = _choice_name(name)
    same = _same(book, kind, clean)
    if same is not None and same.active:
        raise _listed(same.name)
    with book.work(_ADD[kind], name=clean) as work:
        if same is None:
            return settings.choice_id(work.connection, kind[:-1], clean)
        records.save(work.connection, "choices", same.id, {"active": True})
        return same.id


def rename_choice(book: Book, kind: str, choice: int, name: str) -> Changes:
    """Give a word of a list another name; what it means to the reports (its code) stays.

    Raises InvalidInput for an empty name, and for one that another word of the list has.
    """
    clean = _choice_name(name)
    same = _same(book, kind, clean, but=choice)
    if same is not None:
        raise _listed(same.name)
    with book.read() as connection:
        before = records.title(connection, "choices", choice)
    with book.work(N_("Rename “{before}” to “{name}”"), before=before, name=clean) as work:
        records.save(work.connection, "choices", choice, {"name": clean})
    return work.done


def hide_choice(book: Book, choice: int, hidden: bool = True) -> Changes:
    """Offer a word of a list no longer, or again; records that have it keep it."""
    with book.read() as connection:
        name = records.title(connection, "choices", choice)
    with book.work(N_("Hide {name}") if hidden else N_("Show {name}"), name=name) as work:
        records.save(work.connection, "choices", choice, {"active": not hidden})
    return work.done


def order_choices(book: Book, kind: str, ids: Sequence[int]) -> Changes:
    """Put the words of a list into this order."""
    with book.work(_ORDER[kind]) as work:
        records.order(work.connection, "choices", ids)
    return work.done


def _choice_name(name: str) -> str:
    return str(checked(_CHOICE_FIELDS, {"name": name}, new=True)["name"])


def _same(book: Book, kind: str, name: str, but: int | None = None) -> ListedChoice | None:
    """The word of a list that reads like `name`, case and accents aside."""
    return next((item for item in all_choices(book, kind) if item.id != but and fold(item.name) == fold(name)), None)


def _listed(name: str) -> InvalidInput:
    return InvalidInput(N_("“{name}” is in the list already. Nothing was saved."), "name", name=name)


def values_of(book: Book, column: str) -> list[tuple[str, int]]:
    """The regions, industries or cities in use, with how many customers have each."""
    with book.read() as connection:
        return customers.distinct(connection, column)


def counts(book: Book) -> dict[str, int]:
    """How many customers, open deals and due tasks there are, for the tabs."""
    with book.read() as connection:
        today = book.today().isoformat()
        run = connection.exec_driver_sql
        return {
            "customers": run("SELECT count(*) FROM customers").scalar_one(),
            "deals": run("SELECT count(*) FROM deals WHERE status = 'open'").scalar_one(),
            "tasks": run("SELECT count(*) FROM tasks WHERE done_on IS NULL AND due_on <= ?", (today,)).scalar_one(),
        }
