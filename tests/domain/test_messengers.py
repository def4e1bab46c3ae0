"""Links to messengers: the right number, the text whole, nothing that breaks out of it."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.messengers import LONGEST, MESSENGERS, message_link

TEXT = "Hello எஸ். முருகன் & Co,\nRM 1,200.50 = 100% #1?"


def test_each_messenger_s_link() -> None:
    assert message_link("whatsapp", "012-345 6789", "Hi & bye", "MY") == "https://wa.me/60123456789?text=Hi%20%26%20bye"
    assert message_link("viber", "0917 123 4567", "Hi", "PH") == "viber://chat?number=%2B639171234567&draft=Hi"
    assert message_link("line", "", "您好 A", "TW") == "https://line.me/R/share?text=%E6%82%A8%E5%A5%BD%20A"
    assert message_link("email", "Ali+x@B.my", "a\nb", "MY", "Money & you") == \
        "mailto:ali%2Bx@b.my?subject=Money%20%26%20you&body=a%0D%0Ab"
    assert message_link("email", "ali@b.my", "a", "MY") == "mailto:ali@b.my?body=a"


@given(st.text(max_size=60))
def test_the_text_arrives_as_it_was(text: str) -> None:
    query = urlsplit(message_link("whatsapp", "+977 984-1234567", text, "NP", longest=10_000)).query
    assert query.count("&") == 0 and unquote(query.removeprefix("text=")) == text


def test_a_text_too_long_for_a_link_is_left_to_the_clipboard() -> None:
    long = TEXT * 40
    assert message_link("whatsapp", "0123456789", long, "MY") == "https://wa.me/60123456789"
    assert message_link("line", "", long, "MY") == "https://line.me/R/share"
    assert message_link("viber", "0123456789", long, "MY") == "viber://chat?number=%2B60123456789"
    assert message_link("email", "a@b.my", long, "MY", "Us") == "mailto:a@b.my?subject=Us"
    whole = message_link("whatsapp", "0123456789", long, "MY", longest=100_000)
    assert len(whole) > LONGEST and parse_qs(urlsplit(whole).query)["text"] == [long]


@pytest.mark.parametrize(("messenger", "address"), [
    ("whatsapp", "12"), ("whatsapp", ""), ("viber", "ali"), ("email", "ali"), ("email", "a@b.my?cc=x@y.my,z@w.my"),
    ("email", ""),
])
def test_an_address_that_cannot_be_reached_is_refused(messenger: str, address: str) -> None:
    with pytest.raises(InvalidInput):
        message_link(messenger, address, "x", "MY")


def test_every_messenger_has_a_link() -> None:
    for key in MESSENGERS:
        assert message_link(key, "a@b.my" if key == "email" else "0123456789", "x", "MY")
