"""The command line: the same services as the window, for scripts and for tests.

Exit code 0 done, 1 the user's error (one sentence on stderr), 2 usage. Every command that prints data
takes --json. Reading commands open the file for reading only, also beside an open window.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from desktop_crm import (
    __version__,
    cli_documents,
    cli_due,
    cli_duplicates,
    cli_edit,
    cli_evening,
    cli_export,
    cli_fields,
    cli_health,
    cli_inbox,
    cli_leads,
    cli_person,
    cli_pool,
    cli_sales,
    cli_segments,
    settings,
)
from desktop_crm.cli_parts import (
    Command,
    add_file,
    as_business_day,
    as_day,
    as_number,
    as_text,
    print_json,
    print_table,
    reading,
    tell,
)
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.i18n import LANGUAGES, Language, language

IMPORTABLE = ("customers", "contacts", "sellers", "products", "deals", "tasks", "activities", "payments")


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows is not UTF-8 by itself
    words = language(settings.load().language or "en")
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        return _told(lambda: _window(list(arguments)), words)
    parsed = _parser().parse_args(list(arguments))
    return _told(lambda: int(parsed.run(parsed, words)), words)


def _told(run: Callable[[], int], words: Language) -> int:
    """Run a command; what the world refuses is said in one sentence and ends in 1."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except CrmError as error:
        tell(" ".join(words.error(error).split("\n")), sys.stderr)
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python's own last flush complains
        return 0
    except OSError as error:  # a name that is too long, a disk that is gone
        tell(words.say(N_("{path} cannot be used: {reason}."), path=error.filename or "",
                        reason=error.strerror or error), sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _window(arguments: list[str]) -> int:
    """Open the window on a file, or on the last one."""
    if len(arguments) > 1:
        _parser().error(f"unrecognized arguments: {' '.join(arguments[1:])}")
    path = Path(arguments[0]) if arguments else None
    if path is not None:
        path.exists()  # a name that the system cannot look up is told here, before there is a window
    gc.disable()  # until the first page stands: importing makes no garbage, and collecting costs a tenth of the start
    from desktop_crm import app  # Qt is loaded for the window only

    return app.run(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desktop-crm", description="The offline-first desktop CRM. Without a command it opens the window.",
        epilog="desktop-crm COMMAND --help says more about a command. Exit code: 0 done, 1 told why not, 2 usage.")
    parser.add_argument("--version", action="version", version=f"Desktop CRM {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (describe, run) in _COMMANDS.items():
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run)
        describe(command)
    return parser


# --- new ------------------------------------------------------------------------------------------------------------

def _new_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--sample", action="store_true", help="fill it with a sample business")
    command.add_argument("--name", type=as_text, default="", help="the business's name (default: the file's name)")
    command.add_argument("--currency", default="MYR", help="ISO 4217 code (default: MYR)")
    command.add_argument("--timezone", default="Asia/Kuala_Lumpur", help="IANA zone (default: Asia/Kuala_Lumpur)")
    command.add_argument("--country", default="MY", help="two letters; sets the phone region (default: MY)")
    command.add_argument("--language", default="en", choices=sorted(LANGUAGES), help="of the file's own words")


def _new(given: argparse.Namespace, words: Language) -> int:
    """Make a new business file; never over an existing one."""
    from desktop_crm.services import sample, starting

    book = starting.create(given.file, name=given.name, currency=given.currency, timezone=given.timezone,
                           country=given.country, words=given.language)
    with closing(book):
        if given.sample:
            sample.fill(book)
    if given.json:
        print_json({"file": str(given.file)})
    else:
        tell(words.say(N_("Made {path}."), path=given.file))
    return 0


# --- import ---------------------------------------------------------------------------------------------------------

def _import_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("source", metavar="SOURCE", type=Path, help="a CSV, TSV, XLSX, XLS, XLSB, ODS or VCF file")
    command.add_argument("--as", dest="kind", default="", choices=IMPORTABLE,
                         help="what the rows are; contact cards (VCF) are contacts, and customers where they name no "
                         "company, unless this says otherwise")
    command.add_argument("--map", action="append", type=as_text, default=[], metavar='"Column=field"',
                         help="take a column as a field (an empty field leaves it out); may be repeated")
    command.add_argument("--match", type=as_text, default="", metavar="FIELD",
                         help="find existing records by this field")
    command.add_argument("--value", action="append", type=as_text, default=[], metavar='"Column: word=meaning"',
                         help="take a word in a column for a choice of ours (none leaves it out); may be repeated")
    command.add_argument("--rows", type=as_text, default="", metavar="1-20,35",
                         help="import these rows only, counted from 1 below the headings; the others are parked")
    command.add_argument("--keep", action="append", type=as_text, default=[], metavar="FIELD",
                         help="leave this field as it is in records that exist; may be repeated")
    command.add_argument("--empty", action="store_true",
                         help="let empty cells empty their fields in records that exist")
    command.add_argument("--replace", action="store_true",
                         help="let e-mails, phones and tags take the place of the old ones instead of joining them")
    command.add_argument("--dry-run", action="store_true",
                         help="say what would happen, field by field, and change nothing")
    command.add_argument("--encoding", type=as_text, default="", help="of a text file (default: found)")
    command.add_argument("--sheet", type=as_text, default="", help="of a workbook (default: the first with data)")


def _import(given: argparse.Namespace, words: Language) -> int:
    """Bring rows in from a file: new ones are added, known ones updated, in one undo step."""
    from desktop_crm.services import importing
    from desktop_crm.services.book import open_book

    if not given.kind and given.source.suffix.lower() != ".vcf":
        _parser().error("the following arguments are required: --as")
    overrides = []
    for pair in given.map:
        column, sign, field = pair.rpartition("=")
        if not sign:
            raise InvalidInput(N_("--map wants “Column=field”, not “{value}”."), "map", value=pair)
        overrides.append((column, field))
    with closing(open_book(given.file, reading=given.dry_run)) as book:
        result = importing.run(book, given.source, given.kind, overrides=overrides, match=given.match,
                               dry_run=given.dry_run, encoding=given.encoding, sheet=given.sheet,
                               wishes=importing.Wishes(given.value, given.keep, given.empty, given.replace, given.rows))
    plain: dict[str, Any] = result.as_json(words)
    if given.json:
        print_json(plain)
        return 0
    tell(words.say(N_("Read {read} rows: {created} created, {updated} updated, {skipped} skipped."),
                    **{key: plain[key] for key in ("read", "created", "updated", "skipped")}))
    for line in result.besides(words):
        tell(line)
    for item in result.differences:
        tell(words.say(N_("Row {row}, {name}, {field}: {before} → {after}"), row=item.row, name=item.name,
                        field=words.say(item.title), before=item.before or "—", after=item.after or "—"))
    for problem in plain["problems"]:
        tell(words.say(N_("Row {row}, {column}: {message}"), **problem), sys.stderr)
    return 0


# --- list, report, reports ------------------------------------------------------------------------------------------

def _list_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("kind", metavar="KIND", choices=IMPORTABLE, help=", ".join(IMPORTABLE))
    command.add_argument("--search", type=as_text, default="", metavar="TEXT", help="only rows that match")
    command.add_argument("--segment", type=as_text, default="", metavar="NAME",
                         help="only customers of a segment: a saved one, or one that every file has")
    command.add_argument("--where", type=as_text, default="", metavar="CONDITIONS",
                         help="""only customers who pass, like 'region is "Johor" and (paid >= 500 or tags has VIP)'""")
    command.add_argument("--limit", type=as_number, metavar="N", help="at most so many rows")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="as they stood at the end of that day")


