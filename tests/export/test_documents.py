"""Receipts, quotations and statements, written, and read back from the PDF."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_crm.domain.documents import (
    Document,
    DocumentLine,
    Party,
    Quotation,
    Receipt,
    Statement,
    Sums,
    TaxLine,
    priced,
    running,
)
from desktop_crm.domain.errors import FileRefused, InvalidInput
from desktop_crm.domain.values import Period
from desktop_crm.export.documents import drawn, write_quotation, write_receipt, write_statement
from desktop_crm.export.drawn import Text
from desktop_crm.export.fonts import fontset
from desktop_crm.i18n import language
from tests.papers import DAY, LINES, QUOTATION, RECEIPT, STATEMENT, SUMS

EN = language("en")
NAMES = ("எஸ். முருகன்", "रामबहादुर श्रेष्ठ", "陳老闆 有限公司", "Ma. Teresa dela Cruz-Reyes",
         "Nur Aisyah binti Abdullah", "محمد")


def write(document: Document, path: Path, code: str = "en", roll: bool = False) -> None:
    match document:
        case Receipt():
            write_receipt(path, document, language(code), roll=roll)
        case Quotation():
            write_quotation(path, document, language(code))
        case Statement():
            write_statement(path, document, language(code))


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[str]]:
    def pages(document: Document, code: str = "en", roll: bool = False) -> list[str]:
        write(document, tmp_path / "out.pdf", code, roll)
        return [page.extract_text() for page in pypdf.PdfReader(tmp_path / "out.pdf").pages]

    return pages


Read = Callable[..., list[str]]


@pytest.mark.parametrize("roll", [False, True])
def test_a_receipt_says_all_that_it_holds(read: Read, roll: bool) -> None:
    (page,) = read(RECEIPT, roll=roll)
    for said in ("Bukit Tiles Sdn. Bhd.", "Kedai Bukit Tiles", "68000 Ampang", "+60 12-345 6789", "kedai@bukit.my",
                 "SSM 202001012345 (1367891-X)", "SST B16-1808-31012345", "Receipt", "R-2026-000123",
                 "21 November 2026", "Nur Aisyah binti Abdullah", "Floor tiles 60×60", "Adhesive <25 kg>", "24.5",
                 "1,176.00", "−20.00", "364.00", "RM 1,690.00", "−RM 50.00", "SST 8 %", "RM 131.20", "RM 1,771.20",
                 "RM 1,050.00", "RM 50.00", "RM 1,000.00", "RM 771.20", "Cash", "Mei Ling"):
        assert said in page, said
    assert "VOID" not in page and ("Page 1 of 1" in page) != roll


def test_a_quotation_says_all_that_it_holds(read: Read) -> None:
    (page,) = read(QUOTATION)
    for said in ("Quotation", "Q-2026-0042", "Valid until 21 December 2026", "Kitchen", "Unit price Discount",
                 "RM 1,771.20", "50 % now.\nRest on delivery.", "In 7 days.", "Accepted: name, signature, date",
                 "For Bukit Tiles Sdn. Bhd."):
        assert said in page, said
    bare = replace(QUOTATION, lines=LINES[:1], sums=Sums.of((LINES[0].amount,)), valid_until=None, terms="", notes="")
    (page,) = read(bare)
    for unsaid in ("Valid until", "Discount", "Subtotal", "Terms", "Notes"):
        assert unsaid not in page


def test_a_statement_says_all_that_it_holds(read: Read) -> None:
    (page,) = read(STATEMENT)
    for said in ("Statement of account", "1 Nov 2026 – 30 Nov 2026", "2 Nov 2026 Sale 17 500.50 1,700.50",
                 "9 Nov 2026 Payment R-000011 700.00 1,000.50", "12 Nov 2026 Return of sale 17 −100.00 900.50",
                 "30 Nov 2026 Closing balance 400.50 700.00 900.50", "Balance to pay", "RM 900.50",
                 "Days overdue on 21 November 2026", "RM 400.50", "RM 200.00", "RM 300.00", "RM 150.00 in cheques",
                 "Maybank 5123"):
        assert said in page, said
    (page,) = read(replace(STATEMENT, opening=0, rows=running(0, [(DAY, "Advance", 0, 500)]), closing=-500,
                           ages=None, period=Period()))
    assert "In your favour\nRM 5.00" in page and "Days overdue" not in page and "Period" not in page


@pytest.mark.parametrize(("country", "own"), [("NP", "BS 2083/08/05 · 21 November 2026"),
                                              ("TW", "ROC 115/11/21 · 21 November 2026")])
def test_the_years_of_the_country_stand_beside_the_day(read: Read, country: str, own: str) -> None:
    for document in (RECEIPT, QUOTATION, STATEMENT):
        assert own in "\n".join(read(replace(document, country=country)))
    assert own in read(replace(RECEIPT, country=country), roll=True)[0]


def test_money_given_back_is_a_refund(read: Read) -> None:
    back = (priced("Floor tiles 60×60", -2500, 4800),)
    (page,) = read(replace(RECEIPT, lines=back, sums=Sums.of((-12_000,)), paid=-12_000, change=0, balance_after=-300))
    for said in ("Refund", "Paid back to", "Amount paid back", "RM 120.00", "−2.5", "−RM 120.00", "In your favour",
                 "RM 3.00"):
        assert said in page, said


@pytest.mark.parametrize("roll", [False, True])
def test_a_voided_receipt_says_so(read: Read, roll: bool) -> None:
    (page,) = read(replace(RECEIPT, voided=True), roll=roll)
    assert page.count("VOID") == 2 and "RM 1,771.20" in page


def test_a_walk_in_pays_for_something_without_lines(read: Read) -> None:
    (page,) = read(replace(RECEIPT, buyer=None, lines=(), for_what="Deposit for tiles", sums=Sums.of((100_000,))))
    assert "Walk-in customer" in page and "Deposit for tiles" in page and "Unit price" not in page


@pytest.mark.parametrize("code", ["en", "ms", "zh_TW", "fil", "ne", "ta", "ar"])
@pytest.mark.parametrize("document", [RECEIPT, QUOTATION, STATEMENT])
def test_names_of_every_script_are_printed_in_every_language(read: Read, code: str, document: Document) -> None:
    for name in NAMES:
        party = Party(name, "", (f"{name} 12",))
        page = "\n".join(read(replace(document, seller=party, **(
            {"party": party} if isinstance(document, Statement) else {"buyer": party})), code))
        assert page.count(name) >= 4 and "No font" not in page


@pytest.mark.skipif(fontset().home("陳") is None, reason="no Chinese TrueType font here (fonts-droid-fallback)")
def test_the_fonts_of_the_scripts_are_in_the_file(tmp_path: Path) -> None:
    lines = tuple(priced(name, 1000, 100) for name in NAMES)
    write(replace(QUOTATION, lines=lines, sums=Sums.of((100,) * 6)), tmp_path / "out.pdf")
    (page,) = pypdf.PdfReader(tmp_path / "out.pdf").pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    embedded = [str(font["/BaseFont"]) for font in fonts if "/FontFile2" in font.get("/FontDescriptor", {})]
    assert all(any(script in name for name in embedded) for script in ("NotoSans-", "Tamil", "Arabic", "Droid"))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_other_readers_copy_the_same_names(tmp_path: Path) -> None:
    lines = tuple(priced(f"{name} ✕"[:-2], 1000, 100) for name in NAMES)
    write(replace(QUOTATION, lines=lines, sums=Sums.of((100,) * 6)), tmp_path / "out.pdf")
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "out.pdf", "-"], capture_output=True, check=True)
    found = re.sub("[\u202a-\u202e]", "", done.stdout.decode())
    assert [name for name in NAMES if name not in found] == []


def test_two_hundred_lines_flow_over_pages_with_heads(read: Read) -> None:
    lines = tuple(priced(f"Tiles, kind {number}", 1000, 100 + number) for number in range(200))
    pages = read(replace(QUOTATION, lines=lines, sums=Sums.of(line.amount for line in lines)))
    assert 5 <= len(pages) <= 9
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Unit price" in page or "RM 399.00" in page  # Σ 1.00…2.99 = 200 + 199·200/2 cents
    assert pages[1].startswith("Quotation Q-2026-0042 · Bukit Tiles Sdn. Bhd. Nur Aisyah")
    whole = "\n".join(pages)
    assert [number for number in range(200) if whole.count(f"Tiles, kind {number}\n") + whole.count(
        f"Tiles, kind {number} ") != 1] == []


def test_a_text_longer_than_a_page_is_not_cut(read: Read) -> None:
    words = [f"word{number}" for number in range(2500)]
    pages = read(replace(QUOTATION, lines=(priced(" ".join(words), 1000, 100),), sums=Sums.of((100,))))
    found = set(re.findall(r"word\d+", "\n".join(pages)))
    assert len(pages) > 2 and found == set(words)
    assert all("Item" in page for page in pages[:-1])


def test_the_roll_is_as_long_as_its_text(tmp_path: Path) -> None:
    heights = []
    for count in (1, 40):
        lines = tuple(priced("Tiles", 1000, 100) for _ in range(count))
        write(replace(RECEIPT, lines=lines, sums=Sums.of((100,) * count)), tmp_path / "out.pdf", roll=True)
        (page,) = pypdf.PdfReader(tmp_path / "out.pdf").pages
        assert float(page.mediabox.width) == pytest.approx(80 / 25.4 * 72, abs=0.1)
        heights.append(float(page.mediabox.height))
    assert heights[0] < 600 and heights[1] > heights[0] + 39 * 20
    lines = tuple(priced("Tiles", 1000, 100) for _ in range(700))
    write(replace(RECEIPT, lines=lines, sums=Sums.of((100,) * 700)), tmp_path / "out.pdf", roll=True)
    pages = pypdf.PdfReader(tmp_path / "out.pdf").pages
    assert len(pages) == 2 and sum(page.extract_text().count("1 × 1.00") for page in pages) == 700


@pytest.mark.parametrize("name", ["<b>bold</b>", "<ali@x.my>", "&amp; &#65;", "%s {x} \\n", "(((", "=1+1"])
def test_names_are_shown_as_they_are(read: Read, name: str) -> None:
    party = Party(name, "", (name,), name, name, ((name, name),))
    (page,) = read(replace(RECEIPT, seller=party, buyer=party, method=name, received_by=name, notes=name))
    assert page.count(name) >= 12


def test_nothing_runs_out_of_the_page(tmp_path: Path) -> None:
    long = Party("Pertubuhan Peladang Kawasan " * 9, "Koperasi" * 30, ("Lot 1 " * 60,), "9" * 80, "a" * 90 + "@b.my",
                 (("SSM", "1" * 90),))
    huge = 10**17
    lines = (priced("Big", 1_000_000, huge // 1000), priced("x" * 300, 1000, 1))
    sums = Sums.of((line.amount for line in lines), 3, (TaxLine("A tax with a very long name " * 5, 5, 13_300),))
    paper = replace(RECEIPT, currency="NPR", seller=long, buyer=long, lines=lines, sums=sums, paid=sums.total,
                    method="At the counter of the second shop " * 3, number="R" * 60, received_by="Mei Ling " * 20)
    for roll in (False, True):
        write(paper, tmp_path / "out.pdf", roll=roll)
        for page in pypdf.PdfReader(tmp_path / "out.pdf").pages:
            places: list[float] = []
            page.extract_text(visitor_text=lambda said, _cm, tm, _font, _size, places=places:
                              places.append(float(tm[4])) if said.strip() else None)
            assert min(places) >= 11 and max(places) < float(page.mediabox.width) - 11
        if not roll:
            text = "\n".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "out.pdf").pages)
            assert "1,00,00,00,00,00,00,000.00" in text


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    for number in range(2):
        write(replace(RECEIPT, logo=picture("PNG"), voided=True), tmp_path / f"{number}.pdf")
    assert (tmp_path / "0.pdf").read_bytes() == (tmp_path / "1.pdf").read_bytes()


def test_the_file_describes_itself(tmp_path: Path) -> None:
    write(QUOTATION, tmp_path / "out.pdf")
    about = pypdf.PdfReader(tmp_path / "out.pdf").metadata
    assert about is not None
    assert (about.title, about.author, about.subject) == (
        "Quotation Q-2026-0042", "Bukit Tiles Sdn. Bhd.", "Nur Aisyah binti Abdullah")


def picture(kind: str, size: tuple[int, int] = (60, 20)) -> bytes:
    data = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "teal").save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("roll", [False, True])
def test_a_logo_stands_on_the_first_page_alone(tmp_path: Path, kind: str, roll: bool) -> None:
    lines = LINES if roll else LINES * 20
    write(replace(RECEIPT, lines=lines, sums=Sums.of(line.amount for line in lines), logo=picture(kind)),
          tmp_path / "out.pdf", roll=roll)
    pages = pypdf.PdfReader(tmp_path / "out.pdf").pages
    assert [len(page.images) for page in pages] == [1, *(0,) * (len(pages) - 1)]
    assert len(pages) > 1 or roll


@pytest.mark.parametrize("logo", [
    b"GIF89a", b"<svg/>", picture("PNG")[:60], picture("JPEG")[:8], picture("JPEG", (300, 300))[:-400], b"\xff\xd8",
    b"\x89PNG\r\n\x1a\n" + b"\0" * 8, picture("PNG")[:16] + b"\xff\xff\xff\xff" * 2 + picture("PNG")[24:],
])
def test_what_is_no_picture_is_refused_and_the_old_file_kept(tmp_path: Path, logo: bytes) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(b"old")
    with pytest.raises(InvalidInput):
        write(replace(RECEIPT, logo=logo), path)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_paper_that_does_not_add_up_is_not_printed(tmp_path: Path) -> None:
    wrong = replace(SUMS, total=SUMS.total + 1)
    for document in (replace(RECEIPT, sums=wrong), replace(QUOTATION, sums=wrong), replace(STATEMENT, closing=1)):
        with pytest.raises(InvalidInput):
            write(document, tmp_path / "out.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        write(RECEIPT, tmp_path / "none" / "out.pdf")


def test_letters_without_a_font_are_named(read: Read) -> None:
    for roll in (False, True):
        (page,) = read(replace(RECEIPT, received_by="a\U0010fffdb"), roll=roll)
        assert "No font on this computer has these letters: Symbols." in page.replace("\n", " ")


LINE = st.builds(priced, st.just("Tiles"), st.integers(-(10**6), 10**6), st.integers(0, 10**8), st.integers(0, 100))
MONEY = re.compile(r"(−?)(?:RM|रू|₹) ([\d,]+\.\d\d)")


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


@settings(max_examples=25, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=30), st.integers(0, 10**6), st.integers(0, 10**6),
       st.sampled_from(["MYR", "NPR", "INR"]))
def test_the_printed_lines_add_up_to_the_printed_total(
    lines: list[DocumentLine], discount: int, tax: int, currency: str
) -> None:
    sums = Sums.of((line.amount for line in lines), discount, (TaxLine("Tax", tax),))
    paper = replace(QUOTATION, lines=tuple(lines), sums=sums, currency=currency, terms="", notes="", subject="")
    with tempfile.TemporaryDirectory() as folder:
        write(paper, Path(folder) / "out.pdf")
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(Path(folder) / "out.pdf").pages)
    amounts = [decimal(found) for found in re.findall(r"^\d+ Tiles .*?(−?[\d,]+\.\d\d)$", text, re.M)]
    printed = [decimal(sign + number) for sign, number in MONEY.findall(text)]
    assert len(amounts) == len(lines)
    assert sum(amounts) + sum(printed[1:-1]) == printed[-1] and printed[0] == sum(amounts)
    assert printed[-1] == Decimal(sums.total).scaleb(-2)


@pytest.mark.parametrize(("code", "tax", "held"), [
    ("en", "SST 8 %", "SST 8 % included"), ("ta", "CGST 9 %", "இதில் அடங்கிய CGST 9 %"),
    ("ne", "मू.अ.कर 13 %", "मू.अ.कर 13 % समेत"), ("zh_TW", "營業稅 5 %", "內含營業稅 5 %")])
def test_a_tax_stands_above_the_total_it_is_added_to_and_below_the_one_that_holds_it(
    read: Read, code: str, tax: str, held: str
) -> None:
    name, rate = tax.rsplit(" ", 2)[0], int(tax.rsplit(" ", 2)[1]) * 1000
    lines = (LINES[0],)
    for included, said in ((False, tax), (True, held)):
        sums = Sums.of([line.amount for line in lines], taxes=(TaxLine(name, 4321, rate, included),))
        (page,) = read(replace(QUOTATION, lines=lines, sums=sums), code)
        total = page.index(f"\n{language(code).say('Total')} {language(code).money(sums.total, 'MYR')}")
        assert page.count(said) == 1 and (page.index(said) > total) == included, page


@pytest.mark.parametrize("roll", [False, True])
@pytest.mark.parametrize("code", ["en", "ta", "ne", "zh_TW"])
def test_the_marks_say_what_the_pdf_says(code: str, roll: bool, tmp_path: Path) -> None:
    paper = drawn(RECEIPT, language(code), roll)
    write(RECEIPT, tmp_path / "out.pdf", code, roll)
    assert paper.pdf == (tmp_path / "out.pdf").read_bytes()
    pages = pypdf.PdfReader(tmp_path / "out.pdf").pages
    assert len(pages) == len(paper.pages) and paper.width == pytest.approx(float(pages[0].mediabox.width), abs=0.01)
    for page, marks in zip(pages, paper.pages, strict=True):
        text = "".join(page.extract_text().split())
        said = ["".join(mark.text.split()) for mark in marks if isinstance(mark, Text)]
        assert len(said) > 10 and [part for part in said if part not in text] == []
        assert sum(len(part) for part in said) == len(text)  # and nothing that the PDF says is missing
