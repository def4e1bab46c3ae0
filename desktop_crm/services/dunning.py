"""Reminders of money that is owed, ready to paste or to send, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain import dunning
from desktop_crm.domain.accounts import Balance
from desktop_crm.domain.channels import first
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.dunning import Tone
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.messengers import MESSENGERS, message_link
from desktop_crm.i18n import LANGUAGES, Language, language
from desktop_crm.services import accounts, customers
from desktop_crm.services.book import Book


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder: its text, and the link that opens a messenger with it ("" for a text to paste)."""

    text: str
    link: str = ""


def language_of(book: Book, chosen: str | None) -> Language:
    """The language of a customer's papers: the one that was chosen for them, else the file's."""
    return language(chosen) if chosen in LANGUAGES else book.language


def reminder(book: Book, customer: int, tone: Tone | None = None, messenger: str = "") -> Reminder:
    """A reminder of what a customer owes; the tone by the age of the debt unless it is given.

    It goes also to who wants no marketing: to ask for money that is owed is none.
    Raises InvalidInput if nothing is owed, or if the messenger has no address to reach the customer at.
    """
    balance = accounts.balance(book, customer)
    if balance.owed <= 0:
        raise InvalidInput(N_("Nothing is owed, so there is nothing to remind of."), "customer_id")
    card = customers.card(book, customer)
    words = language_of(book, card.values["language"])
    due = min((day for item in balance.items for day, _ in item.planned if day <= book.today()), default=None)
    text = dunning.payment_reminder(
        words, tone or fitting(balance), card.values["call_name"] or card.values["name"], book.business.name,
        words.money(balance.owed, book.currency), words.day(due, "long") if due else "",
        channel=messenger or "whatsapp", phone=book.business.phone)
    if not messenger:
        return Reminder(text)
    subject = dunning.reminder_subject(words, tone or fitting(balance), book.business.name)
    return Reminder(text, message_link(messenger, _address(card.channels, messenger), text, book.business.country,
                                       subject))


def fitting(balance: Balance) -> Tone:
    """The tone that the age of the debt asks for: friendly within 30 days, firm over 90."""
    if balance.ages[4]:
        return Tone.FINAL
    return Tone.SECOND if balance.ages[2] or balance.ages[3] else Tone.FIRST


def _address(channels: tuple[Channel, ...], messenger: str) -> str:
    """The way that the messenger reaches, its own before a phone, the preferred one first; LINE asks its user."""
    way = first(channels, *(("email",) if messenger == "email" else (messenger, "phone")))
    found = (way.normal or way.value) if way else ""
    if not found and messenger != "line":
        raise InvalidInput(N_("There is no phone number or e-mail address to send a message to. Copy the text "
                              "instead."), "phones")
    return found


__all__ = ["MESSENGERS", "Reminder", "fitting", "language_of", "reminder"]
