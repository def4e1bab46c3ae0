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
from pathlib import Path

from desktop_crm import __version__, settings
from desktop_crm.cli import (
    documents,
    due,
    duplicates,
    edit,
    encrypting,
    evening,
    export,
    fields,
    health,
    history,
    importing,
    inbox,
    leads,
    listing,
    next_lead,
    notes,
    owner,
    person,
    pool,
    privacy,
    reporting,
    rfm,
    safety,
    sales,
    segments,
    setup,
    stages,
    starting,
)
from desktop_crm.cli.parts import Command, tell
from desktop_crm.domain.errors import N_, CrmError
from desktop_crm.i18n import Language, language


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows is not UTF-8 by itself
    words = language(settings.load().language or "en")
    if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
        return _told(lambda: _window(list(arguments)), words)
    parsed = _parser(arguments[0]).parse_args(list(arguments))
    return _told(lambda: _run(parsed, words), words)


def _run(given: argparse.Namespace, words: Language) -> int:
    """Run a command on its file, unlocked first if it is encrypted."""
    with encrypting.unlocked(given, words):
        return owner.run(given, words)


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


def _parser(called: str = "") -> argparse.ArgumentParser:
    """The arguments of the command that is called, else of all: to lay out those of all takes longer than most acts."""
    parser = argparse.ArgumentParser(
        prog="desktop-crm", description="The offline-first desktop CRM. Without a command it opens the window.",
        epilog="desktop-crm COMMAND --help says more about a command. Exit code: 0 done, 1 told why not, 2 usage.")
    parser.add_argument("--version", action="version", version=f"Desktop CRM {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in (called,) if called in COMMANDS else COMMANDS:
        describe, run = COMMANDS[name]
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run, called=name)
        describe(command)
        if name in owner.LEAVES:
            owner.add_pin(command)
    return parser


COMMANDS: dict[str, Command] = {
    name: command for module in (
        starting, importing, listing, segments, edit, export, fields, setup, stages, documents, inbox, notes, leads,
        next_lead, rfm, pool, sales, reporting, evening, due, duplicates, health, person, privacy, history, safety,
        encrypting, owner)
    for name, command in module.COMMANDS.items()}
"""Every command, in the order in which `--help` tells of them."""
