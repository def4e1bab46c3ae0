"""The honest repairs of what is untidy in the data: each kind's new values, shown before and written as one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_crm.domain import tidying
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.channels import normal
from desktop_crm.domain.data_health import BY_KEY
from desktop_crm.domain.errors import N_, Conflict, InvalidInput
from desktop_crm.domain.values import digits
from desktop_crm.services import retention
from desktop_crm.services.book import Book
from desktop_crm.storage import customers, data_health, journal, records
from desktop_crm.storage.unit_of_work import Connection, Work

Step = Callable[[int, int], None]
"""Called with how many of how many parts are done; may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Mend:
    """New values of one row, what they were before, and the phone that leaves a name."""

    table: str
    row: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    owner: int
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many of the records asked for were repaired (the others need a person), and the act, for `take_back`."""

    asked: int
    done: int
    work: int = field(default=0, compare=False)


def base(kind: str) -> str:
    """The kind of a finding without whose it is: a contact's e-mail is judged as a customer's."""
    return kind.removeprefix("contact_") if BY_KEY[kind].of == "contacts" else kind


def name_faults(name: str, country: str) -> list[str]:
    """What is wrong with a name: name_phone, name_spaces, name_caps."""
    found = []
    if tidying.many_digits(name) and tidying.phone_in(name, country):
        found.append("name_phone")
    if tidying.tidy(name) != name:
        found.append("name_spaces")
    if tidying.shouted(name):
        found.append("name_caps")
    return found


def way_fault(kind: str, value: str, read: str = "") -> str:
    """What is wrong with an e-mail or a phone as written, `read` being its normalised form; "" for nothing."""
    if kind == "phone":
        return "phone_format" if not read.startswith("+") else "phone_notes" if tidying.noted(value) else ""
    if not tidying.sound_email(value.strip()):
        return "email_format"
    return "email_typo" if tidying.meant_email(value.strip()) else "email_case" if value != value.lower() else ""


def mends(connection: Connection, book: Book, kind: str, ids: Sequence[int]) -> list[Mend]:
    """What the repair of a kind would write for some records; those that only a person can mend are left out."""
    key = base(kind)
    if key.startswith(("phone_", "email_")):
        return _ways(connection, book, kind, key, ids)
    of = BY_KEY[kind].of
    rows = records.get_many(connection, of, ids)
    made = [_row(book, key, of, row) for row in rows.values()]
    return [mend for mend in made if mend is not None]


def _row(book: Book, key: str, of: str, row: Mapping[str, Any]) -> Mend | None:
    name, country, phone = row["name"], book.business.country, ""
    after: dict[str, Any] = {}
    if key == "name_spaces":
        after = {"name": tidying.tidy(name)}
    elif key == "name_caps":
        after = {"name": tidying.capitalised(name, of == "contacts" or row["kind"] == "person")}
    elif key == "name_phone":
        written = tidying.phone_in(name, country)
        phone = tidying.international(normal("phone", written, country)) if written else ""
        after = {"name": tidying.without_phone(name, written)} if written else {}
    elif key == "country_spelling":
        after = {"country": country_named(book, row["country"] or "")}
    if not all(after.values()) or all(row[part] == value for part, value in after.items()):
        return None
    return Mend(of, row["id"], {part: row[part] for part in after}, after, row["id"], phone)


def country_named(book: Book, text: str) -> str:
    """The name, in the file's language, of the country that a text means with a slip; "" if none is meant."""
    from desktop_crm.domain.importing.countries import country_code

    code = country_code(text)
    return str(book.language.locale.territories.get(code, "")) if code else ""


def _ways(connection: Connection, book: Book, kind: str, key: str, ids: Sequence[int]) -> list[Mend]:
    owner = "contact_id" if BY_KEY[kind].of == "contacts" else "customer_id"
    channel = key.partition("_")[0]
    made = []
    for row in data_health.channels(connection, owner, ids, channel):
        if way_fault(channel, row.value, row.normal) != key:
            continue
        after = _phone(book, row) if channel == "phone" else _email(key, row.value)
        if after:
            after["normal"] = normal(channel, after["value"], book.business.country)
            before = {part: getattr(row, part) or (None if part == "label" else "") for part in after}
            made.append(Mend("channels", row.id, before, after, row.owner))
    return made


