"""Names that are one and names that are two, and how evidence adds up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.duplicate_scan import find
from desktop_crm.domain.duplicates import THRESHOLD, Identity, compare, identity, numbers
from desktop_crm.domain.same_names import OTHER, likeness, readings


@pytest.mark.parametrize(("one", "other"), [
    ("Seri Maju Sdn Bhd", "SERI MAJU (M) SDN. BHD."), ("Golden Tiles Pte Ltd", "golden tiles"),
    ("大華科技股份有限公司", "大華科技"), ("लक्ष्मी ट्रेडर्स प्रा. लि.", "लक्ष्मी ट्रेडर्स"),
    ("முருகன் ஸ்டோர்ஸ் தனியார் லிமிடெட்", "முருகன் ஸ்டோர்ஸ்"), ("Acme Pvt. Ltd.", "Acme Private Limited"),
    ("Tan Wei Ming", "Wei Ming Tan"), ("Tan Weiming", "TAN, Wei Ming"), ("陳小明", "陳小明先生"),
    ("Aminah binti Ismail", "Aminah Ismail"), ("Dato' Hj. Mohd Hakim bin Ali", "Muhammad Hakim bin Ali"),
    ("Raj Kumar a/l Muthu", "Raj Kumar Muthu"), ("Laxmi Shrestha", "Lakshmi Shrestha"),
    ("எஸ். முருகன்", "திரு முருகன்"), ("Juan dela Cruz", "Juan De La Cruz"), ("陳小明 Chan Siu Ming", "Chan Siu Ming"),
    ("Perniagaan Harapan Jaya", "Perniagaan Harpaan Jaya"), ("Michael Tan Wei Ming", "Tan Wei Ming"),
])
def test_one_name_written_twice(one: str, other: str) -> None:
    found = likeness(readings(one), readings(other))
    assert found is not None and found >= 0.85


@pytest.mark.parametrize(("one", "other"), [
    ("Aminah binti Ismail", "Faridah binti Ismail"), ("陳志明", "陳志華"), ("Tan Mei Lin", "Tan Mei Ling"),
    ("Maju Enterprise", "Maju Trading"), ("Kedai Bukit 2", "Kedai Bukit 3"), ("Siti Aminah", "Siti Faridah"),
    ("Nurul binti Yusof", "Siti binti Yusof"), ("Michael Tan", "Jenny Tan"),
])
def test_two_names_of_one_family_or_owner(one: str, other: str) -> None:
    found = likeness(readings(one), readings(other))
    assert found is not None and found < OTHER


def test_names_without_a_common_script_say_nothing() -> None:
    assert likeness(readings("陳小明"), readings("Chan Siu Ming")) is None
    assert readings("… !") == ()


def person(number: int = 1, name: str = "Aminah binti Ismail", phone: str = "", email: str = "",
           **more: Any) -> Identity:
    return identity({"id": number, "name": name, **more}, [phone] if phone else (), [email] if email else ())


PHONE, MAIL = "+60123456789", "aminah@example.my"


def test_a_name_alone_or_a_phone_alone_never_passes() -> None:
    same_name = compare(person(), person(2))
    assert same_name.confidence < THRESHOLD and same_name.told() == ["name 1.00"]
    assert compare(person(city="Ipoh", postcode="30000"), person(2, city="Ipoh", postcode="30000")).confidence < 0.9
    for other in ("Faridah binti Ismail", "Kumar", "陳小明"):
        assert compare(person(phone=PHONE, city="Ipoh"), person(2, other, PHONE, city="Ipoh")).confidence < THRESHOLD


@pytest.mark.parametrize(("one", "other", "told"), [
    (person(phone=PHONE), person(2, phone=PHONE), ["phone", "name 1.00"]),
    (person(email=MAIL), person(2, "Aminah Ismail", email=MAIL), ["email", "name 1.00"]),
    (person(name="陳小明", phone=PHONE, sort_name="Chan Siu Ming"), person(2, "Chan Siu Ming", PHONE),
     ["phone", "name 1.00"]),
    (person(name="陳小明", phone=PHONE, email="chan.siuming88@mail.tw"), person(2, "Siu Ming Chan", PHONE),
     ["phone", "name 1.00"]),
    (person(name="Maju Sdn Bhd", registration="202001012345"), person(2, "Maju", registration="202001012345"),
     ["registration", "name 1.00"]),
    (person(address="12, Jln Ampang", city="Ipoh"), person(2, address="12 Jalan Ampang", city="IPOH"),
     ["name 1.00", "address", "city"]),
    (person(phone="+60123456789"), person(2, phone="+60123456798"), ["name 1.00", "near phone"]),
    (person(birthday="1980-05-12"), person(2, birthday="1980-05-12", city=""), ["name 1.00", "birthday"]),
])
def test_two_kinds_of_evidence_pass(one: Identity, other: Identity, told: list[str]) -> None:
    found = compare(one, other)
    assert found.told() == told and compare(other, one) == found
    assert found.confidence >= THRESHOLD or told[-1] == "birthday"


def test_what_speaks_against_it_outweighs_the_rest() -> None:
    same: dict[str, Any] = {"phone": PHONE, "email": MAIL}
    for more in ({"birthday": "1980-05-12"}, {"registration": "202001012345"}, {"tax_number": "C1234567890"}):
        other = {key: value[::-1] if key != "birthday" else "2004-11-02" for key, value in more.items()}
        assert compare(person(**same, **more), person(2, **same, **other)).confidence < THRESHOLD
    assert compare(person(**same), person(2, parent_id=1, **same)).confidence < THRESHOLD


def test_numbers_are_read_in_their_old_and_new_form() -> None:
    assert numbers("202001-012345 (1234567-A)") == ("202001012345", "1234567A")
    assert numbers("n/a") == ()
    assert compare(person(phone=PHONE, registration="1234567-A"),
                   person(2, phone=PHONE, registration="202001012345")).confidence >= THRESHOLD


def test_a_number_that_is_nobodys_is_no_evidence() -> None:
    assert person(phone="+60100000000").phones == () and person(phone="123").phones == ()


def test_a_crowd_with_one_phone_is_no_square_of_comparisons() -> None:
    crowd = [person(number, f"Aminah {'abcdefghij'[number % 10] * 6} {'klmnopqrst'[number // 10 % 10] * 6}", PHONE)
             for number in range(1, 101)] + [person(number, f"Walk in {number}", PHONE) for number in range(101, 1500)]
    crowd.append(person(5000, "Aminah bbbbbb kkkkkk", PHONE))
    assert (1, 5000) in [group.ids for group in find(crowd)]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    found = compare(person(name=one, phone=PHONE), person(2, other, PHONE))
    assert 0 <= found.confidence <= 1
    assert compare(person(2, other, PHONE), person(name=one, phone=PHONE)).confidence == pytest.approx(found.confidence)
