"""What was typed in one line → a task: its kind, day, time, customer and name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain import quick_dates, quick_words
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.quick_dates import Token, When
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.services import tasks, written_days
from desktop_crm.services.book import Book
from desktop_crm.storage import records, search
from desktop_crm.storage.unit_of_work import Connection

PARTS = ("kind", "customer", "day", "time", "important")
"""What can be read out of a line, and left in it instead."""

_NAME_WORDS = 4
_LOOKED_AT = 24  # words of a line; beyond, people are writing notes


@dataclass(frozen=True, slots=True)
class QuickTask:
    """A task as a line says it: `kind` is "" where no word tells it, a day and a time are local.

    `name` is the line without its day, time and mark of importance, with a capital. `remind_minutes` is when it
    rings before it is due: as usual if the line says a time (None: never).
    """

    name: str
    kind: str = ""
    due_on: date | None = None
    due_time: str | None = None
    minutes: int | None = None
    customer_id: int | None = None
    customer: str = ""
    deal_id: int | None = None
    deal: str = ""
    important: bool = False
    remind_minutes: int | None = None

    def parts(self) -> tuple[str, ...]:
        """Which of PARTS were recognised."""
        said = {"kind": self.kind, "customer": self.customer_id, "day": self.due_on, "time": self.due_time,
                "important": self.important}
        return tuple(part for part in PARTS if said[part])


def parse(book: Book, language: Language, text: str, without: Collection[str] = ()) -> QuickTask:
    """Read a line; the parts named in `without` are left in its name as they stand.

    A customer (or a deal) is recognised where words of the line fit the name of exactly one.
    """
    line = " ".join(text.split())
    when = _when(book, language, line)
    day = None if "day" in without else when.day
    time = None if "time" in without else when.time
    if not when.day_spans and time is None:
        day = None
    important = "important" not in without and _marked(line)
    name = _rest(line, when, without, important)
    found = quick_dates.tokens(name)
    kind, first = _kind(found)
    customer, who, deal, what = (None, "", None, "")
    if "customer" not in without:
        with book.read() as connection:
            customer, who, deal, what = _whom(connection, found, name, first)
    return QuickTask(name, "" if "kind" in without else kind, day, time, when.minutes if time else None,
                     customer, who, deal, what, important, book.business.reminder if time else None)


def read_day(book: Book, language: Language, typed: str, today: date | None = None) -> date | None:
    """A day alone, in words ("tomorrow", "jumaat", "5 Mac") or in figures, as one says it on `today`.

    None for nothing, InvalidInput for no day.
    """
    today = today or book.today()
    when = _when(book, language, typed, today)
    if when.day_spans and not when.time_spans and not _rest(" ".join(typed.split()), when, (), important=False):
        return when.day
    return written_days.read(language, typed, today) or language.read_day(typed, today, book.business.country)


def read_time(book: Book, language: Language, typed: str) -> str | None:
    """A time of day alone ("10", "3pm", "10 pagi") as 'HH:MM'; None for nothing, InvalidInput for no time."""
    if not typed.strip():
        return None
    for said in (" ".join(typed.split()), f"pukul {typed.strip()}"):
        when = _when(book, language, said)
        if when.time is not None and not when.day_spans and not _rest(said, when, (), important=False):
            return when.time
    raise InvalidInput(N_("“{value}” is not a time of day. Write one like 10:00 or 3pm."), "due_time", value=typed)


def add(book: Book, quick: QuickTask) -> int:
    """Add the task that a line said and return its id; InvalidInput if the line named nothing to do."""
    if not quick.name:
        raise InvalidInput(N_("Say what is to be done, not only when. Nothing was saved."), "name")
    return tasks.add(book, {
        "name": quick.name, "kind": quick.kind, "due_on": quick.due_on, "due_time": quick.due_time,
        "minutes": quick.minutes, "customer_id": quick.customer_id, "deal_id": quick.deal_id,
        "important": quick.important, "remind_minutes": quick.remind_minutes})


def _when(book: Book, language: Language, line: str, today: date | None = None) -> When:
    today = today or book.today()
    now = book.business.local(book.now()) + (today - book.today())
    return quick_dates.when(" ".join(line.split()), now, today, str(language.locale),
                            day_first=_day_first(language), country=book.business.country)


def _day_first(language: Language) -> bool:
    pattern = str(language.locale.date_formats["short"].pattern).casefold()
    return pattern.find("d") < pattern.find("m")


def _marked(line: str) -> bool:
    """Whether a mark of its own stands at an end of the line: "! call Ali", "call Ali !"."""
    return line.split()[:1] == ["!"] or line.split()[-1:] == ["!"]


def _rest(line: str, when: When, without: Collection[str], important: bool) -> str:
    """The line without what was read out of it, with a capital."""
    spans = [] if "day" in without else list(when.day_spans)
    if "time" not in without:
        spans += when.time_spans
    kept = line
    for start, end in sorted(spans, reverse=True):
        kept = f"{kept[:start]} {kept[end:]}"
    if important:
        kept = " ".join(word for word in kept.split() if word != "!")
    kept = " ".join(kept.split()).strip(" ,;-–")
    return kept[:1].upper() + kept[1:]


def _kind(found: list[Token]) -> tuple[str, int]:
    """The kind that the first word tells, and how many words that took."""
    first = found[0].text.rstrip(":") if found else ""
    second = found[1].text if len(found) > 1 else ""
    if first in quick_words.SENDING and quick_words.KINDS.get(second) in ("email", "message"):
        return quick_words.KINDS[second], 2
    return quick_words.KINDS.get(first, ""), int(first in quick_words.KINDS)


def _whom(connection: Connection, found: list[Token], name: str, first: int) -> tuple[int | None, str, int | None, str]:
    """The one customer that words of the line name, else a contact's, else a deal with its customer."""
    found = found[:_LOOKED_AT]
    places = _places(found, first)
    for kind in ("customers", "contacts", "deals"):
        for place in places:
            hit = _one(connection, kind, found, name, place)
            if hit is not None:
                return _linked(connection, kind, hit)
    return None, "", None, ""


