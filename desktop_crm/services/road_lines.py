"""What a line noted on the road says: of whom it is, by phone or by name, what happened, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from desktop_crm.domain import phones
from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.road import MOST_LETTERS, MOST_LINES, Candidate, RoadNote
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.services import quick_add, quick_log
from desktop_crm.services import search as finding
from desktop_crm.services.book import Book
from desktop_crm.storage import records, search
from desktop_crm.storage.unit_of_work import Connection

_BULLET = re.compile(r"(?:[-*•‣–—]|\d{1,3}[.)])\s+")
_CLOCK = re.compile(r"\[?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s*)?\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]m)?\]?\s*[-–,]?\s+",
                    re.IGNORECASE)  # as messengers put before a line
_NAMED = re.compile(r"([^:：]{1,80}?)\s*[:：]\s*(?!//)(.*)", re.DOTALL)
_DIGITS = re.compile(r"\+?\d[\d \-()]{4,}\d")
_LAST = re.compile(r"(?:[,;，、；。]\s*|\.\s+)([^,;，、；。]+?)[.。]?$")
_NAME_WORDS, _LOOKED_AT, _CANDIDATES = 4, 9, 6
_SHORT, _MOST_NEAR = 3, 20
_ENDS = " ,;:.–—-，、；：。"
_TITLE = 200


def read(book: Book, words: Language, text: str) -> list[RoadNote]:
    """The notes of a text, one a line; empty lines are none. InvalidInput for a text of nothing, or of too much."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise InvalidInput(N_("There is nothing in this text. Write a line for each note: “Aminah: called, wants "
                              "samples”."), "text")
    if len(lines) > MOST_LINES or len(text) > MOST_LETTERS:
        raise InvalidInput(N_("This text is too long: {count} lines are read at once. Nothing was saved."), "text",
                           count=MOST_LINES)
    near = _Near(book)
    return [_Line(book, words, near, number, line).note() for number, line in lines]


