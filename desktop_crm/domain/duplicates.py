"""Which customers may be one and the same: what two of them have in common, as a confidence with its reasons.

The evidence adds up as independent chances do. No name alone and no phone alone comes near the threshold: families
share phones, and common names repeat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from desktop_crm.domain.errors import N_
from desktop_crm.domain.same_names import OTHER, Name, likeness, readings
from desktop_crm.domain.values import digits, fold

THRESHOLD = 0.9
"""From this confidence on two customers are shown as possibly the same."""
REASONS = {
    "phone": N_("same phone"), "email": N_("same e-mail"), "registration": N_("same registration number"),
    "tax number": N_("same tax number"), "name": N_("name {score}"), "birthday": N_("same birthday"),
    "website": N_("same website"), "address": N_("same address"), "near phone": N_("phone differs by one digit"),
    "postcode": N_("same postcode"), "city": N_("same city"),
}
"""The kinds of evidence, in the order in which they are told."""

_CHANCE = {"phone": 0.65, "email": 0.75, "role email": 0.65, "registration": 0.85, "tax number": 0.85, "birthday": 0.5,
           "website": 0.6, "address": 0.55, "near phone": 0.55, "postcode": 0.1, "city": 0.1}
_NAME_SURE, _NAME_LIKELY, _LIKELY, _SAME = 0.78, 0.715, 0.85, 0.97
_MOST_OF_TWO, _MOST_OF_KIN, _MOST_OF_NUMBERS = 0.85, 0.85, 0.7
_ROLES = frozenset({"info", "sales", "admin", "office", "contact", "hello", "enquiry", "inquiry", "account", "accounts",
                    "support", "mail", "email", "hr"})
_SHORT = {"jln": "jalan", "tmn": "taman", "lrg": "lorong", "kg": "kampung", "kpg": "kampung", "st": "street",
          "rd": "road", "ave": "avenue", "blvd": "boulevard", "apt": "apartment"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for two customers being one: the confidence, and each reason; `name` is how alike their names are."""

    confidence: float
    reasons: tuple[str, ...] = ()
    name: float | None = None

    def told(self) -> list[str]:
        """The reasons as the command line says them: "phone", "name 0.94"."""
        return [f"name {self.name:.2f}" if reason == "name" else reason for reason in self.reasons]


