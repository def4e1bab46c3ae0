"""Birthdays as people type and read them."""

from __future__ import annotations

import re
from datetime import date

from desktop_crm.domain import birthdays
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import plain_digits
from desktop_crm.i18n import Language
from desktop_crm.services.book import Book

_CENTURY = 100


def read(book: Book, language: Language, typed: str) -> str | None:
    """A birthday as it is kept, from figures or words, with its year or without ("12/5", "12 May", "12/5/1985").

    None for nothing; InvalidInput for what is no day, and for a day that is still to come.
    """
    text = plain_digits(typed).strip()
    if not text or birthdays.parts(text) is not None:
        return text or None
    today = book.today()
    groups = re.findall(r"\d+", text)
    if (len(groups) == 1 and len(groups[0]) <= 2) or re.fullmatch(r"\d{1,2}\s*[-/.]\s*\d{1,2}[-/.]?", text):
        return birthdays.written(_without_year(book, language, text), with_year=False)
    return _past(_day(book, language, text), today, typed)


def _day(book: Book, language: Language, text: str) -> date:
    from desktop_crm.services import quick_add  # reads dates in words, which takes a while to load

    found = quick_add.read_day(book, language, text)
    if found is None:
        raise InvalidInput(N_("“{value}” is not a date. Write one like {example}."), "birthday", value=text,
                           example=language.day(book.today(), "short"))
    return found


def _without_year(book: Book, language: Language, text: str) -> date:
    """A day and month; 29 February too, whatever year it is."""
    figures = re.fullmatch(r"[\d\s/.\-]+", text)
    if figures is None:
        return _day(book, language, text)
    found = language.read_day(text.rstrip("./- "), date(2000, 1, 1))
    return found if found is not None else _day(book, language, text)


def _past(day: date, today: date, typed: str) -> str:
    """The day as a birthday; one whose year was two figures and is to come was of the last century."""
    if day > today and not re.search(r"\d{4}", plain_digits(typed)):
        day = day.replace(year=day.year - _CENTURY)
    if day > today:
        raise InvalidInput(N_("“{value}” is still to come: a birthday is not."), "birthday", value=typed)
    return birthdays.written(day)


def typed(language: Language, birthday: str) -> str:
    """A birthday as it stands in a field: as one would type it."""
    found = birthdays.parts(birthday)
    if found is None:
        return birthday
    year, month, day = found
    if year is None:
        return language.skeleton(date(2000, month, day), "Md")
    return language.skeleton(date(year, month, day), "yMd")


def said(book: Book, language: Language, birthday: str) -> list[str]:
    """A birthday in words: the day, the age where the year is known, and how soon the next one is within a month."""
    found, today = birthdays.parts(birthday), book.today()
    if found is None:
        return [birthday]
    year, month, day = found
    shown = date(year or 2000, month, day)
    parts = [language.skeleton(shown, "yMMMd" if year else "MMMd")]
    years = birthdays.age(birthday, today)
    if years is not None:
        parts.append(language.count(N_("{n} year old"), N_("{n} years old"), years))
    coming = birthdays.next_on(birthday, today)
    ahead = (coming - today).days if coming else _CENTURY
    if ahead == 0:
        parts.append(language.say(N_("birthday today")))
    elif ahead <= 31:
        parts.append(language.count(N_("birthday in {n} day"), N_("birthday in {n} days"), ahead))
    return parts
