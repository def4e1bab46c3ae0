"""Names as lists write them: "Doe, John" turned round, everything else kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_crm.domain.values import fold

_PARTS = re.compile(r"([^,，]+)[,，]\s*([^,，]+)")
_NOT_GIVEN = re.compile(
    r"(jr|sr|ii|iii|iv|esq|ph\.?\s?d|m\.?d|mba|inc|ltd|llc|llp|plc|co|corp|corporation|gmbh|ag|s\.?a|pte ltd|sdn bhd|"
    r"sdn\.? bhd\.?|bhd|pvt\.? ltd\.?|limited|company|enterprise|incorporated|b\.?v|n\.?v)\.?", re.IGNORECASE)
_LINEAGE = re.compile(r"(bin|binti|bte|a/l|a/p|s/o|d/o|anak)\b.*", re.IGNORECASE)
_FAMILY_FIRST = frozenset(re.findall(r"\w+", """
    tan lim lee ng wong chan chong cheong chin chua goh ong teo teoh koh khoo low loh lau yap yeoh yeo sim soh tay toh
    ang chew foo ho heng kok kwan lai leong liew ling loo mah ooi pang phua quek seow siew tham thong wee woo yong
    chen wang li liu zhang zhao huang wu zhou xu sun zhu lin guo"""))


def turned(name: str) -> str | None:
    """The name of "Family, Given" in the order in which it is spoken; None for a text that is no such name.

    Chinese names have their family name first, with or without letters of the alphabet; "Smith, Jr." and companies
    are left alone.
    """
    found = _PARTS.fullmatch(name.strip())
    if found is None:
        return None
    family, given = found[1].strip(), found[2].strip()
    if _NOT_GIVEN.fullmatch(given) or _LINEAGE.fullmatch(given) or any(map(str.isdigit, name)) or "&" in name:
        return None
    if len(family.split()) > 3 or len(given.split()) > 4:
        return None
    if all("\u3400" <= letter <= "\u9fff" for letter in family + given):
        return family + given
    return f"{family} {given}" if family.casefold() in _FAMILY_FIRST else f"{given} {family}"


def turned_round(names: Sequence[str | None]) -> list[str | None]:
    """A column of names turned round, if at least half of those said are written "Family, Given"; else as it is."""
    said = [name for name in names if name]
    if sum(turned(name) is not None for name in said) * 2 < len(said) or not said:
        return list(names)
    return [name and (turned(name) or name) for name in names]


def lacks(name: str, part: str | None) -> bool:
    """Whether a whole name does not hold a given name or surname, without regard to case and accents."""
    return part is not None and part not in name and fold(part) not in fold(name)  # folding costs more than looking
