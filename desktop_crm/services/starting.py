"""A new business file, with the lists that it starts with."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.domain import business as rules
from desktop_crm.domain.customers import SOURCES
from desktop_crm.domain.deals import LOST_REASONS, PIPELINES
from desktop_crm.domain.errors import N_, CrmError
from desktop_crm.i18n import language
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records, settings
from desktop_crm.storage.unit_of_work import Store, Work


def create(path: Path, *, name: str = "", currency: str = "MYR", timezone: str = "Asia/Kuala_Lumpur",
           country: str = "MY", words: str = "en", password: str | None = None) -> Book:
    """Make a new business file and open it; never over an existing one. Its seed names are in language `words`.

    With a password it is encrypted from its first byte. Raises InvalidInput for an unknown currency, zone or country,
    or a password that is too short, before anything is made.
    """
    values = {key: rules.checked(key, value) for key, value in {
        "name": name or path.stem, "currency": currency, "timezone": timezone, "country": country,
        "language": words}.items()}
    unlocking = None
    if password is not None:
        from desktop_crm.services import encrypting

        unlocking = encrypting.new_key(password)
    Store.create(path, unlocking)
    try:
        book = open_book(path, key=unlocking)
    except CrmError:
        Store.discard(path)
        raise
    try:
        with book.work(N_("Create the file"), undoable=False) as work:
            for key, value in values.items():
                settings.put(work.connection, key, value)
            _seed(work, values["language"])
    except BaseException:
        book.close()
        Store.discard(path)
        raise
    return book


def _seed(work: Work, words: str) -> None:
    """The pipelines, stages, sources and lost reasons of DEFINITIONS.md, in the file's language."""
    say = language(words).say
    for kind, names in (("source", SOURCES), ("lost_reason", LOST_REASONS)):
        records.add_many(work.connection, "choices", [
            {"kind": kind, "name": say(title), "code": code, "position": position}
            for position, (code, title) in enumerate(names.items(), 1)])
    for position, (title, stages) in enumerate(PIPELINES, 1):
        pipeline = records.add(work.connection, "pipelines", {"name": say(title), "position": position})
        records.add_many(work.connection, "stages", [
            {"pipeline_id": pipeline, "name": say(stage), "kind": kind, "probability": probability,
             "day_limit": limit, "position": number}
            for number, (stage, kind, probability, limit) in enumerate(stages, 1)])
