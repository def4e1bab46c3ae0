"""What an erasure takes and leaves, in sentences: before it is done, and after."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_crm.domain.errors import N_, N_count
from desktop_crm.i18n import Language

_COUNTS: Mapping[str, tuple[str, str]] = {
    "contacts": N_count("{n} contact", "{n} contacts"), "channels": N_count("{n} e-mail or phone",
                                                                           "{n} e-mails and phones"),
    "addresses": N_count("{n} address", "{n} addresses"), "consents": N_count("{n} consent", "{n} consents"),
    "customer_tags": N_count("{n} tag", "{n} tags"), "attachments": N_count("{n} attached file", "{n} attached files"),
    "tasks": N_count("{n} task", "{n} tasks"), "deals": N_count("{n} deal", "{n} deals"),
    "payments": N_count("{n} payment", "{n} payments"), "receipts": N_count("{n} receipt", "{n} receipts"),
    "activities": N_count("{n} activity", "{n} activities"),
}
"""The kinds of records that an erasure is told in, in this order."""

_TO_REWRITE = N_count("{n} backup will be rewritten without them.", "{n} backups will be rewritten without them.")
_REWRITTEN = N_count("{n} backup was rewritten without them.", "{n} backups were rewritten without them.")


def listed(words: Language, rows: Mapping[str, int]) -> str:
    """Records by kind, as "2 contacts, 1 task"; "" for none that are told."""
    return words.listed(words.count(*_COUNTS[kind], rows[kind]) for kind in _COUNTS if rows.get(kind))


def rewritten(words: Language, copies: int, done: bool) -> str:
    """How many backups are, or were, rewritten; "" for none."""
    return words.count(*(_REWRITTEN if done else _TO_REWRITE), copies) if copies else ""


def watched(words: Language, folder: str) -> str:
    """That files of the watched folder may still hold them; "" for no folder."""
    return words.say(N_("Files in the watched folder {folder}, also in “Taken” and “Not read”, may still hold them: "
                        "delete those yourself."), folder=folder) if folder else ""


def lines(words: Language, title: str, goes: Mapping[str, int], stays: Mapping[str, int], copies: int,
          done: bool, folder: str = "") -> list[str]:
    """What goes or went, what stays and how it is called, the backups, and the watched folder: a sentence each."""
    say, gone, kept = words.say, listed(words, goes), listed(words, stays)
    made = [say(N_("Name, notes, addresses and what the history remembers of them are erased.") if done else
                N_("Name, notes, addresses and what the history remembers of them go."))]
    if gone:
        made.append(say(N_("Gone: {things}.") if done else N_("These go: {things}."), things=gone))
    if kept:
        made.append(say(N_("Without a name, as “{title}”, so that past sums stay equal: {things}."), title=title,
                        things=kept))
    if copies:
        made.append(rewritten(words, copies, done))
    if folder:
        made.append(watched(words, folder))
    if not done:
        made.append(say(N_("Papers, exports and backups that you put elsewhere yourself are not touched.")))
        made.append(say(N_("Undo ends here: no act before it can be undone any more, and nobody can bring this "
                           "person back.")))
    return made
