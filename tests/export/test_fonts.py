from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from desktop_crm import i18n, paths
from desktop_crm.domain.errors import FileRefused
from desktop_crm.export import fontbuild
from desktop_crm.export.fonts import Fontset, fontset, invisible, missing_scripts, scripts


def test_our_fonts_begin_with_latin() -> None:
    names = [path.name for path in paths.fonts()]
    assert names[0].startswith(("NotoSans-Regular", "NotoSans["))
    assert all(any(name.startswith(family) for name in names)
               for family in ("NotoSansTamil", "NotoSansDevanagari", "NotoSansArabic"))


def test_without_a_build_the_packages_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    assert [path.name for path in paths.fonts()] == [
        "NotoSans[wdth,wght].ttf", "NotoSansTamil[wdth,wght].ttf", "NotoSansDevanagari[wdth,wght].ttf",
        "NotoSansArabic[wdth,wght].ttf"]
    found = Fontset(paths.fonts())
    assert not found.first.own_bold
    home = found.home("ம")
    assert home is not None and home is not found.first


def test_the_build_makes_static_fonts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tamil = paths.font_packages()["NotoSansTamil"]
    monkeypatch.setattr(paths, "font_packages", lambda: {"NotoSansTamil": tamil})
    monkeypatch.setattr(fontbuild, "CHINESE", tmp_path / "none.ttf")
    monkeypatch.setattr(fontbuild, "CHINESE_LICENCE", tmp_path / "none")
    folder = tmp_path / "fonts"
    made = {path.name for path in fontbuild.build(folder)}
    assert made == {"NotoSansTamil-Regular.ttf", "NotoSansTamil-Bold.ttf", "NotoSansTamil-LICENSE.txt"}
    bold = TTFont(folder / "NotoSansTamil-Bold.ttf")
    assert ("fvar" in bold, bold["OS/2"].usWeightClass, bold["name"].getDebugName(4)) == (
        False, 700, "Noto Sans Tamil Bold")
    assert {path.name for path in folder.iterdir()} == made
    assert fontbuild.build(folder) == []


def test_each_script_finds_its_font() -> None:
    known = fontset()
    homes = [known.home(letter) for letter in ("a", "ம", "ع")]
    assert None not in homes
    assert len(set(homes)) == 3
    assert known.home("ल") is not None
    assert known.home("\U0010fffd") is None


def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    assert Fontset([tmp_path / "broken.ttf", *paths.fonts()]).first.has("a")
    with pytest.raises(FileRefused):
        _ = Fontset([tmp_path / "broken.ttf"]).first
    with pytest.raises(FileRefused):
        _ = Fontset([]).first


def test_missing_letters_are_named_by_script() -> None:
    english = i18n.language("en")
    assert scripts("ไא漢😍\U0010fffd", english) == ["Han", "Hebrew", "Symbols", "Thai"]
    assert missing_scripts("Kedai முருகன் लक्ष्मी محمد\u200d\ufe0f\n", english) == []
    assert missing_scripts("a\U0010fffd", english) == ["Symbols"]
    assert invisible("\u200c") and invisible("\ufe0f") and not invisible("a")


def test_glyphs_are_lent_one_code_for_the_same_letters() -> None:
    face = fontset().first.typeface()
    assert face is not None
    first, same, other = face.code(5, "x"), face.code(5, "x"), face.code(5, "y")
    assert first == same != other
    assert face.face.charToGlyph[first] == face.face.charToGlyph[other] == 5
