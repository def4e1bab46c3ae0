"""What stands in the section About of a card: ways to reach, what is known, addresses, consents, the group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop_crm.domain.consents import BASES, PURPOSES, Consent
from desktop_crm.domain.custom_fields import key as key_of
from desktop_crm.domain.customers import FIELDS, Channel
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.domain.registrations import remark
from desktop_crm.domain.trees import Sums
from desktop_crm.i18n import LANGUAGES
from desktop_crm.services import addresses, birthdays, consents, custom_fields, customers, trees
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card
from desktop_crm.ui.customers.way_line import title
from desktop_crm.ui.customers.ways_bar import icon_of
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.widgets.labels import unbroken
from desktop_crm.ui.words import N_, amount, current, tr

_TITLES = {field.key: field.title for field in FIELDS}
_SHOWN = {  # what is read on the card, in this order; the rest has its place elsewhere on it
    "birthday": "calendar", "preferences": "thanks", "address": "visit", "website": "globe", "industry": "building",
    "registration": "file", "tax_number": "file", "invoice_title": "file", "founded": "calendar",
    "employees": "customers", "language": "message", "verified_on": "check", "notes": "note",
}
_OWN = 10_000  # the numbers of the lines of own fields come after those above
_OWN_ICONS = {"date": "calendar", "money": "money", "yes_no": "check", "link": "link"}
_NUMBERS = ("registration", "tax_number")


def about_lines(book: Book, customer: int, limit: int) -> list[Line]:
    """Everything known of a customer; what is empty is left out."""
    card = customers.card(book, customer)
    parts = ((N_("Ways to reach"), [_way(way) for way in card.channels]), (N_("About"), list(_facts(book, card))),
             (N_("Own fields"), list(_own(book, customer))),
             (N_("More addresses"), [Line("address", one.id, one.label, one.written, mark=" · ", icon="visit")
                                     for one in addresses.of(book, customer)]),
             (N_("Consents"), [_consent(book, one) for one in consents.of(book, customer)]),
             (N_("Group"), list(_group(book, customer))))
    lines: list[Line] = []
    for heading, found in parts:
        if found:
            lines += [Line("heading", title=tr(heading)), *found]
    return lines[:limit]


def _way(way: Channel) -> Line:
    kind = title(way.kind)
    said = [kind, way.label if way.label != kind else "", tr(N_("preferred")) if way.preferred else ""]
    return Line("way", way.id, way.value, meta=" · ".join(part for part in said if part), icon=icon_of(way.kind))


def _facts(book: Book, card: Card) -> Iterator[Line]:
    for number, (key, icon) in enumerate(_SHOWN.items()):
        text = _said(book, card, key)
        if not text:
            continue
        odd = remark(key, country_of(book, card.values), str(card.values[key])) if key in _NUMBERS else None
        why = tr(odd.message, name=odd.name) if odd else ""
        yield Line("fact", number, tr(_TITLES[key]), text, icon=icon, meta=why, meta_tone="warn" if why else "",
                   group=key)


def _own(book: Book, customer: int) -> Iterator[Line]:
    """The business's own fields; a web address is opened, any other is edited."""
    values = custom_fields.values(book, "customers", customer)
    for field in custom_fields.listed(book, "customers") if values else ():
        text = custom_fields.shown(current(), book.currency, field, values.get(field.id))
        if text:
            kind = "own_link" if field.type == "link" else "fact"
            yield Line(kind, _OWN + field.id, field.name, text, icon=_OWN_ICONS.get(field.type, "tag"),
                       group=text if kind == "own_link" else key_of(field))


def _said(book: Book, card: Card, key: str) -> str:
    """A field as people read it; "" for an empty one."""
    value, say = card.values[key], current()
    if value is None or value == "":
        return ""
    if key == "birthday":
        return " · ".join(birthdays.said(book, say, value))
    if key == "address":
        place = " ".join(part for part in (card.values["postcode"], card.values["city"]) if part)
        return ", ".join(part for part in (*value.splitlines(), place, card.values["country"]) if part)
    if key == "language":
        return LANGUAGES.get(str(value), str(value))
    return say.day(value) if key == "verified_on" else say.number(value) if key == "employees" else str(value)


def country_of(book: Book, values: Mapping[str, Any]) -> str:
    """The country (ISO 3166) whose numbers a customer has: their own, else the business's."""
    said = (values.get("country") or "").strip()
    return (country_code(said) if said else "") or book.business.country


def _consent(book: Book, one: Consent) -> Line:
    say, stands = current(), one.stands(book.today())
    basis = tr(BASES.get(one.basis, one.basis))
    meta = [tr(N_("since {day}"), day=say.day(one.on_date)) if one.on_date else "", one.source]
    if one.withdrawn_on is not None:
        meta.insert(0, tr(N_("withdrawn {day}"), day=say.day(one.withdrawn_on)))
    return Line("consent", one.id, tr(PURPOSES.get(one.purpose, one.purpose)), basis, mark=" · ",
                meta=" · ".join(part for part in meta if part), meta_tone="" if stands else "bad",
                icon="check" if stands else "close")


def _group(book: Book, customer: int) -> Iterator[Line]:
    """The tree that the customer stands in, each with its own figures and, if there are some below, all of theirs."""
    for branch in trees.tree(book, customer):
        indent = "\u2003" * min(branch.depth, 8)
        here = tr(N_("this one")) if branch.id == customer else ""
        own = _sums(book, branch.own)
        meta = tr(N_("with all below: {figures}"), figures=_sums(book, branch.whole) or "—") if branch.children else own
        icon = "person" if branch.kind == "person" else "customers" if branch.kind == "household" else "company"
        text = " · ".join(part for part in (here, own if branch.children else "") if part)
        yield Line("branch", branch.id, branch.name, text, lead=indent, mark=" · ", meta=meta, icon=icon)


def _sums(book: Book, sums: Sums) -> str:
    """Open, won and paid, what is none left out."""
    parts = ((N_("open {money}"), sums.open), (N_("won {money}"), sums.won), (N_("paid {money}"), sums.paid))
    return " · ".join(unbroken(tr(message, money=amount(minor, book.currency))) for message, minor in parts if minor)
