"""Columns of the other records in a row: by a known export, by a prefix ("Organization - Address"), by what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from desktop_crm.domain.importing import MORE, every, fields, parted
from desktop_crm.domain.importing.fields import BESIDE, PLACE
from desktop_crm.domain.importing.shape import Shape
from desktop_crm.domain.importing.shapes import key, targets
from desktop_crm.domain.values import squash
from desktop_crm.readers import RawTable, Value
from desktop_crm.services.importing import content
from desktop_crm.services.importing.cells import text_of

Samples = Sequence[Sequence[Value]]

_PREFIXES = {
    "contacts": "person|contact|contact person|primary contact|people|kontak|orang dihubungi|聯絡人|联系人|kontakt",
    "customers": "organization|organisation|company|account|business|customer|client|related company|"
                 "associated company|syarikat|pelanggan|公司|客戶|客户|empresa|entreprise|firma",
    "deals": "deal|opportunity|product|peluang|商機|商机|negocio|affaire",
    "tasks": "activity|task|tugas|to do", "": "note|nota",
}
_PRODUCT = {"name": "product", "price": "price", "quantity": "quantity", "currency": "currency"}
_NUMBERED = re.compile(r"\s*address\s*([1-9])\b", re.IGNORECASE)
_APART = re.compile(r"(.+?)\s*(?:\s[-–—]\s|:\s*|/)\s*(.+)")
_BY_PREFIX_ONLY = frozenset({"name", "external_id", "created", "call_name", "notes", "kind", "parent",
                             "first_name", "middle_name", "last_name",
                             "address", "city", "postcode", "country", "region", "language", "zone",
                             "consent", "no_marketing", "label", "ways",
                             "addresses", "consents", "companies", "state_log",
                             *(f"{part}_{number}" for part in PLACE for number in "23")})
_ONE_LIST = ("odoo",)  # its companies and its people stand in one list
_PEOPLE = ("google", "outlook", "outlook-de", "outlook-fr", "outlook-es", "apple", "monica", "linkedin")
_TITLED = "zoho-"  # its whole names begin with the salutation, which has a column of its own


def of_shape(shape: Shape, names: Sequence[str], kind: str, filled: Sequence[int]) -> dict[int, str]:
    """The fields that a known export's columns are in an import as `kind`; "" for those that do not matter.

    Of several columns for one field the one with the most cells `filled` is taken; then a name rather than an id, then
    the one that the shape names first.
    """
    known, keys = targets(shape), [key(name) for name in names]
    ranks = {word: rank for rank, word in enumerate(known)}
    found: dict[int, str] = {}
    single = {item.key for item in every(kind) if not item.many}
    for index in sorted((index for index, word in enumerate(keys) if word in known), key=lambda index: (
            -filled[index], keys[index].endswith("id"), ranks[keys[index]], index)):
        target = _of_number(names[index], known[keys[index]])
        if target == "contacts.name" and shape.code.startswith(_TITLED) and "lastname" in keys:
            target = "-"
        field = "" if target == "-" else placed(target, kind, shape)
        if field not in single or field not in found.values():
            found[index] = field
    return dict(sorted(found.items()))


def _of_number(name: str, target: str) -> str:
    """The part of the second or third address that a heading with its number is ("Address 2 - City"); "-" for none."""
    found = _NUMBERED.match(name)
    if found is None or parted(target)[1] not in PLACE:
        return target
    if found[1] == "1":
        return "-" if target.endswith(".label") else target
    return f"{target}_{found[1]}" if found[1] in "23" else f"{parted(target)[0]}.{MORE}"


def placed(target: str, kind: str, shape: Shape) -> str:
    """Where "contacts.emails" belongs in an import as `kind`: the customer of a list of people is the person."""
    noun, bare = parted(target)
    people = kind == "customers" and (shape.kind == "contacts" or shape.code.endswith("-leads"))
    if people and noun in ("contacts", "customers"):
        if noun == "customers" and bare in ("name", "external_id") and shape.kind == "contacts":
            return "company" if bare == "name" else ""
        if noun == "customers" and bare == "name":
            return "company"
        return bare if bare in {item.key for item in fields(kind)} else MORE
    if kind == "contacts" and shape.code in _ONE_LIST:
        own = {"company": "customer", "kind": ""}.get(bare, bare)
        noun, bare = ("contacts", own) if own in {"", *(item.key for item in fields(kind))} else (noun, bare)
    if kind == "contacts" and (noun, bare) == ("customers", "external_id") and shape.code.endswith("-leads"):
        return bare
    if noun == kind:
        return bare if not bare or bare in {item.key for item in fields(kind)} else MORE
    if (noun, bare) == ("customers", "name") and kind in ("contacts", "deals"):
        return "customer"
    return f"{noun}.{bare}" if f"{noun}.{bare}" in {item.key for item in every(kind)} else MORE


def likely_kind(shape: Shape, table: RawTable) -> str:
    """What a known export is imported as: a phone book whose people mostly have no company is one of customers."""
    if shape.code not in _PEOPLE:
        return shape.kind
    columns = [index for index, name in enumerate(table.columns) if targets(shape).get(key(name)) == "customers.name"]
    with_company = sum(any(text_of(row[index]) for index in columns) for row in table.rows)
    return "contacts" if 2 * with_company >= len(table.rows) else "customers"


Meanings = Callable[[str, str], list[tuple[int, str]]]


def by_prefix(names: Sequence[str], kind: str, meanings: Meanings) -> dict[int, str]:
    """Columns whose headings all say whose they are, as "Person - Phone"; nothing where fewer than three do."""
    found: dict[int, str] = {}
    said = [_said(name) for name in names]
    with_prefix = [noun for noun, _ in said if noun is not None]
    if len(with_prefix) < 3 or (len(set(with_prefix)) < 2 and len(with_prefix) < len(names)):
        return {}
    for index, (noun, rest) in enumerate(said):
        if noun is not None:
            field = _meant(noun, rest, kind, meanings, names[index])
            if field and (field not in found.values() or _many(kind, field)):
                found[index] = field
    return found


def _said(name: str) -> tuple[str | None, str]:
    found = _APART.fullmatch(name.strip().rstrip("*"))
    noun = _noun(found[1]) if found else None
    return (noun, found[2]) if found and noun is not None else (None, "")


def _noun(word: str) -> str | None:
    wanted = squash(word)
    return next((noun for noun, words in _PREFIXES.items() if any(
        squash(one) == wanted for one in words.split("|"))), None)


def _meant(noun: str, rest: str, kind: str, meanings: Meanings, whole: str = "") -> str:
    """The field of a noun's own column in an import as `kind`; "" for none."""
    if not noun:
        return "notes" if "notes" in {item.key for item in fields(kind)} else ""
    if squash(whole).startswith("product"):
        bare = _PRODUCT.get(squash(rest), "")
    else:
        own = {item.key for item in fields(noun)}
        bare = next((one for _, one in sorted(meanings(rest, noun)) if one in own), "")
    if not bare:
        return ""
    if noun == kind:
        return bare
    if bare == "name" and noun in ("customers", "contacts") and noun.removesuffix("s") in {
            item.key for item in fields(kind)}:
        return noun.removesuffix("s")
    return f"{noun}.{bare}" if f"{noun}.{bare}" in {item.key for item in every(kind)} else ""


