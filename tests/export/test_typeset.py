from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.pdfmetrics import stringWidth

from desktop_crm import paths
from desktop_crm.export.fonts import Typeface, fontset
from desktop_crm.export.typeset import Typesetter

NAMES = ("Michael", "小明科技有限公司", "எஸ்.", "முருகன்", "श्रीमती", "محمد", "x" * 90, "(Ali)", "12,480.00", "，")
WORDS = st.lists(st.sampled_from(NAMES), max_size=14)


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    return Typesetter(PDFDocument(invariant=1), fontset(), "en")


def test_widths_are_the_font_s(setter: Typesetter) -> None:
    from reportlab.pdfbase import pdfmetrics

    font = Typeface(paths.fonts()[0])
    pdfmetrics.registerFont(font)
    for text in ("RM 12,480.00", "Açaí – ½ €"):
        assert setter.piece(text, 9).width == pytest.approx(stringWidth(text, font.fontName, 9))
    assert setter.piece("", 9).width == 0


def test_bold_is_another_weight(setter: Typesetter) -> None:
    assert setter.piece("Total", 9, True).width > setter.piece("Total", 9).width
    assert setter.piece("小明", 9, True).operators.startswith("2 Tr")  # no bold Chinese font: drawn with a stroke


def test_a_short_text_is_left_whole_and_a_long_one_ends_in_dots(setter: Typesetter) -> None:
    whole = setter.piece("Kedai Bukit Tiles", 9)
    assert setter.fit("Kedai Bukit Tiles", whole.width, 9) == whole
    cut = setter.fit("Kedai Bukit Tiles", whole.width - 1, 9)
    assert cut.width < whole.width
    assert cut != setter.piece("Kedai Bukit Tiles", 9)


def lines(setter: Typesetter, text: str, width: float, most: int = 3) -> list[str]:
    """The wrapped lines as text: each is the piece of the words that it was made of."""
    found = []
    for piece in setter.wrap(text, width, 9, most=most):
        codes = re.findall(r"<([0-9a-f]*)> Tj", piece.operators)
        found.append(bytes.fromhex("".join(codes)).decode("latin-1"))
    return found


def test_lines_break_between_words(setter: Typesetter) -> None:
    width = setter.piece("Michael Tan Wei", 9).width + 1
    assert lines(setter, "Michael Tan Wei Ming bin Abdullah", width) == ["Michael Tan Wei", "Ming bin", "Abdullah"]
    assert lines(setter, "Michael\nTan", width) == ["Michael", "Tan"]
    assert lines(setter, "", width) == [""]


def test_an_amount_stays_with_its_currencys_sign(setter: Typesetter) -> None:
    width = setter.piece("11 payments late, RM", 9).width + 1
    assert lines(setter, "11 payments late, RM 79,750 in all", width) == ["11 payments late,", "RM 79,750 in all"]
    width = setter.piece("79,750", 9).width + 1
    assert lines(setter, "RM 79,750", width) == ["RM", "79,750"]


def test_a_word_that_is_too_long_is_parted(setter: Typesetter) -> None:
    width = setter.piece("x" * 10, 9).width + 0.1
    assert lines(setter, "x" * 25, width) == ["x" * 10, "x" * 10, "x" * 5]
    assert [len(line) for line in lines(setter, "x" * 5000, width)][:2] == [10, 10]


@given(WORDS, st.floats(30, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(words: list[str], width: float, most: int) -> None:
    setter = Typesetter(PDFDocument(invariant=1), fontset(), "en")
    pieces = setter.wrap(" ".join(words), width, 9, most=most)
    assert 1 <= len(pieces) <= most
    assert all(piece.width <= width + 0.1 for piece in pieces)


def test_a_cut_leaves_no_mark_without_its_letter(setter: Typesetter) -> None:
    for width in range(12, 60, 2):
        for piece in setter.wrap("ஸ்ரீநிவாசன்கொள்கை" * 3, width, 9):
            spans = re.findall(r"ActualText <feff([0-9a-f]*)>", piece.operators)
            for span in spans:
                first = bytes.fromhex(span).decode("utf-16-be")[0]
                assert first not in "\u0bbe\u0bbf\u0bc0\u0bc1\u0bc2\u0bc6\u0bc7\u0bc8\u0bca\u0bcb\u0bcc\u0bcd"
