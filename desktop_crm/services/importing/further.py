"""What else rows say of people: messengers, further addresses, consent and refusal, the language of their papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from desktop_crm.domain.channels import NUMBERED, normal
from desktop_crm.domain.consents import MARKETING, PURPOSES
from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing import words
from desktop_crm.domain.importing.fields import PLACE
from desktop_crm.domain.people_texts import SaidAddress, SaidConsent
from desktop_crm.domain.values import squash
from desktop_crm.i18n import LANGUAGES, language
from desktop_crm.readers import Value
from desktop_crm.services.importing import labels
from desktop_crm.services.importing.additions import Additions
from desktop_crm.services.importing.cells import NOTHING, text_of
from desktop_crm.services.importing.draft import Draft, Wrong
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection

OUT, NOT_YET = "out", ""
"""What a cell of a consent says beside a purpose: it was taken back, or never given."""
_STREET = {"address": "street"}
_UNKNOWN = N_("“{value}” is none of the known words; {fate}.")


def messenger(kind: str, country: str, numbers: Callable[[Value], Any]) -> Callable[[Value], Any]:
    """How the cells of a messenger are read: as numbers where it has them, else as names, several in one cell."""
    if kind in NUMBERED:
        return numbers

    def read(cell: Value) -> tuple[tuple[str, str, str], ...] | None:
        parts = [" ".join(part.split()) for part in text_of(cell).replace(":::", "\n").replace(";", "\n").split("\n")]
        found = {normal(kind, part, country): part for part in reversed(parts)
                 if part and part.casefold() not in NOTHING}
        return tuple((part, known, "") for known, part in reversed(found.items())) or None

    return read


def consent(cell: Value) -> str | None:
    """The purpose that was agreed to ("yes" is marketing), OUT where it was taken back, NOT_YET where it was not."""
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    said = squash(text)
    yes = words.yes_no().get(said or text)
    if yes is not None:
        return MARKETING if yes else NOT_YET
    found = words.consents().get(said)
    found = found or next((code for code, title in PURPOSES.items() if squash(title) == said), None)
    if found is None:
        raise Wrong(_UNKNOWN, value=text)
    return found


def paper_language(cell: Value) -> str | None:
    """The code of a language that papers can be written in."""
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    codes = {squash(name): code for code, own in LANGUAGES.items() for name in (code, own)} | words.languages()
    found = codes.get(squash(text)) or codes.get(squash(text.replace("_", "-").split("-")[0].split("(")[0]))
    if found is None:
        raise Wrong(_UNKNOWN, value=text)
    return found


def addresses(connection: Connection, made: Draft, ids: Sequence[int], targets: Sequence[int | None],
              words_in: str) -> Additions:
    """The addresses that rows bring and their owners do not have yet; a customer's first one stands in its own fields.

    Labels that no column says follow from the headings, in the language `words_in`.
    """
    owner = "customer_id" if made.kind == "customers" else "contact_id"
    columns = [_STREET.get(part, part) for part in PLACE]
    found = Additions("addresses", [], {key: [] for key in (owner, *columns, "position")})
    numbers = [number for number in ("", "_2", "_3") if {f"{part}{number}" for part in PLACE[1:]} & set(made.values)]
    numbers = [number for number in numbers if number or made.kind == "contacts"]
    if not numbers and "addresses" not in made.values:
        return found
    present: dict[int, set[tuple[Any, ...]]] = {}
    labelled: dict[int, list[tuple[Any, ...]]] = {}
    for key, *place in importing.rows(connection, "addresses", columns, [
            target for target in targets if target is not None], by=owner):
        present.setdefault(key, set()).add(tuple(place[1:]))
        labelled.setdefault(key, []).append(tuple(place))
    parts = [(number, [made.column(f"{part}{number}") for part in PLACE], _label(made, number, words_in))
             for number in numbers]
    told: list[tuple[SaidAddress, ...] | None] = made.column("addresses")
    for row, row_id in enumerate(ids):
        there = present.setdefault(row_id, set()) if row_id else set()
        all_of_them = labelled.setdefault(row_id, [])
        said = []
        for number, (named, *places), usual in parts if row_id else ():
            place = tuple(column[row] for column in places)
            kept = targets[row] is not None and f"address{number}" in made.mapping.kept
            if any(place) and not kept and place not in there:
                said.append((named[row] or usual, *place))
                there.add(place)
        if row_id and not (targets[row] is not None and "addresses" in made.mapping.kept):
            said += [place for place in told[row] or () if place not in all_of_them]
        for place in said:
            found.owners.append(row_id)
            for key, value in zip((*columns, "position"), (*place, len(all_of_them)), strict=True):
                found.columns[key].append(value)
            all_of_them.append(place)
    found.columns[owner] = found.owners
    return found


def _label(made: Draft, number: str, words_in: str) -> str | None:
    """What the heading of an address says that it is ("Home Street", "Shipping City"), in a language."""
    headings = [made.heading(f"{part}{number}") for part in PLACE[1:] if made.mapping.of(f"{part}{number}")]
    said = labels.of_heading(headings[0]) if headings else ""
    return language(words_in).say(said) if said else None


def consents(connection: Connection, made: Draft, ids: Sequence[int], targets: Sequence[int | None],
             today: str) -> Additions:
    """The consents that rows tell of, where none of the same purpose stands the same way yet.

    A contact that wants no marketing is one who has taken the consent back.
    """
    owner = "customer_id" if made.kind == "customers" else "contact_id"
    found = Additions("consents", [], {key: [] for key in (
        owner, "purpose", "basis", "source", "on_date", "withdrawn_on")})
    keys = ("consent", "consent_basis", "consent_on", "consent_source")
    refuses = made.column("no_marketing" if made.kind == "contacts" else "")
    if not {*keys, "consents", "no_marketing" if made.kind == "contacts" else ""} & set(made.values):
        return found
    noted = {tuple(row) for row in importing.rows(connection, "consents", SaidConsent._fields, [
        target for target in targets if target is not None], by=owner)}
    _told_whole(made, ids, targets, found, noted)
    present = {(key, purpose, gone is None) for key, purpose, _, _, _, gone in noted}
    for row, (row_id, said, basis, day, source) in enumerate(zip(ids, *map(made.column, keys), strict=True)):
        said = OUT if refuses[row] else MARKETING if said is None and (basis or day) else said
        if not row_id or not said or (targets[row] is not None and "consent" in made.mapping.kept):
            continue
        purpose, stands = (MARKETING, False) if said == OUT else (said, True)
        if (row_id, purpose, stands) in present:
            continue
        present.add((row_id, purpose, stands))
        found.owners.append(row_id)
        for key, value in (("purpose", purpose), ("basis", basis or "consent"), ("source", source),
                           ("on_date", day if stands else None), ("withdrawn_on", None if stands else day or today)):
            found.columns[key].append(value)
    found.columns[owner] = found.owners
    return found


def _told_whole(made: Draft, ids: Sequence[int], targets: Sequence[int | None], found: Additions,
                noted: set[tuple[Any, ...]]) -> None:
    """Add the consents that a list of this program tells whole, unless they are `noted`; then they are."""
    told: list[tuple[SaidConsent, ...] | None] = made.column("consents")
    for row_id, target, said in zip(ids, targets, told, strict=True):
        kept = target is not None and "consents" in made.mapping.kept
        for one in said or () if row_id and not kept else ():
            if (row_id, *one) not in noted:
                noted.add((row_id, *one))
                found.owners.append(row_id)
                for key, value in one._asdict().items():
                    found.columns[key].append(value)