@dataclass(frozen=True, slots=True)
class Group:
    """Customers that may be one, by ascending id; the confidence is that of the weakest link between them."""

    ids: tuple[int, ...]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Match:
    """A customer that one about to be saved looks like, with the phone or e-mail to know them by."""

    id: int
    name: str
    phone: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Identity:
    """What a customer is known by, normalised; `aliases` are names in other writings (call name, invoice title)."""

    id: int
    names: tuple[Name, ...] = ()
    aliases: tuple[Name, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    taxes: tuple[str, ...] = ()
    website: str = ""
    birthday: str = ""
    streets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    parent: int | None = None


def identity(row: Mapping[str, object], phones: Iterable[str] = (), emails: Iterable[str] = (),
             addresses: Iterable[tuple[str, str, str]] = ()) -> Identity:
    """The identity of a customer's row, its normalised phones and e-mails, and more (street, city, postcode)."""
    def text(key: str) -> str:
        return str(row.get(key) or "")

    names = readings(text("name"))
    other = {name for key in ("sort_name", "call_name", "invoice_title") if text(key) for name in readings(text(key))}
    where = [(text("address"), text("city"), text("postcode")), *addresses]
    parent = row.get("parent_id")
    return Identity(
        int(str(row.get("id") or 0)), names, tuple(other.difference(names)), tuple({_phone(phone) for phone in phones
                                                                                  if _phone(phone)}),
        tuple({email for email in emails if email}), numbers(text("registration")), numbers(text("tax_number")),
        _site(text("website")), text("birthday"), tuple({_street(item[0]) for item in where if _street(item[0])}),
        tuple({fold(item[1]) for item in where if item[1]}),
        tuple({fold(item[2]) for item in where if item[2]}), int(str(parent)) if parent else None)


def _phone(normal: str) -> str:
    """The number as +60123456789 or bare digits; "" for one that is nobody's (too short, all digits the same)."""
    bare = digits(normal)
    if len(bare) < 6 or len(set(bare[-6:])) == 1:
        return ""
    return f"+{bare}" if normal.startswith("+") else bare.lstrip("0")


def numbers(text: str) -> tuple[str, ...]:
    """The numbers in what stands for a registration: "202001012345 (1234567-A)" has two."""
    found = ("".join(letter for letter in part if letter.isalnum()).upper() for part in re.split(r"[\s(),;]+", text))
    kept = tuple(dict.fromkeys(part for part in found if len(part) >= 5 and any(map(str.isdigit, part))))
    whole = "".join(letter for letter in text if letter.isalnum()).upper()
    return kept or ((whole,) if len(digits(whole)) >= 5 else ())


def _site(text: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip().lower()).rstrip("/") if text else ""


def _street(text: str) -> str:
    """A street with its number, its words in one order; "" without a number: a quarter is no address."""
    words = [_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", fold(text)) if word not in ("no", "lot")]
    return " ".join(sorted(words)) if len(words) > 1 and any(map(str.isdigit, text)) else ""


def compare(one: Identity, other: Identity, least: float = 0.0) -> Likeness:
    """How sure it is that two customers are one, 0 to 1, and why.

    Pairs that could not reach `least` whatever their names are passed over: that saves most of the time of a scan.
    """
    found = _evidence(one, other)
    unsure = 1.0
    for kind in found:
        unsure *= 1 - _CHANCE[kind]
    if 1 - unsure * (1 - _NAME_SURE) * (1 if "phone" in found else 1 - _CHANCE["near phone"]) < least:
        return Likeness(0.0)
    name = _name(one, other)
    if name is not None:
        unsure *= 1 - _name_chance(name)
        if name >= _SAME and "phone" not in found and any(_near(a, b) for a in one.phones for b in other.phones):
            found.append("near phone")
            unsure *= 1 - _CHANCE["near phone"]
    reasons = {kind.removeprefix("role ") for kind in found} | ({"name"} if name is not None and name >= 0.7 else set())
    return Likeness(min(1 - unsure, _most(one, other, name, found)),
                    tuple(reason for reason in REASONS if reason in reasons), name)


def _name(one: Identity, other: Identity) -> float | None:
    """How alike the names are; where they share no script, by a transliteration that is in the data."""
    found = likeness(one.names, other.names)
    if found is None or (found < _LIKELY and (one.aliases or other.aliases)):
        aliases = [likeness(one.aliases, other.names), likeness(one.names, other.aliases)]
        if found is None:
            aliases += [likeness(_spelled(one), other.names), likeness(one.names, _spelled(other))]
        better = max((value for value in aliases if value is not None), default=None)
        if better is not None and better >= _LIKELY:
            return better
    return found


def _spelled(one: Identity) -> tuple[Name, ...]:
    """The names that the e-mail addresses spell: chan.siuming@…"""
    return tuple(name for email in one.emails
                 for name in readings(re.sub(r"[\d._+-]+", " ", email.partition("@")[0])))


def _name_chance(name: float) -> float:
    if name >= _LIKELY:
        return _NAME_LIKELY + (name - _LIKELY) / (1 - _LIKELY) * (_NAME_SURE - _NAME_LIKELY)
    return max(0.0, (name - OTHER) / (_LIKELY - OTHER)) * (_NAME_LIKELY - 0.05)


def _evidence(one: Identity, other: Identity) -> list[str]:
    """The kinds of evidence that the two have in common, beside their names."""
    found = []
    if any(_same_phone(mine, yours) for mine in one.phones for yours in other.phones):
        found.append("phone")
    if one.emails and other.emails and (shared := _common(one.emails, other.emails)):
        roles = all(email.partition("@")[0] in _ROLES for email in shared)
        found.append("role email" if roles else "email")
    for kind, mine, yours in (("registration", one.registrations, other.registrations),
                              ("tax number", one.taxes, other.taxes), ("address", one.streets, other.streets),
                              ("city", one.places, other.places), ("postcode", one.postcodes, other.postcodes)):
        if mine and yours and _common(mine, yours):
            found.append(kind)
    if one.website and one.website == other.website:
        found.append("website")
    if one.birthday and one.birthday == other.birthday:
        found.append("birthday")
    return found


def _common(mine: tuple[str, ...], yours: tuple[str, ...]) -> list[str]:
    return [item for item in mine if item in yours]


def _same_phone(mine: str, yours: str) -> bool:
    """Whether two numbers are one; a number without its country is the end of the whole one."""
    if mine == yours:
        return True
    if mine[0] == yours[0] == "+":
        return False
    short, long = sorted((mine.lstrip("+"), yours.lstrip("+")), key=len)
    return len(short) >= 7 and long.endswith(short)


def _near(mine: str, yours: str) -> bool:
    return len(mine) == len(yours) >= 9 and OSA.distance(mine, yours) == 1


def _most(one: Identity, other: Identity, name: float | None, found: Collection[str]) -> float:
    """The highest confidence that what speaks against it leaves."""
    if (one.id and one.id == other.parent) or (other.id and other.id == one.parent):
        return _MOST_OF_KIN  # someone has said that the one belongs to the other
    if _apart(one.birthday, other.birthday) or _differ(one.registrations, other.registrations) or _differ(
            one.taxes, other.taxes):
        return _MOST_OF_NUMBERS
    numbered = {"registration", "tax number"}.intersection(found)
    reached = {"phone", "email", "role email"}.intersection(found)
    if name is not None and name < OTHER and not (numbered and reached):
        return _MOST_OF_TWO
    return 0.999


def _apart(mine: str, yours: str) -> bool:
    return bool(mine and yours) and mine[-5:] != yours[-5:]


def _differ(mine: tuple[str, ...], yours: tuple[str, ...]) -> bool:
    """Whether numbers of one kind are clearly two: not an old and a new form, not a slip of one digit."""
    if not mine or not yours or _common(mine, yours):
        return False
    pairs = [(first, second) for first in mine for second in yours if len(first) == len(second)]
    return bool(pairs) and all(OSA.distance(first, second) > 1 for first, second in pairs)


def keys(one: Identity) -> set[str]:
    """The keys under which a customer is looked for: two who have none in common cannot pass the threshold."""
    found = {f"p{phone[-7:]}" for phone in one.phones}
    found |= {f"e{email}" for email in one.emails}
    found |= {f"r{number}" for number in (*one.registrations, *one.taxes)}
    found |= {f"n{name.key}" for name in (*one.names, *one.aliases)}
    found |= {f"a{street}" for street in one.streets}
    if one.website:
        found.add(f"w{one.website}")
    if one.birthday:
        found |= {f"b{one.birthday} {word[:3]}" for name in one.names for word in name.words}
    return found


def grouped(pairs: Mapping[tuple[int, int], Likeness], between: Callable[[int, int], Likeness],
            distinct: Collection[tuple[int, int]] = ()) -> list[Group]:
    """The pairs as groups, surest first; no group holds two whom someone told apart or who are clearly two."""
    members: dict[int, list[int]] = {}
    links: dict[int, list[Likeness]] = {}
    for (first, second), found in sorted(pairs.items(), key=lambda pair: (-pair[1].confidence, pair[0])):
        mine, yours = members.get(first, [first]), members.get(second, [second])
        if mine is yours:
            continue
        if len(mine) + len(yours) > 2 and not all(_may_meet(a, b, pairs, between, distinct)
                                                  for a in mine for b in yours):
            continue
        whole, held = mine + yours, [*links.get(mine[0], []), *links.get(yours[0], []), found]
        for record in whole:
            members[record] = whole
        links[whole[0]] = held
    found_groups = {items[0]: items for items in members.values()}
    made = [Group(tuple(sorted(items)), _together(links[first])) for first, items in found_groups.items()]
    return sorted(made, key=lambda group: (-group.likeness.confidence, group.ids))


def _may_meet(first: int, second: int, pairs: Mapping[tuple[int, int], Likeness],
              between: Callable[[int, int], Likeness], distinct: Collection[tuple[int, int]]) -> bool:
    pair = (min(first, second), max(first, second))
    return pair in pairs or (pair not in distinct and between(*pair).confidence >= THRESHOLD / 2)


def _together(links: Sequence[Likeness]) -> Likeness:
    """What holds a group: the lowest confidence, every reason, the least alike names."""
    reasons = {reason for link in links for reason in link.reasons}
    names = [link.name for link in links if link.name is not None]
    return Likeness(min(link.confidence for link in links), tuple(reason for reason in REASONS if reason in reasons),
                    min(names, default=None))
