"""Segments by their names: those that every file has, and the saved ones."""

from __future__ import annotations

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.segments import PRESETS
from desktop_crm.domain.values import fold
from desktop_crm.i18n import language
from desktop_crm.services import business
from desktop_crm.services.book import Book


def named(book: Book, name: str) -> CustomerFilter:
    """The filter of the segment that a name means: a saved one, or one that every file has.

    The latter have a key ("never_bought") and a title, in English or in the file's language. Raises InvalidInput,
    naming all segments, for one that there is not.
    """
    saved = business.segments(book)
    known = {fold(segment.name): segment.filter for segment in reversed(saved)}
    for key, (title, wanted) in PRESETS.items():
        for said in (key, language("en").say(title), book.language.say(title)):
            known.setdefault(fold(said), wanted)
    if fold(name) not in known:
        raise InvalidInput(N_("There is no segment “{name}”. There are: {names}."), "segment", name=name,
                           names=", ".join([*(segment.name for segment in saved), *PRESETS]))
    return known[fold(name)]
