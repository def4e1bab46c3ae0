"""Links that open a message to a customer, the text already typed in; who sends it is still the user."""

from __future__ import annotations

from urllib.parse import quote

from desktop_crm.domain.channels import normal
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import digits

MESSENGERS = {"whatsapp": "WhatsApp", "line": "LINE", "viber": "Viber", "email": N_("E-mail")}
"""What a text can be sent by, with the name to show."""

LONGEST = 2000
"""The characters of a link that every system opens: Windows stops at 2,083."""


def message_link(messenger: str, address: str, text: str, country: str, subject: str = "",
                 longest: int = LONGEST) -> str:
    """The link that opens `messenger` at `address` (a phone or an e-mail) with `text` to send.

    LINE takes no number: its user picks the chat. A link that would be longer than `longest` leaves the text
    out and opens the chat alone (LINE's share page empty): put the text on the clipboard beside.
    Raises InvalidInput for an address that the messenger cannot reach.
    """
    bare, filled = _links(messenger, address, text, country, subject)
    return filled if len(filled) <= longest else bare


def _links(messenger: str, address: str, text: str, country: str, subject: str) -> tuple[str, str]:
    """The link without and with the text."""
    typed = quote(text, safe="")
    if messenger == "line":  # line:// is deprecated by its makers; the page opens the app where there is one
        return "https://line.me/R/share", f"https://line.me/R/share?text={typed}"
    if messenger == "email":
        return _mail(address, quote(text.replace("\n", "\r\n"), safe=""), country, subject)
    number = _number(address, country)
    if messenger == "whatsapp":
        return f"https://wa.me/{number}", f"https://wa.me/{number}?text={typed}"
    if messenger == "viber":
        chat = f"viber://chat?number=%2B{number}"
        return chat, f"{chat}&draft={typed}"
    raise KeyError(messenger)


def _mail(address: str, body: str, country: str, subject: str) -> tuple[str, str]:
    found = normal("email", address, country)
    if not found:
        raise InvalidInput(N_("“{value}” is not an e-mail address that a message can be sent to."), "emails",
                           value=address)
    bare = f"mailto:{quote(found, safe='@')}" + (f"?subject={quote(subject, safe='')}" if subject else "")
    return bare, f"{bare}{'&' if subject else '?'}body={body}"


def _number(address: str, country: str) -> str:
    """The number as a messenger knows it: country code and all, digits only."""
    found = normal("phone", address, country)
    if not found.startswith("+"):
        raise InvalidInput(N_("“{value}” is not a phone number that a message can be sent to. "
                              "Write it with its country code."), "phones", value=address)
    return digits(found)
