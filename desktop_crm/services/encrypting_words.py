"""What encrypting does and does not do, and what was done, in words for the window and the command line."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.domain.errors import N_, N_count
from desktop_crm.i18n import Language
from desktop_crm.services.encrypting import Outcome

LOST = N_("Whoever forgets the password has lost the data. Nobody can get it back. Write it down and keep it in a safe "
          "place.")
COPIES = N_("The backups that this program keeps are rewritten too. Copies that you made elsewhere stay as they are.")
BESIDE = N_("Documents, photos and receipts lie in folders beside the file and are not encrypted; nor is what you "
            "export.")
_COPIES = N_count("{n} backup was rewritten too.", "{n} backups were rewritten too.")


def done(words: Language, path: Path | str, encrypted: bool) -> str:
    """What a file is from now on."""
    if encrypted:
        return words.say(N_("{path} is encrypted. It opens with its password only."), path=path)
    return words.say(N_("{path} is not encrypted any more."), path=path)


def lines(words: Language, path: Path, encrypted: bool, outcome: Outcome) -> list[str]:
    """What was done, and what lies unencrypted beside an encrypted file; further problems, the first one apart."""
    said = [done(words, path, encrypted)]
    if outcome.copies:
        said.append(words.count(*_COPIES, outcome.copies))
    if encrypted:
        said.append(words.say(BESIDE))
    return [*said, *(words.error(error) for error in outcome.problems[1:])]
