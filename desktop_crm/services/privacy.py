"""The privacy notice, made from what the file itself holds and is set to: for everybody, or for one person."""

from __future__ import annotations

from typing import Any

from desktop_crm import settings
from desktop_crm.domain.channels import first
from desktop_crm.domain.consents import KEEPING, PURPOSES
from desktop_crm.domain.contacts import ContactRow
from desktop_crm.domain.customers import SOURCES
from desktop_crm.domain.documents import Party
from desktop_crm.domain.errors import N_, NotFound
from desktop_crm.domain.privacy import FIXED, LACKING, Notice, Purpose
from desktop_crm.i18n import Language
from desktop_crm.services import contacts, custom_fields, customers
from desktop_crm.services.book import Book
from desktop_crm.services.documents import buyer_of, own_party
from desktop_crm.services.dunning import language_of
from desktop_crm.storage import consents, holdings, privacy
from desktop_crm.storage.unit_of_work import Connection


def notice(book: Book, language: str = "", person: int = 0, kind: str = "customers") -> tuple[Notice, Language]:
    """The notice and its language: the one asked for, else the person's, else the file's.

    `person` is the id of a customer or (by `kind`) a contact to whom it is addressed, and whose data alone it names;
    0 is for everybody. NotFound if they are gone.
    """
    own_language, customer = addressee(book, person, kind)
    words = language_of(book, language) if language else own_language
    today, own = book.today(), book.business
    every = custom_fields.every(book)
    with book.read() as connection:
        rows = holdings.held(_raw(connection), kind, person).rows if person else None
        used = privacy.own_fields(connection, rows)
        given = tuple(consents.of_people(connection, kind, [person]).get(person, ())) if person else ()
        agreed = [pair for pair in privacy.agreed(connection, None, today) if pair[0] != KEEPING]
        made = Notice(
            today, own.currency, own_party(book, words), privacy.held(connection, rows),
            tuple(field.name for field in every if field.id in used), _purposes(connection, rows, agreed, person),
            tuple(_source(book.language, words, *source) for source in privacy.sources(connection, rows)),
            privacy.imported(connection, rows), own.years_kept,
            privacy.sellers(connection), any(purpose == "sharing" for purpose, _ in agreed),
            bool(settings.load().second_place(book.path)), book.key is not None, own.privacy_note.strip(), customer,
            given, own.country.upper(), own.picture)
    return made, words


def lacking(book: Book) -> tuple[str, ...]:
    """What the notice would say and nobody has set, as messages (domain.privacy.LACKING), in its order."""
    own = book.business
    there = {"name": own.name, "address": own.address, "phone": own.phone or own.email,
             "registration": own.registration, "keep_years": own.keep_years}
    return tuple(message for key, message in LACKING.items() if not there[key])


def _raw(connection: Connection) -> Any:
    """The driver's own connection, by which what is held is walked."""
    return connection.connection.dbapi_connection


def _source(own: Language, words: Language, name: str, code: str) -> str:
    """A source in the words of the paper; one that the business called otherwise keeps its name."""
    return words.say(SOURCES[code]) if code in SOURCES and name == own.say(SOURCES[code]) else name


def _purposes(connection: Connection, rows: privacy.Rows, agreed: list[tuple[str, str]],
              person: int) -> tuple[Purpose, ...]:
    """What data is used for: what every business does that has such rows, then what somebody agreed to.

    One person's own consents stand on their notice one by one, so that they are not told here again.
    """
    fixed = [one for one in FIXED if any(privacy.has(connection, table, rows) for table in one.tables)]
    given = [] if person else [Purpose(PURPOSES.get(purpose, purpose), basis) for purpose, basis in sorted(
        agreed, key=lambda pair: (list(PURPOSES).index(pair[0]) if pair[0] in PURPOSES else len(PURPOSES), pair[1]))]
    return (*fixed, *given)


def addressee(book: Book, person: int, kind: str = "customers") -> tuple[Language, Party | None]:
    """A person's language, and who they are on papers; for 0 the file's language, and nobody. NotFound if gone."""
    if not person or kind == "customers":
        return buyer_of(book, person or None, "")
    found = contacts.rows(book, [person])
    if not found:
        raise NotFound(N_("The record is no longer in the file. Nothing was changed."))
    row = found[0]
    words = book.language
    if row.customer_id is not None:
        words = language_of(book, customers.card(book, row.customer_id).values["language"])
    return words, Party(row.name, address=(row.customer,) if row.customer else (),
                        phone=_first(row, "phone"), email=_first(row, "email"))


def _first(row: ContactRow, kind: str) -> str:
    way = first(row.channels, kind)
    return way.value if way else ""
