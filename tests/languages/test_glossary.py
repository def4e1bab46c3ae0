"""A native mends a word in one place, and every sentence says it."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from desktop_crm import catalogues, i18n
from tests.languages.__main__ import LOCALE, written


def made(folder: Path, glossary: str) -> gettext.GNUTranslations:
    words = folder / "zh_TW" / "LC_MESSAGES" / "desktop_crm.po"
    words.parent.mkdir(parents=True)
    catalog = Catalog(locale="zh_TW")  # one plural form, as in Malay
    catalog.add("Deals", "Urus niaga")
    catalog.add("New deal for {niaga}", "Urus niaga baharu untuk {niaga}, urusniaga lain tidak")
    catalog.add(("{n} deal", "{n} deals"), ("{n} urus niaga",))
    catalog.add("Won", "Menang")
    words.write_text(written(catalog), encoding="utf-8")
    (folder / "zh_TW" / "glossary.csv").write_text(glossary, encoding="utf-8-sig")
    [path] = catalogues.build(folder)
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_mended_word_is_said_everywhere(tmp_path: Path) -> None:
    said = made(tmp_path, "English,Word,Write instead,Note\nDeal,Urus niaga,jualan,\nLead,Prospek,,\n"
                          "\"Won, lost\",\"Menang, Kalah\",\"Berjaya, Gagal\",\n")
    assert said.gettext("Deals") == "Jualan"
    assert said.gettext("New deal for {niaga}") == "Jualan baharu untuk {niaga}, urusniaga lain tidak"
    assert said.ngettext("{n} deal", "{n} deals", 3) == "{n} jualan"
    assert said.gettext("Won") == "Berjaya"


def test_a_newer_glossary_compiles_anew_and_an_old_one_does_not(tmp_path: Path) -> None:
    made(tmp_path, "English,Word,Write instead,Note\n")
    assert catalogues.build(tmp_path) == []
    later = (tmp_path / "zh_TW" / "LC_MESSAGES" / "desktop_crm.mo").stat().st_mtime + 5
    os.utime(tmp_path / "zh_TW" / "glossary.csv", (later, later))
    assert len(catalogues.build(tmp_path)) == 1


@pytest.mark.parametrize("code", sorted(set(i18n.LANGUAGES) - {"en"}))
def test_each_language_has_its_glossary(code: str) -> None:
    lines = (LOCALE / code / "glossary.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "English,Word,Write instead,Note" and len(lines) > 40
    assert catalogues.mends(LOCALE / code / "glossary.csv") == {}, "mended words belong into the translations"
