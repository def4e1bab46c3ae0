"""Cells → values, column by column: text, days, numbers, money, choices; what cannot be read is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from desktop_crm.domain import deal_texts, people_texts
from desktop_crm.domain.accounts import method_of
from desktop_crm.domain.business import Business
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import ColumnMapping, ImportField, Mapping, dates, fields, numbers, words
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.domain.importing.fields import RING, WAYS
from desktop_crm.domain.values import currencies, squash, to_minor
from desktop_crm.i18n import Language, language
from desktop_crm.readers import RawTable, Value
from desktop_crm.services.importing import further, labels, reach
from desktop_crm.services.importing.cells import NOTHING, text_of
from desktop_crm.services.importing.draft import Draft, Wrong

Parse = Callable[[Value], Any]

ANSWERED = "no"
"""What a cell of a ring says of a reminder that was answered."""
_ISO = re.compile(r"(?:1[89]|2[0-2])\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")
_LENGTH = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
_TAG_BREAK = re.compile(r"[,;|、，；\n]|\s*:::\s*")


def draft(table: RawTable, mapping: Mapping, business: Business) -> Draft:
    """The whole table as values, links still as text and amounts as (Decimal, currency)."""
    made = Draft(mapping, table.lines)
    for item in fields(mapping.kind):
        columns = mapping.of(item.key)
        if columns:
            _fill(made, table, item, columns, business)
    _money(made, business)
    return made


def _fill(made: Draft, table: RawTable, item: ImportField, columns: Sequence[ColumnMapping],
          business: Business) -> None:
    """Read all columns of one field; several that feed it are joined, or the first that says something counts."""
    read = [_column(made, [row[column.index] for row in table.rows], item, column, business) for column in columns]
    if item.key in ("emails", "phones"):
        read = [_labelled(ways, table, column, language(business.language)) for ways, column in
                zip(read, columns, strict=True)]
    found = read[0]
    for more in read[1:]:
        found = [_joined(item, one, other) for one, other in zip(found, more, strict=True)]
    made.values[item.key] = [_calls_first(ways) for ways in found] if item.key == "phones" else found


def _calls_first(ways: Any) -> Any:
    """The numbers of someone with those of faxes last: the first one is the one that is called."""
    if ways is None or len(ways) < 2:
        return ways
    return tuple(sorted(ways, key=lambda way: labels.is_fax(way[2])))


def _labelled(ways: list[Any], table: RawTable, column: ColumnMapping, words: Language) -> list[Any]:
    """E-mails or phones with what they are, where the heading or the column beside them says so."""
    beside = labels.label_column(table.columns, column.column)
    usual = words.say(labels.of_heading(column.column)) if labels.of_heading(column.column) else ""
    if beside is None and not usual and not any(own for one in ways if one for _, _, own in one):
        return ways
    said = {text: words.say(labels.of_cell(text)) for text in {text_of(row[beside]) for row in table.rows} if text
            } if beside is not None else {}
    found = []
    for row, one in enumerate(ways):
        label = said.get(text_of(table.rows[row][beside]), "") if beside is not None else usual
        found.append(one and tuple((value, normal, label or (own and words.say(own))) for value, normal, own in one))
    return found


def _joined(item: ImportField, one: Any, other: Any) -> Any:
    if one is None or other is None or not item.many:
        return other if one is None else one
    if isinstance(one, tuple) and item.key == "tags":
        return tuple(dict.fromkeys(one + other))
    if isinstance(one, tuple):  # the same writing under two headings is one
        there = {value for value, _, _ in one}
        return one + tuple(way for way in other if way[0] not in there)
    return one if other in one else f"{one}{', ' if item.key.startswith('address') else chr(10)}{other}"


def _column(made: Draft, cells: Sequence[Value], item: ImportField, column: ColumnMapping,
            business: Business) -> list[Any]:
    """Read one column; equal cells are read once."""
    plain = _plain(cells, item)
    if plain is not None:
        return plain
    parse = _parser(made.kind, item, column, business)
    known: dict[Any, Any] = {None: None, "": None}
    found: list[Any] = []
    for row, cell in enumerate(cells):
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        if key not in known:
            known[key] = _read(parse, cell)
        value = known[key]
        if value.__class__ is Wrong:
            made.wrong(row, item.key, value, column.column)
            value = None
        found.append(value)
    return found


def _plain(cells: Sequence[Value], item: ImportField) -> list[Any] | None:
    """A column of harmless texts, quickly; None where a cell needs a closer look."""
    text = item.type in (FieldType.TEXT, FieldType.LONG, FieldType.LINK) and item.key not in _LOOKED_AT
    if not text or set(map(type, cells)) - {str}:
        return None
    joined = "".join(cells)  # type: ignore[arg-type]  # all of them are texts
    if "\0" in joined or (cells and max(map(len, cells)) > item.most):  # type: ignore[arg-type]
        return None
    return [cell.strip() or None for cell in cells]  # type: ignore[union-attr]


def _read(parse: Parse, cell: Value) -> Any:
    try:
        return parse(cell)
    except Wrong as wrong:
        return wrong


def _parser(kind: str, item: ImportField, column: ColumnMapping, business: Business) -> Parse:
    """How the cells of a field are read."""
    if item.key in WAYS:
        numbers = reach.parser("emails" if item.key == "emails" else "phones", business.country)
        plain = item.key in ("emails", "phones")
        return numbers if plain else further.messenger(WAYS[item.key], business.country, numbers)
    if item.key in _BY_KEY:
        return _BY_KEY[item.key]
    if item.key == "birthday":
        return lambda cell: _birthday(cell, column.order, business)
    if (kind, item.key) == ("payments", "method"):
        return lambda cell: method_of(_text(cell, item), language(business.language).say)
    if item.key == RING:
        return lambda cell: _ring(cell, column.order, business)
    if item.key == "done":
        return lambda cell: _done(cell, column.order, business)
    if item.type is FieldType.DATE:
        return lambda cell: moment(cell, column.order, business)
    if item.type in (FieldType.MONEY, FieldType.INTEGER, FieldType.QUANTITY):
        return lambda cell: _number(cell, column.decimal or ".", item)
    if item.type is FieldType.CHOICE and (kind, item.key) not in _READ_LATER:
        return lambda cell: _choice(cell, kind, item)
    if item.type is FieldType.YES_NO:
        return yes_no
    if item.type is FieldType.TIME:
        return _clock
    return lambda cell: _text(cell, item)


def _text(cell: Value, item: ImportField) -> str | None:
    """The text as it stands, less outer whitespace; only a zero character, which a file cannot hold, is dropped."""
    text = text_of(cell)
    if "\0" in text:
        text = text.replace("\0", "").strip()
    if len(text) > item.most:
        raise Wrong(N_("This text is too long: {count} characters, {most} fit; {fate}."), count=len(text),
                    most=item.most)
    return text or None


def _tags(cell: Value) -> tuple[str, ...] | None:
    names = (" ".join(part.lstrip("* ").split()).strip('"')[:100] for part in _TAG_BREAK.split(text_of(cell)))
    return tuple(dict.fromkeys(name for name in names if name)) or None


def _currency(cell: Value) -> str | None:
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    if text.upper() in currencies():
        return text.upper()
    found = numbers.number(f"{text} 1", ".")
    if found is None or not found[1]:
        raise Wrong(N_("“{value}” is not a currency; {fate}."), value=text)
    return found[1]


def moment(cell: Value, order: str, business: Business) -> tuple[str, str | None] | None:
    """(local business day, UTC instant where a time was said) as the file keeps them."""
    if isinstance(cell, str) and _ISO.fullmatch(cell):  # the usual case, quickly
        return cell, None
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    found = _when(cell, order, business)
    if found is None:
        raise Wrong(N_("“{value}” is not a date; {fate}."), value=text)
    if not isinstance(found, datetime):
        return found.isoformat(), None
    if found.tzinfo is business.zone and found.time() == time():
        return found.date().isoformat(), None
    return business.day_of(found).isoformat(), found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _when(cell: Value, order: str, business: Business) -> date | datetime | None:
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=business.zone)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return dates.whole(cell, business.zone)
    if isinstance(cell, str):
        return dates.moment(cell, order or "DMY", business.zone, roc=business.country == "TW")
    return None


def _number(cell: Value, sign: str, item: ImportField) -> Any:
    """A whole number, thousandths, or (amount, currency) for money."""
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    if item.key == "minutes" and (length := _LENGTH.fullmatch(text)) is not None:
        return int(length[1]) * 60 + int(length[2])
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found: tuple[Decimal, str] | None = (Decimal(repr(cell)), "")
    else:
        found = numbers.number(text, sign) if isinstance(cell, str) else None
    if found is None or not found[0].is_finite():
        raise Wrong(N_("“{value}” is not a number; {fate}."), value=text)
    if item.type is FieldType.MONEY:
        return found
    amount = found[0] * (1000 if item.type is FieldType.QUANTITY else 1)
    most = 2**53 if item.type is FieldType.QUANTITY else item.most if item.most != 1000 else 2**53
    if abs(amount) > most or (amount < 0 and item.type is not FieldType.QUANTITY):  # what comes back is below zero
        raise Wrong(N_("“{value}” does not fit; {fate}."), value=text)
    return int(amount.to_integral_value())


def _choice(cell: Value, kind: str, item: ImportField) -> str | None:
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    found = next((code for code in item.choices if text.casefold() == code), None)
    found = found or words.codes(kind, item.key).get(squash(text) or text)
    found = found or next((code for code, title in item.choices.items() if squash(title) == squash(text)), None)
    if found is None:
        raise Wrong(N_("“{value}” is none of the known words; {fate}."), value=text)
    return found


def yes_no(cell: Value) -> int | None:
    """1 or 0 for a word of yes or no in any known language, None for nothing; Wrong for anything else."""
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    found = words.yes_no().get(squash(text) or text)
    if found is None:
        raise Wrong(N_("“{value}” is neither yes nor no; {fate}."), value=text)
    return int(found)


def _done(cell: Value, order: str, business: Business) -> tuple[str, str | None] | bool | None:
    """The day on which a task was done, or only whether it was."""
    said = words.yes_no().get(squash(text_of(cell)) or text_of(cell))
    return said if said is not None else moment(cell, order, business)


def _ring(cell: Value, order: str, business: Business) -> str | None:
    """The instant of a ring, ANSWERED where there is none any more."""
    if words.yes_no().get(squash(text_of(cell))) is False:
        return ANSWERED
    found = moment(cell, order, business)
    return found and found[1]


def _clock(cell: Value) -> str | None:
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    found = cell if isinstance(cell, time) else cell.time() if isinstance(cell, datetime) else dates.clock(text)
    if found is None:
        raise Wrong(N_("“{value}” is not a time of day; {fate}."), value=text)
    return found.strftime("%H:%M")


def _country(cell: Value) -> str | None:
    """The country's code; what names no country stays as it is written."""
    text = text_of(cell)
    return country_code(text) or text or None


