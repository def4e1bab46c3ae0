"""E-mails and phones: kept as written, compared in their normal form."""

from __future__ import annotations

import pytest

from desktop_crm.domain.channels import channel, normal
from desktop_crm.domain.errors import InvalidInput


@pytest.mark.parametrize(("country", "typed", "e164"), [
    ("MY", "012-345 6789", "+60123456789"), ("MY", "+60 12-345 6789", "+60123456789"), ("MY", "(03) 2161 2345",
                                                                                       "+60321612345"),
    ("MY", "0060123456789", "+60123456789"), ("NP", "984-1234567", "+9779841234567"), ("TW", "0912-345-678",
                                                                                      "+886912345678"),
    ("SG", "9123 4567", "+6591234567"), ("US", "(415) 555-2671", "+14155552671"), ("MY", "+1 415 555 2671",
                                                                                  "+14155552671"),
])
def test_a_phone_in_its_region(country: str, typed: str, e164: str) -> None:
    assert normal("phone", typed, country) == e164


def test_what_is_no_number_of_the_region_keeps_its_digits() -> None:
    assert normal("phone", "1-23", "MY") == "123"
    assert normal("phone", "12345 ext. 9 and more 1234567890123", "ZZ") == "1234591234567890123"


@pytest.mark.parametrize(("typed", "kept"), [
    (" Ali@B.MY ", "ali@b.my"), ("ali", ""), ("ali@", ""), ("@b.my", ""), ("a@b", ""), ("a b@c.my", ""),
    ("<a@b.my>", ""),
    ("a@b.my,c@d.my", ""), ("用户@例子.广告", "用户@例子.广告"), ("o'brien+x@b.co.uk", "o'brien+x@b.co.uk"),
])
def test_an_email(typed: str, kept: str) -> None:
    assert normal("email", typed, "MY") == kept


def test_a_channel_keeps_what_was_written() -> None:
    made = channel("phone", "  012-345   6789 ", "MY", " Office ", 7)
    assert (made.value, made.normal, made.label, made.id) == ("012-345 6789", "+60123456789", "Office", 7)


@pytest.mark.parametrize(("kind", "typed"), [("email", "nobody"), ("phone", "12"), ("phone", "call me"), ("phone", "")])
def test_what_is_neither_is_refused_at_its_field(kind: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        channel(kind, typed, "MY")
    assert refused.value.at == f"{kind}s"
