"""Each language's words are whole, fit what the program says, and reach it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from desktop_crm import i18n
from desktop_crm.domain.privacy import LAWS
from tests.languages.__main__ import LOCALE, update, whole, written
from tests.languages.extraction import collect, messages, said
from tests.sources import texts, trees

CODES = sorted(set(i18n.LANGUAGES) - {"en"})
SAME = {"{id} {name}, {field}: {before} → {after}",
        "{name} → {day}", "{name} → {seller}", "{day}: {step}", "{stage} · {percent} %", "{figure} = {formula}",
        "{kind}, {n} min", ("{n} late", "{n} late"), "Export: {what} ({count})", *LAWS.values()}
"""What may be the same in a language: signs and places, words that Filipino took over, the names of its laws."""


STOPS = str.maketrans({"。": ".", "।": ".", "：": ":", "？": "?"})  # how other scripts end a sentence


def _end(edge: str, text: str) -> str:
    found = re.search(edge, text)
    assert found is not None
    return found.group()


def read(code: str) -> Catalog:
    with (LOCALE / code / "LC_MESSAGES" / "desktop_crm.po").open("rb") as file:
        return read_po(file, locale=code)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return collect()


@pytest.fixture(scope="module", params=CODES)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_language_on_offer_has_its_words() -> None:
    assert sorted(path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/*.po")) == CODES
    assert CODES == ["fil", "ms", "ne", "ta", "zh_TW"]


def test_the_words_are_those_that_the_program_says(catalog: Catalog, template: Catalog) -> None:
    theirs, ours = {message.id for message in catalog}, {message.id for message in template}
    assert (ours - theirs, theirs - ours) == (set(), set()), "run `make translations`"
    assert not catalog.obsolete


def test_no_message_is_left_in_english(catalog: Catalog) -> None:
    assert [message.id for message in catalog if message.id and (message.fuzzy or not whole(message.string))] == []
    long = [message.id for message in catalog if message.id and message.id == message.string
            and len(str(message.id).split()) > 2 and message.id not in SAME]
    assert long == []


def test_places_and_edges_are_those_of_the_english(catalog: Catalog) -> None:
    for message in catalog:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        for text in forms(message) if message.id else ():
            assert places(text) == set.union(*map(places, ids)), message.id
            for edge in (r"^\s*", r"\s*$", r"[.…:?]?$"):
                assert _end(edge, text.translate(STOPS)) == _end(edge, ids[-1]), (message.id, text)


def test_there_are_as_many_plural_forms_as_the_language_has(catalog: Catalog) -> None:
    rule = Locale.parse(str(catalog.locale_identifier)).plural_form  # CLDR's; Babel's own table of gettext lacks some
    assert catalog.num_plurals == len(rule.tags | {"other"})
    assert {len(forms(message)) for message in catalog if message.pluralizable} == {catalog.num_plurals}


def test_a_language_keeps_its_file_in_order(catalog: Catalog) -> None:
    code = str(catalog.locale_identifier)
    path = LOCALE / code / "LC_MESSAGES" / "desktop_crm.po"
    assert written(read(code)) == path.read_text(encoding="utf-8")


def test_update_adds_what_is_new_and_takes_out_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "ms" / "LC_MESSAGES" / "desktop_crm.po"
    path.parent.mkdir(parents=True)
    before = Catalog(locale="ms")
    before.add("Deals", "Urus niaga")
    before.add("Gone", "Hilang")
    path.write_text(written(before), encoding="utf-8")
    wanted = Catalog()
    wanted.add("Deals")
    wanted.add(("{n} deal", "{n} deals"))
    assert update(path, wanted) == ["('{n} deal', '{n} deals')"]
    assert "Urus niaga" in path.read_text(encoding="utf-8") and "Gone" not in path.read_text(encoding="utf-8")


def test_the_collector_reads_marks_wherever_they_stand() -> None:
    code = '''
tr("bare"); say(N_("one " "sentence"), name=name)
words = (N_("in a tuple"), {"key": N_("in a dict")}); f"{tr(N_('in an f-string'))}"
self.language.count(N_("{n} cat"), N_("{n} cats"), 2); tr_count("{n} dog", "{n} dogs", n)
said = N_count("{n} bird", "{n} birds"); text.count("x"); tr(computed)
'''
    assert set(messages(ast.parse(code))) == {
        "bare", "one sentence", "in a tuple", "in a dict", "in an f-string", ("{n} cat", "{n} cats"),
        ("{n} dog", "{n} dogs"), ("{n} bird", "{n} birds")}


def test_no_message_is_made_up_while_the_program_runs() -> None:
    """`N_(f"…")` or `N_(a + b)` would mark nothing."""
    computed = [f"{path}:{call.lineno}" for path, tree in trees().items() for call in ast.walk(tree)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("N_", "N_count")
                and not all(isinstance(part, ast.Constant) for part in call.args)]
    assert computed == []


def test_no_message_is_said_both_alone_and_with_a_plural(template: Catalog) -> None:
    found = [message for path in texts() for message in said(path)]
    pairs = {message for message in found if isinstance(message, tuple)}
    assert {one for one, _ in pairs} & {message for message in found if isinstance(message, str)} == set()
    assert len({one for one, _ in pairs}) == len(pairs), "one singular has two plurals"


@pytest.mark.parametrize("code", CODES)
def test_the_words_reach_the_program(code: str) -> None:
    language = i18n.language(code)
    for message in read(code):
        if isinstance(message.id, tuple | list):
            assert language.words.ngettext(*message.id, 1) == forms(message)[0], "run `make words`"
        elif message.id:
            assert language.words.gettext(message.id) == message.string, "run `make words`"


def test_malay_speaks_of_one_and_of_many_alike() -> None:
    malay = i18n.language("ms")
    assert (malay.say("Customers"), malay.say("Undo")) == ("Pelanggan", "Buat asal")
    assert [malay.count("{n} deal", "{n} deals", n) for n in (0, 1, 1200)] == [
        "0 urus niaga", "1 urus niaga", "1,200 urus niaga"]
