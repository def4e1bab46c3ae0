"""Payment reminders: three tones, short for a messenger and long for a letter, with and without a due day."""

from __future__ import annotations

from itertools import product

import pytest

from desktop_crm.domain.dunning import TONES, Tone, payment_reminder, reminder_subject
from desktop_crm.i18n import language

EN = language("en")


def reminder(tone: Tone, due: str = "12 November 2026", **more: str) -> str:
    return payment_reminder(EN, tone, "Nur Aisyah", "Kedai Bukit Tiles", "RM 1,200.50", due, **more)


def test_a_first_reminder_for_a_messenger() -> None:
    assert reminder(Tone.FIRST) == (
        "Hello Nur Aisyah, this is Kedai Bukit Tiles. A friendly reminder: RM 1,200.50 was due on 12 November 2026. "
        "If you have paid already, please ignore this message. Thank you!")


def test_a_final_letter_with_account_and_phone() -> None:
    assert reminder(Tone.FINAL, "", channel="letter", how_to_pay="Maybank 5123\nBukit Tiles", phone="012-345 6789") == (
        "Dear Nur Aisyah,\n\n"
        "In spite of our reminders, RM 1,200.50 is still unpaid. Please pay it now. If something stands in the way, "
        "call us, so that we can agree on instalments. Until then we cannot give further credit.\n\n"
        "How to pay: Maybank 5123\nBukit Tiles\n\nQuestions? Call 012-345 6789.\n\n"
        "Kind regards,\nKedai Bukit Tiles")


@pytest.mark.parametrize(("tone", "due", "channel"),
                         list(product(Tone, ("", "12 November"), ("whatsapp", "line", "viber", "letter", "email"))))
def test_each_names_who_how_much_and_when(tone: Tone, due: str, channel: str) -> None:
    text = reminder(tone, due, channel=channel)
    assert all(word in text for word in ("Nur Aisyah", "Kedai Bukit Tiles", "RM 1,200.50", due))
    assert ("due on" in text) == bool(due) and "{" not in text
    assert text.startswith("Dear") == (channel in ("letter", "email"))


def test_the_tones_differ() -> None:
    assert len({reminder(tone) for tone in TONES}) == len({reminder(tone, channel="email") for tone in TONES}) == 3


def test_a_name_stays_a_name() -> None:
    text = payment_reminder(EN, Tone.FIRST, "{amount}\n\n<b>Ali</b>", "A {name}", "RM 5", "")
    assert text.startswith("Hello {amount} <b>Ali</b>, this is A {name}. ") and "\n" not in text


def test_the_subject_of_an_email() -> None:
    assert [reminder_subject(EN, tone, "Kedai") for tone in Tone] == [
        "Friendly reminder from Kedai", "Second reminder from Kedai", "Final reminder from Kedai"]
