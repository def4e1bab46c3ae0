"""What is wrong with a text and what its honest repair is: names, e-mails, phones, birthdays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain import tidying


@pytest.mark.parametrize(("name", "right"), [
    ("AMINAH BINTI HASSAN", "Aminah binti Hassan"),
    ("KEDAI RUNCIT MAJU SDN BHD", "Kedai Runcit Maju Sdn Bhd"),
    ("KFC HOLDINGS", "KFC Holdings"),
    ("D'CRUZ TRADING", "D'cruz Trading"),
    ("ÉCOLE FRANÇAISE", "École Française"),
    ("PETRONAS", "Petronas"),
])
def test_a_shouted_company_is_written_as_names_are(name: str, right: str) -> None:
    assert tidying.shouted(name)
    assert tidying.capitalised(name) == right


@pytest.mark.parametrize("name", ["IBM", "AAA", "Kedai ABC", "TM", "大同有限公司", "குமார்", "شركة", "", "7-11", "A1 B2"])
def test_an_abbreviation_and_a_script_without_capitals_are_not_shouted(name: str) -> None:
    assert not tidying.shouted(name)
    assert tidying.capitalised(name) == name


def test_a_person_has_no_abbreviations() -> None:
    assert tidying.capitalised("NG WEI MING", person=True) == "Ng Wei Ming"
    assert tidying.capitalised("NG WEI MING TRADING") == "NG Wei Ming Trading"


@pytest.mark.parametrize(("name", "country", "phone", "rest"), [
    ("Ali 012-345 6789", "MY", "012-345 6789", "Ali"),
    ("Ali (HP: 0123456789)", "MY", "0123456789", "Ali"),
    ("Kumar +65 6123 4567 shop", "MY", "+65 6123 4567", "Kumar shop"),
    ("Ram 9841234567", "NP", "9841234567", "Ram"),
    ("0123456789", "MY", "0123456789", ""),
])
def test_a_phone_is_found_in_a_name_and_leaves_it(name: str, country: str, phone: str, rest: str) -> None:
    assert tidying.many_digits(name)
    assert tidying.phone_in(name, country) == phone
    assert tidying.without_phone(name, phone) == rest


@pytest.mark.parametrize("name", ["Kedai Bukit 201901012345 (1312525-A)", "Shop 9", "Fair 12-11-2026", "2019 2020 2021",
                                  "Blok 12345678"])
def test_a_registration_number_and_years_are_no_phone(name: str) -> None:
    assert tidying.phone_in(name, "MY") == ""


@pytest.mark.parametrize("address", ["ali@kedai.my", "a.b+c@x-y.co.uk", "用户@例子.中国", "முருகன்@கடை.இந்தியா",
                                     "o'hara@x.ie", "x@a.museum"])
def test_sound_emails(address: str) -> None:
    assert tidying.sound_email(address)


@pytest.mark.parametrize("address", ["ali", "ali@", "@x.my", "ali@kedai", "a..b@x.my", ".a@x.my", "a.@x.my",
                                     "a@-x.my", "a@x-.my", "a@x..my", "a@x.1", "a@x.m", "a b@x.my", "a@x,my",
                                     "a@b@x.my", "x" * 65 + "@x.my", "a@" + "x" * 64 + ".my"])
def test_emails_that_are_none(address: str) -> None:
    assert not tidying.sound_email(address)


@pytest.mark.parametrize(("address", "right"), [
    ("mailto:Ali@Kedai.my", "ali@kedai.my"), ("Ali <ali@kedai.my>", "ali@kedai.my"), ("ali @kedai.my", "ali@kedai.my"),
    ("ali@kedai,my", "ali@kedai.my"), ("ali@kedai..my", "ali@kedai.my"), ("ali@kedai.my;", "ali@kedai.my"),
    ("ali", ""), ("ali@kedai", ""), ("a@x.my b@y.my", ""),
])
def test_marks_around_an_email_are_taken_away(address: str, right: str) -> None:
    assert tidying.mended_email(address) == right


def test_misspelt_services() -> None:
    assert tidying.meant_email("Ali@gmial.com") == "ali@gmail.com"
    assert [tidying.meant_email(text) for text in ("ali@gmail.com", "ali@kedai.my", "gmial.com")] == ["", "", ""]


@given(st.text(max_size=60))
def test_what_is_mended_is_sound_and_stays(text: str) -> None:
    right = tidying.mended_email(text)
    assert right == "" or (tidying.sound_email(right) and tidying.mended_email(right) == right)
    assert tidying.tidy(tidying.tidy(text)) == tidying.tidy(text)
    assert tidying.phone_in(text, "MY") in text


@pytest.mark.parametrize(("value", "countries", "number", "note"), [
    ("HP 012-345 6789", ("MY",), "+60 12-345 6789", "HP"),
    ("012-345 6789 (Ali)", ("MY",), "+60 12-345 6789", "Ali"),
    ("HP 012-345 6789 (rumah)", ("MY",), "+60 12-345 6789", "HP rumah"),
    ("6123 4567", ("SG", "MY"), "+65 6123 4567", ""),
    ("012-345 6789", ("", "MY"), "+60 12-345 6789", ""),
])
def test_a_number_is_written_with_its_country_code(value: str, countries: tuple[str, ...], number: str,
                                                   note: str) -> None:
    assert tidying.mended_phone(value, countries) == tidying.Phone(number, note)


@pytest.mark.parametrize("value", ["012-345 6789 / 013-456 7890", "call me", "12", "99999999999999999"])
def test_what_holds_no_number_or_two_is_left_to_a_person(value: str) -> None:
    assert tidying.mended_phone(value, ("MY",)) is None


def test_words_beside_a_number_are_told_from_an_extension() -> None:
    assert [tidying.noted(text) for text in ("03-1234 5678 ext 12", "03-1234 5678 x12", "03-1234 5678", "HP 012")] == [
        False, False, False, True]