class _Near:
    """Whose name is nearly what was written. All names are compared for each, so that only the first are looked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found: dict[str, list[Candidate]] = {}

    def find(self, who: str) -> list[Candidate]:
        """The likeliest first; none for what is too short to be mistaken."""
        if who not in self._found and len(who) > _SHORT and len(self._found) < _MOST_NEAR:
            self._found[who] = [Candidate(hit.id, hit.title)
                                for hit in finding.similar(self._book, who, _CANDIDATES)]
        return self._found.get(who, [])


class _Line:
    """One line on its way to be understood."""

    def __init__(self, book: Book, words: Language, near: _Near, number: int, text: str) -> None:
        self._book, self._words, self._near, self._number, self._text = book, words, near, number, text
        self._bare = _after(_CLOCK, _after(_BULLET, text))

    def note(self) -> RoadNote:
        """The line as it was understood."""
        phone = self._phone()
        without = " ".join(self._bare.replace(phone, " ").split()).strip(_ENDS) if phone else self._bare
        with self._book.read() as connection:
            owners = _owners(connection, phone) if phone else []
            who, rest, found, sure = self._whom(connection, without)
        if owners:
            found, sure = _together(owners, found, who)
            rest = rest if who else without
        elif phone and rest:
            rest = f"{rest} ({phone})"  # nobody's yet: it is not lost
        if not found:
            who, rest, found, sure = self._elsewhere(who, rest)
        return self._understood(who, phone, rest or self._bare, found, sure)

    def _phone(self) -> str:
        said = next(iter(phones.within(self._bare, self._book.business.country)), "")
        digits = None if said else _DIGITS.match(self._bare)
        return said or (digits[0] if digits else "")

    def _whom(self, connection: Connection, line: str) -> tuple[str, str, list[Candidate], bool]:
        """Who is named at the beginning, what is left of the line, and who that may be."""
        named = _NAMED.fullmatch(line)
        if named and not named[1].isdecimal() and quick_log.kind_of(self._words, named[1]) is None:
            return named[1], named[2], *_known(connection, named[1])
        parts = line.split()
        if parts and quick_log.kind_of(self._words, parts[0].rstrip(_ENDS)) is not None:
            return "", line, [], False
        for size in range(min(_NAME_WORDS, len(parts)), 0, -1):
            if any(part.endswith((",", ";", "，")) for part in parts[:size - 1]):
                continue
            said = " ".join(parts[:size]).rstrip(_ENDS)
            found, sure = _known(connection, said)
            if any(_whole(said, one) for one in found):
                return said, " ".join(parts[size:]).strip(_ENDS), found, sure
        for size in range(1, min(_NAME_WORDS, len(parts) - 1) + 1):
            if quick_log.kind_of(self._words, parts[size].rstrip(_ENDS)) is not None:
                return " ".join(parts[:size]).rstrip(_ENDS), " ".join(parts[size:]), [], False
        return "", line, [], False

    def _elsewhere(self, who: str, rest: str) -> tuple[str, str, list[Candidate], bool]:
        """Who is named further on in the line; else whose name is nearly what was written, to be chosen by hand."""
        if not who:
            quick = quick_add.parse(self._book, self._words, rest)
            if quick.customer_id is not None:
                return quick.customer, rest, [Candidate(quick.customer_id, quick.customer)], True
            return "", rest, [], False
        return who, rest, self._near.find(who), False

    def _understood(self, who: str, phone: str, rest: str, found: Sequence[Candidate], sure: bool) -> RoadNote:
        phrase = quick_log.parse(self._words, rest, "note")
        said, step = self._next(phrase, " ".join(rest.split()))
        return RoadNote(self._number, self._text, who, phone, phrase.kind, said, phrase.minutes, step,
                        tuple(found[:_CANDIDATES]), sure)

    def _next(self, phrase: quick_log.Phrase, rest: str) -> tuple[str, Mapping[str, Any] | None]:
        """What happened ("" if nothing yet) and what comes next, of a line without whom it is of."""
        step: Mapping[str, Any] | None
        if phrase.next_step:
            step = quick_log.next_step(self._book, self._words, phrase.next_step)
            alone = phrase.text == rest and not phrase.happened
            return phrase.text if step is None else phrase.happened or ("" if alone else phrase.text), step
        told = phrase.text != rest  # its kind stands before it: "called, wants 3 boxes", "met, Friday 10"
        if not told or self._coming(phrase.text, bare=True) is None:
            said, step = self._last_clause(phrase.text)
            if told or step is not None:
                return said, step
        coming = self._coming(rest) if phrase.minutes is None else None
        return self._last_clause(rest) if coming is None else ("", coming)

    def _coming(self, text: str, bare: bool = False) -> Mapping[str, Any] | None:
        """The task that a text announces as a whole: "call tomorrow", "Friday 10"; if `bare`, only a day and a time.

        None for what has been: who writes down their day says "visit today" of what they did.
        """
        quick = quick_add.parse(self._book, self._words, text, without=("customer",))
        if quick.due_on is None or not _announces(quick) or (bare and quick.kind):
            return None
        due = datetime.combine(quick.due_on, time.fromisoformat(quick.due_time or "00:00"))
        if due <= self._book.business.local(self._book.now()).replace(tzinfo=None):
            return None
        step = quick_log.next_step(self._book, self._words, text)
        return step and {**step, "name": step["name"].rstrip(_ENDS)}

    def _last_clause(self, text: str) -> tuple[str, Mapping[str, Any] | None]:
        """A day to come at the end ("…, Friday 10", "…, visit Monday") as what comes next, and the text before it."""
        last = _LAST.search(text)
        quick = quick_add.parse(self._book, self._words, last[1], without=("customer",)) if last else None
        if last is None or quick is None or quick.due_on is None or quick.due_on < self._book.today() or (
                not _announces(quick)):
            return text, None
        step = quick_log.next_step(self._book, self._words, last[1])
        happened = text[:last.start()].strip(_ENDS)
        if step is not None and not quick.kind:
            step = {**step, "name": f"{self._words.say(KINDS['follow_up'])}: {happened}"[:_TITLE]}
        return (happened, step) if step is not None and happened else (text, None)


def _announces(quick: quick_add.QuickTask) -> bool:
    """Whether a text with a day says what to do then: a verb first, or the day and an hour alone."""
    return bool(quick.kind) or not quick.name or quick.name.isdecimal()


def _after(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return text[found.end():] if found else text


# --- who it may be --------------------------------------------------------------------------------------------------

def _owners(connection: Connection, phone: str) -> list[Candidate]:
    """Whose number it is, each once."""
    found = search.owners(connection, phone, _LOOKED_AT)
    people = [Candidate(customer, records.title(connection, "customers", customer))
              for customer, _ in found if customer]
    return list(dict.fromkeys([*people, *_contacts(connection, [contact for _, contact in found if contact])]))


def _together(owners: list[Candidate], named: list[Candidate], who: str) -> tuple[list[Candidate], bool]:
    """Whom a number and a name tell: both together, else the number where no name says another."""
    both = [one for one in owners if one in named or not who]
    return list(dict.fromkeys([*both, *owners, *named])), len(both) == 1


def _known(connection: Connection, said: str) -> tuple[list[Candidate], bool]:
    """The customers and contacts of a name, likeliest first, and whether just one fits it in whole words."""
    found = [Candidate(key, name) for key, name in search.named(connection, "customers", said, _LOOKED_AT)]
    found += _contacts(connection, [key for key, _ in search.named(connection, "contacts", said, _LOOKED_AT)])
    exact = [one for one in found if fold(one.person or one.name) == fold(said)]
    whole = [one for one in found if _whole(said, one)]
    sure = len(exact) == 1 or (not exact and len(whole) == 1)
    return list(dict.fromkeys([*exact, *whole, *found])), sure


def _whole(said: str, one: Candidate) -> bool:
    wanted = set(fold(said).split())
    return bool(wanted) and wanted <= set(fold(one.person or one.name).split())


def _contacts(connection: Connection, ids: Sequence[int]) -> list[Candidate]:
    rows = records.get_many(connection, "contacts", ids) if ids else {}
    names = records.names(connection, "customers", [row["customer_id"] for row in rows.values() if row["customer_id"]])
    return [Candidate(rows[key]["customer_id"], names.get(rows[key]["customer_id"], ""), key, rows[key]["name"])
            for key in ids if key in rows]
