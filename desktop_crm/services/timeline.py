"""A customer's timeline: activities, stage moves, payments, finished tasks, documents and changes in one row."""

from __future__ import annotations

from datetime import date, datetime, time

from desktop_crm.domain.activities import KINDS, TimelineItem
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.i18n import Language
from desktop_crm.services import history
from desktop_crm.services.book import Book
from desktop_crm.storage import timeline
from desktop_crm.storage.timeline import Piece

PARTS = {"activity": N_("Activities"), "move": N_("Deals"), "payment": N_("Payments"), "task": N_("Tasks"),
         "document": N_("Documents"), "change": N_("Changes")}
"""What a timeline is made of; each can be shown alone."""

_BYTES = N_count("{n} byte", "{n} bytes")
ICONS = {"call": "phone", "meeting": "meeting", "visit": "visit", "email": "mail", "message": "message",
         "demo": "demo", "follow_up": "follow-up", "thank_you": "thanks", "delivery": "delivery", "note": "note"}
"""The picture of each kind of activity."""


def timeline_of(book: Book, language: Language, customer: int, parts: tuple[str, ...] = (),
                limit: int = 100) -> list[TimelineItem]:
    """The newest `limit` lines of a customer's timeline, newest first; `parts` narrows it (empty: all)."""
    wanted = parts or tuple(PARTS)
    items: list[TimelineItem] = []
    with book.read() as connection:
        for part in wanted:
            if part != "change":
                items += [_item(book, language, piece) for piece in
                          timeline.pieces(connection, part, customer, limit)]
    if "change" in wanted:
        items += [TimelineItem("change", change.id, book.business.day_of(change.at), change.at, change.sentence,
                               change.label, "edit", change.actor)
                  for change in history.changes(book, language, "customers", customer, limit)]
    if not parts:
        items = _creation_once(items, language)
    return sorted(items, key=lambda item: _moment(book, item), reverse=True)[:limit]


def _creation_once(items: list[TimelineItem], language: Language) -> list[TimelineItem]:
    """Of the changes that came with the record's creation only the creation itself."""
    created = language.say(N_("Created"))
    births = {item.at for item in items if item.kind == "change" and item.title == created}
    return [item for item in items if item.kind != "change" or item.title == created or item.at not in births]


def _moment(book: Book, item: TimelineItem) -> tuple[date, datetime]:
    """By local day, then by instant; a line without an instant stands at its day's start."""
    day = item.on_date or date.min
    fallback = datetime.combine(day, time.min, book.business.zone)
    return day, item.at or fallback


def _item(book: Book, language: Language, piece: Piece) -> TimelineItem:
    title, text, icon = _texts(language, piece)
    return TimelineItem(piece.kind, piece.id, piece.on_date, piece.at, title, text, icon, piece.who)


def _texts(language: Language, piece: Piece) -> tuple[str, str, str]:
    """The strong part, the rest and the picture of a line."""
    if piece.kind == "activity":
        kind = language.say(KINDS.get(piece.first, piece.first))
        minutes = language.say(N_("{kind}, {n} min"), kind=kind, n=piece.amount) if piece.amount else kind
        return minutes, piece.second, ICONS.get(piece.first, "note")
    if piece.kind == "move":
        return language.say(N_("Stage: {move}"), move=piece.first.removeprefix(" → ")), piece.second, "flag"
    if piece.kind == "payment":
        money = language.money(piece.amount, piece.currency)
        return language.say(N_("Payment received: {money}"), money=money), piece.first, "money"
    if piece.kind == "document":
        said = (size(language, piece.amount or 0), piece.second)
        return piece.first, " · ".join(part for part in said if part), "file"
    return language.say(N_("Done: {name}"), name=piece.first), "", "check"


def size(language: Language, count: int) -> str:
    """The size of a file as people read it: "345 bytes", "12 kB", "3.4 MB"."""
    if count < 1000:
        return language.count(*_BYTES, count)
    if count < 1_000_000:
        return language.say(N_("{n} kB"), n=language.number(-(-count // 1000)))
    return language.say(N_("{n} MB"), n=language.number(count / 1_000_000, 1))
