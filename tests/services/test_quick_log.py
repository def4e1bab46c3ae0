"""What a quick note says by its words: kind, minutes, what happened, the next step and its day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.activities import KINDS
from desktop_crm.i18n import language
from desktop_crm.services import quick_log
from desktop_crm.services.book import Book
from desktop_crm.services.quick_log import Phrase

ENGLISH = language("en")


@pytest.mark.parametrize(("typed", "phrase"), [
    ("called, sending samples", Phrase("call", "sending samples")),
    ("call 12 min agreed", Phrase("call", "agreed", 12)),
    ("Met Ali at the fair", Phrase("meeting", "Met Ali at the fair")),
    ("visited 45 minutes: measured the shop", Phrase("visit", "measured the shop", 45)),
    ("call 5 min", Phrase("call", "call 5 min", 5)),
    ("wants black granite", Phrase("note", "wants black granite")),
    ("call 3 minarets later", Phrase("call", "call 3 minarets later")),
    ("e-mailed the offer", Phrase("email", "e-mailed the offer")),
    ("call：要樣品", Phrase("call", "要樣品")),
    ("visit、看店面", Phrase("visit", "看店面")),
    ("met；下週再談", Phrase("meeting", "下週再談")),
    ("call，12 min，要樣品", Phrase("call", "要樣品", 12)),
    ("called, next step friday 10", Phrase("call", "next step friday 10", None, "", "friday 10")),
    ("agreed (next step: monday)", Phrase("note", "agreed (next step: monday)", None, "agreed", "monday")),
    ("the next stepping stone", Phrase("note", "the next stepping stone")),
])
def test_phrases(typed: str, phrase: Phrase) -> None:
    assert quick_log.parse(ENGLISH, typed, "note") == phrase


@given(st.text())
def test_every_phrase_has_a_kind_and_keeps_some_text(typed: str) -> None:
    phrase = quick_log.parse(ENGLISH, typed, "call")
    assert phrase.kind in KINDS
    assert bool(phrase.text) == bool(typed.split())


@pytest.mark.parametrize(("typed", "name", "due"), [
    ("friday 10", "Follow-up", "10:00"), ("call friday 10", "Call", "10:00"), ("visit monday 3pm", "Visit", "15:00"),
    ("deliver 3 friday", "Deliver 3", None), ("friday 24", "24", None),
    ("call ali friday 10", "Call ali 10", None), ("monday", "Follow-up", None),
])
def test_a_next_step_names_its_hour(shop: Book, typed: str, name: str, due: str | None) -> None:
    step = quick_log.next_step(shop, ENGLISH, typed)
    assert step is not None and (step["name"], step["due_time"]) == (name, due)


def test_a_next_step_has_a_day(shop: Book) -> None:
    assert quick_log.next_step(shop, ENGLISH, "call again") is None
