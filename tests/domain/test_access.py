"""PINs and passwords: what may be one, what is kept of it, and how wrong ones are slowed."""

from __future__ import annotations

import hashlib
from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain import access
from desktop_crm.domain.errors import InvalidInput

QUICK = 4
"""A cost (log2 of N) that a test can pay many times; the parameters stand in the text."""
SECRETS = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@settings(max_examples=60, deadline=None)
@given(SECRETS, SECRETS)
def test_a_secret_matches_itself_alone_and_is_never_in_its_hash(secret: str, other: str) -> None:
    stored = access.hashed(secret, QUICK)
    assert access.matches(secret, stored)
    assert stored != access.hashed(secret, QUICK)
    same = access.plain(secret) == access.plain(other)
    assert access.matches(other, stored) is same
    assert stored.startswith(f"scrypt${QUICK}$8$1$") and stored.isascii()


def test_the_hash_is_plain_scrypt_with_the_parameters_in_its_text() -> None:
    name, cost, block, lanes, salt, key = access.hashed("482915").split("$")
    assert (name, cost, block, lanes) == ("scrypt", "15", "8", "1")
    assert len(b64decode(salt)) == 16
    assert b64decode(key) == hashlib.scrypt(b"482915", salt=b64decode(salt), n=32768, r=8, p=1, maxmem=2**26, dklen=32)


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=60), st.tuples(st.integers(), st.integers(), st.integers(), st.text(max_size=20)).map(
    lambda parts: f"scrypt${parts[0]}${parts[1]}${parts[2]}${parts[3]}$AAAA")))
def test_no_damaged_hash_matches_or_breaks(stored: str) -> None:
    assert not access.matches("1234", stored)


def test_a_hash_that_asks_for_too_much_memory_matches_nothing() -> None:
    name, _, *rest = access.hashed("1234", QUICK).split("$")
    assert not access.matches("1234", "$".join((name, "20", *rest)))
    assert not access.matches("1234", "$".join((name, "60", *rest)))
    assert not access.matches("1234", "$".join((name, "14", "8", "40000", *rest[2:]))), "nor one that takes an hour"


@pytest.mark.parametrize(("typed", "kept"), [
    ("1234", "1234"), (" 00000000 ", "00000000"), ("४८२९", "4829"), ("１２３４５", "12345"), ("௧௨௩௪", "1234")])
def test_a_pin_is_four_to_eight_digits_of_any_script(typed: str, kept: str) -> None:
    assert access.pin(typed) == kept
    assert access.matches(typed, access.hashed(kept, QUICK))


@pytest.mark.parametrize("typed", ["", "123", "123456789", "12a4", "12 34", "-123", "½½½½", "四五六七"])
def test_anything_else_is_no_pin(typed: str) -> None:
    with pytest.raises(InvalidInput, match="4 to 8 digits"):
        access.pin(typed)


def test_a_password_has_six_characters_however_they_are_typed() -> None:
    assert access.password("cafe\u0301s!") == access.password("cafés!")
    for short in ("", "12345", "  abc  "):
        with pytest.raises(InvalidInput, match="at least 6"):
            access.password(short)
    with pytest.raises(InvalidInput):
        access.password("x" * 201)


def test_wrong_tries_are_free_four_times_then_wait_longer_and_longer() -> None:
    tries, now, waits = access.Tries(), 1000.0, []
    for _ in range(13):
        tries.missed(now)
        waits.append(tries.wait(now))
        now += tries.wait(now)
    assert waits == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300]
    tries.missed(now)
    assert tries.wait(now + 299.2) == 1 and tries.wait(now + 300) == 0
    tries.clear()
    assert tries.wait(now) == 0 and tries.wrong == 0
