"""The file looked over, backed up and restored, on the command line."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop_crm import settings
from desktop_crm.cli.parts import Command, add_file, let_out, print_json, print_table, reading, tell
from desktop_crm.domain import leaving
from desktop_crm.domain.errors import N_, CrmError
from desktop_crm.i18n import Language


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
    let_out(given, leaving.FILE)
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
    from desktop_crm.services import backup_words, encrypting, safety

    preview = safety.preview_of(given.file, given.backup)
    encrypted = encrypting.is_encrypted(given.file)
    kept = safety.restore(given.file, given.backup)
    bared = encrypted and not encrypting.is_encrypted(given.file)
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
    if bared:
        tell(words.say(N_("It is not encrypted: the backup was not.")), sys.stderr)
    return 0


def _backups_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.set_defaults(unlocks=False)


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


COMMANDS: dict[str, Command] = {
    "check": (add_file, _check), "backup": (_backup_arguments, _backup), "backups": (_backups_arguments, _backups),
    "restore": (_restore_arguments, _restore)}
"""This module's commands: what each one takes, and what runs it."""
