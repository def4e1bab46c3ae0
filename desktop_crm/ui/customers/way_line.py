"""Ways to reach someone in one line, as one types them: "WhatsApp 012-345 6789 (Office)", "Office: 03-1234 5678"."""

from __future__ import annotations

import re

from desktop_crm.domain.channels import KINDS, guessed
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.ui.words import N_, tr

_ALSO = {"phone": ("tel", "mobile", "hp"), "email": ("email", "mail"), "whatsapp": ("wa",), "facebook": ("fb",),
         "telegram": ("tg",), "web": ("web", "page", "website")}
_LABELLED = re.compile(r"(?P<value>.+?)\s*[（(](?P<label>[^()（）]+)[)）]")
_BEFORE = re.compile(r"(?P<label>[^:：@/\d]{1,40})[:：]\s*(?P<value>\S.*)")

Way = tuple[str, str, str]
"""The kind, the value and the label of a way."""


def read(typed: str) -> Way:
    """The kind, value and label that a line says; InvalidInput where nothing tells of which kind it is."""
    text = " ".join(typed.split())
    kind, rest = _named(text)
    found = _LABELLED.fullmatch(rest)
    if found is not None and (kind or guessed(found["value"])):
        return kind or guessed(found["value"]), found["value"], found["label"].strip()
    if kind or guessed(rest):
        return kind or guessed(rest), rest, ""
    before = _BEFORE.fullmatch(rest)
    if before is not None and guessed(before["value"]):
        return guessed(before["value"]), before["value"], before["label"].strip()
    raise InvalidInput(N_("What is “{value}”? Write what it is before it, as in “LINE {value}”. Nothing was saved."),
                       "others", value=text)


def written(way: Channel) -> str:
    """A way as `read` reads it back."""
    value = way.value if guessed(way.value) == way.kind else f"{title(way.kind)} {way.value}"
    return f"{value} ({way.label})" if way.label else value


def title(kind: str) -> str:
    """The name of a kind of way in the user's language."""
    return tr(KINDS.get(kind, kind))


def _named(text: str) -> tuple[str, str]:
    """The kind that the first word names, and the rest; ("", all of it) where it names none."""
    for kind in KINDS:
        for name in (title(kind), kind, *_ALSO.get(kind, ())):
            words = len(name.split())
            first = text.split(maxsplit=words)
            said = " ".join(first[:words])
            if len(first) > words and fold(said.rstrip(":：")) == fold(name):
                return kind, first[words]
            if said.casefold().startswith((f"{name.casefold()}:", f"{name.casefold()}：")):
                return kind, text[len(name) + 1:].strip()
    return "", text
