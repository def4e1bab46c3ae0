"""The link that a way to reach someone opens: a call, a new e-mail, a chat, a page."""

from __future__ import annotations

from urllib.parse import quote

from desktop_crm.domain.channels import NUMBERED, normal
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.values import digits


def link(way: Channel, country: str) -> str:
    """What to open for a way, numbers read in the region `country`; "" if it says nothing that can be opened.

    Pages are opened by https and http alone, whatever stands in the file.
    """
    address = way.normal or normal(way.kind, way.value, country)
    if not address:
        return ""
    if way.kind in NUMBERED or (way.kind == "telegram" and address.startswith("+")):
        return _of_number(way.kind, address)
    name = quote(address, safe="@.")
    if way.kind == "line":  # an official account has its @, a person a ~
        return f"https://line.me/R/ti/p/{quote(address) if address.startswith('@') else '~' + name}"
    return {"email": f"mailto:{quote(address, safe='@+.')}", "telegram": f"https://t.me/{name}",
            "wechat": f"weixin://dl/chat?{name}", "facebook": f"https://m.me/{name}",
            "web": address if address.startswith(("https://", "http://")) else ""}[way.kind]


def _of_number(kind: str, address: str) -> str:
    """The link of a number; a messenger needs it with its country code."""
    if kind == "phone":
        return f"tel:{address}"
    if not address.startswith("+"):
        return ""
    number = digits(address)
    return {"whatsapp": f"https://wa.me/{number}", "viber": f"viber://chat?number=%2B{number}",
            "telegram": f"https://t.me/+{number}"}[kind]


def message_link(way: Channel, country: str) -> str:
    """The link that begins a text message to a phone; "" for any other way."""
    address = way.normal or normal(way.kind, way.value, country)
    return f"sms:{address}" if way.kind == "phone" and address else ""
