"""What a quick note says by its first words: "called 12 min, wants samples" is a call of twelve minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_crm.domain.values import fold
from desktop_crm.ui.words import N_, tr

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


def parse(typed: str, otherwise: str) -> Phrase:
    """Read a note; `otherwise` is its kind if the first word names none.

    A first word that only names the kind ("call: …", "call 12 min …") is dropped from the text.
    """
    typed = " ".join(typed.split())
    word, rest = _first(typed)
    kind = _kind(word)
    if kind is None:
        return _with_next(Phrase(otherwise, typed))
    minutes, left = _minutes(rest.lstrip(_PAUSES))
    if minutes is not None or rest[:1] in tuple(_STOPS):
        return _with_next(Phrase(kind, left or typed, minutes))
    return _with_next(Phrase(kind, typed))


def _with_next(phrase: Phrase) -> Phrase:
    """The phrase with its two halves, where it says what comes next after what happened."""
    words = "|".join(re.escape(word) + (r"\b" if word[-1:].isascii() else "")
                     for word in sorted(_list(_NEXT), key=len, reverse=True) if word)
    found = re.search(rf"(?:^|(?<=[\s.!?(。！？（{_STOPS}]))(?:{words})", phrase.text, re.IGNORECASE)
    if found is None:
        return phrase
    happened = phrase.text[:found.start()].rstrip(_PAUSES + "(（")
    return replace(phrase, happened=happened, next_step=phrase.text[found.end():].strip(_PAUSES + ")）"))


def _first(typed: str) -> tuple[str, str]:
    found = re.match(rf"[^\s{_STOPS}]+", typed)
    return (found.group(), typed[found.end():]) if found else ("", "")


def _kind(word: str) -> str | None:
    wanted = fold(word)
    return next((kind for kind, words in _WORDS.items() if wanted in _list(words)), None) if wanted else None


def _list(words: str) -> Iterator[str]:
    """The words in the user's language and in English, folded."""
    for text in {words, tr(words)}:
        yield from (fold(word) for word in text.split(","))


def _minutes(text: str) -> tuple[int | None, str]:
    units = "|".join(sorted(map(re.escape, _list(_MINUTES)), key=len, reverse=True))
    found = re.match(rf"(\d{{1,4}})\s*(?:{units})\b\.?[\s{_STOPS}–—-]*", text, re.IGNORECASE)
    return (int(found.group(1)), text[found.end():]) if found else (None, text)
