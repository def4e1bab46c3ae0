"""The ways in which lists leave: those of other programs and of bookkeeping, and the business's own in its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_crm.domain import export_profiles as rules
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.export_profiles import Profile
from desktop_crm.domain.export_shapes import KNOWN
from desktop_crm.domain.values import fold
from desktop_crm.services import outgoing_lists
from desktop_crm.services.book import Book
from desktop_crm.storage import settings
from desktop_crm.storage.unit_of_work import Connection

SETTING = "export.profiles"
"""The setting of the file that holds the business's own profiles."""
KINDS = outgoing_lists.KINDS


def own(book: Book, kind: str = "") -> list[Profile]:
    """The business's own profiles, of one kind or of all, in the order in which they were made."""
    with book.read() as connection:
        return [item for item in _kept(connection) if kind in ("", item.kind)]


def known(kind: str = "") -> list[Profile]:
    """The profiles that every business has, of one kind or of all; their names are message ids."""
    return [Profile(item.name, item.kind, code=item.code) for item in KNOWN if kind in ("", item.kind)]


def named(book: Book, kind: str, name: str) -> Profile:
    """The profile of a kind that a user means by its name or code; InvalidInput, naming all, if there is none."""
    wanted = fold(name)
    mine, theirs = own(book, kind), known(kind)
    for item in mine:
        if fold(item.name) == wanted:
            return item
    for item in theirs:
        if wanted in (item.code, fold(item.name), fold(book.language.say(item.name))):
            return item
    raise InvalidInput(N_("There is no profile “{name}” for {kind}. There are: {profiles}. Nothing was written."),
                       "profile", name=name, kind=kind,
                       profiles=", ".join([*(item.name for item in mine), *(item.code for item in theirs)]) or "—")


def headings(book: Book, profile: Profile) -> list[str]:
    """The headings of a profile in their order; "#" in one stands for 1, 2, 3 … as often as needed."""
    if profile.columns:
        return [heading for _, heading in profile.columns]
    shape = next((item for item in KNOWN if (item.code, item.kind) == (profile.code, profile.kind)), None)
    if shape is not None:
        return [word.partition("=")[0] for word in shape.headings.split("|")]
    return [heading for _, heading in outgoing_lists.offered(book, profile.kind)]


def add(book: Book, profile: Profile) -> int:
    """Keep a new profile and return its id; InvalidInput, with the field, for what cannot be one."""
    with book.work(N_("Add export profile {name}"), name=" ".join(profile.name.split())) as work:
        kept = _kept(work.connection)
        made = rules.checked(replace(profile, id=max((item.id for item in kept), default=0) + 1), kept, KINDS)
        settings.put(work.connection, SETTING, rules.stored([*kept, made]))
    return made.id


def edit(book: Book, profile: Profile) -> Changes:
    """Save a profile that is there already, renamed or changed; refused as `add` does, and if it is gone."""
    with book.work(N_("Edit export profile {name}"), name=" ".join(profile.name.split())) as work:
        kept = _kept(work.connection)
        if profile.id not in {item.id for item in kept}:
            raise InvalidInput(N_("This profile is not there any more. Nothing was saved."), "name")
        made = rules.checked(profile, kept, KINDS)
        settings.put(work.connection, SETTING, rules.stored(made if item.id == made.id else item for item in kept))
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete own profiles."""
    with book.work(N_("Delete {count} export profiles"), count=len(ids)) as work:
        left = [item for item in _kept(work.connection) if item.id not in ids]
        settings.put(work.connection, SETTING, rules.stored(left))
    return work.done


def _kept(connection: Connection) -> tuple[Profile, ...]:
    return rules.read(settings.settings(connection).get(SETTING, ""))
