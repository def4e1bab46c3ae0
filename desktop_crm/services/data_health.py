"""The health of the data: what is wrong, odd, stale or missing, the score, and the records to verify today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from desktop_crm.domain import birthdays
from desktop_crm.domain import data_health as health
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.data_health import Finding, FindingRow, Gain, Health, Score
from desktop_crm.domain.errors import N_, InvalidInput, N_count
from desktop_crm.i18n import Language
from desktop_crm.services import data_repairs, retention
from desktop_crm.services.book import Book
from desktop_crm.services.data_repairs import Step
from desktop_crm.storage import adherence, attachments, data_health, records
from desktop_crm.storage import retention as people
from desktop_crm.storage.unit_of_work import Connection

_STANDS = N_count("{n} day in {stage}", "{n} days in {stage}")
_PARTS = len(data_health.QUERIES) + len(retention.KINDS) + 2 * 3 + 3


def examine(book: Book, step: Step | None = None) -> Health:
    """Examine the whole file; `step` is told how many of how many parts are done, and may raise Cancelled."""
    today, done = book.today(), 0

    def told() -> None:
        nonlocal done
        done += 1
        if step is not None:
            step(done, _PARTS)

    found: dict[str, tuple[int, ...]] = {}
    with book.read() as connection:
        for kind in data_health.QUERIES:
            found[kind] = data_health.found(connection, kind, today, health.since(kind, today))
            told()
        for prefix, table, owner in (("", "customers", "customer_id"), ("contact_", "contacts", "contact_id")):
            for read in (_names, _emails, _phones):
                found |= {prefix + kind: ids for kind, ids in read(connection, book, table, owner).items()}
                told()
        found |= _texts(connection, today)
        told()
        for kind in retention.KINDS:
            found[kind] = people.found(connection, kind, today, book.business.years_kept)
            told()
        found["file_missing"] = attachments.lacking(connection, book.path)
        told()
        judged = data_health.judged(connection)
        pace = adherence.adherence(connection, today)
        found["deal_slow"] = pace.late
        told()
    points, gains = _points(judged, {item.key: len(found[f"missing_{item.key}"]) for item in health.WANTED})
    lost = sum(item.weight * len(found[f"missing_{item.key}"]) for item in health.WANTED)
    return Health(today, health.completeness(points - lost, points), sum(judged.values()), gains, tuple(
        Finding(kind.key, kind.of, found[kind.key]) for kind in health.KINDS if found.get(kind.key)), pace)


def _points(judged: dict[str, int], lacking: dict[str, int]) -> tuple[int, tuple[Gain, ...]]:
    """All points that the customers could have, and what each field would add to the score, most first."""
    points = sum(item.weight * count for item in health.WANTED for kind, count in judged.items()
                 if item.only in ("", kind))
    gains = [Gain(item.key, lacking[item.key], health.completeness(item.weight * lacking[item.key], points) or 0)
             for item in health.WANTED if lacking[item.key]]
    return points, tuple(sorted(gains, key=lambda gain: -gain.thousandths))


def _names(connection: Connection, book: Book, table: str, _: str) -> dict[str, tuple[int, ...]]:
    country = book.business.country
    return _grouped((fault, row) for row, name, _ in data_health.names(connection, table)
                    for fault in data_repairs.name_faults(name, country))


def _emails(connection: Connection, _: Book, __: str, owner: str) -> dict[str, tuple[int, ...]]:
    return _grouped((data_repairs.way_fault("email", value), row)
                    for row, value in data_health.emails(connection, owner))


def _phones(connection: Connection, _: Book, __: str, owner: str) -> dict[str, tuple[int, ...]]:
    return _grouped((data_repairs.way_fault("phone", value, read), row)
                    for row, value, read in data_health.odd_phones(connection, owner))


def _texts(connection: Connection, today: date) -> dict[str, tuple[int, ...]]:
    """Countries and birthdays; each different text is judged once."""
    from functools import cache

    @cache
    def country(text: str) -> str:
        from desktop_crm.domain.importing.countries import country_code, exact_code

        return "" if exact_code(text) else "country_spelling" if country_code(text) else "country_unknown"

    days = (("" if birthdays.sound(text, today) else "birthday_format", row)
            for row, text in data_health.texts(connection, "birthday"))
    return _grouped((country(text), row) for row, text in data_health.texts(connection, "country")) | _grouped(days)


def _grouped(faults: Any) -> dict[str, tuple[int, ...]]:
    """Ids by fault, each once, in their order; the fault "" is none."""
    found: dict[str, dict[int, None]] = {}
    for fault, row in faults:
        if fault:
            found.setdefault(fault, {})[row] = None
    return {fault: tuple(ids) for fault, ids in found.items()}


def of_customer(book: Book, customer: int) -> tuple[int, tuple[str, ...]]:
    """The completeness of one customer in thousandths, and the titles of the wanted fields it lacks, weightiest first.

    NotFound if it is gone.
    """
    with book.read() as connection:
        records.title(connection, "customers", customer)
        kind, lacking = data_health.lacking(connection, [customer])[customer]
    return health.of_one(kind, lacking), tuple(item.title for item in health.WANTED if item.key in lacking)


# --- the rows of a finding ----------------------------------------------------------------------------------------

def rows(book: Book, kind: str, ids: Sequence[int], words: Language) -> list[FindingRow | None]:
    """The records of one kind of finding in the order asked for, in words; None for one that is gone.

    Of a stale one, `after` tells what is written about it: that is what is to be verified.
    """
    item = health.BY_KEY[kind]
    with book.read() as connection:
        shown = data_health.shown(connection, item, ids)
        now = _now(connection, book, kind, shown, words)
        after: dict[int, list[str]] = {}
        if item.repair and item.group == "fault":
            for mend in data_repairs.mends(connection, book, kind, ids):
                after.setdefault(mend.owner, []).append(_said(mend))
        if item.group == "keep":
            now, held = retention.told(connection, kind, list(shown), words)
            after = {key: [text] for key, text in held.items()}
        if kind == "stale":
            after = {key: [facts] for key, facts in data_health.facts(connection, list(shown)).items()}
    made: list[FindingRow | None] = []
    for key in ids:
        row = shown.get(key)
        made.append(None if row is None else FindingRow(
            key, row.name, now.get(key, ""), ", ".join(after.get(key, ())), _opens(item.of, row)))
    return made


def _said(mend: data_repairs.Mend) -> str:
    """What a repair makes of a row, on one line."""
    values = [str(mend.after[key]) for key in ("name", "value", "country") if mend.after.get(key)]
    note = mend.after.get("label") if mend.after.get("label") != mend.before.get("label") else None
    return " · ".join([*values, *(part for part in (note, mend.phone) if part)])


def _opens(of: str, row: data_health.Shown) -> tuple[str, int] | None:
    if of in ("customers", "deals", "products"):
        return of, row.id
    if of in ("payments", "attachments") and row.deal:
        return "deals", row.deal
    return ("customers", row.customer) if row.customer else None


def _now(connection: Connection, book: Book, kind: str, shown: dict[int, data_health.Shown],
         words: Language) -> dict[int, str]:
    """What is found, in words, by id."""
    key, ids = data_repairs.base(kind), list(shown)
    if key.startswith("missing_"):
        return {row: words.say(N_("{share} complete"), share=words.rate(health.of_one(*lacks) / 1000))
                for row, lacks in data_health.lacking(connection, ids).items()}
    if key in ("dead", "stale", "inactive_with_deals"):
        return {row: retention.touched(words, day)
                for row, day in data_health.last_touched(connection, ids).items()}
    if key == "deal_slow":
        return {row: words.count(*_STANDS, days or 0, stage=stage)
                for row, (stage, days) in adherence.stages_of(connection, ids, book.today()).items()}
    if key.startswith(("phone_", "email_")) or key == "gone":
        return _ways(connection, kind, key, ids)
    say = _SENTENCES.get(key, _text)
    return {row.id: say(words, row) for row in shown.values()}


def _text(_: Language, row: data_health.Shown) -> str:
    return row.text or ""


def _ways(connection: Connection, kind: str, key: str, ids: Sequence[int]) -> dict[int, str]:
    """The e-mails or phones that are found, by owner; all of a contact who cannot be reached."""
    owner = "contact_id" if health.BY_KEY[kind].of == "contacts" else "customer_id"
    found: dict[int, list[str]] = {}
    for channel in ("phone", "email") if key == "gone" else (key.partition("_")[0],):
        for way in data_health.channels(connection, owner, ids, channel):
            if key == "gone" or data_repairs.way_fault(channel, way.value, way.normal) == key:
                found.setdefault(way.owner, []).append(way.value)
    return {row: ", ".join(ways) for row, ways in found.items()}


def _money(words: Language, row: data_health.Shown) -> str:
    return words.money(row.amount, row.currency or "")


_SENTENCES: dict[str, Callable[[Language, data_health.Shown], str]] = {
    "name_phone": lambda words, row: row.name,
    "name_spaces": lambda words, row: f"“{row.name}”",
    "name_caps": lambda words, row: row.name,
    "deal_no_customer": _money,
    "deal_dates": lambda words, row: words.say(N_("created {created}, closed {closed}"), created=words.day(row.first),
                                               closed=words.day(row.second)),
    "deal_no_amount": lambda words, row: words.say(N_("won {day}"), day=words.day(row.second)),
    "payment_future": lambda words, row: f"{_money(words, row)} · {words.day(row.first)}",
    "payment_orphan": lambda words, row: f"{_money(words, row)} · {words.day(row.first or row.second)}",
    "activity_future": lambda words, row: words.day(row.first),
    "created_future": lambda words, row: words.day(row.first),
    "price_below_cost": lambda words, row: words.say(
        N_("price {price}, cost {cost}"), price=_money(words, row), cost=words.money(row.cost, row.currency or "")),
}
"""What is found in a row, by kind; others tell the text that was found."""


# --- to verify ----------------------------------------------------------------------------------------------------

def handful(book: Book) -> list[int]:
    """The stale customers to verify today, who paid most first; with each one verified they become fewer."""
    today = book.today()
    with book.read() as connection:
        left = health.HANDFUL - data_health.verified_on(connection, today)
        return data_health.handful(connection, health.since("stale", today), left) if left > 0 else []


def verify(book: Book, ids: Sequence[int]) -> Changes:
    """Note that what is written about customers is true today."""
    if not ids:
        raise InvalidInput(N_("There is nobody to verify. Nothing was changed."), "ids")
    with book.read() as connection:
        name = records.title(connection, "customers", ids[0])
    label = N_("Verify {name}") if len(ids) == 1 else N_("Verify {count} customers")
    with book.work(label, name=name, count=len(ids)) as work:
        data_health.verify(work.connection, ids, book.today())
    return work.done


# --- the score ----------------------------------------------------------------------------------------------------

def keep(book: Book, found: Health) -> bool:
    """Note the day's score; no undo step. Whether it was noted: without customers there is none."""
    if found.completeness is None:
        return False
    with book.work(N_("Note the health of the data on {day}"), undoable=False,
                   day=book.language.day(found.on_date)) as work:
        data_health.keep(work.connection, Score(found.on_date, found.completeness, found.faults))
    return True


def scores(book: Book, most: int = 30) -> list[Score]:
    """The scores of the last days that have one, oldest first."""
    with book.read() as connection:
        return data_health.scores(connection, most)
