"""Requests that come in: from an e-mail, a contact card, a table or a pasted text to new leads, or onto known cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_crm.domain import channels, fields
from desktop_crm.domain.activities import FIELDS as ACTIVITY_FIELDS
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import FIELDS, Channel
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.domain.importing import words
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.domain.intake import MARK, NO_REQUEST, Incoming, Known, Taken
from desktop_crm.domain.values import fold, squash
from desktop_crm.services import attachments, campaigns, customers, scored, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import customers as storage
from desktop_crm.storage import inbox, records, settings
from desktop_crm.storage.unit_of_work import Work

_TEXT = 19_000
"""Letters of a request that are kept; what is longer is no request but a book."""


def default_source(book: Book) -> int | None:
    """The source of the newest lead that was entered by hand, else Walk-in; None if neither is offered."""
    with book.read() as connection:
        last = inbox.last_source(connection)
        return last if last is not None else _source(settings.choices(connection, "source"), "walk_in")


def _source(offered: Sequence[tuple[int, str, str | None]], said: str) -> int | None:
    """The offered source of a code or a name."""
    return next((row_id for row_id, name, code in offered if said and said == code), None) or next(
        (row_id for row_id, name, _ in offered if said and fold(name) == fold(said)), None)


def known(book: Book, one: Incoming) -> Known | None:
    """The customer who a request is of, by the rules that look for duplicates, or by the very e-mail address.

    An address that several customers have tells nobody.
    """
    from desktop_crm.services import duplicates  # compares names, which takes a library

    found = duplicates.like(book, {"name": one.name, **one.fields}, one.phones, one.emails)
    if found:
        return Known(found[0].id, found[0].name)
    mails = [normal for mail in one.emails if (normal := channels.normal("email", mail, book.business.country))]
    with book.read() as connection:
        owners = inbox.owners(connection, mails)
        names = records.names(connection, "customers", owners)
    return Known(owners[0], names[owners[0]]) if len(owners) == 1 and owners[0] in names else None


def add(book: Book, one: Incoming, *, source: int | None = None, campaign: int | None = None) -> int:
    """Write a request down as a new lead and return its id; nobody is asked whether it is known.

    InvalidInput for a request of nobody, and for a phone or an e-mail that is none.
    """
    _check(one)
    ways = [channels.channel(kind, value, book.business.country) for kind, value in _typed(one)]
    origins = _Origins(book, source, campaign)
    with book.work(N_("New request of {name}"), name=_name(one)) as work:
        return _lead(book, work, one, ways, origins, None)


def take(book: Book, requests: Sequence[Incoming], *, onto: Mapping[int, int] | None = None, seal: str = "",
         said: str = "", kept: Mapping[int, Sequence[attachments.Taken]] | None = None) -> Taken:
    """Take requests as one act: those of `onto` (number in the list → customer) are logged there with a task to answer,
    the others become new leads; the files that came along are documents of either, `kept` those that are kept already.
    `said` names where they come from, `seal` its SHA-256, by which it is known again.

    InvalidInput for a request of nobody, FileRefused where a file cannot be kept.
    """
    for one in requests:
        _check(one, said)
    files = [[*(attachments.keep(book, name, data) for name, data in one.files), *(kept or {}).get(number, ())]
             for number, one in enumerate(requests)]
    logged, origins = dict(onto or {}), _Origins(book)
    created: list[int] = []
    one_name = _name(requests[0]) if requests else ""
    message = N_("Request of {name}") if len(requests) == 1 else N_("{count} requests from {file}")
    names = {"name": one_name} if len(requests) == 1 else {"count": len(requests), "file": said}
    with book.work(message, **names) as work:
        here: dict[tuple[str, str], int] = {}
        for number, one in enumerate(requests):
            ways = _ways(book, one)
            owner = logged.get(number) or next(
                (here[key] for way in ways if (key := (way.kind, way.normal)) in here and way.normal), None)
            external = f"{MARK}{one.seal}:0" if one.seal else f"{MARK}{seal}:{number}" if seal else None
            if owner is None:
                owner = _lead(book, work, one, ways, origins, external)
                created.append(owner)
            else:
                _onto(book, work, one, owner, external)
                logged[number] = owner
            attachments.put_on(book, work, "customers", owner, files[number])
            here |= {(way.kind, way.normal): owner for way in ways if way.kind == "email"}
    return Taken(tuple(created), tuple(dict.fromkeys(logged.values())), work.done.work_id)


def seen(book: Book, seal: str) -> bool:
    """Whether a file, or an e-mail, of this SHA-256 was taken before, and not taken back."""
    with book.read() as connection:
        return inbox.sealed(connection, f"{MARK}{seal}:")


def take_back(book: Book, works: Sequence[int]) -> Changes | None:
    """Take back acts of `take`, the newest first; InvalidInput where something contradicts."""
    done = None
    for work in sorted(works, reverse=True):
        done = book.undo_work(work)
    return done


class _Origins:
    """Where requests come from: the source and the campaign of each, as said, else as usual."""

    def __init__(self, book: Book, source: int | None = None, campaign: int | None = None) -> None:
        self._given = (source, campaign)
        self._usual = source or default_source(book)
        self._campaigns = campaigns.names(book)
        self._today = book.today()
        with book.read() as connection:
            self._sources = settings.choices(connection, "source")

    def offered(self, said: str) -> int | None:
        """The source that is meant by a code, a name or a word for it ("Facebook"), if it is offered."""
        return _source(self._sources, said) or _source(self._sources, words.sources().get(squash(said), ""))

    def source(self, said: str) -> int | None:
        """The source of a request that says `said`."""
        return self.offered(said) or self._usual

    def campaign(self, said: str, source: int | None) -> int | None:
        """The campaign that is named, else the one given by hand with the source, else the running one."""
        named = next((row.id for row in self._campaigns if said and fold(row.name) == fold(said)), None)
        if named is not None or self._given != (None, None):
            return named or self._given[1]
        return campaigns.running_of(self._campaigns, source, self._today)


# --- parts of an act ------------------------------------------------------------------------------------------------

def _check(one: Incoming, said: str = "") -> None:
    if not (one.name.strip() or one.phones or one.emails):
        raise InvalidInput(NO_REQUEST, "name", name=said)


def _name(one: Incoming) -> str:
    return (one.name or one.company or "".join(one.emails[:1]) or "".join(one.phones[:1])).strip()[:200]


def _typed(one: Incoming) -> list[tuple[str, str]]:
    return [*(("phone", value) for value in one.phones), *(("email", value) for value in one.emails),
            *(("web", value) for value in one.pages), *one.others]


def _ways(book: Book, one: Incoming) -> list[Channel]:
    """The ways to reach someone that can be read; the others stand in the text."""
    found = []
    for kind, value in _typed(one):
        try:
            found.append(channels.channel(kind, value, book.business.country, one.labels.get(value, "")))
        except InvalidInput:
            continue  # `_unread` keeps it in the text
    return found


def _unread(book: Book, one: Incoming) -> list[str]:
    read = {way.value for way in _ways(book, one)}
    return [value for _, value in _typed(one) if value.strip() and value.strip() not in read]


def _lead(book: Book, work: Work, one: Incoming, ways: Sequence[Channel], origins: _Origins,
          external: str | None) -> int:
    """A new lead with its ways to be reached and its request, as a part of an act."""
    source = origins.source(one.source)
    values: dict[str, Any] = {"name": _name(one), "kind": "person" if one.person else "company", "source_id": source,
                              "campaign_id": origins.campaign(one.campaign, source), **_fitting(one.fields)}
    notes = [values.get("notes") or ""]
    if one.company and one.company != values["name"]:
        values["parent_id"] = inbox.named_customer(work.connection, one.company)
        if values["parent_id"] is None:
            notes.append(f"{book.language.say(N_('Company'))}: {one.company}")
    if one.source and origins.offered(one.source) is None:
        notes.append(f"{book.language.say(N_('Source'))}: {one.source}")
    values["notes"] = "\n".join(line for line in (*notes, *_unread(book, one)) if line)[:_TEXT]
    new = customers.insert(book, work, values)
    storage.set_channels(work.connection, "customer_id", new, list(ways))
    _log(book, work, one, new, external)
    scored.follow(book, work, [new])
    return new


def _fitting(said: Mapping[str, str]) -> dict[str, Any]:
    """The further fields that a customer can hold as they are said."""
    own = {item.key: item for item in FIELDS}
    found: dict[str, Any] = {}
    for key, value in said.items():
        try:
            found |= fields.checked((own[key],), {key: country_code(value) or value if key == "country" else value})
        except CrmError:
            found["notes"] = "\n".join(filter(None, (found.get("notes"), value)))
    return found


def _onto(book: Book, work: Work, one: Incoming, customer: int, external: str | None) -> None:
    """A request of someone who is known: on their card, with a task so that it is answered, unless one waits already.

    A mailbox may bring many e-mails of one customer: they are answered together.
    """
    _log(book, work, one, customer, external)
    name = book.language.say(N_("Answer the request of {name}"),
                             name=records.title(work.connection, "customers", customer))[:200]
    if not records.find(work.connection, "tasks", customer_id=customer, name=name, done_on=None):
        tasks.insert(book, work, {"name": name, "kind": "follow_up", "customer_id": customer, "due_on": book.today()})
    scored.follow(book, work, [customer])


def _log(book: Book, work: Work, one: Incoming, customer: int, external: str | None) -> None:
    """What they ask for, as something that came in; a request without words and without a file says nothing."""
    text = one.text.strip()
    if not text and external is None:
        return
    at = one.at if one.at is not None and one.at <= book.now() else None
    clean = dict(fields.checked(ACTIVITY_FIELDS, {
        "name": text[:_TEXT] or book.language.say(N_("Request")), "kind": one.via, "direction": "in", "state": "held",
        "at": at or book.now(), "on_date": book.business.day_of(at or book.now()), "customer_id": customer,
        "external_id": external}, new=True))
    records.add(work.connection, "activities", clean)