def _places(found: list[Token], first: int) -> list[int]:
    """Where a name may begin, likeliest first: after the verb, after "with" or "for", then anywhere."""
    places = [first, *(at + 1 for at, token in enumerate(found) if token.text in quick_words.LEADING),
              *range(first, len(found))]
    fit = [at for at in dict.fromkeys(places) if at < len(found)]
    return [at for at in fit if found[at].text not in quick_words.PLAIN and not found[at].text.isdecimal()
            and (not found[at].text.isascii() or len(found[at].text) > 2)]


def _one(connection: Connection, kind: str, found: list[Token], name: str, place: int) -> int | None:
    """The one row whose name begins its words as the line does from `place`, taking as many words as fit."""
    hits: list[tuple[int, str]] = []
    for size in range(1, _NAME_WORDS + 1):
        if place + size > len(found):
            break
        said = name[found[place].start:found[place + size - 1].end]
        more = search.named(connection, kind, said, 9)
        if not more:
            break
        hits = more
        exact = [row_id for row_id, title in hits if fold(title) == fold(said)]
        whole = [row_id for row_id, title in hits if set(fold(said).split()) <= set(fold(title).split())]
        if len(exact) == 1 or len(whole) == 1:
            hits = [hit for hit in hits if hit[0] == (exact if len(exact) == 1 else whole)[0]]
    return hits[0][0] if len(hits) == 1 else None


def _linked(connection: Connection, kind: str, row_id: int) -> tuple[int | None, str, int | None, str]:
    row = records.get(connection, kind, row_id)
    if kind == "customers":
        return row_id, row["name"], None, ""
    owner = row["customer_id"]
    who = records.names(connection, "customers", [owner]).get(owner, "") if owner else ""
    return (owner, who, row_id, row["name"]) if kind == "deals" else (owner, who, None, "")