def _birthday(cell: Value, order: str, business: Business) -> str | None:
    """A day of birth as ISO; "--05-12" where the year is not said (or is the 1604 that phones put there)."""
    text = text_of(cell)
    if text.casefold() in NOTHING or set(text) <= set("0/-. "):
        return None
    yearless = re.fullmatch(r"-{1,2}(\d\d)-?(\d\d)", text)
    if yearless and 1 <= int(yearless[1]) <= 12 and 1 <= int(yearless[2]) <= 31:
        return f"--{yearless[1]}-{yearless[2]}"
    if (day := dates.yearless(text, order)) is not None:
        return day
    found = moment(cell, order, business)
    return found and (f"--{found[0][5:]}" if found[0].startswith("1604") else found[0])


def _whole(read: Callable[[str], Any]) -> Parse:
    """How a cell that a list of ours wrote is read: lines of a deal, a stage log, consents."""
    def parse(cell: Value) -> Any:
        try:
            return read(text_of(cell))
        except (ValueError, RecursionError):
            raise Wrong(N_("“{value}” is not what a list of this program says here; {fate}."),
                        value=text_of(cell)[:60]) from None
    return parse


_BY_KEY: dict[str, Parse] = {
    "tags": _tags, "currency": _currency, "due_time": _clock, "country": _country, "country_2": _country,
    "country_3": _country, "consent": further.consent, "language": further.paper_language,
    "lines": _whole(deal_texts.lines), "stage_log": _whole(deal_texts.moves), "ways": _whole(people_texts.ways),
    "addresses": _whole(people_texts.addresses), "consents": _whole(people_texts.consents),
    "companies": _whole(people_texts.companies), "state_log": _whole(people_texts.states),
}
_READ_LATER = frozenset({("customers", "state"), ("deals", "status")})  # whose words say more than one thing
_LOOKED_AT = frozenset({*WAYS, *_BY_KEY, RING, "method", "birthday"})


def _money(made: Draft, business: Business) -> None:
    """Amounts → minor units of the row's currency: its own column's, the one beside the amount, or the business's."""
    keys = [item.key for item in fields(made.kind) if item.type is FieldType.MONEY and item.key in made.values]
    if not keys:
        return
    said = made.column("currency")
    for key in keys:
        for row, found in enumerate(made.values[key]):
            if found is None:
                continue
            said[row] = said[row] or found[1] or None
            try:
                made.values[key][row] = to_minor(found[0], said[row] or business.currency)
            except InvalidInput:
                made.values[key][row] = None
                made.wrong(row, key, Wrong(N_("“{value}” does not fit; {fate}."), value=str(found[0])))
    if any(said):
        made.values["currency"] = said
