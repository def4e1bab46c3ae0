"""The evening's three forms carry the same words and numbers, in the owner's language, on one page each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_crm.domain.errors import FileRefused
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.domain.values import Period
from desktop_crm.reports.report import Report, Section
from desktop_crm.services import business, customers, evening, sales, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import evening_forms, evening_picture
from tests.books import TODAY, new_book
from tests.reports.shop import fill

WORDS = {"en": ("MYR", "MY", "Mei Ling", "Kedai Bukit Tiles"), "ms": ("MYR", "MY", "Siti", "Kedai Runcit Ali"),
         "zh_TW": ("TWD", "TW", "陳美玲", "大同五金行"), "ne": ("NPR", "NP", "श्रीमती लक्ष्मी क्षेत्री", "लक्ष्मी पसल"),
         "ta": ("INR", "IN", "எஸ். முருகன்", "முருகன் ஸ்டோர்ஸ்"), "fil": ("PHP", "PH", "Aling Nena", "Tindahan")}
NUMBER = re.compile(r"\d[\d,]*\.\d\d")


@pytest.fixture
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    words = getattr(request, "param", "en")
    currency, country, name, shop = WORDS[words]
    made = new_book(tmp_path / "shop.crm", words=words, currency=currency, country=country, name=shop)
    seller = sellers.add(made, {"name": name})
    buyer = customers.add(made, {"name": f"{name} & <b>Sons", "state": "customer"})
    evening.printed(made, "evening", TODAY - timedelta(days=1))
    sales.sell(made, Sale(customer_id=buyer, total=1_234_50, paid=1_000_00, seller_id=seller))
    sales.sell(made, Sale(total=50_00, method="bank", seller_id=seller))
    sales.sell(made, Sale(total=77_70, on=TODAY - timedelta(days=1), note="late <i>"))
    sales.give_back(made, GiveBack(amount=5_00, seller_id=seller))
    evening.count_cash(made, TODAY, 990_00)
    evening.set_target(made, Period.month(TODAY), 2_000_00)
    evening.set_target(made, Period.month(TODAY), 1_500_00, seller=seller)
    yield made
    made.close()


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("book", WORDS, indirect=True)
def test_the_three_forms_carry_the_same_numbers(qapp: QApplication, book: Book, tmp_path: Path) -> None:
    report = evening_forms.prepare(book)
    forms = evening_forms.write(report, tmp_path / "out")
    reader = pypdf.PdfReader(forms.pdf)
    assert len(reader.pages) == 1
    image = QImage(str(forms.png))
    assert image.width() == 1080 and 1500 < image.height() < 6000
    text, said = forms.txt.read_text("utf-8"), image.text("Description")
    paper = flat(reader.pages[0].extract_text())
    by_hand = {"1,279.50", "1,045.00", "990.00", "234.50", "995.00", "50.00"}   # won, received, counted, credit, …
    for form in (text, said, paper):
        assert by_hand <= set(NUMBER.findall(form)) or by_hand <= {
            number for number in by_hand if number in form}, form
    assert set(NUMBER.findall(text)) == set(NUMBER.findall(said))
    assert book.business.name in text and book.business.name in said
    for figure in report.figures:                      # each figure by its title, in the owner's language
        assert figure.title in text and figure.title in said
        if figure.title.isascii():
            assert flat(figure.title) in paper


def test_the_text_is_plain_and_isolates_what_runs_the_other_way(qapp: QApplication, book: Book, tmp_path: Path) -> None:
    sellers.add(book, {"name": "محمد عبد الله"})
    fill(book, {"payments": [{"amount": 7_00, "received_on": TODAY, "currency": "MYR", "seller_id": 2,
                              "method": "cash"}]})
    text = evening_forms.write(evening_forms.prepare(book), tmp_path).text
    assert text.startswith("Kedai Bukit Tiles\nDaily report\nSaturday, 21 November 2026\n\nWon today: RM 1,279.50 (")
    assert "• \u2068محمد عبد الله\u2069: RM" in text
    assert "\n• Cash: RM 1,002.00\n" in text
    assert "<" not in text.replace("late <i>", "") and not any("\u2028" <= letter <= "\u202f" for letter in text)


def test_a_busy_day_of_a_large_shop_is_one_page_too(qapp: QApplication, book: Book, tmp_path: Path) -> None:
    many = [sellers.add(book, {"name": f"Seller with a name of some length {number}"}) for number in range(30)]
    fill(book, {"payments": [{"amount": 1_00 + number, "received_on": TODAY, "currency": "MYR", "seller_id": seller,
                              "method": f"Wallet {number % 14}"} for number, seller in enumerate(many)]})
    for number in range(20):
        sales.sell(book, Sale(total=1_00, on=TODAY - timedelta(days=1), note=f"late {number}"))
    forms = evening_forms.write(evening_forms.prepare(book), tmp_path)
    assert len(pypdf.PdfReader(forms.pdf).pages) == 1
    assert "more rows" in forms.text


def test_an_empty_day_says_little_and_shows_no_empty_boxes(qapp: QApplication, tmp_path: Path) -> None:
    bare = new_book(tmp_path / "bare.crm", name="Bare")
    forms = evening_forms.write(evening_forms.prepare(bare), tmp_path / "out")
    assert forms.text == ("Bare\nDaily report\nSaturday, 21 November 2026\n\nWon today: RM 0.00\n"
                          "Received: RM 0.00 (0 payments)\n")
    assert len(pypdf.PdfReader(forms.pdf).pages) == 1
    bare.close()


def test_an_older_form_is_replaced_and_nothing_else_lies_about(qapp: QApplication, book: Book, tmp_path: Path) -> None:
    report = evening_forms.prepare(book)
    first = evening_forms.write(report, tmp_path / "out")
    evening_forms.write(report, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"Kedai Bukit Tiles Daily report 2026-11-21{suffix}" for suffix in (".pdf", ".png", ".txt")]
    assert all(path.exists() for path in first.paths)


def test_a_folder_that_cannot_be_is_refused(qapp: QApplication, book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileRefused):
        evening_forms.write(evening_forms.prepare(book), tmp_path / "file" / "folder")


def test_the_forms_are_of_the_business_day_that_the_cut_off_says(qapp: QApplication, tmp_path: Path) -> None:
    one_at_night = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)   # 01:00 of Sunday the 22nd in Kuala Lumpur
    night = new_book(tmp_path / "night.crm", now=one_at_night)
    business.set_business(night, {"cutoff": "02:00"})
    sales.sell(night, Sale(total=88_00))
    forms = evening_forms.write(evening_forms.prepare(night), tmp_path / "out")
    assert forms.day == TODAY and "Saturday, 21 November 2026" in forms.text and "RM 88.00" in forms.text
    night.close()


def test_the_sentences_of_a_list_begin_at_one_edge(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those in a colour had a dot, and stood further in than the others."""
    dots: list[str] = []
    dot = evening_picture._Sheet._dot
    monkeypatch.setattr(evening_picture._Sheet, "_dot",
                        lambda sheet, x, y, tone: (dots.append(tone), dot(sheet, x, y, tone))[1])
    needs = Section("needs", "Needs you", (("2 tasks overdue", None, "bad"), ("Lost: 1", None, "")))
    plain = Section("late", "Entered late", (("Sell Salt", None, ""), ("Sell Oil", None, "")))
    evening_picture.picture(Report("evening", "Daily report", "Kedai", "MYR", "en", TODAY, None,
                                   sections=(needs, plain)))
    assert dots == ["bad", "faint"]
