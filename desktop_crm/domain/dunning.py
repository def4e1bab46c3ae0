"""Reminders of money that is owed, as plain text for a messenger or a letter: kind first, plain last."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from desktop_crm.domain.errors import N_


class Tone(StrEnum):
    """How often the customer was reminded already."""

    FIRST = "first"
    SECOND = "second"
    FINAL = "final"


TONES = {Tone.FIRST: N_("Friendly reminder"), Tone.SECOND: N_("Second reminder"), Tone.FINAL: N_("Final reminder")}
"""The tones in their order, as a choice shows them and as an e-mail's subject."""

LETTERS = ("letter", "email")
"""The channels that take a letter with its forms; every other one takes a short message."""


class Words(Protocol):
    """Whoever can translate: the customer's `i18n.Language`."""

    def say(self, message: str, /, **values: object) -> str:
        """Translate a message and fill its places."""


_SHORT = {
    (Tone.FIRST, True): N_("Hello {name}, this is {business}. A friendly reminder: {amount} was due on {due}. "
                           "If you have paid already, please ignore this message. Thank you!"),
    (Tone.FIRST, False): N_("Hello {name}, this is {business}. A friendly reminder: {amount} is still open. "
                            "If you have paid already, please ignore this message. Thank you!"),
    (Tone.SECOND, True): N_("Hello {name}, this is {business}. We have not yet received {amount}, due on {due}. "
                            "Could you tell us when we may expect it? Thank you."),
    (Tone.SECOND, False): N_("Hello {name}, this is {business}. We have not yet received {amount}. "
                             "Could you tell us when we may expect it? Thank you."),
    (Tone.FINAL, True): N_("Hello {name}, this is {business}. {amount}, due on {due}, is still unpaid after our "
                           "reminders. Please pay it now, or call us today so that we can find a way together."),
    (Tone.FINAL, False): N_("Hello {name}, this is {business}. {amount} is still unpaid after our reminders. "
                            "Please pay it now, or call us today so that we can find a way together."),
}
_LONG = {
    (Tone.FIRST, True): N_("May we remind you that {amount} was due on {due}. Perhaps it has escaped your notice. "
                           "If you have paid already, please disregard this letter."),
    (Tone.FIRST, False): N_("May we remind you that {amount} is still open on your account. Perhaps it has escaped "
                            "your notice. If you have paid already, please disregard this letter."),
    (Tone.SECOND, True): N_("We wrote to you before about {amount}, which was due on {due} and has not reached us "
                            "yet. Please pay it in the coming days, or tell us when we may expect it."),
    (Tone.SECOND, False): N_("We wrote to you before about {amount}, which has not reached us yet. Please pay it in "
                             "the coming days, or tell us when we may expect it."),
    (Tone.FINAL, True): N_("In spite of our reminders, {amount}, which was due on {due}, is still unpaid. Please pay "
                           "it now. If something stands in the way, call us, so that we can agree on instalments. "
                           "Until then we cannot give further credit."),
    (Tone.FINAL, False): N_("In spite of our reminders, {amount} is still unpaid. Please pay it now. If something "
                            "stands in the way, call us, so that we can agree on instalments. Until then we cannot "
                            "give further credit."),
}


def payment_reminder(words: Words, tone: Tone, party: str, business: str, amount: str, due: str = "", *,
                     channel: str = "whatsapp", how_to_pay: str = "", phone: str = "") -> str:
    """The reminder in the words' language, ready to paste.

    `amount` and `due` are written out already; `due` is empty where no day was agreed. `how_to_pay` (a bank
    account, a wallet) and `phone` are added where given.
    """
    letter = channel in LETTERS
    message = (_LONG if letter else _SHORT)[tone, bool(due)]
    values = {"name": _one_line(party), "business": _one_line(business), "amount": amount, "due": due}
    text = words.say(message, **values)
    parts = [words.say(N_("Dear {name},"), name=values["name"]), text] if letter else [text]
    if how_to_pay.strip():
        parts.append(words.say(N_("How to pay: {account}"), account=how_to_pay.strip()))
    if phone.strip():
        parts.append(words.say(N_("Questions? Call {phone}."), phone=_one_line(phone)))
    if letter:
        parts.append(words.say(N_("Kind regards,")) + "\n" + values["business"])
    return "\n\n".join(parts)


def reminder_subject(words: Words, tone: Tone, business: str) -> str:
    """The subject of an e-mail with such a reminder."""
    return words.say(N_("{reminder} from {business}"), reminder=words.say(TONES[tone]), business=_one_line(business))


def _one_line(text: str) -> str:
    return " ".join(text.split())
