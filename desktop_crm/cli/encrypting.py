"""Encrypted files on the command line: how the password is given, and the commands that encrypt and decrypt.

A password is never an argument: every user of the computer can read those of a running program.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_crm.cli.parts import Command, add_file, print_json, secret, tell, typed_secret
from desktop_crm.domain.errors import N_, CrmError, FileRefused, InvalidInput, PasswordNeeded
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.encrypting import Key, Outcome

PASSWORD, NEW_PASSWORD = "DESKTOP_CRM_PASSWORD", "DESKTOP_CRM_NEW_PASSWORD"
"""The variables of the environment that hold the password in force, and the one that takes its place."""
_PLAIN = b"SQLite format 3"
_NEEDED = N_("{path} is encrypted. Give its password in {variable} or by --password-file. Nothing was done.")
_NEW_NEEDED = N_("Give the new password in {variable} or in a file; it is not an argument. Nothing was done.")


@contextmanager
def unlocked(given: argparse.Namespace, words: Language) -> Iterator[None]:
    """Run a command while the keys of its encrypted files are held; they are forgotten after it.

    Raises PasswordNeeded where no password is given, or not the one; a command that does not open its file has
    `unlocks` false, and is not asked for one.
    """
    with ExitStack() as stack:
        backup, file = getattr(given, "backup", None), getattr(given, "file", None)
        for path, wanted in ((backup, True), (file, backup is None)):
            if path is not None and getattr(given, "unlocks", True) and _seems_encrypted(path):
                _hold(stack, path, given, words, wanted)
        yield


def _seems_encrypted(path: Path) -> bool:
    """Whether a file may be encrypted, told by its first bytes: a plain one loads nothing of this."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN))
    except OSError:
        return False
    return len(start) == len(_PLAIN) and start != _PLAIN


def _hold(stack: ExitStack, path: Path, given: argparse.Namespace, words: Language, wanted: bool) -> None:
    """Unlock a file for the command; one that is not `wanted` (a file to be replaced) may stay locked."""
    from desktop_crm.services import encrypting

    if not encrypting.needs_password(path):
        return
    try:
        stack.enter_context(encrypting.holding(_unlocked(path, given, words)))
    except CrmError:
        if wanted:
            raise


def _unlocked(path: Path, given: argparse.Namespace, words: Language) -> Key | None:
    """The key of a file; what is typed on a terminal may be tried three times."""
    from desktop_crm.services import encrypting

    typed = secret(given.password_file, PASSWORD)
    tries = 3 if typed is None else 1
    while True:
        given.password = typed if typed is not None else typed_secret(
            words.say(N_("Password")), PasswordNeeded(_NEEDED, path=str(path), variable=PASSWORD))
        try:
            return encrypting.unlock(path, given.password)
        except PasswordNeeded as error:
            tries -= 1
            if not tries:
                raise
            tell(words.error(error), sys.stderr)


# --- encrypt, decrypt -------------------------------------------------------------------------------------------------

def _encrypt_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command, password="a file that holds the password to encrypt by, with --change the one in force (else: "
                               f"{PASSWORD}, or it is asked for)")
    command.add_argument("--change", action="store_true", help="give an encrypted file another password")
    command.add_argument("--new-password-file", type=Path, metavar="PATH",
                         help=f"with --change: a file that holds the new password (else: {NEW_PASSWORD}, or it is "
                         "asked for)")


def _encrypt(given: argparse.Namespace, words: Language) -> int:
    """Encrypt a file and its backups by a password, or change it; whoever forgets it has lost the data."""
    from desktop_crm.services import encrypting

    now = getattr(given, "password", None)
    if now is None and given.change:
        raise _not_encrypted(given.file)
    if now is not None and not given.change:
        raise FileRefused(N_("{path} is encrypted already. To give it another password, say --change."),
                          path=str(given.file))
    file, variable = (given.new_password_file, NEW_PASSWORD) if given.change else (given.password_file, PASSWORD)
    new = secret(file, variable)
    if new is None:
        new = _typed_twice(words, variable)
    return _told(given, words, True, encrypting.change(given.file, new, now or ""))


def _not_encrypted(path: Path) -> CrmError:
    """The refusal of a plain file; raises another for one that is damaged, and may have been encrypted before."""
    from desktop_crm.services import encrypting

    encrypting.look(path)
    return FileRefused(N_("{path} is not encrypted. Nothing was changed."), path=str(path))


def _typed_twice(words: Language, variable: str) -> str:
    needed = InvalidInput(_NEW_NEEDED, "password", variable=variable)
    new = typed_secret(words.say(N_("New password")), needed)
    if typed_secret(words.say(N_("New password again")), needed) != new:
        raise InvalidInput(N_("The two passwords are not the same. Nothing was saved."), "again")
    return new


def _decrypt(given: argparse.Namespace, words: Language) -> int:
    """Take the encryption away from a file and its backups: it opens without a password then."""
    from desktop_crm.services import encrypting

    now = getattr(given, "password", None)
    if now is None:
        raise _not_encrypted(given.file)
    return _told(given, words, False, encrypting.change(given.file, None, now))


def _told(given: argparse.Namespace, words: Language, encrypted: bool, outcome: Outcome) -> int:
    from desktop_crm.services import encrypting_words

    if given.json:
        print_json({"file": str(given.file), "encrypted": encrypted, "backups": outcome.copies,
                    "problems": [words.error(error) for error in outcome.problems]})
    else:
        for line in encrypting_words.lines(words, given.file, encrypted, outcome):
            tell(line)
    if outcome.problems:
        raise outcome.problems[0]
    return 0


COMMANDS: dict[str, Command] = {"encrypt": (_encrypt_arguments, _encrypt), "decrypt": (add_file, _decrypt)}
"""This module's commands: what each one takes, and what runs it."""
