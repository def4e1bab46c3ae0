"""Reports on the command line."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from desktop_crm.cli.parts import (
    Command,
    add_file,
    as_business_day,
    as_day,
    as_text,
    let_out,
    print_json,
    print_table,
    reading,
    tell,
)
from desktop_crm.domain import leaving
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language


def _report_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("name", metavar="NAME", type=as_text, help="the report (see: desktop-crm reports)")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="of one day")
    command.add_argument("--as-on", type=as_business_day, metavar="DATE",
                         help="as it was read at the end of that past day")
    command.add_argument("--from", dest="start", type=as_day, metavar="DATE", help="from this day")
    command.add_argument("--to", dest="end", type=as_day, metavar="DATE", help="up to this day, which is not included")
    command.add_argument("--by", type=as_text, default="", metavar="CUT",
                         help="a row for each seller, product, month …")
    command.add_argument("--out", type=Path, metavar="PATH", help="write .pdf, .xlsx, .csv or .json")


def _report(given: argparse.Namespace, words: Language) -> int:
    """Print a report, or write it to a file."""
    from desktop_crm.domain.values import Period
    from desktop_crm.export import files, plain
    from desktop_crm.services import past, reports

    if given.on and (given.start or given.end):
        raise InvalidInput(N_("Give either --on or --from and --to, not both."), "on")
    period = Period.day(given.on) if given.on else (
        Period(given.start, given.end) if given.start or given.end else None)
    if period and period.end and (period.start or date.min) >= period.end:
        raise InvalidInput(N_("The period from {start} to {end} has no day in it."), "to",
                           start=period.start or date.min, end=period.end)
    report = reading(given, lambda book: past.read(book, given.as_on, lambda then: reports.build(
        then, given.name, period, given.by)))
    if given.out:
        files.write(report, given.out)
        let_out(given, leaving.REPORTED, kind=reports.title(given.name), form=given.out.suffix[1:].upper())
        if not given.json:
            tell(words.say(N_("Written: {path}"), path=given.out))
    if given.json or not given.out:
        data = plain.as_json(report)
        if given.json:
            print_json(data)
        else:
            _said(data)
    return 0


def _said(data: dict[str, Any]) -> None:
    """A report as plain text."""
    tell(data["title"])
    for figure in data["figures"]:
        tell(f"  {figure['title']}: {'' if figure['value'] is None else figure['value']}")
    for table in data["tables"]:
        tell(f"\n{table['title']}")
        rows = [*table["rows"], *([table["totals"]] if table["totals"] else [])]
        print_table([column["title"] for column in table["columns"]], rows)


def _reports_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


def _reports(given: argparse.Namespace, words: Language) -> int:
    """Print the catalogue of reports with their cuts."""
    from desktop_crm.services import reports

    entries = [{"name": entry.name, "title": entry.title, "cuts": [cut for cut, _ in entry.cuts]}
               for entry in reports.catalogue(words.code)]
    if given.json:
        print_json(entries)
    else:
        titles = [words.say(N_("Name")), words.say(N_("Title")), "--by"]
        print_table(titles, [[entry["name"], entry["title"], ", ".join(entry["cuts"])] for entry in entries])
    return 0


COMMANDS: dict[str, Command] = {"report": (_report_arguments, _report), "reports": (_reports_arguments, _reports)}
"""This module's commands: what each one takes, and what runs it."""
