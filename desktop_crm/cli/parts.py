"""What the commands have in common: their arguments, the file they read, and how they print."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from desktop_crm.domain.errors import N_, CrmError, FileRefused, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book

Command = tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace, Language], int]]
"""What describes a command's arguments, and what runs it and gives the exit code."""

IMPORTABLE = ("customers", "contacts", "sellers", "products", "deals", "tasks", "activities", "payments")
"""The kinds of records that come in from a file and are listed."""

PERSONS = ("customers", "contacts")


_UNLOCKED = "a file that holds the password of an encrypted FILE (else: DESKTOP_CRM_PASSWORD, or it is asked for)"


def add_file(command: argparse.ArgumentParser, as_json: bool = True, password: str = _UNLOCKED) -> None:
    """The file that a command works on, how it is unlocked (`password` says it), and --json."""
    command.add_argument("file", metavar="FILE", type=Path, help="the business file (*.crm)")
    command.add_argument("--password-file", metavar="PATH", type=Path, help=password)
    if as_json:
        command.add_argument("--json", action="store_true", help="print JSON")


def secret(file: Path | None, variable: str) -> str | None:
    """A password or PIN from a file, else from the environment; None where it has to be asked for."""
    return os.environ.get(variable) if file is None else secret_in(file)


def typed_secret(asked: str, needed: CrmError) -> str:
    """A password or PIN typed on the terminal, without being shown; raises `needed` where there is none."""
    if not sys.stdin.isatty():
        raise needed
    from getpass import getpass

    try:
        return getpass(f"{asked}: ")
    except EOFError:
        raise needed from None


def secret_in(file: Path) -> str:
    """The password or PIN in a file's first line; FileRefused if that cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace").partition("\n")[0].rstrip("\r")
    except OSError as error:
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."), path=str(file),
                          reason=error.strerror or str(error)) from error


def as_text(typed: str) -> str:
    """An argument as sound text: bytes that are no UTF-8 would break the database and the JSON."""
    return typed.encode("utf-8", "replace").decode()


def person(typed: str) -> tuple[str, int]:
    """A person by kind and number: "12" is a customer's, "contacts:12" a contact's; InvalidInput for any other."""
    return record(typed, PERSONS, N_("A person is a number like 12 or contacts:12, not “{value}”."))


def record(typed: str, kinds: Collection[str], refusal: str) -> tuple[str, int]:
    """A record by kind and number, a customer where no kind is said; InvalidInput with `refusal` for any other."""
    kind, sign, number = typed.rpartition(":")
    if (sign and kind not in kinds) or not number.isdecimal() or len(number) > 18:
        raise InvalidInput(refusal, "id", value=typed)
    return kind or "customers", int(number)


def as_number(typed: str) -> int:
    """An argument as a whole number from 0 up."""
    if not typed.isdecimal() or int(typed) >= 2**31:
        raise argparse.ArgumentTypeError(f"{typed} is not a whole number from 0 up")
    return int(typed)


_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"} | dict.fromkeys(
    range(0x7f, 0xa0), "\ufffd")


def tell(text: str, to: TextIO | None = None) -> None:
    """Print text for a person: a name's control characters are shown, and do nothing to the terminal."""
    print(text.translate(_CONTROLS), file=to or sys.stdout)


def print_json(data: Any) -> None:
    """Print data as JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headings, in columns as wide as their texts."""
    cells = [["" if value is None else str(value).replace("\n", " ") for value in row] for row in [columns, *rows]]
    widths = [min(48, max(len(row[number]) for row in cells)) for number in range(len(columns))]
    for row in cells:
        tell("  ".join(cell[:48].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def reading(given: argparse.Namespace, read: Callable[[Any], Any]) -> Any:
    """What `read` finds in the file, opened for reading only."""
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file, reading=True)) as book:
        return read(book)


def seller_named(book: Book, name: str) -> int:
    """The id of the seller of this name, case and accents aside; InvalidInput if it is not just one."""
    from desktop_crm.domain.values import fold
    from desktop_crm.services import sellers

    found = [seller.id for seller in sellers.all_sellers(book) if fold(seller.name) == fold(name)]
    if len(found) != 1:
        raise InvalidInput(N_("There is no seller “{name}”, or more than one. Nothing was changed."), "seller",
                           name=name)
    return found[0]


def let_out(given: argparse.Namespace, message: str, **params: object) -> None:
    """Say for the history what the command has let out (a message of domain/leaving); see cli/owner."""
    given.let_out = message, params


def as_day(text: str) -> date:
    """An argument as a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-11-21") from None


def as_business_day(text: str) -> date:
    """A day that a business can have had: also the weeks before and after it are in the calendar."""
    day = as_day(text)
    if not 1800 <= day.year <= 2300:
        raise argparse.ArgumentTypeError(f"{text} is not in the years 1800 to 2300")
    return day
