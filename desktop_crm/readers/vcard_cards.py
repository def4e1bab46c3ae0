"""The properties of a vCard → a Card: nothing that a person wrote there is dropped, what has no field gets a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from desktop_crm.domain.cards import Broken, Card, Cards, Photo, Place, Way
from desktop_crm.domain.customers import CHANNELS
from desktop_crm.domain.errors import N_
from desktop_crm.readers import vcard_titles as titles
from desktop_crm.readers import vcard_ways as ways
from desktop_crm.readers.vcard_lines import Property, Raw
from desktop_crm.readers.vcard_text import Texts, split, unescaped

NAMELESS = N_("The card names nobody and has no address; {fate}.")
_SERVICES = frozenset({
    "X-AIM", "X-ICQ", "X-JABBER", "X-MSN", "X-YAHOO", "X-SKYPE", "X-SKYPE-USERNAME", "X-GADUGADU", "X-GADU-GADU",
    "X-GROUPWISE", "X-GOOGLE-TALK", "X-GTALK", "X-QQ", "X-TWITTER", "X-TELEGRAM", "X-WHATSAPP", "X-LINE", "X-VIBER",
    "X-WECHAT", "X-FACEBOOK", "X-SIP", "X-SOCIALPROFILE", "X-MS-IMADDRESS", "X-MS-IM", "IMPP", "X-TWITTER-USERNAME",
})
_GENDERS = {"M": "male", "F": "female", "O": "other", "1": "female", "2": "male"}
_EVENTS = {"0": "", "1": "Anniversary", "3": "Birthday"}  # Android's numbers; by 0 a name follows


def whole(raws: Iterable[Raw], texts: Texts) -> Cards:
    """The cards of a file; groups of an address book become tags of their members."""
    found: dict[int, Card] = {}
    broken: list[Broken] = []
    groups: list[tuple[str, frozenset[str]]] = []
    for raw in raws:
        reading = None if raw.why else _Reading(raw, texts)
        if reading is not None and reading.is_group:
            groups.append((reading.name(), reading.members))
        elif reading is not None and reading.name():
            found[raw.number] = reading.card()
        else:
            broken.append(Broken(raw.number, raw.why or NAMELESS))
    for number, card in found.items():
        marks = {card.uid, *(f"mailto:{mail.lower()}" for mail in card.reached("email"))} - {""}
        tags = tuple(name for name, members in groups if name and not members.isdisjoint(marks))
        if tags:
            found[number] = replace(card, tags=tuple(dict.fromkeys(card.tags + tags)))
    return Cards(found, tuple(broken))


class _Reading:
    """One card being read, property by property."""

    def __init__(self, raw: Raw, texts: Texts) -> None:
        self._raw, self._texts = raw, texts
        self._all: dict[str, list[Property]] = {}
        self._named: dict[str, str] = {}
        for item in raw.properties:
            self._all.setdefault(item.name, []).append(item)
            if item.name == "X-ABLABEL" and item.group:
                self._named[item.group] = texts.plain(item)
        for items in self._all.values():
            ways.rank(items)
        self.more: list[tuple[str, str]] = []
        self.ways: list[Way] = []
        self._reach()
        kinds = [self.plain("KIND"), self.plain("X-ADDRESSBOOKSERVER-KIND")]
        members = self._all.get("MEMBER", []) + self._all.get("X-ADDRESSBOOKSERVER-MEMBER", [])
        self.is_group = any(kind.lower() == "group" for kind in kinds)
        self.members = frozenset(_bare(texts.plain(item)) for item in members)

    def plain(self, name: str) -> str:
        """The text of the first property of a name that says something."""
        return next((text for item in self._all.get(name, ()) if (text := self._texts.plain(item))), "")

    def parts(self, name: str, glue: str = " ") -> list[str]:
        """The components of the first property of a name."""
        items = self._all.get(name, ())
        return next((parts for item in items if any(parts := self._texts.parts(item, self._raw.old, glue))), [])

    def label(self, item: Property) -> str:
        """What an address of this card is for."""
        return ways.label(item, self._named.get(item.group, "") if item.group else "")

    def name(self) -> str:
        """What the card is called: its formatted name, its name's parts, its company, else how to reach it."""
        own = " ".join(self.plain("FN").split()) or self._joined()
        org = " ".join(next(iter(self.parts("ORG", ", ")), "").split())
        return own or org or self.plain("NICKNAME") or next((way.value for way in self.ways), "")

    def _joined(self) -> str:
        family, given, additional, prefix, suffix = self._names()
        if _han(family) and _han(given) and not additional:
            return family + given
        return " ".join(part for part in (prefix, given, additional, family, suffix) if part)

    def _names(self) -> tuple[str, str, str, str, str]:
        parts = [" ".join(part.split()) for part in self.parts("N")]
        family, given, additional, prefix, suffix = (*parts, *[""] * 5)[:5]
        return family, given, additional, prefix, suffix

    def card(self) -> Card:
        """The card as a whole."""
        self._leftovers()
        company, *units = (*self.parts("ORG", ", "), "")
        photo = self._photo()
        birthday = self._birthday()
        note = self._notes()
        return Card(
            name=self.name(), kind=self._kind(company), parts=self._names(), nickname=self._nickname(),
            company=" ".join(company.split()), department=", ".join(unit for unit in units if unit),
            title=self.plain("TITLE"), role=self.plain("ROLE"), ways=ways.ordered(self.ways), places=self._places(),
            birthday=birthday, note=note, tags=tuple(dict.fromkeys(self._list("CATEGORIES"))), photo=photo,
            uid=_bare(self.plain("UID")), more=tuple(dict.fromkeys(self.more)))

    def _kind(self, company: str) -> str:
        said = self.plain("KIND").lower()
        shown = self.plain("X-ABSHOWAS").upper() == "COMPANY"
        alone = not any(self._names()) and company and self.name() == " ".join(company.split())
        return "company" if said in ("org", "organization", "location") or shown or alone else "person"

    def _nickname(self) -> str:
        rows = (self._texts.parts(item, True) for item in self._all.get("X-ANDROID-CUSTOM", ()))
        android = [row[1] for row in rows if row[0].endswith("/nickname") and row[1:2] and row[1]]
        return ", ".join(dict.fromkeys([*self._list("NICKNAME"), *self._list("X-EPOCSECONDNAME"), *android]))

    def _list(self, name: str) -> list[str]:
        """The items of all properties of a name that lists them."""
        return [text for item in self._all.get(name, ()) for part in split(self._texts.text(item), ",")
                for piece in (split(part, ";") if name == "CATEGORIES" else [part])
                if (text := " ".join(unescaped(piece).split()))]

    # --- reaching someone -----------------------------------------------------------------------------------------

    def _reach(self) -> None:
        for item in self._raw.properties:
            if item.name in _REACH:
                kind, title, read = _REACH[item.name]
                self._add(kind, title, read(self._texts.plain(item)), item)
            elif item.name in _SERVICES or item.name.startswith("X-MESSAGING/"):
                self._messenger(item)

    def _add(self, kind: str, title: str, value: str, item: Property) -> None:
        text = self._texts.plain(item)
        if value:
            self.ways.append(Way(kind, value, self.label(item), ways.preferred(item)))
        elif text:
            self.more.append((title, text))

    def _messenger(self, item: Property) -> None:
        kind, name = ways.messenger(item, self._texts.plain(item))
        if kind in CHANNELS and name:
            label = self.label(item)  # where it is no more than the service's own name it says nothing
            self.ways.append(Way(kind, name, "" if label == kind else label, ways.preferred(item)))
        elif name:
            self.more.append((kind or "Messenger", name))

    def _places(self) -> tuple[Place, ...]:
        found = [(ways.preferred(item), ways.place(self._texts.parts(item, self._raw.old, ", "), self.label(item)),
                  item.param("LABEL").replace("\\n", "\n")) for item in self._all.get("ADR", ())]
        said = [place if place.said else Place(printed, label=place.label)
                for _, place, printed in sorted(found, key=lambda one: not one[0]) if place.said or printed]
        there = {place.label for place in said}
        for item in self._all.get("LABEL", ()):  # the address as it is printed on a letter: of one in parts, or alone
            text, label = self._texts.plain(item), self.label(item)
            if text and label not in there and not any(place.street and _alike(place.street, text) for place in said):
                said.append(Place(text, label=label))
        return tuple(dict.fromkeys(said))

    # --- the rest -------------------------------------------------------------------------------------------------

    def _birthday(self) -> str:
        for item in self._all.get("BDAY", ()):
            text = self._texts.plain(item)
            found = ways.day(text, item.param("X-APPLE-OMIT-YEAR"))
            if found:
                return found
            if text:
                self.more.append(("Birthday as written", text))
        return ""

    def _photo(self) -> Photo | None:
        for item in (*self._all.get("PHOTO", ()), *self._all.get("LOGO", ())):
            found = ways.photo(item, self._texts)
            if found is not None:
                return found
            text = self._texts.plain(item)
            if re.match(r"https?://", text):
                self.more.append(("Photo", text))
        return None

    def _notes(self) -> str:
        texts = dict.fromkeys(self._texts.plain(item) for item in self._all.get("NOTE", ()))
        return "\n\n".join(filter(None, texts))

    def _leftovers(self) -> None:
        """What has no field, with its title."""
        for item in self._raw.properties:
            if item.name in ("X-ABDATE", "X-ABRELATEDNAMES"):
                text = ways.any_day(self._texts.plain(item), item.param("X-APPLE-OMIT-YEAR"))
                self.more += [(self._title(item), text)] if text else []
            elif item.name == "X-ANDROID-CUSTOM":
                self._android(item)
            elif item.name == "SOUND" and "X-IRMC-N" in item.param("TYPE").upper():
                self._more("Phonetic name", item)
            elif item.name == "RELATED":
                self._more(next(iter(item.types), "related").capitalize(), item)
            elif titles.known(item):
                self._more(titles.known(item), item)
            elif item.name not in _SERVICES and not item.name.startswith("X-MESSAGING/") and titles.own(item):
                named = self._named.get(item.group, "") if item.group else ""
                text = ways.any_day(self._texts.plain(item).strip("; "))
                self.more += [(named or titles.own(item), text)] if text else []
        for item in self._all.get("FN", ()):
            text = " ".join(self._texts.plain(item).split())
            self.more += [("Other name", text)] if text not in ("", self.name()) else []
        for item in self._all.get("ORG", ())[1:]:
            self._more("Other company", item)
        for name in ("TITLE", "ROLE"):
            for item in self._all.get(name, ())[1:]:
                self._more(f"Other {name.lower()}", item)

    def _title(self, item: Property) -> str:
        named = self._named.get(item.group, "")
        return (ways.label(item, named) or "date").capitalize() if named else "Date"

    def _more(self, title: str, item: Property) -> None:
        said = [part for part in self._texts.parts(item, True) if part]
        if title == "Gender" and said:
            said[0] = _GENDERS.get(said[0].upper(), said[0])
        text = ", ".join(said)
        if text:
            self.more.append((title, ways.any_day(text)))

    def _android(self, item: Property) -> None:
        """A row of the phone's own table: vnd.android.cursor.item/relation;Ah Beng;14;…"""
        row, value, number, own, *_ = (*self._texts.parts(item, True), "", "", "")
        kind = row.rpartition("/")[2]
        if not value or kind not in ("contact_event", "relation"):
            return
        usual = "Related" if kind == "relation" else _EVENTS.get(number, "Date")
        self.more.append((own if number == "0" and own else usual or "Date", ways.any_day(value)))


_REACH: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "TEL": ("phone", "Phone as written", ways.phone), "EMAIL": ("email", "E-mail as written", ways.email),
    "X-MS-TEL": ("phone", "Phone as written", ways.phone), "URL": ("web", "Web page as written", ways.page),
    "X-EVOLUTION-BLOG-URL": ("web", "Web page as written", ways.page),
}


def _bare(uid: str) -> str:
    """An identifier without its scheme."""
    return uid.removeprefix("urn:uuid:").strip()


def _alike(street: str, printed: str) -> bool:
    """Whether an address as it is printed is the one of a street."""
    return "".join(street.split()).lower() in "".join(printed.split()).lower()


def _han(text: str) -> bool:
    return bool(text) and all("\u3400" <= character <= "\u9fff" for character in text)