def _list(given: argparse.Namespace, words: Language) -> int:
    """Print the records of a kind, ascending id, as they are or as they stood on a day."""
    from desktop_crm.services import listing, past

    rows = reading(given, lambda book: past.read(book, given.on, lambda then: listing.rows(
        then, given.kind, given.search, given.limit, given.segment,
        cli_segments.where(book, words, given.where), book)))
    if given.json:
        print_json(rows)
    elif rows:
        long = ("uid", "lines", "notes", "channels", "addresses", "consents", "companies")
        shown = [key for key in rows[0] if key not in long]
        print_table(shown, [[", ".join(row[key]) if isinstance(row[key], list) else row[key] for key in shown]
                       for row in rows])
    return 0


def _report_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("name", metavar="NAME", type=as_text, help="the report (see: desktop-crm reports)")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="of one day")
    command.add_argument("--from", dest="start", type=as_day, metavar="DATE", help="from this day")
    command.add_argument("--to", dest="end", type=as_day, metavar="DATE", help="up to this day, which is not included")
    command.add_argument("--by", type=as_text, default="", metavar="CUT",
                         help="a row for each seller, product, month …")
    command.add_argument("--out", type=Path, metavar="PATH", help="write .pdf, .xlsx, .csv or .json")


def _report(given: argparse.Namespace, words: Language) -> int:
    """Print a report, or write it to a file."""
    from desktop_crm.domain.values import Period
    from desktop_crm.export import files, plain
    from desktop_crm.services import reports

    if given.on and (given.start or given.end):
        raise InvalidInput(N_("Give either --on or --from and --to, not both."), "on")
    period = Period.day(given.on) if given.on else (
        Period(given.start, given.end) if given.start or given.end else None)
    if period and period.end and (period.start or date.min) >= period.end:
        raise InvalidInput(N_("The period from {start} to {end} has no day in it."), "to",
                           start=period.start or date.min, end=period.end)
    report = reading(given, lambda book: reports.build(book, given.name, period, given.by))
    if given.out:
        files.write(report, given.out)
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


