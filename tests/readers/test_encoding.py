"""Encodings: marks, UTF-16 without a mark, and short customer lists in the old encodings of Asia."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.readers import encoding
from desktop_crm.readers.encoding import DAMAGED, UNSURE, ZEROS, decode
from desktop_crm.readers.raw import Unreadable

PATH = Path("customers.csv")
CHINESE = "姓名,公司\n王伟,北京科技有限公司\n李娜,上海贸易有限公司\n"
TAIWANESE = "姓名,公司\n陳怡君,台北科技有限公司\n林志明,高雄貿易股份有限公司\n"
JAPANESE = "氏名,会社\n佐藤 太郎,㈱東京商事\n鈴木 花子,大阪サービス株式会社\n"
KOREAN = "이름,회사\n김영수,서울전자 주식회사\n박지현,부산무역\n"
FRENCH = "Nom;Société\nZoë Lefèvre;Hôtel de l'Île\nJérôme;Crédit Général\n"
ARABIC = "الاسم,الشركة\nمحمد علي,شركة النور للتجارة\nفاطمة حسن,مؤسسة الأمل\n"


@pytest.mark.parametrize(("text", "name"), [
    (CHINESE, "gb18030"), (CHINESE, "gbk"), (TAIWANESE, "big5"), (TAIWANESE, "gb18030"),
    (JAPANESE, "cp932"), (KOREAN, "cp949"), (FRENCH, "cp1252"), (ARABIC, "cp1256"), (JAPANESE, "iso2022_jp_2"),
])
def test_short_lists_in_old_encodings(text: str, name: str) -> None:
    text = text.replace("㈱", "") if name == "iso2022_jp_2" else text
    decoded = decode(text.encode(name), PATH)
    assert decoded.text == text
    assert decoded.notes == ()


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["Name,Phone\nAli,012\n", CHINESE, FRENCH])
def test_unicode_with_and_without_a_mark(text: str, name: str) -> None:
    assert decode(text.encode(name), PATH).text == text


def test_utf16_big_endian_with_a_mark() -> None:
    decoded = decode(b"\xfe\xff" + CHINESE.encode("utf-16-be"), PATH)
    assert (decoded.text, decoded.encoding) == (CHINESE, "utf-16-be")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(("a,b\n" + text).encode(), PATH)
    assert decoded.text == "a,b\n" + text
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_one(end: str) -> None:
    assert decode(f"a,b{end}1,2{end}".encode(), PATH).text == "a,b\n1,2\n"


def test_a_letter_cut_in_two_is_told_and_the_rest_kept() -> None:
    data = "Société,".encode() * 40 + b"\xc3"
    decoded = decode(data, PATH)
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("Société")
    assert DAMAGED in decoded.notes


def test_stray_zero_bytes_are_left_out_and_told() -> None:
    decoded = decode(b"Name,Phone\nAli\x00,0123456789\nSiti,0198765432\n", PATH)
    assert decoded.text == "Name,Phone\nAli,0123456789\nSiti,0198765432\n"
    assert ZEROS in decoded.notes


def test_an_undecidable_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_likely", lambda sample: "")
    decoded = decode(b"a,b\n\x81 ,\x8d\xe9 \n", PATH)
    assert decoded.text == "a,b\n� ,�é \n"
    assert decoded.notes == (UNSURE, DAMAGED)


def test_the_users_choice_wins() -> None:
    assert decode("é".encode("cp1252"), PATH, "cp1252").text == "é"
    assert decode(CHINESE.encode("gb18030"), PATH, "utf-8").notes == (DAMAGED,)


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13"])
def test_an_unknown_encoding_is_a_sentence(name: str) -> None:
    with pytest.raises(Unreadable, match="no text encoding"):
        decode(b"abc", PATH, name)


def test_binary_junk_is_refused() -> None:
    with pytest.raises(Unreadable, match="not a table"):
        decode(bytes(range(256)) * 20, PATH)