def _phone(book: Book, row: data_health.Way) -> dict[str, Any]:
    from desktop_crm.domain.importing.countries import country_code

    abroad = country_code(row.country) if row.country else ""
    found = tidying.mended_phone(row.value, (abroad, book.business.country))
    if found is None:
        return {}
    label = ", ".join(dict.fromkeys(part for part in (row.label, found.note) if part))
    return {"value": found.value, "label": label or None}


def _email(key: str, value: str) -> dict[str, Any]:
    right = (tidying.meant_email(value.strip()) if key == "email_typo" else
             value.strip().lower() if key == "email_case" else tidying.mended_email(value))
    return {"value": right} if right else {}


# --- writing ------------------------------------------------------------------------------------------------------

_PART = 500


def repair(book: Book, kind: str, ids: Sequence[int], step: Step | None = None, reason: str = "") -> Repaired:
    """Repair records of one kind of finding as one undo step; what only a person can mend stays as it is.

    `reason` is why people are kept, where that is asked.
    Raises InvalidInput for a kind that has no repair, Conflict if a record was changed meanwhile.
    """
    item = BY_KEY.get(kind)
    if item is None or not item.repair:
        raise InvalidInput(N_("There is no repair for this. Nothing was changed."), "kind")
    if item.group == "keep":
        kept = retention.keep(book, ids, item.of, reason)
        return Repaired(len(ids), len(ids), kept.work_id)
    label = N_("{kind}: {count} repaired") if kind != "stale" else N_("{count} customers verified")
    if kind in ("stale", "dead"):
        with book.work(label, kind=item.title, count=len(ids)) as work:
            if kind == "stale":
                data_health.verify(work.connection, ids, book.today())
            else:
                data_health.set_inactive(work.connection, ids, book.today(), book.now())
        return Repaired(len(ids), len(ids), work.done.work_id)
    planned = _planned(book, kind, ids, step)
    done = {mend.owner for mend in planned}
    with book.work(label, kind=item.title, count=len(done)) as work:
        for number, mend in enumerate(planned):
            if step is not None and number % _PART == 0:
                step(len(ids) + number, len(ids) + len(planned))
            _write(work, mend)
    return Repaired(len(ids), len(done), work.done.work_id)


def take_back(book: Book, work: int) -> Changes:
    """Undo a repair; Conflict if something else was done since."""
    with book.read() as connection:
        newest = journal.to_undo(connection)
    if newest is None or newest.id != work:
        raise Conflict(N_("Something else was done since. Undo it first with Ctrl+Z."))
    return book.undo()


def can_mend(book: Book, kind: str, ids: Sequence[int]) -> bool:
    """Whether the repair of a kind would change any of some records, or all of them need a person."""
    if BY_KEY[kind].group != "fault":
        return bool(BY_KEY[kind].repair)
    with book.read() as connection:
        return bool(BY_KEY[kind].repair) and any(
            mends(connection, book, kind, ids[start:start + _PART]) for start in range(0, len(ids), _PART))


def _planned(book: Book, kind: str, ids: Sequence[int], step: Step | None) -> list[Mend]:
    found: list[Mend] = []
    with book.read() as connection:
        for start in range(0, len(ids), _PART):
            if step is not None:
                step(start, 2 * len(ids))
            found += mends(connection, book, kind, ids[start:start + _PART])
    return found


def _write(work: Work, mend: Mend) -> None:
    records.save(work.connection, mend.table, mend.row, mend.after, mend.before)
    if mend.phone:
        owner = "customer_id" if mend.table == "customers" else "contact_id"
        present = customers.channels(work.connection, owner, [mend.row]).get(mend.row, ())
        read = "+" + digits(mend.phone)
        if read not in {item.normal for item in present}:
            records.add(work.connection, "channels", {owner: mend.row, "kind": "phone", "value": mend.phone,
                                                      "normal": read, "position": len(present)})
