"""vCards out: read again by our own reader they are equal, and a second parser reads the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.cards import LABELS, Card, Photo, Place, Way
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.export.vcards import VERSIONS, folded, write_vcards, written
from desktop_crm.readers.vcards import read

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
FULL = Card(
    name="陈\\小; 明, “Ming”", kind="person", parts=("陈", "小明", "", "Dr.", "x; y"), nickname="Ah Ming",
    company="Kedai; Jaya, Sdn Bhd", department="Jualan, HQ", title="Boss\\", role="Buyer",
    ways=(Way("phone", "012-345 6789", "mobile", True), Way("phone", "03-555", "work fax"),
          Way("phone", "03-556", "Ladang; A"), Way("email", "ming@b.my", "work"), Way("email", "m@c.my", "main", True),
          Way("web", "https://b.my/?a=1,2;3", "home"), Way("whatsapp", "+60123456789"),
          Way("telegram", "ming,x", "Kedai")),
    places=(Place("Unit 5\n12, Jalan Besar", "Ipoh", "Perak", "30000", "Malaysia", "work"),
            Place("Jalan 2", label="Stor")),
    birthday="1980-03-22", note="நன்றி; one,\ntwo\\n\n\nthree " + "长" * 100, tags=("VIP", "a, b;c"),
    photo=Photo("image/png", PNG), uid="0192d3a0-1111-7000-8000-000000000001")


def again(tmp_path: Path, cards: list[Card], version: str) -> list[Card]:
    path = tmp_path / "out.vcf"
    write_vcards(cards, path, version)
    found = read(path)[0]
    assert not found.broken
    return list(found.whole.values())


@pytest.mark.parametrize("version", VERSIONS)
def test_read_again_it_is_equal(tmp_path: Path, version: str) -> None:
    shop = Card(name="Kedai", kind="company", company="Kedai", ways=(Way("phone", "03-777"),))
    unknown = Card(name="Ali", parts=("", "Ali", "", "", ""), birthday="--02-29")
    assert again(tmp_path, [FULL, shop, unknown], version) == [FULL, shop, unknown]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_second_parser_reads_the_same(version: str) -> None:
    card = vobject.readOne(written(FULL, version).decode())
    assert card.version.value == version
    assert card.fn.value == FULL.name
    assert (card.n.value.family, card.n.value.given, card.n.value.prefix) == ("陈", "小明", "Dr.")
    assert card.org.value == [FULL.company, FULL.department]
    assert card.note.value == FULL.note
    assert [item.value for item in card.contents["tel"]] == ["012-345 6789", "03-555", "03-556"]
    assert [item.value for item in card.contents["email"]] == ["ming@b.my", "m@c.my"]
    assert card.contents["tel"][1].params["TYPE"] == ["work", "fax"]
    first = card.contents["adr"][0].value
    assert (first.street, first.city, first.code) == ("Unit 5\n12, Jalan Besar", "Ipoh", "30000")
    assert card.contents["categories"][0].value == list(FULL.tags)
    assert card.bday.value == {"4.0": "19800322", "3.0": "1980-03-22"}[version]
    if version == "3.0":
        assert card.photo.value == PNG
        assert card.photo.params["TYPE"] == ["PNG"]


@pytest.mark.parametrize("version", VERSIONS)
def test_no_line_is_longer_than_75_octets_and_each_is_whole_utf_8(version: str) -> None:
    data = written(FULL, version)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_folding_by_hand() -> None:
    assert folded("A" * 75) == b"A" * 75 + b"\r\n"
    assert folded("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert folded("A" * 74 + "é") == b"A" * 74 + b"\r\n \xc3\xa9\r\n"


def test_what_has_no_field_stands_in_the_note(tmp_path: Path) -> None:
    [card] = again(tmp_path, [Card(name="Ali", note="Loud", more=(("Spouse", "Siti"),))], "4.0")
    assert card.note == "Loud\nSpouse: Siti"


def test_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        write_vcards([FULL], tmp_path / "out.vcf", "2.1")
    assert list(tmp_path.iterdir()) == []


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60).map(
    lambda text: " ".join(text.split())).filter(lambda text: "_$!<" not in text)
_SAID = _WORDS.filter(bool)
_LABEL = st.sampled_from(["", *LABELS]) | _SAID.filter(lambda text: text.lower() not in LABELS)
_PHONE = st.from_regex(r"[0-9]{3}[-0-9 ,;]{0,9}[0-9]", fullmatch=True).map(lambda text: " ".join(text.split()))
_CARDS = st.builds(
    Card, name=_SAID, parts=st.tuples(_WORDS, _SAID, _WORDS, _WORDS, _WORDS), company=_WORDS, title=_WORDS, role=_WORDS,
    ways=st.lists(st.builds(Way, st.just("phone"), _PHONE, _LABEL), max_size=3,
                  unique_by=lambda way: way.value).map(tuple),
    places=st.lists(st.builds(Place, _SAID, _WORDS, _WORDS, _WORDS, _WORDS, _LABEL), max_size=2,
                    unique=True).map(tuple),
    note=st.lists(_SAID, max_size=3).map("\n".join), tags=st.lists(_SAID, max_size=3, unique=True).map(tuple),
    birthday=st.dates(min_value=date(1800, 1, 1)).map(str) | st.just("--12-31") | st.just(""))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards=st.lists(_CARDS, min_size=1, max_size=3), version=st.sampled_from(VERSIONS))
def test_whatever_is_written_is_read_again(tmp_path: Path, cards: list[Card], version: str) -> None:
    assert again(tmp_path, cards, version) == cards