def _many(kind: str, field: str) -> bool:
    return any(item.many for item in every(kind) if item.key == field)


def left_over(names: Sequence[str], samples: Samples, kind: str, chosen: dict[int, str],
              meanings: Meanings) -> dict[int, str]:
    """Columns that say nothing of the row's own record, and something of another one that the row names."""
    found: dict[int, str] = {}
    for index, name in enumerate(names):
        words = name.strip().rstrip("*").replace("_", " ").split()
        if len(words) == 1 and _noun(words[0]) == "contacts":
            words.append("name")  # "Contact" beside a company's name is the person
        for size in range(len(words) - 1, 0, -1):
            noun = _noun(" ".join(words[:size])) if index not in chosen and index not in found else None
            field = _meant(noun, " ".join(words[size:]), kind, meanings, name) if noun and noun != kind else ""
            if field and _free(field, kind, chosen, found) and _fit(field, kind, samples[index]):
                found[index] = field
    for noun in _named(kind, {**chosen, **found}):
        for index, name in enumerate(names):
            if index in chosen or index in found:
                continue
            for _, bare in sorted(meanings(name, noun)):
                field = f"{noun}.{bare}"
                if bare not in _BY_PREFIX_ONLY and _free(field, kind, chosen, found) and samples[index] and _fit(
                        field, kind, samples[index]):
                    found[index] = field
                    break
    return found


def _named(kind: str, chosen: dict[int, str]) -> list[str]:
    """The other records that a row names: people first, since an e-mail or a phone is rather theirs."""
    there = set(chosen.values())
    return [noun for noun in sorted(BESIDE.get(kind, ())) if noun.removesuffix("s") in there
            or {f"{noun}.name", f"{noun}.first_name", f"{noun}.last_name"} & there]


def _free(field: str, kind: str, *chosen: dict[int, str]) -> bool:
    items = {item.key: item for item in every(kind)}
    return field in items and (items[field].many or not any(field in one.values() for one in chosen))


def _fit(field: str, kind: str, cells: Sequence[Value]) -> bool:
    item = next(item for item in every(kind) if item.key == field)
    noun, bare = parted(field)
    own = next((one for one in fields(noun or kind) if one.key == bare), item)
    return content.fits(own, noun or kind, cells)


def kept_in_notes(names: Sequence[str], samples: Samples, kind: str, chosen: dict[int, str]) -> dict[int, str]:
    """What a known export says beyond every field: kept in the notes, so that nothing is dropped.

    A column that says the same as another one ("company", "company_name") is not said twice; marks and numbers may be
    alike by chance.
    """
    if MORE not in {item.key for item in fields(kind)}:
        return {}
    return {index: MORE for index in range(len(names)) if index not in chosen and samples[index]
            and not (content.share(samples[index], _telling) > 0
                     and any(samples[index] == samples[other] for other, field in chosen.items() if field))}


def _telling(cell: Value) -> bool:
    return not (content.is_number(cell) or content.is_yes_no(cell))

