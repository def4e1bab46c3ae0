"""Ways to reach someone as rows of a form — phones, e-mails, all others — and back, each with the id that it had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_crm.domain.channels import KINDS
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.services.customers import Typed
from desktop_crm.ui import forms
from desktop_crm.ui.customers.way_line import title
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.words import N_, tr

KEYS = ("phones", "emails", "others")
_PHONES = (N_("Mobile"), N_("Office"), N_("Home"), N_("WhatsApp"))
_EMAILS = (N_("Office"), N_("Private"))
_OTHERS = tuple(kind for kind in KINDS if kind not in ("phone", "email"))
Pair = tuple[str, str]


def spec(key: str, section: str = "") -> FieldSpec:
    """The rows of the field `key`, one of KEYS."""
    if key == "phones":
        return forms.rows(key, tr(N_("Phones")), labels=("", *map(tr, _PHONES)), add=tr(N_("Add phone")),
                          section=section)
    if key == "emails":
        return forms.rows(key, tr(N_("E-mails")), labels=("", *map(tr, _EMAILS)), add=tr(N_("Add e-mail")))
    return forms.rows(key, tr(N_("Messengers and pages")), labels=tuple(map(title, _OTHERS)), add=tr(N_("Add another")))


def shown(channels: Sequence[Channel]) -> dict[str, tuple[Pair, ...]]:
    """What the rows of each key say; the first part of the others is their kind."""
    found: dict[str, list[Pair]] = {key: [] for key in KEYS}
    for way in channels:
        key = _key(way.kind)
        found[key].append((title(way.kind) if key == "others" else way.label, way.value))
    return {key: tuple(pairs) for key, pairs in found.items()}


def typed(values: dict[str, Any], known: Sequence[Channel]) -> list[Typed]:
    """The rows of a form as ways, in the order in which `known` ones stood, new ones after the others of their key.

    Raises InvalidInput for a row that names no kind of way.
    """
    found = {key: _typed(key, values.get(key) or (), [way for way in known if _key(way.kind) == key]) for key in KEYS}
    ordered: list[Typed] = []
    for way in known:
        rows = found[_key(way.kind)]
        ordered += [rows.pop(0)] if rows else []
    for key in KEYS:
        place = max((at + 1 for at, way in enumerate(ordered) if _key(way[0]) == key), default=len(ordered))
        ordered[place:place] = found[key]
    return ordered


def _key(kind: str) -> str:
    return {"phone": "phones", "email": "emails"}.get(kind, "others")


def _typed(key: str, pairs: Sequence[Pair], known: Sequence[Channel]) -> list[Typed]:
    """Rows of a form with the id of the way that has the same value, else of the one that stood in its place."""
    by_value = {way.value: way for way in known}
    kept = {by_value[value].id for _, value in pairs if value in by_value}
    free = [way.id for way in known if way.id not in kept]
    found: list[Typed] = []
    for label, value in pairs:
        same = by_value.pop(value, None)
        record = same.id if same is not None else free.pop(0) if free else 0
        kind = {"phones": "phone", "emails": "email"}.get(key) or _kind(label, value)
        found.append((kind, (same.label if same else "") if key == "others" else label, value, record))
    return found


def _kind(said: str, value: str) -> str:
    """The kind that the first part of a row names."""
    kind = next((kind for kind in _OTHERS if fold(title(kind)) == fold(said) or kind == fold(said)), "")
    if not kind:
        raise InvalidInput(N_("“{value}”: choose what this is — WhatsApp, LINE, a web page … Nothing was saved."),
                           "others", value=value)
    return kind