# --- undo, redo, history --------------------------------------------------------------------------------------------

def _undo_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--act", type=as_number, metavar="N",
                         help="take back only this one, by its number in the history, if nothing contradicts")


def _turn_back(given: argparse.Namespace, words: Language, redo: bool) -> int:
    from desktop_crm.services import history
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        act = None if redo else given.act
        changes = book.redo() if redo else book.undo() if act is None else book.undo_work(act)
    label = history.label(words, changes.message, changes.params)
    if given.json:
        print_json({"label": label, "changes": changes.count})
    else:
        tell(words.say(N_("Redone: {act}") if redo else N_("Undone: {act}"), act=label))
    return 0


def _undo(given: argparse.Namespace, words: Language) -> int:
    """Undo the last piece of work, or one of long ago."""
    return _turn_back(given, words, redo=False)


def _redo(given: argparse.Namespace, words: Language) -> int:
    """Redo the piece of work that was undone last."""
    return _turn_back(given, words, redo=True)


def _history_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--of", type=as_text, metavar="KIND:ID",
                         help="only what changed one record, like customers:12")
    command.add_argument("--limit", type=as_number, metavar="N", help="only the newest so many")


def _history(given: argparse.Namespace, words: Language) -> int:
    """Print what was done, oldest first; of one record also each change as a sentence."""
    from desktop_crm.services import history

    of = _record(given.of) if given.of else None
    acts = reading(given, lambda book: history.acts(book, words, given.limit, of))
    plain = [{"id": act.id, "at": act.at.isoformat(), "label": act.label, "undone": act.undone, "changes": act.changes,
              "by": act.actor}
             for act in acts]
    sentences = reading(given, lambda book: history.changes(book, words, *of)) if of else []
    if given.json:
        print_json(plain)
        return 0
    undone = words.say(N_("(undone)"))
    titles = (N_("Number"), N_("When"), N_("What was done"), N_("Changes"), N_("By"))
    print_table([words.say(title) for title in titles], [
        [act["id"], act["at"][:19], f"{act['label']} {undone}" if act["undone"] else act["label"], act["changes"],
         act["by"]] for act in plain])
    for change in reversed(sentences):
        by = f"  ({change.actor})" if change.actor else ""
        tell(f"{change.at.isoformat()[:19]}  {change.sentence}{by}")
    return 0


def _record(text: str) -> tuple[str, int]:
    kind, _, number = text.partition(":")
    if kind not in IMPORTABLE or not number.isdecimal() or len(number) > 18:
        raise InvalidInput(N_("--of wants a record like customers:12, not “{value}”."), "of", value=text)
    return kind, int(number)


# --- check, backup, restore, pictures -------------------------------------------------------------------------------

def _check(given: argparse.Namespace, words: Language) -> int:
    """Look the file over: structure, links, search and rules; nothing is changed."""
    from desktop_crm.services import safety

    try:
        problems = reading(given, safety.check)
    except CrmError as error:
        problems = [words.error(error)]
        if not given.json:
            raise
    if given.json:
        print_json({"ok": not problems, "problems": problems})
    else:
        tell("\n".join(problems) or words.say(N_("{path} is sound."), path=given.file))
    return 1 if problems else 0


