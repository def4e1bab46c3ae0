"""privacy and retention on the command line: the paper read back, who is listed, kept, and taken back."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_crm.services import business, consents, contacts, customers
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


@pytest.fixture
def shop(shop: str, home: Path) -> str:
    """A shop with Aminah, of whom nothing was heard since 2015, and a contact of hers."""
    with closing(open_book(Path(shop))) as book:
        customers.add(book, {"name": "Aminah", "kind": "person", "created_on": date(2015, 1, 1), "language": "ms"},
                      phones=["012-345 6789"])
        contacts.add(book, {"name": "Ali"})
    return shop


def _text(path: str) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_notice_for_everybody_and_for_one(run: Run, shop: str) -> None:
    said = run("privacy", shop, "--out", "notice.pdf")
    assert (said.code, said.out) == (0, "Written: notice.pdf\n")
    assert said.err == ("Not on it, for it is not set: your address, your phone or e-mail, your registration number, "
                        "how long people are kept. Set it in the window, under Settings.\n")
    assert "Personal Data Protection Act 2010" in _text("notice.pdf") and "Aminah" not in _text("notice.pdf")
    made = run("privacy", shop, "--customer", 1, "--language", "en", "--out", "one.pdf", "--json").json
    assert (made["path"], made["language"], made["lacking"][0]) == ("one.pdf", "en", "your address")
    assert "Aminah" in _text("one.pdf") and "What is held about you" in _text("one.pdf")
    assert run("privacy", shop, "--customer", 1, "--out", "own.pdf", "--json").json["language"] == "ms"
    assert run("privacy", shop, "--customer", "contacts:1", "--out", "ali.pdf").code == 0 and "Ali" in _text("ali.pdf")
    with closing(open_book(Path(shop))) as book:
        business.set_business(book, {"address": "1 Jalan Ali", "email": "shop@example.my", "registration": "A-1",
                                     "keep_years": "7"})
    assert run("privacy", shop, "--out", "notice.pdf").err == ""
    assert "no longer in the file" in run("privacy", shop, "--customer", 99, "--out", "no.pdf").refused
    assert "no longer in the file" in run("privacy", shop, "--customer", "contacts:99", "--out", "no.pdf").refused
    assert "not “deals:1”" in run("privacy", shop, "--customer", "deals:1", "--out", "no.pdf").refused
    assert "is no PDF file's name" in run("privacy", shop, "--out", "notice.txt").refused
    assert run("privacy", shop, "--language", "xx", "--out", "no.pdf").code == 2 and not Path("no.pdf").exists()


def test_who_is_still_to_be_kept(run: Run, shop: str) -> None:
    assert run("retention", shop).out == ("No time is set after which people are looked at. Set it with --years.\n"
                                          "There is nobody to decide about.\n")
    one = {"id": "1", "name": "Aminah", "found": "last touched 1 Jan 2015", "held": ""}
    assert run("retention", shop, "--years", 5, "--json").json == {
        "years": 5, "findings": [{"kind": "retention", "people": [one]}]}
    assert "Aminah" in run("retention", shop).out
    found = {item["kind"]: item["ids"] for item in run("health", shop, "--json").json["findings"]}
    assert found["retention"] == [1]
    assert run("retention", shop, "keep", 1, "--reason", "Warranty until 2028", "--basis", "contract").out == (
        "1 person is kept for another year.\n")
    with closing(open_book(Path(shop), reading=True)) as book:
        kept = consents.of(book, 1)[0]
        assert (kept.purpose, kept.basis, kept.source) == ("keeping", "contract", "Warranty until 2028")
    assert run("retention", shop).out == "There is nobody to decide about.\n"
    assert run("undo", shop).code == 0
    assert run("retention", shop, "--json").json["findings"][0]["people"] == [one]
    assert run("retention", shop, "keep", 1, "contacts:1", "--json").json == {"kept": ["1", "contacts:1"]}
    assert "Say whom" in run("retention", shop, "keep").refused
    assert "no longer in the file" in run("retention", shop, "keep", 99).refused
    before = run("history", shop).out
    assert "Nothing was changed" in run("retention", shop, "keep", 1, "contacts:99").refused
    assert run("history", shop).out == before
    assert run("retention", shop, "keep", 1, "contacts:1", 1).out == "2 people are kept for another year.\n"
    assert run("undo", shop).out == "Undone: Keep 2 people for another year\n"
    assert "31" in run("retention", shop, "--years", 31).refused
    before = run("history", shop).out
    assert run("retention", shop, "keep", 1, "--years", 3).code == 2 and run("history", shop).out == before
    assert run("retention", shop, "--years", 0, "--json").json == {"years": None, "findings": []}
