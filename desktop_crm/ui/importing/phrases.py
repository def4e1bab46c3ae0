"""The wizard's words: kinds counted, encodings and delimiters by the names that people know."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_crm.domain.importing import NOUNS, TITLES, ImportField, ImportResult, Preview, shapes
from desktop_crm.services.importing.draft import LEFT_OUT
from desktop_crm.ui.words import N_, current, tr, tr_count

Counted = Callable[[int], str]

_COUNTED: dict[str, Counted] = {
    "customers": lambda n: tr_count(N_("{n} customer"), N_("{n} customers"), n),
    "contacts": lambda n: tr_count(N_("{n} contact"), N_("{n} contacts"), n),
    "sellers": lambda n: tr_count(N_("{n} seller"), N_("{n} sellers"), n),
    "products": lambda n: tr_count(N_("{n} product"), N_("{n} products"), n),
    "deals": lambda n: tr_count(N_("{n} deal"), N_("{n} deals"), n),
    "tasks": lambda n: tr_count(N_("{n} task"), N_("{n} tasks"), n),
    "activities": lambda n: tr_count(N_("{n} activity"), N_("{n} activities"), n),
    "payments": lambda n: tr_count(N_("{n} payment"), N_("{n} payments"), n),
    "stages": lambda n: tr_count(N_("{n} stage"), N_("{n} stages"), n),
    "pipelines": lambda n: tr_count(N_("{n} pipeline"), N_("{n} pipelines"), n),
    "tags": lambda n: tr_count(N_("{n} tag"), N_("{n} tags"), n),
    "campaigns": lambda n: tr_count(N_("{n} campaign"), N_("{n} campaigns"), n),
    "own_fields": lambda n: tr_count(N_("{n} own field"), N_("{n} own fields"), n),
    "sources": lambda n: tr_count(N_("{n} source"), N_("{n} sources"), n),
    "lost_reasons": lambda n: tr_count(N_("{n} reason for a loss"), N_("{n} reasons for a loss"), n),
}
_ENCODINGS = {
    "utf-8": N_("Unicode (UTF-8)"), "utf-16": N_("Unicode (UTF-16)"), "cp1252": N_("Western European"),
    "gb18030": N_("Chinese, simplified (GB18030)"), "big5": N_("Chinese, traditional (Big5)"),
    "cp1250": N_("Central European"), "cp1251": N_("Cyrillic"), "cp1256": N_("Arabic"),
    "shift_jis": N_("Japanese (Shift JIS)"), "euc_kr": N_("Korean (EUC-KR)"),
}
_DELIMITERS = {
    ",": N_("Comma"), ";": N_("Semicolon"), "\t": N_("Tab"), "|": N_("Vertical bar"), " ": N_("Blanks"),
}
_ORDERS = (("DMY", "31/12/2026"), ("MDY", "12/31/2026"), ("YMD", "2026/12/31"))
_SIGNS = ((".", "1,234.50"), (",", "1.234,50"))

Options = tuple[tuple[object, str], ...]


def kind_title(kind: str) -> str:
    """The name of a kind of record."""
    return tr(TITLES[kind])


def counted(kind: str, number: int) -> str:
    """So many records of a kind: "8,800 deals"."""
    return _COUNTED[kind](number)


def also_created(found: Mapping[str, int]) -> str:
    """What rows need besides, in one sentence; "" for nothing."""
    parts = [counted(kind, number) for kind, number in found.items() if number]
    return tr(N_("Also created: {list}."), list=current().listed(parts)) if parts else ""


def rows(number: int) -> str:
    """So many rows of a file."""
    return tr_count(N_("{n} row"), N_("{n} rows"), number)


def left_out(result: ImportResult | Preview) -> int:
    """How many rows are no records and stay behind."""
    return len(lines_left_out(result))


def lines_left_out(result: ImportResult | Preview) -> set[int]:
    """The file's lines that are no records."""
    return {problem.row for problem in result.problems if problem.values.get("fate") is LEFT_OUT}


def field_title(item: ImportField) -> str:
    """What a field is called, with whose it is where it is not the row's own record's: "Contact: E-mails"."""
    return tr(N_("{noun}: {field}"), noun=tr(NOUNS[item.noun]), field=tr(item.title)) if item.noun else tr(item.title)


def shape_of(code: str) -> str:
    """By which program a table was written, as a sentence; "" where that is not known."""
    shape = shapes.of_code(code)
    return tr(N_("This is an export of {program}."), program=tr(shape.title)) if shape else ""


def summary(result: ImportResult | Preview) -> str:
    """What an import does or did, in one line of figures."""
    said = [tr_count(N_("Read {n} row"), N_("Read {n} rows"), result.read)]
    said += [tr_count(N_("{n} new"), N_("{n} new"), result.created),
             tr_count(N_("{n} updated"), N_("{n} updated"), result.updated),
             tr_count(N_("{n} unchanged"), N_("{n} unchanged"), result.skipped - left_out(result))]
    return " · ".join(said)


def encodings(found: str | None) -> Options:
    """The text encodings to choose from; the first leaves it to the reader, which found `found` (None: not asked)."""
    return (("", _found(found and encoding_name(found))), *((code, tr(title)) for code, title in _ENCODINGS.items()))


def encoding_name(code: str) -> str:
    """An encoding by the name that people know, else by its code."""
    plain = code.lower().replace("_sig", "").replace("-sig", "").replace("utf_", "utf-").removesuffix("-le")
    plain = {"big5hkscs": "big5", "ascii": "utf-8"}.get(plain.removesuffix("-be"), plain.removesuffix("-be"))
    return tr(_ENCODINGS[plain]) if plain in _ENCODINGS else code


def delimiters(found: str | None) -> Options:
    """The characters between cells to choose from; the first leaves it to the reader (None: not asked)."""
    name = tr(_DELIMITERS[found]) if found in _DELIMITERS else tr(N_("one column")) if found == "" else found
    return (("", _found(name)), *((sign, tr(title)) for sign, title in _DELIMITERS.items()))


def headings(found: int | None, most: int = 20) -> Options:
    """The lines that may hold the headings; the first leaves it to the reader (None: not asked)."""
    name = tr(N_("line {n}"), n=current().number(found)) if found else tr(N_("none")) if found == 0 else None
    lines = ((number, tr(N_("Line {n}"), n=current().number(number))) for number in range(1, most + 1))
    return ((0, _found(name)), (-1, tr(N_("No headings"))), *lines)


def orders() -> Options:
    """The orders in which a date may be written, by an example that is clear in every language."""
    return _ORDERS


def signs() -> Options:
    """The ways to write a number, by an example."""
    return _SIGNS


def _found(name: str | None) -> str:
    return tr(N_("Found: {what}"), what=name) if name else tr(N_("Find out"))
