"""What the properties of a vCard say about reaching someone: kinds, labels, addresses, days, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, unquote_to_bytes

from desktop_crm.domain import birthdays
from desktop_crm.domain.cards import LABELS, Photo, Place, Way
from desktop_crm.domain.channels import normal
from desktop_crm.domain.values import digits
from desktop_crm.readers.vcard_lines import Property
from desktop_crm.readers.vcard_text import Texts, binary

_MESSENGERS = {
    "whatsapp": "whatsapp", "line": "line", "viber": "viber", "telegram": "telegram", "tg": "telegram",
    "wechat": "wechat", "weixin": "wechat", "facebook": "facebook", "fb": "facebook", "messenger": "facebook",
}
_APPLE = re.compile(r"_\$!<(.*?)>!\$_")
_TYPES = {"cell": "mobile", "mobile": "mobile", "iphone": "mobile", "work": "work", "business": "work", "home": "home",
          "private": "home", "personal": "home", "fax": "fax", "facsimile": "fax", "pager": "pager", "car": "car",
          "main": "main", "other": "other", "homepage": "home"}
_ORDER = ("work", "home", "mobile", "fax", "pager", "car", "main", "other")
_NOISE = frozenset({"pref", "voice", "internet", "msg", "text", "video", "textphone", "bbs", "modem", "isdn", "pcs",
                    "dom", "intl", "postal", "parcel", "x400", "smtp", "pop", "ppp", "http", "uri", "x-uid", "default"})
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?|(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|--(\d\d)-?(\d\d)"
                  r"(?:T.*)?")
_NO_YEARS = ("1604", "0000")  # what phones write where nobody knows the year
_IMAGES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif"),
           (b"BM", "image/bmp"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"))


def label(found: Property, named: str) -> str:
    """What an address is for: the card's own name for it, else what its types say; LABELS' codes where known."""
    if named:
        apple = _APPLE.fullmatch(named)
        said = (apple[1] if apple else named).strip()
        known = _TYPES.get(said.lower(), said.lower()) if apple else said.lower()
        return known if apple or known in LABELS else said
    codes = {_TYPES[item] for item in found.types if item in _TYPES}
    known = " ".join(code for code in _ORDER if code in codes)
    if known in LABELS:
        return known
    if codes:
        return next(code for code in ("fax", "mobile", *_ORDER) if code in codes)
    own = next((item for item in found.written_types if item.lower() not in _NOISE), "")
    text = own[2:] if own.lower().startswith("x-") else own
    return _TYPES.get(text.lower(), text.lower() if text.isupper() else text)


def preferred(found: Property) -> bool:
    """Whether this one goes before the others of its sort."""
    return "pref" in found.types or found.param("PREF") == "1"


def rank(items: Sequence[Property]) -> None:
    """Take the lowest number as the preferred one among properties of a name, where none of them is the first."""
    numbers = [(int(item.param("PREF")), place) for place, item in enumerate(items)
               if re.fullmatch(r"[0-9]{1,3}", item.param("PREF"))]
    if numbers and not any(map(preferred, items)):
        items[min(numbers)[1]].params["PREF"] = ["1"]


def phone(text: str) -> str:
    """A number as people write it, out of a tel: address too; "" for what has no three digits."""
    if text.lower().startswith("tel:"):
        number, _, rest = unquote(text[4:]).partition(";")
        extension = re.search(r"(?:^|;)ext=([^;]+)", rest)
        text = f"{number} ext. {extension[1]}" if extension else number
    text = " ".join(text.split())
    return text if len(digits(text)) >= 3 else ""


def email(text: str) -> str:
    """An e-mail address, out of a mailto: address too; "" for what is none."""
    text = unquote(text[7:]) if text.lower().startswith("mailto:") else text
    angled = re.fullmatch(r"[^<>]*<\s*([^<>\s]+)\s*>\s*", text)
    text = angled[1] if angled else text.strip()
    return text if normal("email", text, "") else ""


def page(text: str) -> str:
    """The address of a page; "" for what is none."""
    return text if normal("web", text, "") else ""


def messenger(found: Property, text: str) -> tuple[str, str]:
    """(kind of channel, or the service's own name; the name there) of an instant messenger's property."""
    service = found.param("X-SERVICE-TYPE") or found.param("SERVICE-TYPE")
    scheme, sign, rest = text.partition(":")
    if found.name.startswith("X-MESSAGING/"):
        service = found.name.removeprefix("X-MESSAGING/").rpartition("-")[0]
    elif found.name.startswith("X-") and found.name not in ("X-SOCIALPROFILE", "X-MS-IMADDRESS"):
        service = service or found.name.removeprefix("X-").removesuffix("-USERNAME")
    elif found.name == "X-SOCIALPROFILE":
        service = service or next((item for item in found.types if item not in _NOISE | set(_TYPES)), "")
    if sign and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]{0,20}", scheme) and not rest.startswith("//"):
        service, text = service or scheme, rest
    name = unquote(text).strip() if "://" not in text else found.param("X-USER") or text
    service = service.replace("-", " ").strip()
    return _MESSENGERS.get(service.lower(), service.upper() if len(service) < 4 else service.title()), name


def place(parts: Sequence[str], named: str) -> Place:
    """An address out of its seven components: post box, suite, street, city, region, postcode, country."""
    box, suite, street, city, region, postcode, *country = (*parts, *[""] * (7 - len(parts)))[:7]
    lines = [line for line in (box, suite, street) if line]
    return Place("\n".join(lines), _line(city), _line(region), _line(postcode), _line(" ".join(country)), named)


def _line(text: str) -> str:
    return " ".join(text.split())


def day(text: str, without_year: str = "") -> str:
    """A day as domain.birthdays has it, "" for what is none; `without_year` is a year that stands for none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, number = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
    if found[7]:
        return _sound(f"--{found[7]}-{found[8]}")
    if year in (without_year, *_NO_YEARS):
        return _sound(f"--{int(month):02}-{int(number):02}")
    return _sound(f"{year}-{int(month):02}-{int(number):02}")


def _sound(text: str) -> str:
    return text if birthdays.parts(text) is not None else ""


def photo(found: Property, texts: Texts) -> Photo | None:
    """The picture that stands in the card itself; None for a link, which is not followed, or for what is no picture."""
    text = found.value.strip()
    if text.lower().startswith("data:"):
        head, _, body = texts.text(found).partition(",")
        data = binary(unquote(body)) if ";base64" in head.lower() else unquote_to_bytes(body)
    elif found.encoding == "BASE64" or not re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        data = binary(found.value)
    else:
        return None
    kind = media_type(data)
    return Photo(kind, data) if kind else None


def media_type(data: bytes) -> str:
    """What picture the bytes are, told by themselves; "" for none."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "image/avif" if data[8:12] == b"avif" else "image/heic"
    return next((kind for magic, kind in _IMAGES if data.startswith(magic)), "")


def ordered(ways: Sequence[Way]) -> tuple[Way, ...]:
    """The ways without repetitions, as they came; of each kind only the first that is said to be preferred is."""
    made: dict[tuple[str, str], Way] = {}
    taken: set[str] = set()
    for way in ways:
        first = way.preferred and way.kind not in taken
        if first:
            taken.add(way.kind)
        key = (way.kind, way.value)
        known = made.get(key)
        made[key] = Way(way.kind, way.value, (known.label if known else "") or way.label,
                        first or bool(known and known.preferred))
    return tuple(made.values())


def any_day(text: str, without_year: str = "") -> str:
    """A day written as ISO where it is one ("--05-12" without its year), else as it stands."""
    return day(text, without_year) or text
