"""The privacy notice on paper: headings at the left, what there is to say beside them, on one A4 page where it fits."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_crm.domain.backups import DAYS, MONTHS, WEEKS
from desktop_crm.domain.consents import BASES, KEEPING, PURPOSES, Consent
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.domain.privacy import Notice
from desktop_crm.export.documents_parts import letterhead, parties
from desktop_crm.export.documents_sheet import LEADING, Sheet
from desktop_crm.export.pdf import boxes
from desktop_crm.i18n import Language

_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""The sizes of its text, in points: the largest with which it stands on one page is taken."""
_HEADING, _GAP = 0.26, 14.0  # the headings' share of the width, and the points beside them
_KEPT = N_count("Without any contact for {n} year it is looked at again: without a reason to keep it, it is erased.",
                "Without any contact for {n} years it is looked at again: without a reason to keep it, it is erased.")
_PEOPLE = N_count("{n} person of this business works with it.", "{n} people of this business work with it.")
Part = tuple[str, list[str]]
"""A heading and its paragraphs, in the language of the paper."""


def privacy(notice: Notice, language: Language) -> Sheet:
    """Set the notice on A4, as large as one page allows; a very long one takes more pages, in small letters."""
    made = _set(notice, language, _SIZES[0])
    for size in _SIZES[1:]:
        if made.number == 1:
            break
        made = _set(notice, language, size)
    return made


def _set(notice: Notice, language: Language, size: float) -> Sheet:
    title = language.say(N_("Privacy notice"))
    sheet = Sheet(notice, language, title, notice.customer.title if notice.customer else "")
    letterhead(sheet, notice.seller, title, "", "")
    if notice.customer is not None:
        parties(sheet, language.say(N_("Addressed to")), notice.customer,
                ((language.say(N_("Date")), sheet.day(notice.on_date)),))
    else:
        sheet.top = sheet.text(sheet.left, sheet.top - 4, sheet.inner, language.say(
            N_("As of {day}"), day=sheet.day(notice.on_date)), size, colour="dim") + 6
    for heading, paragraphs in parts(notice, language):
        _part(sheet, heading, paragraphs, size)
    if sheet.type.missing:  # letters that no font has are named at the end
        sheet.flow(boxes(sheet), size, "dim")
    return sheet


def _part(sheet: Sheet, heading: str, paragraphs: list[str], size: float) -> None:
    """A heading and its paragraphs under a hairline; the first line of both stand side by side."""
    side = sheet.inner * _HEADING
    title = sheet.type.wrap(heading, side - _GAP, size, True, most=4)
    sheet.need((1 + len(title)) * size * LEADING)
    sheet.rule(sheet.top)
    sheet.top += size * 0.5
    top, number = sheet.top, sheet.number
    below = sheet.set(sheet.left, top, title, size)
    for paragraph in paragraphs:
        for piece in sheet.type.wrap(paragraph, sheet.inner - side, size, most=1 + len(paragraph)):
            sheet.need(size * LEADING)
            sheet.top = sheet.set(sheet.left + side, sheet.top, [piece], size)
        sheet.top += size * 0.25
    if sheet.number == number:
        sheet.top = max(sheet.top, below)
    sheet.top += size * 0.35


def parts(notice: Notice, words: Language) -> Iterator[Part]:
    """What the notice says: each part's heading and its paragraphs."""
    say, you = words.say, notice.customer is not None
    yield say(N_("Who holds the data")), [say(N_("{business}, as named above."), business=notice.seller.title)]
    things = " · ".join([*(say(title) for title in notice.held), *notice.own])
    yield (say(N_("What is held about you")) if you else say(N_("What is held")),
           [things or say(N_("Nothing yet.")),
            *([say(N_("And what was changed in it, when and by whom."))] if things else [])])
    yield say(N_("What for, and on which basis")), [
        words.joined((say(one.title), say(BASES.get(one.basis, one.basis))), ":") for one in notice.purposes] or [
        say(N_("Nothing yet."))]
    if you:
        yield say(N_("Your consents")), [_consent(notice, one, words) for one in notice.consents] or [
            say(N_("None is noted."))]
    yield say(N_("Where it comes from")), [_from(notice, words)]
    yield say(N_("How long it is kept")), _long(notice, words)
    yield say(N_("Who sees it")), [
        words.count(*_PEOPLE, notice.people) if notice.people else say(N_("The owner of this business.")),
        say(N_("Nothing is sent to anyone by the program that keeps it. Partners get data only with the consent of "
               "whom it is about.")) if notice.shared else
        say(N_("Nothing is sent to anyone by the program that keeps it, and nothing is passed on unless a law demands "
               "it."))]
    yield say(N_("Where it lies")), [
        say(N_("On a computer of this business; its backups there too, and in a second place.")) if notice.second else
        say(N_("On a computer of this business, with its backups.")),
        *([say(N_("It is encrypted: nobody reads it without the password. Documents, photos and receipts lie beside it "
                  "and are not."))] if notice.encrypted else [])]
    yield say(N_("Your rights")), [
        say(N_("You may ask what is held about you and get a copy, have it corrected, take back a consent at any time, "
               "and have it erased.")), _ask(notice, words)]
    if notice.law:
        yield say(N_("The law")), [say(N_("Personal data in {country}: {law}."),
                                       country=words.locale.territories.get(notice.country, notice.country),
                                       law=say(notice.law))]
    if notice.note:
        yield say(N_("In our own words")), [line for line in notice.note.splitlines() if line.strip()]


def _consent(notice: Notice, one: Consent, words: Language) -> str:
    """A consent with its basis, how it was given and the days."""
    say = words.say
    days = [say(N_("since {day}"), day=words.day(one.on_date)) if one.on_date else "",
            say(N_("taken back {day}"), day=words.day(one.withdrawn_on)) if not one.stands(notice.on_date) else ""]
    basis = "" if one.basis == "consent" and one.purpose != KEEPING else say(BASES.get(one.basis, one.basis))
    return words.joined((say(PURPOSES.get(one.purpose, one.purpose)),
                         words.joined(part for part in (basis, one.source, *days) if part)), ":")


def _from(notice: Notice, words: Language) -> str:
    say = words.say
    named = [*notice.sources, *([say(N_("lists that were brought in"))] if notice.imported else [])]
    own = say(N_("From you and from dealing with you"))
    return words.ended(words.joined((own, words.listed(named)), ":") if named else own)


def _long(notice: Notice, words: Language) -> list[str]:
    """How long data is kept, what stays after an erasure, and the backups."""
    say, number = words.say, words.number
    first = words.count(*_KEPT, notice.years) if notice.years else say(
        N_("As long as there is a reason to keep it, or until you ask to have it erased."))
    return [first, say(N_("What the accounts need (amounts and days of sales and payments) stays without a name.")),
            say(N_("Backups: one of each of the last {days} days, {weeks} weeks and {months} months. Who is erased is "
                   "taken out of them too."), days=number(DAYS), weeks=number(WEEKS), months=number(MONTHS))]


def _ask(notice: Notice, words: Language) -> str:
    """How to ask for it: by the ways that the business has."""
    seller = notice.seller
    ways = [way for way in (seller.phone, seller.email, ", ".join(seller.address)) if way]
    if not ways:
        return words.say(N_("Ask us in person."))
    return words.say(N_("Ask us: {ways}"), ways="  ·  ".join(ways))
