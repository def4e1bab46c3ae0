"""What a quick note says by its first words: "called 12 min, wants samples" is a call of twelve minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quick note as it will be saved; `minutes` is None if the note says none."""

    kind: str
    text: str
    minutes: int | None = None


def parse(typed: str, otherwise: str) -> Phrase:
    """Read a note; `otherwise` is its kind if the first word names none.

    A first word that only names the kind ("call: …", "call 12 min …") is dropped from the text.
    """
    typed = " ".join(typed.split())
    word, rest = _first(typed)
    kind = _kind(word)
    if kind is None:
        return Phrase(otherwise, typed)
    minutes, left = _minutes(rest.lstrip(" ,:;–—-"))
    if minutes is not None or rest[:1] in (",", ":", ";"):
        return Phrase(kind, left or typed, minutes)
    return Phrase(kind, typed)


def _first(typed: str) -> tuple[str, str]:
    found = re.match(r"[^\s,:;]+", typed)
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
    found = re.match(rf"(\d{{1,4}})\s*(?:{units})\b\.?[\s,:;–—-]*", text, re.IGNORECASE)
    return (int(found.group(1)), text[found.end():]) if found else (None, text)
