"""Export profiles: which columns a list leaves with, in which order and under which headings, and how a CSV is written.

Own ones are kept in the business file; those of other programs and of bookkeeping are in domain/export_shapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import fold

DELIMITERS = {"comma": N_("Comma (,)"), "semicolon": N_("Semicolon (;)"), "tab": N_("Tab")}
DECIMALS = {".": N_("Point (1234.50)"), ",": N_("Comma (1234,50)")}
DATES = {"iso": N_("Year first (2026-11-21)"), "local": N_("As the country writes days")}
SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""The sign between two cells, by its name."""
MOST_COLUMNS, LONGEST = 300, 60
_DAYS = {"DMY": "%d/%m/%Y", "MDY": "%m/%d/%Y", "YMD": "%Y/%m/%d"}


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV is written: the sign between cells, the decimal sign, and how days are ("" for ISO)."""

    delimiter: str = ","
    decimal: str = "."
    days: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One way in which a list of a `kind` leaves: `columns` are (key, heading) in their order, none of them for all.

    `code` is that of a shape which every business has ("" for an own one); such a one is not changed.
    """

    name: str
    kind: str
    columns: tuple[tuple[str, str], ...] = ()
    delimiter: str = "comma"
    decimal: str = "."
    dates: str = "iso"
    id: int = 0
    code: str = ""

    def form(self, order: str) -> CsvForm:
        """How its CSV is written in a country that writes days in `order` (DMY, MDY or YMD)."""
        return CsvForm(SIGNS[self.delimiter], self.decimal, "" if self.dates == "iso" else _DAYS[order])


def read(stored: str) -> tuple[Profile, ...]:
    """The profiles out of the setting that `stored` writes."""
    return tuple(Profile(item["name"], item["kind"], tuple((key, title) for key, title in item["columns"]),
                         item["delimiter"], item["decimal"], item["dates"], item["id"])
                 for item in json.loads(stored or "[]"))


def stored(profiles: Iterable[Profile]) -> str:
    """The profiles as a setting of the file; "" for none."""
    found = [{"id": item.id, "name": item.name, "kind": item.kind, "columns": [list(pair) for pair in item.columns],
              "delimiter": item.delimiter, "decimal": item.decimal, "dates": item.dates} for item in profiles]
    return json.dumps(found, ensure_ascii=False) if found else ""


def checked(profile: Profile, others: Sequence[Profile], kinds: Iterable[str]) -> Profile:
    """The profile as it may be saved beside the `others`; InvalidInput, with the field, for what cannot be one."""
    name = " ".join(profile.name.split())
    if not name or len(name) > LONGEST:
        raise InvalidInput(N_("A profile needs a name of up to {n} letters. Nothing was saved."), "name", n=LONGEST)
    if any(fold(item.name) == fold(name) and item.kind == profile.kind and item.id != profile.id for item in others):
        raise InvalidInput(N_("There is a profile “{name}” for this list already. Nothing was saved."), "name",
                           name=name)
    for key, value, known in (("kind", profile.kind, kinds), ("delimiter", profile.delimiter, DELIMITERS),
                              ("decimal", profile.decimal, DECIMALS), ("dates", profile.dates, DATES)):
        if value not in known:
            raise InvalidInput(N_("“{value}” is not a choice here. Nothing was saved."), key, value=value)
    if profile.delimiter == "comma" and profile.decimal == ",":
        raise InvalidInput(N_("With a comma in the numbers, let another sign stand between the cells. "
                              "Nothing was saved."), "delimiter")
    return replace(profile, name=name, columns=_columns(profile.columns))


def _columns(columns: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    clean = tuple((key, " ".join(title.split())) for key, title in columns)
    if len(clean) > MOST_COLUMNS or any(not title or len(title) > 200 for _, title in clean):
        raise InvalidInput(N_("Each column needs a heading. Nothing was saved."), "columns")
    twice = {title for _, title in clean if sum(fold(title) == fold(other) for _, other in clean) > 1}
    if twice:
        raise InvalidInput(N_("Two columns are headed “{name}”. Nothing was saved."), "columns", name=min(twice))
    return clean
