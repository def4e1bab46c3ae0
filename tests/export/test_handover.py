"""The paper of a hand-over, written, and read back from the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from desktop_crm.domain.customers import Channel
from desktop_crm.domain.handover import GivenCustomer, GivenDeal, GivenTask, HandOver, Note, Person
from desktop_crm.export.documents import drawn, write
from desktop_crm.export.drawn import Text
from desktop_crm.i18n import LANGUAGES, language
from tests.papers import DAY, SHOP

LIM = GivenCustomer(
    "Kedai Lim <& Sons>", "Aminah",
    (Channel("phone", "+60 12-345 6789"), Channel("whatsapp", "+60 19-111 2222", "Work")),
    (Person("Mrs Lim", "Owner", (Channel("email", "lim@example.my"),)),), "1 Jalan Ali, 84000 Muar",
    (GivenDeal("Sofa", "Proposal", 150_000, "MYR", date(2026, 12, 1)), GivenDeal("Table", "New", 25_050, "MYR"),
     GivenDeal("Unknown", "New", None, "MYR"), GivenDeal("Kept", "New", 8_000, "MYR", keeper="Chong")),
    (GivenTask("Call back", date(2026, 11, 19), "10:00"), GivenTask("Some day", None)), 12_345, date(2026, 11, 20),
    (Note(date(2026, 11, 20), "call", "wants it\nin green"), Note(None, "note", "old hand")), "Ask for Mrs Lim",
    "Tea, no sugar", "1970-12-24")
ONG = GivenCustomer("Ong", "", deals=(GivenDeal("Boat", "New", 30_000, "USD"),), owed=-500)
PAPER = HandOver(DAY, "MYR", SHOP, ("Aminah",), "Ben", (LIM, ONG), "Be kind.", "MY")
Read = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def pages(paper: HandOver, code: str = "en") -> list[str]:
        write(tmp_path / "out.pdf", paper, language(code))
        return [page.extract_text() for page in pypdf.PdfReader(tmp_path / "out.pdf").pages]

    return pages


def test_the_paper_says_all_that_the_next_seller_needs(read: Read) -> None:
    (page,) = read(PAPER)
    for said in ("Bukit Tiles Sdn. Bhd.", "Hand-over", "Ben", "21 November 2026", "Aminah", "Be kind.",
                 "1.  Kedai Lim <& Sons>", "+60 12-345 6789", "+60 19-111 2222 (WhatsApp · Work)", "Mrs Lim (Owner)",
                 "lim@example.my", "1 Jalan Ali, 84000 Muar", "Ask for Mrs Lim", "Preferences: Tea, no sugar",
                 "Birthday: 24 December 1970", "Owes: RM 123.45", "Last contact: 20 Nov 2026", "Sofa", "Proposal",
                 "1 Dec 2026", "RM 1,500.00", "RM 250.50", "Kept (stays with Chong)", "Call back", "19 Nov 2026 10:00",
                 "20 Nov 2026, Call: wants it in green", "Note: old hand", "2.  Ong", "In their favour: RM 5.00",
                 "Last contact: never", "US$ 300.00"):
        assert said in page, said
    # by hand: 1,500.00 + 250.50; what is kept, and what is in their favour, is in no sum
    for figure in ("RM 1,750.50  +  US$ 300.00", "Open deals (4)", "RM 123.45"):
        assert figure in page, figure
    assert (len(PAPER.deals), len(PAPER.tasks), PAPER.owed) == (4, 2, 12_345)


def test_where_several_gave_each_customer_says_who(read: Read) -> None:
    page = read(replace(PAPER, givers=("Aminah", "Chong")))[0]
    assert "Aminah, Chong" in page and page.count("Aminah") == 3  # the head, the signature, the customer
    assert "the pool" in read(replace(PAPER, givers=()))[0]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_names_of_all_scripts_stand_in_every_language(code: str) -> None:
    names = ("எஸ். முருகன்", "रामबहादुर श्रेष्ठ", "陳老闆 有限公司", "Ma. Teresa dela Cruz-Reyes", "محمد")
    paper = replace(PAPER, customers=tuple(replace(LIM, name=name) for name in names), to=names[0])
    shown = drawn(paper, language(code), False)
    texts = " ".join(mark.text for page in shown.pages for mark in page if isinstance(mark, Text))
    for name in names:
        assert name in texts, name
    assert language(code).money(175_050 * 5, "MYR") in texts  # five times 1,750.50
    assert language(code).day(date(2026, 12, 1)) in texts


def test_sixty_customers_take_many_pages_and_none_runs_over_the_edge(read: Read) -> None:
    pages = read(replace(PAPER, customers=tuple(replace(LIM, name=f"Kedai {n}") for n in range(60))))
    assert 20 < len(pages) <= 31 and "60.  Kedai 59" in "".join(pages)
    shown = drawn(replace(PAPER, customers=(replace(LIM, notes=(Note(DAY, "note", "word " * 4000),)),)), language("en"))
    assert all(mark.baseline < shown.height - 40 for page in shown.pages for mark in page
               if isinstance(mark, Text) and not mark.text.startswith("Page"))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert drawn(PAPER, language("ms")).pdf == drawn(PAPER, language("ms")).pdf
