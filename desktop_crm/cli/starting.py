"""A new file, and pictures of the window, on the command line."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from desktop_crm.cli.parts import Command, add_file, as_text, print_json, secret_in, tell
from desktop_crm.domain.errors import N_
from desktop_crm.i18n import LANGUAGES, Language


def _new_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command, password="encrypt it by the password that this file holds (default: it is not encrypted)")
    command.add_argument("--sample", action="store_true", help="fill it with a sample business")
    command.add_argument("--name", type=as_text, default="", help="the business's name (default: the file's name)")
    command.add_argument("--currency", default="MYR", help="ISO 4217 code (default: MYR)")
    command.add_argument("--timezone", default="Asia/Kuala_Lumpur", help="IANA zone (default: Asia/Kuala_Lumpur)")
    command.add_argument("--country", default="MY", help="two letters; sets the phone region (default: MY)")
    command.add_argument("--language", default="en", choices=sorted(LANGUAGES), help="of the file's own words")


def _new(given: argparse.Namespace, words: Language) -> int:
    """Make a new business file; never over an existing one."""
    from desktop_crm.services import sample, starting

    password = secret_in(given.password_file) if given.password_file is not None else None
    book = starting.create(given.file, name=given.name, currency=given.currency, timezone=given.timezone,
                           country=given.country, words=given.language, password=password)
    with closing(book):
        if given.sample:
            sample.fill(book)
    if given.json:
        print_json({"file": str(given.file)})
    else:
        tell(words.say(N_("Made {path}."), path=given.file))
    return 0


def _pictures_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("folder", metavar="FOLDER", type=Path, help="where the PNG files go")
    command.add_argument("--language", default="", choices=tuple(LANGUAGES),
                         help="of the window (default: as it opens)")


def _pictures(given: argparse.Namespace, words: Language) -> int:
    """Make a PNG of every tab and main panel, light and dark, without a screen."""
    from desktop_crm import app

    made = app.pictures(given.file, given.folder, given.language)
    if given.json:
        print_json([str(path) for path in made])
    else:
        tell("\n".join(str(path) for path in made))
    return 0


COMMANDS: dict[str, Command] = {"new": (_new_arguments, _new), "pictures": (_pictures_arguments, _pictures)}
"""This module's commands: what each one takes, and what runs it."""
