from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.export.fonts import fontset
from desktop_crm.export.shaping import Shaper, base_direction, clean, visual


def shaper() -> Shaper:
    return Shaper(fontset(), "en")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\r\nc", "a b c"),
        ("\x00\x1b\x9f\ud800", "����"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),  # no name turns the text around it
        ("e\u0301", "é"),
        ("க\u200cஷ", "க\u200cஷ"),
    ],
)
def test_text_is_cleaned_but_seen(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_the_first_strong_letter_gives_the_direction() -> None:
    assert [base_direction(text) for text in ("abc محمد", "12 محمد abc", "12", "")] == ["L", "R", "L", "L"]


@pytest.mark.parametrize(
    ("text", "direction", "pieces"),
    [
        ("Kedai 小明", "L", [("Kedai 小明", False)]),
        ("Ali محمد 12", "L", [("Ali 12 ", False), ("محمد", True)]),
        ("محمد عبد 12", "R", [("12 ", False), ("محمد عبد", True)]),
        ("علي (Ali)", "R", [("(Ali) ", False), ("علي", True)]),
        ("علي (بن)", "R", [("(", False), ("بن", True), (") ", False), ("علي", True)]),
        ("محمدٌ 1 علي", "R", [("علي", True), (" 1 ", False), ("محمدٌ", True)]),
        ("ب\u200cج", "R", [("ب\u200cج", True)]),
    ],
)
def test_pieces_stand_as_they_are_read_on_the_page(
    text: str, direction: str, pieces: list[tuple[str, bool]]
) -> None:
    assert visual(text, direction) == pieces


def test_tamil_vowel_signs_go_around_their_consonant() -> None:
    (run,) = shaper().runs("கொ", False, "L")  # one letter to people: a sign before, the letter, a sign behind
    assert run.glyphs is not None and len(run.glyphs) == 3
    alone = [shaper().runs(letter, False, "L")[0].glyphs for letter in "க"]
    assert alone[0] is not None
    glyph_of = run.face.face.charToGlyph
    assert glyph_of[run.glyphs[1].code] == glyph_of[alone[0][0].code]


def test_devanagari_conjuncts_are_one_glyph() -> None:
    (run,) = shaper().runs("क्ष", False, "L")
    assert run.glyphs is not None
    assert len([glyph for glyph in run.glyphs if glyph.advance > 0]) == 1


def test_devanagari_behind_latin_of_the_same_font_keeps_its_conjuncts() -> None:
    latin, run = shaper().runs("Ali · क्ष 12", False, "L")
    assert latin.text == "Ali · " and run.text == "क्ष 12" and run.face is latin.face
    (alone,) = shaper().runs("क्ष", False, "L")
    assert run.glyphs is not None and alone.glyphs is not None
    assert run.glyphs[:len(alone.glyphs)] == alone.glyphs


def test_arabic_letters_join_and_stand_from_right_to_left() -> None:
    (run,) = shaper().runs("بب", False, "R")
    (alone,) = shaper().runs("ب", False, "R")
    assert run.leftward and run.glyphs is not None and alone.glyphs is not None
    final, initial = [run.face.face.charToGlyph[glyph.code] for glyph in run.glyphs if glyph.advance]
    assert final != initial
    assert run.advance != 2 * alone.advance


def test_one_line_of_many_scripts_takes_each_font() -> None:
    runs = shaper().runs("Ali எஸ். लक्ष्मी محمد", False, "L")
    assert "".join(run.text for run in runs) == "Ali எஸ். लक्ष्मी محمد"
    assert len({run.face.fontName for run in runs}) >= 3


def test_what_no_font_has_is_a_box_that_keeps_its_letter() -> None:
    setter = shaper()
    (run,) = setter.runs("\U0010fffd", False, "L")
    assert setter.missing == {"\U0010fffd"}
    assert run.glyphs is not None
    assert run.face.face.charToGlyph[run.glyphs[0].code] == 0


def test_invisible_codes_need_no_font() -> None:
    setter = shaper()
    setter.runs("a\u2060\ufe0f\U000e0041\u3000b", False, "L")
    assert setter.missing == set()


@given(st.text())
def test_any_text_can_be_shaped(text: str) -> None:
    line = clean(text)
    runs = shaper().runs(line, False, base_direction(line))
    assert all(run.advance >= 0 for run in runs)
