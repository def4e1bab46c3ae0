from __future__ import annotations

import pytest

from desktop_crm.domain import channels, links
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import InvalidInput


@pytest.mark.parametrize(("kind", "value", "link"), [
    ("phone", "012-345 6789", "tel:+60123456789"), ("email", "Ali@X.my", "mailto:ali@x.my"),
    ("whatsapp", "+886 912 345 678", "https://wa.me/886912345678"),
    ("viber", "0123456789", "viber://chat?number=%2B60123456789"),
    ("line", "@shop", "https://line.me/R/ti/p/%40shop"), ("line", "ali.d", "https://line.me/R/ti/p/~ali.d"),
    ("telegram", "@Ali", "https://t.me/ali"), ("telegram", "https://t.me/Ali", "https://t.me/ali"),
    ("telegram", "+60 12-345 6789", "https://t.me/+60123456789"), ("wechat", "wxid_1", "weixin://dl/chat?wxid_1"),
    ("facebook", "https://www.facebook.com/Kedai.Ali/", "https://m.me/kedai.ali"),
    ("web", "Kedai.my/a?b=1", "https://kedai.my/a?b=1"), ("web", "http://kedai.my", "http://kedai.my")])
def test_each_way_opens_what_reaches_it(kind: str, value: str, link: str) -> None:
    way = channels.channel(kind, value, "MY")
    assert links.link(way, "MY") == link
    assert links.message_link(way, "MY") == (link.replace("tel:", "sms:") if kind == "phone" else "")


@pytest.mark.parametrize("value", ["javascript:alert(1)", "file:///etc/passwd", "kedai", "data:text/html,x"])
def test_no_page_is_anything_but_a_page(value: str) -> None:
    with pytest.raises(InvalidInput):
        channels.channel("web", value, "MY")
    assert links.link(Channel("web", value, normal=value), "MY") == ""


@pytest.mark.parametrize(("value", "kind"), [("a@b.co", "email"), ("012-345 6789", "phone"), ("kedai.my", "web"),
                                             ("https://x.y.my/z", "web"), ("ali", ""), ("1.5", ""), ("", "")])
def test_what_an_address_looks_like(value: str, kind: str) -> None:
    assert channels.guessed(value) == kind


def test_the_preferred_way_of_a_kind_goes_first() -> None:
    ways = [Channel("phone", "1"), Channel("phone", "2", preferred=True), Channel("email", "a@b.co")]
    assert [channels.first(ways, *kinds) for kinds in (("phone",), ("line", "email"), ("web",))] == [
        ways[1], ways[2], None]
