"""The privacy notice on paper, read back from the PDF: what it says, in every language, on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from desktop_crm.domain.consents import Consent
from desktop_crm.domain.privacy import CODED, FIXED, KINDS, LAWS, Notice, Purpose
from desktop_crm.export.documents import drawn, write
from desktop_crm.export.drawn import Text
from desktop_crm.i18n import LANGUAGES, language
from tests.papers import AISYAH, DAY, SHOP

HELD = (*(kind.title for kind in KINDS), *(title for titles in CODED.values() for title in titles.values()))
NOTICE = Notice(DAY, "MYR", SHOP, HELD, ("Shoe size", "鞋"), (*FIXED, Purpose("Marketing", "consent")),
                ("Walk-in", "Facebook"), True, 7, 3, False, True, True, "Ask for Mei Ling.\n\nNever after eight.",
                country="MY")
CONSENTS = (Consent(1, "keeping", "legal", "warranty until 2028", date(2026, 11, 1)),
            Consent(2, "marketing", "consent", "form at the counter", date(2026, 1, 5)),
            Consent(3, "sharing", "consent", "", date(2025, 1, 5), date(2026, 2, 5)))
Read = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def pages(paper: Notice, code: str = "en") -> list[str]:
        write(tmp_path / "out.pdf", paper, language(code))
        return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(tmp_path / "out.pdf").pages]

    return pages


def test_it_says_all_that_the_law_asks_for(read: Read) -> None:
    (page,) = read(NOTICE)
    for said in (
            "Privacy notice", "Bukit Tiles Sdn. Bhd.", "12, Jalan Bukit Indah", "SSM 202001012345 (1367891-X)",
            "As of 21 November 2026", "Bukit Tiles Sdn. Bhd., as named above.", "What is held", "Name · Address",
            "WhatsApp", "Documents", "Shoe size", "鞋",
            "Making offers, delivering, and serving after the sale: Contract",
            "Receipts, accounts and taxes: Required by law", "Marketing: Consent",
            "From you and from dealing with you: Walk-in, Facebook, lists that were brought in.",
            "Without any contact for 7 years it is looked at again", "14 days, 13 weeks and 24 months",
            "3 people of this business work with it.", "nothing is passed on unless a law demands it",
            "its backups there too, and in a second place", "nobody reads it without the password",
            "photos and receipts lie beside it and are not",
            "take back a consent at any time", "Ask us: +60 12-345 6789 · kedai@bukit.my · 12, Jalan Bukit Indah",
            "Personal data in Malaysia: Personal Data Protection Act 2010 (PDPA).", "In our own words",
            "Ask for Mei Ling.", "Never after eight.", "Page 1 of 1"):
        assert said in page, said
    assert "legal advice" not in page and "Your consents" not in page


def test_it_says_to_one_person_what_is_held_about_them(read: Read) -> None:
    (page,) = read(replace(NOTICE, customer=AISYAH, consents=CONSENTS, held=("Name", "Phone"), own=()))
    for said in ("Addressed to", "Nur Aisyah binti Abdullah", "What is held about you Name · Phone And what was "
                 "changed", "Your consents Keeping the data: Required by law, warranty until 2028, since 1 Nov 2026",
                 "Marketing: form at the counter, since 5 Jan 2026",
                 "Sharing with partners: since 5 Jan 2025, taken back 5 Feb 2026"):
        assert said in page, said
    assert "None is noted." in read(replace(NOTICE, customer=AISYAH))[0]


def test_what_is_not_there_is_not_promised(read: Read) -> None:
    bare = Notice(DAY, "MYR", replace(SHOP, phone="", email="", address=()), (), (), (), (), False, 0, 0, True, False,
                  False, country="DE")
    (page,) = read(bare)
    for said in ("What is held Nothing yet.", "What for, and on which basis Nothing yet.", "From you and from dealing "
                 "with you.", "As long as there is a reason to keep it", "The owner of this business.",
                 "only with the consent of whom it is about", "On a computer of this business, with its backups.",
                 "Ask us in person."):
        assert said in page, said
    for unsaid in ("The law", "Personal data in", "In our own words", "password", "second place"):
        assert unsaid not in page, unsaid


@pytest.mark.parametrize(("code", "country"), [("en", "SG"), ("ms", "MY"), ("zh_TW", "TW"), ("fil", "PH"), ("ne", "NP"),
                                              ("ta", "IN")])
def test_it_is_one_page_in_every_language_with_the_law_of_its_country(read: Read, code: str, country: str) -> None:
    assert code in LANGUAGES
    words = language(code)
    (page,) = read(replace(NOTICE, customer=AISYAH, consents=CONSENTS, country=country), code)
    squeezed = page.replace(" ", "")
    for said in ("Privacy notice", "Your rights", "Where it lies", LAWS[country]):
        assert words.say(said).replace(" ", "") in squeezed, said


def test_letters_shrink_before_a_second_page_is_begun() -> None:
    def sizes(paper: Notice) -> tuple[int, float]:
        made = drawn(paper, language("en"))
        return len(made.pages), next(mark.size for mark in made.pages[0] if isinstance(mark, Text)
                                     and mark.text == "Who holds the data")

    assert sizes(NOTICE) == (1, 9.5)
    pages, size = sizes(replace(NOTICE, note="\n".join(f"{n} of our own" for n in range(18))))
    assert pages == 1 and 7.0 <= size < 9.5
    pages, size = sizes(replace(NOTICE, note="\n".join(f"{n} of our own" for n in range(90))))
    assert pages == 2 and size == 7.0