def _backup_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("dest", metavar="DEST", type=Path, nargs="?", help="a file or folder (default: the backups)")


def _backup(given: argparse.Namespace, words: Language) -> int:
    """Take a verified backup."""
    from desktop_crm.services import safety

    made = reading(given, lambda book: safety.back_up(book, given.dest))
    if given.json:
        print_json({"path": made.path, "at": made.at, "bytes": made.bytes, "sha256": made.sha256,
                    "counts": made.counts})
    else:
        tell(words.say(N_("Backed up and verified: {path}"), path=made.path))
    return 0


def _restore_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("backup", metavar="BACKUP", type=Path, help="a backup of it")


def _restore(given: argparse.Namespace, words: Language) -> int:
    """Put a verified backup in the file's place; the present file is kept beside it."""
    from desktop_crm.services import backup_words, safety

    preview = safety.preview_of(given.file, given.backup)
    kept = safety.restore(given.file, given.backup)
    counts = preview.backup.counts
    if given.json:
        print_json({"file": str(given.file), "kept": str(kept) if kept else None, "preview": {
            "customers": counts.get("customers"), "deals": counts.get("deals"),
            "lost": preview.lost if preview.readable else None, "gained": preview.gained,
            "since": preview.since.isoformat() if preview.since else None}})
    else:
        now = datetime.now().astimezone()
        tell(backup_words.sentence(words, preview, now, now.tzinfo or UTC))
        tell(words.say(N_("Restored {path}."), path=given.file))
        if kept:
            tell(words.say(N_("The file that was there is kept as {path}."), path=kept))
    return 0


def _backups(given: argparse.Namespace, words: Language) -> int:
    """Print the backups of a file, newest first; the file itself need not be whole."""
    from desktop_crm.services import backup_words, safety

    second = settings.load().second_place(given.file)
    found = safety.backups(given.file, Path(second) if second else None)
    if given.json:
        print_json([{"path": item.path, "at": item.at, "bytes": item.bytes, "counts": item.counts,
                 "verified": item.verified, "why": item.why, "sha256": item.sha256} for item in found])
    elif found:
        titles = (N_("When"), N_("Size"), N_("Customers"), N_("Deals"), N_("Verified"), N_("Why"), N_("File"))
        print_table([words.say(title) for title in titles], [
            [item.at[:19], backup_words.size(words, item), item.counts.get("customers"), item.counts.get("deals"),
             backup_words.state(words, item), backup_words.why(words, item), item.path] for item in found])
    else:
        tell(words.say(N_("There is no backup of {path} yet."), path=given.file))
    return 0


def _pictures_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("folder", metavar="FOLDER", type=Path, help="where the PNG files go")


def _pictures(given: argparse.Namespace, words: Language) -> int:
    """Make a PNG of every tab and main panel, light and dark, without a screen."""
    from desktop_crm import app

    made = app.pictures(given.file, given.folder)
    if given.json:
        print_json([str(path) for path in made])
    else:
        tell("\n".join(str(path) for path in made))
    return 0


_COMMANDS: dict[str, Command] = {
    "new": (_new_arguments, _new),
    "import": (_import_arguments, _import),
    "list": (_list_arguments, _list),
    "report": (_report_arguments, _report),
    "reports": (_reports_arguments, _reports),
    "undo": (_undo_arguments, _undo),
    "redo": (add_file, _redo),
    "history": (_history_arguments, _history),
    "check": (add_file, _check),
    "backup": (_backup_arguments, _backup),
    "backups": (add_file, _backups),
    "restore": (_restore_arguments, _restore),
    **cli_sales.COMMANDS,
    **cli_evening.COMMANDS,
    **cli_documents.COMMANDS,
    **cli_due.COMMANDS,
    **cli_duplicates.COMMANDS,
    **cli_edit.COMMANDS,
    **cli_export.COMMANDS, **cli_fields.COMMANDS,
    **cli_person.COMMANDS,
    **cli_pool.COMMANDS,
    **cli_health.COMMANDS,
    **cli_inbox.COMMANDS,
    **cli_leads.COMMANDS,
    **cli_segments.COMMANDS,
    "pictures": (_pictures_arguments, _pictures),
}
