"""What a quick note says: "called 12 min, wants samples, next step friday 10" is a call of 12 minutes and a task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.services.book import Book

_WORDS = {
    "call": N_("call, called, phoned, rang"),
    "meeting": N_("meeting, met"),
    "visit": N_("visit, visited"),
    "email": N_("email, emailed, e-mail, e-mailed, mailed"),
    "message": N_("message, messaged, whatsapp, texted, sms"),
    "demo": N_("demo, demonstrated, showed"),
    "follow_up": N_("follow-up"),
    "thank_you": N_("thanked, thanks"),
    "delivery": N_("delivery, delivered"),
    "note": N_("note, noted"),
}
"""The words that begin a note of each kind; a translator writes those of the language, with commas between."""

_MINUTES = N_("min, mins, minute, minutes")


_NEXT = N_("next step, next steps, next action")
"""What begins the part of a note that says what comes next; a translator writes those of the language."""

_STOPS = ",:;，、：；"
_PAUSES = " –—-" + _STOPS


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quick note as it will be saved; `minutes` is None if the note says none.

    `happened` and `next_step` are the two halves of a text that says what comes next ("wants samples, next step
    friday 10"); both "" if it does not.
    """

    kind: str
    text: str
    minutes: int | None = None
    happened: str = ""
    next_step: str = ""


def parse(words: Language, typed: str, otherwise: str) -> Phrase:
    """Read a note in the user's language or in English; `otherwise` is its kind if the first word names none.

    A first word that only names the kind ("call: …", "call 12 min …") is dropped from the text.
    """
    typed = " ".join(typed.split())
    word, rest = _first(typed)
    kind = kind_of(words, word)
    if kind is None:
        return _with_next(words, Phrase(otherwise, typed))
    minutes, left = _minutes(words, rest.lstrip(_PAUSES))
    if minutes is not None or rest[:1] in tuple(_STOPS):
        return _with_next(words, Phrase(kind, left or typed, minutes))
    return _with_next(words, Phrase(kind, typed))


def _with_next(words: Language, phrase: Phrase) -> Phrase:
    """The phrase with its two halves, where it says what comes next after what happened."""
    marks = "|".join(re.escape(word) + (r"\b" if word[-1:].isascii() else "")
                     for word in sorted(_list(words, _NEXT), key=len, reverse=True) if word)
    found = re.search(rf"(?:^|(?<=[\s.!?(。！？（{_STOPS}]))(?:{marks})", phrase.text, re.IGNORECASE)
    if found is None:
        return phrase
    happened = phrase.text[:found.start()].rstrip(_PAUSES + "(（")
    return replace(phrase, happened=happened, next_step=phrase.text[found.end():].strip(_PAUSES + ")）"))


def _first(typed: str) -> tuple[str, str]:
    found = re.match(rf"[^\s{_STOPS}]+", typed)
    return (found.group(), typed[found.end():]) if found else ("", "")


def kind_of(words: Language, word: str) -> str | None:
    """The kind of activity that a word tells, None if it tells none."""
    wanted = fold(word)
    return next((kind for kind, known in _WORDS.items() if wanted in _list(words, known)), None) if wanted else None


def _list(words: Language, message: str) -> Iterator[str]:
    """The words of a message in the user's language and in English, folded."""
    for text in {message, words.say(message)}:
        yield from (fold(word) for word in text.split(","))


def _minutes(words: Language, text: str) -> tuple[int | None, str]:
    units = "|".join(sorted(map(re.escape, _list(words, _MINUTES)), key=len, reverse=True))
    found = re.match(rf"(\d{{1,4}})\s*(?:{units})\b\.?[\s{_STOPS}–—-]*", text, re.IGNORECASE)
    return (int(found.group(1)), text[found.end():]) if found else (None, text)


def task_values(book: Book, words: Language, typed: str) -> dict[str, Any]:
    """The fields of a task typed in one line ("visit tomorrow 10:00"); its customer is known already."""
    from desktop_crm.services import quick_add  # reads dates in words, which takes a while to load

    quick = quick_add.parse(book, words, typed, without=("customer",))
    keys = ("name", "kind", "due_on", "due_time", "minutes", "important")
    return {key: getattr(quick, key) for key in keys}


def next_step(book: Book, words: Language, typed: str) -> dict[str, Any] | None:
    """The fields of the task that a note names as its next step ("friday 10", "visit monday"); None without a day."""
    from desktop_crm.services import quick_add

    values = task_values(book, words, typed)
    if values["due_on"] is None:
        return None
    said = values["name"].split()
    alone = len(said) == 1 or (len(said) == 2 and values["kind"] and typed.rstrip(" .").endswith(said[-1]))
    if alone and said[-1].isdecimal() and int(said[-1]) < 24:  # a number alone beside a day is its hour
        values |= {"due_time": quick_add.read_time(book, words, said[-1]), "name": " ".join(said[:-1])}
    if not values["name"]:
        values["name"] = words.say(KINDS[values["kind"] or "follow_up"])
    return values
