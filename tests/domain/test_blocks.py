"""Blocks of cells on the clipboard, as Excel, LibreOffice and Google Sheets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.blocks import parse, written


@pytest.mark.parametrize(("text", "cells"), [
    ("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d"))),  # Excel: Windows line ends, one at the end
    ('Aminah\t"12, Jalan 1\n40000 Shah Alam"\tVIP\n', (("Aminah", "12, Jalan 1\n40000 Shah Alam", "VIP"),)),
    ('"say ""hi""\nnow"\tx', (('say "hi"\nnow', "x"),)),
    ('"Ali" & Co\tx', (('"Ali" & Co', "x"),)),  # quotes of the cell's own, which Excel leaves alone
    ('"Ali"', (('"Ali"',),)),
    ('"""Ali"""', (('"Ali"',),)),  # Google Sheets doubles them
    ('5" pipe\t"', (('5" pipe', '"'),)),
    ("", (("",),)),
    ("\n", (("",),)),
    ("a\n\nb", (("a",), ("",), ("b",))),
    ("a\t", (("a", ""),)),
    ("\tb\nc", (("", "b"), ("c",))),
    ("a\rb", (("a",), ("b",))),
])
def test_a_text_from_the_clipboard_is_read_cell_by_cell(text: str, cells: tuple[tuple[str, ...], ...]) -> None:
    assert parse(text) == cells


_CELL = st.text(st.sampled_from('ab"\t\n, 小'), max_size=6)


@given(st.lists(st.lists(_CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_is_read_back(block: list[list[str]]) -> None:
    assert parse(written(block) + "\n") == tuple(map(tuple, block))
